"""The accept path: everything waiting is written and committed at once, before any platform hears 200."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
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
from .changes import BLOCKED_BY_STAFF, Changed, change
from .conversations import move, private_peer
from .models import conversations, messages
from .people import learn, person_of

TOO_OLD = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the accept path must know of the settings: durations of a burst; how long staff's own words keep us quiet."""

    debounce: timedelta
    debounce_cap: timedelta
    staff_quiet: timedelta = timedelta(hours=12)
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


class KnownAlready(Exception):
    """A batch that was taken for new holds a message that is stored already: nothing of it may be committed."""


def accept(
    connection: Connection, events: Sequence[Event], now: datetime, rules: Rules, *, look_up: bool = True
) -> Accepted:
    """Store every event once; duplicates are counted and change nothing.

    `look_up`: first ask which messages are known. Nearly always none is, and the question costs a fifth of the whole;
    without it the first known one raises KnownAlready, and the caller begins again with it.

    Messages are written many at a time and before what is said of them. What decides the end of a message (a stop, a
    block, another address) is written in its place among them.
    """
    result = Accepted()
    arrived: list[MessageReceived] = []
    keys: list[str] = []
    others: list[Event] = []
    for event in events:
        if type(event) is MessageReceived:
            arrived.append(event)
            keys.append(event.address.key)
        elif isinstance(event, _DECIDING):
            if event.address.key in keys:
                _accept_messages(connection, keys, arrived, now, rules, result, look_up)
                arrived, keys = [], []
            _change(connection, event, now, rules, result)
        else:
            others.append(event)
    if arrived:
        _accept_messages(connection, keys, arrived, now, rules, result, look_up)
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
    sqlite="SELECT {columns}, lease_until > ?2, quiet_until > ?2 FROM conversations "
    "WHERE key IN (SELECT value FROM json_each(?1)) ORDER BY id",
    postgresql="SELECT {columns}, lease_until > $2, quiet_until > $2 FROM conversations "
    "WHERE key = ANY(ARRAY(SELECT jsonb_array_elements_text($1::jsonb))) ORDER BY id FOR UPDATE",
    columns=("key", "id", "mode", "last_seq", "due_at", "first_due_at", "window_until"),
)
_KNOWN = hot.Statement(
    sqlite="SELECT {columns} FROM messages WHERE channel = ? AND account = ? "
    "AND external_id IN (SELECT value FROM json_each(?))",
    postgresql="SELECT {columns} FROM messages WHERE channel = $1 AND account = $2 "
    "AND external_id = ANY(ARRAY(SELECT jsonb_array_elements_text($3::jsonb)))",
    columns=("external_id",),
)
_PUT = hot.Pair(
    hot.insert(
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
        unless=("channel", "account", "external_id"),
    ),
    hot.update(conversations, ("last_seq", "due_at", "first_due_at", "window_until", "last_at")),
)


@dataclass(slots=True)
class _Place:
    """A locked conversation while a batch is put into it; instants are the driver's own values."""

    id: int
    mode: str
    last_seq: int
    due_at: Any
    first_due_at: Any
    window_until: Any
    leased: bool | None
    quiet: bool | None
    changed: bool = False


