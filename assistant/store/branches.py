"""Versions of what was said in a chat: stepping back, answering anew, choosing; one path of them all is what counts.

Messages never change their place. A row of `forks` says that what is written from there on follows an earlier message, so
that all of them form a tree; `messages.off_path` marks those that are not on the path from its root to where the talk goes
on. Only the path is told to the model and shown on the page. The accept path knows nothing of it: the first message that
comes after a fork begins the new branch. In order of (after_seq, seq) the path is always what it was when it was said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, takewhile
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, text, true, update

from ..errors import Conflict, NotFound
from ..types import Author, Direction, Mode, OutboxState, Outcome
from .models import conversations, forks, messages, outbox
from .queue import AGAIN

STOPPED: Final = "the person pressed stop"
"""The `outcome_reason` of what was written when its answer was stopped by the button."""
WRITTEN_ANEW: Final = "the person wrote it anew"
ASIDE: Final = "aside"
"""The `error` of a part that was not sent because another version was chosen first."""
_ANSWERABLE: Final = frozenset(
    {Outcome.ANSWERED, Outcome.COALESCED, Outcome.DEAD, Outcome.SILENT, Outcome.REFUSED, Outcome.QUOTA}
)
_AT_ONCE: Final = 500
_BURST: Final = 200  # messages that one answer may be for
_UNSENT = text("outbox.state IN ('held', 'pending', 'unknown')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Which of several versions a message is: `index` from 1 to `count`; the ids of the ones beside it."""

    index: int
    count: int
    previous: int | None
    following: int | None


# --- acts ------------------------------------------------------------------------------------------------


def step_back(connection: Connection, conversation: int, message: int, now: datetime) -> bool:
    """Take what the visitor wrote, and all after it, off the path: what they write next stands in its place.

    False when it is off the path already. Whoever calls tells the workers: an answer under way is lost. Raises NotFound,
    and Conflict where staff answer.
    """
    place = _locked(connection, conversation)
    row = _row(connection, conversation, message)
    if row.direction != Direction.IN:
        raise NotFound("no message of the visitor")
    if place.mode in (Mode.HUMAN, Mode.PAUSED, Mode.BLOCKED):
        raise Conflict("the model does not answer this chat")
    if row.off_path:
        return False
    _leave(connection, place, _from(row), now)
    return True


def regenerate(connection: Connection, conversation: int, message: int, now: datetime) -> bool:
    """Let an answer, and all after it, leave the path, and what it answered wait for another one.

    `message` is the answer; or what was written, when its answer was stopped. False when it is off the path already, or
    waits. Whoever calls rings for a worker. Raises NotFound, and Conflict where the model does not answer.
    """
    place = _locked(connection, conversation)
    row = _row(connection, conversation, message)
    if place.mode != Mode.BOT:
        raise Conflict("the model does not answer this chat")
    if row.off_path:
        return False
    asked = _asked(connection, conversation, row)
    if not asked:
        return False
    after = _behind(row) if row.direction == Direction.IN else _from(row)
    _leave(connection, place, after, now)
    connection.execute(
        update(messages)
        .where(messages.c.id.in_(asked))
        .values(outcome=None, outcome_reason=AGAIN, turn=None, off_path=False)
    )
    _wake(connection, conversation, now)
    return True


def choose(connection: Connection, conversation: int, message: int, now: datetime) -> bool:
    """Make the branch of this message the path, as far as it was followed last. False when it is the path already.

    An answer under way is lost; what was written last on the branch and had none gets one. Raises NotFound, and Conflict where
    staff answer.
    """
    place = _locked(connection, conversation)
    row = _row(connection, conversation, message)
    if place.mode in (Mode.HUMAN, Mode.PAUSED, Mode.BLOCKED):
        raise Conflict("the model does not answer this chat")
    if not row.off_path:
        return False
    tree = _tree(connection, conversation)
    if tree is None:
        raise NotFound("no versions here")
    leaf = tree.leaf(row.seq)
    wanted = set(tree.trail(leaf))
    here = _spoken(conversation)
    shown = set(
        connection.execute(select(messages.c.seq).where(here, messages.c.off_path.is_(False))).scalars()
    )
    _set_aside(connection, conversation, shown - wanted)
    for some in _slices(wanted - shown):
        connection.execute(update(messages).where(here, messages.c.seq.in_(some)).values(off_path=False))
    _parts(connection, conversation)
    back = select(messages.c.id).where(here, messages.c.off_path.is_(False))
    connection.execute(
        update(outbox)
        .where(
            outbox.c.conversation == conversation,
            outbox.c.state == OutboxState.CANCELLED.value,
            outbox.c.error == ASIDE,
            outbox.c.message.in_(back),
        )
        .values(state=OutboxState.PENDING.value, error=None, next_at=now)
    )
    _settle_path(connection, place)
    _fork(connection, place, leaf)
    _begin_anew(connection, place, min(shown ^ wanted), now)
    return True


