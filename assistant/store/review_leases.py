"""Who looks at which item of a queue: leases of five minutes, drafts kept in them, decisions, and what ends a disagreement.

Everything that gives out or settles an item first takes the row of its queue: what one transaction counts cannot change
under it, so that no item gets more verdicts than its queue asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, update

from ..errors import Conflict, NotFound
from . import dialects, review_queues, reviews
from .models import messages, review_items, review_leases, staff
from .reviews import Judgement, Source, Verdict

LEASE = timedelta(minutes=5)
SKIP_REASONS = ("not_my_language", "not_my_subject", "needs_context", "personal", "other")


class State(StrEnum):
    """Of an item: whether it waits for verdicts, has them, or has them and they contradict one another."""

    OPEN = "open"
    DONE = "done"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a queue. `until`: the end of the reader's own lease; `draft`: what they had written so far."""

    id: int
    queue: int
    message: int
    conversation: int
    source: str
    state: str
    reviews: int
    created_at: datetime
    own: str | None
    until: datetime | None
    draft: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Whether an item is (still) the reviewer's; if not, `by` names who has it or has decided it."""

    held: bool
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What became of a verdict. `taken` is false when the item was somebody else's by then: `by` names them."""

    taken: bool
    state: str
    by: tuple[str, ...] = ()


def lease(connection: Connection, queue: int, reviewer: int, now: datetime) -> Item | None:
    """The reviewer's item: the one they hold, else the oldest that is free. None when there is none for them.

    Raises NotFound, and Conflict for a closed queue.
    """
    found = review_queues.get(connection, queue, lock=True)
    if found.closed_at is not None:
        raise Conflict("the queue is closed")
    held = connection.execute(
        select(review_items.c.id)
        .join(review_leases, review_leases.c.item == review_items.c.id)
        .join(messages, messages.c.id == review_items.c.message)
        .where(
            messages.c.deleted_at.is_(None),
            review_leases.c.staff == reviewer,
            review_leases.c.state == "leased",
            review_leases.c.until > now,
            review_items.c.queue == queue,
            review_items.c.state == State.OPEN.value,
        )
        .order_by(review_items.c.id)
        .limit(1)
    ).scalar()
    chosen = held or _first_free(connection, found, reviewer, now)
    if chosen is None:
        return None
    _hold(connection, chosen, reviewer, now)
    return item(connection, chosen, reviewer)


