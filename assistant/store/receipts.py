"""What became of what we sent: platform statuses, which only ever move forward, and unclear sends settled by an echo."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from ..errors import Uncertain
from ..events import StatusChanged
from ..types import OutboxState, Status
from . import hot
from .models import conversations, outbox, receipts

RANK = {Status.SENT: 1, Status.DELIVERED: 2, Status.READ: 3, Status.FAILED: 9}
# A part may be dropped while its send is under way: proof that it arrived stands all the same.
_OPEN = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.CANCELLED)

Place = tuple[int, int]  # conversation, seq


# Three statuses come for every message we send: the statements are written for the drivers themselves (see hot.py).
_OF_KEY = (
    "SELECT id, message, state, error, duplicate_possible, status FROM outbox WHERE idempotency_key = $1"
)
_BY_KEY, _HOLD_BY_KEY = hot.both(_OF_KEY), hot.held(_OF_KEY)
_BY_ID = hot.both("SELECT id, message FROM outbox WHERE channel = $1 AND account = $2 AND external_id = $3")
# An answer to our send and a status that overtakes it are written at once, each where the other does not look yet.
_ALONE = hot.both("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
_SETTLE = hot.both("UPDATE outbox SET state = $2, external_id = $3, sent_at = $4, status = $5 WHERE id = $1")
_NO_ERROR = hot.both("UPDATE outbox SET error = NULL, error_code = NULL WHERE id = $1")
_PARTS = hot.both("SELECT status, error_code FROM outbox WHERE message = $1 AND state <> 'cancelled'")
_HOLD_MESSAGE = hot.held("SELECT id FROM messages WHERE id = $1")
_TICK = hot.both(
    "UPDATE messages SET status = $2, error_code = $3 WHERE id = $1 AND coalesce(status, '') <> coalesce($2, '') "
    "RETURNING conversation, seq"
)
_RAISE = {
    Status.SENT: hot.both("UPDATE outbox SET status = 'sent' WHERE id = $1 AND status IS NULL RETURNING id"),
    Status.DELIVERED: hot.both(
        "UPDATE outbox SET status = 'delivered' WHERE id = $1 AND (status IS NULL OR status = 'sent') RETURNING id"
    ),
    Status.READ: hot.both(
        "UPDATE outbox SET status = 'read' "
        "WHERE id = $1 AND (status IS NULL OR status IN ('sent', 'delivered')) RETURNING id"
    ),
}
_FAIL = hot.both(
    "UPDATE outbox SET status = 'failed', state = 'failed', error_code = $2 "
    "WHERE id = $1 AND (status IS NULL OR status = 'sent') RETURNING id"
)
_REMEMBER = hot.both(
    "INSERT INTO receipts (channel, account, external_id, status, rank, error_code, at, billed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (channel, account, external_id) DO UPDATE SET "
    "status = excluded.status, rank = excluded.rank, error_code = excluded.error_code, at = excluded.at, "
    "billed = coalesce(excluded.billed, receipts.billed) WHERE receipts.rank < $9"
)


def apply_status(connection: Connection, event: StatusChanged, now: datetime) -> list[Place]:
    """Write down a status, matched or not; returns the messages whose ticks changed."""
    if event.until is not None:
        return _apply_watermark(connection, event)
    mine: dict[int, int] = {}
    if event.idempotency_key:
        if event.status is not Status.FAILED:
            settle_by_key(connection, event.idempotency_key, event.external_id, now)
        mine |= {row[0]: row[1] for row in _BY_KEY.rows(connection, event.idempotency_key)}
    if event.external_id:
        here = event.address
        if not mine:
            _one_at_a_time(connection, here.channel, here.account, event.external_id)
        _remember(connection, event)
        mine |= {
            row[0]: row[1] for row in _BY_ID.rows(connection, here.channel, here.account, event.external_id)
        }
    return _raise_status(connection, mine, event.status, event.error_code)


def settle_by_key(
    connection: Connection, key: str, external_id: str | None, now: datetime
) -> list[Place] | None:
    """The platform brought our key back: that part is sent, whatever we believed.

    Returns the messages whose ticks changed; None when the key is not ours.
    """
    found = _BY_KEY.rows(connection, key)
    if not found:
        return None
    if not _may_be_settled(*found[0]):
        return []
    found = _HOLD_BY_KEY.rows(connection, key)  # another process may have news of it at the same moment
    if not found or not _may_be_settled(*found[0]):
        return []
    part, message, state, _, duplicate_possible, status = found[0]
    given_up = state == OutboxState.FAILED
    # What comes next must not overtake a repeat that is under way: its own end settles it.
    repeating = state == OutboxState.SENDING and duplicate_possible and external_id is not None
    _SETTLE.rows(
        connection,
        part,
        (OutboxState.SENDING if repeating else OutboxState.SENT).value,
        external_id,
        hot.native(connection)(now),
        Status.SENT.value if given_up or status is None else status,
    )
    if given_up:
        _NO_ERROR.rows(connection, part)
    return _refresh(connection, message)


def _may_be_settled(_part: int, _message: int, state: str, error: str | None, *_: object) -> bool:
    """Whether a proof still tells us something: it is open, or it was given up because nobody knew."""
    return state in _OPEN or (state == OutboxState.FAILED and error == Uncertain.code)


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
        select(outbox.c.channel, outbox.c.account, outbox.c.external_id, outbox.c.message).where(mine)
    ).first()
    if row is None:  # deleted while it was being sent
        return
    _one_at_a_time(connection, row.channel, row.account, row.external_id)
    early = connection.execute(
        select(receipts.c.status, receipts.c.error_code).where(
            receipts.c.channel == row.channel,
            receipts.c.account == row.account,
            receipts.c.external_id == row.external_id,
        )
    ).first()
    if early is not None:
        _raise_status(connection, {outbox_id: row.message}, Status(early.status), early.error_code)
    _refresh(connection, row.message)


def _one_at_a_time(connection: Connection, *external_id: str) -> None:
    """Until the commit nobody else writes of this platform's id; SQLite has one writer anyway."""
    if connection.dialect.name != "sqlite":
        _ALONE.rows(connection, "\x1f".join(external_id))