# --- reading ---------------------------------------------------------------------------------------------


def versions(connection: Connection, conversation: int, seqs: Collection[int]) -> dict[int, Version]:
    """Those of these messages that have other versions, by seq."""
    tree = _tree(connection, conversation) if seqs else None
    if tree is None:
        return {}
    beside = {seq: tree.beside(seq) for seq in seqs if seq in tree.parents}
    several = {seq: those for seq, those in beside.items() if len(those) > 1}
    rows = _ids(connection, conversation, {one for those in several.values() for one in those})
    found = {}
    for seq, those in several.items():
        ids = [rows[one] for one in those if one in rows]
        if seq in rows and len(ids) > 1:
            at = ids.index(rows[seq])
            found[seq] = Version(
                index=at + 1,
                count=len(ids),
                previous=ids[at - 1] if at else None,
                following=ids[at + 1] if at + 1 < len(ids) else None,
            )
    return found


def trail(connection: Connection, conversation: int, seq: int) -> list[int] | None:
    """The seqs of the branch that ends with this message; None where there is only one branch."""
    tree = _tree(connection, conversation)
    return None if tree is None or seq not in tree.parents else tree.trail(seq)


def on_trail(connection: Connection, conversation: int, seq: int, limit: int) -> ColumnElement[bool]:
    """Messages of the branch that led to this one, of which not more than `limit` are wanted; every one without branches."""
    seqs = trail(connection, conversation, seq)
    return true() if seqs is None else messages.c.seq.in_(seqs[-limit - 1 :])


def end_of_path(connection: Connection, conversation: int) -> int:
    """The seq of the last message of the path; 0 when there is none."""
    found = connection.execute(
        select(messages.c.seq)
        .where(_spoken(conversation), messages.c.off_path.is_(False))
        .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
        .limit(1)
    ).scalar()
    return int(found or 0)


# --- the tree --------------------------------------------------------------------------------------------


class Tree:
    """Who follows whom, by seq; 0 is what stands before the first message.

    `said` are (after_seq, seq) of all messages, `jumps` (after_seq, parent_seq) of the forks in the order they were made.
    """

    def __init__(self, said: Iterable[tuple[int, int]], jumps: Iterable[tuple[int, int]]) -> None:
        self._said = sorted(said)
        self._jumps = list(jumps)
        begins = dict(self._jumps)  # the last one of each place
        edges = sorted(begins)
        branches: dict[int, list[int]] = {}
        for _, seq in self._said:
            branches.setdefault(bisect_left(edges, seq), []).append(seq)
        self.parents: dict[int, int] = {}
        for number, seqs in branches.items():
            self.parents[seqs[0]] = begins[edges[number - 1]] if number else 0
            self.parents.update((seq, before) for before, seq in pairwise(seqs))
        self._children: dict[int, list[int]] = {}
        for seq, parent in sorted(self.parents.items()):
            self._children.setdefault(parent, []).append(seq)

    def trail(self, seq: int) -> list[int]:
        """From the first message to this one."""
        found = []
        while seq in self.parents:
            found.append(seq)
            seq = self.parents[seq]
        return found[::-1]

    def beside(self, seq: int) -> list[int]:
        """All that were said in this place, oldest first, this one among them."""
        return self._children[self.parents[seq]]

    def leaf(self, seq: int) -> int:
        """Where the talk goes on behind this message: along what was followed last."""
        last = self._followed()
        while seq in last:
            seq = last[seq]
        return seq

    def _followed(self) -> dict[int, int]:
        """Of each message the child that was on the path last.

        Everything that happened had an end of the path: the message that was said, or that a fork went back to. From the
        newest on, whoever leads there first was followed last.
        """
        order = [((seq, -1), seq) for _, seq in self._said]
        order += [((after, number), parent) for number, (after, parent) in enumerate(self._jumps)]
        last: dict[int, int] = {}
        for _, end in sorted(order, reverse=True):
            seq = end
            while seq in self.parents and self.parents[seq] not in last:
                last[self.parents[seq]] = seq
                seq = self.parents[seq]
        return last


