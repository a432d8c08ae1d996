"""The accept path: everything waiting is written and committed at once, before any platform hears 200."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from .. import language
from ..events import (
    ContactLeft,
    ControlPassed,
    ConversationMoved,
    Event,
    IdentityChanged,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    StaffWrote,
    StopPressed,
)
from ..types import Audience, Author, Choice, Direction, Media, Mode, Outcome
from . import albums, hot, media, receipts
from . import parts as codec
from .changes import Changed, change
from .conversations import move, private_peer
from .dialects import insert_new
from .models import conversations, messages
from .people import learn, person_of

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
    """What a batch changed: counts for metrics, conversations to wake, frames for staff pages.

    `touched`: something that was said there is no longer so; an answer under way may have to begin again or end.
    """

    stored: int = 0
    duplicates: int = 0
    woken: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    changed: list[Changed] = field(default_factory=list)


def accept(connection: Connection, events: Sequence[Event], now: datetime, rules: Rules) -> Accepted:
    """Store every event once; duplicates are counted and change nothing.

    Messages are written many at a time and before what is said of them. What decides the end of a message (a stop, a
    block, another address) is written in its place among them.
    """
    result = Accepted()
    arrived: list[MessageReceived] = []
    keys: set[str] = set()
    others: list[Event] = []
    for event in events:
        if isinstance(event, MessageReceived):
            arrived.append(event)
            keys.add(event.address.key)
        elif isinstance(event, _DECIDING):
            if event.address.key in keys:
                _accept_messages(connection, arrived, now, rules, result)
                arrived, keys = [], set()
            _change(connection, event, now, rules, result)
        else:
            others.append(event)
    if arrived:
        _accept_messages(connection, arrived, now, rules, result)
    for event in others:
        _change(connection, event, now, rules, result)
    return result


def _change(connection: Connection, event: Event, now: datetime, rules: Rules, result: Accepted) -> None:
    changed = change(connection, event, now, rules.staff_quiet)
    result.changed += changed
    result.stored += 1
    if isinstance(event, _TOUCHING):
        result.touched.update(conversation for _, conversation, _ in changed)


# --- messages: the hot path ------------------------------------------------------------------------------
#
# Statements are compiled once and rows go to the driver as tuples of its own values: SQLAlchemy's handling of each
# parameter would cost three times what the database itself does. bench/accept.py measures this path.

_FIND = hot.Statement(
    sqlite="SELECT {columns} FROM conversations WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id",
    postgresql="SELECT {columns} FROM conversations WHERE key = ANY($1::text[]) ORDER BY id FOR UPDATE",
    columns=(
        "key",
        "id",
        "mode",
        "last_seq",
        "due_at",
        "first_due_at",
        "lease_until",
        "window_until",
        "quiet_until",
    ),
)
_KNOWN = hot.Statement(
    sqlite="SELECT {columns} FROM messages WHERE channel = ? AND account = ? "
    "AND external_id IN (SELECT value FROM json_each(?))",
    postgresql="SELECT {columns} FROM messages WHERE channel = $1 AND account = $2 "
    "AND external_id = ANY($3::text[])",
    columns=("channel", "account", "external_id"),
)
_INSERT = hot.Insert(
    messages,
    (
        "conversation",
        "seq",
        "after_seq",
        "direction",
        "author",
        "channel",
        "account",
        "external_id",
        "parts",
        "reply_to",
        "writer",
        "album",
        "outcome",
        "outcome_reason",
        "sent_at",
        "received_at",
    ),
)
_UPDATE = hot.Update(conversations, ("last_seq", "due_at", "first_due_at", "window_until", "last_at"))


@dataclass(slots=True)
class _Place:
    """A locked conversation while a batch is put into it; instants are the driver's own values."""

    id: int
    mode: str
    last_seq: int
    due_at: Any
    first_due_at: Any
    leased: bool
    window_until: Any
    quiet: bool