def refresh_ticks(connection: Connection, which: ColumnElement[bool]) -> list[Place]:
    """Bring the ticks of these parts' messages up to date; returns those that changed."""
    found = connection.execute(select(outbox.c.message).where(which).distinct()).scalars().all()
    return [place for message in found for place in _refresh(connection, message)]


def _refresh(connection: Connection, message: int) -> list[Place]:
    """A message is as far as its slowest part; one failed part is a failed message."""
    parts = _PARTS.rows(connection, message)
    if len(parts) > 1:  # another process may just be writing what became of another part
        _HOLD_MESSAGE.rows(connection, message)
        parts = _PARTS.rows(connection, message)
    codes = [code for status, code in parts if status == Status.FAILED]
    if codes:
        status: str | None = Status.FAILED.value
    else:
        slowest = min((RANK[Status(status)] if status else 0 for status, _ in parts), default=0)
        status = next((name.value for name, rank in RANK.items() if rank == slowest), None)
    changed = _TICK.rows(connection, message, status, codes[0] if codes else None)
    return [(conversation, seq) for conversation, seq in changed]


def _raise_status(
    connection: Connection, parts: dict[int, int], status: Status, error_code: str | None
) -> list[Place]:
    """Forward only; failed can only follow sent, and nothing follows failed. `parts`: their messages by id."""
    changed: list[Place] = []
    for part, message in parts.items():
        if status is Status.FAILED:
            done = _FAIL.rows(connection, part, error_code)
        else:
            done = _RAISE[status].rows(connection, part)
        if done:
            changed += _refresh(connection, message)
    return changed


def _remember(connection: Connection, event: StatusChanged) -> None:
    """Keep the status by the platform's id: the answer to our send may come after it."""
    rank = RANK[event.status]
    _REMEMBER.rows(
        connection,
        event.address.channel,
        event.address.account,
        event.external_id,
        event.status.value,
        rank,
        event.error_code,
        hot.native(connection)(event.at),
        event.billed,
        RANK[Status.DELIVERED] if event.status is Status.FAILED else rank,
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
    found = connection.execute(select(outbox.c.id, outbox.c.message).where(which).order_by(outbox.c.id))
    return _raise_status(connection, {row.id: row.message for row in found}, event.status, None)
