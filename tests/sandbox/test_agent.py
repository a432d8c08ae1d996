"""The Agent Platform's stand-in: a sequence of updates, narrow limits, and a client of others that understands it."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from adapters.sandbox import Phone, Sandbox, sample

from .listener import waiting


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    sandbox.agent.receipt_seconds = 0.0
    return sandbox.phone("agent", "Ana")


async def call(
    sandbox: Sandbox, method: str, path: str, body: Any = None, *, form: Any = None, token: str | None = None
) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {sandbox.agent.token if token is None else token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, f"{sandbox.agent_url}/agent/v1/{path}", json=body, data=form) as answer,
    ):
        if answer.status == 204:
            return 204, None
        found = await answer.json()
        return answer.status, found if answer.status < 400 else found["error"]["code"]


def text(to: str, body: str = "hello", **more: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}, **more}


async def test_updates_are_kept_until_they_are_asked_for(sandbox: Sandbox, ana: Phone) -> None:
    assert await call(sandbox, "GET", "updates?timeout=0&offset=0") == (204, None)
    said = [await ana.say(words) for words in ("one", "two", "three")]
    assert await call(sandbox, "GET", "updates?timeout=0") == (204, None), (
        "without an offset only what is new"
    )
    _, page = await call(sandbox, "GET", "updates?offset=0&limit=2&timeout=0")
    (change,) = page["entry"][0]["changes"]
    assert (page["object"], page["next_offset"]) == ("whatsapp_agent_platform", 2)
    assert [message["id"] for message in change["value"]["messages"]] == said[:2]
    assert change["value"]["messages"][0]["from"] == ana.id == change["value"]["contacts"][0]["wa_id"]
    _, page = await call(sandbox, "GET", "updates?offset=2&timeout=0")
    assert page["next_offset"] == 3
    poll = await waiting(sandbox.agent, call(sandbox, "GET", "updates?offset=3&timeout=5"))
    await ana.say("four")
    _, page = await poll
    assert page["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"] == "four"


async def test_a_newer_poll_ends_the_one_before(sandbox: Sandbox, ana: Phone) -> None:
    first = await waiting(sandbox.agent, call(sandbox, "GET", "updates?timeout=5&offset=0"))
    await call(sandbox, "GET", "updates?timeout=0&offset=0")
    assert await first == (409, 1752041)


async def test_only_the_creator_is_written_to(sandbox: Sandbox, ana: Phone) -> None:
    said = await ana.say("hi")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": said}
    assert await call(sandbox, "POST", "statuses", {**read, "typing_indicator": {"type": "text"}}) == (
        200,
        {"success": True},
    )
    assert ana.typing_at is not None
    status, answer = await call(sandbox, "POST", "messages", text(ana.id, context={"message_id": said}))
    assert (status, answer["messages"][0]["id"]) == (200, ana.inbox[0].external_id)
    assert ana.inbox[0].reply_to == said
    await ana.wait_status(ana.inbox[0], "read")
    await asyncio.sleep(0.02)
    _, page = await call(sandbox, "GET", "updates?offset=1&timeout=0")
    statuses = page["entry"][0]["changes"][0]["value"]["statuses"]
    assert [report["status"] for report in statuses] == ["delivered", "read"]
    other = sandbox.phone("agent", "Leo")
    assert await call(sandbox, "POST", "messages", text(other.id)) == (403, 131005)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": "34600111222"}, 131009),
        ({"type": "reaction", "reaction": {"message_id": "x", "emoji": "👍"}}, 131009),
        ({"type": "interactive"}, 131009),
        ({"text": {"body": "x" * 4097}}, 100),
        ({"biz_opaque_callback_data": "x"}, 100),
        ({"messaging_product": None}, 100),
    ],
)
async def test_what_the_platform_refuses(
    sandbox: Sandbox, ana: Phone, change: dict[str, Any], code: int
) -> None:
    assert await call(sandbox, "POST", "messages", {**text(ana.id), **change}) == (400, code)
    assert ana.inbox == []


async def test_files_go_up_and_down(sandbox: Sandbox, ana: Phone) -> None:
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": "image/jpeg"})
    form.add_field("file", sample("image").data, filename="x.jpg", content_type="image/jpeg")
    _, uploaded = await call(sandbox, "POST", "media", form=form)
    image = {
        "messaging_product": "whatsapp",
        "to": ana.id,
        "type": "image",
        "image": {**uploaded, "caption": "look"},
    }
    assert (await call(sandbox, "POST", "messages", image))[0] == 200
    assert ana.inbox[0].file is not None
    assert (ana.inbox[0].file.data, ana.inbox[0].text) == (sample("image").data, "look")
    await ana.show("voice")
    message = sandbox.agent.updates[-1]["messages"][0]
    _, told = await call(sandbox, "GET", f"media/{message['audio']['id']}")
    assert told["sha256"] == sample("voice").sha256.hex()
    headers = {"Authorization": f"Bearer {sandbox.agent.token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(told["url"], headers=headers) as answer:
            assert await answer.read() == sample("voice").data
        async with session.get(told["url"]) as answer:
            assert answer.status == 401
    assert (await call(sandbox, "DELETE", f"media/{message['audio']['id']}"))[1] == {"success": True}
    assert await call(sandbox, "GET", f"media/{message['audio']['id']}") == (404, 100)


async def test_twelve_messages_a_minute_and_its_faults(sandbox: Sandbox, ana: Phone) -> None:
    assert await call(sandbox, "POST", "messages", text(ana.id), token="") == (401, 190)
    sandbox.agent.faults.fail_next(503, code=131016)
    assert await call(sandbox, "POST", "messages", text(ana.id)) == (503, 131016)
    answers = [(await call(sandbox, "POST", "messages", text(ana.id)))[0] for _ in range(12)]
    assert answers == [200] * 11 + [429]


async def test_a_client_of_others_understands_it(sandbox: Sandbox, ana: Phone) -> None:
    whagent = pytest.importorskip("whagent", reason="pip install whagent==0.1.0")
    said = await ana.say("hi")

    def drive() -> None:
        with whagent.Client(
            sandbox.agent.token, base_url=f"{sandbox.agent_url}/agent/v1", max_retries=0
        ) as client:
            update = client.get_updates(offset=0, timeout=0)
            (message,) = update.messages
            assert (message.id, message.text, message.sender) == (said, "hi", ana.id)
            assert client.send_typing(message.id)
            client.reply(message, "hello")
            client.send_image(file=sample("image").data, mime_type="image/jpeg", caption="look")
            with pytest.raises(whagent.ForbiddenError):
                client.send_text("user:1", "x")

    await asyncio.to_thread(drive)
    assert [heard.text for heard in ana.inbox] == ["hello", "look"]
    assert ana.inbox[0].reply_to == said
