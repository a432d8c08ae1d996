"""The list of conversations: its filters, its pages, the counts beside it. Nothing here reads a whole table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    union_all,
)

from ..types import Direction, Mode
from . import parts as codec
from .models import conversations, labels, messages, outbox, people, reviews, staff

PAGE = 50
SNIPPET = 140
LOOKED_AT = 5000
"""Conversations one page looks at when no index knows the filter; "older" goes on from there."""
COUNTED = 100
"""Counts stop here: more is "99+"."""
STATES: Final = ("needs", "waiting", "failed", "dead")
# Written out, not bound: only then both databases use their partial indexes.
_DEAD = text("messages.outcome = 'dead'")
_FAILED = text("outbox.state = 'failed'")
_FLAGGED = text("conversations.flagged")
_DUE = text("conversations.due_at IS NOT NULL")
_TAKEN = text("conversations.hand_back_at IS NOT NULL")
_PAUSED = text("conversations.mode = 'paused'")
_JUDGED = text("reviews.replaced_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """One line of the list. `snippet` is the beginning of the newest message, `direction` which way it went."""

    id: int
    channel: str
    account: str
    peer: str
    person: int
    name: str | None
    mode: str
    mode_reason: str | None
    last_at: datetime
    last_seq: int
    waiting: bool
    snippet: str
    direction: str | None
    dead: bool
    failed: bool
    flagged: bool
    language: str | None
    window_until: datetime | None
    assignee: int | None
    assignee_name: str | None
    taken_by: int | None
    taken_name: str | None
    hand_back_at: datetime | None
    resolved_at: datetime | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which conversations. `state`: one of STATES; `needs`: staff have to answer. `assignee`, `taken`: of whom, or of anybody.

    `since` and `until` are about the newest message; `until` is not part of the time.
    """

    channel: str | None = None
    mode: str | None = None
    state: str | None = None
    label: str | None = None
    verdict: str | None = None
    language: str | None = None
    flagged: bool = False
    taken: bool = False
    assignee: int | None = None
    resolved: bool | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, field.name) not in (None, False) for field in fields(self)) or (
            self.resolved is False
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`older`: (last_at, id) to go on from, None at the end. `partial`: not all that is newer than it was looked at for rows."""

    rows: list[ConversationRow]
    older: tuple[datetime, int] | None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Each stops at COUNTED."""

    needs: int
    waiting: int
    failed: int
    flagged: int
    mine: int
    taken: int


_assigned = staff.alias("assigned")
_taker = staff.alias("taker")
_words = messages.alias("words")
_last_word = (
    select(func.max(_words.c.seq))
    .where(_words.c.conversation == conversations.c.id, _words.c.direction != Direction.INTERNAL.value)
    .correlate(conversations)
    .scalar_subquery()
)  # not the newest line: that somebody took over says nothing of what was written
LIST: Final = (
    select(
        conversations.c.id,
        conversations.c.channel,
        conversations.c.account,
        conversations.c.peer,
        conversations.c.person,
        conversations.c.mode,
        conversations.c.mode_reason,
        conversations.c.last_at,
        conversations.c.last_seq,
        conversations.c.due_at,
        conversations.c.flagged,
        conversations.c.language,
        conversations.c.window_until,
        conversations.c.assignee,
        conversations.c.taken_by,
        conversations.c.hand_back_at,
        conversations.c.resolved_at,
        people.c.name,
        _assigned.c.name.label("assignee_name"),
        _taker.c.name.label("taken_name"),
        messages.c.parts,
        messages.c.direction,
        messages.c.deleted_at,
    )
    .join(people, people.c.id == conversations.c.person)
    .outerjoin(_assigned, _assigned.c.id == conversations.c.assignee)
    .outerjoin(_taker, _taker.c.id == conversations.c.taken_by)
    .outerjoin(
        messages,
        and_(messages.c.conversation == conversations.c.id, messages.c.seq == _last_word),
    )
)
_NEWEST_FIRST: Final = (conversations.c.last_at.desc(), conversations.c.id.desc())
# Statements that every page runs are built once: to put one together costs more than the database needs for it.
_NEWEST: Final = LIST.order_by(*_NEWEST_FIRST).limit(bindparam("most"))


# --- pages -----------------------------------------------------------------------------------------------


def page(
    connection: Connection,
    wanted: Filter | None = None,
    *,
    before: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> Page:
    """Newest first; `before` is the `older` of the page before."""
    wanted = wanted or Filter()
    if before is None and not wanted.narrows:
        newest = connection.execute(_NEWEST, {"most": limit + 1}).mappings().all()
        return _cut(connection, newest, limit)
    narrow = [_older(before)] if before is not None else []
    few = _few(wanted)
    rest = _among(wanted)
    window: list[Any] = []
    if few is None and rest:  # no index knows these: so many are looked at and no more
        looked = (
            select(conversations.c.id, conversations.c.last_at)
            .where(*narrow, *_times(wanted))
            .order_by(*_NEWEST_FIRST)
            .limit(LOOKED_AT)
        )
        edge = looked.subquery()
        last = connection.execute(
            select(edge.c.last_at, edge.c.id).order_by(edge.c.last_at, edge.c.id).limit(1)
        ).first()
        size = connection.execute(select(func.count()).select_from(edge)).scalar_one()
        if last is None:
            return Page(rows=[], older=None)
        if size == LOOKED_AT:
            window = [(last.last_at, last.id)]
            narrow.append(_from(last.last_at, last.id))
    query = LIST.where(*narrow, *_times(wanted), *rest)
    if few is not None:
        query = query.where(conversations.c.id.in_(few))
    if wanted.flagged:
        query = query.where(_FLAGGED)
    rows = connection.execute(query.order_by(*_NEWEST_FIRST).limit(limit + 1)).mappings().all()
    found = _cut(connection, rows, limit)
    return found if found.older or not window else replace(found, older=window[0], partial=True)


def _cut(connection: Connection, rows: Sequence[Any], limit: int) -> Page:
    """A page of these rows, of which there is one more when there are older ones."""
    shown = rows[:limit]
    more = len(rows) > limit
    older = (shown[-1]["last_at"], shown[-1]["id"]) if more else None
    return Page(rows=rows_of(connection, shown), older=older)


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """The filter as conditions on `conversations`, for other queries that have a bound of their own."""
    few = _few(wanted)
    found: list[Any] = [*_among(wanted), *_times(wanted)]
    if few is not None:
        found.append(conversations.c.id.in_(few))
    if wanted.flagged:
        found.append(_FLAGGED)
    return found


def _older(before: tuple[datetime, int]) -> ColumnElement[bool]:
    at, last = before
    return and_(conversations.c.last_at <= at, or_(conversations.c.last_at < at, conversations.c.id < last))


def _from(at: datetime, last: int) -> ColumnElement[bool]:
    return and_(conversations.c.last_at >= at, or_(conversations.c.last_at > at, conversations.c.id >= last))


def _times(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(conversations.c.last_at >= wanted.since)
    if wanted.until is not None:
        found.append(conversations.c.last_at < wanted.until)
    return found


def _among(wanted: Filter) -> list[Any]:
    """What each conversation is asked, once it is looked at."""
    found: list[Any] = []
    for column, value in (
        (conversations.c.channel, wanted.channel),
        (conversations.c.mode, wanted.mode),
        (conversations.c.language, wanted.language),
        (conversations.c.assignee, wanted.assignee),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.resolved is not None:
        found.append(conversations.c.resolved_at.is_not(None) == wanted.resolved)
    return found


def _few(wanted: Filter) -> Select[Any] | None:
    """The ids an index knows of what is rare; None when nothing rare is asked for."""
    sets: list[Select[Any]] = []
    match wanted.state:
        case "needs":
            sets.append(_needs())
        case "waiting":
            sets.append(_some(select(conversations.c.id).where(_DUE)))
        case "failed":
            sets.append(_failed())
        case "dead":
            sets.append(_dead())
    if wanted.label is not None:
        labelled = select(labels.c.conversation).where(labels.c.label == wanted.label)
        sets.append(_some(labelled.order_by(labels.c.id.desc())))
    if wanted.verdict is not None:
        judged = (
            select(reviews.c.message)
            .where(reviews.c.verdict == wanted.verdict, _JUDGED)
            .order_by(reviews.c.id.desc())
        )
        sets.append(select(messages.c.conversation).where(messages.c.id.in_(_some(judged))))
    if wanted.taken:
        sets.append(_some(select(conversations.c.id).where(_TAKEN)))
    if wanted.mode == Mode.PAUSED:
        sets.append(_some(select(conversations.c.id).where(_PAUSED)))
    if wanted.mode == Mode.HUMAN:
        sets.append(_some(select(conversations.c.id).where(_TAKEN)))
    if wanted.assignee is not None:
        mine = text("conversations.assignee IS NOT NULL")
        sets.append(
            _some(select(conversations.c.id).where(mine, conversations.c.assignee == wanted.assignee))
        )
    if not sets:
        # The flagged have an index in the order of the list: they need no set.
        return None if not wanted.flagged else _some(select(conversations.c.id).where(_FLAGGED))
    first, *others = sets
    narrowed = select(first.subquery().c[0])
    for other in others:
        narrowed = narrowed.where(narrowed.selected_columns[0].in_(other))
    return narrowed


def _some(query: Select[Any]) -> Select[Any]:
    """A bound on what an index gives; as a subquery of its own, because not every database takes a LIMIT inside IN."""
    return select(query.limit(LOOKED_AT).subquery().c[0])


def _dead() -> Select[Any]:
    return _some(select(messages.c.conversation).where(_DEAD).order_by(messages.c.id.desc()))


def _failed() -> Select[Any]:
    return _some(select(outbox.c.conversation).where(_FAILED).order_by(outbox.c.id.desc()))


def _needs() -> Select[Any]:
    """Staff answer there, or nobody does, and the last word is the person's; or a message was set aside."""
    said = messages.alias("said")
    last_word = (
        select(said.c.direction)
        .where(said.c.conversation == conversations.c.id, said.c.direction != Direction.INTERNAL.value)
        .order_by(said.c.seq.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )
    theirs = last_word == Direction.IN.value
    taken = _some(select(conversations.c.id).where(_TAKEN, theirs))
    paused = _some(select(conversations.c.id).where(_PAUSED, theirs))
    every = taken.union(paused, _dead()).subquery()
    return select(every.c[0])


# --- rows ------------------------------------------------------------------------------------------------


_SAME: Final = tuple(
    field.name
    for field in fields(ConversationRow)
    if field.name in LIST.selected_columns.keys()  # noqa: SIM118
)
_IDS: Final[Any] = bindparam("ids", expanding=True)
_NOTHING: Final[tuple[Any, ...]] = (literal_column("''"), literal_column("0"))
_BESIDE: Final = union_all(
    select(literal_column("'dead'"), messages.c.conversation, *_NOTHING).where(
        _DEAD, messages.c.conversation.in_(_IDS)
    ),
    select(literal_column("'failed'"), outbox.c.conversation, *_NOTHING).where(
        _FAILED, outbox.c.conversation.in_(_IDS)
    ),
    select(literal_column("'label'"), labels.c.conversation, labels.c.label, labels.c.id).where(
        labels.c.conversation.in_(_IDS)
    ),
)


def rows_of(connection: Connection, rows: Sequence[Any]) -> list[ConversationRow]:
    """What LIST found, with what belongs to each."""
    if not rows:
        return []
    dead: set[int] = set()
    failed: set[int] = set()
    named: dict[int, list[tuple[int, str]]] = {}
    for what, conversation, label, place in connection.execute(_BESIDE, {"ids": [row["id"] for row in rows]}):
        if what == "label":
            named.setdefault(conversation, []).append((place, label))
        else:
            (dead if what == "dead" else failed).add(conversation)
    return [
        ConversationRow(
            **{name: row[name] for name in _SAME},
            waiting=row["due_at"] is not None,
            snippet="" if row["deleted_at"] else _snippet(row["parts"]),
            dead=row["id"] in dead,
            failed=row["id"] in failed,
            labels=tuple(label for _, label in sorted(named.get(row["id"], ()))),
        )
        for row in rows
    ]


def _snippet(parts: list[dict[str, Any]] | None) -> str:
    words = " ".join(codec.plain_text(codec.load(parts or [])).split())
    return words if len(words) <= SNIPPET else words[: SNIPPET - 1] + "…"


# --- beside the list -------------------------------------------------------------------------------------


def _count(query: Select[Any]) -> Any:
    some = select(query.subquery().c[0]).distinct().limit(COUNTED).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


_COUNTS: Final = select(
    _count(_needs()).label("needs"),
    _count(select(conversations.c.id).where(_DUE).limit(COUNTED)).label("waiting"),
    _count(_failed()).label("failed"),
    _count(select(conversations.c.id).where(_FLAGGED).limit(COUNTED)).label("flagged"),
    _count(
        select(conversations.c.id)
        .where(
            text("conversations.assignee IS NOT NULL"),
            conversations.c.assignee == bindparam("member"),
            conversations.c.resolved_at.is_(None),
        )
        .limit(COUNTED)
    ).label("mine"),
    _count(select(conversations.c.id).where(_TAKEN).limit(COUNTED)).label("taken"),
)


def counts(connection: Connection, member: int) -> Counts:
    """How many conversations are of each usual kind; `mine`: assigned to the member and not resolved."""
    return Counts(**connection.execute(_COUNTS, {"member": member}).mappings().one())
