"""What the Cloud API takes as a message, type by type, with its limits, and what a phone shows of it."""

from __future__ import annotations

import re
from typing import Any

from .graph_errors import whatsapp_error
from .payloads import Json
from .pieces import Button, Card, Piece, Spot
from .shapes import Anything, Flag, ListOf, Number, OneOf, Parts, Shape, Words, inside, judge, missing

TEXT_LIMIT = 4096
_PLACE = re.compile(r"\{\{([1-9][0-9]?)\}\}")
OPAQUE_LIMIT = 512
_ID = Words(512)
_LINK = Words(2048)


def _media(**more: Shape) -> Parts:
    return Parts({"id": _ID, "link": _LINK, **more}, one_of=("id", "link"))


_CAPTION = Words(1024, least=0)
_HEADER_MEDIA = Parts({"id": _ID, "link": _LINK, "filename": Words(240)}, one_of=("id", "link"))
_HEADER = Parts(
    {
        "type": OneOf(("text", "image", "video", "document")),
        "text": Words(60),
        "image": _HEADER_MEDIA,
        "video": _HEADER_MEDIA,
        "document": _HEADER_MEDIA,
    },
    needed=("type",),
)
_AROUND: dict[str, Shape] = {
    "type": Words(40),
    "header": _HEADER,
    "body": Parts({"text": Words(1024)}, needed=("text",)),
    "footer": Parts({"text": Words(60)}, needed=("text",)),
}
_REPLY = Parts({"id": Words(256), "title": Words(20)}, needed=("id", "title"))
_ROW = Parts(
    {"id": Words(200), "title": Words(24), "description": Words(72, least=0)}, needed=("id", "title")
)
_ACTIONS: dict[str, Shape] = {
    "button": Parts(
        {
            "buttons": ListOf(
                Parts({"type": OneOf(("reply",)), "reply": _REPLY}, needed=("type", "reply")), most=3
            )
        },
        needed=("buttons",),
    ),
    "list": Parts(
        {
            "button": Words(20),
            "sections": ListOf(
                Parts({"title": Words(24), "rows": ListOf(_ROW, most=10)}, needed=("rows",)), most=10
            ),
        },
        needed=("button", "sections"),
    ),
    "cta_url": Parts(
        {
            "name": OneOf(("cta_url",)),
            "parameters": Parts({"display_text": Words(20), "url": _LINK}, needed=("display_text", "url")),
        },
        needed=("name", "parameters"),
    ),
    "location_request_message": Parts({"name": OneOf(("send_location",))}, needed=("name",)),
    "flow": Parts({"name": OneOf(("flow",)), "parameters": Anything()}, needed=("name", "parameters")),
    "catalog_message": Parts(
        {"name": OneOf(("catalog_message",)), "parameters": Anything()}, needed=("name",)
    ),
    "product": Parts(
        {"catalog_id": Words(64), "product_retailer_id": Words(100)},
        needed=("catalog_id", "product_retailer_id"),
    ),
    "product_list": Parts(
        {"catalog_id": Words(64), "sections": Anything()}, needed=("catalog_id", "sections")
    ),
    "call_permission_request": Parts({"name": OneOf(("call_permission_request",))}, needed=("name",)),
    "carousel": Anything(),
}
_NEEDS_BODY = frozenset({"button", "list", "cta_url", "location_request_message", "flow", "catalog_message"})
_NAME = Parts(
    {
        key: Words(200)
        for key in ("formatted_name", "first_name", "last_name", "middle_name", "suffix", "prefix")
    },
    needed=("formatted_name",),
)
_CONTACT = Parts(
    {
        "name": _NAME,
        **{key: Anything() for key in ("phones", "emails", "urls", "addresses", "org", "birthday")},
    },
    needed=("name",),
)
_COMPONENT = Parts(
    {
        "type": OneOf(("header", "body", "button", "footer")),
        "sub_type": Words(40),
        "index": Anything(),
        "parameters": ListOf(
            Parts(
                {
                    "type": Words(40),
                    "text": Words(1024),
                    "payload": Words(256),
                    "parameter_name": Words(60),
                    **dict.fromkeys(("image", "video", "document"), _HEADER_MEDIA),
                    **{key: Anything() for key in ("currency", "date_time", "action", "coupon_code")},
                },
                needed=("type",),
            ),
            most=60,
            least=0,
        ),
    },
    needed=("type",),
)
BODIES: dict[str, Shape] = {
    "text": Parts({"body": Words(TEXT_LIMIT, code=100), "preview_url": Flag()}, needed=("body",)),
    "reaction": Parts({"message_id": _ID, "emoji": Words(40, least=0)}, needed=("message_id", "emoji")),
    "image": _media(caption=_CAPTION),
    "video": _media(caption=_CAPTION),
    "audio": _media(voice=Flag()),
    "document": _media(caption=_CAPTION, filename=Words(240)),
    "sticker": _media(),
    "location": Parts(
        {
            "latitude": Number(-90, 90),
            "longitude": Number(-180, 180),
            "name": Words(1000, least=0),
            "address": Words(1000, least=0),
        },
        needed=("latitude", "longitude"),
    ),
    "contacts": ListOf(_CONTACT, most=257),
    "template": Parts(
        {
            "name": Words(512),
            "language": Parts({"code": Words(15), "policy": OneOf(("deterministic",))}, needed=("code",)),
            "components": ListOf(_COMPONENT, most=100, least=0),
        },
        needed=("name", "language"),
    ),
}
"""Interactive messages are judged apart: their action depends on their own type."""
TYPES = (*BODIES, "interactive")
_TOP: dict[str, Shape] = {
    "messaging_product": OneOf(("whatsapp",)),
    "recipient_type": OneOf(("individual", "group")),
    "to": Words(200),
    "recipient": Words(200),
    "type": OneOf(TYPES),
    "context": Parts({"message_id": _ID}, needed=("message_id",)),
    "biz_opaque_callback_data": Words(OPAQUE_LIMIT, code=100),
}
_READ = Parts(
    {
        "messaging_product": OneOf(("whatsapp",)),
        "status": OneOf(("read",)),
        "message_id": _ID,
        "typing_indicator": Parts({"type": OneOf(("text",))}, needed=("type",)),
    },
    needed=("status", "message_id"),
)


