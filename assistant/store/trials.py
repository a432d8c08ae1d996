"""Trials: generations that staff ask for and nobody is sent: replays of a reply, drafts, previews of a persona."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, text, update

from ..errors import Overloaded
from ..types import Prompt, Role, Sampling, Slot, SlotKind, ToolCall, ToolSpec, Turn
from . import audit
from .models import trials

TRIALS_BELL = "trials"
KEPT = timedelta(days=7)
WAITS_FOR = timedelta(minutes=10)
"""Whoever asked has long gone on by then: a trial that found no worker till then is not run any more."""
MOST_OPEN = 50
AT_ONCE = 500
"""Trials that one sweep deletes."""
_OPEN = text("state IN ('waiting', 'running')")  # not bound: only then both databases use its index


class TrialKind(StrEnum):
    """REPLAY: a reply once more with other parameters. DRAFT: words for staff to send. PREVIEW: what a persona would say."""

    REPLAY = "replay"
    DRAFT = "draft"
    PREVIEW = "preview"


class TrialState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialUsage:
    """What a trial took. Times are milliseconds from the request to the engine on; `wanted`: tools it asked for, not run."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0
    finish: str | None = None
    model: str | None = None
    first_token_ms: float | None = None
    took_ms: float = 0.0
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One row. `error` is an error's code, or one of LATE and LOST."""

    id: int
    kind: TrialKind
    conversation: int | None
    turn: int | None
    prompt: Prompt
    sampling: Sampling
    state: TrialState
    answer: str | None
    usage: TrialUsage | None
    error: str | None
    staff: int | None
    created_at: datetime
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        return self.state in (TrialState.WAITING, TrialState.RUNNING)


LATE = "trial_late"  # no worker had time for it
LOST = "trial_lost"  # the worker that had it is gone


def ask(
    connection: Connection,
    *,
    kind: TrialKind | str,
    prompt: Prompt,
    sampling: Sampling,
    staff: int | None,
    now: datetime,
    conversation: int | None = None,
    turn: int | None = None,
) -> int:
    """Put a trial in line and on record; returns its id. Ring TRIALS_BELL afterwards.

    Raises Overloaded when MOST_OPEN wait already.
    """
    waiting = connection.execute(select(func.count()).select_from(trials).where(_OPEN)).scalar_one()
    if waiting >= MOST_OPEN:
        raise Overloaded("too many trials wait already")
    made = connection.execute(
        insert(trials)
        .values(
            kind=TrialKind(kind).value,
            conversation=conversation,
            turn=turn,
            prompt=dump_prompt(prompt),
            sampling=dump_sampling(sampling),
            state=TrialState.WAITING.value,
            staff=staff,
            created_at=now,
        )
        .returning(trials.c.id)
    ).scalar_one()
    audit.append(
        connection,
        now=now,
        actor="system" if staff is None else f"staff:{staff}",
        action="trial.asked",
        target=f"trial:{made}",
        detail={"kind": TrialKind(kind).value, "conversation": conversation},
    )
    return int(made)