def _accept_messages(
    connection: Connection, arrived: list[MessageReceived], now: datetime, rules: Rules, result: Accepted
) -> None:
    native = hot.native(connection)
    by_key: dict[str, MessageReceived] = {}
    keys = []
    for event in arrived:
        key = event.address.key
        keys.append(key)
        by_key[key] = event
    places = _lock(connection, by_key, now)
    known = _known(connection, arrived)
    now_native = native(now)
    rows: list[tuple[Any, ...]] = []
    files: list[tuple[int, int, int, Media]] = []
    touched: dict[int, _Place] = {}
    asked: set[tuple[int, str]] = set()
    for key, event in zip(keys, arrived, strict=True):
        address = event.address
        identity = (address.channel, address.account, event.external_id)
        if identity in known:
            result.duplicates += 1
            continue
        known.add(identity)
        place = places[key]
        seq = place.last_seq = place.last_seq + 1
        window = rules.windows.get(address.channel)
        if window is not None:
            until = native(min(event.sent_at, now) + window)
            if place.window_until is None or until > place.window_until:
                place.window_until = until
        addressed = _addressed(connection, event)
        writer = album = None
        if event.audience is not Audience.PRIVATE:
            writer = _writer(event)
            if event.album is not None:
                album = event.album[: albums.LONGEST]
                addressed = (
                    addressed
                    or (place.id, album) in asked
                    or albums.is_asked(connection, place.id, album, now)
                )
        outcome, reason = _without_answer(event, place, now, addressed=addressed)
        if outcome is None:
            if album is not None:
                asked.add((place.id, album))
            _make_due(place, now, native, rules)
            result.woken.add(place.id)
        rows.append(
            (
                place.id,
                seq,
                seq,
                _IN,
                _PERSON,
                address.channel,
                address.account,
                event.external_id,
                codec.dump_json(event.parts),
                event.reply_to,
                writer,
                album,
                outcome,
                reason,
                native(event.sent_at),
                now_native,
            )
        )
        if addressed and outcome != _BLOCKED:
            for number, part in enumerate(event.parts):
                if type(part) is Media:
                    files.append((place.id, seq, number, part))
        touched[place.id] = place
        result.changed.append(("message", place.id, seq))
    result.stored += len(rows)
    if rows:
        _INSERT.run(connection, rows)
        if files:
            media.expect(connection, files, now)
        if asked:
            back = albums.call_back(connection, asked, now)
            result.changed += [("message", conversation, seq) for conversation, seq in back]
        _UPDATE.run(
            connection,
            [
                (place.last_seq, place.due_at, place.first_due_at, place.window_until, now_native, place.id)
                for place in sorted(touched.values(), key=_by_id)
            ],
        )


_DECIDING = (ContactLeft, ControlPassed, ConversationMoved, IdentityChanged, StaffWrote, StopPressed)
_TOUCHING = (ContactLeft, ControlPassed, MessageDeleted, MessageEdited, StaffWrote, StopPressed)


def _writer(event: MessageReceived) -> str | None:
    """How the person is called among the others, in one line."""
    name = " ".join((event.sender.name or "").replace("\x00", "").split())
    return name[:64] or None


_IN, _PERSON, _BLOCKED = Direction.IN.value, Author.PERSON.value, Outcome.BLOCKED.value
_by_id = attrgetter("id")


def _make_due(place: _Place, now: datetime, native: Callable[[datetime], Any], rules: Rules) -> None:
    """Due after the debounce, but never later than the cap after the first message; a lease's holder decides itself."""
    due = now + rules.debounce
    if place.first_due_at is None:
        place.first_due_at = native(now)
    else:
        due = min(due, hot.instant(place.first_due_at) + rules.debounce_cap)
    if not place.leased:
        place.due_at = native(due)


def _addressed(connection: Connection, event: MessageReceived) -> bool:
    """Among several people who answers something of ours means us; platforms do not always say whose it was."""
    if event.addressed or event.reply_to is None or event.audience is Audience.PRIVATE:
        return event.addressed
    address = event.address
    return receipts.is_ours(connection, address.channel, address.account, event.reply_to)


