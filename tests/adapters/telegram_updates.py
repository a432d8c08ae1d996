"""Telegram updates as the Bot API sends them, and a bot to read them; clients that others wrote accept every one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from adapters._telegram_settings import TelegramSettings
from adapters.telegram import Telegram
from assistant.channel import Services
from assistant.events import Event, MessageReceived
from assistant.types import Address, WebhookRequest

BOT, TOKEN = "110201543", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ADDRESS = Address(channel="telegram", account=BOT, peer="42")
WHEN = 1790000000
AT = datetime.fromtimestamp(WHEN, UTC)
ANA = {
    "id": 42,
    "is_bot": False,
    "first_name": "Ana",
    "last_name": "B",
    "username": "ana_b",
    "language_code": "es",
}
US = {"id": int(BOT), "is_bot": True, "first_name": "Ada", "username": "OurBot"}
OWNER = {"id": 77, "is_bot": False, "first_name": "Owner"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Ana"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Friends"}
FORUM = {**GROUP, "is_forum": True}
SENT = {"ok": True, "result": {"message_id": 7, "date": WHEN + 1, "chat": PRIVATE}}
DONE = {"ok": True, "result": True}


def made(services: Services, url: str = "http://127.0.0.1:9", **settings: Any) -> Telegram:
    values: dict[str, Any] = {"username": "OurBot", **settings}
    return Telegram(
        TelegramSettings(
            token=SecretStr(TOKEN), secret_token=SecretStr("a_secret"), api_url=url + "/", **values
        ),
        services,
    )


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 5, "from": ANA, "chat": PRIVATE, "date": WHEN, **more}


def all_of(channel: Telegram, update: dict[str, Any]) -> list[Event]:
    body = json.dumps({"update_id": 1, **update}).encode()
    return channel.parse(WebhookRequest(method="POST", headers={}, body=body))


def parse(channel: Telegram, **update: Any) -> Event:
    (event,) = all_of(channel, update)
    return event


def got(channel: Telegram, **more: Any) -> MessageReceived:
    event = parse(channel, message=message(**more))
    assert isinstance(event, MessageReceived), event
    return event


def entity(text: str, words: str, kind: str, **more: Any) -> dict[str, Any]:
    """An entity over `words`, counted in UTF-16 units."""
    before = text[: text.index(words)]
    return {
        "type": kind,
        "offset": len(before.encode("utf-16-le")) // 2,
        "length": len(words.encode("utf-16-le")) // 2,
        **more,
    }


def _file(file_id: str, **more: Any) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": "u" + file_id, **more}


def _member(status: str, **more: Any) -> dict[str, Any]:
    return {"user": US, "status": status, **more}


def membership(chat: dict[str, Any], before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    change = {
        "chat": chat,
        "from": ANA,
        "date": WHEN,
        "old_chat_member": {"user": US, **before},
        "new_chat_member": {"user": US, **now},
    }
    return {"my_chat_member": change}


LEFT, IN = {"status": "left"}, {"status": "member"}
KICKED = {"status": "kicked", "until_date": 0}
ADMIN = {
    "status": "administrator",
    **dict.fromkeys(
        (
            *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_invite_users"),
            *("can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info"),
            *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_send_welcome_messages"),
        ),
        True,
    ),
}
_ALLOWED = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages"),
    *("can_manage_topics", "can_react_to_messages", "can_edit_tag"),
)
MUTED = {"status": "restricted", "is_member": True, "until_date": 0, **dict.fromkeys(_ALLOWED, False)}

PHOTO = [
    _file("small", width=90, height=60, file_size=1000),
    _file("large", width=1280, height=853, file_size=150_000),
    _file("medium", width=320, height=213, file_size=20_000),
]
FILES: dict[str, dict[str, Any]] = {
    "photo": {"photo": PHOTO, "caption": "look"},
    "voice": {"voice": _file("v", duration=3, mime_type="audio/ogg", file_size=9000)},
    "audio": {
        "audio": _file(
            "a", duration=200, performer="Fado", title="Sea", mime_type="audio/mpeg", file_size=4_000_000
        )
    },
    "video": {
        "video": _file(
            "w",
            width=640,
            height=480,
            duration=12,
            file_name="sea.mp4",
            mime_type="video/mp4",
            file_size=900_000,
        ),
        "caption": "the sea",
    },
    "video_note": {"video_note": _file("n", length=240, duration=5, file_size=300_000)},
    "animation": {
        "animation": _file("g", width=200, height=100, duration=2, mime_type="video/mp4", file_name="a.mp4"),
        "document": _file("g", mime_type="video/mp4", file_name="a.mp4"),
    },
    "sticker": {
        "sticker": _file(
            "s", type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="😀"
        )
    },
    "document": {
        "document": _file("d", file_name="bill.pdf", mime_type="application/pdf", file_size=77_000),
        "caption": "the bill",
    },
    "live_photo": {
        "live_photo": {**_file("l", width=640, height=480, duration=3), "photo": PHOTO},
        "photo": PHOTO,
    },
}
RICH = {
    "blocks": [
        {"type": "heading", "text": "Prices", "size": 1},
        {"type": "paragraph", "text": ["Hello ", {"type": "bold", "text": "you"}, "!"]},
        {
            "type": "list",
            "items": [
                {"label": "1.", "blocks": [{"type": "paragraph", "text": "one"}]},
                {"label": "2.", "blocks": [{"type": "paragraph", "text": "two"}]},
            ],
        },
        {
            "type": "table",
            "cells": [
                [
                    {"text": "tea", "align": "left", "valign": "top"},
                    {"text": "2 €", "align": "right", "valign": "top"},
                ]
            ],
        },
        {"type": "pre", "text": "x = 1", "language": "py"},
        {"type": "mathematical_expression", "expression": "x^2"},
        {
            "type": "paragraph",
            "text": [{"type": "url", "text": "site", "url": "https://e.org"}],
        },
    ]
}
_QUOTE = "two"
UPDATES: dict[str, dict[str, Any]] = {
    "text": {"message": message(text="hola 😀")},
    **{kind: {"message": message(**content)} for kind, content in FILES.items()},
    "album": {"message": message(photo=PHOTO, media_group_id="g1")},
    "rich": {"message": message(rich_message=RICH)},
    "place": {"message": message(location={"latitude": 1.0, "longitude": 2.0})},
    "venue": {
        "message": message(
            venue={"title": "Bar", "address": "Rua 1", "location": {"latitude": 1.0, "longitude": 2.0}},
            location={"latitude": 1.0, "longitude": 2.0},
        )
    },
    "contact": {"message": message(contact={"first_name": "Bea", "phone_number": "1"})},
    "poll": {
        "message": message(
            poll={
                "id": "p",
                "question": "Tea?",
                "options": [
                    {"persistent_id": "0", "text": "yes", "voter_count": 0},
                    {"persistent_id": "1", "text": "no", "voter_count": 0},
                ],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
        )
    },
    "checklist": {
        "message": message(
            checklist={"title": "Buy", "tasks": [{"id": 1, "text": "tea"}, {"id": 2, "text": "milk"}]}
        )
    },
    "dice": {"message": message(dice={"emoji": "🎲", "value": 4})},
    "forward": {
        "message": message(text="x", forward_origin={"type": "user", "date": WHEN, "sender_user": OWNER})
    },
    "quote": {
        "message": message(
            text="why?",
            quote={"text": _QUOTE, "position": 4, "is_manual": True},
            reply_to_message={
                "message_id": 3,
                "from": US,
                "chat": PRIVATE,
                "date": WHEN,
                "text": f"one {_QUOTE} three",
            },
        )
    },
    "topic": {"message": message(text="x", chat=FORUM, message_thread_id=77, is_topic_message=True)},
    "private topic": {"message": message(text="x", message_thread_id=9, is_topic_message=True)},
    "anonymous": {
        "message": message(
            text="/help now",
            entities=[entity("/help now", "/help", "bot_command")],
            chat=GROUP,
            sender_chat=GROUP,
            **{"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}},
        )
    },
    "moved": {"message": message(chat={"id": -5, "type": "group", "title": "F"}, migrate_to_chat_id=-1005)},
    "moved from": {"message": message(chat=GROUP, migrate_from_chat_id=-5)},
    "joined": {"message": message(chat=GROUP, new_chat_members=[OWNER])},
    "edited": {"edited_message": message(text="new", edit_date=WHEN)},
    "pressed": {
        "callback_query": {
            "id": "4382bfdwdsb323b2d9",
            "from": ANA,
            "chat_instance": "1",
            "data": "y",
            "message": message(
                text="?",
                reply_markup={
                    "inline_keyboard": [
                        [{"text": "No", "callback_data": "n"}, {"text": "Yes", "callback_data": "y"}]
                    ]
                },
            ),
        }
    },
    "pressed long after": {
        "callback_query": {
            "id": "777777777",
            "from": ANA,
            "chat_instance": "1",
            "data": "y",
            "message": {"chat": PRIVATE, "message_id": 5, "date": 0},
        }
    },
    "blocked": membership(PRIVATE, IN, KICKED),
    "unblocked": membership(PRIVATE, KICKED, IN),
    "added": membership(GROUP, LEFT, IN),
    "removed": membership(GROUP, IN, KICKED),
    "promoted": membership(GROUP, IN, ADMIN),
    "muted": membership(GROUP, IN, MUTED),
    "reaction": {
        "message_reaction": {
            "chat": PRIVATE,
            "message_id": 5,
            "user": ANA,
            "date": WHEN,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
    "stopped": {"stopped_message_generation": {"chat": PRIVATE, "draft_id": 3, "message_thread_id": 9}},
    "business connection": {
        "business_connection": {
            "id": "bc1",
            "user": OWNER,
            "user_chat_id": 77,
            "date": WHEN,
            "is_enabled": True,
            "rights": {"can_reply": True, "can_read_messages": True},
        }
    },
    "business message": {"business_message": message(text="hi", business_connection_id="bc1")},
    "business owner": {
        "business_message": message(text="I am here", business_connection_id="bc1", **{"from": OWNER})
    },
    "business edited": {
        "edited_business_message": message(text="hello", edit_date=WHEN, business_connection_id="bc1")
    },
    "business deleted": {
        "deleted_business_messages": {"business_connection_id": "bc1", "chat": PRIVATE, "message_ids": [5, 6]}
    },
    "guest": {
        "guest_message": message(
            text="@OurBot hi",
            entities=[entity("@OurBot hi", "@OurBot", "mention")],
            chat=GROUP,
            guest_query_id="gq1",
        )
    },
}