def claim(connection: Connection, owner: str, now: datetime, lease: timedelta) -> Trial | None:
    """Take the oldest that waits; None when there is none.

    What nobody took in time, and what a worker took and never ended, fails here: it is not run again by itself, for it
    may be what ended that worker, and whoever asked can ask again.
    """
    _end(connection, now, LATE, _waiting() & (trials.c.created_at < now - WAITS_FOR))
    _end(connection, now, LOST, _running() & (trials.c.until < now))
    oldest = (
        select(trials.c.id)
        .where(_OPEN, _waiting())
        .order_by(trials.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (
        connection.execute(
            update(trials)
            .where(trials.c.id.in_(oldest))
            .values(state=TrialState.RUNNING.value, owner=owner, until=now + lease)
            .returning(trials)
        )
        .mappings()
        .first()
    )
    return None if row is None else _trial(row)


def waits(connection: Connection) -> bool:
    """Whether any waits to be run, or to be given up."""
    return connection.execute(select(trials.c.id).where(_OPEN).limit(1)).first() is not None


def finish(
    connection: Connection, trial: int, owner: str, *, answer: str, usage: TrialUsage, now: datetime
) -> bool:
    """Keep what the model said; False when it is no longer this owner's."""
    done = connection.execute(
        _owned(trial, owner).values(
            state=TrialState.DONE.value, answer=answer, usage=dataclasses.asdict(usage), ended_at=now
        )
    )
    return done.rowcount == 1


def fail(connection: Connection, trial: int, owner: str, *, error: str, now: datetime) -> bool:
    """It ended without an answer; `error` is a code, never a text. False when it is no longer this owner's."""
    done = connection.execute(
        _owned(trial, owner).values(state=TrialState.FAILED.value, error=error[:64], ended_at=now)
    )
    return done.rowcount == 1


def release(connection: Connection, trial: int, owner: str) -> bool:
    """Give it back untouched: this worker stops, and another may run it."""
    back = _owned(trial, owner).values(state=TrialState.WAITING.value, owner=None, until=None)
    return connection.execute(back).rowcount == 1


def get(connection: Connection, trial: int) -> Trial | None:
    row = connection.execute(select(trials).where(trials.c.id == trial)).mappings().first()
    return None if row is None else _trial(row)


def of_turn(connection: Connection, conversation: int, turn: int, *, limit: int = 10) -> list[Trial]:
    """The latest replays of one reply, newest first."""
    rows = connection.execute(
        select(trials)
        .where(trials.c.conversation == conversation, trials.c.turn == turn)
        .order_by(trials.c.id.desc())
        .limit(limit)
    ).mappings()
    return [_trial(row) for row in rows]


def sweep(connection: Connection, now: datetime) -> int:
    """Delete what is older than KEPT, AT_ONCE at most; returns how many."""
    first = select(trials.c.id).order_by(trials.c.id).limit(AT_ONCE)
    old = delete(trials).where(trials.c.id.in_(first), trials.c.created_at < now - KEPT)
    return connection.execute(old).rowcount


def _waiting() -> Any:
    return trials.c.state == TrialState.WAITING.value


def _running() -> Any:
    return trials.c.state == TrialState.RUNNING.value


def _owned(trial: int, owner: str) -> Any:
    return update(trials).where(trials.c.id == trial, trials.c.owner == owner, _running())


def _end(connection: Connection, now: datetime, error: str, which: Any) -> None:
    connection.execute(
        update(trials)
        .where(_OPEN, which)
        .values(state=TrialState.FAILED.value, error=error, owner=None, ended_at=now)
    )


def _trial(row: RowMapping) -> Trial:
    usage = row["usage"]
    return Trial(
        id=row["id"],
        kind=TrialKind(row["kind"]),
        conversation=row["conversation"],
        turn=row["turn"],
        prompt=load_prompt(row["prompt"]),
        sampling=load_sampling(row["sampling"]),
        state=TrialState(row["state"]),
        answer=row["answer"],
        usage=TrialUsage(**{**usage, "wanted": tuple(usage["wanted"])}) if usage else None,
        error=row["error"],
        staff=row["staff"],
        created_at=row["created_at"],
        ended_at=row["ended_at"],
    )


# --- prompts and samplings as JSON -------------------------------------------------------------------------


def dump_prompt(prompt: Prompt) -> dict[str, Any]:
    """A prompt by slots and turns, as a turn's trace has it, and with everything the model is told of its tools."""
    return {
        "slots": {slot.kind.value: _clean(slot.text) for slot in prompt.slots if slot.text},
        "tools": [
            {"name": tool.name, "description": tool.description, "schema": dict(tool.schema)}
            for tool in prompt.tools
        ],
        "turns": [
            {
                "role": turn.role.value,
                "text": _clean(turn.text),
                **({"calls": [_call(call) for call in turn.calls]} if turn.calls else {}),
            }
            for turn in prompt.turns
        ],
    }


def load_prompt(stored: Mapping[str, Any], tools: Mapping[str, ToolSpec] | None = None) -> Prompt:
    """The prompt of `dump_prompt`, or of a turn's trace.

    A trace keeps only the names of the tools: those found in `tools` are offered again, the others are not.
    """
    texts = stored.get("slots", {})
    offered = []
    for tool in stored.get("tools", []):
        if isinstance(tool, dict):
            offered.append(
                ToolSpec(name=tool["name"], description=tool["description"], schema=tool["schema"])
            )
        elif tools is not None and tool in tools:
            offered.append(tools[tool])
    return Prompt(
        # Every slot, empty ones too, in the order in which prompts are written.
        slots=tuple(Slot(kind=kind, text=texts.get(kind.value, "")) for kind in SlotKind),
        turns=tuple(
            Turn(
                role=Role(turn["role"]),
                text=turn["text"],
                calls=tuple(ToolCall(**call) for call in turn.get("calls", ())),
            )
            for turn in stored.get("turns", [])
        ),
        tools=tuple(offered),
    )


def dump_sampling(sampling: Sampling) -> dict[str, Any]:
    return dataclasses.asdict(sampling)


def load_sampling(stored: Mapping[str, Any]) -> Sampling:
    """The sampling of `dump_sampling`, or of a turn's trace; what was not stored has its usual value."""
    known = {field.name for field in dataclasses.fields(Sampling)}
    values = {name: value for name, value in stored.items() if name in known}
    return Sampling(**{**values, "stop": tuple(values.get("stop") or ())})


def _call(call: ToolCall) -> dict[str, Any]:
    return {"name": call.name, "arguments": dict(call.arguments), "id": call.id}


def _clean(words: str) -> str:
    """What JSON and PostgreSQL refuse does not keep a trial from running."""
    return words.encode("utf-8", "replace").decode().replace("\x00", "")
