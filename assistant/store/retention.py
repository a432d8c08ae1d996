"""What is forgotten by itself: raw webhooks, exchanges and files after their days, sessions after their end, and what was
said on a channel after the days that administrators set for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, text, tuple_, update

from ..types import Mode
from . import audit, media, versions
from .database import Database
from .models import (
    consents,
    conversations,
    exchanges,
    labels,
    messages,
    notes,
    outbox,
    people,
    raw_events,
    reactions,
    receipts,
    search_words,
    sessions,
    settings_versions,
    steps,
    trials,
    turns,
    visit_links,
)
from .models import media as files

RECEIPTS_KEPT = timedelta(days=30)  # a status that matched nothing by then never will
KIND = "retention"
LONGEST_DAYS = 3650
TALKS_AT_ONCE = 200
"""Conversations that one step of the nightly walk looks at."""
AT_ONCE = 2000
"""Rows of a table that one sweep deletes: nobody waits long for it, however much there is."""


def sweep(connection: Connection, now: datetime, raw_kept: timedelta) -> dict[str, int]:
    """Delete what is past its time, AT_ONCE rows of a table at most; returns how many of each went, for as long as they are.

    Of a file the row stays, without content.
    """
    old = now - raw_kept
    raw = select(raw_events.c.id).where(raw_events.c.received_at < old).order_by(raw_events.c.received_at)
    # They come in the order of their ids: the first ones are the oldest, and no index of their times is needed.
    first = select(exchanges.c.id).order_by(exchanges.c.id)
    key = tuple_(receipts.c.channel, receipts.c.account, receipts.c.external_id)
    late = (
        select(receipts.c.channel, receipts.c.account, receipts.c.external_id)
        .where(receipts.c.at < now - RECEIPTS_KEPT)
        .order_by(receipts.c.at)
    )
    conditions = {
        raw_events: raw_events.c.id.in_(raw.limit(AT_ONCE)),
        exchanges: exchanges.c.id.in_(first.limit(AT_ONCE)) & (exchanges.c.at < old),
        receipts: key.in_(late.limit(AT_ONCE)),
        sessions: sessions.c.expires_at < now,
        visit_links: visit_links.c.expires_at < now,
    }
    gone = {
        table.name: connection.execute(delete(table).where(past)).rowcount
        for table, past in conditions.items()
    }
    return gone | {"media": media.expire(connection, now)}


# --- days of a channel -----------------------------------------------------------------------------------


def days(connection: Connection) -> dict[str, int]:
    """After how many days what was said on a channel is deleted; a channel that is not in it keeps everything."""
    latest = (
        select(func.max(settings_versions.c.id))
        .where(settings_versions.c.kind == KIND)
        .group_by(settings_versions.c.name)
    )
    rows = connection.execute(
        select(settings_versions.c.name, settings_versions.c.content).where(
            settings_versions.c.id.in_(latest)
        )
    )
    return {row.name: int(row.content["days"]) for row in rows if row.content["days"]}


def set_days(connection: Connection, channel: str, days: int | None, *, author: str, now: datetime) -> None:
    """Delete what was said there after so many days; None: never. Raises ValueError beyond 1 to LONGEST_DAYS."""
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"between 1 and {LONGEST_DAYS} days")
    versions.add(connection, KIND, {"days": days}, author=author, now=now, name=channel)
    audit.append(
        connection,
        now=now,
        actor=author,
        action="retention.set",
        target=f"channel:{channel}",
        detail={"days": days},
    )


# --- the nightly walk ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A conversation that holds something too old. `up_to`: the newest seq that is; `last`: nothing newer was written."""

    conversation: int
    before: datetime
    up_to: int
    last: bool


async def walk(database: Database, now: datetime) -> Counter[str]:
    """Delete everything that is older than its channel's days, in small steps; returns how many rows of each table.

    Any number of processes may walk at once. Conversations in which something waits to be answered or sent are left for
    another night; the shell of one that is empty goes when nobody wrote for as long, unless it remembers that the person
    wants no messages or is blocked.
    """
    gone: Counter[str] = Counter()
    edges = {channel: now - timedelta(days=kept) for channel, kept in (await database.read(days)).items()}
    if not edges:
        return gone
    for channel, before in sorted(edges.items()):
        while rows := await database.write(_old_webhooks, channel, before):
            gone["raw_events"] += rows
    place: int | None = 0
    while place is not None:
        due, place = await database.read(_due, edges, place)
        for one in due:
            while forgotten := await database.write(_forget, one):
                gone.update(forgotten)
            if one.last:
                gone.update(await database.write(_drop_shell, one))
    return gone


def _old_webhooks(connection: Connection, channel: str, before: datetime) -> int:
    past = (
        select(raw_events.c.id)
        .where(raw_events.c.received_at < before, raw_events.c.channel == channel)
        .order_by(raw_events.c.received_at)
        .limit(AT_ONCE)
    )
    return connection.execute(delete(raw_events).where(raw_events.c.id.in_(past))).rowcount


