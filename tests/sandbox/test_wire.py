"""The wire log holds every webhook and every call as they went, and judges signatures by the bytes alone."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import shlex

import pytest
from aiohttp import ClientConnectionError

from adapters.sandbox import Direction, Exchange, Sandbox, Signature
from adapters.sandbox.wire import CUT, KEPT, KEPT_BYTES

from .listener import Listener, answer


def webhooks(sandbox: Sandbox, channel: str = "whatsapp") -> list[Exchange]:
    return [
        one for one in sandbox.wire.find(channel=channel, direction=Direction.WEBHOOK) if one.method == "POST"
    ]


async def settle(sandbox: Sandbox, count: int, channel: str = "whatsapp") -> list[Exchange]:
    async with asyncio.timeout(10):
        while len(webhooks(sandbox, channel)) < count:
            await asyncio.sleep(0.01)
    return webhooks(sandbox, channel)


async def test_a_webhook_is_on_record_with_the_bytes_that_were_signed(
    sandbox: Sandbox, listener: Listener
) -> None:
    said = await sandbox.phone("whatsapp", "Ana").say("Hello 😀")
    [found] = webhooks(sandbox)
    assert found.body.encode() == listener.received[0].body
    proof = hmac.new(sandbox.whatsapp.app_secret.encode(), found.body.encode(), hashlib.sha256).hexdigest()
    assert found.headers["X-Hub-Signature-256"] == f"sha256={proof}"
    assert (found.signature, found.status, found.verdict) == (Signature.VALID, 200, "")
    assert (found.person, found.url) == ("Ana", f"{listener.url}/webhooks/whatsapp")
    assert said in found.external_ids and found.milliseconds > 0


async def test_the_handshake_is_on_record(sandbox: Sandbox, listener: Listener) -> None:
    shaken = [one for one in sandbox.wire if one.method == "GET" and "hub.challenge" in one.url]
    assert {one.channel for one in shaken} == {"whatsapp", "messenger", "instagram"}
    assert all(one.status == 200 and one.answer in one.url for one in shaken)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger", "instagram", "telegram"])
async def test_a_wrong_signature_is_found_by_computing_it_again(
    channel: str, sandbox: Sandbox, listener: Listener
) -> None:
    phone = sandbox.phone(channel, "Ana")
    await phone.say("right")
    sandbox.turn(channel, "bad_signature", 1)
    await phone.say("wrong")
    assert [one.signature for one in webhooks(sandbox, channel)] == [Signature.VALID, Signature.WRONG]


async def test_a_signature_by_another_secret_is_wrong_though_no_knob_was_turned(
    sandbox: Sandbox, listener: Listener
) -> None:
    right = sandbox.whatsapp.app_secret
    headers = sandbox.whatsapp.headers(b"{}")
    sandbox.whatsapp.app_secret = "another"
    assert sandbox.whatsapp.signature(headers, b"{}") is Signature.WRONG
    sandbox.whatsapp.app_secret = right
    assert sandbox.whatsapp.signature(headers, b"{} ") is Signature.WRONG, "one byte more"
    assert sandbox.whatsapp.signature({}, b"{}") is Signature.NONE


async def test_retries_and_duplicates_are_attempts_of_their_own(sandbox: Sandbox, listener: Listener) -> None:
    listener.statuses.extend([500, 503])
    sandbox.turn("whatsapp", "duplicates", 2)
    said = await sandbox.phone("whatsapp", "Ana").say("Hello")
    found = await settle(sandbox, 5)
    assert [one.status for one in found] == [500, 503, 200, 200, 200]
    assert [one.verdict for one in found[:3]] == [
        "Wrong response from the webhook: 500",
        "Wrong response from the webhook: 503",
        "",
    ]
    assert sandbox.wire.find(external_id=said) == found
    assert [one.number for one in found] == sorted({one.number for one in found})


async def test_a_webhook_that_nobody_answers_is_on_record_too(sandbox: Sandbox, listener: Listener) -> None:
    await listener.close()
    await sandbox.phone("whatsapp", "Ana").say("Is anybody there?")
    found = webhooks(sandbox)[0]
    assert found.status is None and found.verdict and found.answer == ""
    await listener.open()


@pytest.mark.parametrize("channel", ["whatsapp", "messenger", "telegram"])
async def test_a_call_is_on_record_with_whose_phone_it_reached(
    channel: str, sandbox: Sandbox, listener: Listener
) -> None:
    phone = sandbox.phone(channel, "Ana")
    said = await phone.say("Hello")
    who = phone.id
    await answer(sandbox, listener.session, channel, who, said, "Good day")
    heard = await phone.wait_reply()
    calls = sandbox.wire.find(channel=channel, direction=Direction.CALL)
    assert [one.status for one in calls] == [200, 200]
    assert {one.person for one in calls} == {"Ana"}
    assert "Good day" in calls[-1].body or "Good+day" in calls[-1].body
    assert heard.external_id in calls[-1].external_ids
    assert calls[-1].verdict == "" and heard.external_id.split(".")[-1][:20] in calls[-1].answer


async def test_what_the_platform_complains_of_is_the_verdict(sandbox: Sandbox, listener: Listener) -> None:
    url = f"{sandbox.graph_url}/v26.0/{sandbox.whatsapp.account}/messages"
    headers = {"Authorization": f"Bearer {sandbox.whatsapp.access_token}"}
    body = {"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": "x"}}
    await listener.session.post(url, json=body, headers=headers)
    bot = f"{sandbox.telegram_url}/bot{sandbox.telegram.token}"
    await listener.session.post(f"{bot}/sendMessage", json={"chat_id": 1, "text": "x"})
    await listener.session.get(f"{bot}/noSuchMethod")
    graph, chat, method = sandbox.wire.find(direction=Direction.CALL)
    assert graph.status == 400 and "(#131030)" in graph.verdict and "No such phone" in graph.verdict
    assert chat.status == 400 and chat.verdict == "Bad Request: chat not found"
    assert method.status == 404 and method.verdict == "Not Found: method not found"


async def test_a_connection_cut_in_mid_send_has_no_answer(sandbox: Sandbox, listener: Listener) -> None:
    ana = sandbox.phone("whatsapp", "Ana")
    said = await ana.say("Hello")
    sandbox.turn("whatsapp", "cut_in_mid_send", 1)
    with pytest.raises(ClientConnectionError):
        await answer(sandbox, listener.session, "whatsapp", ana.id, said, "Good day")
    await ana.wait_reply()
    async with asyncio.timeout(5):
        while len(calls := sandbox.wire.find(direction=Direction.CALL)) < 2:
            await asyncio.sleep(0.01)
    assert (calls[-1].status, calls[-1].answer) == (None, "")
    assert calls[-1].verdict == "the connection was cut before the answer"


async def test_a_foreign_token_is_not_kept(sandbox: Sandbox, listener: Listener) -> None:
    node = f"{sandbox.graph_url}/v26.0/{sandbox.whatsapp.account}"
    await listener.session.get(node, headers={"Authorization": "Bearer EAAreal-secret"})
    await listener.session.get(f"{node}?access_token=EAAreal-secret&fields=id")
    await listener.session.get(f"{sandbox.telegram_url}/bot123:real-secret/getMe")
    calls = sandbox.wire.find(direction=Direction.CALL)
    assert [one.status for one in calls] == [401, 401, 401]
    assert not any("real-secret" in str(one) for one in calls)
    assert "fields=id" in calls[1].url and calls[2].url.endswith("/bot…/getMe")


async def test_the_command_can_be_pasted_and_does_the_same_again(
    sandbox: Sandbox, listener: Listener
) -> None:
    await sandbox.phone("whatsapp", "Ana").say("it's “quoted” $HOME `x`")
    [found] = webhooks(sandbox)
    command = shlex.split(found.curl())
    assert command[:4] == ["curl", "-i", "-X", "POST"] and found.body in command
    process = await asyncio.create_subprocess_shell(
        found.curl(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    out, _ = await process.communicate()
    assert process.returncode == 0 and b" 200 OK" in out
    first, second = listener.received
    assert second.body == first.body
    assert second.headers["x-hub-signature-256"] == first.headers["x-hub-signature-256"]


async def test_files_are_named_and_long_bodies_are_cut(sandbox: Sandbox, listener: Listener) -> None:
    url = f"{sandbox.graph_url}/v26.0/{sandbox.whatsapp.account}"
    headers = {"Authorization": f"Bearer {sandbox.whatsapp.access_token}"}
    ana = sandbox.phone("whatsapp", "Ana")
    await ana.show("image")
    media_id = next(iter(sandbox.whatsapp.media))
    node = f"{sandbox.graph_url}/v26.0/{media_id}"
    async with listener.session.get(node, headers=headers) as told:
        address = (await told.json())["url"]
    await listener.session.get(address, headers=headers)
    picture = sandbox.wire.find(direction=Direction.CALL)[-1]
    assert picture.answer == f"<image/jpeg, {len(sandbox.whatsapp.media[media_id].file.data)} bytes>"
    await listener.session.post(f"{url}/messages", json={"text": "x" * 200_000}, headers=headers)
    long = sandbox.wire.find(direction=Direction.CALL)[-1]
    assert len(long.body) == KEPT_BYTES + len(CUT) and long.body.endswith(CUT)


async def test_the_newest_two_thousand_are_kept_and_found_by_their_number(sandbox: Sandbox) -> None:
    seen: list[int] = []
    end = sandbox.wire.subscribe(lambda one: seen.append(one.number))
    for number in range(KEPT + 5):
        sandbox.wire.record(
            at=sandbox.clock.now(),
            channel="whatsapp",
            direction=Direction.CALL,
            method="GET",
            url=f"/{number}",
            headers={},
            body="",
            status=200,
            answer="",
            milliseconds=0.0,
            signature=Signature.NONE,
            verdict="",
        )
    end()
    assert len(list(sandbox.wire)) == KEPT and seen == list(range(1, KEPT + 6))
    assert sandbox.wire.get(5) is None and sandbox.wire.get(KEPT + 6) is None
    kept = sandbox.wire.get(6)
    assert kept is not None and kept.number == 6 and kept.url == "/5"