def item(connection: Connection, number: int, reviewer: int) -> Item:
    """One item as this reviewer has it. Raises NotFound."""
    row = (
        connection.execute(
            select(
                review_items,
                review_leases.c.state.label("own"),
                review_leases.c.until,
                review_leases.c.draft,
            )
            .outerjoin(
                review_leases,
                (review_leases.c.item == review_items.c.id) & (review_leases.c.staff == reviewer),
            )
            .where(review_items.c.id == number)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound("no such item")
    return Item(**{name: row[name] for name in Item.__dataclass_fields__})


def keep(
    connection: Connection, number: int, reviewer: int, now: datetime, draft: dict[str, Any] | None = None
) -> Held:
    """The page is still open: five minutes more, and the draft is written down even when the item was lost.

    A lease that ran out while nobody else came is taken up again. Raises NotFound.
    """
    found, queue = _locked(connection, number, reviewer)
    if found.own not in (None, "leased"):
        return Held(held=False)
    if draft is not None:
        _write(connection, number, reviewer, now, draft=draft)
    by = _rivals(connection, found, queue, reviewer, now)
    if by is not None:
        return Held(held=False, by=by)
    _hold(connection, number, reviewer, now)
    return Held(held=True)


def release(connection: Connection, number: int, reviewer: int, now: datetime) -> bool:
    """The reviewer leaves without a decision: the next one may have it at once; their draft waits for them."""
    done = connection.execute(
        update(review_leases)
        .where(
            review_leases.c.item == number,
            review_leases.c.staff == reviewer,
            review_leases.c.state == "leased",
        )
        .values(until=now, at=now)
    )
    return done.rowcount > 0


def release_all(connection: Connection, reviewer: int, now: datetime) -> int:
    """The reviewer signs out: how many items are free again."""
    done = connection.execute(
        update(review_leases)
        .where(
            review_leases.c.staff == reviewer,
            review_leases.c.state == "leased",
            review_leases.c.until > now,
        )
        .values(until=now, at=now)
    )
    return done.rowcount


def skip(connection: Connection, number: int, reviewer: int, now: datetime, reason: str) -> bool:
    """It is for others to judge; this reviewer is not given it again. False when they had decided it. Raises NotFound."""
    found, _ = _locked(connection, number, reviewer)
    if found.own == "decided":
        return False
    _write(connection, number, reviewer, now, state="skipped", until=None, draft=None, reason=reason)
    return True


def decide(
    connection: Connection, number: int, reviewer: int, judgement: Judgement, now: datetime
) -> Decision:
    """Give a verdict for an item and let go of it. One that comes after the lease is taken if nobody else has the item.

    Somebody who has decided it already changes their verdict; the old one is kept. Raises NotFound, ValueError for a
    judgement with a fault.
    """
    found, queue = _locked(connection, number, reviewer)
    again = found.own == "decided"
    if not again:
        by = _rivals(connection, found, queue, reviewer, now)
        if by is not None:
            _write(connection, number, reviewer, now, draft=draft_of(judgement))
            return Decision(taken=False, state=found.state, by=by)
    reviews.judge(connection, found.message, judgement, reviewer=reviewer, now=now, item=number)
    if not again:
        _write(connection, number, reviewer, now, state="decided", until=None, draft=None)
        connection.execute(
            update(review_items).where(review_items.c.id == number).values(reviews=review_items.c.reviews + 1)
        )
    return Decision(taken=True, state=_settle(connection, number, queue.reviews_per_item, now))


def resolve(connection: Connection, number: int, reviewer: int, judgement: Judgement, now: datetime) -> bool:
    """End a disagreement with a verdict that stands above the others. False when there is none (any more).

    Raises NotFound, ValueError for a judgement with a fault.
    """
    found, _ = _locked(connection, number, reviewer)
    if found.state != State.DISPUTED:
        return False
    reviews.judge(
        connection,
        found.message,
        judgement,
        reviewer=reviewer,
        now=now,
        item=number,
        source=Source.RESOLUTION,
    )
    connection.execute(
        update(review_items).where(review_items.c.id == number).values(state=State.DONE.value, done_at=now)
    )
    return True


def judge(connection: Connection, message: int, judgement: Judgement, *, reviewer: int, now: datetime) -> int:
    """A verdict given beside the transcript; where it changes one of a queue's, the queue follows. Returns its id.

    Raises NotFound, ValueError for a judgement with a fault.
    """
    given = reviews.own(connection, message, reviewer, whole=judgement.whole)
    number = given.item if given is not None else None
    if number is None:
        return reviews.judge(connection, message, judgement, reviewer=reviewer, now=now)
    _, queue = _locked(connection, number, reviewer)
    made = reviews.judge(connection, message, judgement, reviewer=reviewer, now=now, item=number)
    _settle(connection, number, queue.reviews_per_item, now)
    return made


def draft_of(judgement: Judgement) -> dict[str, Any]:
    """A judgement as a lease keeps it."""
    return {
        "verdict": judgement.verdict,
        "reasons": list(judgement.reasons),
        "comment": judgement.comment,
        "correction": judgement.correction,
        "whole": judgement.whole,
    }


def judgement_of(draft: dict[str, Any]) -> Judgement:
    return Judgement(**{**draft, "reasons": tuple(draft.get("reasons") or ())})


# --- what they share -------------------------------------------------------------------------------------


def _first_free(
    connection: Connection, queue: review_queues.Queue, reviewer: int, now: datetime
) -> int | None:
    """The oldest item for this reviewer; one whose answer was taken back meanwhile has nothing left to judge."""
    while True:
        row = connection.execute(
            select(review_items.c.id, messages.c.deleted_at)
            .join(messages, messages.c.id == review_items.c.message)
            .where(*review_queues.free_for(queue, reviewer, now))
            .order_by(review_items.c.id)
            .limit(1)
        ).first()
        if row is None or row.deleted_at is None:
            return None if row is None else int(row.id)
        connection.execute(
            update(review_items)
            .where(review_items.c.id == row.id)
            .values(state=State.DONE.value, done_at=now)
        )


def _locked(connection: Connection, number: int, reviewer: int) -> tuple[Item, review_queues.Queue]:
    """The item as it is once its queue is ours alone."""
    queue = connection.execute(select(review_items.c.queue).where(review_items.c.id == number)).scalar()
    if queue is None:
        raise NotFound("no such item")
    locked = review_queues.get(connection, queue, lock=True)
    return item(connection, number, reviewer), locked


def _rivals(
    connection: Connection, found: Item, queue: review_queues.Queue, reviewer: int, now: datetime
) -> tuple[str, ...] | None:
    """None when there is room for this reviewer's verdict; else who took it: those who decided, or look at it now."""
    rows = connection.execute(
        select(staff.c.name, review_leases.c.state, review_leases.c.until)
        .join(staff, staff.c.id == review_leases.c.staff)
        .where(review_leases.c.item == found.id, review_leases.c.staff != reviewer)
        .order_by(review_leases.c.id)
    ).all()
    decided = [row.name for row in rows if row.state == "decided"]
    looking = [row.name for row in rows if row.state == "leased" and row.until and row.until > now]
    room = found.state == State.OPEN and found.reviews + len(looking) < queue.reviews_per_item
    return None if room else tuple(looking or decided)


def _hold(connection: Connection, number: int, reviewer: int, now: datetime) -> None:
    _write(connection, number, reviewer, now, state="leased", until=now + LEASE)


def _write(connection: Connection, number: int, reviewer: int, now: datetime, **values: Any) -> None:
    first = {"state": "leased", "until": now} | values  # a row made for a draft alone holds nothing
    connection.execute(
        dialects.upsert(connection, review_leases)
        .values(item=number, staff=reviewer, at=now, **first)
        .on_conflict_do_update(index_elements=["item", "staff"], set_={**values, "at": now})
    )


def _settle(connection: Connection, number: int, wanted: int, now: datetime) -> str:
    """Enough verdicts: done, or disputed when some say good and others bad. What was resolved stays so."""
    latest: dict[int, str] = {}
    resolved = False
    for given in reviews.of_item(connection, number):
        resolved = resolved or given.source == Source.RESOLUTION
        if given.staff is not None:
            latest[given.staff] = given.verdict
    count = connection.execute(
        select(func.coalesce(review_items.c.reviews, 0)).where(review_items.c.id == number)
    ).scalar_one()
    if count < wanted and not resolved:
        return State.OPEN.value
    both = {Verdict.GOOD, Verdict.BAD} <= set(latest.values())
    state = State.DISPUTED if both and not resolved else State.DONE
    connection.execute(
        update(review_items).where(review_items.c.id == number).values(state=state.value, done_at=now)
    )
    return state.value
