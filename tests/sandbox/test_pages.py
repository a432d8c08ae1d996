"""Messenger and Instagram: attachments, things to press, reactions, threads of other apps, profile, subscriptions."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from adapters.sandbox import NotHere, Phone, Sandbox, sample
from adapters.sandbox.pages import PAGE_INBOX, PagePlatform

from .listener import Listener

BOTH = pytest.mark.parametrize("channel", ["messenger", "instagram"])


async def call(
    sandbox: Sandbox,
    platform: PagePlatform,
    path: str,
    body: Any = None,
    *,
    method: str = "POST",
    form: Any = None,
) -> tuple[int, Any]:
    """One Graph call with the platform's token; a refusal is shortened to (code, subcode)."""
    headers = {"Authorization": f"Bearer {platform.access_token}"}
    url = f"{sandbox.graph_url}/v26.0/{path}"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, url, json=body, data=form) as answer,
    ):
        found = await answer.json()
        if answer.status >= 400:
            return answer.status, (found["error"]["code"], found["error"].get("error_subcode"))
        return answer.status, found


async def send(sandbox: Sandbox, phone: Phone, message: Any, **more: Any) -> tuple[int, Any]:
    platform = sandbox.platform(phone.channel)
    assert isinstance(platform, PagePlatform)
    body = {"recipient": {"id": phone.id}, "message": message, "messaging_type": "RESPONSE", **more}
    return await call(sandbox, platform, f"{platform.account}/messages", body)


def event(listener: Listener, number: int = -1) -> Any:
    return listener.received[number].json["entry"][0]["messaging"][0]


@BOTH
@pytest.mark.parametrize("kind", ["image", "video", "audio", "voice", "document", "sticker"])
async def test_people_send_files_that_can_be_fetched_without_a_token(
    sandbox: Sandbox, listener: Listener, channel: str, kind: str
) -> None:
    await sandbox.phone(channel, "Ana").show(kind)
    (attachment,) = event(listener)["message"]["attachments"]
    assert attachment["type"] == {"voice": "audio", "document": "file"}.get(kind, kind)
    assert ("sticker_id" in attachment["payload"]) == (kind == "sticker")
    url = attachment["payload"]["url"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            assert await answer.read() == sample(kind).data
        async with session.get(url.replace("oh=", "oh=x")) as answer:
            assert answer.status == 403
        async with session.get(url.replace("oe=1", "oe=2")) as answer:
            assert answer.status == 403


@BOTH
async def test_files_are_sent_beside_the_call_or_uploaded_before(
    sandbox: Sandbox, listener: Listener, channel: str
) -> None:
    phone = sandbox.phone(channel, "Ana")
    platform = sandbox.platform(channel)
    assert isinstance(platform, PagePlatform)
    attachment = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}

    def form(message: Any, mime: str = "image/jpeg") -> aiohttp.FormData:
        data = aiohttp.FormData({"recipient": json.dumps({"id": phone.id}), "message": json.dumps(message)})
        data.add_field("filedata", sample("image").data, filename="x.jpg", content_type=mime)
        return data

    status, answer = await call(sandbox, platform, f"{platform.account}/messages", form=form(attachment))
    assert (status, answer["message_id"]) == (200, phone.inbox[0].external_id)
    path = f"{platform.account}/message_attachments"
    status, answer = await call(sandbox, platform, path, form=form(attachment))
    again = {"attachment": {"type": "image", "payload": {"attachment_id": answer["attachment_id"]}}}
    assert (await send(sandbox, phone, again))[0] == 200
    assert [heard.file.data for heard in phone.inbox if heard.file] == [sample("image").data] * 2
    assert (await call(sandbox, platform, path, form=form(attachment, "text/plain")))[1] == (100, 2018047)
    again["attachment"]["payload"]["attachment_id"] = "42"
    assert (await send(sandbox, phone, again))[1] == (100, 2018074)
    events = [item.json["entry"][0]["messaging"][0] for item in await listener.until(4)]
    # receipts come between them, in any order
    echoes = [item["message"] for item in events if "message" in item]
    assert echoes[0]["attachments"][0]["type"] == "image"


@BOTH
async def test_quick_replies_and_buttons_are_pressed(
    sandbox: Sandbox, listener: Listener, channel: str
) -> None:
    phone = sandbox.phone(channel, "Ana")
    sandbox.platform(channel).faults.drop_statuses = True
    quick = [{"content_type": "text", "title": title, "payload": f"c:{title}"} for title in ("Yes", "No")]
    await send(sandbox, phone, {"text": "Sure?", "quick_replies": quick})
    mid = await phone.press(phone.inbox[0], "Yes")
    assert event(listener)["message"] == {"mid": mid, "text": "Yes", "quick_reply": {"payload": "c:Yes"}}
    button = {"type": "postback", "title": "Go", "payload": "p:go"}
    payload = {"template_type": "button", "text": "Where?", "buttons": [button]}
    await send(sandbox, phone, {"attachment": {"type": "template", "payload": payload}})
    mid = await phone.press(phone.inbox[1], "Go")
    assert event(listener)["postback"] == {"mid": mid, "title": "Go", "payload": "p:go"}
    with pytest.raises(LookupError, match="no button 'Stop'; there are"):
        await phone.press(phone.inbox[1], "Stop")


