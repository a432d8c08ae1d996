"""The phones' page over HTTP: who may enter, what its forms do to the running system, and how words become HTML."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.sandbox import Sandbox, play, shipped
from adapters.sandbox.page import HERE
from adapters.sandbox.page.words import html_of
from adapters.sandbox.scenario_yaml import read
from assistant import app
from assistant.store import sessions, staff
from assistant.store.staff import StaffRole
from assistant.web.auth import COOKIE, new_token, token_hash
from tests.scenarios.rows import rows_of, settled
from tests.scenarios.running import running
from tests.web.payloads import PAYLOADS

JS_BYTES = 16_000
OURS = {"Accept": "text/html"}


class House:
    """The running system and somebody who asks for its page without a browser."""

    def __init__(self, runtime: app.Runtime, sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        self.runtime = runtime
        self.sandbox = sandbox
        self.client = client

    async def get(self, path: str = "", **headers: str) -> tuple[int, str]:
        address = f"{self.runtime.address}/sandbox{path}"
        async with self.client.get(address, headers={**OURS, **headers}, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def phones(self) -> str:
        """The part of the page on which the phones stand."""
        return (await self.get())[1].partition('<div id="phones">')[2].partition('id="drawer-wire"')[0]

    async def post(self, path: str, origin: str = "", **form: str) -> tuple[int, str]:
        headers = {"Origin": origin or self.runtime.address, "Accept": "*/*"}
        address = f"{self.runtime.address}/sandbox{path}"
        async with self.client.post(address, data=form, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def rows(self) -> Any:
        async with asyncio.timeout(30):
            while not await settled(self.runtime.database):
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)  # the last receipts
        return await rows_of(self.runtime.database)


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with running(tmp_path, monkeypatch) as (runtime, sandbox), aiohttp.ClientSession() as client:
        yield House(runtime, sandbox, client)


# --- who may enter ---------------------------------------------------------------------------------------


async def member(house: House, role: StaffRole) -> str:
    """A staff member who is signed in; the cookie."""
    token, now = new_token(), house.runtime.clock.now()

    def fill(connection: Any) -> None:
        made = staff.create(
            connection,
            email=f"{role.value}@example.org",
            name=role.value,
            role=role,
            password_hash="-",
            now=now,
        )
        sessions.start(connection, token_hash(token), made, now)

    await house.runtime.database.write(fill)
    return f"{COOKIE}={token}"


async def test_who_sits_at_the_machine_finds_three_phones_and_a_tour(house: House) -> None:
    status, page = await house.get()
    assert status == 200
    for name in ("Ana", "João", "Lucía"):
        assert f'data-person="{name}"' in page
    assert 'id="drawer-tour" aria-labelledby="title-tour">' in page


@pytest.mark.parametrize(
    "headers",
    [{"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}, {"Host": "evil.example"}],
    ids=["behind a proxy", "behind another proxy", "under a name that leads here"],
)
async def test_strangers_from_elsewhere_are_refused_and_told_where_to_sign_in(
    house: House, headers: dict[str, str]
) -> None:
    for path in ("", "/plays/recorded.yaml", "/faults?channel=whatsapp", "/live"):
        status, page = await house.get(path, **headers)
        assert status == 403, path
        assert "/login?next=/sandbox" in page and "Ana" not in page


async def test_reviewers_enter_from_anywhere_and_viewers_do_not(house: House) -> None:
    elsewhere = {"X-Forwarded-For": "203.0.113.7"}
    for role, status in ((StaffRole.VIEWER, 403), (StaffRole.REVIEWER, 200), (StaffRole.ADMIN, 200)):
        cookie = await member(house, role)
        assert (await house.get(Cookie=cookie, **elsewhere))[0] == status, role


async def test_a_form_of_another_site_does_nothing(house: House) -> None:
    status, _ = await house.post("/phones/1/say", origin="https://evil.example", text="hello")
    assert status == 403
    assert house.sandbox.phone("whatsapp", "Ana").said == {}


# --- phones ----------------------------------------------------------------------------------------------


async def test_six_phones_fit_and_the_seventh_is_told_so(house: House) -> None:
    for name in ("Bea", "Cal", "Dan"):
        assert await house.post("/phones", skin="instagram", name=name, locale="en") == (204, "")
    status, said = await house.post("/phones", skin="telegram", name="Eve", locale="en")
    assert (status, said) == (200, "Six phones fit on the table. Put one away first.")
    assert (await house.post("/phones/1/close"))[0] == 204
    assert (await house.post("/phones", skin="telegram", name="Eve", locale="en"))[0] == 204
    assert (await house.post("/phones", skin="radio", name="Eve", locale="en"))[0] == 400


async def test_a_phone_that_was_put_away_comes_back_with_all_that_was_said(house: House) -> None:
    await house.post("/phones/1/say", text="a word to remember")
    await house.sandbox.phone("whatsapp", "Ana").wait_reply()
    await house.post("/phones/1/close")
    assert "a word to remember" not in await house.phones()
    await house.post("/phones", skin="whatsapp", name="Ana", locale="en")
    page = await house.phones()
    assert page.count("a word to remember") >= 2, "the question and the answer that repeats it"


async def test_somebody_else_of_the_same_name_does_not_appear_on_ones_phone(house: House) -> None:
    """The people of a scenario are new, whatever they are called."""
    await house.post("/phones/1/say", text="mine alone")
    written = "name: x\nphones:\n  a: {channel: whatsapp, name: Ana}\nsteps:\n  - a: {says: of another}\n  - a: {hears: 1}\n"
    assert await house.post("/plays/own", yaml=written) == (204, "")
    await ended(house)
    first, *_, second = (await house.phones()).split('<section class="phone')[1:]
    assert "mine alone" in first and "of another" not in first
    assert "of another" in second and "mine alone" not in second


async def test_what_an_app_cannot_do_is_said_in_words(house: House) -> None:
    await house.post("/phones", skin="telegram", name="Book club", locale="en", others="Mia, Tom")
    status, said = await house.post("/phones/4/block")
    assert status == 200 and "group" in said
    assert (await house.post("/phones/2/send", kind="contact"))[0] == 400
    assert (await house.post("/phones/9/say", text="x"))[0] == 404


async def test_a_file_is_shown_only_when_it_is_a_picture(house: House) -> None:
    for kind in ("image", "document"):
        await house.post("/phones/1/send", kind=kind)
    links = re.findall(r'href="/sandbox(/phones/1/files/\d+)"', await house.phones())
    for link, shown in zip(dict.fromkeys(links), (True, False), strict=True):
        async with house.client.get(f"{house.runtime.address}/sandbox{link}") as answer:
            assert answer.status == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert (answer.content_type == "image/jpeg") is shown
            assert ("attachment" in answer.headers.get("Content-Disposition", "")) is not shown


async def test_every_message_leads_to_its_trace_in_the_dashboard(house: House) -> None:
    await house.post("/phones", skin="comment", name="Bea", locale="en")
    for number, phone in ((1, ("whatsapp", "Ana")), (4, ("messenger", "Bea"))):
        await house.post(f"/phones/{number}/say", text="hello")
        await house.sandbox.phone(*phone).wait_reply()
    await house.rows()
    cookie = await member(house, StaffRole.REVIEWER)
    links = set()
    for number in (1, 4):
        for bubble in (1, 2):
            menu = (await house.get(f"/phones/{number}/menu/{bubble}"))[1]
            links.add(re.findall(r'href="(/admin/find[^"]+)"', menu)[0].replace("&amp;", "&"))
    traces = set()
    for link in links:
        headers = {"Cookie": cookie, **OURS}
        address = f"{house.runtime.address}{link}"
        async with house.client.get(address, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 303, link
            traces.add(answer.headers["Location"])
    assert len(links) == 4 and len(traces) == 2
    assert all(trace.startswith("/admin/traces/") for trace in traces)


# --- what goes wrong -------------------------------------------------------------------------------------


async def test_a_forged_message_is_refused_and_leaves_no_conversation(house: House) -> None:
    assert (await house.post("/faults", channel="whatsapp", bad_signature="1"))[0] == 204
    await house.post("/phones/1/say", text="let me in")
    [first, *_] = house.sandbox.wire.find(channel="whatsapp", person="Ana")
    assert first.status in (401, 403) and first.signature == "wrong"
    assert (await rows_of(house.runtime.database))["conversations"] == []
    page = (await house.get())[1]
    assert "our server refused it" in page and "signature wrong" in page and "WhatsApp: Bad signature" in page
    assert (await house.post("/faults/rest"))[0] == 204
    assert house.sandbox.whatsapp.faults.bad_signature is False


async def test_delivered_five_times_is_answered_once(house: House) -> None:
    await house.post("/faults", channel="whatsapp", duplicates="4")
    await house.post("/phones/1/say", text="only once")
    await house.sandbox.phone("whatsapp", "Ana").wait_reply()
    rows = await house.rows()
    assert [row[5] for row in rows["messages"]] == ["in", "out"]
    said = next(iter(house.sandbox.phone("whatsapp", "Ana").said))
    assert len(house.sandbox.wire.find(external_id=said, direction=None, person="Ana")) >= 5


async def test_an_old_message_that_comes_again_is_not_answered_twice(house: House) -> None:
    assert (await house.post("/replay", channel="whatsapp", hours="7"))[
        1
    ] == "Nobody wrote on that platform yet."
    await house.post("/phones/1/say", text="only once")
    await house.sandbox.phone("whatsapp", "Ana").wait_reply()
    assert await house.post("/replay", channel="whatsapp", hours="7") == (204, "")
    rows = await house.rows()
    assert [row[5] for row in rows["messages"]] == ["in", "out"]


async def test_a_knob_beyond_its_limit_is_refused_in_words(house: House) -> None:
    status, said = await house.post("/faults", channel="whatsapp", duplicates="1000")
    assert status == 200 and "duplicates takes 0 to 50" in said


async def test_time_moves_for_the_whole_system_and_a_crowd_writes_at_once(house: House) -> None:
    before = house.runtime.clock.now()
    assert (await house.post("/time", hours="25"))[0] == 204
    assert (house.runtime.clock.now() - before).total_seconds() >= 25 * 3600
    assert "+25 h" in (await house.get())[1]
    assert (await house.post("/time", hours="-1"))[0] == 400
    assert (await house.post("/burst", channel="telegram", people="12", says="I am {number}"))[0] == 204
    rows = await house.rows()
    assert len(rows["conversations"]) == 12
    assert (await house.post("/burst", channel="telegram", people="201", says="x"))[0] == 400


# --- scenarios -------------------------------------------------------------------------------------------


async def ended(house: House) -> str:
    """The page once the scenario is over."""
    async with asyncio.timeout(60):
        while "Playing: step" in (page := (await house.get())[1]):
            await asyncio.sleep(0.1)
    return page


@pytest.mark.parametrize("slug", ["three-messages-one-answer", "old-message-again"])
async def test_the_same_scenario_through_the_page_and_through_pytest_gives_the_same_rows(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    assert (await house.post("/plays", slug=slug))[0] == 204
    page = await ended(house)
    assert "All went as expected." in page, page
    through_page = await house.rows()
    (tmp_path / "again").mkdir()
    async with running(tmp_path / "again", monkeypatch) as (runtime, sandbox):
        assert (await play(sandbox, shipped()[slug])).ok
        through_pytest = await House(runtime, sandbox, house.client).rows()
    assert through_page == through_pytest
    assert through_page["conversations"]


async def test_a_mistake_in_ones_own_scenario_is_told_with_its_line(house: House) -> None:
    written = "name: x\nphones:\n  ana: {channel: whatsapp}\nsteps:\n  - ana: {shouts: hello}\n"
    status, said = await house.post("/plays/own", yaml=written)
    assert status == 200 and said.startswith("line 5: ") and "says" in said


async def test_a_step_that_does_not_come_out_is_shown_with_its_reason(house: House) -> None:
    written = (
        "name: x\nphones:\n  ana: {channel: whatsapp}\nsteps:\n  - ana: {hears: {count: 1, within: 1s}}\n"
    )
    assert (await house.post("/plays/own", yaml=written))[0] == 204
    assert (await house.post("/plays/own", yaml=written))[1].startswith("A scenario is being played.")
    page = await ended(house)
    assert "A step did not come out." in page and "ana heard nothing within 1 s" in page


async def test_what_was_done_is_downloaded_as_a_scenario_that_plays(house: House) -> None:
    assert (await house.get("/plays/recorded.yaml"))[0] == 404
    await house.post("/plays/record")
    await house.post("/phones/1/say", text="hello there")
    await house.sandbox.phone("whatsapp", "Ana").wait_reply()
    status, written = await house.get("/plays/recorded.yaml")
    assert status == 200
    scenario = read(written)
    assert [step.sentence() for step in scenario.steps] == ["ana says “hello there”", "ana hears 1 message"]
    assert (await play(house.sandbox, scenario)).ok


async def test_a_shipped_scenario_can_be_read(house: House) -> None:
    status, written = await house.get("/plays/duplicates.yaml")
    assert status == 200 and read(written).steps
    assert (await house.get("/plays/nothing.yaml"))[0] == 404


# --- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~no~ `x`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>x</code>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("```a *b*\nc```", "<code>a *b*\nc</code>"),
        ("*<b>*", "<strong>&lt;b&gt;</strong>"),
    ],
)
def test_stars_make_bold_and_nothing_else_does(text: str, html: str) -> None:
    assert html_of(text, "stars") == html
    assert "<strong>" not in html_of(text, "plain")


def test_an_address_can_be_followed_and_keeps_its_signs() -> None:
    html = html_of("see https://example.org/a_b_c?x=1&y=*2*.", "stars")
    assert 'href="https://example.org/a&#95;b&#95;c?x=1&amp;y=&#42;2&#42;"' in html
    assert "noopener" in html and "<em>" not in html and "<strong>" not in html


def test_entities_count_in_utf16_and_nest() -> None:
    spans = [{"type": "bold", "offset": 3, "length": 5}, {"type": "italic", "offset": 3, "length": 2}]
    assert html_of("😀 hello!", "spans", spans) == "😀 <strong><em>he</em>llo</strong>!"
    link = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert html_of("x<", "spans", [link]) == "x&lt;"


@pytest.mark.parametrize("marks", ["stars", "plain", "spans"])
def test_no_payload_becomes_a_tag_of_its_own(marks: str) -> None:
    allowed = {"strong", "em", "s", "code", "a", "/strong", "/em", "/s", "/code", "/a"}
    for payload in PAYLOADS:
        html = str(html_of(payload, marks))
        found = {part.split(">")[0].split(" ")[0] for part in html.split("<")[1:]}
        assert found <= allowed, payload


def test_the_pages_own_script_stays_small() -> None:
    assert (HERE / "static" / "sandbox.js").stat().st_size <= JS_BYTES
