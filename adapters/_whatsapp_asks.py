"""Messages of WhatsApp that have a form: questions as buttons or a list, a button that opens a page, approved templates."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import Rejected
from assistant.split import measure
from assistant.types import Ask, Choice, LinkButton, Template, Unit

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


def link_button(link: LinkButton) -> js.Object:
    """The interactive object of words with one button to a page.

    Source: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages (2026-11-24)
    """
    text, title = js.clean(link.text), js.clean(link.title).strip()
    if not text.strip() or measure(text, Unit.UTF16) > BODY:
        raise Rejected(f"words above a button have 1 to {BODY} characters on WhatsApp")
    if not 0 < measure(title, Unit.UTF16) <= BUTTON_TITLE:
        raise Rejected(f"a button's title has 1 to {BUTTON_TITLE} characters on WhatsApp")
    if not link.url.startswith(("https://", "http://")):
        raise Rejected("a button opens http and https addresses only")
    parameters = {"display_text": title, "url": js.clean(link.url)}
    return {
        "type": "cta_url",
        "body": {"text": text},
        "action": {"name": "cta_url", "parameters": parameters},
    }


def approved(template: Template) -> js.Object:
    """The object of a template: the places of its body filled in order.

    Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates (2026-11-24)
    """
    found: js.Object = {"name": template.name, "language": {"code": template.language}}
    if template.values:
        values = [{"type": "text", "text": js.clean(value)} for value in template.values]
        found["components"] = [{"type": "body", "parameters": values}]
    return found


def _hold(choices: Sequence[Choice], most: int, title: int, id_length: int) -> bool:
    return 0 < len(choices) <= most and all(
        0 < measure(js.clean(choice.title).strip(), Unit.UTF16) <= title and len(choice.id) <= id_length
        for choice in choices
    )


def _row(choice: Choice) -> js.Object:
    return {"id": js.clean(choice.id), "title": js.clean(choice.title).strip()}