def _accept_messages(
    connection: Connection,
    keys: list[str],
    arrived: list[MessageReceived],
    now: datetime,
    rules: Rules,
    result: Accepted,
    look_up: bool,
) -> None:
    """Every statement runs once for all of them; what is left for each message is decided by a few comparisons."""
    native = hot.native(connection)
    places = _lock(connection, dict(zip(keys, arrived, strict=True)), now)
    known = _known(connection, arrived) if look_up else defaultdict(set)
    dues = _Dues(native, now, rules)
    now_native, oldest = dues.now, now - TOO_OLD
    rows: list[tuple[Any, ...]] = []
    files: list[tuple[int, int, int, Media]] = []
    asked: set[tuple[int, str]] = set()
    for key, event in zip(keys, arrived, strict=True):
        address, parts, sent_at = event.address, event.parts, event.sent_at
        external_id = event.external_id
        ids = known[address.channel, address.account]
        if external_id in ids:
            result.duplicates += 1
            continue
        ids.add(external_id)
        place = places[key]
        place.changed = True
        seq = place.last_seq = place.last_seq + 1
        window = rules.windows.get(address.channel)
        if window is not None:
            until = native((sent_at if sent_at < now else now) + window)
            if place.window_until is None or until > place.window_until:
                place.window_until = until
        addressed = event.addressed
        writer = album = None
        if event.audience is not Audience.PRIVATE:
            addressed = _addressed(connection, event)
            writer = _writer(event)
            if event.album is not None:
                album = event.album[: albums.LONGEST]
                addressed = (
                    addressed
                    or (place.id, album) in asked
                    or albums.is_asked(connection, place.id, album, now)
                )
        outcome = reason = None
        if not addressed or place.mode != _BOT or place.quiet or not parts or sent_at < oldest:
            outcome, reason = _without_answer(event, place, now, addressed=addressed)
        if outcome is None:
            if album is not None:
                asked.add((place.id, album))
            dues.set(place)
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
                external_id,
                codec.dump_json(parts),
                event.reply_to,
                writer,
                album,
                outcome,
                reason,
                native(sent_at),
                now_native,
            )
        )
        if addressed and outcome != _BLOCKED:
            for number, part in enumerate(parts):
                if type(part) is Media:
                    files.append((place.id, seq, number, part))
        result.changed.append(("message", place.id, seq))
    result.stored += len(rows)
    if rows:
        touched = {place.id: place for place in places.values() if place.changed}
        changes = [
            (place.last_seq, place.due_at, place.first_due_at, place.window_until, now_native, place.id)
            for _, place in sorted(touched.items())
        ]
        if _PUT.run(connection, rows, changes) != len(rows):
            raise KnownAlready
        if files:
            media.expect(connection, files, now)
        if asked:
            back = albums.call_back(connection, asked, now)
            result.changed += [("message", conversation, seq) for conversation, seq in back]


_DECIDING = (ContactLeft, ControlPassed, ConversationMoved, IdentityChanged, StaffWrote, StopPressed)
_TOUCHING = (ContactLeft, ControlPassed, MessageDeleted, MessageEdited, StaffWrote, StopPressed)


def _writer(event: MessageReceived) -> str | None:
    """How the person is called among the others, in one line."""
    name = " ".join((event.sender.name or "").replace("\x00", "").split())
    return name[:64] or None


_IN, _PERSON, _BLOCKED, _BOT = Direction.IN.value, Author.PERSON.value, Outcome.BLOCKED.value, Mode.BOT.value


class _Dues:
    """When a conversation that something new waits in falls due, in the driver's own values.

    After the debounce, but never later than the cap after the first message; a lease's holder decides itself.
    """

    def __init__(self, native: Callable[[datetime], Any], now: datetime, rules: Rules) -> None:
        self.now = native(now)
        self._native = native
        self._cap = rules.debounce_cap
        self._due = native(now + rules.debounce)
        self._uncapped = native(now + rules.debounce - rules.debounce_cap)

    def set(self, place: _Place) -> None:
        first = place.first_due_at
        if first is None:
            place.first_due_at = self.now
        if not place.leased:
            capped = first is not None and first < self._uncapped
            place.due_at = self._native(hot.instant(first) + self._cap) if capped else self._due


def _addressed(connection: Connection, event: MessageReceived) -> bool:
    """Among several people who answers something of ours means us; platforms do not always say whose it was."""
    if event.addressed or event.reply_to is None:
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


def _known(connection: Connection, arrived: list[MessageReceived]) -> dict[tuple[str, str], set[str]]:
    """Which of these messages are stored already, by channel and account. Their conversations are locked, so the
    answer holds until the commit."""
    by_account: dict[tuple[str, str], list[str]] = {}
    for event in arrived:
        by_account.setdefault((event.address.channel, event.address.account), []).append(event.external_id)
    return {
        (channel, account): {row[0] for row in _KNOWN.rows(connection, channel, account, hot.array(ids))}
        for (channel, account), ids in by_account.items()
    }


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
    found = _FIND.rows(connection, hot.array(list(keys)), moment)
    return {key: _Place(*values) for key, *values in found}


# Whom staff blocked does not get around it by beginning another conversation.
_BY_STAFF = f"FROM conversations WHERE person = $6 AND mode_reason = '{BLOCKED_BY_STAFF}' LIMIT 1"
_START = hot.both(
    "INSERT INTO conversations (key, channel, account, peer, thread, person, kind, language, created_at, last_at, "  # noqa: S608
    "mode, mode_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, "
    f"coalesce((SELECT mode {_BY_STAFF}), 'bot'), (SELECT mode_reason {_BY_STAFF})) ON CONFLICT (key) DO NOTHING"
)


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
    moment = hot.native(connection)(now)
    _START.rows(
        connection,
        address.key,
        address.channel,
        address.account,
        address.peer,
        address.thread,
        person,
        event.audience.value,
        language.supported(event.sender.locale),
        moment,
    )
    return None
