"""The figures of the past: what happened, added up once by quarter hours, hours and days, so that nobody counts millions.

Five tables are read onwards from where the last look ended, each row once. What came a moment ago waits for the next look:
on PostgreSQL rows become visible in another order than that of their ids. What has no end yet (a part that has not left,
a message without outcome) is remembered by its id and counted when it has one, in the time in which it came.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select, update

from ..errors import WindowClosed
from ..types import Author, Direction, OutboxState, Outcome
from .dialects import insert_new, upsert
from .models import audit, conversations, cursors, messages, outbox, reviews, rollups, turns

CURSOR: Final = "rollups"
"""The row of `cursors` that says how far was counted, and which process counts."""
GRAINS: Final = {"q": timedelta(minutes=15), "h": timedelta(hours=1), "d": timedelta(days=1)}
KEPT: Final = {"q": timedelta(days=3), "h": timedelta(days=21)}
"""Days are kept for good."""
SETTLED: Final = timedelta(minutes=2)
"""Rows younger than this wait for the next look."""
SENT_AFTER: Final = timedelta(minutes=10)
"""Platforms refuse some messages only after they took them: parts wait so long before they are counted."""
FORGOTTEN: Final = timedelta(days=7)
"""What has no end by then is no longer looked at."""
STEP: Final = 500
"""Rows of each table in one look."""
MOST_OPEN: Final = 5000
TAKEN_OVER: Final = ("conversation.taken",)
"""Actions of the audit log that say so."""

NAMES: Final = (
    *("replies", "messages", "people", "hour", "outcome", "asked", "takeovers"),
    *("first", "full", "stage", "stage_n", "tokens", "sends", "failed", "window"),
    *("thumbs", "verdict", "persona"),
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN_PARTS, _OPEN_MESSAGES = "open.parts", "open.messages"
_FIRST_BOUND, _PER_OCTAVE, _MOST_BUCKETS = 0.01, 4, 80
_ENDED = frozenset(state.value for state in (OutboxState.SENT, OutboxState.FAILED, OutboxState.CANCELLED))


# --- buckets of seconds --------------------------------------------------------------------------------


def bucket(seconds: float) -> str:
    """The label of a span: buckets grow by a fifth each, from 10 ms to a few hours."""
    if seconds <= _FIRST_BOUND:
        return "b00"
    number = math.ceil(_PER_OCTAVE * math.log2(seconds / _FIRST_BOUND))
    return f"b{min(number, _MOST_BUCKETS - 1):02d}"


def quantile(counts: dict[str, float], part: float) -> float | None:
    """The seconds that `part` (0 to 1) of the spans stay below, a tenth exact; None where nothing was counted."""
    whole = sum(counts.values())
    if whole <= 0:
        return None
    wanted, passed = part * whole, 0.0
    for label in sorted(counts):
        passed += counts[label]
        if passed >= wanted and counts[label] > 0:
            number = int(label[1:])
            inside = 1 - (passed - wanted) / counts[label]
            return float(_FIRST_BOUND * 2 ** ((number - 1 + inside) / _PER_OCTAVE))
    return None


# --- what is read and what follows ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The newest row of each table that was counted."""

    turns: int = 0
    parts: int = 0
    messages: int = 0
    reviews: int = 0
    audit: int = 0

    @classmethod
    def read(cls, text: str | None) -> Position:
        """From the text of the cursor; None or anything else is the beginning."""
        numbers = (text or "").split(".")
        if len(numbers) != 5 or not all(number.isascii() and number.isdigit() for number in numbers):
            return cls()
        return cls(**dict(zip(cls.__slots__, map(int, numbers), strict=True)))

    def written(self) -> str:
        return f"{self.turns}.{self.parts}.{self.messages}.{self.reviews}.{self.audit}"


Sum = tuple[str, datetime, str, str]
"""Name with its grain, beginning of the period, channel, label."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What one look found: sums to add, the new position, ids to remember or to forget. `more`: there was more to read."""

    now: datetime
    position: Position
    sums: dict[Sum, float] = field(default_factory=lambda: defaultdict(float))
    opened: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    closed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    more: bool = False

    def add(
        self,
        name: str,
        at: datetime,
        scopes: Iterable[str],
        label: str = "",
        value: float = 1.0,
        grains: Iterable[str] = GRAINS,
    ) -> None:
        """Add to a figure of every scope in the periods that hold `at`; the short ones only while they are kept."""
        for grain in grains:
            if grain in KEPT and at < self.now - KEPT[grain]:
                continue
            begin = begin_of(at, grain)
            for scope in scopes:
                self.sums[(f"{grain}.{name}", begin, scope, label[:64])] += value


