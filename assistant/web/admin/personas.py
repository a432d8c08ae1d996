"""Versions of the system prompt: drafts, what changed, trying them, publishing and going back."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from aiohttp import web

from ...published import PUBLISHED_TOPIC, resolved
from ...store import personas, trials, versions
from ...store.personas import Content, Judged, Place
from ...store.staff import StaffMember
from ...store.trials import TRIALS_BELL, Trial, TrialKind
from ...store.versions import Version
from ...types import Prompt, Role, Sampling, Slot, SlotKind, Turn
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..difference import words
from ..pages import fragment, in_place, page
from ..record import actor
from ..words import gettext

PAGE: Final = "/admin/personas"
LONGEST: Final = 8000  # characters of a persona, and of its rules
LONGEST_INPUT: Final = 1000
FORM_BYTES: Final = 256 * 1024
NAME, COMMENT = 64, 200
HOTTEST: Final = 2.0
MOST_TOKENS: Final = 32_768
EVERYWHERE: Final = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a draft's form holds, as it was typed, and what is wrong with it by field."""

    name: str = ""
    persona: str = ""
    safety: str = ""
    temperature: str = ""
    max_tokens: str = ""
    own_tools: bool = False
    tools: tuple[str, ...] = ()
    comment: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The title that was typed for an offer, a new one without `offer`, and why it could not be taken."""

    offer: int | None = None
    title: str = ""
    fault: str = ""


def routes() -> list[web.RouteDef]:
    version = PAGE + r"/{id:\d{1,18}}"
    return [
        web.get(PAGE, personas_page),
        web.post(PAGE, save),
        web.get(f"{PAGE}/new", new),
        web.post(f"{PAGE}/publish", publish),
        web.post(f"{PAGE}/rollback", roll_back),
        web.post(f"{PAGE}/inputs", save_inputs),
        web.get(version, one),
        web.get(f"{version}/tries", tries),
        web.post(f"{version}/try", try_out),
    ]


# --- pages -----------------------------------------------------------------------------------------------


@needs("viewer")
async def personas_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await overview(request, member)


async def overview(
    request: web.Request, member: StaffMember, typed: Typed | None = None, *, status: int = 200
) -> web.Response:
    """What is in force and what is offered, and every version; with what was typed when it could not be taken."""
    context = context_of(request)
    rows = await context.database.read(versions.newest, personas.KIND, before=_id(request, "before"))
    places = await context.database.read(personas.places, sorted(context.inbound.channels))
    offers = await context.database.read(personas.offered)
    named = await context.database.read(versions.some, [one.version for one in offers])
    newest = await context.database.read(versions.newest, personas.KIND)
    return page(
        "personas.html",
        status=status,
        member=member,
        rows=rows,
        full=versions.PAGE,
        places=places,
        live=_live(places),
        judged={
            version: _share(found)
            for version, found in (await context.database.read(personas.judged)).items()
        },
        counted=personas.JUDGED,
        authors=await context.database.read(versions.authors, [row.author for row in rows]),
        title=lambda name: channel_title(context, name),
        offers=offers,
        named=named,
        offerable=[row for row in newest if row.published_at],
        typed=typed or Typed(),
        longest_title=personas.LONGEST_TITLE,
    )


@needs("viewer")
async def one(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """One version beside another; version 0 is the settings file's."""
    context = context_of(request)
    shown = await _version(context, int(request.match_info["id"]))
    against = await _against(context, shown, _id(request, "against"))
    values: dict[str, Any] = {
        "member": member,
        "version": shown,
        "against": against,
        "sections": await asyncio.to_thread(_compared, _content(context, against), _content(context, shown)),
        "choices": await context.database.read(versions.newest, personas.KIND),
    }
    if in_place(request):
        return fragment("persona.html", "difference", **values)
    places = await context.database.read(personas.places, sorted(context.inbound.channels))
    found = (await context.database.read(personas.judged)).get(shown.id)
    return page(
        "persona.html",
        **values,
        content=_content(context, shown),
        places=places,
        live=_live(places).get(shown.id, []),
        judged=_share(found) if found else None,
        inputs=await context.database.read(personas.inputs),
        most_inputs=personas.MOST_INPUTS,
        longest_input=LONGEST_INPUT,
        tried=await _tried(context, request.query.get("tries", "")),
        asked=request.query.get("tries", ""),
        authors=await context.database.read(versions.authors, [shown.author]),
        title=lambda name: channel_title(context, name),
        everywhere=EVERYWHERE,
    )


