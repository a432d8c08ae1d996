"""A store as it is after months: messages through the real accept path, and their answers in bulk."""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from assistant.events import MessageReceived
from assistant.store.accept import Rules, accept
from assistant.store.models import conversations, exchanges, instant_text, messages, outbox, receipts, turns
from assistant.types import Address, Alias, Sender, Text

from .webhooks import ACCOUNT, WORDS

RULES = Rules(debounce=timedelta(0), debounce_cap=timedelta(0), windows={"whatsapp": timedelta(hours=24)})
PER_PERSON = 20
"""Messages of a person, theirs and ours, whatever the size of the store: only the store grows, not the conversations."""
BATCH = 512


class _Rows:
    """A statement for many rows, given as tuples of the driver's own values: a million rows are to be written in minutes."""

    def __init__(self, statement: Any, columns: tuple[str, ...], key: str = "") -> None:
        self._statement = statement.values({name: bindparam(name) for name in columns})
        self._names = (*columns, key) if key else columns

    def run(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        compiled = self._statement.compile(dialect=connection.dialect)
        places = [self._names.index(name) for name in compiled.positiontup]
        connection.exec_driver_sql(str(compiled), [tuple(row[place] for place in places) for row in rows])


def _inserted(table: Table, columns: tuple[str, ...]) -> _Rows:
    return _Rows(insert(table).inline(), columns)


_TURN = _inserted(
    turns,
    ("id", "conversation", "lo_seq", "hi_seq", "cause", "lane", "state", "model", "prompt", "started_at", "ended_at"),
)  # fmt: skip
_REPLY = _inserted(
    messages,
    (
        "id", "conversation", "seq", "after_seq", "direction", "author", "channel", "account", "parts", "turn",
        "status", "sent_at", "received_at",
    ),
)  # fmt: skip
_PART = _inserted(
    outbox,
    (
        "id", "conversation", "message", "turn", "part", "channel", "account", "state", "payload", "idempotency_key",
        "attempt", "next_at", "external_id", "status", "sent_at", "created_at",
    ),
)  # fmt: skip
_RECEIPT = _inserted(receipts, ("channel", "account", "external_id", "status", "rank", "at"))
_EXCHANGE = _inserted(
    exchanges, ("outbox", "method", "url", "status", "request", "response", "took_ms", "at")
)
_DONE = _Rows(
    update(conversations).where(conversations.c.id == bindparam("row_id")),
    ("last_seq", "answered_seq", "due_at", "first_due_at", "last_at"),
    key="row_id",
)
_OUTCOME = (
    update(messages)
    .where(
        messages.c.conversation.in_(bindparam("places", expanding=True)),
        messages.c.outcome.is_(None),
        messages.c.direction == "in",
    )
    .values(outcome="answered")
)
_WAITING = select(conversations.c.id, conversations.c.last_seq).where(
    conversations.c.id.in_(bindparam("places", expanding=True)), conversations.c.due_at.is_not(None)
)


def external_id() -> str:
    """As WhatsApp's are: long, and without any order."""
    return f"wamid.HBgLMzQ2MDAxMTAwMDAVAgASGBQ{secrets.token_hex(10).upper()}AA=="


def event(person: int, now: datetime) -> MessageReceived:
    peer = f"3460{person:08d}"
    return MessageReceived(
        address=Address(channel="whatsapp", account=ACCOUNT, peer=peer),
        sender=Sender(external_id=peer, aliases=(Alias(kind="phone", value=peer),), name="Ana"),
        external_id=external_id(),
        sent_at=now,
        parts=(Text(text=WORDS),),
    )


@dataclass(slots=True)
class Filler:
    """Keeps count, so that a store can grow on where it stopped. `total` counts what people wrote and what we answered.

    People write without any order, and each of those between `first` and `last` as often as the others.
    """

    now: datetime
    total: int = 0
    first: int = 1
    last: int = 0
    draw: random.Random = field(default_factory=lambda: random.Random(20261130))

    def aim(self, size: int) -> None:
        """From now on those people write who will make the store this large."""
        self.first, self.last = self.last + 1, max(self.last + 1, size // PER_PERSON)

    def events(self, count: int, *, of_all: bool = False) -> list[MessageReceived]:
        first = 1 if of_all else self.first
        return [event(self.draw.randint(first, self.last), self.now) for _ in range(count)]

    def step(self, connection: Connection, size: int) -> None:
        """Accept a batch and answer every conversation that it touched."""
        self.now += timedelta(milliseconds=40 * size)
        accepted = accept(connection, self.events(size), self.now, RULES)
        self.total += accepted.stored + answer(connection, accepted.woken, self.now)


def answer(connection: Connection, places: Collection[int], now: datetime) -> int:
    """What turn, outbox and platform leave behind, for all these conversations that wait; returns how many did."""
    found = connection.execute(_WAITING, {"places": sorted(places)}).all()
    if not found:
        return 0
    connection.execute(_OUTCOME, {"places": [place for place, _ in found]})
    moment = instant_text(now) if connection.dialect.name == "sqlite" else now
    ids = {table: _ids(connection, table, len(found)) for table in (turns, messages, outbox)}
    prompt = '{"slots":{},"turns":[{"role":"user","text":"' + WORDS + '"}]}'
    said = '[{"type":"text","text":"Yes, on Saturdays from ten to two. Shall I keep a table for you?"}]'
    rows: dict[str, list[tuple[Any, ...]]] = {
        "turn": [],
        "reply": [],
        "part": [],
        "receipt": [],
        "exchange": [],
        "done": [],
    }
    for place, last in found:
        turn, message, part = (next(ids[table]) for table in (turns, messages, outbox))
        sent_as = external_id()
        rows["turn"].append(
            (turn, place, last, last, "message", "interactive", "committed", "model", prompt, moment, moment)
        )
        rows["reply"].append(
            (
                message,
                place,
                last + 1,
                last,
                "out",
                "assistant",
                "whatsapp",
                ACCOUNT,
                said,
                turn,
                "read",
                moment,
                moment,
            )
        )
        rows["part"].append(
            (part, place, message, turn, 0, "whatsapp", ACCOUNT, "sent", said[1:-1], secrets.token_hex(16), 1, moment,
             sent_as, "read", moment, moment)
        )  # fmt: skip
        rows["receipt"].append(("whatsapp", ACCOUNT, sent_as, "read", 3, moment))
        rows["exchange"].append(
            (part, "POST", "https://graph.facebook.com/v24.0/x/messages", 200, "{}", "{}", 80.0, moment)
        )
        rows["done"].append((last + 1, last, None, None, moment, place))
    for name, statement in (
        ("turn", _TURN),
        ("reply", _REPLY),
        ("part", _PART),
        ("receipt", _RECEIPT),
        ("exchange", _EXCHANGE),
        ("done", _DONE),
    ):
        statement.run(connection, rows[name])
    return len(found)


def _ids(connection: Connection, table: Any, count: int) -> Iterator[int]:
    """Ids for rows that name one another; PostgreSQL's own counters learn of them."""
    if connection.dialect.name == "sqlite":
        first = int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1
        return iter(range(first, first + count))
    sql = "SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2::int)"
    return iter([int(row[0]) for row in connection.exec_driver_sql(sql, (table.name, count)).all()])
