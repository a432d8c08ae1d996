"""People and their aliases; and what is kept of a person, table by table, for export and erasure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, select, update

from ..events import MessageReceived
from ..types import Address, Alias, Audience, Sender
from . import hot
from .conversations import forgotten
from .dialects import upsert
from .models import (
    actions,
    aliases,
    chats,
    consents,
    conversations,
    dataset_items,
    exchanges,
    forks,
    labels,
    media,
    messages,
    notes,
    notices,
    outbox,
    people,
    reactions,
    receipts,
    review_items,
    reviews,
    search_words,
    shares,
    steps,
    trials,
    turns,
    usage,
    wakeups,
)

PASSING: Final = "username"
"""A kind of alias that one person gives up and another takes: staff find people by it; it never proves who writes."""

_KNOWN = hot.Statement(
    sqlite="SELECT {columns} FROM aliases WHERE channel = ? AND account = ? AND kind = ? "
    "AND value IN (SELECT value FROM json_each(?))",
    postgresql="SELECT {columns} FROM aliases WHERE channel = $1 AND account = $2 AND kind = $3 "
    "AND value = ANY(ARRAY(SELECT jsonb_array_elements_text($4::jsonb)))",
    columns=("value",),
)


_OWNER = hot.both(
    "SELECT person FROM aliases WHERE channel = $1 AND account = $2 AND kind = $3 AND value = $4"
)
_NEW_PERSON = hot.both("INSERT INTO people (name, created_at) VALUES ($1, $2) RETURNING id")
_NEW_ALIAS = hot.both(
    "INSERT INTO aliases (channel, account, kind, value, person) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (channel, account, kind, value) DO NOTHING"
)


def person_of(connection: Connection, address: Address, sender: Sender, now: datetime) -> int:
    """The person behind any of the sender's aliases; made, with all of them, when none is known."""
    known = _proofs(sender) or [Alias(kind="id", value=sender.external_id)]
    person = next(
        (found for alias in known if (found := _owner(connection, address, alias)) is not None), None
    )
    made = person is None
    if person is None:
        name = sender.name[:128].replace("\x00", "") if sender.name else None
        person = int(_NEW_PERSON.rows(connection, name, hot.native(connection)(now))[0][0])
    for alias in known:
        _NEW_ALIAS.rows(connection, address.channel, address.account, alias.kind, alias.value, person)
    owner = _owner(connection, address, known[0]) if made else person
    if owner is not None and owner != person:  # another process made this person in the meantime
        connection.execute(delete(people).where(people.c.id == person))
        person = owner
    for alias in sender.aliases:
        if alias.kind == PASSING:
            _take_over(connection, address, alias, person)
    return person


def learn(connection: Connection, events: Sequence[MessageReceived], now: datetime) -> None:
    """Note ids that known people bring for the first time: tomorrow one of them may come alone."""
    asked: dict[tuple[str, str, str], set[str]] = {}
    several = [
        event for event in events if event.audience is Audience.PRIVATE and len(_proofs(event.sender)) > 1
    ]
    for event in several:
        for alias in _proofs(event.sender):
            place = (event.address.channel, event.address.account, alias.kind)
            asked.setdefault(place, set()).add(alias.value)
    known = {
        (*place, row[0])
        for place, values in asked.items()
        for row in _KNOWN.rows(connection, *place, hot.array(sorted(values)))
    }
    for event in several:
        here = event.address
        if any(
            (here.channel, here.account, alias.kind, alias.value) not in known
            for alias in _proofs(event.sender)
        ):
            person_of(connection, here, event.sender, now)


def _proofs(sender: Sender) -> list[Alias]:
    return [alias for alias in sender.aliases if alias.kind != PASSING]


def _take_over(connection: Connection, address: Address, alias: Alias, person: int) -> None:
    values = {"channel": address.channel, "account": address.account, "kind": alias.kind}
    connection.execute(
        upsert(connection, aliases)
        .values(**values, value=alias.value, person=person)
        .on_conflict_do_update(
            index_elements=["channel", "account", "kind", "value"], set_={"person": person}
        )
    )


def _owner(connection: Connection, address: Address, alias: Alias) -> int | None:
    found = _OWNER.rows(connection, address.channel, address.account, alias.kind, alias.value)
    return int(found[0][0]) if found else None


def link_aliases(connection: Connection, address: Address, previous: Alias, current: Alias) -> None:
    """The platform says that both are one person: with only one of them known, the other joins; two people become one."""
    old, new = _owner(connection, address, previous), _owner(connection, address, current)
    if old is not None and new is not None:
        if old != new:
            merge(connection, old, new)
        return
    person = new if old is None else old
    missing = previous if old is None else current
    if person is not None:
        connection.execute(
            insert(aliases).values(
                channel=address.channel,
                account=address.account,
                kind=missing.kind,
                value=missing.value,
                person=person,
            )
        )


def merge(connection: Connection, kept: int, gone: int) -> None:
    """Everything of `gone` becomes `kept`'s, and `gone` is no more. What is counted by day is added up."""
    both = select(people.c.id).where(people.c.id.in_([kept, gone])).order_by(people.c.id)
    # Locked: a conversation that begins for `gone` in this moment would be deleted with them, unseen by what follows.
    if len(connection.execute(both.with_for_update()).all()) < 2:
        return
    for row in connection.execute(select(usage).where(usage.c.person == gone)).mappings().all():
        mine = (usage.c.person == kept, usage.c.day == row["day"], usage.c.kind == row["kind"])
        done = connection.execute(update(usage).where(*mine).values(amount=usage.c.amount + row["amount"]))
        if done.rowcount == 0:
            connection.execute(insert(usage).values({**row, "person": kept}))
    connection.execute(delete(usage).where(usage.c.person == gone))
    for table in (aliases, conversations, actions, consents):
        connection.execute(update(table).where(table.c.person == gone).values(person=kept))
    connection.execute(delete(people).where(people.c.id == gone))


