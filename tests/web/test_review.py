"""The review pages: verdicts beside a transcript, queues and their items, data sets and the files made of them."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import aiohttp
import orjson
import pytest
from sqlalchemy import Connection, select, update

from assistant.store import audit, export_files, exports, models, people, review_leases, reviews, staff
from assistant.store.staff import StaffRole
from assistant.web import auth
from tests.services import library

from .conftest import ADMIN, Site, add_conversation, add_message

HTMX = {"HX-Request": "true"}
BAD = {"verdict": "bad", "reason_tone": "on", "comment": "too curt", "correction": "Of course, gladly."}
RULE = {"name": "All", "percent": "100", "wanted": "1"}
PASSWORD = ADMIN["password"]


async def seed(site: Site, answers: int = 1) -> list[int]:
    now = site.clock.now()

    def put(connection: Connection) -> list[int]:
        found = []
        for number in range(answers):
            made = add_conversation(connection, now, name=f"Person {number}", peer=f"peer-{number}")
            add_message(connection, made, 1, now, f"Can you help me with {number}? Call +49 170 1234567.")
            found.append(add_message(connection, made, 2, now, f"No, {number}.", out=True, sent={}))
        return found

    return await site.database.write(put)


async def colleague(site: Site, name: str, role: str = "reviewer") -> Site:
    """Somebody else at the same site, signed in with a browser of their own."""
    hashed = await auth.hash_password(PASSWORD)
    await site.database.write(
        staff.create,
        email=f"{name.lower()}@example.org",
        name=name,
        role=StaffRole(role),
        password_hash=hashed,
        now=site.clock.now(),
    )
    client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    other = Site(site.url, site.context, site.inbound, site.clock, site.database, site.bus, client, site.app)
    answer = await other.post("/login", data={"email": f"{name.lower()}@example.org", "password": PASSWORD})
    assert answer.status == 303
    return other


@pytest.fixture
async def ben(site: Site) -> Any:
    await site.set_up()
    other = await colleague(site, "Ben")
    yield other
    await other.client.close()


async def queue(site: Site, **form: str) -> str:
    answer = await site.post("/admin/review", data={**RULE, **form})
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def take(site: Site, path: str) -> str:
    """The next item's address."""
    text = await (await site.get(f"{path}/next")).text()
    found = re.search(r'action="(/admin/review/items/\d+)/decide"', text)
    return found[1] if found else ""


async def actions(site: Site) -> list[tuple[str, str | None, Any]]:
    rows = await site.database.read(audit.newest)
    return [(row.action, row.target, row.detail) for row in reversed(rows)]


# --- verdicts --------------------------------------------------------------------------------------------


async def test_an_answer_is_judged_and_corrected_and_what_was_sent_stays(site: Site) -> None:
    await site.set_up()
    [message] = await seed(site)
    path = f"/admin/review/message/{message}"
    form = await (await site.get(path, headers=HTMX)).text()
    assert "<html" not in form and f'hx-post="{path}"' in form and "No, 0." in form
    assert "checked" not in form
    pressed = await (await site.get(f"{path}?verdict=bad", headers=HTMX)).text()
    assert 'value="bad" data-action="verdict_bad" checked' in pressed
    assert (await site.post(path, data=BAD)).status == 303
    text = await (await site.get(path)).text()
    assert "<del>" in text and "<ins>Of course" in text and "too curt" in text
    changed = await (await site.post(path, data={"verdict": "good"}, headers=HTMX)).text()
    assert "Saved." in changed and "✓ good" in changed
    [now] = await site.database.read(reviews.of_message, message, 1)
    assert now.verdict == "good"
    kept = await site.database.read(reviews.of_message, message, 1, history=True)
    assert [one.verdict for one in kept] == ["good", "bad"]
    assert "Earlier versions" in await (await site.get(path)).text()
    stored = select(models.messages.c.parts).where(models.messages.c.id == message)
    assert await site.database.read(lambda c: c.execute(stored).scalar_one()) == [
        {"type": "text", "text": "No, 0."}
    ]
    log = await actions(site)
    assert ("review.judged", f"message:{message}", {"verdict": "bad", "corrected": True}) in log
    assert ("conversation_read", "conversation:1", None) in log
    assert "curt" not in str(log) and "gladly" not in str(log)


async def test_a_bad_verdict_without_a_reason_is_refused_and_what_was_written_stays(site: Site) -> None:
    await site.set_up()
    [message] = await seed(site)
    path = f"/admin/review/message/{message}"
    answer = await site.post(path, data={"verdict": "bad", "comment": "hm <b>"})
    assert answer.status == 422
    text = await answer.text()
    assert "choose at least one reason" in text and "hm &lt;b&gt;" in text
    assert (await site.post(path, data={}, headers=HTMX)).status == 422
    assert (await site.get("/admin/review/message/1")).status == 404  # the person's own message
    assert (await site.get("/admin/review/message/99")).status == 404