def _without_answer(
    event: MessageReceived, place: _Place, now: datetime, *, addressed: bool
) -> tuple[str | None, str | None]:
    if place.mode != Mode.BOT and place.mode != Mode.OPTED_OUT:
        return _NOT_OURS[Mode(place.mode)]
    if place.quiet:
        return Outcome.HANDED_TO_HUMAN.value, "staff wrote a moment ago"
    if not addressed:
        return Outcome.IGNORED.value, albums.NOT_ADDRESSED
    if not event.parts:
        return Outcome.IGNORED.value, "empty"
    if now - event.sent_at > TOO_OLD and not all(isinstance(part, Choice) for part in event.parts):
        return Outcome.IGNORED.value, "older than a day when it arrived"
    return None, None


_NOT_OURS = {
    Mode.HUMAN: (Outcome.HANDED_TO_HUMAN.value, "staff have taken over"),
    Mode.PAUSED: (Outcome.HANDED_TO_HUMAN.value, "the conversation is paused"),
    Mode.BLOCKED: (Outcome.BLOCKED.value, "this person is blocked"),
}


def _known(connection: Connection, arrived: list[MessageReceived]) -> set[tuple[str, str, str]]:
    """Which of these messages are stored already. Their conversations are locked, so the answer holds until the commit."""
    by_account: dict[tuple[str, str], list[str]] = {}
    for event in arrived:
        by_account.setdefault((event.address.channel, event.address.account), []).append(event.external_id)
    found: set[tuple[str, str, str]] = set()
    for (channel, account), ids in by_account.items():
        rows = _KNOWN.rows(connection, channel, account, hot.array(connection, ids))
        found.update((row[0], row[1], row[2]) for row in rows)
    return found


def _lock(connection: Connection, by_key: dict[str, MessageReceived], now: datetime) -> dict[str, _Place]:
    """The conversations of these keys, locked until the commit; new ones are made."""
    found = _places(connection, by_key, now)
    learn(connection, [event for key, event in by_key.items() if key in found], now)
    missing = [event for key, event in by_key.items() if key not in found]
    if missing:
        moved: dict[str, str] = {}
        for event in sorted(
            missing, key=lambda event: event.address.key
        ):  # one order everywhere: no deadlock
            if (old := start_conversation(connection, event, now)) is not None:
                moved[old] = event.address.key
        found = _places(connection, by_key, now)
        for key in by_key:  # somebody's two ids in one batch: both lead to the conversation's newest address
            new = key
            while new not in found:
                new = moved[new]
            found[key] = found[new]
    return found


def _places(connection: Connection, keys: Iterable[str], now: datetime) -> dict[str, _Place]:
    moment = hot.native(connection)(now)
    return {
        key: _Place(
            id_,
            mode,
            last_seq,
            due_at,
            first_due_at,
            lease_until is not None and lease_until > moment,
            window_until,
            quiet_until is not None and quiet_until > moment,
        )
        for key, id_, mode, last_seq, due_at, first_due_at, lease_until, window_until, quiet_until in _FIND.rows(
            connection, hot.array(connection, list(keys))
        )
    }


def start_conversation(connection: Connection, event: MessageReceived, now: datetime) -> str | None:
    """Insert the conversation, and the person when none of the aliases is known yet.

    A person whose ids come and go (a phone number that is hidden today) keeps the conversation of the other id; then the
    key that it had is returned.
    """
    address = event.address
    person = person_of(connection, address, event.sender, now)
    if event.audience is Audience.PRIVATE:
        other = private_peer(connection, person, address)
        old = replace(address, peer=other) if other is not None else None
        if old is not None and move(connection, old, address):
            return old.key
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
            "language": language.supported(event.sender.locale),
            "created_at": now,
            "last_at": now,
        },
    )
    return None