def name_of(connection: Connection, person: int) -> str | None:
    return connection.execute(select(people.c.name).where(people.c.id == person)).scalar()


def set_name(connection: Connection, person: int, name: str) -> None:
    """Give a person without a name one."""
    connection.execute(
        update(people)
        .where(people.c.id == person, people.c.name.is_(None))
        .values(name=name.replace("\x00", "")[:128])
    )


def find(connection: Connection, value: str) -> list[int]:
    """People that have this alias, on any channel."""
    return list(
        connection.execute(select(aliases.c.person).where(aliases.c.value == value).distinct()).scalars()
    )


def _is(address: Address, alias: Alias) -> tuple[ColumnElement[bool], ...]:
    return (
        aliases.c.channel == address.channel,
        aliases.c.account == address.account,
        aliases.c.kind == alias.kind,
        aliases.c.value == alias.value,
    )


# --- export and erasure ----------------------------------------------------------------------------------


def _conversations_of(person: int) -> Select[Any]:
    return select(conversations.c.id).where(conversations.c.person == person)


def rows_of(table: Table, person: int) -> ColumnElement[bool]:
    """Which rows of `table` belong to the person, by the shortest path from it."""
    if table is people:
        return people.c.id == person
    if "person" in table.c:
        return table.c.person == person
    return _rows_within(table, _conversations_of(person))


def _rows_within(table: Table, those: Select[Any]) -> ColumnElement[bool]:
    """Which rows of `table` belong to these conversations, given by their ids."""
    if table is receipts:
        sent = select(outbox.c.external_id).where(outbox.c.conversation.in_(those))
        return receipts.c.external_id.in_(sent)
    if table is steps:
        return steps.c.turn.in_(select(turns.c.id).where(turns.c.conversation.in_(those)))
    if table is exchanges:
        return exchanges.c.outbox.in_(select(outbox.c.id).where(outbox.c.conversation.in_(those)))
    if table is reviews:
        return reviews.c.message.in_(select(messages.c.id).where(messages.c.conversation.in_(those)))
    return table.c.conversation.in_(those)


# In the order of erasure: what points to a row goes before the row.
PERSONAL: tuple[Table, ...] = (
    receipts,
    exchanges,
    dataset_items,
    review_items,
    reviews,
    search_words,
    trials,
    steps,
    outbox,
    turns,
    reactions,
    media,
    labels,
    shares,
    forks,
    chats,
    notes,
    notices,
    wakeups,
    actions,
    usage,
    consents,
    messages,
    conversations,
    aliases,
    people,
)
_BEHIND: Final = (receipts, exchanges, reviews, steps)
"""Tables that name a conversation only by another of its rows."""


def export(connection: Connection, person: int) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of a person, by table."""
    return {
        table.name: [
            dict(row) for row in connection.execute(select(table).where(rows_of(table, person))).mappings()
        ]
        for table in PERSONAL
    }


def forget(connection: Connection, conversation: int, up_to_seq: int) -> None:
    """Delete what was said in a conversation up to a message: words, files, traces, summaries; the conversation stays."""
    said = (messages.c.conversation == conversation, messages.c.seq <= up_to_seq)
    gone = select(messages.c.id).where(*said)
    ended = select(turns.c.id).where(turns.c.conversation == conversation, turns.c.hi_seq <= up_to_seq)
    connection.execute(
        delete(exchanges).where(exchanges.c.outbox.in_(select(outbox.c.id).where(outbox.c.message.in_(gone))))
    )
    for table in (reviews, review_items, dataset_items):
        connection.execute(delete(table).where(table.c.message.in_(gone)))
    connection.execute(delete(outbox).where(outbox.c.message.in_(gone)))
    connection.execute(delete(steps).where(steps.c.turn.in_(ended)))
    connection.execute(delete(turns).where(turns.c.id.in_(ended)))
    connection.execute(delete(trials).where(trials.c.conversation == conversation))
    connection.execute(delete(reactions).where(reactions.c.conversation == conversation))
    connection.execute(delete(media).where(media.c.conversation == conversation, media.c.seq <= up_to_seq))
    connection.execute(
        update(messages)
        .where(*said)
        .values(
            parts=[], writer=None, deleted_at=func.coalesce(messages.c.deleted_at, messages.c.received_at)
        )
    )
    # After the messages: whoever was just making them findable held them, and is done by now.
    connection.execute(delete(search_words).where(search_words.c.message.in_(gone)))
    connection.execute(
        update(conversations).where(conversations.c.id == conversation).values(forgotten(up_to_seq))
    )


def erase(connection: Connection, person: int) -> dict[str, int]:
    """Delete everything kept of a person; the receipt says how many rows of each table."""
    return {
        table.name: connection.execute(delete(table).where(rows_of(table, person))).rowcount
        for table in PERSONAL
    }


def erase_conversation(connection: Connection, conversation: int) -> dict[str, int]:
    """Delete everything kept of a conversation but the row of its own; returns how many rows of each table."""
    this = select(conversations.c.id).where(conversations.c.id == conversation)
    tables = [
        table
        for table in PERSONAL
        if table is not conversations and ("conversation" in table.c or table in _BEHIND)
    ]
    return {
        str(table.name): connection.execute(delete(table).where(_rows_within(table, this))).rowcount
        for table in tables
    }