async def test_the_difference_is_shown_while_it_is_written_and_literally(site: Site) -> None:
    await site.set_up()
    [message] = await seed(site)
    path = f"/admin/review/message/{message}/difference"
    text = await (await site.post(path, data={"correction": "No, <script>1."})).text()
    assert "<del>0</del>" in text and "&lt;" in text and "<script>" not in text
    assert "<ins>" not in await (await site.post(path, data={"correction": "No, 0."})).text()


async def test_viewers_judge_nothing_and_reviewers_set_up_no_queue(site: Site, ben: Site) -> None:
    [message] = await seed(site)
    viewer = await colleague(site, "Vic", "viewer")
    for path in ("/admin/review", f"/admin/review/message/{message}", "/admin/datasets", "/admin/exports"):
        assert (await viewer.get(path)).status == 403
    assert (await viewer.post(f"/admin/review/message/{message}", data=BAD)).status == 403
    await viewer.client.close()
    assert (await ben.post("/admin/review", data=RULE)).status == 403
    assert (await ben.get("/admin/exports")).status == 403
    assert "New queue" not in await (await ben.get("/admin/review")).text()


# --- queues ----------------------------------------------------------------------------------------------


async def test_a_queue_says_how_far_it_is_and_why_it_is_empty(site: Site, ben: Site) -> None:
    await seed(site, 3)
    empty = await (await site.get("/admin/review")).text()
    assert "No queues yet." in empty
    path = await queue(site)
    item = await take(site, path)
    assert (await site.post(f"{item}/decide", data={"verdict": "good"})).status == 303
    await take(site, path)
    await take(ben, path)
    third = await colleague(site, "Cem")
    text = await (await third.get(f"{path}/next")).text()
    await third.client.close()
    assert "Nothing to judge for you: 2 waiting, 1 leased by Ada Lovelace, 1 leased by Ben, 1 done." in text
    page = await (await site.get("/admin/review")).text()
    assert "100 % of all answers" in page and "1 leased by Ben" in page


async def test_a_rule_that_takes_nothing_or_is_no_rule_is_explained(site: Site) -> None:
    await site.set_up()
    for form, words in (
        ({"percent": "0"}, "stays empty"),
        ({"percent": "x"}, "from 0 to 100"),
        ({"name": " "}, "a name"),
        ({"wanted": "9"}, "five people"),
        ({"since": "soon"}, "A date reads like"),
        ({"channel": "nowhere"}, "no such channel"),
        ({"persona_version": "-1"}, "whole number"),
    ):
        answer = await site.post("/admin/review", data={**RULE, **form})
        assert answer.status == 422 and words in await answer.text(), form
    path = await queue(site, flagged="on", since="2026-01-01", until="2026-12-31")
    text = await (await site.get(path)).text()
    assert "flagged conversations · 100 % of the rest · from 2026-01-01 · until 2026-12-31" in text
    assert (await site.post(path, data={**RULE, "name": "New <name>"})).status == 303
    assert "New &lt;name&gt;" in await (await site.get("/admin/review")).text()
    await site.post(f"{path}/close", data={"closed": "1"})
    assert "This queue is closed." in await (await site.get(f"{path}/next")).text()
    assert "Closed queues" in await (await site.get("/admin/review")).text()
    assert (await site.post(f"{path}/close", data={"closed": "0"})).status == 303


async def test_who_lost_an_item_is_told_who_has_it_and_loses_no_word(site: Site, ben: Site) -> None:
    await seed(site)
    path = await queue(site)
    item = await take(site, path)
    held = await site.post(f"{item}/keep", data={"correction": "half a thou"})
    assert orjson.loads(await held.read()) == {"held": True, "by": []}
    site.clock.advance(301)
    assert await take(ben, path) == item
    lost = await site.post(f"{item}/keep", data={})
    assert orjson.loads(await lost.read()) == {"held": False, "by": ["Ben"]}
    late = await site.post(f"{item}/decide", data=BAD)
    text = await late.text()
    assert late.status == 409 and "Ben has or decided" in text and "Of course, gladly." in text
    assert (await ben.post(f"{item}/leave", data={})).status == 204
    assert await take(site, path) == item
    again = await (await site.get(f"{path}/next")).text()
    assert "This is your draft from before." in again and "Of course, gladly." in again