QUICK = {"content_type": "text", "title": "Yes", "payload": "c"}
POSTBACK = {"type": "postback", "title": "Go", "payload": "p"}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "x", "colour": "red"},
        {"text": "x", "attachment": {"type": "image", "payload": {"url": "https://e.org/x.jpg"}}},
        {"text": "x", "quick_replies": [QUICK] * 14},
        {"text": "x", "quick_replies": [{**QUICK, "title": "y" * 21}]},
        {"text": "x", "quick_replies": [{"content_type": "text", "title": "y"}]},
        {"attachment": {"type": "hologram", "payload": {}}},
        {"attachment": {"type": "image", "payload": {"url": "ftp://e.org/x.jpg"}}},
        {"attachment": {"type": "image", "payload": {}}},
        {
            "attachment": {
                "type": "template",
                "payload": {"template_type": "button", "text": "x", "buttons": []},
            }
        },
        {
            "attachment": {
                "type": "template",
                "payload": {"template_type": "button", "text": "x" * 641, "buttons": [POSTBACK]},
            }
        },
        {"attachment": {"type": "template", "payload": {"template_type": "poem"}}},
        {},
    ],
)
async def test_what_the_send_api_refuses(sandbox: Sandbox, message: Any) -> None:
    phone = sandbox.phone("messenger", "Ana")
    status, (code, _) = await send(sandbox, phone, message)
    assert status == 400
    assert code in (100, 131008, 131009)
    assert phone.inbox == []


async def test_instagram_counts_bytes(sandbox: Sandbox) -> None:
    phone = sandbox.phone("instagram", "Ana")
    assert (await send(sandbox, phone, {"text": "é" * 500}))[0] == 200
    assert (await send(sandbox, phone, {"text": "é" * 501}))[1] == (100, None)
    phone.window_closed = True
    assert (await send(sandbox, phone, {"text": "x"}))[1] == (10, 2534022)


@BOTH
async def test_reactions_go_both_ways(sandbox: Sandbox, listener: Listener, channel: str) -> None:
    phone, platform = sandbox.phone(channel, "Ana"), sandbox.platform(channel)
    assert isinstance(platform, PagePlatform)
    platform.faults.drop_statuses = True
    said = await phone.say("hi")
    react = {
        "recipient": {"id": phone.id},
        "sender_action": "react",
        "payload": {"message_id": said, "reaction": "👍"},
    }
    path = f"{platform.account}/messages"
    assert await call(sandbox, platform, path, react) == (200, {"recipient_id": phone.id})
    assert phone.reactions == {said: "👍"}
    undo = {**react, "sender_action": "unreact", "payload": {"message_id": said}}
    assert (await call(sandbox, platform, path, undo))[0] == 200
    assert phone.reactions == {}
    for wrong in (
        {**react, "payload": {"message_id": "m_x", "reaction": "👍"}},
        {**react, "sender_action": "typing_on"},
    ):
        assert (await call(sandbox, platform, path, wrong))[0] == 400
    await send(sandbox, phone, {"text": "hello"})
    mid = phone.inbox[0].external_id
    await phone.react(mid, "❤")
    named = {"reaction": "love"} if channel == "messenger" else {}
    assert event(listener)["reaction"] == {"mid": mid, "action": "react", "emoji": "❤", **named}
    await phone.react(mid, None)
    assert event(listener)["reaction"] == {"mid": mid, "action": "unreact", **named}


async def test_edits_and_unsent_messages(sandbox: Sandbox, listener: Listener) -> None:
    ana, leo = sandbox.phone("messenger", "Ana"), sandbox.phone("instagram", "Leo")
    said = await ana.say("helo")
    await ana.edit(said, "hello")
    assert event(listener)["message_edit"] == {"mid": said, "text": "hello", "num_edit": 1}
    with pytest.raises(NotHere):
        await ana.unsend(said)
    said = await leo.say("oops")
    await leo.unsend(said)
    assert event(listener)["message"] == {"mid": said, "is_deleted": True}
    await leo.say("see", reply_to=said)
    assert event(listener)["message"]["reply_to"] == {"mid": said}
    await sandbox.instagram.answer_story(leo, "nice")
    assert event(listener)["message"]["reply_to"]["story"]["url"].startswith("http")


async def test_instagram_receipts(sandbox: Sandbox, listener: Listener) -> None:
    phone = sandbox.phone("instagram", "Leo")
    await send(sandbox, phone, {"text": "hello"})
    await listener.until(2)
    echo, read = event(listener, 0), event(listener, 1)
    assert (echo["sender"]["id"], echo["message"]["is_echo"]) == (sandbox.instagram.account_id, True)
    assert read["read"] == {"mid": phone.inbox[0].external_id}
    assert {item.json["object"] for item in listener.received} == {"instagram"}


