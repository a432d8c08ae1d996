"""Exports of judged answers: which answers a file holds, how a line of it reads, and the record of every file made.

The order is that of the messages' ids and nothing in a line tells when it was written: the same filter over the same data
gives the same bytes. People who were erased or opted out are in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Select, and_, insert, or_, select, update

from ..errors import NotFound
from ..types import Author, Direction, Mode, Role
from . import branches, reviews
from .models import (
    conversations,
    dataset_items,
    exports,
    messages,
    staff,
    steps,
    turns,
)
from .models import reviews as given_table
from .scrub import scrub

BATCH = 200
HISTORY = 20
"""Messages before an answer that stand for its prompt where that is gone."""
SHOWN = 50


class Kind(StrEnum):
    """SFT: conversations with the answer as it should be. DPO: a better and a worse answer. EVAL: questions with what is
    expected. RAW: everything that is known of an answer."""

    SFT = "sft"
    DPO = "dpo"
    EVAL = "eval"
    RAW = "raw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which answers: those of a data set, or all that staff judged. Empty: no bound. `scrub`: numbers and addresses go."""

    dataset: int | None = None
    split: str | None = None
    channel: str | None = None
    persona_version: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    scrub: bool = True

    def stored(self) -> dict[str, Any]:
        values = asdict(self)
        return values | {
            name: values[name].isoformat() if values[name] else None for name in ("since", "until")
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer's line of the file, or why it has none. `after` continues after it."""

    after: int
    conversation: int
    text: bytes | None
    skipped: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that was made. `manifest`: filter, counts, versions, sha256, bytes; `state`: made, failed or erased."""

    id: int
    kind: str
    manifest: dict[str, Any]
    file: str | None
    state: str
    by: str | None
    created_at: datetime


# --- lines -----------------------------------------------------------------------------------------------


def lines(
    connection: Connection, kind: Kind, wanted: Filter, *, after: int = 0, limit: int = BATCH
) -> list[Line]:
    """The next lines in the order of the messages; an empty list is the end."""
    rows = connection.execute(_answers(wanted, after).order_by(messages.c.id).limit(limit)).mappings().all()
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    verdicts = _verdicts(connection, ids)
    silent = _opted_out(connection, [row["person"] for row in rows])
    tainted = _taken_back(connection, rows)
    tools = (
        _tools(connection, [row["turn"] for row in rows if row["turn"] is not None])
        if kind is Kind.RAW
        else {}
    )
    found = []
    for row in rows:
        given = verdicts.get(row["id"], [])
        value: dict[str, Any] | str
        if row["person"] in silent:
            value = "opted_out"
        else:
            asked = _asked(connection, row, row["id"] in tainted)
            value = _line(kind, row, asked, given, tools.get(row["turn"], [])) if asked else "no_question"
        skipped = value if isinstance(value, str) else None
        if not isinstance(value, str) and wanted.scrub:
            value = _scrubbed(value)
        found.append(
            Line(
                after=row["id"],
                conversation=row["conversation"],
                text=None if skipped else orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE),
                skipped=skipped,
            )
        )
    return found


def _answers(wanted: Filter, after: int) -> Select[Any]:
    query = (
        select(
            messages.c.id,
            messages.c.conversation,
            messages.c.seq,
            messages.c.after_seq,
            messages.c.parts,
            messages.c.channel,
            messages.c.turn,
            conversations.c.person,
            turns.c.prompt,
            turns.c.persona_version,
            turns.c.model,
            turns.c.sampling,
            turns.c.finish,
            turns.c.prompt_tokens,
            turns.c.completion_tokens,
        )
        .join(conversations, conversations.c.id == messages.c.conversation)
        .outerjoin(turns, turns.c.id == messages.c.turn)
        .where(
            messages.c.id > after,
            messages.c.direction == Direction.OUT.value,
            messages.c.author == Author.ASSISTANT.value,
            messages.c.deleted_at.is_(None),
            conversations.c.temporary.is_(False),
        )
    )
    if wanted.dataset is not None:
        query = query.join(dataset_items, dataset_items.c.message == messages.c.id).where(
            dataset_items.c.dataset == wanted.dataset
        )
        if wanted.split:
            query = query.where(dataset_items.c.split == wanted.split)
    else:
        judged = select(given_table.c.message).where(
            given_table.c.message > after,
            given_table.c.staff.is_not(None),
            given_table.c.replaced_at.is_(None),
            given_table.c.whole.is_(False),
        )
        query = query.where(messages.c.id.in_(judged))
    if wanted.channel:
        query = query.where(messages.c.channel == wanted.channel)
    if wanted.persona_version is not None:
        query = query.where(turns.c.persona_version == wanted.persona_version)
    if wanted.since:
        query = query.where(messages.c.received_at >= wanted.since)
    if wanted.until:
        query = query.where(messages.c.received_at < wanted.until)
    return query


def _line(
    kind: Kind,
    row: Any,
    asked: list[dict[str, str]],
    given: Sequence[Any],
    tools: list[str],
) -> dict[str, Any] | str:
    """The line, or the reason why this kind of file has none for the answer."""
    answer = reviews.words_of(row["parts"])
    verdict = reviews.final(given)
    correction = _correction(given)
    good = verdict == reviews.Verdict.GOOD
    if kind is Kind.RAW:
        return {
            "message": row["id"],
            "conversation": row["conversation"],
            "channel": row["channel"],
            "messages": asked,
            "answer": answer,
            "correction": correction,
            "verdict": verdict,
            "reviews": [_shown(one) for one in given],
            "trace": {
                "model": row["model"],
                "persona_version": row["persona_version"],
                "sampling": row["sampling"],
                "finish": row["finish"],
                "prompt_tokens": row["prompt_tokens"],
                "completion_tokens": row["completion_tokens"],
                "tools": tools,
            },
        }
    if verdict == "disputed" and correction is None:
        return "disputed"
    if kind is Kind.DPO:
        if correction is None:
            return "no_correction"
        return {"prompt": asked, "chosen": _assistant(correction), "rejected": _assistant(answer)}
    expected = correction if correction is not None else answer if good else None
    if expected is None:
        return "not_good" if given else "not_judged"
    if kind is Kind.SFT:
        return {"messages": [*asked, *_assistant(expected)]}
    labels = [verdict] if verdict else []
    reasons = {reason for one in given for reason in (one.reasons or ())}
    return {
        "input": asked,
        "expected": expected,
        "labels": [*labels, *(reason for reason in reviews.REASONS if reason in reasons)],
        "meta": {
            "message": row["id"],
            "conversation": row["conversation"],
            "channel": row["channel"],
            "persona_version": row["persona_version"],
            "model": row["model"],
        },
    }


def _assistant(text: str) -> list[dict[str, str]]:
    return [{"role": Role.ASSISTANT.value, "content": text}]


def _shown(one: Any) -> dict[str, Any]:
    """A verdict without its author: what counts is what was said."""
    return {
        "source": one.source,
        "verdict": one.verdict,
        "reasons": list(one.reasons or ()),
        "comment": one.comment or one.reason,
        "correction": one.correction,
        "whole": one.whole,
    }


def _correction(given: Sequence[Any]) -> str | None:
    """The newest correction; one that ended a disagreement stands above the others."""
    corrected = [one for one in given if one.correction is not None and not one.whole]
    if not corrected:
        return None
    best = max(corrected, key=lambda one: (one.source == reviews.Source.RESOLUTION, one.id))
    return str(best.correction)


def _verdicts(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    query = (
        select(given_table)
        .where(given_table.c.message.in_(ids), given_table.c.replaced_at.is_(None))
        .order_by(given_table.c.id)
    )
    for row in connection.execute(query):
        found.setdefault(row.message, []).append(row)
    return found


def _opted_out(connection: Connection, persons: Sequence[int]) -> set[int]:
    """Those among the people who asked for silence, in whichever conversation."""
    query = select(conversations.c.person).where(
        conversations.c.person.in_(set(persons)), conversations.c.mode == Mode.OPTED_OUT.value
    )
    return set(connection.execute(query).scalars())


def _taken_back(connection: Connection, rows: Sequence[Any]) -> set[int]:
    """Answers whose stored prompt may hold words that were deleted or changed by then or since."""
    changed = (
        select(messages.c.conversation, messages.c.seq)
        .where(
            messages.c.conversation.in_({row["conversation"] for row in rows}),
            or_(messages.c.deleted_at.is_not(None), messages.c.edited_at.is_not(None)),
        )
        .order_by(messages.c.seq.desc())
    )
    # of each conversation the first one, for it comes last
    gone = {conversation: seq for conversation, seq in connection.execute(changed)}  # noqa: C416
    return {row["id"] for row in rows if gone.get(row["conversation"], row["seq"]) < row["seq"]}


def _tools(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = select(steps.c.turn, steps.c.name).where(steps.c.turn.in_(numbers), steps.c.name.is_not(None))
    for turn, name in connection.execute(query.order_by(steps.c.turn, steps.c.ord, steps.c.id)):
        found.setdefault(turn, []).append(name)
    return found


def _asked(connection: Connection, row: Any, taken_back: bool) -> list[dict[str, str]]:
    """The messages the answer was made from: the prompt as it was, else what was said before; empty when there is none."""
    prompt = row["prompt"]
    if prompt and not taken_back and prompt.get("turns"):
        system = "\n\n".join(text for text in prompt.get("slots", {}).values() if text)
        first = [{"role": "system", "content": system}] if system else []
        return first + [{"role": turn["role"], "content": turn["text"]} for turn in prompt["turns"]]
    earlier = or_(
        messages.c.after_seq < row["after_seq"],
        and_(messages.c.after_seq == row["after_seq"], messages.c.seq < row["seq"]),
    )
    before = connection.execute(
        select(messages.c.author, messages.c.parts, messages.c.after_seq, messages.c.seq)
        .where(
            messages.c.conversation == row["conversation"],
            messages.c.seq < row["seq"],
            messages.c.direction != Direction.INTERNAL.value,
            messages.c.deleted_at.is_(None),
            earlier,
            branches.on_trail(connection, row["conversation"], row["seq"], HISTORY),
        )
        .order_by(messages.c.seq.desc())
        .limit(HISTORY)
    ).all()
    said: list[dict[str, str]] = []
    for one in sorted(before, key=lambda one: (one.after_seq, one.seq)):
        text = reviews.words_of(one.parts)
        role = Role.USER if one.author == Author.PERSON else Role.ASSISTANT
        if text and said and said[-1]["role"] == role:
            said[-1]["content"] += f"\n{text}"
        elif text:
            said.append({"role": role.value, "content": text})
    return said


def _scrubbed(value: Any) -> Any:
    match value:
        case str():
            return scrub(value)
        case Mapping():
            return {name: _scrubbed(inner) for name, inner in value.items()}
        case list():
            return [_scrubbed(inner) for inner in value]
    return value


# --- the record ------------------------------------------------------------------------------------------


def record(
    connection: Connection,
    *,
    kind: Kind,
    wanted: Filter,
    manifest: dict[str, Any],
    members: Sequence[int],
    file: str,
    by: int,
    now: datetime,
) -> int | None:
    """Write down that a file was made; `members` are the conversations in it. None, and nothing written, when one of them
    was erased or opted out in the meantime: the file must go.

    Whoever erases one of them from here on finds this row: the conversations are held until it is there.
    """
    if not _still_here(connection, members):
        return None
    made = connection.execute(
        insert(exports)
        .values(
            kind=kind.value,
            filter=wanted.stored(),
            manifest=manifest | {"conversations": sorted(members)},
            file=file,
            state="made",
            staff=by,
            created_at=now,
        )
        .returning(exports.c.id)
    )
    return int(made.scalar_one())


def _still_here(connection: Connection, members: Sequence[int]) -> bool:
    for some in _slices(sorted(members)):
        rows = connection.execute(
            select(conversations.c.id, conversations.c.mode)
            .where(conversations.c.id.in_(some))
            .order_by(conversations.c.id)
            .with_for_update(read=True)
        ).all()
        if len(rows) < len(some) or any(row.mode == Mode.OPTED_OUT for row in rows):
            return False
    return True


def _slices(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]


_EXPORT = select(exports, staff.c.name.label("by")).outerjoin(staff, staff.c.id == exports.c.staff)
_OURS = exports.c.kind.in_([kind.value for kind in Kind])


def newest(connection: Connection, *, before: int | None = None, limit: int = SHOWN) -> list[Export]:
    """The files made of judged answers, the latest first."""
    query = _EXPORT.where(_OURS)
    if before is not None:
        query = query.where(exports.c.id < before)
    rows = connection.execute(query.order_by(exports.c.id.desc()).limit(limit)).mappings()
    return [_export(row) for row in rows]


def get(connection: Connection, number: int) -> Export:
    """Raises NotFound."""
    row = connection.execute(_EXPORT.where(_OURS, exports.c.id == number)).mappings().first()
    if row is None:
        raise NotFound("no such export")
    return _export(row)


def _export(row: Any) -> Export:
    manifest = {name: value for name, value in (row["manifest"] or {}).items() if name != "conversations"}
    same = ("id", "kind", "file", "state", "by", "created_at")
    return Export(**{name: row[name] for name in same}, manifest=manifest)


# --- erasure ---------------------------------------------------------------------------------------------


def drop_of(connection: Connection, members: Sequence[int]) -> list[str]:
    """Mark every file that holds one of these conversations as erased; returns the names of the files to delete.

    Call it in the transaction that deletes the conversations and after they are deleted: a file that is recorded at that
    moment is either seen here or sees that they are gone. Delete the files (export_files.delete) before the commit.
    """
    gone = set(members)
    rows = connection.execute(
        select(exports.c.id, exports.c.manifest, exports.c.file).where(exports.c.file.is_not(None))
    ).all()
    found = [row for row in rows if gone & set((row.manifest or {}).get("conversations", ()))]
    for row in found:
        kept = {
            name: [one for one in value if one not in gone] if name == "conversations" else value
            for name, value in row.manifest.items()
        }
        connection.execute(
            update(exports).where(exports.c.id == row.id).values(state="erased", file=None, manifest=kept)
        )
    return [row.file for row in found]
