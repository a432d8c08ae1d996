"""Staff find people, read all of them on record, block, merge, export and erase them; viewers see none of it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.store import audit, models
from assistant.store.files import Files
from assistant.types import Media, MediaKind

from .conftest import Site, add_conversation, add_message

NUMBER = "+34600111222"
SHA = "a" * 64
EVIL = "<img src=x onerror=alert(1)>"


def _seed(connection: Connection, now: Any, name: str = "Grace Hopper", number: str = NUMBER) -> int:
    """A person with a number, two conversations, a picture and a consent."""
    talk = add_conversation(connection, now, name=name, peer=number)
    person = connection.execute(
        select(models.conversations.c.person).where(models.conversations.c.id == talk)
    ).scalar_one()
    add_message(connection, talk, 1, now, f"hello {EVIL}", Media(kind=MediaKind.IMAGE, ref="r", name="a.png"))
    add_message(connection, talk, 2, now, "good day", out=True, sent={"external_id": f"e{number}"})
    other = add_conversation(connection, now, name="to be merged", peer=f"p{number}", channel="beta")
    add_message(connection, other, 1, now, "elsewhere")
    connection.execute(
        update(models.conversations).where(models.conversations.c.id == other).values(person=person)
    )
    connection.execute(models.people.delete().where(models.people.c.name == "to be merged"))
    connection.execute(
        insert(models.aliases).values(
            channel="alpha", account="web", kind="phone", value=number, person=person
        )
    )
    connection.execute(
        insert(models.consents).values(person=person, kind="notice", given=True, source="chat", at=now)
    )
    connection.execute(
        insert(models.usage).values(person=person, day="2026-11-30", kind="tokens", amount=1234)
    )
    file = {"kind": "image", "source": "inbound", "state": "kept", "created_at": now, "mime": "image/png"}
    connection.execute(
        insert(models.media).values(conversation=talk, seq=1, part=1, sha256=SHA, name=f"{EVIL}.png", **file)
    )
    return int(person)


async def seeded(site: Site, **values: Any) -> int:
    path = Files(site.context.settings.data).path(SHA)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    return await site.database.write(_seed, site.clock.now(), **values)


async def _role(site: Site, role: str) -> None:
    await site.database.write(lambda c: c.execute(update(models.staff).values(role=role)))


async def _actions(site: Site) -> list[tuple[str, str | None]]:
    rows = await site.database.read(audit.newest)
    return [(row.action, row.target) for row in reversed(rows) if row.action.startswith("person")]


async def modes(site: Site) -> list[str]:
    query = select(models.conversations.c.mode).order_by(models.conversations.c.id)
    return await site.database.read(lambda c: list(c.execute(query).scalars()))


async def test_a_person_is_found_by_the_beginning_of_a_name_or_by_a_whole_number(site: Site) -> None:
    await site.set_up()
    await seeded(site)
    empty = await (await site.get("/admin/people?q=nobody")).text()
    assert "Nobody is found by that." in empty
    for query in ("", "gra", "GRACE H", "%2B34600111222"):
        text = await (await site.get(f"/admin/people?q={query}")).text()
        assert "Grace Hopper" in text and NUMBER not in text.replace(f'value="{NUMBER}"', ""), query
    for query in ("race", "3460011", "%25", "Gr_"):
        assert "Grace Hopper" not in await (await site.get(f"/admin/people?q={query}")).text(), query
    part = await site.get("/admin/people?q=gra", headers={"HX-Request": "true"})
    assert "<h1" not in await part.text() and "Grace Hopper" in await part.text()


async def test_nobody_is_left_out_or_shown_twice_from_page_to_page(site: Site) -> None:
    await site.set_up()

    def many(connection: Connection) -> None:
        for number in range(120):
            name = f"anna {number % 7}" if number % 2 else f"Anna {number % 5}"
            connection.execute(insert(models.people).values(name=name, created_at=site.clock.now()))

    await site.database.write(many)
    for query in ("", "ann"):
        address: str | None = f"/admin/people?q={query}"
        seen: list[str] = []
        pages = 0
        while address:
            text = await (await site.get(address)).text()
            seen += re.findall(r'href="/admin/people/(\d+)"', text)
            more = re.search(r'href="(/admin/people\?[^"]*)" rel="next"', text)
            address = more[1].replace("&amp;", "&") if more else None
            pages += 1
        assert pages == 3 and len(seen) == len(set(seen)) == 120, query


async def test_numbers_are_masked_until_somebody_asks_and_the_audit_log_says_who_read_what(
    site: Site,
) -> None:
    await site.set_up()
    person = await seeded(site)
    for _ in range(2):
        text = await (await site.get(f"/admin/people/{person}")).text()
    assert "Grace Hopper" in text and "…1222" in text and NUMBER not in text
    assert "1,234" in text and "notice" in text and text.count('href="/admin/inbox/') == 2
    shown = await site.post(f"/admin/people/{person}/reveal", headers={"HX-Request": "true"})
    assert NUMBER in await shown.text() and "<h1" not in await shown.text()
    assert NUMBER in await (await site.post(f"/admin/people/{person}/reveal")).text()
    one = f"person:{person}"
    assert await _actions(site) == [("person.read", one), ("person.revealed", one), ("person.revealed", one)]
    assert (await site.get("/admin/people/999")).status == 404
    assert "hello" not in str(await site.database.read(audit.newest))


async def test_reviewers_read_and_do_nothing_and_viewers_are_refused(site: Site) -> None:
    await site.set_up()
    person = await seeded(site)
    one = f"/admin/people/{person}"
    await _role(site, "reviewer")
    text = await (await site.get(one)).text()
    assert "Grace Hopper" in text and "Erase" not in text and "Block" not in text
    for act in ("block", "unblock", "merge", "export", "erase"):
        assert (await site.post(f"{one}/{act}", data={"name": "Grace Hopper"})).status == 403, act
    for path in (
        f"{one}/merge",
        f"{one}/export",
        f"{one}/erase",
        "/admin/people/erased",
        "/admin/people/erased/1",
    ):
        assert (await site.get(path)).status == 403, path
    await _role(site, "viewer")
    for path in ("/admin/people", one):
        assert (await site.get(path)).status == 403, path
    assert (await site.post(f"{one}/reveal")).status == 403
    assert await modes(site) == ["bot", "bot"]


async def test_acts_that_cannot_be_undone_ask_for_the_password_again(site: Site) -> None:
    await site.set_up()
    person = await seeded(site)
    site.clock.advance(timedelta(minutes=11).total_seconds())
    for act in ("merge", "export", "erase"):
        for answer in (
            await site.get(f"/admin/people/{person}/{act}"),
            await site.post(f"/admin/people/{person}/{act}", data={"name": "Grace Hopper"}),
        ):
            assert answer.status == 303 and answer.headers["Location"].startswith("/account/prove"), act
    assert (await site.get(f"/admin/people/{person}")).status == 200


async def test_a_block_holds_on_every_channel_until_it_is_lifted_and_leaves_who_opted_out_alone(
    site: Site,
) -> None:
    await site.set_up()
    person = await seeded(site)
    await site.database.write(_seed, site.clock.now(), "Somebody Else", "+1")
    out = models.conversations.c.id == 2
    await site.database.write(
        lambda c: c.execute(update(models.conversations).where(out).values(mode="opted_out"))
    )
    answer = await site.post(f"/admin/people/{person}/block")
    assert answer.status == 303
    assert await modes(site) == ["blocked", "opted_out", "bot", "bot"]
    text = await (await site.get(answer.headers["Location"])).text()
    assert "opted out: nothing is sent" in text and "Lift the block" in text and "Blocked: nobody" in text
    part = await site.post(f"/admin/people/{person}/unblock", headers={"HX-Request": "true"})
    assert "Block everywhere" in await part.text() and "<h1" not in await part.text()
    assert await modes(site) == ["bot", "opted_out", "bot", "bot"]
    one = f"person:{person}"
    assert [row for row in await _actions(site) if row[0] != "person.read"] == [
        ("person.blocked", one),
        ("person.unblocked", one),
    ]


async def test_two_people_become_one_with_everything_and_nobody_is_merged_with_themselves(site: Site) -> None:
    await site.set_up()
    kept = await seeded(site)
    gone = await site.database.write(_seed, site.clock.now(), "Grace H.", "+34600999888")
    page = await (await site.get(f"/admin/people/{kept}/merge?with=%2B34600999888")).text()
    assert (
        "Grace H." in page
        and f'name="other" value="{gone}"' in page
        and "+34600999888" not in page.split('name="with"')[1].split("</form>", 1)[1]
    )
    nobody = await site.get(f"/admin/people/{kept}/merge?with=%23{kept}")
    assert nobody.status == 422 and "Nobody else" in await nobody.text()
    same = await site.post(f"/admin/people/{kept}/merge", data={"other": str(kept)})
    assert same.status == 409 and "same person" in await same.text()
    assert (await site.post(f"/admin/people/{kept}/merge", data={"other": str(gone)})).status == 303
    text = await (await site.get(f"/admin/people/{kept}")).text()
    assert "2,468" in text and text.count('href="/admin/inbox/') == 4 and "…9888" in text
    assert (await site.get(f"/admin/people/{gone}")).status == 404
    assert ("person.merged", f"person:{kept}") in await _actions(site)


async def test_the_export_holds_every_message_and_file_escaped_and_runs_nothing(site: Site) -> None:
    await site.set_up()
    person = await seeded(site)
    await site.database.write(_seed, site.clock.now(), "Somebody Else", "+1")
    assert (await site.get(f"/admin/people/{person}/export")).status == 200
    answer = await site.post(f"/admin/people/{person}/export")
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/zip"
    zipped = zipfile.ZipFile(io.BytesIO(await answer.read()))
    assert zipped.testzip() is None
    lines = [orjson.loads(line) for line in zipped.read("messages.jsonl").splitlines()]
    assert [line["direction"] for line in lines] == ["in", "out", "in"]
    assert lines[0]["text"].startswith(f"hello {EVIL}") and lines[0]["parts"][1]["file"].startswith(
        "media/1-"
    )
    profile = orjson.loads(zipped.read("profile.json"))
    assert profile["people"][0]["name"] == "Grace Hopper" and profile["aliases"][0]["value"] == NUMBER
    assert "Somebody Else" not in str(zipped.read("profile.json"))
    [picture] = [name for name in zipped.namelist() if name.startswith("media/")]
    assert zipped.read(picture) == b"picture" and ".." not in picture and "<" not in picture
    page = zipped.read("index.html").decode()
    assert EVIL not in page and "&lt;img src=x" in page and "<script" not in page and "good day" in page
    assert ("person.exported", f"person:{person}") in await _actions(site)
    assert not list(site.context.settings.data.rglob("*.zip"))


async def test_nobody_is_erased_without_their_name_and_the_receipt_counts_what_went(site: Site) -> None:
    await site.set_up()
    person = await seeded(site)
    wrong = await site.post(f"/admin/people/{person}/erase", data={"name": "Grace"})
    assert wrong.status == 422 and "Nothing was deleted" in await wrong.text()
    assert "Type “Grace Hopper” to confirm" in await (await site.get(f"/admin/people/{person}/erase")).text()
    answer = await site.post(f"/admin/people/{person}/erase", data={"name": " grace  hopper "})
    assert answer.status == 303
    receipt = await (await site.get(answer.headers["Location"])).text()
    assert "Everything kept of person" in receipt and "Ada Lovelace" in receipt
    assert re.search(r"<code>messages</code></td><td class=\"number\">3<", receipt)
    assert re.search(r"<code>files</code></td><td class=\"number\">1<", receipt)
    assert (await site.get(f"/admin/people/{person}")).status == 404
    assert "Nobody wrote yet" in await (await site.get("/admin/people")).text()
    assert f"#{person}" in await (await site.get("/admin/people/erased")).text()
    assert not Files(site.context.settings.data).path(SHA).exists()
    left = [path.name for path in site.context.settings.data.rglob("*") if path.is_file()]
    for name in ("web.db", "web.db-wal", "erasures.jsonl"):
        if name in left:
            content = (site.context.settings.data / name).read_bytes()
            assert b"Grace" not in content and NUMBER.encode() not in content, name


@pytest.mark.parametrize("name", [None, "  "])
async def test_who_has_no_name_is_confirmed_by_their_number_here(site: Site, name: str | None) -> None:
    await site.set_up()
    await site.database.write(add_conversation, site.clock.now(), name=name)
    assert "Type “person 1” to confirm" in await (await site.get("/admin/people/1/erase")).text()
    assert (await site.post("/admin/people/1/erase", data={"name": ""})).status == 422
    assert (await site.post("/admin/people/1/erase", data={"name": "person 1"})).status == 303


@pytest.mark.parametrize("language", ["pt", "es", "en"])
async def test_pages_of_people_say_which_language_they_are_in(site: Site, language: str) -> None:
    await site.set_up()
    person = await seeded(site)
    await site.database.write(lambda c: c.execute(update(models.staff).values(language=language)))
    for path in ("/admin/people", f"/admin/people/{person}", f"/admin/people/{person}/erase", "/admin/audit"):
        assert f'<html lang="{language}"' in await (await site.get(path)).text(), path
    answer = await site.post(f"/admin/people/{person}/export")
    page = zipfile.ZipFile(io.BytesIO(await answer.read())).read("index.html").decode()
    assert f'<html lang="{language}">' in page
