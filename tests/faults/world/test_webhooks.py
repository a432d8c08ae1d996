"""Webhooks that mean harm, or too much: forged, packed, huge, deep, odd, by the thousand, slow. Real sockets, real server."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import hmac
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import SecretStr

from adapters.whatsapp import WhatsApp, WhatsAppSettings
from assistant.channel import Services
from assistant.types import WebhookRequest
from bench.slow import KINDS, Crowd
from tests.adapters.house import House, house
from tests.scripted import ScriptedEngine as Model
from tests.walks.system import echo, running

from .table import fault

PROOF = {"whatsapp": "X-Hub-Signature-256", "telegram": "X-Telegram-Bot-Api-Secret-Token"}


@pytest.fixture
async def ours(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as opened:
        yield opened


async def raw(ours: House, request: bytes, *, close: bool = False) -> int:
    """Send these very bytes; the status of the answer, 0 when there is none."""
    host, _, port = ours.runtime.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(request)
        if close:
            writer.write_eof()
        async with asyncio.timeout(20):
            line = await reader.readline()
        return int(line.split()[1]) if line.startswith(b"HTTP/1.") else 0
    finally:
        writer.transport.abort()


def request(channel: str, body: bytes, *headers: bytes, length: int | None = None) -> bytes:
    lines = [b"POST /webhooks/%s HTTP/1.1" % channel.encode(), b"Host: x", b"Content-Type: application/json"]
    lines += [b"Content-Length: %d" % (len(body) if length is None else length), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def proof(ours: House, channel: str, body: bytes) -> str:
    signed = {name.lower(): value for name, value in ours.sandbox.platform(channel).headers(body).items()}
    return str(signed[PROOF[channel].lower()])


def composed(ours: House, channel: str, name: str, text: str) -> bytes:
    platform = ours.sandbox.platform(channel)
    return orjson.dumps(platform.compose(ours.sandbox.phone(channel, name), text)[1])


# --- forged -------------------------------------------------------------------------------------------------


@fault("Webhook: forged, in every way that a header allows", promise="403 or 4xx, and not one row")
@pytest.mark.parametrize("channel", sorted(PROOF))
async def test_no_forgery_is_believed(ours: House, channel: str) -> None:
    body = composed(ours, channel, "Eve", "let me in")
    right, name = proof(ours, channel, body).encode(), PROOF[channel].encode()
    wrong = right[:-1] + (b"0" if right[-1:] != b"0" else b"1")
    line = name + b": "
    tries = [
        request(channel, body),
        request(channel, body, line),
        request(channel, body, line + wrong),
        request(channel, body, line + right, line + right),
        request(channel, body, line + wrong, line + right),
        request(channel, body, line + right, line + wrong),
        request(channel, body, line + right + b", " + right),
        request(channel, body, line + "ключ".encode()),
        request(channel, body, line + b"\xff\xfe"),
        request(channel, body, line + right[:-1]),
        request(channel, body, line + right + b"0"),
        request(channel, body, line + b'"' + right + b'"'),
        request(channel, body, line + right.replace(b"sha256=", b"") + b"x"),
        request(channel, body, b"X-Hub-Signature: sha1=" + hashlib.sha1(body).hexdigest().encode()),
        request(channel, body, b"X-Original-" + line + right),
        request(channel, body, line.replace(b"-", b"_") + right),
        request(channel, body, b" " + line + right),
        request(channel, body, line + right + b"\r\n " + b"folded"),
        request(channel, body, b"X: y\n" + line + right) if channel == "telegram" else request(channel, body),
        request(channel, body, b"Transfer-Encoding: chunked", line + right),
        request(channel, body, line + right, b"Content-Length: 3"),
        request(channel, body, line + right, length=-1),
        request(channel, gzip.compress(body), line + right, b"Content-Encoding: gzip"),
    ]
    if channel == "whatsapp":  # what Telegram proves is only that it is Telegram
        spoiled = bytearray(body)
        spoiled[body.index(b"let me in")] ^= 1
        tries.append(request(channel, bytes(spoiled), line + right))
        tries.append(request(channel, body + b" ", line + right))
        empty = hmac.new(b"", body, hashlib.sha256).hexdigest()
        tries.append(request(channel, body, line + b"sha256=" + empty.encode()))
    statuses = [await raw(ours, one, close=True) for one in tries]
    believed = [one for one, status in zip(tries, statuses, strict=True) if status == 200 or status >= 500]
    assert believed == []
    assert await ours.rows() == []
    assert await raw(ours, request(channel, body, line + right)) == 200
    assert len(await ours.rows("in")) == 1


@fault(
    "Log: strangers who send broken HTTP",
    promise="400, and not a line in the log that they could fill it with",
)
async def test_broken_http_fills_no_log(ours: House, caplog: pytest.LogCaptureFixture) -> None:
    for broken in (b"nonsense\r\n\r\n", b"POST /webhooks/whatsapp HTTP/9\r\n\r\n", b"GET / HTTP/1.1\r\nA b: c\r\n\r\n",
                   request("whatsapp", b"x", b"Content-Length: 0x10"), request("whatsapp", b"x", b"\xff: 1")):  # fmt: skip
        assert await raw(ours, broken) == 400
    assert [record.getMessage() for record in caplog.records if record.name.startswith("aiohttp")] == []


@fault("Webhook: any bit of it changed on the way", promise="403, and not one row")
async def test_no_changed_bit_is_believed(ours: House) -> None:
    body = composed(ours, "whatsapp", "Eve", "let me in")
    right = proof(ours, "whatsapp", body)
    chance = random.Random(20261130)
    statuses: Counter[int] = Counter()
    for _ in range(200):
        changed = bytearray(body)
        changed[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        statuses[await ours.post("whatsapp", bytes(changed), {PROOF["whatsapp"]: right})] += 1
    assert set(statuses) == {403}
    assert await ours.rows() == []


# --- too much -------------------------------------------------------------------------------------------------


@fault("Webhook: a packed bomb", promise="415 before anything is unpacked; memory stays small")
async def test_a_packed_body_is_refused_unopened(ours: House) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    for encoding in (b"gzip", b"deflate", b"br", b"gzip, gzip"):
        line = PROOF["whatsapp"].encode() + b": " + proof(ours, "whatsapp", bomb).encode()
        status = await raw(ours, request("whatsapp", bomb, line, b"Content-Encoding: " + encoding))
        assert status == 415
    assert await ours.rows() == []


@fault("Webhook: over the size limit, said or not", promise="413 without reading it to the end")
async def test_a_body_over_the_limit_is_refused(ours: House) -> None:
    most = ours.runtime.settings.webhook_max_bytes
    assert await raw(ours, request("whatsapp", b"", length=most + 1)) == 413
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    head = b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert await raw(ours, head + chunk * (most // 0x10000 + 2)) == 413


@fault("Webhook: headers without end", promise="4xx and the connection is closed; memory stays small")
async def test_endless_headers_are_refused(ours: House) -> None:
    head = b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\n"
    for long in (b"X-Long: " + b"x" * 1_000_000, b"".join(b"X-%d: y\r\n" % n for n in range(100_000))):
        assert 400 <= await raw(ours, head + long + b"\r\n\r\n") < 500
    assert await raw(ours, b"POST /webhooks/" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n") in range(
        400, 500
    )


@fault(
    "Webhook: a text of a megabyte, JSON a hundred thousand deep",
    promise="200, kept; whoever wrote before and after is answered",
)
async def test_monsters_do_no_harm_to_others(ours: House) -> None:
    before, after = (ours.sandbox.phone("whatsapp", name) for name in ("Before", "After"))
    await before.say("hello")
    for channel in sorted(PROOF):
        whole = composed(ours, channel, "Monster", "@@")
        for monster in (
            orjson.dumps("word " * 200_000),
            orjson.dumps("😀" * 250_000),
            orjson.dumps("e" + "\u0301" * 500_000),
            b"[" * 100_000 + b"]" * 100_000,
            b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
            rb'"\u0000\ud800 half"',
            b'"\xff"',
            b"1e999",
            b"-" * 1000,
        ):
            body = whole.replace(b'"@@"', monster)
            assert await ours.post(channel, body) in (200, 413), (channel, monster[:20])
    await after.say("hello")
    for phone in (before, after):
        assert (await phone.wait_reply(60)).text == "You said: hello"


@fault(
    "Webhook: a thousand messages in one POST",
    promise="all stored by one commit before the 200; again, and none is stored twice",
)
async def test_a_thousand_entries_in_one_post(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        secret = SecretStr("secret")
        settings = WhatsAppSettings(
            app_secret=secret, verify_token=secret, access_token=secret, phone_number_id="106540352242922"
        )
        services = Services(http=system.http, bus=system.bus, clock=system.clock)
        system.channels["whatsapp"] = WhatsApp(settings, services)
        body = orjson.dumps({"object": "whatsapp_business_account", "entry": [entry(n) for n in range(1000)]})
        signature = "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
        posted = WebhookRequest(method="POST", headers={"x-hub-signature-256": (signature,)}, body=body)
        for _ in range(2):
            assert await system.inbound.receive("whatsapp", posted) == 1000
            rows = await system.rows()
            assert [row.parts[0]["text"] for row in rows] == [f"line {number}" for number in range(1000)]


def entry(number: int) -> dict[str, Any]:
    from time import time

    message = {"from": f"34600{number % 50:06d}", "id": f"wamid.{number}", "timestamp": str(int(time())),
               "type": "text", "text": {"body": f"line {number}"}}  # fmt: skip
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "106540352242922"},
             "contacts": [{"wa_id": message["from"], "profile": {"name": "Ana"}}], "messages": [message]}  # fmt: skip
    return {"id": "1", "changes": [{"field": "messages", "value": value}]}


# --- too slow ------------------------------------------------------------------------------------------------


@fault(
    "Clients: hundreds that never finish",
    promise="each is closed in bounded time; honest ones are served meanwhile",
)
async def test_clients_that_never_finish_are_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much they slow down an honest sender is measured by `python -m bench.slow`."""
    for name in ("assistant.web.server.KEEPALIVE_SECONDS", "assistant.web.body.READ_SECONDS",
                 "assistant.web.front.IDLE_SECONDS", "assistant.web.front.BODY_SECONDS"):  # fmt: skip
        monkeypatch.setattr(name, 0.7, raising=False)
    async with house(tmp_path) as ours:
        crowd = Crowd(int(ours.runtime.address.rsplit(":", 1)[1]), 200)
        crowd.comes_again = False
        crowd.gather()
        ana = ours.sandbox.phone("whatsapp", "Ana")
        await ana.say("am I heard?")
        assert (await ana.wait_reply(60)).text == "You said: am I heard?"
        assert await crowd.gone() == 0
        assert {kind: len(times) > 0 for kind, times in crowd.open_for.items()} == dict.fromkeys(KINDS, True)


@fault(
    "Clients: more than there is room for",
    promise="the newest hear 503 at once; when others leave there is room again",
)
async def test_a_full_house_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.server.room_for_connections", lambda: 20)
    async with house(tmp_path) as ours:
        host, _, port = ours.runtime.address.removeprefix("http://").partition(":")
        seats = [await asyncio.open_connection(host, int(port)) for _ in range(25)]
        heard = [await asyncio.wait_for(reader.read(100), 5) for reader, _ in seats[20:]]
        assert [answer[:12] for answer in heard] == [b"HTTP/1.1 503"] * 5
        assert all(b"Retry-After: 5" in answer for answer in heard)
        for _, writer in seats:
            writer.transport.abort()
        async with asyncio.timeout(10):
            while await raw(ours, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") != 200:
                await asyncio.sleep(0.05)
