"""What administrators set while it runs, and what the settings file and the environment say."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson
from aiohttp import web
from pydantic import SecretStr

from ...published import PUBLISHED_TOPIC
from ...settings import Settings, origin, variable
from ...store import live_settings, retention, versions
from ...store.live_settings import LiveSettings
from ...store.staff import StaffMember
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..numbers import written
from ..pages import page
from ..record import actor
from ..words import N_, gettext

PAGE: Final = "/admin/settings"
SECRET: Final = {"database_url", "redis_url", "engine_url", "engine_key", "images_url", "images_key"}
"""They hold passwords, or may: that they are set is all that is shown."""
SHOWN: Final = 160  # characters of a value
MOST_CHANNELS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One number that can be set here, between `low` and `high`; empty: the settings file's, unless it `has_value` here."""

    name: str
    words: str
    hint: str
    low: float
    high: float
    whole: bool = True
    has_value: bool = False


FIELDS: Final = (
    Field(
        name="messages_per_minute",
        words=N_("Messages of one person answered per minute"),
        hint=N_("What comes faster gets no answer."),
        low=1,
        high=10_000,
    ),
    Field(
        name="tokens_per_day",
        words=N_("Tokens a day for one person"),
        hint=N_("Then they are told that it is enough for today. 0: no limit."),
        low=0,
        high=10**9,
    ),
    Field(
        name="hand_back_hours",
        words=N_("Hours until a conversation goes back to the model"),
        hint=N_("After the last word of whoever took it over."),
        low=0.1,
        high=24 * 365,
        whole=False,
    ),
    Field(
        name="review_sample_percent",
        words=N_("Share of answers for review, in percent"),
        hint=N_("What is suggested for a new review queue."),
        low=0,
        high=100,
        whole=False,
        has_value=True,
    ),
)
CHOICES: Final = {"": None, "yes": True, "no": False}
DAYS: Final = "days-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of what a save would change; texts as they are shown."""

    words: str
    before: str
    after: str


def routes() -> list[web.RouteDef]:
    return [web.get(PAGE, settings_page), web.post(PAGE, save)]


@needs("admin")
async def settings_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    typed = _typed(
        await context.database.read(live_settings.current), await context.database.read(retention.days)
    )
    return await _shown(context, member, typed, saved="saved" in request.query)


