"""The trace of one reply: where its time went, what the model was told, the way to the person; and the reply tried anew."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import orjson
from aiohttp import web

from ...store import parts, traces, trials
from ...store.staff import StaffMember
from ...store.traces import Attempt, Trace
from ...store.trials import TRIALS_BELL, Trial, TrialKind
from ...tools import builtin
from ...types import Prompt, Sampling, SlotKind
from ..auth import needs
from ..body import read_form
from ..context import channel_title, context_of
from ..pages import fragment, in_place, page
from ..record import on_record
from ..waterfall import milliseconds, rate, waterfall
from ..words import N_, gettext

PAGE = "/admin/traces"
READ_ONCE_PER = timedelta(minutes=10)
MOST_TOKENS = 4096
SPECIAL = re.compile(r"(<\|[^|<>\s]{1,40}\|>|</?tool_call>|\[/?INST\])")
"""What looks like a control token of a model, in a text that is content."""

TABS = {
    "timeline": N_("Timeline"),
    "prompt": N_("Prompt"),
    "tools": N_("Tools"),
    "platform": N_("Platform"),
    "replay": N_("Try again"),
}
WORDS_NEEDED = ("prompt", "tools", "replay")
"""Tabs that show what people and the model wrote: reviewers and administrators read them."""
SLOTS = {
    SlotKind.PERSONA: N_("Persona"),
    SlotKind.SAFETY: N_("Safety"),
    SlotKind.TOOLS: N_("Tools"),
    SlotKind.HINT: N_("Hint of the channel"),
    SlotKind.NOTE: N_("Note"),
    SlotKind.SUMMARY: N_("Summary of what is no longer told"),
}
ROLES = {"user": N_("Person"), "assistant": N_("Assistant"), "tool": N_("Tool")}
FINISHES = {
    "stop": N_("the model came to its end"),
    "tool": N_("it asked for a tool"),
    "length": N_("it reached the most tokens"),
    "cancelled": N_("it was stopped"),
    "blocked": N_("it was blocked"),
    "error": N_("an error"),
}
TROUBLES = {
    trials.LATE: N_("No worker had time for it. Is a model running?"),
    trials.LOST: N_("The worker that had it is gone. Try it again."),
    "deadline": N_("It took too long."),
    "overloaded": N_("The model is busy. Try it again later."),
    "context_too_long": N_("The prompt does not fit into this model's context."),
    "engine_dead": N_("The model's process stopped. Try it again."),
}


def routes() -> list[web.RouteDef]:
    one = rf"{PAGE}/{{id:\d{{1,18}}}}"
    return [
        web.get(PAGE, recent),
        web.get(one, trace_page),
        web.post(f"{one}/replay", replay),
        web.get(rf"{one}/trials/{{trial:\d{{1,18}}}}", trial_part),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A slot or a turn of the prompt; `pieces` are its text, those that look like control tokens marked."""

    title: str
    role: str
    pieces: list[tuple[str, bool]]
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One exchange as the page shows it; `curl` repeats it from a shell."""

    part: int
    number: int
    attempt: Attempt
    request: str
    response: str
    curl: str


@needs("viewer")
async def recent(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    before = request.query.get("before", "")
    number = int(before) if re.fullmatch(r"\d{1,18}", before) else None
    rows = await context.database.read(traces.recent, before=number)
    return page(
        "traces.html",
        member=member,
        rows=rows,
        title=lambda name: channel_title(context, name),
        finish=_finish,
        seconds=lambda value: milliseconds(None if value is None else value * 1000),
        older=rows[-1].turn if len(rows) == traces.PAGE else None,
        newest=number is None,
    )


@needs("viewer")
async def trace_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    tab = request.query.get("part", "timeline")
    if tab not in TABS:
        raise web.HTTPNotFound
    may = member.role.value != "viewer"
    if tab in WORDS_NEEDED and not may:
        raise web.HTTPForbidden
    found = await _found(request, words=may)
    await on_record(
        context,
        member,
        "trace.words_read" if tab in WORDS_NEEDED else "trace.read",
        f"message:{found.reply.id}",
        once_per=READ_ONCE_PER,
    )
    return await _show(request, member, found, tab)


@needs("reviewer")
async def replay(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Let the model answer once more with other parameters; nobody is sent anything."""
    context = context_of(request)
    found = await _found(request, words=True)
    turn = found.turn
    if turn is None or turn.prompt is None:
        raise web.HTTPNotFound
    form = await read_form(request)
    sampling, faults = _wanted(form, trials.load_sampling(turn.sampling or {}))
    if faults:
        return await _show(request, member, found, "replay", form=form, faults=faults, status=422)
    made = await context.database.write(
        trials.ask,
        kind=TrialKind.REPLAY,
        prompt=_prompt(turn.prompt),
        sampling=sampling,
        staff=member.id,
        now=context.clock.now(),
        conversation=found.reply.conversation,
        turn=turn.id,
    )
    await context.bus.ring(TRIALS_BELL)
    if in_place(request):
        return await _show(request, member, found, "replay", form=form)
    raise web.HTTPSeeOther(f"{PAGE}/{found.reply.id}?part=replay#trial-{made}")


