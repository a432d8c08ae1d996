"""The accept path: everything waiting is written and committed at once, before any platform hears 200."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from ..types import (
    Address,
    Author,
    ContactLeft,
    Direction,
    Event,
    FeedbackGiven,
    IdentityChanged,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    Mode,
    Outcome,
    Reacted,
    StaffWrote,
    StatusChanged,
    Unread,
)
from . import parts as codec
from .dialects import insert_new, padded
from .models import conversations, messages, outbox, raw_events, reactions, reviews
from .people import link_aliases, person_of
from .receipts import apply_status, settle_by_key

TOO_OLD = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the accept path must know of the settings. Durations of a burst; how long staff's own words keep us quiet."""

    debounce: timedelta
    debounce_cap: timedelta
    staff_quiet: timedelta = timedelta(minutes=30)
    windows: dict[str, timedelta] = field(default_factory=dict)


@dataclass(slots=True)
class Accepted:
    """What a batch changed: counts for metrics, conversations to wake, frames for staff pages."""

    stored: int = 0
    duplicates: int = 0
    woken: set[int] = field(default_factory=set)
    changed: list[tuple[str, int, int]] = field(default_factory=list)


def accept(connection: Connection, events: Sequence[Event], now: datetime, rules: Rules) -> Accepted:
    """Store every event once; duplicates are counted and change nothing."""
    result = Accepted()
    arrived = [event for event in events if isinstance(event, MessageReceived)]
    if arrived:
        _accept_messages(connection, arrived, now, rules, result)
    for event in events:
        if not isinstance(event, MessageReceived):
            _accept_other(connection, event, now, rules, result)
    return result


# --- messages: the hot path ------------------------------------------------------------------------------

