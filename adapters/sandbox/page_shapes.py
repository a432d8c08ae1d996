"""What the Send API of Messenger and Instagram takes, with its limits, and what a phone shows of it."""

from __future__ import annotations

from .graph_errors import GraphError
from .params import units
from .payloads import Json
from .pieces import Button, Piece
from .shapes import Anything, Flag, ListOf, OneOf, Parts, Shape, Words, judge, unexpected

METADATA_LIMIT = 1000
_PAYLOAD = Words(1000, code=100)
_BUTTON = Parts(
    {
        "type": OneOf(("postback", "web_url", "phone_number", "account_link", "account_unlink")),
        "title": Words(20, code=100),
        "payload": _PAYLOAD,
        "url": Words(2048, code=100),
        **{key: Anything() for key in ("webview_height_ratio", "messenger_extensions", "fallback_url")},
    },
    needed=("type",),
)
_ELEMENT = Parts(
    {
        "title": Words(80, code=100),
        "subtitle": Words(80, code=100),
        "image_url": Words(2048, code=100),
        "default_action": Anything(),
        "buttons": ListOf(_BUTTON, most=3),
    },
    needed=("title",),
)
_TEMPLATES: dict[str, Shape] = {
    "button": Parts(
        {"template_type": Words(20), "text": Words(640, code=100), "buttons": ListOf(_BUTTON, most=3)},
        needed=("text", "buttons"),
    ),
    "generic": Parts(
        {
            "template_type": Words(20),
            "elements": ListOf(_ELEMENT, most=10),
            **{key: Anything() for key in ("image_aspect_ratio", "sharable")},
        },
        needed=("elements",),
    ),
    "media": Anything(),
    "receipt": Anything(),
    "customer_feedback": Anything(),
}
_FILE = Parts({"url": Words(2048, code=100), "attachment_id": Words(64, code=100), "is_reusable": Flag()})
FILE_KINDS = {"image": "image", "video": "video", "audio": "audio", "file": "document"}
_QUICK = Parts(
    {
        "content_type": OneOf(("text", "user_phone_number", "user_email")),
        "title": Words(20, code=100),
        "payload": _PAYLOAD,
        "image_url": Words(2048, code=100),
    },
    needed=("content_type",),
)
_MESSAGE = Parts(
    {
        "text": Words(1_000_000, code=100),
        "attachment": Anything(),
        "quick_replies": ListOf(_QUICK, most=13),
        "metadata": Words(METADATA_LIMIT, code=100),
        "sticker_id": Anything(),
    }
)
_TOP = Parts(
    {
        "recipient": Parts(
            {key: Words(512, code=100) for key in ("id", "comment_id", "user_ref", "post_id")},
            one_of=("id", "comment_id", "user_ref", "post_id"),
        ),
        "messaging_type": OneOf(("RESPONSE", "UPDATE", "MESSAGE_TAG")),
        "tag": Words(40, code=100),
        "message": _MESSAGE,
        "sender_action": OneOf(("typing_on", "typing_off", "mark_seen", "react", "unreact")),
        "payload": Parts(
            {"message_id": Words(512, code=100), "reaction": Words(40, code=100)}, needed=("message_id",)
        ),
        "reply_to": Parts({"mid": Words(512, code=100)}, needed=("mid",)),
        **{key: Anything() for key in ("notification_type", "persona_id", "access_token", "appsecret_proof")},
        "filedata": Anything(),
    }
)


def judge_call(body: Json) -> None:
    """Raise GraphError for a call that has the wrong parts."""
    if not isinstance(body.get("recipient"), dict):
        raise GraphError(400, 100, "(#100) The parameter recipient is required")
    judge(body, _TOP, "")
    if ("sender_action" in body) == ("message" in body):
        raise GraphError(400, 100, "(#100) Exactly one of message and sender_action is required")
    action = body.get("sender_action")
    if (action in ("react", "unreact")) != ("payload" in body):
        raise GraphError(400, 100, "(#100) payload goes with react and unreact, and only with them")
    if action == "react" and "reaction" not in body["payload"]:
        raise GraphError(400, 100, "(#100) param payload[reaction] must be non-empty.")
    if body.get("messaging_type") == "MESSAGE_TAG" and "tag" not in body:
        raise GraphError(400, 100, "(#100) The parameter tag is required with MESSAGE_TAG", subcode=2018199)