def begin_of(at: datetime, grain: str) -> datetime:
    """The beginning of the quarter, hour or day (UTC) in which a moment lies."""
    at = at.astimezone(UTC).replace(second=0, microsecond=0)
    if grain == "q":
        return at.replace(minute=at.minute - at.minute % 15)
    return at.replace(minute=0) if grain == "h" else at.replace(minute=0, hour=0)


def scopes(channel: str, model: str | None) -> tuple[str, ...]:
    """Under which heads a figure is kept: everything, its channel, its model."""
    return ("", channel, f"@{model[:31]}") if model else ("", channel)


def gather(connection: Connection, now: datetime, position: Position) -> Gathered:
    """Read on from `position`; writes nothing. Its cost is bounded by STEP, whatever waits."""
    found = Gathered(now=now, position=position)
    _turns(connection, found)
    _parts(connection, found)
    _messages(connection, found)
    _reviews(connection, found)
    _takeovers(connection, found)
    return found


def position(connection: Connection) -> Position:
    """How far was counted."""
    return Position.read(
        connection.execute(select(cursors.c.cursor).where(cursors.c.channel == CURSOR)).scalar()
    )


def write(connection: Connection, owner: str, before: Position, found: Gathered) -> bool:
    """Add what was gathered from `before` on, once: False, and nothing is written, when somebody else has counted it."""
    done = connection.execute(
        update(cursors)
        .where(
            cursors.c.channel == CURSOR,
            cursors.c.owner == owner,
            func.coalesce(cursors.c.cursor, Position().written()) == before.written(),
        )
        .values(cursor=found.position.written())
    )
    if done.rowcount == 0:
        return False
    if found.sums:
        add = upsert(connection, rollups)
        add = add.on_conflict_do_update(
            index_elements=["at", "name", "channel", "label"],
            set_={"value": rollups.c.value + add.excluded.value},
        )
        rows = [
            {"at": at, "name": name, "channel": channel, "label": label, "value": value}
            for (name, at, channel, label), value in sorted(found.sums.items())
        ]
        connection.execute(add, rows)
    for name, ids in found.closed.items():
        for some in _pieces(ids):
            gone = and_(rollups.c.at == _EPOCH, rollups.c.name == name, rollups.c.label.in_(map(str, some)))
            connection.execute(delete(rollups).where(gone))
    for name, ids in found.opened.items():
        remembered = {"at": _EPOCH, "name": name, "channel": "", "value": found.now.timestamp()}
        connection.execute(
            insert_new(connection, rollups, ["at", "name", "channel", "label"]),
            [{**remembered, "label": str(one)} for one in sorted(ids)],
        )
    return True


def sweep(connection: Connection, now: datetime) -> int:
    """Forget quarters and hours past their time, of the two days before it; returns how many rows went."""
    gone = 0
    for grain, kept in KEPT.items():
        newest = begin_of(now - kept, grain)
        oldest = newest - timedelta(days=2)
        old = and_(rollups.c.at >= oldest, rollups.c.at < newest, named(grain, NAMES))
        gone += connection.execute(delete(rollups).where(old)).rowcount
    return gone


# --- turns ---------------------------------------------------------------------------------------------


def _turns(connection: Connection, found: Gathered) -> None:
    asked = messages.alias("asked")
    query = (
        select(
            turns.c.id,
            turns.c.model,
            turns.c.prompt_tokens,
            turns.c.cached_tokens,
            turns.c.completion_tokens,
            turns.c.started_at,
            turns.c.first_token_at,
            turns.c.ended_at.label("at"),
            conversations.c.channel,
            asked.c.received_at.label("asked_at"),
        )
        .join(conversations, conversations.c.id == turns.c.conversation)
        .outerjoin(asked, and_(asked.c.conversation == turns.c.conversation, asked.c.seq == turns.c.lo_seq))
    )
    rows = _next(connection, found, query, turns, found.position.turns, SETTLED)
    for row in rows:
        where, at = scopes(row.channel, row.model), row.at or found.now
        for kind in ("prompt", "cached", "completion"):
            found.add("tokens", at, where, kind, getattr(row, f"{kind}_tokens"))
        spans = []
        if row.asked_at is not None:
            spans.append(("queue", row.started_at - row.asked_at))
        if row.first_token_at is not None:
            spans += [("prefill", row.first_token_at - row.started_at), ("decode", at - row.first_token_at)]
            found.add("first", at, where, bucket((row.first_token_at - row.started_at).total_seconds()))
        for stage, span in spans:
            _stage(found, at, where, stage, span)
    if rows:
        found.position = replace(found.position, turns=rows[-1].id)


