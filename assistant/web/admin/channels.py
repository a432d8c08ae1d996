"""The channels as staff see them: last messages, what holds them up, notices of platforms, and a check on demand."""

from __future__ import annotations

import asyncio
import logging

import orjson
from aiohttp import web

from ...channel import Probe, Probes
from ...deliver import OUTBOX_BELL
from ...inbound import STAFF_TOPIC
from ...store import accounts, audit, health
from ...store.staff import StaffMember
from ..alerts import alerts
from ..auth import needs
from ..context import channel_title, context_of
from ..pages import page
from ..signin import actor

CHECK_SECONDS = 20.0

log = logging.getLogger(__name__)


def routes() -> list[web.RouteDef]:
    return [
        web.get("/admin/channels", channels),
        web.post("/admin/channels/check", check),
        web.post("/admin/channels/notices/{notice}/seen", seen),
        web.post("/admin/channels/{channel}/resume", resume),
    ]


@needs("viewer")
async def channels(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _shown(request, member, {})


@needs("reviewer")
async def check(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Ask every platform what it can say of our account; nothing is changed there."""
    context = context_of(request)
    asked = {
        name: channel for name, channel in context.inbound.channels.items() if isinstance(channel, Probes)
    }
    results = await asyncio.gather(
        *(_asked(channel, context.settings.public_url) for channel in asked.values())
    )
    now = context.clock.now()
    await context.database.write(
        audit.append, now=now, actor=actor(member), action="channels.check", target=None
    )
    return await _shown(request, member, dict(zip(asked, results, strict=True)))


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
    raise web.HTTPSeeOther("/admin/channels")


@needs("reviewer")
async def resume(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """A paused channel sends again at once; when its platform still refuses, it is paused again."""
    context = context_of(request)
    channel = request.match_info["channel"]
    if await context.database.write(accounts.resume, channel):
        now = context.clock.now()
        await context.database.write(
            audit.append, now=now, actor=actor(member), action="channel.resumed", target=channel[:128]
        )
        await context.bus.ring(OUTBOX_BELL)
        frame = {"kind": "channel", "conversation": 0, "seq": 0}
        await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))
    raise web.HTTPSeeOther("/admin/channels")


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
        title=lambda name: channel_title(context, name),
    )
