"""What became of what we sent: platform statuses, which only ever move forward, and unclear sends settled by an echo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from ..errors import Uncertain
from ..events import StatusChanged
from ..types import OutboxState, Status
from .dialects import upsert
from .models import conversations, messages, outbox, receipts

RANK = {Status.SENT: 1, Status.DELIVERED: 2, Status.READ: 3, Status.FAILED: 9}
# A part may be dropped while its send is under way: proof that it arrived stands all the same.
_OPEN = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.CANCELLED)

Place = tuple[int, int]  # conversation, seq


def apply_status(connection: Connection, event: StatusChanged, now: datetime) -> list[Place]:
    """Write down a status, matched or not; returns the messages whose ticks changed."""
    if event.until is not None:
        return _apply_watermark(connection, event)
    if event.idempotency_key and event.status is not Status.FAILED:
        settle_by_key(connection, event.idempotency_key, event.external_id, now)
    conditions: list[ColumnElement[bool]] = []
    if event.external_id:
        _remember(connection, event)
        conditions.append(
            (outbox.c.channel == event.address.channel)
            & (outbox.c.account == event.address.account)
            & (outbox.c.external_id == event.external_id)
        )
    if event.idempotency_key:
        conditions.append(outbox.c.idempotency_key == event.idempotency_key)
    return _raise_status(connection, or_(*conditions), event.status, event.error_code) if conditions else []


def settle_by_key(
    connection: Connection, key: str, external_id: str | None, now: datetime
) -> list[Place] | None:
    """The platform brought our key back: that part is sent, whatever we believed.

    Returns the messages whose ticks changed; None when the key is not ours.
    """
    row = connection.execute(
        select(outbox.c.id, outbox.c.state, outbox.c.error, outbox.c.duplicate_possible).where(
            outbox.c.idempotency_key == key
        )
    ).first()
    if row is None:
        return None
    given_up = row.state == OutboxState.FAILED and row.error == Uncertain.code  # nobody knew, and now we do
    if row.state not in _OPEN and not given_up:
        return []
    mine = outbox.c.id == row.id
    status: Any = Status.SENT.value if given_up else func.coalesce(outbox.c.status, Status.SENT.value)
    # What comes next must not overtake a repeat that is under way: its own end settles it.
    repeating = row.state == OutboxState.SENDING and row.duplicate_possible and external_id is not None
    state = OutboxState.SENDING if repeating else OutboxState.SENT
    connection.execute(
        update(outbox)
        .where(mine)
        .values(state=state.value, external_id=external_id, sent_at=now, status=status)
    )
    if given_up:
        connection.execute(update(outbox).where(mine).values(error=None, error_code=None))
    return refresh_ticks(connection, mine)


def is_ours(connection: Connection, channel: str, account: str, external_id: str) -> bool:
    """Whether we sent this."""
    sent = select(outbox.c.id).where(
        outbox.c.channel == channel, outbox.c.account == account, outbox.c.external_id == external_id
    )
    return connection.execute(sent.limit(1)).first() is not None


def after_send(connection: Connection, outbox_id: int) -> None:
    """A send was answered: take over the status that may have arrived before the answer did."""
    mine = outbox.c.id == outbox_id
    row = connection.execute(
        select(outbox.c.channel, outbox.c.account, outbox.c.external_id).where(mine)
    ).first()
    if row is None:  # deleted while it was being sent
        return
    early = connection.execute(
        select(receipts.c.status, receipts.c.error_code).where(
            receipts.c.channel == row.channel,
            receipts.c.account == row.account,
            receipts.c.external_id == row.external_id,
        )
    ).first()
    if early is not None:
        _raise_status(connection, mine, Status(early.status), early.error_code)
    refresh_ticks(connection, mine)


def refresh_ticks(connection: Connection, which: ColumnElement[bool]) -> list[Place]:
    """A message is as far as its slowest part; one failed part is a failed message."""
    changed: list[Place] = []
    for (message,) in connection.execute(select(outbox.c.message).where(which).distinct()).all():
        parts = connection.execute(
            select(outbox.c.status, outbox.c.error_code).where(
                outbox.c.message == message, outbox.c.state != OutboxState.CANCELLED.value
            )
        ).all()
        failed = [part for part in parts if part.status == Status.FAILED]
        ranks = [RANK[Status(part.status)] if part.status else 0 for part in parts]
        if failed:
            status: str | None = Status.FAILED.value
        else:
            slowest = min(ranks, default=0)
            status = next((name.value for name, rank in RANK.items() if rank == slowest), None)
        done = connection.execute(
            update(messages)
            .where(messages.c.id == message, func.coalesce(messages.c.status, "") != (status or ""))
            .values(status=status, error_code=failed[0].error_code if failed else None)
            .returning(messages.c.conversation, messages.c.seq)
        ).first()
        if done is not None:
            changed.append((done[0], done[1]))
    return changed


def _raise_status(
    connection: Connection, which: ColumnElement[bool], status: Status, error_code: str | None
) -> list[Place]:
    """Forward only; failed can only follow sent, and nothing follows failed."""
    if status is Status.FAILED:
        may_change = or_(outbox.c.status.is_(None), outbox.c.status == Status.SENT.value)
        values = {"status": status.value, "state": OutboxState.FAILED.value, "error_code": error_code}
    else:
        lower = [name.value for name, rank in RANK.items() if rank < RANK[status]]
        may_change = or_(outbox.c.status.is_(None), outbox.c.status.in_(lower))
        values = {"status": status.value}
    if connection.execute(update(outbox).where(which, may_change).values(**values)).rowcount == 0:
        return []
    return refresh_ticks(connection, which)


def _remember(connection: Connection, event: StatusChanged) -> None:
    """Keep the status by the platform's id: the answer to our send may come after it."""
    values = {
        "channel": event.address.channel,
        "account": event.address.account,
        "external_id": event.external_id,
        "status": event.status.value,
        "rank": RANK[event.status],
        "error_code": event.error_code,
        "at": event.at,
        "billed": event.billed,
    }
    changes = {name: values[name] for name in ("status", "rank", "error_code", "at")}
    if event.billed:
        changes["billed"] = event.billed
    allowed = receipts.c.rank < (RANK[Status.DELIVERED] if event.status is Status.FAILED else values["rank"])
    connection.execute(
        upsert(connection, receipts)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["channel", "account", "external_id"], set_=changes, where=allowed
        )
    )


def _apply_watermark(connection: Connection, event: StatusChanged) -> list[Place]:
    """Everything sent in this conversation up to a moment has come this far."""
    conversation = (
        select(conversations.c.id).where(conversations.c.key == event.address.key).scalar_subquery()
    )
    which = (
        (outbox.c.conversation == conversation)
        & outbox.c.state.in_([OutboxState.SENT, OutboxState.SENDING, OutboxState.UNKNOWN])
        & (outbox.c.created_at <= event.until)
    )
    return _raise_status(connection, which, event.status, None)