def judge_message(message: Json, *, limit: int, in_bytes: bool) -> None:
    """Raise GraphError unless this is a message with exactly one content, in the limits of the platform."""
    contents = [key for key in ("text", "attachment", "sticker_id") if message.get(key)]
    if len(contents) != 1:
        raise GraphError(400, 100, "(#100) param message must be non-empty, with text or one attachment.")
    text = message.get("text", "")
    if (len(text.encode()) if in_bytes else units(text)) > limit:
        said = f"(#100) Length of param message[text] must be less than or equal to {limit}"
        raise GraphError(400, 100, said)
    for reply in message.get("quick_replies", []):
        if reply["content_type"] == "text" and not (reply.get("title") and reply.get("payload")):
            raise GraphError(400, 100, "(#100) Text quick replies need a title and a payload")
    if "attachment" in message:
        _judge_attachment(message["attachment"])


def _judge_attachment(attachment: object) -> None:
    kind = attachment.get("type") if isinstance(attachment, dict) else None
    if not isinstance(attachment, dict) or (
        kind not in FILE_KINDS and kind not in ("template", "like_heart")
    ):
        raise GraphError(400, 100, "(#100) Param message[attachment][type] must be one of the known types")
    for key in attachment:
        if key not in ("type", "payload"):
            raise unexpected(key, "message[attachment]")
    payload = attachment.get("payload") or {}
    if kind == "template":
        sort = payload.get("template_type") if isinstance(payload, dict) else None
        judge(sort, OneOf(tuple(_TEMPLATES)), "message[attachment][payload][template_type]")
        judge(payload, _TEMPLATES[str(sort)], "message[attachment][payload]")
    elif kind in FILE_KINDS:
        judge(payload, _FILE, "message[attachment][payload]")


def shown(message: Json) -> Piece:
    """The message as a person sees it, its file not yet looked up."""
    buttons = tuple(
        Button(title=reply.get("title", ""), id=reply.get("payload", ""), kind="quick_reply")
        for reply in message.get("quick_replies", [])
    )
    attachment = message.get("attachment")
    if attachment is None:
        return Piece(
            kind="sticker" if "sticker_id" in message else "text",
            text=message.get("text", ""),
            buttons=buttons,
        )
    payload = attachment.get("payload") or {}
    if attachment["type"] == "like_heart":
        return Piece(kind="sticker", text="❤")
    if attachment["type"] != "template":
        return Piece(kind=FILE_KINDS[attachment["type"]], link=payload.get("url", ""), buttons=buttons)
    parts = payload.get("buttons", [])
    text = payload.get("text", "")
    if payload.get("template_type") == "generic":
        text = "\n".join(element["title"] for element in payload["elements"])
        parts = [button for element in payload["elements"] for button in element.get("buttons", [])]
    return Piece(text=text, buttons=tuple(_button(part) for part in parts) + buttons)


def _button(part: Json) -> Button:
    kind = "postback" if part["type"] == "postback" else "url"
    return Button(title=part.get("title", ""), id=part.get("payload", ""), kind=kind, url=part.get("url", ""))


# --- the profile -----------------------------------------------------------------------------------------

_CALL = Parts(
    {
        "type": OneOf(("postback", "web_url")),
        "title": Words(30, code=100),
        "question": Words(80, code=100),
        "payload": _PAYLOAD,
        "url": Words(2048, code=100),
        "webview_height_ratio": Anything(),
    }
)
_ICE = Parts(
    {"locale": Words(10, code=100), "call_to_actions": ListOf(_CALL, most=4)}, needed=("call_to_actions",)
)
PROFILE = Parts(
    {
        "platform": OneOf(("messenger", "instagram")),
        "get_started": Parts({"payload": _PAYLOAD}, needed=("payload",)),
        "greeting": ListOf(
            Parts({"locale": Words(10, code=100), "text": Words(160, code=100)}, needed=("locale", "text")),
            most=100,
        ),
        "ice_breakers": ListOf(_ICE, most=100),
        "persistent_menu": ListOf(
            Parts(
                {
                    "locale": Words(10, code=100),
                    "composer_input_disabled": Flag(),
                    "call_to_actions": ListOf(_CALL, most=20),
                },
                needed=("locale",),
            ),
            most=100,
        ),
        "whitelisted_domains": ListOf(Words(2048, code=100), most=50),
        "commands": ListOf(Anything(), most=100),
        "account_linking_url": Words(2048, code=100),
    }
)
PROFILE_FIELDS = tuple(key for key in PROFILE.keys if key != "platform")
COMMENT = Parts({"message": Words(8000, code=100), "attachment_url": Words(2048), "attachment_id": Words(64)})
