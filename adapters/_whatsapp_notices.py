"""What WhatsApp says about our own account, one sentence for staff each: bans, limits, quality, templates, errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from assistant.errors import Misconfigured, Throttled
from assistant.events import AccountNotice

from . import _graph
from . import _json as js
from ._whatsapp_errors import CODES

# Fields of which nothing is kept, on purpose. The Business app sends its address book and up to six months of old talk
# when a number is first shared with the API: people who never wrote to us, and nothing to answer.
# https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history (2026-11-24)
PRIVATE_FIELDS = frozenset({"history", "smb_app_state_sync"})

Said = tuple[str, str, bool]
"""Kind, sentence, urgent."""

_SAFE = re.compile(r"[A-Za-z0-9_ ,.:/-]{1,64}", re.ASCII)


def read(
    channel: str, account: str, field: str, value: js.Object, at: datetime | None
) -> AccountNotice | None:
    """The notice of a change; None when the field is none of these or lacks what its sentence needs."""
    reader = _FIELDS.get(field)
    said = reader(value) if reader is not None else None
    if said is None:
        return None
    kind, sentence, urgent = said
    return AccountNotice(channel=channel, account=account, kind=kind, sentence=sentence, at=at, urgent=urgent)


def error(channel: str, account: str, item: object) -> AccountNotice:
    """An error of the whole account, told by webhook instead of as an answer. Raises Unreadable."""
    code = js.need(js.ident(item, "code"), "errors.code")
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 10 else -1
    kind = CODES.get(number) or _graph.COMMON.get(number)
    urgent = kind is not None and issubclass(kind, Misconfigured | Throttled)
    means = (
        f": {kind.staff}"
        if kind is not None and urgent
        else "; Meta's list of error codes says what it means."
    )
    sentence = f"WhatsApp reports error {code[:16]} for the account{means}"
    return AccountNotice(channel=channel, account=account, kind="error", sentence=sentence, urgent=urgent)


def _word(value: object, key: str) -> str | None:
    """One of Meta's own words in plain letters. Anything that could be a person's words is left out."""
    found = js.ident(value, key)
    return found.replace("_", " ").lower() if found and _SAFE.fullmatch(found) else None


def _day(value: object, key: str) -> str:
    found = js.moment(value, key)
    return f" until {found:%Y-%m-%d}" if found is not None else ""


# --- the account -----------------------------------------------------------------------------------------

# https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update (2026-11-24)
_EVENTS: dict[str, tuple[str, bool]] = {
    "ACCOUNT_DELETED": (
        "The WhatsApp Business Account was deleted: nothing is sent or received any more.",
        True,
    ),
    "ACCOUNT_OFFBOARDED": ("The number was disconnected from the API by its WhatsApp Business app.", True),
    "ACCOUNT_RECONNECTED": ("The number is connected to the API again.", False),
    "PARTNER_APP_UNINSTALLED": ("An app was removed from the account; if it was ours, messages stop.", True),
    "PARTNER_ADDED": ("The account was shared with a partner.", False),
    "PARTNER_APP_INSTALLED": ("An app was given access to the account.", False),
    "PHONE_NUMBER_ADDED": ("A phone number was added to the account.", False),
    "PHONE_NUMBER_REMOVED": ("A phone number was removed from the account.", True),
    "VERIFIED_ACCOUNT": ("The account was verified.", False),
}
_BANS = {
    "disable": ("WhatsApp disabled the account: nothing is sent or received until Meta lifts it.", True),
    "schedule for disable": (
        "WhatsApp will disable the account unless an appeal in Business Support succeeds.",
        True,
    ),
    "reinstate": ("WhatsApp lifted the ban of the account.", False),
}


def _account_update(value: js.Object) -> Said | None:
    event = js.text(value, "event")
    name = _word(value, "event")
    if event is None or name is None:
        return None
    kind = f"account_update.{event.lower()}"[:64]
    if event == "DISABLED_UPDATE":
        state = _word(js.obj(value, "ban_info"), "waba_ban_state") or "unknown"
        known = _BANS.get(state, (f"WhatsApp changed the ban of the account: {state}.", True))
        return (kind, *known)
    if event == "ACCOUNT_RESTRICTION":
        found = js.items(value, "restriction_info")
        words = [
            word.removeprefix("restricted ") + _day(item, "expiration")
            for item in found
            if (word := _word(item, "restriction_type"))
        ]
        return kind, f"WhatsApp restricts the account: {', '.join(words) or 'it does not say what'}.", True
    if event == "ACCOUNT_VIOLATION":
        what = _word(js.obj(value, "violation_info"), "violation_type") or "not named"
        return kind, f"WhatsApp saw a violation of its policy ({what}); a restriction may follow.", True
    if event == "PARTNER_REMOVED":
        gone = js.obj(value, "disconnection_info")
        if gone:
            why = _word(gone, "reason") or "no reason given"
            return kind, f"The number was disconnected from the API ({why}); connect it again.", True
        return kind, "The account is no longer shared with a partner; if it was ours, messages stop.", True
    if event == "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE":
        status = _word(js.obj(value, "partner_client_certification_info"), "status") or "unknown"
        return kind, f"The business verification through a partner is now: {status}.", False
    known = _EVENTS.get(event, (f"WhatsApp reports for the account: {name}.", False))
    return (kind, *known)


def _account_alert(value: js.Object) -> Said | None:
    info = js.obj(value, "alert_info") or value
    what, severity = _word(info, "alert_type"), _word(info, "alert_severity")
    if what is None:
        return None
    sentence = f"WhatsApp alerts: {what} ({severity or 'no severity'}); Meta Business Suite says what to do."
    return "account_alerts", sentence, severity == "critical"


def _account_review(value: js.Object) -> Said | None:
    decision = _word(value, "decision")
    if decision is None:
        return None
    return "account_review_update", f"Meta's review of the account ended: {decision}.", decision == "rejected"


def _capability(value: js.Object) -> Said | None:
    people = js.ident(value, "max_daily_conversations_per_business") or js.ident(
        value, "max_daily_conversation_per_phone"
    )
    numbers = js.number(value, "max_phone_numbers_per_business") or js.number(
        value, "max_phone_numbers_per_waba"
    )
    words = []
    if people is not None and _SAFE.fullmatch(people):
        limit = people.removeprefix("TIER_").lower()
        words.append("any number of people" if limit in ("-1", "unlimited") else f"{limit} people a day")
    may = f"write first to {words[0]}" if words else ""
    hold = f"hold {numbers:g} phone numbers" if numbers is not None else ""
    both = " and ".join(part for part in (may, hold) if part)
    return ("business_capability_update", f"The account may now {both}.", False) if both else None


# --- numbers ---------------------------------------------------------------------------------------------

_QUALITY = {
    "flagged": (
        "The quality of a number is low: people block or report it, and its limits may be cut.",
        True,
    ),
    "unflagged": ("The quality of a number is good again.", False),
    "downgrade": ("WhatsApp lowered the messaging limit of a number.", True),
    "upgrade": ("WhatsApp raised the messaging limit of a number.", False),
    "onboarding": ("A number is being registered.", False),
    "throughput upgrade": ("A number may now send faster.", False),
}


def _quality(value: js.Object) -> Said | None:
    event = _word(value, "event")
    if event is None:
        return None
    sentence, urgent = _QUALITY.get(event, (f"WhatsApp reports for a number: {event}.", False))
    limit = _word(value, "max_daily_conversations_per_business") or _word(value, "current_limit")
    if limit and limit != "tier not set":
        sentence = f"{sentence[:-1]}; the limit is {limit.removeprefix('tier ')}."
    return "phone_number_quality_update", sentence, urgent


def _number_name(value: js.Object) -> Said | None:
    decision = _word(value, "decision")
    if decision is None:
        return None
    why = _word(value, "rejection_reason")
    because = f" ({why})" if why and why != "none" else ""
    return "phone_number_name_update", f"The display name of a number was {decision}{because}.", False


_SECURITY = {
    "pin changed": ("The two-step PIN of a number was changed.", False),
    "pin reset request": (
        "Somebody asked to turn off the two-step PIN of a number: stop it if it was not you.",
        True,
    ),
    "pin reset success": ("The two-step PIN of a number was turned off: check that it was you.", True),
}


def _security(value: js.Object) -> Said | None:
    event = _word(value, "event")
    if event is None:
        return None
    return ("security", *_SECURITY.get(event, (f"WhatsApp reports for a number's security: {event}.", True)))


# --- templates -------------------------------------------------------------------------------------------


def _template(value: js.Object) -> str | None:
    name = js.ident(value, "message_template_name")
    if name is None or not _SAFE.fullmatch(name):
        return None
    language = js.text(value, "message_template_language")
    return f"The template {name}" + (f" ({language})" if language and _SAFE.fullmatch(language) else "")


def _template_status(value: js.Object) -> Said | None:
    template, event = _template(value), _word(value, "event")
    if template is None or event is None:
        return None
    why = _word(value, "reason")
    because = f" ({why})" if why and why != "none" else ""
    return "message_template_status_update", f"{template} is now: {event}{because}.", False


def _template_quality(value: js.Object) -> Said | None:
    template, score = _template(value), _word(value, "new_quality_score")
    if template is None or score is None:
        return None
    return "message_template_quality_update", f"{template} has quality {score} now.", False


def _template_category(value: js.Object) -> Said | None:
    template, category = _template(value), _word(value, "new_category")
    if template is None or category is None:
        return None
    return "template_category_update", f"{template} counts as {category} now; its price changes.", False


def _template_components(value: js.Object) -> Said | None:
    template = _template(value)
    return (
        None if template is None else ("message_template_components_update", f"{template} was edited.", False)
    )


# https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview (2026-11-24)
_FIELDS: dict[str, Callable[[js.Object], Said | None]] = {
    "account_alerts": _account_alert,
    "account_review_update": _account_review,
    "account_update": _account_update,
    "business_capability_update": _capability,
    "message_template_components_update": _template_components,
    "message_template_quality_update": _template_quality,
    "message_template_status_update": _template_status,
    "phone_number_name_update": _number_name,
    "phone_number_quality_update": _quality,
    "security": _security,
    "template_category_update": _template_category,
}
