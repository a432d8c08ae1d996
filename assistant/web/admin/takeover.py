"""Taking a conversation over, writing into it as staff, and handing it back: the composer below a transcript."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson
from aiohttp import web

from ... import commands
from ...deliver import OUTBOX_BELL, calm, pieces
from ...errors import Conflict, Overloaded, TooLarge, WindowClosed
from ...inbound import INBOUND_TOPIC, STAFF_TOPIC
from ...media import TYPES, NotHad, known_by_content, safe_name
from ...presence import show_typing
from ...split import measure
from ...store import canned, live_settings, takeover, trials
from ...store.canned import Canned
from ...store.database import together
from ...store.files import Files
from ...store.media import Kept, Trouble
from ...store.queue import Reply
from ...store.staff import StaffMember
from ...store.takeover import State
from ...store.troubles import By
from ...types import Author, Capabilities, Media, MediaKind, Mode, Part, Rate, Template, Text
from ..auth import needs
from ..body import read_form, read_upload
from ..context import WebContext, channel_title, context_of
from ..drafts import NothingToAnswer, material_of
from ..pages import fragment, in_place, page
from ..record import actor
from ..words import N_, gettext
from .media import WHY

ACKNOWLEDGE_SECONDS: Final = 3.0
"""So long a takeover waits for what the model was sending when it came; a platform that hangs is not waited for longer."""
LONGEST: Final = 4000  # characters of a reply
SOON: Final = timedelta(minutes=5)
NOTE: Final = 1000
FORM: Final = 4 * LONGEST * 3 + 4096  # bytes of a form: percent signs make three of each
NOT_TAKEN = N_(
    "The model or a colleague answers here now. What you wrote is kept below; take the conversation over to send it."
)
FASTER = N_("A colleague was faster and answers here now.")
NOT_YOURS = N_("This conversation is not yours any more.")
NOT_SENDABLE = N_("Nothing may be sent to this person: they blocked us, or asked us not to write any more.")
CLOSED = N_(
    "The platform's reply window is closed: free text is refused there until the person writes again."
)
EMPTY = N_("Write something first.")
TOO_LONG = N_("That is longer than {n} characters. Shorten it, or send it in two messages.")
NO_TEMPLATE = N_("A template needs its name and language as the platform knows them, and what it says.")
NO_TEMPLATES = N_("This channel has no templates.")
NO_FILE = N_("Choose a file first.")
NOT_SENT = N_("The file was not sent: {why}.")
WAITED = N_("Nothing of the person's waits for an answer, so there is nothing to draft.")
BUSY = N_("The model has too much to do for drafts right now. Try again in a moment.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that composer.html shows. `who`: bot, asked (a person is wanted and nobody came), mine, theirs, platform (staff on
    its own app), paused, silent (nothing may be sent), gone (the channel is not configured here).

    `accept`: the endings of files that may be sent, "" when the channel takes none; `largest`: their most bytes.
    `closed`: the reply window is; `soon`: it goes back to the model within SOON. `text`: what was typed and not sent.
    """

    state: State
    who: str
    may: bool
    channel: str
    now: datetime
    windowed: bool
    closed: bool
    templates: bool
    soon: bool
    canned: list[Canned]
    hours: float
    accept: str = ""
    largest: int = 0
    longest: int = LONGEST
    text: str = ""
    fault: str = ""
    draft: trials.Trial | None = None

    @property
    def number(self) -> int:
        return self.state.conversation

    @property
    def mark(self) -> str:
        """Another one means that the composer looks different now."""
        state = self.state
        return f"{self.who} {state.taken_by or 0} {self.closed:d} {state.leaving:d}"

    def left(self, until: datetime) -> str:
        """How long until then, for who has no JavaScript to count."""
        minutes = max(0, int((until - self.now).total_seconds() // 60))
        return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"

    @property
    def texts(self) -> list[dict[str, str]]:
        """What takeover.js offers when somebody writes a slash."""
        name = self.state.name
        return [{"word": one.shortcut, "text": canned.filled(one.text, name)} for one in self.canned]


def routes() -> list[web.RouteDef]:
    here = r"/admin/inbox/{id:\d{1,18}}"
    return [
        web.get(f"{here}/composer", composer_page),
        web.post(f"{here}/take", take),
        web.post(f"{here}/reply", reply),
        web.post(f"{here}/file", send_file),
        web.post(f"{here}/typing", typing),
        web.post(f"{here}/hand-back", hand_back),
        web.post(f"{here}/keep", keep),
        web.post(f"{here}/draft", draft),
        web.get(here + r"/draft/{trial:\d{1,18}}", draft_page),
    ]


async def composer(
    context: WebContext, member: StaffMember, number: int, read: Sequence[Any] | None = None
) -> Desk:
    """What composer.html needs, as `desk`. `read`: what `desk_reads` found just now, for it must say who has the
    conversation at this moment. Raises NotFound."""
    if read is None:
        read = await context.database.read(together, *desk_reads(context, number))
    state, hours = read
    found = context.inbound.channels.get(state.channel)
    caps: Capabilities | None = getattr(found, "caps", None)
    now = context.clock.now()
    windowed = caps is not None and caps.reply_window is not None
    who = "gone" if found is None else _who(state, member)
    mine = who == "mine"
    until = state.hand_back_at
    return Desk(
        state=state,
        who=who,
        may=member.role.value != "viewer",
        channel=channel_title(context, state.channel),
        now=now,
        windowed=windowed,
        closed=windowed and state.window_until is not None and state.window_until <= now,
        templates=caps is not None and caps.templates,
        soon=until is not None and until - now <= SOON,
        canned=canned.for_language(await context.database.read(canned.every), state.language) if mine else [],
        hours=hours,
        accept=_accepted(caps) if mine and caps is not None else "",
        largest=int(context.settings.media_max_mb * 1e6),
    )


def desk_reads(context: WebContext, number: int) -> tuple[Callable[..., Any], ...]:
    """What `composer` needs read, for `together`."""
    hours = context.settings.hand_back_hours
    return (
        partial(takeover.state, conversation=number),
        partial(live_settings.hand_back_hours, otherwise=hours),
    )


def _accepted(caps: Capabilities) -> str:
    """For the file dialog: what the channel takes, by the endings of names."""
    endings = [ending for kind, names in TYPES.values() if _as_sent(kind, caps) for ending in names]
    return ",".join(dict.fromkeys(endings))


async def _hours(context: WebContext) -> float:
    """After so many hours without a word of theirs a conversation goes back to the model."""
    return await context.database.read(live_settings.hand_back_hours, context.settings.hand_back_hours)


def _who(state: State, member: StaffMember) -> str:
    match state.mode:
        case Mode.BOT | Mode.PAUSED:
            return state.mode.value
        case Mode.HUMAN if state.taken_by is None:
            return "asked" if state.hand_back_at is None else "platform"
        case Mode.HUMAN:
            return "mine" if state.taken_by == member.id else "theirs"
    return "silent"


async def take_over(context: WebContext, number: int, by: By, instead_of: int | None = None) -> bool:
    """Take it, end the model's turn, and wait until nothing of the model's is on its way any more; False when a platform
    keeps us waiting for longer than ACKNOWLEDGE_SECONDS. Raises Conflict, NotFound."""
    after = timedelta(hours=await _hours(context))
    seq = await context.database.write(takeover.take, number, by, after, instead_of=instead_of)
    await context.bus.publish(
        INBOUND_TOPIC, orjson.dumps([number])
    )  # whoever answers looks whether it is still theirs
    calmed = await calm(context.database, number, ACKNOWLEDGE_SECONDS)
    await _tell(context, number, seq)
    return calmed


# --- what staff do ---------------------------------------------------------------------------------------


@needs("viewer")
async def composer_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _shown(request, member)


@needs("reviewer")
async def take(request: web.Request, member: StaffMember) -> web.StreamResponse:
    form = await read_form(request)
    given = form.get("instead_of", "")
    instead_of = int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None
    context = context_of(request)
    try:
        await take_over(context, _number(request), _by(context, member), instead_of)
    except Conflict:
        now = await context.database.read(takeover.state, _number(request))
        fault = FASTER if now.mode is Mode.HUMAN else NOT_SENDABLE
        return await _shown(request, member, status=409, fault=fault)
    if "tell" in form:
        desk = await composer(context, member, _number(request))
        with suppress(Conflict, WindowClosed):  # the composer says so
            await _say(
                context, desk, _by(context, member), commands.TAKEN_OVER.in_language(desk.state.language)
            )
    return await _done(request, member)


@needs("reviewer")
async def reply(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Staff's words, the canned reply that they name, or a template."""
    context, number = context_of(request), _number(request)
    form = await read_form(request, FORM)
    desk = await composer(context, member, number)
    words = form.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    words = canned.written_out(words, desk.canned, desk.state.language, desk.state.name)
    if desk.who == "gone":
        raise web.HTTPNotFound
    if not words or len(words) > LONGEST:
        fault = gettext(TOO_LONG).replace("{n}", str(LONGEST)) if words else gettext(EMPTY)
        return await _shown(request, member, status=422, fault=fault, text=words)
    template = None
    if "template" in form:
        if not desk.templates:
            return await _shown(request, member, status=409, fault=NO_TEMPLATES, text=words)
        template = _template(form, words)
        if template is None:
            return await _shown(request, member, status=422, fault=NO_TEMPLATE, text=words)
    try:
        await _say(context, desk, _by(context, member), words, template)
    except WindowClosed:
        return await _shown(request, member, status=409, fault=CLOSED, text=words)
    except Conflict:
        return await _shown(request, member, status=409, fault=NOT_TAKEN, text=words)
    return await _done(request, member)


async def _say(context: WebContext, desk: Desk, by: By, words: str, template: Template | None = None) -> None:
    """Put words of staff's, or a template that says them, into the outbox. Raises Conflict, WindowClosed."""
    if desk.who == "gone":
        raise Conflict("the channel is not configured here")
    caps = context.inbound.channels[desk.state.channel].caps
    parts: list[Part] = [template] if template is not None else [*pieces(words, caps)]
    said = Reply(
        author=Author.STAFF,
        whole=(template or Text(text=words),),
        pieces=tuple((context.clock.new_id(), part) for part in parts),
    )
    after = timedelta(hours=await _hours(context))
    seq = await context.database.write(takeover.reply, desk.number, by, said, after, windowed=desk.windowed)
    await context.bus.ring(OUTBOX_BELL)
    await _tell(context, desk.number, seq, kind="message")


@needs("reviewer")
async def send_file(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """A file of staff's, with words below it where the channel has captions, else before it."""
    context, number = context_of(request), _number(request)
    desk = await composer(context, member, number)
    files = Files(context.settings.data)
    made, thumb = files.fresh(), files.fresh()
    words = ""
    try:
        await asyncio.to_thread(files.prepare)
        form, name = await read_upload(request, desk.largest, made)
        words = form.get("caption", "").replace("\r\n", "\n").strip()
        if name is None or len(words) > LONGEST:
            fault = NO_FILE if name is None else gettext(TOO_LONG).replace("{n}", str(LONGEST))
            return await _shown(request, member, status=422, fault=fault, text=words)
        seq = await _send_file(context, desk, _by(context, member), (files, made, thumb), name, words)
    except (NotHad, TooLarge, OSError) as error:
        trouble = error.trouble if isinstance(error, NotHad) else Trouble.FAILED
        trouble = Trouble.TOO_LARGE if isinstance(error, TooLarge) else trouble
        fault = gettext(NOT_SENT).replace("{why}", gettext(WHY[trouble]))
        return await _shown(request, member, status=422, fault=fault, text=words)
    except WindowClosed:
        return await _shown(request, member, status=409, fault=CLOSED, text=words)
    except Conflict:
        return await _shown(request, member, status=409, fault=NOT_TAKEN, text=words)
    finally:
        for path in (made, thumb):
            await asyncio.to_thread(path.unlink, missing_ok=True)
    await context.bus.ring(OUTBOX_BELL)
    await _tell(context, number, seq, kind="message")
    return await _done(request, member)


async def _send_file(
    context: WebContext, desk: Desk, by: By, where: tuple[Files, Path, Path], name: str, words: str
) -> int:
    """Keep what came, and put it into the outbox; its seq. `where`: the folder, the file in it, room for a small picture.

    Raises NotHad, Conflict, WindowClosed.
    """
    if desk.who != "mine":
        raise Conflict("this conversation is not theirs")
    caps, (files, made, thumb) = context.inbound.channels[desk.state.channel].caps, where
    what = await known_by_content(files, made, thumb, Media(kind=MediaKind.IMAGE, ref="", name=name))
    kind = _as_sent(what.kind, caps)
    if kind is None:
        raise NotHad(Trouble.WRONG_TYPE)
    small = thumb if what.width else None
    await asyncio.to_thread(files.place, what.sha256, made, small)
    shown = replace(what, kind=kind)
    seq = await context.database.write(
        takeover.send_file,
        desk.number,
        by,
        what,
        partial(_with_file, context, caps, shown, safe_name(name, what.mime, 1), words),
        timedelta(hours=await _hours(context)),
        name=name,
        expires_at=by.at + timedelta(days=context.settings.media_days),
        windowed=desk.windowed,
    )
    await asyncio.to_thread(files.place, what.sha256, made, small)  # see media.Fetcher.sweep
    return seq


@needs("reviewer")
async def typing(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Whoever has the conversation is writing: the person sees it, as often as the channel shows it."""
    context, number = context_of(request), _number(request)
    found = await context.database.read(takeover.writing_to, number, member.id)
    channel = context.inbound.channels.get(found[0].channel) if found is not None else None
    if found is None or channel is None or channel.caps.typing_every is None:
        return web.Response(status=204)
    once = Rate(count=1, per=channel.caps.typing_every, burst=1)
    if await context.bus.bucket(f"typing:{number}", once) <= 0:
        show_typing(channel, *found)
    return web.Response(status=204)


@needs("reviewer")
async def hand_back(request: web.Request, member: StaffMember) -> web.StreamResponse:
    note = (await read_form(request)).get("note", "").replace("\r\n", "\n").replace("\x00", "").strip()
    return await _act(request, member, "", takeover.hand_back, note=note[:NOTE])


@needs("reviewer")
async def keep(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The time of the takeover begins anew."""
    typed = (await read_form(request, FORM)).get("text", "")
    after = timedelta(hours=await _hours(context_of(request)))
    return await _act(request, member, typed, takeover.keep, after)


@needs("reviewer")
async def draft(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Let the model write what staff might answer; it goes nowhere but into the composer."""
    context, number = context_of(request), _number(request)
    text = (await read_form(request, FORM)).get("text", "")
    desk = await composer(context, member, number)
    if desk.who != "mine":
        return await _shown(request, member, status=409, fault=NOT_TAKEN, text=text)
    try:
        prompt, sampling = await material_of(context, number)
        trial = await context.database.write(
            trials.ask,
            kind=trials.TrialKind.DRAFT,
            prompt=prompt,
            sampling=sampling,
            staff=member.id,
            now=context.clock.now(),
            conversation=number,
        )
    except NothingToAnswer:
        return await _shown(request, member, status=409, fault=WAITED, text=text)
    except Overloaded:
        return await _shown(request, member, status=503, fault=BUSY, text=text)
    await context.bus.ring(trials.TRIALS_BELL)
    if not in_place(request):
        raise web.HTTPSeeOther(f"/admin/inbox/{number}/draft/{trial}")
    found = await context.database.read(trials.get, trial)
    return fragment("composer.html", "draft", desk=replace(desk, draft=found))


@needs("reviewer")
async def draft_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The draft as far as it is; in place it comes again every second until it is there."""
    context, number = context_of(request), _number(request)
    found = await context.database.read(trials.get, int(request.match_info["trial"]))
    if found is None or found.conversation != number or found.staff != member.id:
        raise web.HTTPNotFound
    desk = replace(await composer(context, member, number), draft=found)
    if in_place(request):
        return fragment("composer.html", "draft", desk=desk)
    return page("desk.html", member=member, desk=replace(desk, text=found.answer or ""))


# --- what they share -------------------------------------------------------------------------------------


async def _act(
    request: web.Request,
    member: StaffMember,
    typed: str,
    act: Callable[..., int],
    *values: Any,
    **more: Any,
) -> web.StreamResponse:
    context, number = context_of(request), _number(request)
    try:
        seq = await context.database.write(act, number, _by(context, member), *values, **more)
    except Conflict:
        return await _shown(request, member, status=409, fault=NOT_YOURS, text=typed)
    await _tell(context, number, seq)
    return await _done(request, member, typed)


async def _done(request: web.Request, member: StaffMember, typed: str = "") -> web.StreamResponse:
    if in_place(request):
        return await _shown(request, member, text=typed)
    raise web.HTTPSeeOther(f"/admin/inbox/{_number(request)}#composer")


async def _shown(
    request: web.Request, member: StaffMember, *, status: int = 200, fault: str = "", text: str = ""
) -> web.StreamResponse:
    """The composer as it is now; with what was typed, for nobody likes to write it twice."""
    context = context_of(request)
    desk = await composer(context, member, _number(request))
    desk = replace(desk, fault=gettext(fault) if fault else "", text=text)
    if in_place(request):
        answer = fragment("composer.html", "composer", status=status, desk=desk)
        # Whatever the form wanted to replace, a draft for example: what came is the whole composer.
        answer.headers.update({"HX-Retarget": "#composer", "HX-Reswap": "outerHTML"})
        return answer
    return page("desk.html", status=status, member=member, desk=desk)


async def _tell(context: WebContext, number: int, seq: int, kind: str = "mode") -> None:
    frame = {"kind": kind, "conversation": number, "seq": seq}
    await context.bus.publish(STAFF_TOPIC, orjson.dumps(frame))


def _as_sent(kind: MediaKind, caps: Capabilities) -> MediaKind | None:
    """What a file goes as on this channel: as what it is, else as a document; None when it takes neither."""
    return next((one for one in (kind, MediaKind.DOCUMENT) if one in caps.media_out), None)


def _with_file(context: WebContext, caps: Capabilities, what: Kept, name: str, words: str, ref: str) -> Reply:
    below = bool(words) and measure(words, caps.text_unit) <= caps.caption_limit
    file = Media(
        kind=what.kind,
        ref=ref,
        mime=what.mime,
        bytes=what.bytes,
        name=name,
        caption=words if below else None,
    )
    before: tuple[Part, ...] = (Text(text=words),) if words and not below else ()
    parts: list[Part] = [*(pieces(words, caps) if before else ()), file]
    return Reply(
        author=Author.STAFF,
        whole=(*before, file),
        pieces=tuple((context.clock.new_id(), part) for part in parts),
    )


def _template(form: dict[str, str], words: str) -> Template | None:
    name, language = form["template"].strip(), form.get("language", "").strip()
    values = tuple(line.strip() for line in form.get("values", "").splitlines() if line.strip())
    if not name or not language or len(name) > 512 or len(language) > 16:
        return None
    return Template(name=name, language=language, text=words, values=values)


def _by(context: WebContext, member: StaffMember) -> By:
    return By(staff=member.id, actor=actor(member), at=context.clock.now())


def _number(request: web.Request) -> int:
    return int(request.match_info["id"])
