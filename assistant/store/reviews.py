"""Verdicts on answers: what reviewers and people think of a message, or of the conversation up to it, and better words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from ..errors import NotFound
from ..types import Direction
from . import branches
from . import parts as codec
from .models import (
    messages,
    review_items,
    review_leases,
    review_queues,
    reviews,
    staff,
    turns,
)

REASONS = (
    *("wrong_fact", "unhelpful", "ignored_instruction", "wrong_language", "tone", "unsafe"),
    *("over_refusal", "privacy_leak", "too_long", "format", "tool_error", "other"),
)
"""Why an answer is bad; `other` needs a comment."""
CONTEXT = 12
"""Messages shown above the one that is judged."""
LONGEST_COMMENT = 2000
LONGEST_CORRECTION = 8000
SHOWN = 50
"""Verdicts of one message that are read at once."""


class Verdict(StrEnum):
    """UNSURE counts in no rate."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"


class Source(StrEnum):
    """PERSON: a thumb under the answer. RESOLUTION: it ended a disagreement of reviewers."""

    STAFF = "staff"
    PERSON = "person"
    RESOLUTION = "resolution"


class Fault(StrEnum):
    """Why a judgement cannot be taken as it is."""

    NO_VERDICT = "no_verdict"
    NO_REASON = "no_reason"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a reviewer says. `whole`: of the conversation up to the message. `correction`: what the answer should be."""

    verdict: str
    reasons: tuple[str, ...] = ()
    comment: str | None = None
    correction: str | None = None
    whole: bool = False

    def fault(self) -> Fault | None:
        if self.verdict not in set(Verdict):
            return Fault.NO_VERDICT
        if self.verdict == Verdict.BAD and not self.reasons:
            return Fault.NO_REASON
        if "other" in self.reasons and not self.comment:
            return Fault.NO_WORDS
        if len(self.comment or "") > LONGEST_COMMENT or len(self.correction or "") > LONGEST_CORRECTION:
            return Fault.TOO_LONG
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A verdict as staff read it. `by`: the reviewer's name, None for the person. `replaced_at`: they judged anew."""

    id: int
    message: int
    staff: int | None
    by: str | None
    source: str
    verdict: str
    reasons: tuple[str, ...]
    reason: str | None
    comment: str | None
    correction: str | None
    whole: bool
    item: int | None
    created_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message above the one that is judged."""

    seq: int
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An answer that can be judged, and what was said before it, oldest first."""

    message: int
    conversation: int
    seq: int
    channel: str
    author: str
    text: str
    at: datetime
    status: str | None
    persona_version: int | None
    model: str | None
    before: list[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A verdict as a chip beside a message."""

    id: int
    verdict: str
    source: str
    whole: bool
    corrected: bool


# --- reading ---------------------------------------------------------------------------------------------


def subject(connection: Connection, message: int) -> Subject:
    """What is judged, with its context. Raises NotFound for anything but an answer of ours that still is there."""
    row = (
        connection.execute(
            select(messages, turns.c.persona_version, turns.c.model)
            .outerjoin(turns, turns.c.id == messages.c.turn)
            .where(
                messages.c.id == message,
                messages.c.direction == Direction.OUT.value,
                messages.c.deleted_at.is_(None),
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound("no such answer")
    earlier = or_(
        messages.c.after_seq < row["after_seq"],
        and_(messages.c.after_seq == row["after_seq"], messages.c.seq < row["seq"]),
    )
    before = connection.execute(
        select(messages)
        .where(
            messages.c.conversation == row["conversation"],
            messages.c.seq <= row["seq"],
            messages.c.direction != Direction.INTERNAL.value,
            messages.c.deleted_at.is_(None),
            earlier,
            branches.on_trail(connection, row["conversation"], row["seq"], CONTEXT),
        )
        .order_by(messages.c.seq.desc())
        .limit(CONTEXT)
    ).mappings()
    said = sorted(before, key=lambda one: (one["after_seq"], one["seq"]))
    return Subject(
        message=row["id"],
        conversation=row["conversation"],
        seq=row["seq"],
        channel=row["channel"],
        author=row["author"],
        text=words_of(row["parts"]),
        at=row["sent_at"],
        status=row["status"],
        persona_version=row["persona_version"],
        model=row["model"],
        before=[
            Said(seq=one["seq"], author=one["author"], text=words_of(one["parts"]), at=one["sent_at"])
            for one in said
        ],
    )


def words_of(stored: list[dict[str, Any]]) -> str:
    """What a message says, without the words that are ours and no part of the talk."""
    return codec.spoken(codec.load(stored))


_GIVEN = select(reviews, staff.c.name.label("by")).outerjoin(staff, staff.c.id == reviews.c.staff)


def of_message(connection: Connection, message: int, reader: int, *, history: bool = False) -> list[Given]:
    """The verdicts on a message that this reader may see, newest first; with `history` those that were replaced too.

    As long as the reader has to judge it for a queue that wants several opinions, only their own are shown.
    """
    query = _GIVEN.where(reviews.c.message == message)
    if not history:
        query = query.where(reviews.c.replaced_at.is_(None))
    if _blind(connection, message, reader):
        query = query.where(or_(reviews.c.staff.is_(None), reviews.c.staff == reader))
    rows = connection.execute(query.order_by(reviews.c.id.desc()).limit(SHOWN)).mappings()
    return [_given(row) for row in rows]


def of_item(connection: Connection, item: int) -> list[Given]:
    """The verdicts in force that were given for an item of a queue, oldest first."""
    query = _GIVEN.where(reviews.c.item == item, reviews.c.replaced_at.is_(None)).order_by(reviews.c.id)
    return [_given(row) for row in connection.execute(query).mappings()]


def own(connection: Connection, message: int, reviewer: int, *, whole: bool = False) -> Given | None:
    """The reviewer's own verdict in force."""
    query = _GIVEN.where(
        reviews.c.message == message,
        reviews.c.staff == reviewer,
        reviews.c.whole.is_(whole),
        reviews.c.replaced_at.is_(None),
    )
    row = connection.execute(query.order_by(reviews.c.id.desc()).limit(1)).mappings().first()
    return None if row is None else _given(row)


def marks(connection: Connection, ids: Sequence[int], reader: int) -> dict[int, list[Mark]]:
    """The verdicts in force on many messages, oldest first, for a page that shows them; blind as `of_message` is."""
    found: dict[int, list[Mark]] = {}
    if not ids:
        return found
    hidden = _blind_among(connection, ids, reader)
    query = (
        select(reviews)
        .where(reviews.c.message.in_(ids), reviews.c.replaced_at.is_(None))
        .order_by(reviews.c.id)
    )
    for row in connection.execute(query).mappings():
        if row["message"] in hidden and row["staff"] not in (None, reader):
            continue
        found.setdefault(row["message"], []).append(
            Mark(
                id=row["id"],
                verdict=row["verdict"],
                source=row["source"],
                whole=row["whole"],
                corrected=row["correction"] is not None,
            )
        )
    return found


def told() -> ColumnElement[bool]:
    """Verdicts that every page may show: in force, and not awaiting a second opinion that must not know the first."""
    sealed = (
        select(review_items.c.id)
        .join(review_queues, review_queues.c.id == review_items.c.queue)
        .where(
            review_items.c.message == reviews.c.message,
            review_items.c.state == "open",
            review_queues.c.reviews_per_item > 1,
            review_queues.c.closed_at.is_(None),
        )
    )
    return and_(reviews.c.replaced_at.is_(None), or_(reviews.c.staff.is_(None), ~sealed.exists()))


def final(given: Iterable[Given | Mark]) -> str | None:
    """What several verdicts on one message come to: a resolution decides, then agreement; "disputed" where there is none.

    `given` are verdicts in force. People's thumbs and verdicts on a whole conversation are not counted; None when nothing is
    left.
    """
    counted = [one for one in given if one.source != Source.PERSON and not one.whole]
    resolved = [one for one in counted if one.source == Source.RESOLUTION]
    if resolved:
        return max(resolved, key=lambda one: one.id).verdict
    verdicts = {one.verdict for one in counted}
    if {Verdict.GOOD, Verdict.BAD} <= verdicts:
        return "disputed"
    decided = verdicts - {Verdict.UNSURE}
    return decided.pop() if decided else Verdict.UNSURE.value if verdicts else None


def _blind(connection: Connection, message: int, reader: int) -> bool:
    return bool(_blind_among(connection, [message], reader))


def _blind_among(connection: Connection, ids: Sequence[int], reader: int) -> set[int]:
    """Messages that the reader could still be asked about, in a queue where opinions must not depend on one another."""
    judged = select(review_leases.c.item).where(
        review_leases.c.item == review_items.c.id,
        review_leases.c.staff == reader,
        review_leases.c.state == "decided",
    )
    query = (
        select(review_items.c.message)
        .join(review_queues, review_queues.c.id == review_items.c.queue)
        .where(
            review_items.c.message.in_(ids),
            review_items.c.state == "open",
            review_queues.c.reviews_per_item > 1,
            review_queues.c.closed_at.is_(None),
            ~judged.exists(),
        )
    )
    return set(connection.execute(query).scalars())


def _given(row: Any) -> Given:
    same = ("id", "message", "staff", "by", "source", "verdict", "reason", "comment", "correction")
    return Given(
        **{name: row[name] for name in same},
        whole=row["whole"],
        item=row["item"],
        reasons=tuple(row["reasons"] or ()),
        created_at=row["created_at"],
        replaced_at=row["replaced_at"],
    )


# --- judging ---------------------------------------------------------------------------------------------


def judge(
    connection: Connection,
    message: int,
    judgement: Judgement,
    *,
    reviewer: int,
    now: datetime,
    item: int | None = None,
    source: Source = Source.STAFF,
) -> int:
    """Write a verdict down; the reviewer's own earlier one of the same kind stays as an old version. Returns its id.

    What the person received is not touched. A correction that changes nothing is none. Raises NotFound, and ValueError
    for a judgement with a fault.
    """
    fault = judgement.fault()
    if fault is not None:
        raise ValueError(fault.value)
    stored = connection.execute(
        select(messages.c.parts).where(
            messages.c.id == message,
            messages.c.direction == Direction.OUT.value,
            messages.c.deleted_at.is_(None),
        )
    ).scalar()
    if stored is None:
        raise NotFound("no such answer")
    # Two tabs of one reviewer: one after the other, so that one verdict is in force in the end.
    connection.execute(select(staff.c.id).where(staff.c.id == reviewer).with_for_update())
    mine = (
        reviews.c.message == message,
        reviews.c.staff == reviewer,
        reviews.c.whole.is_(judgement.whole),
        reviews.c.replaced_at.is_(None),
    )
    connection.execute(update(reviews).where(*mine).values(replaced_at=now))
    correction = (judgement.correction or "").strip()
    made = connection.execute(
        insert(reviews)
        .values(
            message=message,
            staff=reviewer,
            source=source.value,
            verdict=judgement.verdict,
            reasons=[reason for reason in REASONS if reason in judgement.reasons] or None,
            comment=judgement.comment or None,
            correction=correction if correction and correction != words_of(stored).strip() else None,
            whole=judgement.whole,
            item=item,
            created_at=now,
        )
        .returning(reviews.c.id)
    )
    return int(made.scalar_one())


def withdraw(
    connection: Connection, message: int, *, reviewer: int, now: datetime, whole: bool = False
) -> bool:
    """Take one's own verdict back, unless it was given for a queue; it stays as an old version. Whether there was one."""
    done = connection.execute(
        update(reviews)
        .where(
            reviews.c.message == message,
            reviews.c.staff == reviewer,
            reviews.c.whole.is_(whole),
            reviews.c.replaced_at.is_(None),
            reviews.c.item.is_(None),
        )
        .values(replaced_at=now)
    )
    return done.rowcount > 0


def conversation_of(connection: Connection, message: int) -> int | None:
    return connection.execute(select(messages.c.conversation).where(messages.c.id == message)).scalar()
