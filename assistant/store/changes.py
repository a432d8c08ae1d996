"""Events that are not messages: statuses, edits, deletions, echoes, reactions, votes, and what could not be read."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from ..events import (
    AccountNotice,
    ContactLeft,
    ControlPassed,
    ConversationMoved,
    Event,
    FeedbackGiven,
    IdentityChanged,
    MessageDeleted,
    MessageEdited,
    Reacted,
    StaffWrote,
    StatusChanged,
    StopPressed,
    Unread,
)
from ..types import Address, Author, Direction, Mode, Outcome, Part
from . import live_settings, media, search
from . import parts as codec
from .conversations import drop_summaries, move
from .dialects import insert_new
from .models import account_notices, conversations, messages, outbox, raw_events, reactions, reviews
from .people import link_aliases
from .queue import drop_unsent, settle_waiting
from .receipts import Place, apply_status, settle_by_key

Changed = tuple[str, int, int]
"""What staff pages are told: the kind of change, the conversation, the message's seq."""
BLOCKED_BY_STAFF = "blocked by staff"
"""The reason of a block that only staff lift."""


def change(connection: Connection, event: Event, now: datetime, staff_quiet: timedelta) -> list[Changed]:
    """Write one event down. `staff_quiet`: how long a conversation is staff's after they wrote on the platform itself."""
    match event:
        case StatusChanged():
            return [("status", *place) for place in apply_status(connection, event, now)]
        case StaffWrote():
            return _staff_wrote(connection, event, now, staff_quiet)
        case MessageEdited():
            statement = update(messages).where(*_is(event.address, event.external_id))
            connection.execute(statement.values(parts=codec.dump(event.parts), edited_at=now))
            return _no_longer_said(connection, event.address, event.external_id, event.parts, now)
        case MessageDeleted():
            _deleted(connection, event, now)
            return _no_longer_said(connection, event.address, event.external_id, (), now)
        case Reacted():
            _reacted(connection, event)
        case IdentityChanged():
            link_aliases(connection, event.address, event.previous, event.current)
            if event.previous.value == event.address.peer:
                move(connection, event.address, replace(event.address, peer=event.current.value))
        case ConversationMoved():
            move(connection, event.address, event.current)
        case ControlPassed():
            return _control_passed(connection, event)
        case AccountNotice():
            _notice(connection, event, now)
        case StopPressed():
            return _stop_pressed(connection, event)
        case ContactLeft():
            return _left(connection, event)
        case FeedbackGiven():
            _feedback(connection, event, now)
        case Unread():
            keep_raw(connection, event.channel, event.account, event.reason, event.item, now)
    return []


def _control_passed(connection: Connection, event: ControlPassed) -> list[Changed]:
    """Another app or staff's inbox answers from now on, or the thread is ours again; what staff decided here stays."""
    here = select(
        conversations.c.id,
        conversations.c.mode,
        conversations.c.mode_reason,
        conversations.c.last_seq,
        conversations.c.taken_by,
        conversations.c.hand_back_at,
    ).where(conversations.c.key == event.address.key)
    row = connection.execute(here.with_for_update()).first()
    if row is None or row.mode_reason is not None:  # paused for another reason
        return []
    wrote_there = row.mode == Mode.HUMAN and row.taken_by is None and row.hand_back_at is not None
    if row.mode != (Mode.PAUSED if event.ours else Mode.BOT) and (event.ours or not wrote_there):
        return []
    values: dict[str, Any] = {"mode": Mode.BOT.value, "quiet_until": None}
    if not event.ours:
        hand_to_staff(connection, row.id, "the platform gave the thread to somebody else")
        values |= {"mode": Mode.PAUSED.value, "taken_at": None, "hand_back_at": None}
    connection.execute(update(conversations).where(conversations.c.id == row.id).values(values))
    return [("mode", row.id, row.last_seq)]


def _stop_pressed(connection: Connection, event: StopPressed) -> list[Changed]:
    """The same as the order to stop: the answer under way is dropped, and nothing is said about it."""
    row = connection.execute(
        select(conversations.c.id, conversations.c.last_seq).where(conversations.c.key == event.address.key)
    ).first()
    if row is None:
        return []
    want_no_answer(connection, row.id, "the person pressed stop")
    return [("stop", row.id, row.last_seq)]


def _notice(connection: Connection, event: AccountNotice, now: datetime) -> None:
    connection.execute(
        insert_new(connection, account_notices, ["channel", "account", "kind", "sentence", "at"]),
        {
            "channel": event.channel,
            "account": event.account[:128],
            "kind": event.kind[:64],
            "sentence": event.sentence[:400],
            "urgent": event.urgent,
            "at": event.at or now,
        },
    )