async def test_a_skipped_item_goes_to_somebody_else_and_signing_out_frees_one(site: Site, ben: Site) -> None:
    await seed(site, 1)
    path = await queue(site)
    item = await take(site, path)
    assert (await site.post(f"{item}/skip", data={"reason": "nonsense"})).status == 400
    assert (await site.post(f"{item}/skip", data={"reason": "personal"})).status == 303
    assert await take(site, path) == ""
    assert await take(ben, path) == item
    assert (await ben.post("/logout")).status == 303
    third = await colleague(site, "Cem")
    assert await take(third, path) == item
    await third.client.close()


async def test_opinions_are_blind_and_a_disagreement_is_settled_by_a_third(site: Site, ben: Site) -> None:
    [message] = await seed(site)
    path = await queue(site, wanted="2")
    item = await take(site, path)
    await site.post(f"{item}/decide", data=BAD)
    assert "too curt" not in await (await ben.get(item)).text()
    assert "too curt" not in await (await ben.get(f"/admin/review/message/{message}")).text()
    assert "verdict-bad" not in await (await ben.get("/admin/inbox/1")).text()
    assert await take(ben, path) == item
    await ben.post(f"{item}/decide", data={"verdict": "good"})
    assert "too curt" in await (await ben.get(item)).text()
    assert "verdict-bad" in await (await ben.get("/admin/inbox/1")).text()
    text = await (await ben.get(path)).text()
    assert "1 disputed" in text and item in text and "Agreement 0 %" in text
    assert (await ben.post(f"{item}/resolve", data={"verdict": "good"})).status == 403
    third = await colleague(site, "Cem")
    assert "Settle it" in await (await third.get(item)).text()
    assert (await third.post(f"{item}/resolve", data={"verdict": "bad"})).status == 422
    assert (await third.post(f"{item}/resolve", data={"verdict": "good"})).status == 303
    await third.client.close()
    found = await site.database.read(review_leases.item, int(item.rsplit("/", 1)[1]), 1)
    assert found.state == "done"
    given = await site.database.read(reviews.of_message, message, 1)
    assert reviews.final(given) == "good"


# --- data sets and exports -------------------------------------------------------------------------------


async def test_an_answer_goes_into_a_data_set_with_one_press(site: Site) -> None:
    await site.set_up()
    [message] = await seed(site)
    assert "No data sets yet." in await (await site.get("/admin/datasets")).text()
    text = await (await site.post("/admin/datasets/add", data={"message": message}, headers=HTMX)).text()
    assert "It is in: Corrections" in text and "<html" not in text
    page = await (await site.get("/admin/datasets/1")).text()
    assert "No, 0." in page and "train" in page
    assert (await site.post("/admin/datasets", data={"name": "Corrections"})).status == 422
    assert (await site.post("/admin/datasets/1/split", data={"percent": "100"})).status == 303
    assert "test" in await (await site.get("/admin/datasets/1")).text()
    assert (await site.post("/admin/datasets/1/version")).headers["Location"] == "/admin/datasets/2"
    assert "frozen" in await (await site.get("/admin/datasets/1")).text()
    frozen = await site.post("/admin/datasets/1/items/1/remove")
    assert frozen.status == 409
    assert (await site.post("/admin/datasets/2/items/2/remove")).status == 303
    assert "It is empty." in await (await site.get("/admin/datasets/2")).text()


async def made(site: Site, kind: str, **form: str) -> tuple[int, bytes, dict[str, Any]]:
    answer = await site.post("/admin/exports", data={"kind": kind, **form})
    assert answer.status == 303, await answer.text()
    number = int(answer.headers["Location"].rsplit("=", 1)[1])
    file = await site.get(f"/admin/exports/{number}")
    assert file.status == 200 and "attachment" in file.headers["Content-Disposition"]
    manifest = orjson.loads(await (await site.get(f"/admin/exports/{number}/manifest")).read())
    return number, await file.read(), manifest


async def test_a_corrected_answer_is_exported_in_every_format_twice_the_same(site: Site) -> None:
    await site.set_up()
    first, second = await seed(site, 2)
    await site.post(f"/admin/review/message/{first}", data=BAD)
    await site.post(f"/admin/review/message/{second}", data={"verdict": "good"})
    asked = [{"role": "user", "content": "Can you help me with 0? Call [phone]."}]
    better = [{"role": "assistant", "content": "Of course, gladly."}]
    for kind, expected in (
        ("sft", {"messages": asked + better}),
        (
            "dpo",
            {
                "prompt": asked,
                "chosen": better,
                "rejected": [{"role": "assistant", "content": "No, 0."}],
            },
        ),
        ("eval", None),
        ("raw", None),
    ):
        _, body, manifest = await made(site, kind, scrub="on")
        lines = [orjson.loads(line) for line in body.splitlines()]
        if expected is not None:
            assert lines[0] == expected
        else:
            assert "Of course, gladly." in str(lines[0]) and "1234567" not in str(lines)
        assert manifest["counts"]["lines"]["written"] == len(lines) == (1 if kind == "dpo" else 2)
        assert manifest["sha256"] == hashlib.sha256(body).hexdigest()
        assert "conversations" not in manifest and manifest["filter"]["scrub"] is True
        assert (await made(site, kind, scrub="on"))[1] == body
    assert "+49 170 1234567" in (await made(site, "sft"))[1].decode()
    counted = await (await site.post("/admin/exports", data={"kind": "dpo", "count": "1"})).text()
    assert "1 lines from 1 conversations." in counted and "1 left out: no correction" in counted
    log = await actions(site)
    assert [entry[0] for entry in log].count("export.downloaded") == 9
    assert (await site.post("/admin/exports", data={"kind": "zip"})).status == 422