def _stage(found: Gathered, at: datetime, where: Sequence[str], stage: str, span: timedelta) -> None:
    found.add("stage", at, where, stage, max(0.0, span.total_seconds()))
    found.add("stage_n", at, where, stage)


# --- parts of answers ----------------------------------------------------------------------------------


def _parts(connection: Connection, found: Gathered) -> None:
    query = _part_query()
    rows = _next(connection, found, query, outbox, found.position.parts, SENT_AFTER)
    for row in rows:
        if row.state in _ENDED:
            _part(found, row)
        elif row.at > found.now - FORGOTTEN:
            found.opened[_OPEN_PARTS].append(row.id)
    if rows:
        found.position = replace(found.position, parts=rows[-1].id)
    for row in _ended(connection, found, query, outbox, _OPEN_PARTS, lambda row: row.state in _ENDED):
        _part(found, row)


def _part_query() -> Any:
    asked, later = messages.alias("asked"), outbox.alias("later")
    last = select(func.max(later.c.part)).where(later.c.message == outbox.c.message).scalar_subquery()
    return (
        select(
            outbox.c.id,
            outbox.c.channel,
            outbox.c.state,
            outbox.c.error,
            outbox.c.error_code,
            outbox.c.sent_at,
            outbox.c.created_at.label("at"),
            (outbox.c.part == last).label("last"),
            turns.c.model,
            asked.c.received_at.label("asked_at"),
        )
        .outerjoin(turns, turns.c.id == outbox.c.turn)
        .outerjoin(asked, and_(asked.c.conversation == turns.c.conversation, asked.c.seq == turns.c.lo_seq))
    )


def _part(found: Gathered, row: Any) -> None:
    where = scopes(row.channel, row.model)
    found.add("sends", row.at, where, row.state)
    if row.state == OutboxState.FAILED:
        found.add("failed", row.at, where, row.error_code or row.error or "unknown")
        if row.error == WindowClosed.code:
            found.add("window", row.at, where)
    if row.state == OutboxState.SENT and row.sent_at is not None:
        _stage(found, row.at, where, "send", row.sent_at - row.at)
        if row.last and row.asked_at is not None:
            found.add("full", row.at, where, bucket((row.sent_at - row.asked_at).total_seconds()))


# --- messages ------------------------------------------------------------------------------------------


def _messages(connection: Connection, found: Gathered) -> None:
    query = _message_query()
    rows = _next(connection, found, query, messages, found.position.messages, SETTLED)
    for row in rows:
        where = scopes(row.channel, row.model)
        if row.direction == Direction.OUT:
            if row.author in (Author.ASSISTANT, Author.STAFF):
                found.add("replies", row.at, where, row.author)
            if row.author == Author.ASSISTANT:
                found.add("hour", row.at, where, f"{row.at:%H}", grains="d")
        elif row.direction == Direction.IN:
            found.add("messages", row.at, where)
            for grain in GRAINS:
                if row.before is None or row.before < begin_of(row.at, grain):
                    found.add("people", row.at, where, grains=grain)
            if row.outcome is not None:
                _outcome(found, row)
            elif row.at > found.now - FORGOTTEN:
                found.opened[_OPEN_MESSAGES].append(row.id)
    if rows:
        found.position = replace(found.position, messages=rows[-1].id)
    for row in _ended(
        connection, found, query, messages, _OPEN_MESSAGES, lambda row: row.outcome is not None
    ):
        _outcome(found, row)