def judge_read(body: Json) -> None:
    """Raise GraphError unless this is a call that marks read."""
    judge(body, _READ, "")


def judge_message(body: Json) -> str:
    """The type of a message; raise GraphError where Meta would refuse it."""
    kind = body.get("type", "text")
    if not isinstance(kind, str) or kind not in TYPES:
        judge(kind, OneOf(TYPES), "type")
    content: Shape = Anything() if kind == "interactive" else BODIES[str(kind)]
    if kind not in body:
        raise missing(str(kind))
    judge(body, Parts({**_TOP, str(kind): content}), "")
    if kind == "interactive":
        _judge_interactive(body["interactive"])
    return str(kind)


def _judge_interactive(value: Any) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    action = _ACTIONS.get(str(kind))
    if action is None:
        judge(kind, OneOf(tuple(_ACTIONS)), inside("interactive", "type"))
        return
    needed = ("type", "action", "body") if kind in _NEEDS_BODY else ("type", "action")
    judge(value, Parts({**_AROUND, "action": action}, needed=needed), "interactive")
    if kind == "list":
        rows = [row for section in value["action"]["sections"] for row in section["rows"]]
        if len(rows) > 10:
            raise whatsapp_error(
                131009, "Parameter value is not valid", "Total row count exceed max allowed count: 10"
            )
        if len(value["action"]["sections"]) > 1 and any(
            "title" not in item for item in value["action"]["sections"]
        ):
            raise missing("interactive['action']['sections']['title']")
        _unique([row["id"] for row in rows], "Row id")
    if kind == "button":
        buttons = [button["reply"] for button in value["action"]["buttons"]]
        _unique([button["id"] for button in buttons], "Button reply ids")
        _unique([button["title"] for button in buttons], "Button titles")


def _unique(values: list[str], what: str) -> None:
    if len(set(values)) != len(values):
        raise whatsapp_error(131009, "Parameter value is not valid", f"{what} must be unique.")


# --- what the phone shows --------------------------------------------------------------------------------


def template_text(template: Json, approved: dict[tuple[str, str], str]) -> str:
    """What an approved template says with its places filled; raise GraphError where there is none, or they do not fit."""
    name, language = template["name"], template["language"]["code"]
    text = approved.get((name, language))
    if text is None:
        raise whatsapp_error(
            132001,
            "Template name does not exist in the translation",
            f"template name ({name}) does not exist in {language}",
            status=404,
        )
    bodies = [part for part in template.get("components") or [] if part["type"] == "body"]
    values = [str(value.get("text", "")) for part in bodies for value in part.get("parameters") or []]
    places = set(_PLACE.findall(text))
    if len(values) != len(places):
        said = f"body: number of localizable_params ({len(values)}) does not match the expected number of params ({len(places)})"
        raise whatsapp_error(
            132000, "Number of parameters does not match the expected number of params", said
        )
    return _PLACE.sub(lambda match: values[int(match[1]) - 1], text)


def shown(kind: str, body: Json) -> Piece:
    """The message as a person sees it, its file not yet looked up."""
    content = body[kind]
    if kind == "text":
        return Piece(text=content["body"])
    if kind == "location":
        spot = Spot(
            latitude=float(content["latitude"]),
            longitude=float(content["longitude"]),
            name=content.get("name", ""),
            address=content.get("address", ""),
        )
        return Piece(kind="location", spot=spot)
    if kind == "contacts":
        first = content[0]
        phones = first.get("phones") or [{}]
        card = Card(name=first["name"]["formatted_name"], number=str(phones[0].get("phone", "")))
        return Piece(kind="contact", card=card)
    if kind == "template":
        return Piece(kind="template", text=f"[{content['name']}]")
    if kind == "interactive":
        return Piece(text=(content.get("body") or {}).get("text", ""), buttons=_buttons(content))
    sort = "voice" if kind == "audio" and content.get("voice") else kind
    return Piece(kind=sort, text=content.get("caption", ""), link=content.get("link", ""))


def _buttons(content: Json) -> tuple[Button, ...]:
    action = content["action"]
    if content["type"] == "button":
        replies = [button["reply"] for button in action["buttons"]]
        return tuple(Button(title=reply["title"], id=reply["id"], kind="reply") for reply in replies)
    if content["type"] == "list":
        rows = [row for section in action["sections"] for row in section["rows"]]
        return tuple(
            Button(title=row["title"], id=row["id"], kind="row", hint=row.get("description", ""))
            for row in rows
        )
    if content["type"] == "cta_url":
        link = action["parameters"]
        return (Button(title=link["display_text"], id="", kind="url", url=link["url"]),)
    return ()
