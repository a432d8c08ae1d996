"""The turn queue: a conversation with unanswered messages is the unit of work, claimed with a fenced lease."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from ..errors import Conflict
from ..types import Address, Audience, Author, Cause, Direction, Lane, Mode, OutboxState, Outcome, Part
from . import parts as codec
from . import usage
from .conversations import Summary
from .models import Instant, conversations, messages, notices, outbox, steps, turns
from .people import forget

RECALLED = "recalled"
"""The `error` of a part that was being sent when nobody wanted it any more."""
AGAIN = "again"  # the `outcome_reason` of a message that waits for another answer than the one it had
SUSPECT_AFTER = 2
"""Crashed claims after which a conversation is answered apart from others, and one message at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A conversation that is ours until `token` is overtaken. `crashes`: claims before this one that never ended.

    `summary` covers what was said up to `summary_seq`; `next_summary` takes its place when the window moves.
    """

    conversation: int
    person: int
    address: Address
    audience: Audience
    token: int
    epoch: int
    crashes: int
    attempts: int
    window_from_seq: int
    summary: Summary | None
    summary_seq: int
    next_summary: Summary | None
    language: str | None
    mode: Mode = Mode.BOT

    @property
    def suspect(self) -> bool:
        """Its turns crashed before: perhaps it is what kills."""
        return self.crashes >= SUSPECT_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One message that has no outcome yet. `again`: it had an answer, and another one is wanted."""

    id: int
    seq: int
    external_id: str | None
    parts: tuple[Part, ...]
    sent_at: datetime
    received_at: datetime
    writer: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes out: one message, cut into the parts of the channel's size, each with its own key."""

    author: Author
    whole: tuple[Part, ...]
    pieces: tuple[tuple[str, Part], ...]
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of a turn for the trace: a tool call, a round, a verdict."""

    kind: str
    name: str
    input: Any
    output: str
    state: str
    took_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """What a finished turn leaves behind for the trace."""

    cause: Cause = Cause.MESSAGE
    lane: Lane = Lane.INTERACTIVE
    state: str = "committed"
    model: str | None = None
    persona_version: int | None = None
    prompt: Any = None
    sampling: Any = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    finish: str | None = None
    taint: bool = False
    error: str | None = None
    claimed_at: datetime | None = None
    started_at: datetime
    asked_at: datetime | None = None
    first_token_at: datetime | None = None
    steps: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The end of a turn, written in one transaction: outcomes, reply, trace; and what the conversation is from now on.

    `notice`: the reply carries this notice (that an AI writes); the evidence is kept. `forget_to`: what was said up to this
    seq is deleted. `drop_unsent`: parts of the model's answers that did not leave yet never do. `spent`: what the person
    used, by kind.
    """

    waiting: Sequence[Waiting]
    outcome: Outcome
    reason: str | None = None
    reply: Reply | None = None
    turn: TurnRow | None = None
    values: dict[str, Any] = field(default_factory=dict)
    notice: str | None = None
    forget_to: int | None = None
    drop_unsent: bool = False
    spent: dict[str, int] = field(default_factory=dict)


_UNSENT = text("outbox.state IN ('held', 'pending', 'sending', 'unknown')")  # the words of its index
_HELD = conversations.c.lease_owner.is_not(None)  # a token is good until its turn is settled, not after
_ANSWERED = (Mode.BOT.value, Mode.OPTED_OUT.value)  # who opted out is heard in case they say start


