"""The web chat: who a visitor is, what leaves and arrives, and that nothing in it can run."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any

import orjson
import pytest

from assistant.errors import BadSignature
from assistant.types import Address
from assistant.web.chat_stream import EVERY_SECONDS, SELDOM_SECONDS, Growing, Pace, shaped
from assistant.web.prose import ATTRIBUTES, finished, growing, to_html
from tests.web.conftest import PAGE, Site, add_conversation, add_message, visitor_key

JSON = {"Accept": "application/json"}


async def test_a_new_visitor_gets_a_cookie_that_scripts_cannot_read_and_keeps_it(site: Site) -> None:
    answer = await site.get("/chat")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("visitor=v-visitor0;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Set-Cookie" not in (await site.get("/chat")).headers
    text = await answer.text()
    assert "An AI answers here, and it can be wrong." in text
    assert "demo model" in text


async def test_a_message_goes_to_walk_one_as_it_came(site: Site) -> None:
    await site.get("/chat")
    body = b'{"id":"1","text":"hello"}'
    answer = await site.post("/chat/messages", data=body, headers=JSON)
    assert (answer.status, await answer.json()) == (200, {"stored": 1})
    channel, request = site.inbound.requests[0]
    assert (channel, request.method, request.body) == (PAGE, "POST", body)
    assert request.header("cookie") == "visitor=v-visitor0"


async def test_a_visitor_without_our_cookie_is_refused(site: Site) -> None:
    for cookie in ({}, {"Cookie": "visitor=forged"}):
        assert (await site.post("/chat/messages", data=b"{}", headers={**JSON, **cookie})).status == 403
        for path in ("/chat/history", "/chat/first/messages", "/chat/first/export.md"):
            assert (await site.get(path, headers={**JSON, **cookie})).status == 403
    site.inbound.error = BadSignature("no")
    await site.get("/chat")
    assert (await site.post("/chat/messages", data=b"{}", headers=JSON)).status == 403


async def test_a_flood_and_a_flood_of_words_are_refused(site: Site) -> None:
    await site.get("/chat")
    assert (await site.post("/chat/messages", data=b"x" * 70_000, headers=JSON)).status == 413
    statuses = [(await site.post("/chat/messages", data=b"{}", headers=JSON)).status for _ in range(20)]
    assert statuses.count(429) >= 5
    site.clock.advance(10)
    assert (await site.post("/chat/messages", data=b"{}", headers=JSON)).status == 200


async def test_a_chat_is_the_visitors_own_in_order_without_orders_and_inner_notes(site: Site) -> None:
    await site.get("/chat")
    now = site.clock.now()

    def seed(connection: Any) -> None:
        mine = add_conversation(connection, now, channel=PAGE, peer="v-visitor0")
        other = add_conversation(connection, now, channel=PAGE, peer="v-other")
        add_message(connection, other, 1, now, "not yours")
        add_message(connection, mine, 1, now, "one <b>", external_id="v-visitor0:a", outcome="answered")
        add_message(connection, mine, 2, now, "two", external_id="v-visitor0:b")
        add_message(
            connection, mine, 3, now, "**re** one", out=True, after_seq=1, sent={"external_id": "k-1"}
        )
        add_message(connection, mine, 5, now, "staff only", direction="internal", author="staff")
        add_message(connection, mine, 6, now, "dropped", out=True, sent={"state": "cancelled"})

    await site.database.write(seed)
    for path in ("/chat/first", "/chat/first/messages"):
        text = await (await site.get(path)).text()
        log = text[text.index('<ol id="log"') : text.index("</ol>")]
        shown = re.findall(r'<div class="bubble" dir="auto">(.*?)</div>', log, re.DOTALL)
        assert [one.strip() for one in shown] == [
            "one &lt;b&gt;",
            "<p><strong>re</strong> one</p>",
            "two",
        ], path
        assert "data-waiting" in text and "not yours" not in text and "staff only" not in text


async def test_a_chat_that_is_not_the_visitors_is_an_empty_one(site: Site) -> None:
    await site.get("/chat")
    now = site.clock.now()

    def seed(connection: Any) -> None:
        thread = "0" * 32
        key = Address(channel=PAGE, account="web", peer="v-other", thread=thread).key
        other = add_conversation(connection, now, channel=PAGE, peer="v-other", thread=thread, key=key)
        add_message(connection, other, 1, now, "not yours")

    await site.database.write(seed)
    assert "not yours" not in await (await site.get(f"/chat/{'0' * 32}")).text()
    answer = await site.get(f"/chat/{'0' * 32}/export.md", headers=JSON)
    assert answer.status == 404 and "not yours" not in await answer.text()


async def test_frames_reach_the_visitor_they_are_for_as_safe_html(site: Site) -> None:
    await site.get("/chat")
    key = visitor_key("v-visitor0")
    other = Address(channel=PAGE, account="web", peer="v-other").key
    async with site.client.ws_connect(f"{site.url}/chat/events", headers={"Origin": site.url}) as socket:
        await socket.receive_json(timeout=20)
        await site.bus.publish(
            f"page:{other}", orjson.dumps({"kind": "message", "id": "0", "text": "not yours"})
        )
        await site.bus.publish(f"page:{key}", orjson.dumps({"kind": "typing", "chat": "c1"}))
        frame = {"kind": "message", "id": "1", "text": "<b>hi</b> **you**", "chat": None}
        await site.bus.publish(f"page:{key}", orjson.dumps(frame))
        assert await socket.receive_json(timeout=20) == {"kind": "typing", "chat": "c1"}
        arrived = await socket.receive_json(timeout=20)
        assert arrived["html"] == "<p>&lt;b&gt;hi&lt;/b&gt; <strong>you</strong></p>\n"
        assert arrived["chat"] == "first"


async def frames(*items: dict[str, Any]) -> AsyncIterator[bytes]:
    for item in items:
        yield orjson.dumps(item)
    await asyncio.sleep(0.2)


def delta(offset: int, text: str, turn: str = "1.1") -> dict[str, Any]:
    return {"kind": "delta", "chat": "c1", "turn": turn, "offset": offset, "text": text}


async def shown_of(*items: dict[str, Any]) -> list[dict[str, Any]]:
    return [orjson.loads(frame) async for frame in shaped(frames(*items))]


def page_of(shown: list[dict[str, Any]]) -> str:
    """What a page makes of the frames of one turn."""
    blocks: list[str] = []
    for frame in shown:
        if frame["kind"] == "delta":
            blocks[frame["at"] :] = [*frame["done"], frame["open"]]
    return "".join(blocks)


async def test_a_stream_shows_all_text_so_far_and_its_end_before_done() -> None:
    done = {"kind": "done", "turn": "1.1", "finish": "answered"}
    shown = await shown_of(delta(0, "a **b"), delta(5, "** c"), done)
    assert [frame["kind"] for frame in shown] == ["delta", "delta", "done"]
    assert shown[1]["open"] == "<p>a <strong>b</strong> c</p>\n"


async def test_a_burst_of_deltas_is_rendered_now_and_then() -> None:
    shown = await shown_of(*(delta(number, "x") for number in range(500)))
    assert len(shown) < 10
    assert page_of(shown) == f"<p>{'x' * 500}</p>\n"


async def test_a_finished_block_is_sent_once_and_only_the_open_one_again() -> None:
    growing = Growing("1.1", "c1")
    text, sent = "# One\n\nTwo is *long*.\n\n```py\nx = 1\n```\n\n- three\n- four\n\nFive.", []
    for at, letter in enumerate(text):
        growing.add(at, letter)
        sent.append(orjson.loads(growing.frame()))
    blocks = [block for frame in sent for block in frame["done"]]
    assert [block[:4] for block in blocks] == ["<h1>", "<p>T", "<div", "<ul>"]
    assert page_of(sent) == to_html(text)


async def test_text_that_was_shown_already_changes_nothing() -> None:
    growing = Growing("1.1", "c1")
    growing.add(0, "one\n\ntwo")
    growing.frame()
    growing.add(0, "one\n\ntwo")
    assert not growing.changed
    growing.add(0, "another round")
    assert orjson.loads(growing.frame())["at"] == 0


async def test_who_joins_late_sees_the_rest_and_a_second_round_starts_anew() -> None:
    assert page_of(await shown_of(delta(40, "later words"))) == "<p>… later words</p>\n"
    shown = await shown_of(delta(40, "later words"), delta(0, "all of it, later words"))
    assert page_of(shown) == "<p>all of it, later words</p>\n"
    assert page_of(await shown_of(delta(0, "first"), delta(0, "again"))) == "<p>again</p>\n"


def test_the_more_is_written_at_once_the_more_seldom_it_is_rendered() -> None:
    pace = Pace()
    for _ in range(50):
        pace.took(0.002)
    pace.streams = 1
    assert pace.seconds() == EVERY_SECONDS
    pace.streams = 20
    assert EVERY_SECONDS < pace.seconds() < SELDOM_SECONDS
    pace.streams = 1000
    assert pace.seconds() == SELDOM_SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.example/?leak)",
        "![x][1]\n\n[1]: https://evil.example/leak.png",
        "```<script>\nalert(1)\n```",
        '```"onmouseover="alert(1)\nx\n```',
        '[x](https://a.example/"onmouseover="alert(1))',
        "<https://a.example/<script>>",
        "    <script>alert(1)</script>",
        "|a|\n|-|\n|<svg onload=alert(1)>|",
    ],
)
def test_nothing_in_an_answer_can_run_or_load(text: str) -> None:
    seen = Seen()
    seen.feed(to_html(text))
    assert {tag for tag, _ in seen.found} <= {
        "p",
        "br",
        "a",
        "pre",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "span",
        "button",
    }
    for tag, attributes in seen.found:
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert attributes.get("href", "https://").startswith(("https://", "http://", "mailto:"))


class Seen(HTMLParser):
    """What a browser would make of the text: tags and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def test_links_carry_no_trust() -> None:
    html = to_html("[x](https://a.example/?a=1&b=2)")
    assert 'href="https://a.example/?a=1&amp;b=2"' in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert '</a> <span class="host">(a.example)</span>' in html
    assert "(b.example)" not in to_html("<https://b.example/way>")


def test_a_picture_from_elsewhere_is_named_and_not_loaded() -> None:
    html = to_html("![a chart](https://evil.example/?leak)")
    assert html == '<p><span class="blocked">a chart – image blocked: evil.example</span></p>\n'


def test_code_is_coloured_by_classes_and_says_its_language() -> None:
    html = to_html("```python\ndef f(): return '<b>'\n```")
    assert "<span>python</span>" in html and '<span class="k">def</span>' in html and "&lt;b&gt;" in html
    assert "style" not in html
    assert '<span class="k">' not in to_html("```nothing-known\ndef\n```")


def test_blocks_that_can_change_no_more_are_told_apart_from_the_last_one() -> None:
    text = "one\r\n\r\n```py\nx = 1\n```\n\n- a\n- b\n\nlast **op"
    blocks, end = finished(text)
    assert [block[:4] for block in blocks] == ["<p>o", "<div", "<ul>"]
    assert text[end:] == "last **op" and growing(text[end:]) == "<p>last **op</p>\n"
    assert finished("only one") == ([], 0)
