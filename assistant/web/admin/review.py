"""The review queues: how far they are and how reviewers agree; set up, changed, filled and closed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiohttp import web

from ...store import live_settings, review_queues
from ...store.review_queues import Agreement, Queue, Rule, Standing
from ...store.staff import StaffMember, StaffRole
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..pages import page
from ..record import on_record
from ..words import N_, gettext
from . import reviewing, verdicts

PAGE = "/admin/review"
LONGEST_NAME = 64
MOST_REVIEWS = 5
LOOKS = 20
"""How often one press on “look further” looks; each look covers review_queues.SPAN messages."""
DEFAULT_DAYS = 7

SIGNS = {
    "flagged": N_("flagged conversations"),
    "thumbs_down": N_("thumbs down"),
    "failed": N_("failed sends"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueShown:
    """A queue as staff see it. `why`: why there is nothing to begin, None when there is."""

    queue: Queue
    rule: list[str]
    standing: Standing
    agreement: Agreement | None
    why: str | None


def routes() -> list[web.RouteDef]:
    queue = r"/admin/review/{queue:\d{1,18}}"
    return [
        web.get(PAGE, review_page),
        web.post(PAGE, create),
        web.get(queue, one),
        web.post(queue, edit),
        web.post(f"{queue}/fill", fill),
        web.post(f"{queue}/close", close),
        *reviewing.routes(),
        *verdicts.routes(),
    ]


@needs("reviewer")
async def review_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _list(request, member)


@needs("admin")
async def create(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    form = await read_form(request)
    try:
        name, rule, wanted = _read(context, form)
    except ValueError as unfit:
        return await _list(request, member, status=422, fault=str(unfit), form=form)
    now = context.clock.now()
    made = await context.database.write(
        review_queues.create, name=name, rule=rule, reviews_per_item=wanted, by=member.id, now=now
    )
    await _log(context, member, "queue.created", made)
    raise web.HTTPSeeOther(f"{PAGE}/{made}")


@needs("reviewer")
async def one(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _one(request, member)


@needs("admin")
async def edit(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    form = await read_form(request)
    await context.database.read(review_queues.get, number)
    try:
        name, rule, wanted = _read(context, form)
    except ValueError as unfit:
        return await _one(request, member, status=422, fault=str(unfit), form=form)
    await context.database.write(
        review_queues.edit,
        number,
        name=name,
        rule=rule,
        reviews_per_item=wanted,
        now=context.clock.now(),
    )
    await _log(context, member, "queue.edited", number)
    raise web.HTTPSeeOther(f"{PAGE}/{number}")


@needs("reviewer")
async def fill(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Look further now, a good way but not without end; the page says when there is more."""
    context = context_of(request)
    number = _number(request)
    for _ in range(LOOKS):
        if not await context.database.write(review_queues.fill, number, context.clock.now()):
            break
    raise web.HTTPSeeOther(f"{PAGE}/{number}")


