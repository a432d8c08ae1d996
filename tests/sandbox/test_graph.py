"""The Graph stand-in, used by a client it was not written for, and its refusals."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from typing import Any

import aiohttp
import httpx
import pytest

from adapters.sandbox import Phone, Sandbox
from tests.services import library

from .listener import Listener


async def _post(
    sandbox: Sandbox, node: str, body: Any, *, token: str | None = None, query: str = ""
) -> tuple[int, dict[str, Any]]:
    platform = sandbox.messenger if node in ("me", sandbox.messenger.page_id) else sandbox.whatsapp
    headers = {"Authorization": f"Bearer {platform.access_token if token is None else token}"}
    url = f"{sandbox.graph_url}/v26.0/{node}/messages{query}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers) as answer:
        return answer.status, await answer.json()


def _text(to: str, body: Any = "hello", **more: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}, **more}


def _page(to: str, text: Any = "hello", **more: Any) -> dict[str, Any]:
    return {"recipient": {"id": to}, "message": {"text": text, **more}, "messaging_type": "RESPONSE"}


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    return sandbox.phone("whatsapp", "Ana")


@pytest.fixture
def joao(sandbox: Sandbox) -> Phone:
    return sandbox.phone("messenger", "João")


# --- pywa, a foreign client ---


def _pywa(sandbox: Sandbox) -> Any:
    pywa_async = library("pywa_async", "pip install --no-deps pywa==4.5.0")
    platform = sandbox.whatsapp
    session = httpx.AsyncClient()
    client = pywa_async.WhatsApp(
        phone_id=platform.phone_number_id, token=platform.access_token, session=session, filter_updates=False
    )
    session.base_url = httpx.URL(f"{sandbox.graph_url}/v26.0")
    return client, session


async def test_pywa_sends_text_reads_and_types(sandbox: Sandbox, listener: Listener, ana: Phone) -> None:
    client, session = _pywa(sandbox)
    async with session:
        said = await ana.say("hi")
        assert (await client.mark_message_as_read(said)).success
        await client.indicate_typing(said)
        sent = await client.send_message(to=ana.id, text="olá 👋", reply_to_message_id=said, tracker="ob_7")
    heard = await ana.wait_reply(2)
    assert (heard.text, heard.reply_to, heard.external_id) == ("olá 👋", said, sent.id)
    assert heard.typing_at is not None
    assert sandbox.whatsapp.calls[-1].params["biz_opaque_callback_data"] == "ob_7"


async def test_pywa_reaches_a_person_without_a_number(sandbox: Sandbox, listener: Listener) -> None:
    phone = sandbox.phone("whatsapp", "Ana", username="ana_b")
    client, session = _pywa(sandbox)
    async with session:
        await client.send_message(to=phone.user_id, text="hello")
    assert (await phone.wait_reply(2)).text == "hello"


async def test_pywa_understands_the_refusals(sandbox: Sandbox, ana: Phone) -> None:
    errors = library("pywa.errors", "pip install --no-deps pywa==4.5.0")
    client, session = _pywa(sandbox)
    async with session:

        async def refused(expected: type[Exception]) -> None:
            with pytest.raises(expected) as caught:
                await client.send_message(to=ana.id, text="hello")
            assert caught.value.fbtrace_id  # type: ignore[attr-defined]

        ana.blocked = True
        await refused(errors.MessageUndeliverable)
        ana.blocked, ana.window_closed = False, True
        await refused(errors.ReEngagementMessage)
        ana.window_closed = False
        sandbox.whatsapp.faults.fail_next(429)
        await refused(errors.RateLimitHit)
        sandbox.whatsapp.faults.fail_next(400, code=131056)
        await refused(errors.TooManyMessages)
        with pytest.raises(errors.RecipientNotInAllowedList):
            await client.send_message(to="34999999999", text="hello")
        client.token = "wrong"
        await refused(errors.ExpiredAccessToken)
    assert ana.inbox == []


# --- what is refused, by hand ---


async def test_a_wrong_token_is_refused_with_190(sandbox: Sandbox, ana: Phone, joao: Phone) -> None:
    for node, body in ((sandbox.whatsapp.account, _text(ana.id)), ("me", _page(joao.id))):
        for token in ("wrong", ""):
            status, answer = await _post(sandbox, node, body, token=token)
            assert status == 401
            assert answer["error"]["code"] == 190
            assert answer["error"]["type"] == "OAuthException"
            assert answer["error"]["fbtrace_id"]


async def test_the_token_may_stand_in_the_query_and_a_proof_beside_it(sandbox: Sandbox, joao: Phone) -> None:
    platform = sandbox.messenger
    proof = hmac.new(platform.app_secret.encode(), platform.access_token.encode(), hashlib.sha256).hexdigest()
    url = f"{sandbox.graph_url}/v26.0/{platform.page_id}/messages?access_token={platform.access_token}"
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{url}&appsecret_proof={proof}", json=_page(joao.id)) as answer:
            assert answer.status == 200
        async with session.post(f"{url}&appsecret_proof=00", json=_page(joao.id)) as answer:
            assert (answer.status, (await answer.json())["error"]["code"]) == (400, 100)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"to": ""}, 100),
        ({"type": "hologram"}, 100),
        ({"type": "image", "image": {"id": "1"}}, 100),
        ({"text": {"body": "hello", "bold": True}}, 100),
        ({"colour": "red"}, 100),
        ({"text": {}}, 131008),
        ({"text": {"body": "x" * 4097}}, 100),
        ({"text": {"body": "👋" * 2049}}, 100),
        ({"biz_opaque_callback_data": "x" * 513}, 100),
        ({"status": "delivered"}, 100),
        ({"status": "read", "message_id": "wamid.unknown"}, 100),
    ],
)
async def test_whatsapp_refuses_what_the_platform_refuses(
    sandbox: Sandbox, ana: Phone, change: dict[str, Any], code: int
) -> None:
    status, answer = await _post(sandbox, sandbox.whatsapp.account, {**_text(ana.id), **change})
    assert (status, answer["error"]["code"]) == (400, code)
    assert ana.inbox == []


async def test_what_was_never_said_cannot_be_read(sandbox: Sandbox, ana: Phone) -> None:
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.unknown"}
    status, answer = await _post(sandbox, sandbox.whatsapp.account, read)
    assert (status, answer["error"]["code"]) == (400, 131009)


async def test_whatsapp_takes_the_longest_text(sandbox: Sandbox, ana: Phone) -> None:
    status, answer = await _post(sandbox, sandbox.whatsapp.account, _text("+" + ana.id, "x" * 4096))
    assert status == 200
    assert answer["messaging_product"] == "whatsapp"
    assert answer["contacts"] == [{"input": "+" + ana.id, "wa_id": ana.id}]
    assert answer["messages"][0]["id"].startswith("wamid.HBg")
    assert answer["messages"][0]["message_status"] == "accepted"


@pytest.mark.parametrize(
    ("body", "code", "subcode"),
    [
        ({"message": {"text": "x"}}, 100, None),
        ({"recipient": {"id": "PSID"}}, 100, None),
        ({"recipient": {"id": "PSID"}, "sender_action": "dance"}, 100, None),
        ({"recipient": {"id": "PSID"}, "message": {"text": "x" * 2001}}, 100, None),
        ({"recipient": {"id": "PSID"}, "message": {"text": "x", "metadata": "y" * 1001}}, 100, None),
        ({"recipient": {"id": "PSID"}, "message": {"text": "x"}, "messaging_type": "SPAM"}, 100, None),
        ({"recipient": {"id": "123"}, "message": {"text": "x"}}, 100, 2018001),
    ],
)
async def test_messenger_refuses_what_the_platform_refuses(
    sandbox: Sandbox, joao: Phone, body: dict[str, Any], code: int, subcode: int | None
) -> None:
    if body.get("recipient") == {"id": "PSID"}:
        body = {**body, "recipient": {"id": joao.id}}
    status, answer = await _post(sandbox, "me", body)
    assert (status, answer["error"]["code"], answer["error"].get("error_subcode")) == (400, code, subcode)
    assert joao.inbox == []


async def test_messenger_says_who_cannot_be_reached(sandbox: Sandbox, joao: Phone) -> None:
    joao.blocked = True
    _, answer = await _post(sandbox, "me", _page(joao.id))
    assert (answer["error"]["code"], answer["error"]["error_subcode"]) == (551, 1545041)
    joao.blocked, joao.window_closed = False, True
    _, answer = await _post(sandbox, "me", _page(joao.id))
    assert (answer["error"]["code"], answer["error"]["error_subcode"]) == (10, 2018278)


async def test_messenger_answers_as_the_platform_does(sandbox: Sandbox, joao: Phone) -> None:
    body = {"recipient": {"id": joao.id}, "sender_action": "typing_on"}
    assert await _post(sandbox, "me", body) == (200, {"recipient_id": joao.id})
    status, answer = await _post(sandbox, sandbox.messenger.page_id, _page(joao.id, "x" * 2000))
    assert status == 200
    assert answer == {"recipient_id": joao.id, "message_id": joao.inbox[0].external_id}
    assert answer["message_id"].startswith("m_")


async def test_unknown_nodes_and_versions(sandbox: Sandbox) -> None:
    status, answer = await _post(sandbox, "42", _text("1"))
    assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (400, 100, 33)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.graph_url}/latest/{sandbox.whatsapp.account}/messages") as refused,
    ):
        assert (refused.status, (await refused.json())["error"]["code"]) == (400, 2500)


async def test_our_account_can_be_asked_for(sandbox: Sandbox, joao: Phone) -> None:
    async with aiohttp.ClientSession() as session:
        for platform in (sandbox.whatsapp, sandbox.messenger):
            headers = {"Authorization": f"Bearer {platform.access_token}"}
            async with session.get(
                f"{sandbox.graph_url}/v26.0/{platform.account}", headers=headers
            ) as answer:
                assert (await answer.json())["id"] == platform.account
        url = f"{sandbox.graph_url}/v26.0/{joao.id}?fields=first_name&access_token={sandbox.messenger.access_token}"
        async with session.get(url) as answer:
            assert await answer.json() == {"first_name": "João", "id": joao.id}


# --- faults ---


async def test_a_failure_is_told_once_and_takes_nothing(sandbox: Sandbox, ana: Phone) -> None:
    sandbox.whatsapp.faults.fail_next(503)
    status, answer = await _post(sandbox, sandbox.whatsapp.account, _text(ana.id))
    assert (status, answer["error"]["is_transient"]) == (503, True)
    assert ana.inbox == []
    status, _ = await _post(sandbox, sandbox.whatsapp.account, _text(ana.id))
    assert status == 200


async def test_an_answer_can_be_lost_though_the_message_was_taken(sandbox: Sandbox, joao: Phone) -> None:
    sandbox.messenger.faults.lose_answers = 1
    with pytest.raises(aiohttp.ClientError):
        await _post(sandbox, "me", _page(joao.id))
    assert [heard.text for heard in joao.inbox] == ["hello"]


async def test_an_answer_can_hang(sandbox: Sandbox, ana: Phone) -> None:
    sandbox.whatsapp.faults.hang_seconds = 5
    headers = {"Authorization": f"Bearer {sandbox.whatsapp.access_token}"}
    url = f"{sandbox.graph_url}/v26.0/{sandbox.whatsapp.account}/messages"
    async with aiohttp.ClientSession() as session:
        post = asyncio.ensure_future(session.post(url, json=_text(ana.id), headers=headers))
        await ana.wait_reply()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(post, 0.1)
    sandbox.whatsapp.faults.rest()
    assert (await _post(sandbox, sandbox.whatsapp.account, _text(ana.id)))[0] == 200


async def test_statuses_can_come_in_the_wrong_order_or_stop(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    sandbox.whatsapp.faults.shuffle_statuses = True
    await _post(sandbox, sandbox.whatsapp.account, _text(ana.id))
    reports = [
        item.json["entry"][0]["changes"][0]["value"]["statuses"][0] for item in await listener.until(3)
    ]
    assert [report["status"] for report in reports] == ["read", "delivered", "sent"]
    ana.offline = True
    await _post(sandbox, sandbox.whatsapp.account, _text(ana.id))
    await listener.until(4)
    assert list(ana.inbox[1].statuses) == ["sent"]


async def test_a_token_can_expire(sandbox: Sandbox, ana: Phone) -> None:
    sandbox.whatsapp.faults.token_expired = True
    status, answer = await _post(sandbox, sandbox.whatsapp.account, _text(ana.id))
    assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (401, 190, 463)


async def test_only_approved_templates_open_a_closed_window(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    ana.window_closed = True
    sandbox.whatsapp.templates["ready", "pt_BR"] = "Olá {{1}}, {{2}} está pronto."

    async def send(name: str, *values: str) -> tuple[int, dict[str, Any]]:
        body = {"type": "body", "parameters": [{"type": "text", "text": value} for value in values]}
        template = {"name": name, "language": {"code": "pt_BR"}, "components": [body]}
        wrapped = {"messaging_product": "whatsapp", "to": ana.id, "type": "template", "template": template}
        return await _post(sandbox, sandbox.whatsapp.account, wrapped)

    status, answer = await send("unknown")
    assert (status, answer["error"]["code"]) == (404, 132001)
    status, answer = await send("ready", "Ana")
    assert (status, answer["error"]["code"]) == (400, 132000)
    assert (await send("ready", "Ana", "o pedido"))[0] == 200
    assert [heard.text for heard in ana.inbox] == ["Olá Ana, o pedido está pronto."]