def _tree(connection: Connection, conversation: int) -> Tree | None:
    """None, as in nearly every conversation, when nobody ever went back."""
    jumps = connection.execute(
        select(forks.c.after_seq, forks.c.parent_seq)
        .where(forks.c.conversation == conversation)
        .order_by(forks.c.id)
    ).all()
    if not jumps:
        return None
    said = connection.execute(select(messages.c.after_seq, messages.c.seq).where(_spoken(conversation))).all()
    return Tree(
        ((row.after_seq, row.seq) for row in said), ((row.after_seq, row.parent_seq) for row in jumps)
    )


# --- what they share -------------------------------------------------------------------------------------


def _spoken(conversation: int) -> ColumnElement[bool]:
    return and_(messages.c.conversation == conversation, messages.c.direction != Direction.INTERNAL.value)


def _locked(connection: Connection, conversation: int) -> Any:
    row = connection.execute(
        select(conversations).where(conversations.c.id == conversation).with_for_update()
    ).first()
    if row is None:
        raise NotFound("no such chat")
    return row


def _row(connection: Connection, conversation: int, message: int) -> Any:
    row = connection.execute(
        select(messages).where(
            messages.c.id == message, _spoken(conversation), messages.c.deleted_at.is_(None)
        )
    ).first()
    if row is None:
        raise NotFound("no such message in this chat")
    return row


def _asked(connection: Connection, conversation: int, row: Any) -> list[int]:
    """The messages that wait again, by id. Raises Conflict when the answer was none of the model's."""
    if row.direction == Direction.IN:
        if row.outcome == Outcome.COMMAND and row.outcome_reason != STOPPED:
            raise Conflict("an order is not obeyed twice")
        return [] if row.outcome is None else [row.id]
    if row.author not in (Author.ASSISTANT, Author.SYSTEM):
        raise Conflict("this was not written by the model")
    # A message may have had several answers; the newest one's turn is all that it names.
    before = connection.execute(
        select(messages.c.id, messages.c.direction, messages.c.outcome, messages.c.deleted_at)
        .where(_spoken(conversation), messages.c.off_path.is_(False), _before(row))
        .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
        .limit(_BURST)
    ).all()
    burst = list(takewhile(lambda one: one.direction == Direction.IN, before))
    found = [one.id for one in burst if one.outcome in _ANSWERABLE and one.deleted_at is None]
    if not found or found[0] != burst[0].id:
        raise Conflict("there is nothing to be answered anew")
    return found


def _from(row: Any) -> ColumnElement[bool]:
    """This message and all that stand behind it."""
    same = and_(messages.c.after_seq == row.after_seq, messages.c.seq >= row.seq)
    return or_(messages.c.after_seq > row.after_seq, same)


def _before(row: Any) -> ColumnElement[bool]:
    same = and_(messages.c.after_seq == row.after_seq, messages.c.seq < row.seq)
    return or_(messages.c.after_seq < row.after_seq, same)


def _behind(row: Any) -> ColumnElement[bool]:
    same = and_(messages.c.after_seq == row.after_seq, messages.c.seq > row.seq)
    return or_(messages.c.after_seq > row.after_seq, same)


def _leave(connection: Connection, place: Any, which: ColumnElement[bool], now: datetime) -> None:
    """These messages of the path leave it; what comes next follows the last one that stays."""
    leaving = set(
        connection.execute(
            select(messages.c.seq).where(_spoken(place.id), messages.c.off_path.is_(False), which)
        ).scalars()
    )
    _set_aside(connection, place.id, leaving)
    _parts(connection, place.id)
    if leaving:
        _fork(connection, place, end_of_path(connection, place.id))
    _begin_anew(connection, place, min(leaving, default=place.last_seq + 1), now)