@needs("admin")
async def close(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    closed = (await read_form(request)).get("closed", "1") == "1"
    now = context.clock.now()
    if await context.database.write(review_queues.close, number, now, closed=closed):
        await _log(context, member, "queue.closed" if closed else "queue.opened", number)
    raise web.HTTPSeeOther(f"{PAGE}/{number}")


# --- what is shown ---------------------------------------------------------------------------------------


async def _list(
    request: web.Request,
    member: StaffMember,
    *,
    status: int = 200,
    fault: str | None = None,
    form: Mapping[str, str] | None = None,
) -> web.Response:
    context = context_of(request)
    found = await context.database.read(review_queues.queues)
    for queue in found:  # what came since; how much there is to catch up with is no matter of this page
        await context.database.write(review_queues.fill, queue.id, context.clock.now())
    return page(
        "review.html",
        status=status,
        member=member,
        queues=[await queue_shown(context, queue, member) for queue in found],
        closed=await context.database.read(review_queues.queues, closed=True),
        fault=fault,
        form=form
        or _form_of(
            context, None, (await context.database.read(live_settings.current)).review_sample_percent
        ),
        channels=_channels(context),
        most=MOST_REVIEWS,
        may_edit=member.role is StaffRole.ADMIN,
    )


async def _one(
    request: web.Request,
    member: StaffMember,
    *,
    status: int = 200,
    fault: str | None = None,
    form: Mapping[str, str] | None = None,
) -> web.Response:
    context = context_of(request)
    number = _number(request)
    more = await context.database.write(review_queues.fill, number, context.clock.now())
    queue = await context.database.read(review_queues.get, number)
    return page(
        "review_queue.html",
        status=status,
        member=member,
        show=await queue_shown(context, queue, member),
        more=more,
        disputed=await context.database.read(review_queues.disputed, number),
        fault=fault,
        form=form or _form_of(context, queue),
        channels=_channels(context),
        most=MOST_REVIEWS,
        may_edit=member.role is StaffRole.ADMIN,
    )


async def queue_shown(context: WebContext, queue: Queue, member: StaffMember) -> QueueShown:
    standing = await context.database.read(review_queues.standing, queue.id, member.id, context.clock.now())
    return QueueShown(
        queue=queue,
        rule=_in_words(context, queue.rule),
        standing=standing,
        agreement=await context.database.read(review_queues.agreement, queue.id),
        why=None if standing.free else reviewing.why_empty(standing),
    )


def _in_words(context: WebContext, rule: Rule) -> list[str]:
    signs = [gettext(words) for name, words in SIGNS.items() if getattr(rule, name)]
    share = f"{rule.percent:g}"
    if rule.percent:
        of = gettext("{percent} %% of the rest") if signs else gettext("{percent} %% of all answers")
        signs.append(of.replace("%%", "%").replace("{percent}", share))
    if rule.channel:
        signs.append(gettext("only {channel}").replace("{channel}", channel_title(context, rule.channel)))
    if rule.persona_version is not None:
        signs.append(gettext("only persona version {n}").replace("{n}", str(rule.persona_version)))
    if rule.since:
        signs.append(gettext("from {date}").replace("{date}", rule.since.date().isoformat()))
    if rule.until:
        last = (rule.until - timedelta(days=1)).date().isoformat()
        signs.append(gettext("until {date}").replace("{date}", last))
    return signs


def _channels(context: WebContext) -> list[tuple[str, str]]:
    return [(name, channel_title(context, name)) for name in sorted(context.inbound.channels)]


# --- the form of a queue ---------------------------------------------------------------------------------


def _form_of(context: WebContext, queue: Queue | None, percent: float = 0.0) -> dict[str, str]:
    """A queue as the fields of its form; without one, what is suggested for a new one, `percent` among it."""
    if queue is None:
        since = (context.clock.now() - timedelta(days=DEFAULT_DAYS)).date().isoformat()
        signs = dict.fromkeys(SIGNS, "on")
        return {
            **signs,
            "percent": f"{percent:g}",
            "wanted": "1",
            "since": since,
            "seed": context.clock.new_id()[:8],
        }
    rule = queue.rule
    form = {name: "on" for name in SIGNS if getattr(rule, name)}
    version = rule.persona_version
    last = rule.until - timedelta(days=1) if rule.until else None
    return form | {
        "name": queue.name,
        "percent": f"{rule.percent:g}",
        "wanted": str(queue.reviews_per_item),
        "seed": rule.seed,
        "channel": rule.channel or "",
        "persona_version": "" if version is None else str(version),
        "since": rule.since.date().isoformat() if rule.since else "",
        "until": last.date().isoformat() if last else "",
    }


def _read(context: WebContext, form: Mapping[str, str]) -> tuple[str, Rule, int]:
    """Name, rule and verdicts per item. Raises ValueError with the sentence for who filled the form in."""
    name = verdicts.plain(form.get("name", "")).strip()
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(gettext("Give the queue a name of at most 64 characters."))
    wanted = form.get("wanted", "1")
    if wanted not in {str(number) for number in range(1, MOST_REVIEWS + 1)}:
        raise ValueError(gettext("Between one and five people can judge an answer."))
    channel = form.get("channel", "")
    if channel and channel not in context.inbound.channels:
        raise ValueError(gettext("There is no such channel."))
    until = _date(form, "until")
    rule = Rule(
        flagged="flagged" in form,
        thumbs_down="thumbs_down" in form,
        failed="failed" in form,
        percent=_percent(form),
        seed=verdicts.plain(form.get("seed", "")).strip()[:32],
        channel=channel or None,
        persona_version=_version(form),
        since=_date(form, "since"),
        until=until + timedelta(days=1) if until else None,
    )
    if not (rule.flagged or rule.thumbs_down or rule.failed or rule.percent):
        raise ValueError(
            gettext("A queue without any sign and with 0 %% of the rest stays empty.").replace("%%", "%")
        )
    return name, rule, int(wanted)


def _percent(form: Mapping[str, str]) -> float:
    try:
        percent = float(form.get("percent") or "0")
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise ValueError(gettext("The share of the rest is a number from 0 to 100."))
    return percent


def _version(form: Mapping[str, str]) -> int | None:
    text = form.get("persona_version", "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < 9):
        raise ValueError(gettext("A persona version is a whole number."))
    return int(text) if text else None


def _date(form: Mapping[str, str], name: str) -> datetime | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(gettext("A date reads like 2026-01-31.")) from None


async def _log(context: WebContext, member: StaffMember, action: str, queue: int) -> None:
    await on_record(context, member, action, f"queue:{queue}")


def _number(request: web.Request) -> int:
    return int(request.match_info["queue"])