async def test_a_file_with_an_erased_person_is_gone_and_the_next_one_is_without_them(site: Site) -> None:
    await site.set_up()
    first, second = await seed(site, 2)
    for message in (first, second):
        await site.post(f"/admin/review/message/{message}", data={"verdict": "good"})
    number, body, _ = await made(site, "sft")
    assert b"help me with 0" in body
    folder = site.context.settings.data

    def erase(connection: Connection) -> None:
        [talk, person] = connection.execute(
            select(models.conversations.c.id, models.conversations.c.person).where(
                models.conversations.c.peer == "peer-0"
            )
        ).one()
        people.erase(connection, person)
        export_files.delete(folder, exports.drop_of(connection, [talk]))

    await site.database.write(erase)
    assert (await site.get(f"/admin/exports/{number}")).status == 404
    assert list((folder / "exports").iterdir()) == []
    assert "somebody in it was erased" in await (await site.get("/admin/exports")).text()
    _, after, manifest = await made(site, "sft")
    assert b"help me with 0" not in after and manifest["counts"]["conversations"] == 1

    def silent(connection: Connection) -> None:
        connection.execute(update(models.conversations).values(mode="opted_out"))

    await site.database.write(silent)
    assert (await made(site, "sft"))[1] == b""


async def test_a_queue_shows_what_one_said_of_the_answer_before(site: Site) -> None:
    """Else one key in a hurry would silently take the place of a reason and a correction."""
    await site.set_up()
    [message] = await seed(site)
    assert (await site.post(f"/admin/review/message/{message}", data=BAD)).status == 303
    path = await queue(site)
    text = await (await site.get(f"{path}/next")).text()
    assert "You have judged this answer before" in text and f">{BAD['correction']}</textarea>" in text


# --- in a browser ----------------------------------------------------------------------------------------

playwright_api = library("playwright.async_api", "make test installs it")


@pytest.mark.browser
async def test_a_reviewer_works_with_keys_alone_and_closing_the_page_frees_the_item(
    site: Site, chromium: str
) -> None:
    from .test_browser import WAIT, Tab, sign_in

    await site.set_up()
    await seed(site, 3)
    path = await queue(site)
    async with playwright_api.async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = await browser.new_context(base_url=site.url)
        tab = Tab(await context.new_page(), site.url)
        await sign_in(tab)
        page = tab.page
        await page.goto(f"{path}/next")
        await page.locator("#live.on").wait_for(**WAIT)
        keys = page.keyboard
        await keys.press("2")
        await page.get_by_label("tone").check()
        await keys.press("e")
        await keys.press("Control+A")
        await keys.type("No, not yet.")
        await page.locator(".difference ins", has_text="not").wait_for(**WAIT)
        await keys.press("Escape")
        await keys.press("n")
        await keys.type("1 2 3")  # inert while somebody types
        await page.wait_for_timeout(1300)
        drafts = select(models.review_leases.c.draft)
        [draft] = await site.database.read(lambda c: list(c.execute(drafts).scalars()))
        assert draft["correction"] == "No, not yet." and draft["comment"] == "1 2 3"
        await keys.press("Escape")
        await keys.press("d")
        await page.get_by_text("It is in: Corrections").wait_for(**WAIT)
        await keys.press("Control+Enter")
        await page.get_by_text("1 of 3 done").wait_for(**WAIT)
        await keys.press("s")
        await page.get_by_text("No, 2.").first.wait_for(**WAIT)
        leased = select(models.review_leases).where(models.review_leases.c.state == "leased")

        async def held() -> bool:
            row = await site.database.read(lambda c: c.execute(leased).first())
            return row is not None and row.until > site.clock.now()

        assert await held()
        await page.close(run_before_unload=True)
        for _ in range(20):
            if not await held():
                break
            await context.request.get("/healthz")
        assert not await held()
        tab.assert_clean()
        await browser.close()
    [given] = await site.database.read(reviews.of_item, 1)
    assert (given.verdict, given.reasons, given.comment) == ("bad", ("tone",), "1 2 3")
    assert given.correction == "No, not yet."