def _set_aside(connection: Connection, conversation: int, seqs: set[int]) -> None:
    """They are off the path, and what waited among them has its end."""
    for some in _slices(seqs):
        here = (_spoken(conversation), messages.c.seq.in_(some))
        connection.execute(update(messages).where(*here).values(off_path=True))
        connection.execute(
            update(messages)
            .where(*here, messages.c.direction == Direction.IN.value, messages.c.outcome.is_(None))
            .values(outcome=Outcome.SILENT.value, outcome_reason=WRITTEN_ANEW)
        )


def _settle_path(connection: Connection, place: Any) -> None:
    """What the chosen branch holds an answer to has one again; at its end, what was given up in favour of another waits."""
    rows = connection.execute(
        select(messages.c.id, messages.c.direction, messages.c.outcome, messages.c.outcome_reason)
        .where(_spoken(place.id), messages.c.off_path.is_(False))
        .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
    ).all()
    end = list(takewhile(lambda one: one.direction == Direction.IN, rows))
    ends: dict[int, tuple[Outcome | None, str | None]] = {}
    for later, one in pairwise(rows[len(end) :]):
        answered = later.direction == Direction.OUT
        if one.direction == Direction.IN and (
            one.outcome is None or (answered and one.outcome_reason == WRITTEN_ANEW)
        ):
            ends[one.id] = (Outcome.ANSWERED if answered else Outcome.COALESCED, None)
    if place.mode == Mode.BOT:
        ends |= {one.id: (None, AGAIN) for one in end if one.outcome_reason == WRITTEN_ANEW}
    for message, (outcome, reason) in ends.items():
        connection.execute(
            update(messages)
            .where(messages.c.id == message)
            .values(outcome=outcome.value if outcome else None, outcome_reason=reason)
        )


def _parts(connection: Connection, conversation: int) -> None:
    """What was set aside before it was sent stays where it is."""
    gone = select(messages.c.id).where(_spoken(conversation), messages.c.off_path)
    connection.execute(
        update(outbox)
        .where(outbox.c.conversation == conversation, _UNSENT, outbox.c.message.in_(gone))
        .values(state=OutboxState.CANCELLED.value, error=ASIDE)
    )


def _fork(connection: Connection, place: Any, parent: int) -> None:
    """The same jump made again counts as the newest; so there are no more rows than ends of branches."""
    values = {"conversation": place.id, "after_seq": place.last_seq, "parent_seq": parent}
    connection.execute(delete(forks).where(*(forks.c[name] == value for name, value in values.items())))
    connection.execute(insert(forks).values(values))


def _begin_anew(connection: Connection, place: Any, changed: int, now: datetime) -> None:
    """The turn under way is lost, and what was summed up of the messages from `changed` on is no longer so."""
    values: dict[str, Any] = {
        "epoch": conversations.c.epoch + 1,
        "lease_token": conversations.c.lease_token + 1,
        "lease_owner": None,
        "lease_until": None,
        "crashes": 0,
        "attempts": 0,
        "due_at": None,
        "first_due_at": None,
    }
    known = place.summary is not None and place.summary_seq < changed
    if place.summary_seq >= changed:
        values |= {"summary": None, "summary_seq": 0}
    if place.next_summary_seq is not None and place.next_summary_seq >= changed:
        values |= {"next_summary": None, "next_summary_seq": None}
    if place.window_from_seq >= changed:
        values["window_from_seq"] = place.summary_seq if known else 0
    connection.execute(update(conversations).where(conversations.c.id == place.id).values(values))
    waits = select(messages.c.id).where(
        messages.c.conversation == place.id,
        messages.c.direction == Direction.IN.value,
        messages.c.outcome.is_(None),
    )
    if connection.execute(waits.limit(1)).first() is not None:
        _wake(connection, place.id, now)


def _wake(connection: Connection, conversation: int, now: datetime) -> None:
    connection.execute(
        update(conversations).where(conversations.c.id == conversation).values(due_at=now, first_due_at=now)
    )


def _ids(connection: Connection, conversation: int, seqs: set[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in _slices(seqs):
        rows = connection.execute(
            select(messages.c.seq, messages.c.id).where(
                messages.c.conversation == conversation,
                messages.c.seq.in_(some),
                messages.c.deleted_at.is_(None),
            )
        )
        found |= {row.seq: row.id for row in rows}
    return found


def _slices(numbers: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