_COLUMNS = (
    conversations.c.id,
    conversations.c.key,
    conversations.c.mode,
    conversations.c.last_seq,
    conversations.c.answered_seq,
    conversations.c.due_at,
    conversations.c.first_due_at,
    conversations.c.lease_until,
    conversations.c.window_until,
    conversations.c.quiet_until,
)
_FIND = (
    select(*_COLUMNS)
    .where(conversations.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(conversations.c.id)
    .with_for_update()
)
_KNOWN = select(messages.c.channel, messages.c.account, messages.c.external_id).where(
    messages.c.external_id.in_(bindparam("ids", expanding=True))
)
_UPDATE = (
    update(conversations)
    .where(conversations.c.id == bindparam("b_id"))
    .values(
        last_seq=bindparam("b_last_seq"),
        answered_seq=bindparam("b_answered_seq"),
        due_at=bindparam("b_due_at"),
        first_due_at=bindparam("b_first_due_at"),
        window_until=bindparam("b_window_until"),
        last_at=bindparam("b_last_at"),
    )
)
_INSERT = insert(messages).inline()


def _accept_messages(
    connection: Connection, arrived: list[MessageReceived], now: datetime, rules: Rules, result: Accepted
) -> None:
    found = _lock(connection, {event.address.key: event for event in arrived}, now)
    rows = connection.execute(_KNOWN, {"ids": padded({event.external_id for event in arrived})})
    known = {(row[0], row[1], row[2]) for row in rows}
    new_rows: list[dict[str, Any]] = []
    touched: dict[int, dict[str, Any]] = {}
    for event in arrived:
        identity = (event.address.channel, event.address.account, event.external_id)
        if identity in known:
            result.duplicates += 1
            continue
        known.add(identity)
        conversation = found[event.address.key]
        new_rows.append(_place(event, conversation, now, rules))
        touched[conversation["id"]] = conversation
        result.stored += 1
        if new_rows[-1]["outcome"] is None:
            result.woken.add(conversation["id"])
        result.changed.append(("message", conversation["id"], conversation["last_seq"]))
    if new_rows:
        connection.execute(_INSERT, new_rows)
        connection.execute(
            _UPDATE,
            [
                {
                    "b_id": row["id"],
                    "b_last_seq": row["last_seq"],
                    "b_answered_seq": row["answered_seq"],
                    "b_due_at": row["due_at"],
                    "b_first_due_at": row["first_due_at"],
                    "b_window_until": row["window_until"],
                    "b_last_at": now,
                }
                for row in sorted(touched.values(), key=lambda row: row["id"])
            ],
        )


def _place(event: MessageReceived, conversation: dict[str, Any], now: datetime, rules: Rules) -> dict[str, Any]:
    """Give the message its place in the conversation and say when it is due, or why it never will be."""
    seq = conversation["last_seq"] + 1
    conversation["last_seq"] = seq
    window = rules.windows.get(event.address.channel)
    if window is not None:
        until = min(event.sent_at, now) + window
        conversation["window_until"] = max(until, conversation["window_until"] or until)
    outcome, reason = _without_answer(event, conversation, now)
    if outcome is None:
        first = conversation["first_due_at"] or now
        conversation["first_due_at"] = first
        leased = conversation["lease_until"] is not None and conversation["lease_until"] > now
        if not leased:
            conversation["due_at"] = min(now + rules.debounce, first + rules.debounce_cap)
    return {
        "conversation": conversation["id"],
        "seq": seq,
        "after_seq": seq,
        "direction": Direction.IN.value,
        "author": Author.PERSON.value,
        "channel": event.address.channel,
        "account": event.address.account,
        "external_id": event.external_id,
        "parts": codec.dump(event.parts),
        "reply_to": event.reply_to,
        "outcome": outcome,
        "outcome_reason": reason,
        "sent_at": event.sent_at,
        "received_at": now,
    }


def _without_answer(
    event: MessageReceived, conversation: dict[str, Any], now: datetime
) -> tuple[str | None, str | None]:
    if conversation["mode"] == Mode.HUMAN:
        return Outcome.HANDED_TO_HUMAN.value, "staff have taken over"
    if conversation["mode"] == Mode.BLOCKED:
        return Outcome.BLOCKED.value, "this person is blocked"
    if conversation["mode"] == Mode.PAUSED:
        return Outcome.HANDED_TO_HUMAN.value, "the conversation is paused"
    if conversation["quiet_until"] is not None and conversation["quiet_until"] > now:
        return Outcome.HANDED_TO_HUMAN.value, "staff wrote a moment ago"
    if not event.addressed:
        return Outcome.IGNORED.value, "not addressed to the assistant"
    if not event.parts:
        return Outcome.IGNORED.value, "empty"
    if now - event.sent_at > TOO_OLD:
        return Outcome.IGNORED.value, "older than a day when it arrived"
    return None, None


def _lock(connection: Connection, by_key: dict[str, MessageReceived], now: datetime) -> dict[str, dict[str, Any]]:
    """The conversations of these keys, locked until the commit; new ones are made."""
    keys = padded(by_key)
    found = {row["key"]: dict(row) for row in connection.execute(_FIND, {"keys": keys}).mappings()}
    missing = [event for key, event in by_key.items() if key not in found]
    if missing:
        for event in sorted(missing, key=lambda event: event.address.key):  # one order everywhere: no deadlock
            start_conversation(connection, event, now)
        found = {row["key"]: dict(row) for row in connection.execute(_FIND, {"keys": keys}).mappings()}
    return found


def start_conversation(connection: Connection, event: MessageReceived, now: datetime) -> None:
    """Insert the conversation, and the person when none of the aliases is known yet."""
    address = event.address
    person = person_of(connection, address, event.sender, now)
    connection.execute(
        insert_new(connection, conversations, ["key"]),
        {
            "key": address.key,
            "channel": address.channel,
            "account": address.account,
            "peer": address.peer,
            "thread": address.thread,
            "person": person,
            "kind": event.audience.value,
            "created_at": now,
            "last_at": now,
        },
    )


# --- everything else -------------------------------------------------------------------------------------


def _accept_other(connection: Connection, event: Event, now: datetime, rules: Rules, result: Accepted) -> None:
    match event:
        case StatusChanged():
            changed = apply_status(connection, event, now)
            result.changed += [("status", conversation, seq) for conversation, seq in changed]
        case StaffWrote():
            _staff_wrote(connection, event, now, rules, result)
        case MessageEdited():
            statement = update(messages).where(*_is(event.address, event.external_id))
            connection.execute(statement.values(parts=codec.dump(event.parts), edited_at=now))
            result.changed += _seqs(connection, event.address, event.external_id)
        case MessageDeleted():
            _deleted(connection, event, now)
            result.changed += _seqs(connection, event.address, event.external_id)
        case Reacted():
            _reacted(connection, event)
        case IdentityChanged():
            link_aliases(connection, event.address, event.previous, event.current)
        case ContactLeft():
            mode = Mode.BLOCKED if event.gone else Mode.BOT
            connection.execute(
                update(conversations)
                .where(conversations.c.key == event.address.key, conversations.c.mode.in_([Mode.BOT, Mode.BLOCKED]))
                .values(mode=mode.value)
            )
        case FeedbackGiven():
            _feedback(connection, event, now)
        case Unread():
            keep_raw(connection, event.channel, event.account, event.reason, event.item, now)
    result.stored += 1


def keep_raw(connection: Connection, channel: str, account: str, reason: str, body: bytes, now: datetime) -> None:
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


def _staff_wrote(connection: Connection, event: StaffWrote, now: datetime, rules: Rules, result: Accepted) -> None:
    """An echo of ours settles an unclear send; anybody else's is a person at work, and the model keeps quiet."""
    if event.idempotency_key and settle_by_key(connection, event.idempotency_key, event.external_id, now):
        return
    ours = select(outbox.c.id).where(
        outbox.c.channel == event.address.channel,
        outbox.c.account == event.address.account,
        outbox.c.external_id == event.external_id,
    )
    if connection.execute(ours).first() or _seqs(connection, event.address, event.external_id):
        return
    locked = connection.execute(_FIND, {"keys": padded([event.address.key])}).mappings().first()
    if locked is None:
        return
    conversation, seq = locked["id"], locked["last_seq"] + 1
    connection.execute(
        _INSERT,
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
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(
            last_seq=seq,
            answered_seq=seq,
            quiet_until=now + rules.staff_quiet,
            last_at=now,
        )
    )
    result.changed.append(("message", conversation, seq))


def hand_to_staff(connection: Connection, conversation: int, reason: str) -> None:
    """Nothing of the model's leaves from here on: its epoch ends, waiting messages are staff's, unsent parts are dropped."""
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(epoch=conversations.c.epoch + 1, due_at=None, first_due_at=None)
    )
    connection.execute(
        update(messages)
        .where(
            messages.c.conversation == conversation,
            messages.c.direction == Direction.IN.value,
            messages.c.outcome.is_(None),
        )
        .values(outcome=Outcome.HANDED_TO_HUMAN.value, outcome_reason=reason)
    )
    connection.execute(
        update(outbox)
        .where(
            outbox.c.conversation == conversation, outbox.c.turn.is_not(None), outbox.c.state.in_(["held", "pending"])
        )
        .values(state="cancelled")
    )


