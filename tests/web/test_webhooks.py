"""The platforms' door: what it takes, what it refuses, and what it says."""

from __future__ import annotations

import asyncio
import gzip
import io
import socket
from typing import Any

import pytest

from assistant import metrics
from assistant.errors import BadSignature, Conflict, StoreUnavailable, UnknownAccount
from assistant.web import body
from tests.web.conftest import PAGE, Site


async def test_a_webhook_is_handed_on_byte_for_byte_and_answered_with_nothing(site: Site) -> None:
    raw = b'{"a":  1}\xff\x00'
    headers = [("X-Hub-Signature-256", "sha256=1"), ("X-Twice", "1"), ("X-Twice", "2")]
    answer = await site.client.post(f"{site.url}/webhooks/alpha?b=2&c=", data=raw, headers=headers)
    assert (answer.status, await answer.read()) == (200, b"")
    channel, request = site.inbound.requests[0]
    assert (channel, request.method, request.body) == ("alpha", "POST", raw)
    assert request.header("x-hub-signature-256") == "sha256=1"
    assert request.headers["x-twice"] == ("1", "2")
    assert request.header("x-twice") is None
    assert request.query == {"b": "2", "c": ""}


async def test_a_large_body_in_many_chunks_arrives_whole(site: Site) -> None:
    raw = bytes(range(256)) * 4096

    async def chunks() -> Any:
        for start in range(0, len(raw), 50_000):
            yield raw[start : start + 50_000]

    answer = await site.client.post(f"{site.url}/webhooks/alpha", data=chunks())
    assert answer.status == 200
    assert site.inbound.requests[0][1].body == raw


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused(site: Site, chunked: bool) -> None:
    raw = b"x" * (site.context.settings.webhook_max_bytes + 1)

    async def chunks() -> Any:
        for start in range(0, len(raw), 1 << 18):
            yield raw[start : start + (1 << 18)]

    try:
        answer = await site.client.post(
            f"{site.url}/webhooks/alpha", data=chunks() if chunked else io.BytesIO(raw)
        )
        assert answer.status == 413
    except OSError:
        pass  # refused while it was still being sent
    assert site.inbound.requests == []


async def test_a_compressed_body_is_refused_and_never_unpacked(site: Site) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    answer = await site.client.post(
        f"{site.url}/webhooks/alpha", data=bomb, headers={"Content-Encoding": "gzip"}
    )
    assert answer.status == 415
    assert site.inbound.requests == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadSignature("no"), 403),
        (UnknownAccount("no"), 404),
        (StoreUnavailable("away"), 503),
        (Conflict("met"), 503),
        (RuntimeError("secret words of a person"), 500),
    ],
)
async def test_each_refusal_has_its_status_and_an_empty_body(
    site: Site, error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    site.inbound.error = error
    metrics.webhook_answers.flush()
    before = metrics.webhooks.labels("alpha", str(status))._value.get()
    answer = await site.client.post(f"{site.url}/webhooks/alpha", data=b"{}")
    assert (answer.status, await answer.read()) == (status, b"")
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)
    metrics.webhook_answers.flush()
    assert metrics.webhooks.labels("alpha", str(status))._value.get() == before + 1
    assert "secret words" not in "".join(record.getMessage() for record in caplog.records)


async def test_an_unknown_channel_is_404_and_makes_no_metric_of_its_own(site: Site) -> None:
    answer = await site.client.post(f"{site.url}/webhooks/nobody-knows", data=b"{}")
    assert answer.status == 404
    assert b"nobody-knows" not in metrics.text()


async def test_our_own_page_cannot_be_reached_around_its_door(site: Site) -> None:
    answer = await site.client.post(f"{site.url}/webhooks/{PAGE}", data=b"{}")
    assert answer.status == 404
    assert site.inbound.requests == []


async def test_the_handshake_is_answered_in_plain_text(site: Site) -> None:
    answer = await site.client.get(f"{site.url}/webhooks/alpha?hub.challenge=<b>42</b>")
    assert (answer.status, await answer.text()) == (200, "<b>42</b>")
    assert answer.content_type == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    site.inbound.error = BadSignature("wrong token")
    refused = await site.client.get(f"{site.url}/webhooks/alpha?hub.challenge=42")
    assert (refused.status, await refused.read()) == (403, b"")


async def test_a_sender_that_stalls_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "READ_SECONDS", 0.05)
    host, port = site.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /webhooks/alpha HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab")
    assert (await asyncio.wait_for(reader.readline(), 20)).split()[1] == b"408"
    writer.close()
    assert site.inbound.requests == []


async def test_a_sender_that_hangs_up_after_sending_is_still_stored(site: Site) -> None:
    entered, go_on, finished = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(channel_name: str, request: Any) -> int:
        entered.set()
        await go_on.wait()
        finished.set()
        return 1

    site.inbound.receive = slow  # type: ignore[method-assign]
    host, port = site.url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)))
    connection.sendall(b"POST /webhooks/alpha?general HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
    await asyncio.wait_for(entered.wait(), 20)
    connection.close()
    await asyncio.sleep(0.05)
    go_on.set()
    await asyncio.wait_for(finished.wait(), 20)