@needs("admin")
async def save(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Show what would change; when exactly this was shown and `sure` says so, change it."""
    context = context_of(request)
    typed = await read_form(request)
    faults: dict[str, str] = {}
    values = _read(typed, faults)
    days = _read_days(context, typed, faults)
    if faults:
        return await _shown(context, member, typed, faults=faults, status=422)
    now_live = await context.database.read(live_settings.current)
    now_days = await context.database.read(retention.days)
    changed_days = {name: kept for name, kept in days.items() if kept != now_days.get(name)}
    changes = _changes(context, now_live, values, now_days, changed_days)
    if not changes or typed.get("sure") != _digest(changes):
        return await _shown(context, member, typed, changes=changes)
    seen = typed.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= 18):
        raise web.HTTPBadRequest
    await context.database.write(
        live_settings.save,
        values,
        expected=int(seen),
        author=actor(member),
        now=context.clock.now(),
        days=changed_days,
    )
    await context.bus.publish(PUBLISHED_TOPIC, orjson.dumps({"kind": live_settings.KIND}))
    raise web.HTTPSeeOther(f"{PAGE}?saved")


async def _shown(
    context: WebContext,
    member: StaffMember,
    typed: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    changes: list[Change] | None = None,
    saved: bool = False,
    status: int = 200,
) -> web.StreamResponse:
    past = await context.database.read(live_settings.changes)
    return page(
        "settings.html",
        status=status,
        member=member,
        typed=typed,
        faults=faults or {},
        changes=changes,
        sure=_digest(changes or []),
        saved=saved,
        fields=FIELDS,
        file=context.settings,
        seen=typed.get("seen") or await context.database.read(live_settings.publication),
        channels=[(name, channel_title(context, name)) for name in _channels(context)],
        longest_days=retention.LONGEST_DAYS,
        past=[
            (
                row,
                [_change(context.settings, name, *pair) for name, pair in row.settings.items()]
                + [_days_change(context, name, *pair) for name, pair in row.days.items()],
            )
            for row in past
        ],
        authors=await context.database.read(versions.authors, [row.author for row in past]),
        fixed=_fixed(context.settings),
    )


def _channels(context: WebContext) -> list[str]:
    return sorted(context.inbound.channels)[:MOST_CHANNELS]


# --- what was typed --------------------------------------------------------------------------------------


def _typed(live: LiveSettings, days: Mapping[str, int]) -> dict[str, str]:
    """What is in force, as the form's fields."""
    values = {
        name: value for name, value in asdict(live).items() if name != "disclosure" and value is not None
    }
    disclosure = next(word for word, meant in CHOICES.items() if meant is live.disclosure)
    return {
        **{name: f"{value:.10g}" for name, value in values.items()},
        "disclosure": disclosure,
        **{DAYS + name: str(kept) for name, kept in days.items()},
    }


def _read(typed: Mapping[str, str], faults: dict[str, str]) -> LiveSettings:
    values: dict[str, Any] = {}
    for one in FIELDS:
        text = typed.get(one.name, "").strip()
        if not text and not one.has_value:
            continue
        number = _number(text, whole=one.whole)
        if number is None or not one.low <= number <= one.high:
            kind = (
                N_("A whole number from {low} to {high}.")
                if one.whole
                else N_("A number from {low} to {high}.")
            )
            faults[one.name] = (
                gettext(kind)
                .replace("{low}", written(f"{one.low:g}"))
                .replace("{high}", written(f"{one.high:,.0f}"))
            )
        else:
            values[one.name] = number
    chosen = typed.get("disclosure", "")
    if chosen not in CHOICES:
        faults["disclosure"] = gettext("Choose one of the three.")
    else:
        values["disclosure"] = CHOICES[chosen]
    return LiveSettings(**values)


def _read_days(
    context: WebContext, typed: Mapping[str, str], faults: dict[str, str]
) -> dict[str, int | None]:
    """By channel; empty: what is said there is kept."""
    found: dict[str, int | None] = {}
    for name in _channels(context):
        text = typed.get(DAYS + name, "").strip()
        number = _number(text, whole=True)
        if text and (number is None or not 1 <= number <= retention.LONGEST_DAYS):
            faults[DAYS + name] = gettext("A whole number from 1 to {n}, or nothing.").replace(
                "{n}", str(retention.LONGEST_DAYS)
            )
        else:
            found[name] = None if number is None else int(number)
    return found


def _number(text: str, *, whole: bool) -> float | int | None:
    if whole:
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


# --- what changes ----------------------------------------------------------------------------------------


def _changes(
    context: WebContext,
    before: LiveSettings,
    after: LiveSettings,
    days: Mapping[str, int],
    changed: Mapping[str, int | None],
) -> list[Change]:
    old, new = asdict(before), asdict(after)
    return [
        _change(context.settings, name, old[name], new[name]) for name in new if old[name] != new[name]
    ] + [_days_change(context, name, days.get(name), kept) for name, kept in changed.items()]


def _digest(changes: list[Change]) -> str:
    """Stands for these changes: what was typed after they were shown is not saved unseen."""
    return hashlib.sha256(repr(changes).encode()).hexdigest()[:16]


def _change(file: Settings, name: str, before: Any, after: Any) -> Change:
    words = next((one.words for one in FIELDS if one.name == name), N_("First answers say that an AI writes"))
    return Change(words=gettext(words), before=_value(file, name, before), after=_value(file, name, after))


def _days_change(context: WebContext, channel: str, before: int | None, after: int | None) -> Change:
    words = gettext("Days that {channel} keeps what was said").replace(
        "{channel}", channel_title(context, channel)
    )
    for_ever = gettext("for ever")
    return Change(
        words=words,
        before=for_ever if before is None else str(before),
        after=for_ever if after is None else str(after),
    )


def _value(file: Settings, name: str, value: Any) -> str:
    if value is None:
        own = _value(file, name, getattr(file, name))
        return gettext("{value} (settings file)").replace("{value}", own)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return f"{value:,.10g}"


# --- what is fixed until the next start ------------------------------------------------------------------


def _fixed(settings: Settings) -> list[dict[str, str]]:
    """Every other setting: its name, value, where it comes from and what it is for. Secrets are set or not set."""
    live = set(LiveSettings.__slots__)
    rows = []
    for name, about in type(settings).model_fields.items():
        if name in live:
            continue
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        if name in SECRET:
            shown = gettext("set") if value else gettext("not set")
        else:
            shown = ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")
        rows.append(
            {
                "name": name,
                "variable": variable(name),
                "value": shown if len(shown) <= SHOWN else shown[:SHOWN] + "…",
                "origin": origin(settings, name).value,
                "about": about.description or "",
            }
        )
    return rows