def _left(connection: Connection, event: ContactLeft) -> list[Changed]:
    """Nothing reaches who blocked us: what waits is settled, and what is unsent is dropped."""
    before, after = (Mode.BOT, Mode.BLOCKED) if event.gone else (Mode.BLOCKED, Mode.BOT)
    row = connection.execute(
        update(conversations)
        .where(
            conversations.c.key == event.address.key,
            conversations.c.mode == before.value,
            # Whom staff blocked stays blocked, whatever the platform says of the contact.
            func.coalesce(conversations.c.mode_reason, "") != BLOCKED_BY_STAFF,
        )
        .values(mode=after.value)
        .returning(conversations.c.id, conversations.c.last_seq)
    ).first()
    if row is None:
        return []
    if event.gone:
        _end_epoch(connection, row.id, Outcome.BLOCKED, "the person blocked us")
    return [("mode", row.id, row.last_seq)]


def keep_raw(
    connection: Connection, channel: str, account: str, reason: str, body: bytes, now: datetime
) -> None:
    """Keep what could not be read, once, for staff."""
    connection.execute(
        insert_new(connection, raw_events, ["channel", "digest"]),
        {
            "channel": channel,
            "account": account,
            "reason": reason[:200],
            "body": zlib.compress(body, 1),
            "digest": hashlib.sha256(body).hexdigest(),
            "received_at": now,
        },
    )


def _staff_wrote(
    connection: Connection, event: StaffWrote, now: datetime, staff_quiet: timedelta
) -> list[Changed]:
    """An echo of ours settles an unclear send; anybody else's is a person at work, and the conversation is theirs.

    It goes back to the model by itself after `staff_quiet`, or what administrators set since, like one that was taken over
    in the dashboard. Who opted out, blocked us or is paused stays so.
    """
    if event.idempotency_key:
        settled = settle_by_key(connection, event.idempotency_key, event.external_id, now)
        if settled is not None:
            return [("status", *place) for place in settled]
    settled = _settle_by_words(connection, event, now)
    if settled is not None:
        return [("status", *place) for place in settled]
    ours = select(outbox.c.id).where(
        outbox.c.channel == event.address.channel,
        outbox.c.account == event.address.account,
        outbox.c.external_id == event.external_id,
    )
    if connection.execute(ours).first() or _seqs(connection, event.address, event.external_id):
        return []
    hours = live_settings.hand_back_hours(connection, staff_quiet / timedelta(hours=1))
    staff_quiet = timedelta(hours=hours)
    locked = connection.execute(
        select(conversations.c.id, conversations.c.last_seq, conversations.c.mode, conversations.c.taken_at)
        .where(conversations.c.key == event.address.key)
        .with_for_update()
    ).first()
    if locked is None:
        return []  # staff wrote to somebody who never wrote to us
    conversation, seq = locked.id, locked.last_seq + 1
    connection.execute(
        insert(messages),
        {
            "conversation": conversation,
            "seq": seq,
            "after_seq": seq,
            "direction": Direction.OUT.value,
            "author": Author.STAFF.value,
            "channel": event.address.channel,
            "account": event.address.account,
            "external_id": event.external_id,
            "parts": codec.dump(event.parts),
            "status": "sent",
            "sent_at": event.sent_at,
            "received_at": now,
        },
    )
    hand_to_staff(connection, conversation, "staff answered on the platform")
    values: dict[str, Any] = {"last_seq": seq, "answered_seq": seq, "last_at": now}
    if locked.mode in (Mode.BOT, Mode.HUMAN):
        values |= {"mode": Mode.HUMAN.value, "taken_at": locked.taken_at or now}
        values["hand_back_at"] = now + staff_quiet
    else:
        values["quiet_until"] = now + staff_quiet
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(values))
    return [("message", conversation, seq)]


def _settle_by_words(connection: Connection, event: StaffWrote, now: datetime) -> list[Place] | None:
    """An echo that overtook the answer to our own send, and brings no key: it says word for word what is being sent."""
    words = codec.plain_text(event.parts)
    under_way = connection.execute(
        select(outbox.c.idempotency_key, outbox.c.payload)
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .where(
            conversations.c.key == event.address.key,
            or_(
                outbox.c.state.in_(["sending", "unknown"]),
                and_(outbox.c.state == "cancelled", outbox.c.attempt > 0),  # dropped when it was on its way
            ),
            outbox.c.external_id.is_(None),
        )
        .order_by(outbox.c.id)
    ).all()
    for key, payload in under_way:
        if words and codec.plain_text(codec.load([payload])) == words:
            return settle_by_key(connection, key, event.external_id, now)
    return None


