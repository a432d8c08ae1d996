"""The front: it reads only what is plain, answers in order, waits for nobody for ever, and hands over the rest whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import metrics
from assistant.errors import BadSignature, StoreUnavailable
from assistant.types import WebhookRequest
from assistant.web import front
from assistant.web.front import Front, Headers
from tests.web.conftest import Site


def webhook(body: bytes, *lines: str, path: str = "/webhooks/alpha") -> bytes:
    head = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def dial(site: Site) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rsplit(":", 1)[1]))
    try:
        yield reader, writer
    finally:
        writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    async with asyncio.timeout(10):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert "content-length: 0\r\n" in head.lower()
    return int(head.split()[1]), head


async def test_ten_webhooks_sent_ahead_are_taken_in_order_and_answered_one_by_one(site: Site) -> None:
    async with dial(site) as (reader, writer):
        writer.write(b"".join(webhook(str(number).encode()) for number in range(10)))
        for _ in range(10):
            assert (await answer(reader))[0] == 200
    assert [request.body for _, request in site.inbound.requests] == [str(n).encode() for n in range(10)]


async def test_the_second_waits_until_the_first_is_stored(site: Site) -> None:
    site.inbound.holding = True
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"first") + webhook(b"second"))
        while not site.inbound.held:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert len(site.inbound.held) == 1
        site.inbound.held.pop()()
        assert (await answer(reader))[0] == 200
        while not site.inbound.held:
            await asyncio.sleep(0.01)
        site.inbound.held.pop()()
        assert (await answer(reader))[0] == 200
    assert [request.body for _, request in site.inbound.requests] == [b"first", b"second"]


async def test_a_thousand_small_ones_refused_at_once_do_not_exhaust_the_stack(site: Site) -> None:
    site.inbound.error = BadSignature("no")
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"") * 1000)
        for _ in range(1000):
            assert (await answer(reader))[0] == 403


async def test_when_the_database_is_away_the_platform_is_asked_to_come_back(site: Site) -> None:
    site.inbound.error = StoreUnavailable("away")
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"{}"))
        status, head = await answer(reader)
        assert status == 503 and "Retry-After: 5\r\n" in head and "Date: " in head


async def test_a_bug_behind_the_door_is_a_500_and_the_connection_lives_on(site: Site) -> None:
    site.inbound.error = ZeroDivisionError()
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"{}"))
        assert (await answer(reader))[0] == 500
        site.inbound.error = None
        writer.write(webhook(b"{}"))
        assert (await answer(reader))[0] == 200


async def test_a_body_in_small_pieces_arrives_whole(site: Site) -> None:
    async with dial(site) as (reader, writer):
        for byte in webhook(b"one by one") + webhook(b"two"):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)
        assert (await answer(reader))[0] == 200
        assert (await answer(reader))[0] == 200
    assert [request.body for _, request in site.inbound.requests] == [b"one by one", b"two"]


async def test_a_large_body_is_the_general_servers_and_arrives_whole_too(site: Site) -> None:
    body = bytes(range(256)) * 1024
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"before") + webhook(body) + webhook(b"after"))
        for _ in range(3):
            assert (await answer(reader))[0] == 200
    assert [request.body for _, request in site.inbound.requests] == [b"before", body, b"after"]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 200),
        (webhook(b"{}", path="/webhooks/nobody"), 404),
        (webhook(b"{}", path="/webhooks/alpha?a=1"), 200),
        (webhook(b"{}", "Content-Encoding: gzip"), 415),
        (webhook(b"{}", "Content-Length: 2"), 400),
        (webhook(b"{}", "Content-Length: 3"), 400),
        (webhook(b"0\r\n\r\n", "Transfer-Encoding: chunked"), 400),
        (webhook(b"{}", "Connection: close"), 200),
        (webhook(b"{}", "X-Folded: a\r\n b"), 400),
        (webhook(b"{}", "X-Name : a"), 400),
        (webhook(b"{}").replace(b"\r\n\r\n", b"\n\n"), 400),
        (webhook(b"{}").replace(b"HTTP/1.1", b"HTTP/1.0"), 200),
        (webhook(b"{}").replace(b"Content-Length: 2", b"Content-Length: +2"), 400),
        (b"nonsense\r\n\r\n", 400),
    ],
)
async def test_what_is_not_plain_is_answered_by_the_general_server(
    site: Site, request_: bytes, status: int
) -> None:
    """After a plain one on the same connection: nothing of either is lost or read as the other's."""
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"plain"))
        assert (await answer(reader))[0] == 200
        writer.write(request_)
        async with asyncio.timeout(10):
            head = await reader.readuntil(b"\r\n\r\n")
        assert int(head.split()[1]) == status
    assert len(site.inbound.requests) <= 2