async def test_a_thread_that_staff_took_is_only_overheard(sandbox: Sandbox, listener: Listener) -> None:
    phone, page = sandbox.phone("messenger", "Ana"), sandbox.messenger
    await page.staff_writes(phone, "I take over")
    assert event(listener)["message"]["app_id"] == int(PAGE_INBOX)
    await page.staff_takes(phone)
    assert event(listener)["take_thread_control"]["new_owner_app_id"] == PAGE_INBOX
    await phone.say("hello?")
    assert listener.received[-1].json["entry"][0]["standby"][0]["message"]["text"] == "hello?"
    assert (await send(sandbox, phone, {"text": "x"}))[1] == (10, 2018300)
    owner = f"{page.page_id}/thread_owner?recipient={phone.id}"
    assert (await call(sandbox, page, owner, method="GET"))[1] == {
        "data": [{"thread_owner": {"app_id": PAGE_INBOX}}]
    }
    await page.staff_returns(phone)
    assert event(listener)["pass_thread_control"]["new_owner_app_id"] == page.app_id
    assert (await send(sandbox, phone, {"text": "x"}))[0] == 200
    passed = {"recipient": {"id": phone.id}, "target_app_id": PAGE_INBOX}
    assert (await call(sandbox, page, f"{page.page_id}/pass_thread_control", passed))[1] == {"success": True}
    assert (await send(sandbox, phone, {"text": "x"}))[0] == 400
    assert (await call(sandbox, page, "me/take_thread_control", {"recipient": {"id": phone.id}}))[0] == 200
    assert (await send(sandbox, phone, {"text": "x"}))[0] == 200


async def test_only_subscribed_fields_arrive(sandbox: Sandbox, listener: Listener) -> None:
    phone, page = sandbox.phone("messenger", "Ana"), sandbox.messenger
    path = f"{page.page_id}/subscribed_apps"
    assert (await call(sandbox, page, path))[1] == (100, None)
    assert (await call(sandbox, page, f"{path}?subscribed_fields=messages,response_feedback"))[0] == 200
    await send(sandbox, phone, {"text": "hello"})
    await phone.react(phone.inbox[0].external_id, "👍")
    assert listener.received == []
    await page.thumb(phone, phone.inbox[0], good=False)
    assert event(listener)["response_feedback"] == {
        "feedback": "Bad response",
        "mid": phone.inbox[0].external_id,
    }
    _, told = await call(sandbox, page, path, method="GET")
    assert told["data"][0]["subscribed_fields"] == ["messages", "response_feedback"]
    assert (await call(sandbox, page, path, method="DELETE"))[1] == {"success": True}
    assert (await call(sandbox, page, path, method="GET"))[1] == {"data": []}


async def test_the_profile_starts_conversations(sandbox: Sandbox, listener: Listener) -> None:
    phone, page = sandbox.phone("messenger", "Ana"), sandbox.messenger
    path = f"{page.page_id}/messenger_profile"
    call_to = {"type": "postback", "title": "Help", "payload": "help"}
    menu = {"persistent_menu": [{"locale": "default", "call_to_actions": [call_to]}]}
    assert (await call(sandbox, page, path, menu))[1] == (100, 2018145)
    with pytest.raises(LookupError):
        await page.start(phone)
    both = {"get_started": {"payload": "start"}, "greeting": [{"locale": "default", "text": "Hi!"}], **menu}
    assert (await call(sandbox, page, path, both))[1] == {"result": "success"}
    mid = await page.start(phone)
    assert event(listener)["postback"] == {"mid": mid, "title": "Get started", "payload": "start"}
    _, told = await call(sandbox, page, f"{path}?fields=get_started", method="GET")
    assert told == {"data": [{"get_started": {"payload": "start"}}]}
    assert (await call(sandbox, page, path, {"greeting": [{"locale": "default", "text": "x" * 161}]}))[
        0
    ] == 400
    assert (await call(sandbox, page, path, {"fields": ["greeting"]}, method="DELETE"))[0] == 200
    assert "greeting" not in page.profile


async def test_tokens_say_what_they_may(sandbox: Sandbox) -> None:
    for platform in (sandbox.messenger, sandbox.instagram):
        path = f"debug_token?input_token={platform.access_token}"
        _, told = await call(sandbox, platform, path, method="GET")
        assert (told["data"]["is_valid"], told["data"]["app_id"]) == (True, platform.app_id)
        assert told["data"]["scopes"] == list(platform.scopes)
    _, told = await call(sandbox, sandbox.messenger, "debug_token?input_token=x", method="GET")
    assert (told["data"]["is_valid"], told["data"]["error"]["code"]) == (False, 190)
    _, told = await call(sandbox, sandbox.messenger, "me?fields=name", method="GET")
    assert told["id"] == sandbox.messenger.page_id
    assert (await call(sandbox, sandbox.messenger, "me?fields=shoe_size", method="GET"))[1] == (100, None)
