"""The staff pages: what they show, in which order, and that they show it literally."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from sqlalchemy import Connection, insert

from assistant.store import audit, models
from assistant.types import Choice, Contacts, Media, MediaKind, Place, Unsupported
from tests.web.conftest import Site, add_conversation, add_message, visitor_key

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</li></ol><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "' autofocus onfocus=alert(1) '",
]


def escaped(text: str) -> str:
    for one, other in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(one, other)
    return text


async def test_empty_pages_say_what_will_come(site: Site) -> None:
    await site.set_up()
    assert "No conversations yet" in await (await site.get("/admin/inbox")).text()
    assert "None." in await (await site.get("/admin/failed")).text()
    assert "None." in await (await site.get("/admin/unread")).text()
    assert (await site.get("/admin/inbox/99")).status == 404


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_people_write_is_shown_literally_everywhere(site: Site, payload: str) -> None:
    await site.set_up()
    now = site.clock.now()

    def seed(connection: Connection) -> int:
        made = add_conversation(connection, now, name=payload, channel=payload[:32])
        add_message(
            connection, made, 1, now, payload, Unsupported(kind=payload), Choice(id="1", title=payload)
        )
        add_message(
            connection, made, 2, now, Media(kind=MediaKind.IMAGE, ref="r", caption=payload, name=payload)
        )
        add_message(
            connection, made, 3, now, Place(latitude=1, longitude=2, name=payload), Contacts(names=(payload,))
        )
        add_message(connection, made, 4, now, payload, outcome="dead", outcome_reason=payload)
        failed = {"state": "failed", "error": "rejected", "error_code": payload}
        add_message(connection, made, 5, now, payload, out=True, sent=failed)
        values = {"channel": "alpha", "account": payload, "reason": payload, "body": b"", "digest": "1"}
        connection.execute(insert(models.raw_events).values(**values, received_at=now))
        return made

    number = await site.database.write(seed)
    for path in ("/admin/inbox", f"/admin/inbox/{number}", "/admin/failed", "/admin/unread"):
        text = await (await site.get(path)).text()
        assert escaped(payload) in text, path
        if escaped(payload) != payload:
            assert payload not in text, path


async def test_the_list_is_newest_first_and_pages_without_gap_or_repeat(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()

    def seed(connection: Connection) -> None:
        for number in range(120):
            at = now - timedelta(minutes=number // 3)  # three share each moment
            add_conversation(connection, at, name=f"Person {number:03}", peer=f"p{number}")

    await site.database.write(seed)
    seen: list[str] = []
    path = "/admin/inbox"
    for _ in range(5):
        text = await (await site.get(path)).text()
        seen += [part.split("</bdi>")[0] for part in text.split('<span class="who"><bdi>')[1:]]
        if 'rel="next"' not in text:
            break
        path = text.split('<a href="/admin/inbox?before=')[1].split('"')[0]
        path = f"/admin/inbox?before={path}"
    assert len(seen) == 120
    assert len(set(seen)) == 120
    assert [int(name.split()[1]) // 3 for name in seen] == sorted(int(name.split()[1]) // 3 for name in seen)


async def test_a_transcript_shows_every_tick_with_its_word_and_each_outcome(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()

    def seed(connection: Connection) -> int:
        made = add_conversation(connection, now)
        add_message(connection, made, 1, now, "q1", outcome="coalesced")
        add_message(connection, made, 2, now, "q2", outcome="ignored", outcome_reason="older than a day")
        add_message(connection, made, 3, now, "q3")
        for seq, sent in enumerate(
            (
                {"state": "pending"},
                {"status": "sent"},
                {"status": "delivered"},
                {"status": "read"},
                {"state": "unknown"},
                {"state": "failed", "error": "window_closed", "error_code": "131047"},
                {"status": "sent", "duplicate_possible": True},
            ),
            start=4,
        ):
            add_message(connection, made, seq, now, f"a{seq}", out=True, sent=sent)
        return made

    text = await (await site.get(f"/admin/inbox/{await site.database.write(seed)}")).text()
    for words in (
        "answered with the next message", "ignored: older than a day", "waiting for an answer",
        "pending", "sent", "delivered", "read", "unclear", "failed",
        "reply window has closed", "131047", "may have arrived twice", "demo model",
    ):  # fmt: skip
        assert words in text, words
    for tick in ("pending", "sent", "delivered", "read", "uncertain", "failed"):
        assert f'class="tick {tick}"' in text


async def test_reading_a_conversation_is_on_record_once_in_ten_minutes(site: Site) -> None:
    await site.set_up()
    number = await site.database.write(add_conversation, site.clock.now())

    async def reads() -> int:
        found = await site.database.read(audit.newest)
        return sum(entry.action == "conversation_read" for entry in found)

    for _ in range(3):
        await site.get(f"/admin/inbox/{number}")
    assert await reads() == 1
    site.clock.advance(601)
    await site.get(f"/admin/inbox/{number}")
    assert await reads() == 2
    entry = (await site.database.read(audit.newest))[0]
    assert (entry.actor, entry.target, entry.detail) == ("staff:1", f"conversation:{number}", None)
    assert await site.database.read(audit.verify) is None


# --- live --------------------------------------------------------------------------------------------------


async def test_staff_pages_hear_of_changes(site: Site) -> None:
    await site.set_up()
    async with site.client.ws_connect(f"{site.url}/admin/live", headers={"Origin": site.url}) as socket:
        assert (await socket.receive_json(timeout=3))["kind"] == "hello"
        frame = orjson.dumps({"kind": "message", "conversation": 1, "seq": 2})
        await site.bus.publish("staff", frame)
        assert await socket.receive_json(timeout=3) == {"kind": "message", "conversation": 1, "seq": 2}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
@pytest.mark.parametrize("path", ["/admin/live", "/chat/events"])
async def test_a_foreign_page_hears_nothing(site: Site, path: str, origin: str | None) -> None:
    await site.set_up()
    await site.get("/chat")
    with pytest.raises(WSServerHandshakeError) as refused:
        await site.client.ws_connect(site.url + path, headers={"Origin": origin} if origin else {})
    assert refused.value.status == 403


async def test_a_stranger_hears_nothing(site: Site) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await site.client.ws_connect(f"{site.url}/admin/live", headers={"Origin": site.url})
    assert refused.value.status == 401


async def test_a_socket_closes_when_its_session_has_ended(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.web.events.RECHECK_SECONDS", 0.05)
    await site.set_up()
    async with site.client.ws_connect(f"{site.url}/admin/live", headers={"Origin": site.url}) as socket:
        await socket.receive_json(timeout=20)
        await site.post("/logout")
        await socket.receive(timeout=20)
        assert socket.close_code == 4401


async def test_a_socket_that_cannot_go_on_closes_so_that_the_page_comes_back(site: Site) -> None:
    await site.get("/chat")
    async with site.client.ws_connect(f"{site.url}/chat/events", headers={"Origin": site.url}) as socket:
        await socket.receive_json(timeout=3)
        await site.bus.publish(f"page:{visitor_key('v-visitor0')}", b"not JSON")
        assert (await socket.receive(timeout=3)).type is WSMsgType.CLOSE