async def test_both_doors_count_and_answer_alike(site: Site) -> None:
    def counted() -> float:
        metrics.webhook_answers.flush()
        return float(metrics.webhooks.labels("alpha", "200")._value.get())

    before = counted()
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"{}"))
        await answer(reader)
        writer.write(webhook(b"{}", path="/webhooks/alpha?"))
        await answer(reader)
    assert counted() == before + 2


async def test_our_own_page_has_no_webhook_here_either(site: Site) -> None:
    async with dial(site) as (reader, writer):
        writer.write(webhook(b"{}", path=f"/webhooks/{site.context.page_channel}"))
        assert (await answer(reader))[0] == 404


async def test_half_bodies_silence_and_drips_are_ended_in_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "IDLE_SECONDS", 1.0)
    monkeypatch.setattr(front, "BODY_SECONDS", 1.0)
    async with dial(site) as (silent, _), dial(site) as (half, half_writer), dial(site) as (drip, dripper):
        half_writer.write(webhook(b"0123456789")[:-5])
        begun = webhook(b"x" * 1000)
        dripper.write(begun[:-1000])

        async def drips() -> None:
            while not dripper.is_closing():
                dripper.write(b"x")
                await asyncio.sleep(0.1)

        task = asyncio.create_task(drips())
        async with asyncio.timeout(20):
            assert await silent.read() == b""
            assert (await half.read()).startswith(b"HTTP/1.1 408")
            await drip.read()
        task.cancel()
    assert site.inbound.requests == []


async def test_a_sender_that_hangs_up_is_still_stored(site: Site) -> None:
    site.inbound.holding = True
    async with dial(site) as (_, writer):
        writer.write(webhook(b"kept"))
        while not site.inbound.held:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    site.inbound.held.pop()()
    assert [request.body for _, request in site.inbound.requests] == [b"kept"]


async def test_closing_answers_what_is_under_way_and_ends_the_rest() -> None:
    answers = []

    def handle(channel: str, request: WebhookRequest, answer: front.Answer) -> None:
        answers.append(answer)

    door = Front(handle, asyncio.Protocol, max_bytes=1000, retry_after="5")
    door.start()
    server = await asyncio.get_running_loop().create_server(door, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    idle, silent = await asyncio.open_connection("127.0.0.1", port)
    busy, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(webhook(b"{}"))
    while not answers:
        await asyncio.sleep(0.01)
    server.close()
    closing = asyncio.create_task(door.close(5.0))
    assert await idle.read() == b""
    await asyncio.sleep(0.05)
    assert not closing.done()
    answers[0](200)
    assert (await busy.read()).startswith(b"HTTP/1.1 200")
    await asyncio.wait_for(closing, 5)
    for sender in (writer, silent):
        sender.close()
        await sender.wait_closed()


_NAMES = st.sampled_from(["X-A", "x-b", "Content-Type", "X-Hub-Signature-256", "Accept"])
_VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)


@given(st.lists(st.tuples(_NAMES, _VALUES), max_size=8))
@settings(max_examples=200, deadline=None)
def test_headers_are_those_that_were_sent(lines: list[tuple[str, str]]) -> None:
    raw = "".join(f"{name}: {value}\r\n" for name, value in lines).encode()
    expected: dict[str, tuple[str, ...]] = {}
    for name, value in lines:
        expected[name.lower()] = (*expected.get(name.lower(), ()), value.strip(" \t"))
    assert dict(Headers(raw)) == expected
    assert Headers(raw).get("x-missing") is None


@given(st.binary(max_size=60), st.lists(st.integers(1, 200), max_size=6))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_however_a_request_is_cut_it_is_read_once_and_whole(body: bytes, cuts: list[int]) -> None:
    """The front and the general server between them see every byte exactly once."""
    taken: list[bytes] = []
    handed: list[bytes] = []

    class General(asyncio.Protocol):
        def data_received(self, data: bytes) -> None:
            handed.append(data)

    def handle(channel: str, request: WebhookRequest, answer: front.Answer) -> None:
        taken.append(webhook(request.body))
        answer(200)

    class Wire:
        """A transport that goes nowhere."""

        protocol: asyncio.Protocol

        def write(self, data: bytes) -> None: ...

        def close(self) -> None: ...

        def set_protocol(self, protocol: asyncio.Protocol) -> None:
            self.protocol = protocol

        def pause_reading(self) -> None: ...

        def resume_reading(self) -> None: ...

    door = Front(handle, General, max_bytes=1000, retry_after="5")
    door._write_answers()
    wire = Wire()
    connection = door()
    wire.protocol = connection
    connection.connection_made(wire)  # type: ignore[arg-type]
    stream = webhook(body) + webhook(body, "Connection: close") + webhook(b"last")
    rest = stream
    for cut in cuts:
        wire.protocol.data_received(rest[:cut])
        rest = rest[cut:]
        if not rest:
            break
    if rest:
        wire.protocol.data_received(rest)
    assert b"".join(taken) + b"".join(handed) == stream