def _due(connection: Connection, edges: dict[str, datetime], place: int) -> tuple[list[Due], int | None]:
    """What is to be deleted in the next conversations; and where to go on, None at the end."""
    oldest = (
        select(messages.c.received_at)
        .where(messages.c.conversation == conversations.c.id)
        .order_by(messages.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    columns = (conversations.c[name] for name in ("id", "channel", "last_at", "due_at"))
    query = select(*columns, oldest.label("oldest")).where(conversations.c.id > place)
    rows = connection.execute(query.order_by(conversations.c.id).limit(TALKS_AT_ONCE)).all()
    found = []
    for row in rows:
        before = edges.get(row.channel)
        if before is None or (row.last_at if row.oldest is None else row.oldest) >= before:
            continue
        if row.due_at is not None or _sending(connection, row.id):
            continue
        newest = select(func.max(messages.c.seq)).where(
            messages.c.conversation == row.id, messages.c.received_at < before
        )
        up_to = connection.execute(newest).scalar() or 0
        found.append(Due(conversation=row.id, before=before, up_to=up_to, last=row.last_at < before))
    return found, rows[-1].id if len(rows) == TALKS_AT_ONCE else None


def _sending(connection: Connection, conversation: int) -> bool:
    active = text("outbox.state IN ('held', 'pending', 'sending', 'unknown')")
    query = select(outbox.c.id).where(active, outbox.c.conversation == conversation)
    return connection.execute(query.limit(1)).first() is not None


def _forget(connection: Connection, due: Due) -> dict[str, int]:
    """Delete the oldest messages of a conversation and all that was made of them; a step of AT_ONCE messages."""
    here = messages.c.conversation == due.conversation
    some = select(messages.c.id, messages.c.seq).where(here, messages.c.seq <= due.up_to)
    rows = connection.execute(some.order_by(messages.c.seq).limit(AT_ONCE)).all()
    if not rows:
        return {}
    low, high = rows[0].seq, rows[-1].seq
    said = select(messages.c.id).where(here, messages.c.seq >= low, messages.c.seq <= high)
    parts = select(outbox.c.id).where(outbox.c.message.in_(said))
    sent = select(outbox.c.channel, outbox.c.account, outbox.c.external_id).where(
        outbox.c.message.in_(said), outbox.c.external_id.is_not(None)
    )
    ended = select(turns.c.id).where(turns.c.conversation == due.conversation, turns.c.hi_seq <= high)
    place = tuple_(receipts.c.channel, receipts.c.account, receipts.c.external_id)
    gone = _deleted(
        connection,
        (
            (receipts, place.in_(sent)),
            (exchanges, exchanges.c.outbox.in_(parts)),
            (search_words, search_words.c.message.in_(said)),
            (outbox, outbox.c.message.in_(said)),
            (steps, steps.c.turn.in_(ended)),
            (turns, turns.c.id.in_(ended)),
            (reactions, (reactions.c.conversation == due.conversation) & (reactions.c.at < due.before)),
            (files, (files.c.conversation == due.conversation) & (files.c.seq <= high)),
            (notes, (notes.c.conversation == due.conversation) & (notes.c.created_at < due.before)),
            (trials, (trials.c.conversation == due.conversation) & (trials.c.created_at < due.before)),
            (messages, messages.c.id.in_(said)),  # with them reviews and items of queues and data sets
        ),
    )
    for covers, empty in (
        (conversations.c.summary_seq, {"summary": None}),
        (conversations.c.next_summary_seq, {"next_summary": None, "next_summary_seq": None}),
    ):
        connection.execute(
            update(conversations).where(conversations.c.id == due.conversation, covers <= high).values(empty)
        )
    return gone


def _deleted(connection: Connection, what: Iterable[tuple[Table, ColumnElement[bool]]]) -> dict[str, int]:
    return {
        str(table.name): connection.execute(delete(table).where(condition)).rowcount
        for table, condition in what
    }


def _drop_shell(connection: Connection, due: Due) -> dict[str, int]:
    """Delete an empty conversation that nobody wrote in for so long, and its person with their last one."""
    conversation = due.conversation
    row = connection.execute(
        select(conversations.c.person, conversations.c.mode, conversations.c.last_at)
        .where(conversations.c.id == conversation)
        .with_for_update()
    ).first()
    if row is None or row.last_at >= due.before or row.mode in (Mode.BLOCKED.value, Mode.OPTED_OUT.value):
        return {}
    if connection.execute(
        select(messages.c.id).where(messages.c.conversation == conversation).limit(1)
    ).first():
        return {}
    gone = _deleted(
        connection,
        (
            (labels, labels.c.conversation == conversation),
            (conversations, conversations.c.id == conversation),
        ),
    )
    elsewhere = select(conversations.c.id).where(conversations.c.person == row.person).limit(1)
    refused = select(consents.c.id).where(consents.c.person == row.person).limit(1)
    if not connection.execute(elsewhere).first() and not connection.execute(refused).first():
        gone |= _deleted(connection, ((people, people.c.id == row.person),))
    return gone