@needs("reviewer")
async def new(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """A draft begins as a copy of another version, or of what is in force."""
    context = context_of(request)
    origin = _id(request, "from")
    if origin is None:
        [everywhere] = await context.database.read(personas.places, [])
        origin = everywhere.version.id if everywhere.version is not None else personas.FROM_FILE
    version = await _version(context, origin)
    content = _content(context, version)
    form = Form(
        name=version.name or "",
        persona=content.persona,
        safety="" if content.safety is None else content.safety,
        temperature="" if content.temperature is None else f"{content.temperature:g}",
        max_tokens="" if content.max_tokens is None else str(content.max_tokens),
        own_tools=content.tools is not None,
        tools=tuple(context.settings.tools) if content.tools is None else content.tools,
    )
    return _edit(context, member, form)


def _edit(context: WebContext, member: StaffMember, form: Form, status: int = 200) -> web.Response:
    return page(
        "persona_new.html",
        status=status,
        member=member,
        form=form,
        tools=context.settings.tools,
        file=context.settings,
        longest=LONGEST,
        name_length=NAME,
        comment_length=COMMENT,
        hottest=HOTTEST,
        most_tokens=MOST_TOKENS,
    )


# --- acts ------------------------------------------------------------------------------------------------


@needs("reviewer")
async def save(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Write a new version. It answers nobody before it is published."""
    context = context_of(request)
    given = await read_form(request, FORM_BYTES)
    form, content = _read(given, context.settings.tools)
    if content is None:
        return _edit(context, member, form, 422)
    made = await context.database.write(
        personas.draft,
        form.name,
        content,
        comment=form.comment,
        author=actor(member),
        now=context.clock.now(),
    )
    raise web.HTTPSeeOther(f"{PAGE}/{made}")


@needs("admin")
async def publish(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """`place` is the publication that was seen there, a colon, and the channel; nothing after it: all without their own."""
    context = context_of(request)
    given = await read_form(request)
    expected, channel = _place(context, given)
    who: dict[str, Any] = {"author": actor(member), "now": context.clock.now(), "expected": expected}
    version = given.get("version", "")
    if not _is_number(version):
        raise web.HTTPBadRequest
    if int(version) == personas.FROM_FILE:
        channel = None if channel == EVERYWHERE else channel
        await context.database.write(personas.from_file, channel=channel, **who)
    elif channel == EVERYWHERE:
        names = sorted(context.inbound.channels)
        await context.database.write(personas.publish, int(version), channel=None, everywhere=names, **who)
    else:
        await context.database.write(personas.publish, int(version), channel=channel, **who)
    await context.bus.publish(PUBLISHED_TOPIC, orjson.dumps({"kind": personas.KIND}))
    raise web.HTTPSeeOther(PAGE)


@needs("admin")
async def roll_back(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    expected, channel = _place(context, await read_form(request))
    if channel == EVERYWHERE:
        raise web.HTTPBadRequest
    await context.database.write(
        personas.roll_back,
        channel=channel,
        expected=expected,
        author=actor(member),
        now=context.clock.now(),
    )
    await context.bus.publish(PUBLISHED_TOPIC, orjson.dumps({"kind": personas.KIND}))
    raise web.HTTPSeeOther(PAGE)


@needs("reviewer")
async def save_inputs(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """What versions are tried with; the fields are called input1, input2 and so on."""
    context = context_of(request)
    given = await read_form(request, FORM_BYTES)
    texts = [_text(given, f"input{number}") for number in range(1, personas.MOST_INPUTS + 1)]
    if any(len(text) > LONGEST_INPUT for text in texts):
        raise web.HTTPBadRequest
    await context.database.write(
        personas.save_inputs,
        [text for text in texts if text],
        author=actor(member),
        now=context.clock.now(),
    )
    back = given.get("version", "")
    raise web.HTTPSeeOther(f"{PAGE}/{int(back)}#try" if _is_number(back) else PAGE)


@needs("reviewer")
async def try_out(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Let this version answer every saved input; nobody is sent anything."""
    context = context_of(request)
    version = await _version(context, int(request.match_info["id"]))
    persona = resolved(version.id, _content(context, version), context.settings)
    usual = Sampling().temperature
    sampling = Sampling(
        max_tokens=persona.max_tokens,
        temperature=usual if persona.temperature is None else persona.temperature,
        top_p=context.settings.top_p,
    )
    texts = {SlotKind.PERSONA: persona.text, SlotKind.SAFETY: persona.safety}
    asked = []
    for text in await context.database.read(personas.inputs):
        made = await context.database.write(
            trials.ask,
            kind=TrialKind.PREVIEW,
            prompt=Prompt(
                slots=tuple(Slot(kind=kind, text=texts.get(kind, "")) for kind in SlotKind),
                turns=(Turn(role=Role.USER, text=text),),
            ),
            sampling=sampling,
            staff=member.id,
            now=context.clock.now(),
        )
        asked.append(str(made))
        await context.bus.ring(TRIALS_BELL)
    raise web.HTTPSeeOther(f"{PAGE}/{version.id}?tries={','.join(asked)}#try")


@needs("viewer")
async def tries(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """The answers of a try as far as they are there; asked for again while some are missing."""
    context = context_of(request)
    asked = request.query.get("of", "")
    version = int(request.match_info["id"])
    if not in_place(request):
        raise web.HTTPSeeOther(f"{PAGE}/{version}?tries={_only_ids(asked)}#try")
    return fragment(
        "persona.html",
        "tries",
        version=await _version(context, version),
        tried=await _tried(context, asked),
        asked=asked,
    )


# --- what they share -------------------------------------------------------------------------------------


async def _version(context: WebContext, number: int) -> Version:
    """Raises NotFound."""
    if number != personas.FROM_FILE:
        return await context.database.read(versions.get, personas.KIND, number)
    return Version(
        id=personas.FROM_FILE,
        kind=personas.KIND,
        name=None,
        number=0,
        content={},
        comment=None,
        author="",
        created_at=context.clock.now(),
        published_at=None,
    )


async def _against(context: WebContext, shown: Version, wanted: int | None) -> Version:
    """The version to compare with: the one asked for, else the one before, else the settings file's."""
    if wanted is None and shown.id != personas.FROM_FILE:
        earlier = await context.database.read(versions.before, shown)
        wanted = earlier.id if earlier is not None else None
    return await _version(context, wanted or personas.FROM_FILE)


def _content(context: WebContext, version: Version) -> Content:
    return Content.load(version.content) or Content(persona=context.settings.persona)


def _compared(before: Content, after: Content) -> dict[str, Any]:
    """The words of both texts in pieces, and the other choices that differ."""
    pairs = {
        "temperature": (before.temperature, after.temperature),
        "max_tokens": (before.max_tokens, after.max_tokens),
        "tools": (_names(before.tools), _names(after.tools)),
    }
    return {
        "persona": words(before.persona, after.persona),
        "safety": words(before.safety or "", after.safety or ""),
        "choices": {name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
        "same": before == after,
    }


def _names(tools: tuple[str, ...] | None) -> str | None:
    return None if tools is None else ", ".join(sorted(tools))


def _live(places: list[Place]) -> dict[int, list[str | None]]:
    """By version, the places where it was published and is in force; None stands for everywhere else."""
    found: dict[int, list[str | None]] = {}
    for place in places:
        if place.own and place.version is not None:
            found.setdefault(place.version.id, []).append(place.channel)
    return found


def _share(judged: Judged) -> tuple[int, int, int, int]:
    """Good answers in percent, the ends of the 95 % interval (Wilson), and of how many verdicts."""
    count = judged.good + judged.bad
    share, z = judged.good / count, 1.96
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    low, high = ((middle - spread) / scale, (middle + spread) / scale)
    return round(100 * share), round(100 * max(0.0, low)), round(100 * min(1.0, high)), count


async def _tried(context: WebContext, asked: str) -> list[Trial]:
    """These previews; what is no preview, or gone, is left out."""
    numbers = [int(one) for one in _only_ids(asked).split(",") if one]
    found = [await context.database.read(trials.get, number) for number in numbers]
    return [trial for trial in found if trial is not None and trial.kind is TrialKind.PREVIEW]


def _only_ids(asked: str) -> str:
    return ",".join([one for one in asked.split(",") if _is_number(one)][: personas.MOST_INPUTS])


def _place(context: WebContext, given: Mapping[str, str]) -> tuple[int, str | None]:
    seen, colon, channel = given.get("place", "").partition(":")
    known = channel in ("", EVERYWHERE) or channel in context.inbound.channels
    if not (colon and known and _is_number(seen)):
        raise web.HTTPBadRequest
    return int(seen), channel or None


def _read(given: Mapping[str, str], known: list[str]) -> tuple[Form, Content | None]:
    """The form as it was typed; and what it means, None when something is wrong."""
    form = Form(
        name=" ".join(given.get("name", "").split()),
        persona=_text(given, "persona"),
        safety=_text(given, "safety"),
        temperature=given.get("temperature", "").strip(),
        max_tokens=given.get("max_tokens", "").strip(),
        own_tools=given.get("own_tools") == "on",
        tools=tuple(name for name in known if given.get(f"tool-{name}") == "on"),
        comment=given.get("comment", "").strip()[:COMMENT],
    )
    faults = {}
    if not form.name or len(form.name) > NAME:
        faults["name"] = gettext("Give it a name of at most {n} characters.").replace("{n}", str(NAME))
    if not form.persona or len(form.persona) > LONGEST:
        faults["persona"] = gettext("Write between 1 and {n} characters.").replace("{n}", str(LONGEST))
    if len(form.safety) > LONGEST:
        faults["safety"] = gettext("Write at most {n} characters.").replace("{n}", str(LONGEST))
    temperature = _real(form.temperature.replace(",", "."))
    if form.temperature and (temperature is None or not 0 <= temperature <= HOTTEST):
        faults["temperature"] = gettext("A number between 0 and {n}, or nothing.").replace(
            "{n}", f"{HOTTEST:g}"
        )
    max_tokens = int(form.max_tokens) if _is_number(form.max_tokens) else None
    if form.max_tokens and not (max_tokens and max_tokens <= MOST_TOKENS):
        faults["max_tokens"] = gettext("A whole number between 1 and {n}, or nothing.").replace(
            "{n}", str(MOST_TOKENS)
        )
    if faults:
        return Form(
            **{name: getattr(form, name) for name in Form.__slots__ if name != "faults"}, faults=faults
        ), None
    return form, Content(
        persona=form.persona,
        safety=form.safety or None,
        temperature=temperature,
        max_tokens=max_tokens,
        tools=form.tools if form.own_tools else None,
    )


def _text(given: Mapping[str, str], name: str) -> str:
    """Without what JSON and PostgreSQL refuse."""
    return given.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()


def _real(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _id(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    return int(text) if _is_number(text) else None