@needs("reviewer")
async def trial_part(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """One trial beside its original; a page that waits for it asks again."""
    context = context_of(request)
    found = await _found(request, words=False)
    trial = await context.database.read(trials.get, int(request.match_info["trial"]))
    if (
        trial is None
        or found.turn is None
        or (trial.conversation, trial.turn) != (found.reply.conversation, found.turn.id)
    ):
        raise web.HTTPNotFound
    if not in_place(request):
        raise web.HTTPSeeOther(f"{PAGE}/{found.reply.id}?part=replay#trial-{trial.id}")
    return fragment("trace_trial.html", "trial", trial=trial, reply=found.reply, **_words_of_trials())


# --- from rows to what is shown --------------------------------------------------------------------------


async def _found(request: web.Request, *, words: bool) -> Trace:
    number = int(request.match_info["id"])
    found: Trace | None = await context_of(request).database.read(traces.find, number, words=words)
    if found is None:
        raise web.HTTPNotFound
    return found


async def _show(
    request: web.Request,
    member: StaffMember,
    found: Trace,
    tab: str,
    *,
    form: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> web.StreamResponse:
    context = context_of(request)
    turn = found.turn
    tried: list[Trial] = []
    if tab == "replay" and turn is not None:
        tried = await context.database.read(trials.of_turn, found.reply.conversation, turn.id)
    values: dict[str, Any] = {
        "member": member,
        "trace": found,
        "reply": found.reply,
        "turn": turn,
        "tab": tab,
        "tabs": {
            name: words
            for name, words in TABS.items()
            if name not in WORDS_NEEDED or member.role.value != "viewer"
        },
        "may": member.role.value != "viewer",
        "title": channel_title(context, found.reply.channel),
        "finish": _finish,
        "fall": waterfall(found),
        "answer": parts.plain_text(parts.load(found.reply.text)) if found.reply.text else "",
        "speed": None if turn is None else rate(turn.completion_tokens, turn.first_token_at, turn.ended_at),
        "trials": tried,
        "form": form or _form(trials.load_sampling((turn.sampling if turn else None) or {})),
        "faults": faults or {},
        "most_tokens": MOST_TOKENS,
        **_told(tab, found),
        **_words_of_trials(),
    }
    if in_place(request):
        return fragment("trace.html", "trace", status=status, **values)
    return page("trace.html", status=status, **values)


def _told(tab: str, found: Trace) -> dict[str, Any]:
    """What only one of the tabs shows."""
    told: dict[str, Any] = {"passages": [], "plain": "", "exchanges": [], "steps": []}
    turn = found.turn
    if tab == "prompt" and turn is not None and turn.prompt is not None:
        told["passages"] = _passages(turn.prompt)
        told["plain"] = "\n\n".join(
            f"[{one.title}]\n{''.join(text for text, _ in one.pieces)}" for one in told["passages"]
        )
    if tab == "platform":
        told["exchanges"] = [
            Shown(
                part=sent.part + 1,
                number=number,
                attempt=attempt,
                request=_pretty(attempt.request),
                response=_pretty(attempt.response),
                curl=curl(attempt) if attempt.url else "",
            )
            for sent in found.sent
            for number, attempt in enumerate(sent.attempts, 1)
        ]
    if tab == "tools":
        told["steps"] = [
            (step, step.input if isinstance(step.input, str) else _json(step.input)) for step in found.steps
        ]
    return told


def _words_of_trials() -> dict[str, Any]:
    def trouble(code: str | None) -> str:
        return gettext(TROUBLES.get(code or "", N_("The model could not answer.")))

    return {"trouble": trouble, "ms": milliseconds, "finish": _finish}


def _passages(prompt: dict[str, Any]) -> list[Passage]:
    found = []
    for kind in SlotKind:
        if text := prompt.get("slots", {}).get(kind.value, ""):
            found.append(_passage(gettext(SLOTS[kind]), "slot", text))
    for turn in prompt.get("turns", []):
        title = gettext(ROLES.get(turn["role"], turn["role"]))
        found.append(_passage(title, turn["role"], turn["text"]))
    return found


def _passage(title: str, role: str, text: str) -> Passage:
    # The pattern has one group: what it matched stands at every odd place.
    pieces = [(piece, at % 2 == 1) for at, piece in enumerate(SPECIAL.split(text)) if piece]
    return Passage(title=title, role=role, pieces=pieces, characters=len(text))


def _prompt(stored: dict[str, Any]) -> Prompt:
    """The prompt of a trace as it may be asked again: with those of its tools that are still there."""
    return trials.load_prompt(stored, {name: tool.spec for name, tool in builtin().items()})


def _finish(code: str | None) -> str:
    return gettext(FINISHES[code]) if code in FINISHES else code or gettext("not recorded")


def _json(value: Any) -> str:
    return "" if value is None else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _pretty(body: str) -> str:
    """A body with its JSON indented; as it is where it is none, or was cut when it was kept."""
    try:
        return _json(orjson.loads(body))
    except orjson.JSONDecodeError:
        return body


def curl(attempt: Attempt) -> str:
    """The exchange as a shell command. What was masked when it was kept is a variable of the shell there."""
    lines = [f"curl -X {attempt.method} {_quoted(attempt.url)}"]
    if "[secret]" not in attempt.url and "[token]" not in attempt.url:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if attempt.request:
        if attempt.request.lstrip().startswith(("{", "[")):
            lines.append("-H 'Content-Type: application/json'")
        lines.append(f"--data {_quoted(attempt.request)}")
    return " \\\n  ".join(lines)


def _quoted(text: str) -> str:
    """In double quotes, where a shell changes nothing but our variables."""
    quoted = re.sub(r'([\\"$`])', r"\\\1", text)
    return '"' + quoted.replace("[secret]", "$TOKEN").replace("[token]", "$BOT_TOKEN") + '"'


# --- the parameters of a trial ---------------------------------------------------------------------------


def _form(sampling: Sampling) -> dict[str, str]:
    return {
        "temperature": f"{sampling.temperature:g}",
        "top_p": f"{sampling.top_p:g}",
        "max_tokens": str(sampling.max_tokens),
    }


def _wanted(form: dict[str, str], was: Sampling) -> tuple[Sampling, dict[str, str]]:
    """The sampling that the form asks for, and a sentence for each field that says nothing usable."""
    faults: dict[str, str] = {}

    def number(name: str, kind: Callable[[str], Any], low: float, high: float, otherwise: Any) -> Any:
        try:
            value = kind(form.get(name, "").strip().replace(",", "."))
        except ValueError:
            value = math.nan
        if low <= value <= high:
            return value
        sentence = gettext("Between {low} and {high}.")
        faults[name] = sentence.replace("{low}", f"{low:g}").replace("{high}", f"{high:g}")
        return otherwise

    sampling = replace(
        was,
        temperature=number("temperature", float, 0, 2, was.temperature),
        top_p=number("top_p", float, 0.05, 1, was.top_p),
        max_tokens=number("max_tokens", int, 1, MOST_TOKENS, was.max_tokens),
    )
    return sampling, faults