def _is(address: Address, external_id: str) -> tuple[Any, ...]:
    return (
        messages.c.channel == address.channel,
        messages.c.account == address.account,
        messages.c.external_id == external_id,
    )


def _seqs(connection: Connection, address: Address, external_id: str) -> list[tuple[str, int, int]]:
    rows: Iterable[Any] = connection.execute(
        select(messages.c.conversation, messages.c.seq).where(*_is(address, external_id))
    )
    return [("message", row[0], row[1]) for row in rows]


def _deleted(connection: Connection, event: MessageDeleted, now: datetime) -> None:
    here = _is(event.address, event.external_id)
    connection.execute(update(messages).where(*here).values(parts=[], deleted_at=now))
    connection.execute(
        update(messages)
        .where(*here, messages.c.outcome.is_(None), messages.c.direction == Direction.IN.value)
        .values(outcome=Outcome.IGNORED.value, outcome_reason="the person deleted it")
    )


def _reacted(connection: Connection, event: Reacted) -> None:
    row = connection.execute(select(conversations.c.id).where(conversations.c.key == event.address.key)).first()
    if row is not None:
        connection.execute(
            insert(reactions).values(
                conversation=row[0],
                external_id=event.external_id,
                author=Author.PERSON.value,
                emoji=event.emoji,
                at=event.at,
            )
        )


def _feedback(connection: Connection, event: FeedbackGiven, now: datetime) -> None:
    row = connection.execute(
        select(outbox.c.message).where(
            outbox.c.channel == event.address.channel,
            outbox.c.account == event.address.account,
            outbox.c.external_id == event.external_id,
        )
    ).first()
    if row is not None:
        verdict = "good" if event.good else "bad"
        connection.execute(
            insert(reviews).values(message=row[0], staff=None, source="person", verdict=verdict, created_at=now)
        )
