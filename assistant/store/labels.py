"""What staff put on a conversation: labels, notes, a flag, who looks after it, and that it is done; each on record.

Every act returns the seq of the conversation's last message, for the live pages; all raise NotFound.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from ..errors import Conflict, NotFound
from . import audit
from .dialects import insert_new
from .models import conversations, labels, messages, notes, staff
from .troubles import By

LABEL_LENGTH = 64
NOTE_LENGTH = 4000
MOST_LABELS = 20  # of one conversation
SUGGESTED = 100

# From one name to the next by the index: however many rows there are, as many steps as there are names.
_NAMES = text(
    "WITH RECURSIVE named(label) AS (SELECT min(label) FROM labels UNION ALL "
    "SELECT (SELECT min(labels.label) FROM labels WHERE labels.label > named.label) FROM named "
    "WHERE named.label IS NOT NULL) SELECT label FROM named WHERE label IS NOT NULL LIMIT :most"
)


def plain(label: str) -> str:
    """A label as it is kept: one line, no spaces at its ends; empty when nothing is left."""
    return " ".join(label.replace("\x00", "").split())[:LABEL_LENGTH].strip()


def names(connection: Connection) -> list[str]:
    """The labels in use, in the order of the alphabet."""
    return list(connection.execute(_NAMES, {"most": SUGGESTED}).scalars())


def of(connection: Connection, conversation: int) -> list[str]:
    query = select(labels.c.label).where(labels.c.conversation == conversation).order_by(labels.c.id)
    return list(connection.execute(query).scalars())


def add(connection: Connection, conversation: int, label: str, by: By) -> int:
    """Raises Conflict when there are MOST_LABELS already."""
    seq = _last_seq(connection, conversation)
    known = of(connection, conversation)
    if label in known:
        return seq
    if len(known) >= MOST_LABELS:
        raise Conflict("a conversation can have twenty labels")
    connection.execute(
        insert_new(connection, labels, ["conversation", "label"]),
        {"conversation": conversation, "label": label, "staff": by.staff, "created_at": by.at},
    )
    _record(connection, by, "conversation.labelled", conversation)
    return seq


def remove(connection: Connection, conversation: int, label: str, by: By) -> int:
    seq = _last_seq(connection, conversation)
    done = connection.execute(
        delete(labels).where(labels.c.conversation == conversation, labels.c.label == label)
    )
    if done.rowcount:
        _record(connection, by, "conversation.unlabelled", conversation)
    return seq


def note(connection: Connection, conversation: int, words: str, by: By) -> int:
    """Put a note behind what is the last message now."""
    seq = _last_seq(connection, conversation)
    last = connection.execute(
        select(messages.c.seq)
        .where(messages.c.conversation == conversation)
        .order_by(messages.c.after_seq.desc(), messages.c.seq.desc())
        .limit(1)
    ).scalar()
    words = words.replace("\x00", "")[:NOTE_LENGTH]
    values = {"conversation": conversation, "staff": by.staff, "text": words, "seq": last}
    connection.execute(insert(notes).values(**values, created_at=by.at))
    _record(connection, by, "conversation.noted", conversation)
    return seq


def flag(connection: Connection, conversation: int, on: bool, by: By) -> int:
    action = "conversation.flagged" if on else "conversation.unflagged"
    return _set(connection, conversation, {"flagged": on}, by, action)


def assign(connection: Connection, conversation: int, member: int | None, by: By) -> int:
    """Who looks after it from now on; None: nobody. Raises NotFound also when there is no such colleague."""
    if member is not None:
        enabled = select(staff.c.id).where(staff.c.id == member, staff.c.disabled_at.is_(None))
        if connection.execute(enabled).first() is None:
            raise NotFound("no such colleague")
    action = "conversation.assigned" if member is not None else "conversation.unassigned"
    return _set(connection, conversation, {"assignee": member}, by, action)


def resolve(connection: Connection, conversation: int, done: bool, by: By) -> int:
    values = {"resolved_at": by.at if done else None}
    return _set(
        connection,
        conversation,
        values,
        by,
        "conversation.resolved" if done else "conversation.reopened",
    )


def colleagues(connection: Connection) -> Sequence[tuple[int, str]]:
    """Who can look after a conversation: (id, name), by name."""
    query = select(staff.c.id, staff.c.name).where(staff.c.disabled_at.is_(None)).order_by(staff.c.name)
    return [(row.id, row.name) for row in connection.execute(query.limit(200))]


def _set(connection: Connection, conversation: int, values: dict[str, Any], by: By, action: str) -> int:
    seq = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(values)
        .returning(conversations.c.last_seq)
    ).scalar()
    if seq is None:
        raise NotFound("no such conversation")
    _record(connection, by, action, conversation)
    return int(seq)


def _last_seq(connection: Connection, conversation: int) -> int:
    """Also holds the conversation until the commit."""
    here = select(conversations.c.last_seq).where(conversations.c.id == conversation)
    seq = connection.execute(here.with_for_update()).scalar()
    if seq is None:
        raise NotFound("no such conversation")
    return int(seq)


def _record(connection: Connection, by: By, action: str, conversation: int) -> None:
    audit.append(connection, now=by.at, actor=by.actor, action=action, target=f"conversation:{conversation}")
