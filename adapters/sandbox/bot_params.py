"""Reading the parameters of a Bot API call: numbers, texts with entities, keyboards, quotes, files to send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .bot_errors import bad
from .bot_markup import BadMarkup, read_html
from .params import units
from .payloads import Json
from .pieces import Button, File

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_BYTES = 64
HONOURED_ENTITIES = 100
NESTED = frozenset(
    {
        *("allowed_updates", "entities", "caption_entities", "link_preview_options", "reply_markup"),
        *(
            "reply_parameters",
            "reaction",
            "commands",
            "scope",
            "media",
            "message_ids",
            "menu_button",
            "result",
        ),
    }
)
_ENTITIES: dict[str, str | None] = {
    **dict.fromkeys(("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number")),
    **dict.fromkeys(("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre")),
    **dict.fromkeys(("blockquote", "expandable_blockquote", "date_time")),
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
}
"""Kinds of entities, and the field without which one makes no sense."""
_BUTTON_ACTIONS = frozenset(
    {
        *("url", "callback_data", "web_app", "login_url", "switch_inline_query", "callback_game", "pay"),
        *("switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text"),
    }
)
_STYLES = frozenset({"danger", "success", "primary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BotCall:
    """One call: its method in lower case, its parameters, and what was uploaded with it."""

    method: str
    params: Json
    files: Mapping[str, File] = field(default_factory=dict)


def whole(params: Json, name: str, otherwise: int) -> int:
    value = params.get(name)
    if value in (None, ""):
        return otherwise
    try:
        return int(str(value))
    except ValueError:
        raise bad(f"parameter {name} must be of type Integer") from None


def decimal(params: Json, name: str) -> float:
    try:
        return float(str(params.get(name)))
    except ValueError:
        raise bad(f"{name} is invalid") from None


def true(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "1", "yes")


def text(params: Json) -> tuple[str, list[Json]]:
    """The words of a message and how they are styled."""
    words, spans = styled(params, "text", "entities")
    if not words.strip():
        raise bad("message text is empty")
    if units(words) > TEXT_LIMIT:
        raise bad("message is too long")
    return words, spans


def caption(params: Json) -> tuple[str, list[Json]]:
    words, spans = styled(params, "caption", "caption_entities")
    if units(words) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return words, spans


def styled(params: Json, name: str, spans_name: str) -> tuple[str, list[Json]]:
    words = params.get(name)
    words = "" if words is None else str(words)
    mode = str(params.get("parse_mode") or "")
    if params.get(spans_name) not in (None, "", []):
        return words, _entities(params[spans_name], words)
    if not mode:
        return words, []
    if mode.lower() != "html":
        raise bad("unsupported parse_mode")  # the sandbox reads HTML and entities, no Markdown
    try:
        return read_html(words)
    except BadMarkup as error:
        raise bad(f"can't parse entities: {error}") from None


def _entities(given: object, words: str) -> list[Json]:
    if not isinstance(given, list):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    inside = _boundaries(words)
    for entity in given:
        kind = entity.get("type") if isinstance(entity, dict) else None
        if not isinstance(entity, dict) or kind not in _ENTITIES:
            raise bad("can't parse entities: unknown type of an entity")
        needed = _ENTITIES[kind]
        if needed is not None and not entity.get(needed):
            raise bad(f"can't parse entities: an entity of type {kind} needs the field {needed}")
        offset, size = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(size, int) or offset < 0 or size <= 0:
            raise bad("can't parse entities: offset and length must be numbers")
        if offset + size > max(inside):
            raise bad("can't parse entities: an entity lies outside of the text")
        if offset not in inside or offset + size not in inside:
            raise bad("can't parse entities: an entity begins or ends in the middle of a UTF-16 symbol")
    return given[:HONOURED_ENTITIES]


def _boundaries(words: str) -> set[int]:
    """The offsets between characters, in UTF-16 units."""
    found, at = {0}, 0
    for character in words:
        at += units(character)
        found.add(at)
    return found


def keyboard(params: Json) -> tuple[Button, ...]:
    """The inline keyboard's buttons in order; other keyboards have none."""
    markup = params.get("reply_markup")
    if markup in (None, ""):
        return ()
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if not markup.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
            raise bad("can't parse reply keyboard markup JSON object")
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('can\'t parse inline keyboard markup: Field "inline_keyboard" must be an Array of Arrays')
    return tuple(_button(item) for row in rows for item in row)


def _button(item: object) -> Button:
    if not isinstance(item, dict) or not str(item.get("text") or "").strip():
        raise bad("can't parse inline keyboard button: Button text must be non-empty")
    if len(item.keys() & _BUTTON_ACTIONS) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if item.get("style") is not None and item["style"] not in _STYLES:
        raise bad("can't parse inline keyboard button: unknown style")
    if "callback_data" not in item:
        return Button(title=str(item["text"]), id="", kind="url", url=str(item.get("url", "")))
    data = item["callback_data"]
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    return Button(title=str(item["text"]), id=data, kind="callback")


# --- commands --------------------------------------------------------------------------------------------

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def commands(params: Json) -> list[Json]:
    """The list of setMyCommands."""
    given = params.get("commands")
    if not isinstance(given, list) or len(given) > 100:
        raise bad("can't parse commands JSON object")
    found = []
    for item in given:
        name = str(item.get("command", "")).lstrip("/") if isinstance(item, dict) else ""
        description = str(item.get("description", "")) if isinstance(item, dict) else ""
        if not _COMMAND.fullmatch(name):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(description) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        found.append({"command": name, "description": description})
    return found


def list_of(params: Json, name: str) -> list[Any]:
    value = params.get(name)
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise bad(f"can't parse {name}: expected an Array")
    return value
