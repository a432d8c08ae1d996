"""Questions with choices as WhatsApp shows them: up to three buttons, or a list of up to ten rows."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import Rejected
from assistant.split import measure
from assistant.types import Ask, Choice, Unit

from . import _json as js

# 2026-11-24, https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages
# and .../interactive-list-messages: sizes in characters
BODY = 1024
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, ROW_TITLE, ROW_ID = 10, 24, 200

OPENS_LIST = "☰"
"""What stands on the button that opens a list: a sign, because the language of the conversation is not known here."""


def interactive(ask: Ask) -> js.Object:
    """The interactive object of a question; Rejected when neither buttons nor a list can hold it."""
    choices = ask.choices
    text = js.clean(ask.text)
    if not text.strip() or measure(text, Unit.UTF16) > BODY:
        raise Rejected(f"a question with buttons has 1 to {BODY} characters on WhatsApp")
    if len({choice.id for choice in choices}) < len(choices) or "" in {choice.id for choice in choices}:
        raise Rejected("the choices of a question need ids of their own")
    if len({choice.title for choice in choices}) < len(choices):
        raise Rejected("two choices of a question have the same title")
    if _hold(choices, BUTTONS, BUTTON_TITLE, BUTTON_ID):
        buttons = [{"type": "reply", "reply": _row(choice)} for choice in choices]
        return {"type": "button", "body": {"text": text}, "action": {"buttons": buttons}}
    if _hold(choices, ROWS, ROW_TITLE, ROW_ID):
        rows = [_row(choice) for choice in choices]
        action = {"button": OPENS_LIST, "sections": [{"rows": rows}]}
        return {"type": "list", "body": {"text": text}, "action": action}
    raise Rejected(
        f"WhatsApp shows {BUTTONS} buttons of {BUTTON_TITLE} characters, or {ROWS} rows of {ROW_TITLE}"
    )


def _hold(choices: Sequence[Choice], most: int, title: int, id_length: int) -> bool:
    return 0 < len(choices) <= most and all(
        0 < measure(js.clean(choice.title).strip(), Unit.UTF16) <= title and len(choice.id) <= id_length
        for choice in choices
    )


def _row(choice: Choice) -> js.Object:
    return {"id": js.clean(choice.id), "title": js.clean(choice.title).strip()}
