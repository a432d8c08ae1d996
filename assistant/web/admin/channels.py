"""The channels as staff see them: last messages, what holds them up, what failed, and a check and a pause by hand."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import orjson
from aiohttp import web

from ... import metrics
from ...channel import Overhears, OwnPage, Polls, Probe, Probes
from ...deliver import OUTBOX_BELL
from ...inbound import STAFF_TOPIC
from ...settings import ChannelSettings, origin, variable
from ...store import accounts, audit, health
from ...store.staff import StaffMember
from ..alerts import alerts
from ..auth import needs
from ..context import WebContext, channel_title, context_of
from ..pages import page
from ..record import actor, on_record
from .conversations import failure

PAGE = "/admin/channels"
CHECK_SECONDS = 20.0
BY_HAND = "Staff paused it."

log = logging.getLogger(__name__)


def routes() -> list[web.RouteDef]:
    return [
        web.get(PAGE, channels),
        web.get(f"{PAGE}/{{channel}}", channel_page),
        web.post(f"{PAGE}/check", check),
        web.post(f"{PAGE}/notices/{{notice}}/seen", seen),
        web.post(f"{PAGE}/{{channel}}/check", check_one),
        web.post(f"{PAGE}/{{channel}}/pause", pause),
        web.post(f"{PAGE}/{{channel}}/resume", resume),
    ]


@needs("viewer")
async def channels(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _shown(request, member, {})


@needs("viewer")
async def channel_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _one(request, member, None)


# --- checks ----------------------------------------------------------------------------------------------


@needs("reviewer")
async def check(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Ask every platform what it can say of our account; nothing is changed there."""
    context = context_of(request)
    names = [name for name, one in context.inbound.channels.items() if isinstance(one, Probes)]
    return await _shown(request, member, await _checked(context, member, names, None))


@needs("reviewer")
async def check_one(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    name = request.match_info["channel"]
    if not isinstance(context.inbound.channels.get(name), Probes):
        raise web.HTTPNotFound
    found = await _checked(context, member, [name], name)
    return await _one(request, member, found[name])


async def _checked(
    context: WebContext, member: StaffMember, names: list[str], target: str | None
) -> dict[str, list[Probe]]:
    asked = [one for name in names if isinstance(one := context.inbound.channels[name], Probes)]
    results = await asyncio.gather(*(_asked(channel, context.settings.public_url) for channel in asked))
    await on_record(context, member, "channels.check", target and f"channel:{target}")
    return dict(zip(names, results, strict=True))


async def _asked(channel: Probes, public_url: str) -> list[Probe]:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await channel.probe(public_url)
    except TimeoutError:
        return [Probe(ok=False, sentence="The platform did not answer in time.")]
    except Exception as error:
        log.exception("a check failed")
        return [
            Probe(ok=False, sentence=f"The check itself failed ({type(error).__name__}); the log says where.")
        ]


@needs("reviewer")
async def seen(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    text = request.match_info["notice"]
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise web.HTTPNotFound
    now = context.clock.now()
    if await context.database.write(health.mark_seen, int(text), now):
        await context.database.write(
            audit.append, now=now, actor=actor(member), action="notice.seen", target=f"notice {text}"
        )
    raise web.HTTPSeeOther(PAGE)


# --- pausing ---------------------------------------------------------------------------------------------


@needs("admin")
async def pause(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Nothing leaves on this channel until staff resume it; what is written meanwhile waits."""
    context = context_of(request)
    name = request.match_info["channel"]
    if name not in context.inbound.channels:
        raise web.HTTPNotFound
    if await context.database.write(accounts.pause_whole, name, BY_HAND, context.clock.now()):
        await _tell(context, member, name, "channel.paused")
    raise web.HTTPSeeOther(f"{PAGE}/{name}")


@needs("reviewer")
async def resume(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """A paused channel sends again at once; when its platform still refuses, it is paused again.

    What an administrator paused by hand only administrators resume.
    """
    context = context_of(request)
    name = request.match_info["channel"]
    by_hand = member.role.value == "admin"
    if await context.database.write(accounts.resume, name, by_hand=by_hand):
        await _tell(context, member, name, "channel.resumed")
        await context.bus.ring(OUTBOX_BELL)
    raise web.HTTPSeeOther(f"{PAGE}/{name}" if name in context.inbound.channels else PAGE)


async def _tell(context: WebContext, member: StaffMember, name: str, action: str) -> None:
    """On record, and on every page that shows it."""
    await on_record(context, member, action, f"channel:{name}"[:128])
    frame = {"kind": "channel", "conversation": 0, "seq": 0}
    await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))


# --- pages -----------------------------------------------------------------------------------------------


async def _shown(
    request: web.Request, member: StaffMember, findings: dict[str, list[Probe]]
) -> web.StreamResponse:
    context = context_of(request)
    now = context.clock.now()
    names = sorted(context.inbound.channels)
    return page(
        "channels.html",
        member=member,
        alerts=await alerts(context),
        rows=await context.database.read(health.channels, names, now),
        notices=await context.database.read(health.notices, now),
        findings=findings,
        absent=context.absent,
        title=lambda name: channel_title(context, name),
    )


async def _one(request: web.Request, member: StaffMember, findings: list[Probe] | None) -> web.StreamResponse:
    context = context_of(request)
    name = request.match_info["channel"]
    channel = context.inbound.channels.get(name)
    public_url = context.settings.public_url
    if channel is None:
        if name not in context.absent:
            raise web.HTTPNotFound
        return page(
            "channel_absent.html",
            member=member,
            absent=context.absent[name],
            webhook=f"{public_url or 'https://…'}/webhooks/{name}",
        )
    now = context.clock.now()
    [row] = await context.database.read(health.channels, [name], now)
    answers = metrics.webhooks_of(name)
    return page(
        "channel.html",
        member=member,
        channel=name,
        row=row,
        alerts=await alerts(context),
        title=channel_title(context, name),
        findings=findings,
        probes=isinstance(channel, Probes),
        arrives=_arrives(channel),
        webhook=f"{public_url}/webhooks/{name}" if public_url else "",
        taken=answers.get("200", 0),
        unsigned=answers.get("403", 0),
        refused=sum(count for status, count in answers.items() if status not in ("200", "403")),
        failures=await context.database.read(health.failures, name, now),
        failure=failure,
        notices=await context.database.read(health.notices, now, name),
        settings=_settings(name, channel) if member.role.value == "admin" else [],
    )


def _arrives(channel: Any) -> str:
    """How messages reach us: by a webhook, by asking, at another channel's webhook, or on our own page."""
    if isinstance(channel, OwnPage):
        return "page"
    if isinstance(channel, Polls) and channel.polling():
        return "poll"
    return "overhears" if isinstance(channel, Overhears) else "webhook"


def _settings(name: str, channel: Any) -> list[dict[str, str]]:
    """The settings of the channel without their values: whether each is set, and where."""
    settings = getattr(channel, "settings", None)
    if not isinstance(settings, ChannelSettings):
        return []
    rows = []
    for one, about in type(settings).model_fields.items():
        value = getattr(settings, one)
        given = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        rows.append(
            {
                "variable": variable(one, name),
                "set": "yes" if given not in (None, "", [], ()) else "",
                "origin": origin(settings, one, name).value,
                "about": about.description or "",
            }
        )
    return rows