def hand_to_staff(connection: Connection, conversation: int, reason: str) -> None:
    """Nothing of the model's leaves from here on: its epoch ends, waiting messages are staff's, unsent parts are dropped."""
    _end_epoch(connection, conversation, Outcome.HANDED_TO_HUMAN, reason)


def want_no_answer(connection: Connection, conversation: int, reason: str) -> None:
    """The person wants no answer to what waits: the epoch ends, unsent parts are dropped, the next message is answered."""
    _end_epoch(connection, conversation, Outcome.COMMAND, reason)


def block_conversation(connection: Connection, conversation: int) -> None:
    """Staff want nothing said here: the epoch ends, a takeover too, unsent parts are dropped."""
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(
            mode=Mode.BLOCKED.value,
            mode_reason=BLOCKED_BY_STAFF,
            taken_by=None,
            taken_at=None,
            hand_back_at=None,
        )
    )
    _end_epoch(connection, conversation, Outcome.BLOCKED, BLOCKED_BY_STAFF)


def _end_epoch(connection: Connection, conversation: int, outcome: Outcome, reason: str) -> None:
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(
            epoch=conversations.c.epoch + 1,
            due_at=None,
            first_due_at=None,
            lease_token=conversations.c.lease_token + 1,
            lease_owner=None,
            lease_until=None,
            crashes=0,
            attempts=0,
        )
    )
    settle_waiting(connection, conversation, outcome, reason)
    drop_unsent(connection, conversation, notices_too=outcome is Outcome.HANDED_TO_HUMAN)


def _is(address: Address, external_id: str) -> tuple[Any, ...]:
    return (
        messages.c.channel == address.channel,
        messages.c.account == address.account,
        messages.c.external_id == external_id,
    )


def _seqs(connection: Connection, address: Address, external_id: str) -> list[Changed]:
    rows = connection.execute(
        select(messages.c.conversation, messages.c.seq).where(*_is(address, external_id))
    )
    return [("message", row[0], row[1]) for row in rows]


def _no_longer_said(
    connection: Connection, address: Address, external_id: str, now_said: tuple[Part, ...], now: datetime
) -> list[Changed]:
    """What was taken back does not live on in a summary, a file or the search."""
    changed = _seqs(connection, address, external_id)
    for _, conversation, seq in changed:
        drop_summaries(connection, conversation, seq)
        media.replace(connection, conversation, seq, now_said, now)
        search.again(connection, conversation, seq)
    return changed


def _deleted(connection: Connection, event: MessageDeleted, now: datetime) -> None:
    here = _is(event.address, event.external_id)
    connection.execute(update(messages).where(*here).values(parts=[], deleted_at=now))
    connection.execute(
        update(messages)
        .where(*here, messages.c.outcome.is_(None), messages.c.direction == Direction.IN.value)
        .values(outcome=Outcome.IGNORED.value, outcome_reason="the person deleted it")
    )


def _of_message(connection: Connection, address: Address, external_id: str) -> int | None:
    """The conversation of a message, theirs or ours; by its id first, for a reaction may not say in which topic it is."""
    sent = select(outbox.c.conversation).where(
        outbox.c.channel == address.channel,
        outbox.c.account == address.account,
        outbox.c.external_id == external_id,
    )
    found = _seqs(connection, address, external_id)
    if found:
        return found[0][1]
    by_key = select(conversations.c.id).where(conversations.c.key == address.key)
    row = connection.execute(sent.limit(1)).first() or connection.execute(by_key).first()
    return None if row is None else int(row[0])


def _reacted(connection: Connection, event: Reacted) -> None:
    conversation = _of_message(connection, event.address, event.external_id)
    if conversation is not None:
        connection.execute(
            insert(reactions).values(
                conversation=conversation,
                external_id=event.external_id,
                author=Author.PERSON.value,
                emoji=event.emoji,
                at=event.at,
            )
        )


def _feedback(connection: Connection, event: FeedbackGiven, now: datetime) -> None:
    """Keep what the person thinks of an answer; what they thought of it before is kept as replaced."""
    message = connection.execute(
        select(outbox.c.message)
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .where(
            outbox.c.channel == event.address.channel,
            outbox.c.account == event.address.account,
            outbox.c.external_id == event.external_id,
            conversations.c.peer == event.address.peer,  # nobody judges what others were sent
        )
    ).scalar()
    if message is None:
        return
    connection.execute(
        update(reviews)
        .where(reviews.c.message == message, reviews.c.source == "person", reviews.c.replaced_at.is_(None))
        .values(replaced_at=now)
    )
    if event.good is not None:
        connection.execute(
            insert(reviews).values(
                message=message,
                staff=None,
                source="person",
                verdict="good" if event.good else "bad",
                reasons=list(event.reasons) or None,
                comment=event.comment,
                created_at=now,
            )
        )