def _message_query() -> Any:
    earlier = messages.alias("earlier")
    before = (
        select(earlier.c.received_at)
        .where(
            earlier.c.conversation == messages.c.conversation,
            earlier.c.seq < messages.c.seq,
            earlier.c.direction == Direction.IN.value,
        )
        .order_by(earlier.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(
        messages.c.id,
        messages.c.direction,
        messages.c.author,
        messages.c.channel,
        messages.c.outcome,
        messages.c.outcome_reason,
        messages.c.received_at.label("at"),
        before.label("before"),
        turns.c.model,
    ).outerjoin(turns, turns.c.id == messages.c.turn)


def _outcome(found: Gathered, row: Any) -> None:
    where = scopes(row.channel, row.model)
    found.add("outcome", row.at, where, row.outcome)
    if row.outcome == Outcome.COMMAND and row.outcome_reason == "/human":
        found.add("asked", row.at, where)


# --- verdicts and takeovers ----------------------------------------------------------------------------


def _reviews(connection: Connection, found: Gathered) -> None:
    query = _review_query()
    rows = _next(connection, found, query, reviews, found.position.reviews, SETTLED)
    for row in rows:
        _verdict(found, row, 1)
        mine = and_(
            reviews.c.message == row.message,
            reviews.c.id < row.id,
            reviews.c.source == row.source,
            reviews.c.replaced_at == row.at,
            reviews.c.staff.is_(None) if row.staff is None else reviews.c.staff == row.staff,
        )
        for earlier in connection.execute(query.where(mine)):
            _verdict(found, earlier, -1)  # the same person judged anew
    if rows:
        found.position = replace(found.position, reviews=rows[-1].id)


def _review_query() -> Any:
    return (
        select(
            reviews.c.id,
            reviews.c.message,
            reviews.c.staff,
            reviews.c.source,
            reviews.c.verdict,
            reviews.c.created_at.label("at"),
            messages.c.channel,
            turns.c.model,
            turns.c.persona_version,
        )
        .join(messages, messages.c.id == reviews.c.message)
        .outerjoin(turns, turns.c.id == messages.c.turn)
    )


def _verdict(found: Gathered, row: Any, value: int) -> None:
    where = scopes(row.channel, row.model)
    if row.source == "person":
        found.add("thumbs", row.at, where, row.verdict, value)
    else:
        found.add("verdict", row.at, where, row.verdict, value)
        found.add("persona", row.at, where, f"{row.persona_version or 0}:{row.verdict}", value)


def _takeovers(connection: Connection, found: Gathered) -> None:
    query = select(audit.c.id, audit.c.at, audit.c.action, audit.c.target)
    rows = _next(connection, found, query, audit, found.position.audit, SETTLED)
    for row in rows:
        if row.action in TAKEN_OVER and (row.target or "").removeprefix("conversation:").isdigit():
            number = int(row.target.removeprefix("conversation:"))
            one = select(conversations.c.channel).where(conversations.c.id == number)
            channel = connection.execute(one).scalar()
            found.add("takeovers", row.at, scopes(channel, None) if channel else ("",))
    if rows:
        found.position = replace(found.position, audit=rows[-1].id)


# --- reading on ----------------------------------------------------------------------------------------


def _next(
    connection: Connection, found: Gathered, query: Any, table: Table, after: int, settled: timedelta
) -> list[Any]:
    """The next rows of a table, up to the first that is too young. A wrong clock's future holds nothing up."""
    rows = connection.execute(query.where(table.c.id > after).order_by(table.c.id).limit(STEP)).all()
    ready = []
    for row in rows:
        if row.at is not None and found.now - settled < row.at <= found.now + timedelta(hours=1):
            break
        ready.append(row)
    found.more |= len(ready) == STEP
    return ready


def _ended(
    connection: Connection, found: Gathered, query: Any, table: Table, name: str, ended: Any
) -> Iterator[Any]:
    """What was open at an earlier look and no longer is; what is gone or was open for too long is forgotten."""
    remembered = connection.execute(
        select(rollups.c.label, rollups.c.value)
        .where(rollups.c.at == _EPOCH, rollups.c.name == name)
        .limit(MOST_OPEN)
    ).all()
    since = {int(label): value for label, value in remembered}
    oldest = (found.now - FORGOTTEN).timestamp()
    for some in _pieces(sorted(since)):
        left = set(some)
        for row in connection.execute(query.where(table.c.id.in_(some))):
            if ended(row):
                yield row
            elif since[row.id] > oldest:
                left.discard(row.id)
        found.closed[name] += sorted(left)


def _pieces(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), size):
        yield ids[first : first + size]


def named(grain: str, names: Sequence[str]) -> ColumnElement[bool]:
    """By their whole names: with them the table's key finds the rows of one scope, and no others are read."""
    return rollups.c.name.in_([f"{grain}.{name}" for name in names])
