"""The outbox: what was decided to be sent, sent in order per conversation, with its doubts written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)

from ..types import Address, Author, Exchange, OutboxState, Part, Status
from . import parts as codec
from .accounts import WHOLE, Account, begin_trial, paused_accounts, try_again
from .models import conversations, exchanges, messages, outbox
from .queue import RECALLED, address_of
from .receipts import after_send, refresh_ticks

# Written out, not bound: only then both databases use the partial indexes of what has not left yet.
_ACTIVE = "state IN ('held', 'pending', 'sending', 'unknown')"
_PENDING, OPEN = text("outbox.state = 'pending'"), text(f"outbox.{_ACTIVE}")
_EARLIER = outbox.alias("earlier")
_FIRST = ~exists().where(
    _EARLIER.c.conversation == outbox.c.conversation, _EARLIER.c.id < outbox.c.id, text(f"earlier.{_ACTIVE}")
)
"""Nothing before it in its conversation is still on its way."""
_PARTS = (
    select(
        outbox,
        conversations.c.peer,
        conversations.c.thread,
        conversations.c.window_until,
        messages.c.seq,
        messages.c.author,
    )
    .join(conversations, conversations.c.id == outbox.c.conversation)
    .join(messages, messages.c.id == outbox.c.message)
)
RECALLED_SEND = func.coalesce(outbox.c.error, "") == RECALLED
"""Somebody took it back while it was being sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A part that is ours to send now. `repeat`: it may have been delivered before. `recallable`: no person wrote it.

    `seq`: its message's place in the conversation. `due_at`: since when it could have left, `taken_at`: when it was
    taken. `trial`: its account was paused,
    and it goes alone to see whether the pause may end.
    """

    id: int
    conversation: int
    message: int
    address: Address
    part: Part
    idempotency_key: str
    reply_to: str | None
    attempt: int
    repeat: bool
    recallable: bool
    window_until: datetime | None
    created_at: datetime
    seq: int = 0
    due_at: datetime | None = None
    taken_at: datetime | None = None
    trial: bool = False

    @property
    def account(self) -> Account:
        return self.address.channel, self.address.account


def take(
    connection: Connection, now: datetime, hold: timedelta, limit: int, shut: Collection[Account] = ()
) -> list[Sending]:
    """Mark up to `limit` due parts as being sent, those that wait longest first.

    Per conversation the first open one only; nothing of the accounts in `shut`, nothing of a paused account, and of one
    whose pause has run out a single part. `hold`: after this long without a word the part counts as unclear.
    """
    paused = paused_accounts(connection)
    closed = {*shut, *paused}
    found = _due(connection, now, limit, _of_none(closed))
    trials = set()
    for account, resume_at in paused.items():
        if account in shut or resume_at is None or resume_at > now or len(found) >= limit:
            continue
        if (account[0], WHOLE) in paused:
            continue
        [*rows] = _due(connection, now, 1, tuple_(outbox.c.channel, outbox.c.account) == tuple_(*account))
        if rows and begin_trial(connection, account, resume_at, now + hold):
            found += rows
            trials.add(rows[0]["id"])
    if not found:
        return []
    connection.execute(
        update(outbox)
        .where(outbox.c.id.in_([row["id"] for row in found]))
        .values(
            state=OutboxState.SENDING.value,
            attempt=outbox.c.attempt + 1,
            next_at=now + hold,
            external_id=None,
        )
    )
    return [_sending(row, now, row["id"] in trials) for row in found]


def _of_none(accounts: Collection[Account]) -> ColumnElement[bool]:
    channels = sorted({channel for channel, account in accounts if account == WHOLE})
    others = sorted(account for account in accounts if account[0] not in channels)
    conditions = []
    if channels:
        conditions.append(outbox.c.channel.not_in(channels))
    if others:
        conditions.append(tuple_(outbox.c.channel, outbox.c.account).not_in(others))
    return and_(literal(True), *conditions)


def _due(connection: Connection, now: datetime, limit: int, which: ColumnElement[bool]) -> list[Any]:
    return list(
        connection.execute(
            _PARTS.where(_PENDING, OPEN, outbox.c.next_at <= now, which, _FIRST)
            .order_by(outbox.c.next_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        ).mappings()
    )


def read(connection: Connection, which: ColumnElement[bool], now: datetime) -> list[Sending]:
    """Parts as they were when they were last taken; it takes none."""
    found = connection.execute(_PARTS.where(which).order_by(outbox.c.id)).mappings()
    return [replace(_sending(row, now, False), attempt=row["attempt"]) for row in found]


def _sending(row: Any, now: datetime, trial: bool) -> Sending:
    return Sending(
        id=row["id"],
        conversation=row["conversation"],
        message=row["message"],
        address=address_of(row),
        part=codec.load([row["payload"]])[0],
        idempotency_key=row["idempotency_key"],
        reply_to=row["reply_to"],
        attempt=row["attempt"] + 1,
        repeat=row["duplicate_possible"],
        recallable=row["author"] != Author.STAFF,
        window_until=row["window_until"],
        created_at=row["created_at"],
        seq=row["seq"],
        due_at=row["next_at"],
        taken_at=now,
        trial=trial,
    )


def next_due(connection: Connection, now: datetime, shut: Collection[Account] = ()) -> datetime | None:
    """When the next part wants attention: to be sent, or to be doubted. What cannot leave now does not count."""
    held = {
        account
        for account, resume_at in paused_accounts(connection).items()
        if resume_at is None or resume_at > now
    }
    may_leave = _PENDING & _of_none({*shut, *held}) & _FIRST
    return connection.execute(
        select(outbox.c.next_at)
        .where(OPEN, or_(text("outbox.state IN ('sending', 'unknown')"), may_leave))
        .order_by(outbox.c.next_at)
        .limit(1)
    ).scalar()


def still_wanted(connection: Connection, part: Sending) -> bool:
    """Whether a part that was taken is still to be sent; read last before it leaves."""
    mine = select(outbox.c.id).where(
        outbox.c.id == part.id, outbox.c.state == OutboxState.SENDING.value, ~RECALLED_SEND
    )
    return connection.execute(mine).first() is not None


def let_go(connection: Connection, part: Sending) -> bool:
    """Whether the part was recalled while it was ours; then it is over, and what comes after it may leave.

    It stays locked until the commit: nobody recalls it between this answer and what is written on its account.
    """
    mine = select(outbox.c.error).where(*_still(part)).with_for_update(key_share=True)
    held = connection.execute(mine).first()
    if held is None or held.error != RECALLED:
        return False
    connection.execute(update(outbox).where(outbox.c.id == part.id).values(state=OutboxState.CANCELLED.value))
    return True


def leaving(connection: Connection, conversation: int) -> bool:
    """Whether anything that no person wrote is being sent here right now, wanted or not."""
    mine = (
        select(outbox.c.id)
        .join(messages, messages.c.id == outbox.c.message)
        .where(
            outbox.c.conversation == conversation,
            text("outbox.state = 'sending'"),
            OPEN,
            messages.c.author != Author.STAFF.value,
        )
    )
    return connection.execute(mine.limit(1)).first() is not None


def put_back(connection: Connection, parts: Sequence[tuple[Sending, datetime]]) -> None:
    """Parts that did not leave after all, and when each may: no try is counted, and none loses its place."""
    mine = (outbox.c.id == bindparam("taken"), outbox.c.state == OutboxState.SENDING.value)
    back = update(outbox).where(*mine)
    connection.execute(
        back.values(
            state=case((RECALLED_SEND, OutboxState.CANCELLED.value), else_=OutboxState.PENDING.value),
            attempt=outbox.c.attempt - 1,
            next_at=bindparam("when"),
        ),
        [{"taken": part.id, "when": due_at} for part, due_at in parts],
    )
    for part, due_at in parts:
        if part.trial:
            try_again(connection, part.address, due_at)


def renew(connection: Connection, parts: Sequence[tuple[int, int]], now: datetime, hold: timedelta) -> None:
    """Parts, given as (id, attempt), are still being sent: they count as unclear only after another `hold`."""
    ours = tuple_(outbox.c.id, outbox.c.attempt).in_(list(parts))
    connection.execute(
        update(outbox).where(text("outbox.state = 'sending'"), OPEN, ours).values(next_at=now + hold)
    )


def sent(
    connection: Connection, part: Sending, external_id: str, at: datetime, seen: Sequence[Exchange]
) -> None:
    """The platform took it. What comes after it in its conversation now waits behind other conversations.

    Nothing may overtake another attempt that is under way: where this one had been given up, only its proof is kept.
    """
    overtaken = (outbox.c.attempt != part.attempt) & text("outbox.state IN ('sending', 'unknown')")
    # A failure that the platform told before it answered our request is final; a refusal of ours has an `error`.
    failed_since = (outbox.c.state == OutboxState.FAILED.value) & outbox.c.error.is_(None)
    write_exchanges(connection, part.id, seen, at)
    connection.execute(
        update(outbox)
        .where(outbox.c.id == part.id)
        .values(
            state=case((overtaken | failed_since, outbox.c.state), else_=OutboxState.SENT.value),
            external_id=external_id,
            sent_at=func.coalesce(outbox.c.sent_at, literal(at, outbox.c.sent_at.type)),
            status=func.coalesce(outbox.c.status, Status.SENT.value),
            error=None,
            error_code=case((failed_since, outbox.c.error_code), else_=None),
        )
    )
    after_send(connection, part.id)
    if part.taken_at is not None:
        after = _EARLIER.c
        following = (
            select(func.min(after.id))
            .where(after.conversation == part.conversation, after.id > part.id, text(f"earlier.{_ACTIVE}"))
            .scalar_subquery()
        )
        connection.execute(
            update(outbox)
            .where(
                outbox.c.id == following,
                outbox.c.state == OutboxState.PENDING.value,
                outbox.c.next_at < part.taken_at,
            )
            .values(next_at=part.taken_at)
        )


def _still(part: Sending) -> tuple[ColumnElement[bool], ...]:
    """This attempt is the last one, and nothing has proved that the part arrived."""
    return (
        outbox.c.id == part.id,
        outbox.c.state == OutboxState.SENDING.value,
        outbox.c.attempt == part.attempt,
        outbox.c.external_id.is_(None),
    )


def later(
    connection: Connection,
    part: Sending,
    state: OutboxState,
    next_at: datetime,
    error: str,
    error_code: str | None,
    seen: Sequence[Exchange],
    now: datetime,
    *,
    counts: bool = True,
) -> None:
    """Not now: pending again, or unclear until proof. An echo that came in the meantime stands.

    `counts`: it was a try of this part.
    """
    write_exchanges(connection, part.id, seen, now)
    if let_go(connection, part):
        return
    connection.execute(
        update(outbox)
        .where(*_still(part))
        .values(
            state=state.value,
            next_at=next_at,
            error=error,
            error_code=error_code,
            attempt=outbox.c.attempt - (0 if counts else 1),
        )
    )


def failed(
    connection: Connection,
    part: Sending,
    error: str,
    error_code: str | None,
    seen: Sequence[Exchange],
    now: datetime,
) -> None:
    """It will not be sent; the parts of the same message behind it are dropped with it, visibly."""
    write_exchanges(connection, part.id, seen, now)
    if let_go(connection, part):
        return
    mine = outbox.c.id == part.id
    done = connection.execute(
        update(outbox)
        .where(*_still(part))
        .values(
            state=OutboxState.FAILED.value,
            status=Status.FAILED.value,
            error=error,
            error_code=error_code or error,
        )
    )
    if done.rowcount == 0:
        return
    connection.execute(
        update(outbox)
        .where(
            outbox.c.message == part.message,
            outbox.c.id > part.id,
            outbox.c.state == OutboxState.PENDING.value,
        )
        .values(state=OutboxState.CANCELLED.value)
    )
    refresh_ticks(connection, mine)


def write_exchanges(connection: Connection, outbox_id: int, seen: Sequence[Exchange], now: datetime) -> None:
    """Keep the exchanges of a part; nothing is kept of one that was deleted while it was being sent."""
    here = select(outbox.c.id).where(outbox.c.id == outbox_id).with_for_update()
    if seen and connection.execute(here).first() is not None:
        connection.execute(
            insert(exchanges),
            [
                {
                    "outbox": outbox_id,
                    "method": one.method,
                    "url": one.url,
                    "status": one.status,
                    "request": one.request.replace("\x00", ""),
                    "response": one.response.replace("\x00", ""),
                    "took_ms": one.took_ms,
                    "error": one.error,
                    "at": now,
                }
                for one in seen
            ],
        )