_WRITTEN = text(
    "messages.direction = 'in'"
)  # not bound: only then both databases use the index of what waits
# Written once: to put these statements together again for every claim took longer than the database does.
_WAITS = conversations.c.due_at.is_not(None)
_found = (
    select(func.min(conversations.c.priority).label("priority")).where(_WAITS).cte("levels", recursive=True)
)
_further = select(func.min(conversations.c.priority)).where(
    _WAITS, conversations.c.priority > _found.c.priority
)
_levels = _found.union_all(select(_further.scalar_subquery()).where(_found.c.priority.is_not(None)))
_PRIORITIES = select(_levels.c.priority).where(_levels.c.priority.is_not(None))
_EARLIEST = (
    select(conversations.c.due_at)
    .where(conversations.c.priority == bindparam("level"), _WAITS, conversations.c.mode.in_(_ANSWERED))
    .order_by(conversations.c.due_at)
    .limit(1)
)
_now, _end = bindparam("now", type_=Instant), bindparam("end", type_=Instant)
_due = (
    select(conversations.c.id, conversations.c.crashes)
    .where(
        conversations.c.priority == bindparam("level"),
        conversations.c.due_at <= _now,
        conversations.c.mode.in_(_ANSWERED),
        or_(conversations.c.lease_until.is_(None), conversations.c.lease_until <= _now),
    )
    .order_by(conversations.c.due_at)
    .limit(bindparam("room", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_suspect = (
    select(_due.c.id)
    .where(_due.c.crashes >= SUSPECT_AFTER)
    .order_by(_due.c.crashes, _due.c.id)
    .limit(bindparam("suspects", type_=Integer))
    .subquery()
)
_CLAIM = (
    update(conversations)
    .where(
        conversations.c.id.in_(
            select(_due.c.id).where(_due.c.crashes < SUSPECT_AFTER).union_all(select(_suspect.c.id))
        )
    )
    .values(
        lease_owner=bindparam("worker"),
        lease_token=conversations.c.lease_token + 1,
        lease_until=_end,
        due_at=_end,
        crashes=conversations.c.crashes + 1,
    )
    .returning(conversations)
)


def claim(
    connection: Connection,
    worker: str,
    now: datetime,
    lease: timedelta,
    limit: int = 1,
    *,
    suspects: bool = True,
) -> list[Claim]:
    """Take up to `limit` due conversations, most urgent first. Nobody else gets them before the lease ends.

    What crashed before may crash again and take down whatever runs beside it: of such conversations one at a time, the
    least suspect first, and without `suspects` none. Else a message that kills would bring innocent ones down with it,
    again and again, until all of them are set aside.
    """
    claims: list[Claim] = []
    for level in _priorities(connection):
        values = {
            "level": level,
            "now": now,
            "end": now + lease,
            "worker": worker,
            "room": limit - len(claims),
            "suspects": int(suspects),
        }
        claims += [_claim(row) for row in connection.execute(_CLAIM, values).mappings()]
        suspects = suspects and not any(claim.suspect for claim in claims)
        if len(claims) >= limit:
            break
    return claims


def _priorities(connection: Connection) -> list[int]:
    """The priorities that wait, most urgent first.

    One look into the index for each of them: asked without its priority, what is not due yet would be looked through too.
    """
    return sorted(connection.execute(_PRIORITIES).scalars())


def _claim(row: Any) -> Claim:
    return Claim(
        conversation=row["id"],
        person=row["person"],
        address=address_of(row),
        audience=Audience(row["kind"]),
        token=row["lease_token"],
        epoch=row["epoch"],
        crashes=row["crashes"] - 1,
        attempts=row["attempts"],
        window_from_seq=row["window_from_seq"],
        summary=_summary(row["summary_seq"], row["summary"]),
        summary_seq=row["summary_seq"],
        next_summary=_summary(row["next_summary_seq"], row["next_summary"]),
        language=row["language"],
        mode=Mode(row["mode"]),
    )


def _summary(seq: int | None, text: str | None) -> Summary | None:
    return None if seq is None or text is None else Summary(seq=seq, text=text)


def address_of(row: Any) -> Address:
    return Address(channel=row["channel"], account=row["account"], peer=row["peer"], thread=row["thread"])


def next_due(connection: Connection) -> datetime | None:
    """When the earliest conversation falls due."""
    earliest = [connection.execute(_EARLIEST, {"level": level}).scalar() for level in _priorities(connection)]
    return min((due for due in earliest if due is not None), default=None)


def renew(
    connection: Connection, held: Iterable[tuple[int, int]], now: datetime, lease: timedelta
) -> set[int]:
    """Prolong leases, given as (conversation, token); returns those that are still ours: not what was settled meanwhile."""
    kept = set()
    for conversation, token in held:
        done = connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.lease_token == token, _HELD)
            .values(lease_until=now + lease, due_at=now + lease)
        )
        if done.rowcount:
            kept.add(conversation)
    return kept


def holds(connection: Connection, claim: Claim) -> bool:
    """Whether the conversation is still this claim's: neither its lease nor its epoch was overtaken."""
    ours = select(conversations.c.id).where(
        conversations.c.id == claim.conversation,
        conversations.c.lease_token == claim.token,
        conversations.c.epoch == claim.epoch,
    )
    return connection.execute(ours).first() is not None


def waiting(connection: Connection, conversation: int, *, limit: int = 200) -> list[Waiting]:
    """The messages without an outcome, oldest first."""
    rows = connection.execute(
        select(
            messages.c.id,
            messages.c.seq,
            messages.c.external_id,
            messages.c.parts,
            messages.c.sent_at,
            messages.c.received_at,
            messages.c.writer,
            messages.c.outcome_reason.is_not_distinct_from(AGAIN).label("again"),
        )
        .where(
            messages.c.conversation == conversation,
            _WRITTEN,
            messages.c.outcome.is_(None),
        )
        .order_by(messages.c.seq)
        .limit(limit)
    ).mappings()
    return [Waiting(**{**row, "parts": codec.load(row["parts"])}) for row in rows]


def release(
    connection: Connection,
    claim: Claim,
    now: datetime,
    *,
    delay: timedelta = timedelta(0),
    failed: bool = False,
) -> bool:
    """Give the conversation back, to be claimed again after `delay`. It does not count as a crash; `failed` as an attempt."""
    done = connection.execute(
        update(conversations)
        .where(conversations.c.id == claim.conversation, conversations.c.lease_token == claim.token, _HELD)
        .values(
            lease_owner=None,
            lease_until=None,
            due_at=now + delay,
            crashes=claim.crashes,
            attempts=conversations.c.attempts + (1 if failed else 0),
        )
    )
    return done.rowcount == 1


def settle(
    connection: Connection, claim: Claim, end: Settlement, now: datetime, debounce: timedelta, cap: timedelta
) -> int | None:
    """Write the end of a turn; returns the reply's seq. Raises Conflict, writing nothing, when the lease or epoch is lost."""
    guard = (
        conversations.c.id == claim.conversation,
        conversations.c.lease_token == claim.token,
        conversations.c.epoch == claim.epoch,
        _HELD,
    )
    locked = connection.execute(
        update(conversations).where(*guard).values(last_at=now).returning(conversations.c.last_seq)
    ).first()
    if locked is None:
        raise Conflict("the lease or the epoch of this conversation was overtaken; nothing was written")
    hi_seq = max((message.seq for message in end.waiting), default=locked.last_seq)
    turn = (
        _write_turn(connection, claim, end.turn, end.waiting, hi_seq, now) if end.turn is not None else None
    )
    _write_outcomes(connection, end, turn)
    if end.values.get("mode") == Mode.HUMAN:
        settle_waiting(
            connection, claim.conversation, Outcome.HANDED_TO_HUMAN, "the person asked for a human before it"
        )
    if end.values.get("mode") == Mode.PAUSED:
        settle_waiting(connection, claim.conversation, Outcome.HANDED_TO_HUMAN, "the conversation is paused")
    if end.spent:
        usage.spend(connection, claim.person, now, end.spent)
    if end.forget_to is not None:
        forget(connection, claim.conversation, end.forget_to)
    if end.drop_unsent:
        drop_unsent(connection, claim.conversation)
    seq: int | None = None
    if end.reply is not None:
        seq = locked.last_seq + 1
        message = write_reply(
            connection,
            claim.conversation,
            claim.address,
            end.reply,
            seq=seq,
            after=hi_seq,
            turn=turn,
            now=now,
        )
        if end.notice is not None:
            connection.execute(
                insert(notices).values(
                    conversation=claim.conversation, kind=end.notice, message=message, at=now
                )
            )
    rest = connection.execute(
        select(func.min(messages.c.received_at), func.max(messages.c.received_at)).where(
            messages.c.conversation == claim.conversation,
            _WRITTEN,
            messages.c.outcome.is_(None),
        )
    ).one()
    first, last = (_instant(value) for value in rest)
    due = None
    if first is not None and last is not None:
        due = min(max(now, last + debounce), max(now, first + cap))
    connection.execute(
        update(conversations)
        .where(conversations.c.id == claim.conversation)
        .values(
            {
                "lease_owner": None,
                "lease_until": None,
                "crashes": 0,
                "attempts": 0,
                "answered_seq": hi_seq,
                "last_seq": seq or locked.last_seq,
                "due_at": due,
                "first_due_at": first,
            }
            | end.values
        )
    )
    return seq


def settle_waiting(connection: Connection, conversation: int, outcome: Outcome, reason: str) -> None:
    """Every message that waits has this outcome."""
    connection.execute(
        update(messages)
        .where(
            messages.c.conversation == conversation,
            _WRITTEN,
            messages.c.outcome.is_(None),
        )
        .values(outcome=outcome.value, outcome_reason=reason)
    )


def drop_unsent(connection: Connection, conversation: int, *, notices_too: bool = False) -> None:
    """What the model said and did not leave yet never does, nor is it sent again when nobody knows whether it left.

    A send under way cannot be called back: it is RECALLED, which says that whatever comes of it, it is not tried again.
    Until that is known, what is sent after it waits for it. `notices_too`: the same for the system's own words.
    """
    written: ColumnElement[bool] = outbox.c.turn.is_not(None)
    if notices_too:
        written = or_(
            written,
            select(messages.c.id)
            .where(messages.c.id == outbox.c.message, messages.c.author == Author.SYSTEM.value)
            .exists(),
        )
    under_way = outbox.c.state == OutboxState.SENDING.value
    connection.execute(
        update(outbox)
        .where(outbox.c.conversation == conversation, _UNSENT, written)
        .values(
            state=case((under_way, outbox.c.state), else_=OutboxState.CANCELLED.value),
            error=case((under_way, RECALLED), else_=outbox.c.error),
        )
    )


def write_reply(
    connection: Connection,
    conversation: int,
    address: Address,
    reply: Reply,
    *,
    seq: int,
    after: int,
    turn: int | None,
    now: datetime,
    staff: int | None = None,
) -> int:
    """Insert an outbound message and its outbox parts; returns the message id."""
    message = connection.execute(
        insert(messages)
        .values(
            conversation=conversation,
            seq=seq,
            after_seq=after,
            direction=Direction.OUT.value,
            author=reply.author.value,
            channel=address.channel,
            account=address.account,
            parts=codec.dump(reply.whole),
            turn=turn,
            staff=staff,
            sent_at=now,
            received_at=now,
        )
        .returning(messages.c.id)
    ).scalar_one()
    connection.execute(
        insert(outbox),
        [
            {
                "conversation": conversation,
                "message": message,
                "turn": turn,
                "part": number,
                "channel": address.channel,
                "account": address.account,
                "state": OutboxState.PENDING.value,
                "payload": codec.dump((part,))[0],
                "reply_to": reply.reply_to if number == 0 else None,
                "idempotency_key": key,
                "next_at": now,
                "created_at": now,
            }
            for number, (key, part) in enumerate(reply.pieces)
        ],
    )
    return int(message)


def _instant(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _write_turn(
    connection: Connection, claim: Claim, row: TurnRow, batch: Sequence[Waiting], hi_seq: int, now: datetime
) -> int:
    turn = connection.execute(
        insert(turns)
        .values(
            conversation=claim.conversation,
            lo_seq=min((message.seq for message in batch), default=hi_seq),
            hi_seq=hi_seq,
            cause=row.cause.value,
            lane=row.lane.value,
            state=row.state,
            model=row.model,
            persona_version=row.persona_version,
            prompt=row.prompt,
            sampling=row.sampling,
            prompt_tokens=row.prompt_tokens,
            cached_tokens=row.cached_tokens,
            completion_tokens=row.completion_tokens,
            finish=row.finish,
            taint=row.taint,
            error=row.error,
            claimed_at=row.claimed_at,
            started_at=row.started_at,
            asked_at=row.asked_at,
            first_token_at=row.first_token_at,
            ended_at=now,
        )
        .returning(turns.c.id)
    ).scalar_one()
    if row.steps:
        connection.execute(
            insert(steps),
            [
                {
                    "turn": turn,
                    "ord": number,
                    "kind": step.kind,
                    "name": step.name,
                    "input": step.input,
                    "output": step.output,
                    "state": step.state,
                    "took_ms": step.took_ms,
                }
                for number, step in enumerate(row.steps)
            ],
        )
    return int(turn)


def _write_outcomes(connection: Connection, end: Settlement, turn: int | None) -> None:
    """The newest message has the turn's outcome; the ones answered together with it are coalesced into it."""
    if not end.waiting:
        return
    *earlier, newest = [message.id for message in end.waiting]
    shared = end.outcome if end.outcome is not Outcome.ANSWERED else Outcome.COALESCED
    for ids, outcome in ((earlier, shared), ([newest], end.outcome)):
        if ids:
            connection.execute(
                update(messages)
                .where(messages.c.id.in_(ids), messages.c.outcome.is_(None))
                .values(outcome=outcome.value, outcome_reason=end.reason, turn=turn)
            )
