"""Queues of answers to review: which answers a rule takes, how far it has looked, how far the reviewers are and how they agree."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, literal, select, text, update

from ..errors import Conflict, NotFound
from ..types import Author, Direction
from . import dialects
from .models import (
    conversations,
    messages,
    outbox,
    review_items,
    review_leases,
    review_queues,
    reviews,
    staff,
    turns,
)
from .reviews import Verdict

MOST_QUEUES = 50
SPAN = 1000
"""Message ids that one look of the rule covers."""
LOOK_BACK = 200  # ids: on PostgreSQL a message may become visible after one with a higher id
LATE = 100  # thumbs, flags and failures that one look takes, of each kind
ENOUGH = 1000
"""Items that wait: more than reviewers get through soon, so the rule looks no further until they are fewer."""
COMPARED = 1000
"""The newest items of which agreement is counted."""
_FLAGGED, _FAILED = text("conversations.flagged"), text("outbox.state = 'failed'")
_IN_FORCE = text("reviews.replaced_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which answers are taken: all that one of the three signs speaks against, and `percent` of the rest.

    `seed` makes the choice of the rest reproducible. `since` and `until` are of the message; empty: no bound.
    """

    flagged: bool = True
    thumbs_down: bool = True
    failed: bool = True
    percent: float = 0.0
    seed: str = ""
    channel: str | None = None
    persona_version: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def stored(self) -> dict[str, Any]:
        values = asdict(self)
        return values | {
            name: values[name].isoformat() if values[name] else None for name in ("since", "until")
        }

    def samples(self, message: int) -> bool:
        """Whether a message without any sign is taken: the same answer every time."""
        digest = hashlib.sha256(f"{self.seed}:{message}".encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64 < self.percent / 100


def rule_of(stored: dict[str, Any]) -> Rule:
    known = {name: stored[name] for name in Rule.__dataclass_fields__ if name in stored}
    for name in ("since", "until"):
        known[name] = datetime.fromisoformat(known[name]) if known.get(name) else None
    return Rule(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A queue as it was set up. `filled_to`: the newest message its rule has looked at."""

    id: int
    name: str
    rule: Rule
    reviews_per_item: int
    filled_to: int
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a queue is, for one reviewer. `free`: items they could begin now, at most ENOUGH are counted.

    `leased`: who looks at how many just now. `mine`: decided or skipped by them. `oldest`: since when the oldest waits.
    """

    open: int
    free: int
    leased: tuple[tuple[str, int], ...]
    done: int
    disputed: int
    mine: int
    oldest: datetime | None

    @property
    def total(self) -> int:
        return self.open + self.done + self.disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of how many items two verdicts can be compared, in how many they are the same, and Cohen's kappa of that.

    `kappa` is None where chance alone would always agree. Unsure counts in neither.
    """

    items: int
    same: int
    kappa: float | None

    @property
    def percent(self) -> float:
        return 100 * self.same / self.items


# --- the queues ------------------------------------------------------------------------------------------


def create(
    connection: Connection, *, name: str, rule: Rule, reviews_per_item: int, by: int, now: datetime
) -> int:
    """A new queue. It begins at the first message since the rule's date, found without reading them all."""
    first = _first_since(connection, rule.since) if rule.since else 0
    made = connection.execute(
        insert(review_queues)
        .values(
            name=name,
            rule=rule.stored(),
            reviews_per_item=reviews_per_item,
            filled_to=first,
            staff=by,
            created_at=now,
        )
        .returning(review_queues.c.id)
    )
    return int(made.scalar_one())


def edit(
    connection: Connection, queue: int, *, name: str, rule: Rule, reviews_per_item: int, now: datetime
) -> bool:
    """Change a queue; its items stay. What an earlier rule passed over is looked at again under a new one.

    Raises NotFound. Whether the rule changed.
    """
    old = get(connection, queue, lock=True)
    values: dict[str, Any] = {"name": name, "rule": rule.stored(), "reviews_per_item": reviews_per_item}
    if rule != old.rule:
        values["filled_to"] = _first_since(connection, rule.since) if rule.since else 0
    connection.execute(update(review_queues).where(review_queues.c.id == queue).values(**values))
    if reviews_per_item < old.reviews_per_item:  # what has enough verdicts now waits for nobody
        enough = update(review_items).where(
            review_items.c.queue == queue,
            review_items.c.state == "open",
            review_items.c.reviews >= reviews_per_item,
        )
        both = _given(Verdict.GOOD) & _given(Verdict.BAD)
        connection.execute(enough.where(both).values(state="disputed", done_at=now))
        connection.execute(enough.values(state="done", done_at=now))
    return rule != old.rule


def _given(verdict: Verdict) -> ColumnElement[bool]:
    """Whether some reviewer said so of the item."""
    said = select(reviews.c.id).where(
        reviews.c.item == review_items.c.id,
        reviews.c.verdict == verdict.value,
        reviews.c.replaced_at.is_(None),
    )
    return said.exists()


def close(connection: Connection, queue: int, now: datetime, *, closed: bool = True) -> bool:
    """Nobody is given an item of a closed queue; it can be opened again. False when nothing changed."""
    current = review_queues.c.closed_at.is_(None) if closed else review_queues.c.closed_at.is_not(None)
    done = connection.execute(
        update(review_queues)
        .where(review_queues.c.id == queue, current)
        .values(closed_at=now if closed else None)
    )
    return done.rowcount > 0


def get(connection: Connection, queue: int, *, lock: bool = False) -> Queue:
    """One queue. With `lock`, everything that gives out or settles its items waits. Raises NotFound."""
    query = select(review_queues).where(review_queues.c.id == queue)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise NotFound("no such queue")
    return _queue(row)


def queues(connection: Connection, *, closed: bool = False) -> list[Queue]:
    """The queues that are open, newest first; or the closed ones."""
    state = review_queues.c.closed_at.is_not(None) if closed else review_queues.c.closed_at.is_(None)
    rows = connection.execute(
        select(review_queues).where(state).order_by(review_queues.c.id.desc()).limit(MOST_QUEUES)
    ).mappings()
    return [_queue(row) for row in rows]


def _queue(row: Any) -> Queue:
    same = ("id", "name", "reviews_per_item", "filled_to", "created_at", "closed_at")
    return Queue(**{name: row[name] for name in same}, rule=rule_of(row["rule"]))


def _first_since(connection: Connection, since: datetime) -> int:
    """The id before the first message received since then: messages come in the order of their ids."""
    low, high = 0, int(connection.execute(select(func.max(messages.c.id))).scalar() or 0)
    while low < high:
        middle = (low + high) // 2
        next_one = (
            select(messages.c.id, messages.c.received_at)
            .where(messages.c.id > middle)
            .order_by(messages.c.id)
            .limit(1)
        )
        row = connection.execute(next_one).first()
        if row is None or row.received_at >= since:
            high = middle
        else:
            low = row.id
    return low


# --- filling ---------------------------------------------------------------------------------------------


def fill(connection: Connection, queue: int, now: datetime, limit: int = SPAN) -> bool:
    """Look at the next `limit` ids of messages, and at what became a sign since; whether there is more to look at.

    A queue in which ENOUGH items wait looks no further.
    """
    found = get(connection, queue, lock=True)
    if found.closed_at is not None or _waiting(connection, queue) >= ENOUGH:
        return False
    rule = found.rule
    newest = int(connection.execute(select(func.max(messages.c.id))).scalar() or 0)
    end = min(newest, found.filled_to + limit)
    if rule.thumbs_down:
        _add(connection, queue, "thumb", _thumbed(queue, rule, end), now)
    if rule.failed:
        _add(connection, queue, "failed", _failed(queue, rule, end), now)
    if rule.flagged:
        _add(connection, queue, "flagged", _flagged(queue, rule, end), now)
    if rule.percent > 0:
        span = _answers(rule).where(messages.c.id > found.filled_to - LOOK_BACK, messages.c.id <= end)
        rows = connection.execute(span.order_by(messages.c.id)).all()
        _insert(connection, queue, "sample", [row for row in rows if rule.samples(row.id)], now)
    connection.execute(update(review_queues).where(review_queues.c.id == queue).values(filled_to=end))
    return end < newest


def add(connection: Connection, queue: int, message: int, now: datetime) -> bool:
    """Put one answer into a queue by hand; False when it is there already. Raises NotFound, Conflict for a closed one."""
    if get(connection, queue, lock=True).closed_at is not None:
        raise Conflict("the queue is closed")
    row = connection.execute(_answers(Rule()).where(messages.c.id == message)).first()
    if row is None:
        raise NotFound("no such answer")
    before = connection.execute(select(review_items.c.id).where(*_item_of(queue, message))).first()
    _insert(connection, queue, "manual", [row], now)
    return before is None


def _answers(rule: Rule) -> Select[Any]:
    """Answers of the model that the rule's bounds let through."""
    bounds: list[ColumnElement[bool]] = [
        messages.c.direction == Direction.OUT.value,
        messages.c.author == Author.ASSISTANT.value,
        messages.c.deleted_at.is_(None),
        conversations.c.temporary.is_(False),
    ]
    query = select(messages.c.id, messages.c.conversation).join(
        conversations, conversations.c.id == messages.c.conversation
    )
    if rule.channel:
        bounds.append(messages.c.channel == rule.channel)
    if rule.since:
        bounds.append(messages.c.received_at >= rule.since)
    if rule.until:
        bounds.append(messages.c.received_at < rule.until)
    if rule.persona_version is not None:
        query = query.join(turns, turns.c.id == messages.c.turn)
        bounds.append(turns.c.persona_version == rule.persona_version)
    return query.where(*bounds)


def _item_of(queue: int, message: int) -> tuple[ColumnElement[bool], ...]:
    return review_items.c.queue == queue, review_items.c.message == message


def _not_here(queue: int) -> ColumnElement[bool]:
    here = select(review_items.c.id).where(
        review_items.c.queue == queue, review_items.c.message == messages.c.id
    )
    return ~here.exists()


def _thumbed(queue: int, rule: Rule, end: int) -> Select[Any]:
    """Answers with a thumb down, the newest thumbs first."""
    return (
        _answers(rule)
        .join(reviews, reviews.c.message == messages.c.id)
        .where(
            reviews.c.verdict == Verdict.BAD.value,
            reviews.c.staff.is_(None),
            _IN_FORCE,
            messages.c.id <= end,
            _not_here(queue),
        )
        .order_by(reviews.c.id.desc())
        .limit(LATE)
    )


def _failed(queue: int, rule: Rule, end: int) -> Select[Any]:
    parts = select(outbox.c.message).where(_FAILED)
    return (
        _answers(rule)
        .where(messages.c.id.in_(parts), messages.c.id <= end, _not_here(queue))
        .order_by(messages.c.id.desc())
        .limit(LATE)
    )


def _flagged(queue: int, rule: Rule, end: int) -> Select[Any]:
    """The newest answer of each flagged conversation that has not been in the queue for its flag yet."""
    once = select(review_items.c.id).where(
        review_items.c.queue == queue,
        review_items.c.conversation == conversations.c.id,
        review_items.c.source == "flagged",
    )
    newest = (
        select(messages.c.id)
        .where(
            messages.c.conversation == conversations.c.id,
            messages.c.direction == Direction.OUT.value,
            messages.c.author == Author.ASSISTANT.value,
            messages.c.deleted_at.is_(None),
            messages.c.id <= end,
        )
        .order_by(messages.c.seq.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )
    return (
        _answers(rule)
        .where(_FLAGGED, ~once.exists(), messages.c.id == newest, _not_here(queue))
        .order_by(conversations.c.last_at.desc())
        .limit(LATE)
    )


def _add(connection: Connection, queue: int, source: str, query: Select[Any], now: datetime) -> None:
    _insert(connection, queue, source, connection.execute(query).all(), now)


def _insert(connection: Connection, queue: int, source: str, rows: Sequence[Any], now: datetime) -> None:
    """Items of answers; one that the queue has already stays as it is."""
    values = {"queue": queue, "source": source, "state": "open", "created_at": now}
    if rows:
        connection.execute(
            dialects.insert_new(connection, review_items, ("queue", "message")),
            [{"conversation": row.conversation, "message": row.id, **values} for row in rows],
        )


def _waiting(connection: Connection, queue: int) -> int:
    some = (
        select(literal(1))
        .select_from(review_items)
        .where(review_items.c.queue == queue, review_items.c.state == "open")
        .limit(ENOUGH)
        .subquery()
    )
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


# --- how far, and how well -------------------------------------------------------------------------------


def standing(connection: Connection, queue: int, reviewer: int, now: datetime) -> Standing:
    """How far the queue is."""
    states: dict[str, int] = {
        row[0]: row[1]
        for row in connection.execute(
            select(review_items.c.state, func.count())
            .where(review_items.c.queue == queue)
            .group_by(review_items.c.state)
        )
    }
    live = and_(review_leases.c.state == "leased", review_leases.c.until > now)
    leased = connection.execute(
        select(staff.c.name, func.count())
        .select_from(review_leases)
        .join(review_items, review_items.c.id == review_leases.c.item)
        .join(staff, staff.c.id == review_leases.c.staff)
        .where(text("review_leases.state = 'leased'"), live, review_items.c.queue == queue)
        .group_by(staff.c.id, staff.c.name)
        .order_by(staff.c.id)
    ).all()
    found = get(connection, queue)
    free = select(literal(1)).select_from(review_items).where(*free_for(found, reviewer, now)).limit(ENOUGH)
    mine = (
        select(func.count())
        .select_from(review_leases)
        .join(review_items, review_items.c.id == review_leases.c.item)
        .where(
            review_leases.c.staff == reviewer,
            review_leases.c.state.in_(("decided", "skipped")),
            review_items.c.queue == queue,
        )
    )
    oldest = (
        select(review_items.c.created_at)
        .where(review_items.c.queue == queue, review_items.c.state == "open")
        .order_by(review_items.c.id)
        .limit(1)
    )
    return Standing(
        open=states.get("open", 0),
        free=int(connection.execute(select(func.count()).select_from(free.subquery())).scalar_one()),
        leased=tuple((row[0], row[1]) for row in leased),
        done=states.get("done", 0),
        disputed=states.get("disputed", 0),
        mine=int(connection.execute(mine).scalar_one()),
        oldest=connection.execute(oldest).scalar(),
    )


def free_for(queue: Queue, reviewer: int, now: datetime) -> list[ColumnElement[bool]]:
    """What makes an item one that this reviewer may begin: open, not theirs before, and not enough others at it."""
    settled = select(review_leases.c.id).where(
        review_leases.c.item == review_items.c.id,
        review_leases.c.staff == reviewer,
        review_leases.c.state != "leased",
    )
    others = (
        select(func.count())
        .select_from(review_leases)
        .where(
            review_leases.c.item == review_items.c.id,
            review_leases.c.staff != reviewer,
            review_leases.c.state == "leased",
            review_leases.c.until > now,
        )
        .correlate(review_items)
        .scalar_subquery()
    )
    return [
        review_items.c.queue == queue.id,
        review_items.c.state == "open",
        ~settled.exists(),
        review_items.c.reviews + others < queue.reviews_per_item,
    ]


def waiting_for(connection: Connection, reviewer: int, now: datetime, limit: int = 100) -> int:
    """How many items of all open queues a reviewer could begin now, counted up to `limit`."""
    total = 0
    for queue in queues(connection):
        free = (
            select(literal(1))
            .select_from(review_items)
            .where(*free_for(queue, reviewer, now))
            .limit(limit - total)
        )
        total += int(connection.execute(select(func.count()).select_from(free.subquery())).scalar_one())
        if total >= limit:
            break
    return total


def agreement(connection: Connection, queue: int) -> Agreement | None:
    """How two reviewers of one item agree, among the newest items; None while no item has two verdicts.

    Counted are the first verdicts, given before either saw the other's. Kappa is that of each pair of reviewers, weighed
    by the items they share.
    """
    newest = (
        select(review_items.c.id)
        .where(
            review_items.c.queue == queue,
            review_items.c.state.in_(("done", "disputed")),
            review_items.c.reviews > 1,
        )
        .order_by(review_items.c.id.desc())
        .limit(COMPARED)
    )
    rows = connection.execute(
        select(reviews.c.item, reviews.c.staff, reviews.c.verdict)
        .where(reviews.c.item.in_(newest), reviews.c.source == "staff")
        .order_by(reviews.c.id)
    )
    first: dict[int, dict[int, str]] = {}
    for item, reviewer, verdict in rows:
        first.setdefault(item, {}).setdefault(reviewer, verdict)
    pairs: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for verdicts in first.values():
        sure = sorted((one, verdict) for one, verdict in verdicts.items() if verdict != Verdict.UNSURE)
        for place, (one, verdict) in enumerate(sure):
            for other, second in sure[place + 1 :]:
                pairs.setdefault((one, other), []).append((verdict, second))
    compared = [pair for both in pairs.values() for pair in both]
    if not compared:
        return None
    kappas = [(len(both), cohen(both)) for both in pairs.values()]
    known = [(weight, kappa) for weight, kappa in kappas if kappa is not None]
    return Agreement(
        items=len(compared),
        same=sum(one == other for one, other in compared),
        kappa=sum(weight * kappa for weight, kappa in known) / sum(weight for weight, _ in known)
        if known
        else None,
    )


def cohen(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two raters' verdicts; None when both always say the same one thing."""
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    expected = sum(
        sum(one == verdict for one, _ in pairs) * sum(other == verdict for _, other in pairs)
        for verdict in {verdict for pair in pairs for verdict in pair}
    ) / (total * total)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def disputed(connection: Connection, queue: int, limit: int = 50) -> list[tuple[int, int, datetime]]:
    """Items on which reviewers disagree, oldest first: (item, message, when they did)."""
    rows = connection.execute(
        select(review_items.c.id, review_items.c.message, review_items.c.done_at, review_items.c.created_at)
        .where(review_items.c.queue == queue, review_items.c.state == "disputed")
        .order_by(review_items.c.id)
        .limit(limit)
    )
    return [(row[0], row[1], row[2] or row[3]) for row in rows]
