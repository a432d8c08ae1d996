"""What a person gets when they ask for everything kept of them: the profile in one piece, messages page by page, the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from ..types import Part
from . import parts as codec
from .models import conversations, media, messages, staff
from .people import PERSONAL, rows_of

AT_ONCE = 500
# Their content is in the messages and files themselves, or is our own bookkeeping about sending them.
_ELSEWHERE = frozenset(
    {"messages", "media", "search_words", "turns", "steps", "outbox", "exchanges", "receipts", "review_items"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation of the person."""

    id: int
    channel: str
    account: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message, with the numbers of its files by part."""

    id: int
    conversation: int
    seq: int
    direction: str
    author: str
    staff_name: str | None
    parts: tuple[Part, ...]
    stored: list[dict[str, Any]]
    files: dict[int, int]
    sent_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    id: int
    name: str | None
    mime: str | None
    sha256: str


def profile(connection: Connection, person: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about the person, by table, but messages, files and the bookkeeping of sending."""
    return {
        str(table.name): [
            {str(column): value for column, value in row.items()}
            for row in connection.execute(select(table).where(rows_of(table, person))).mappings()
        ]
        for table in reversed(PERSONAL)
        if table.name not in _ELSEWHERE
    }


def talks(connection: Connection, person: int) -> list[Talk]:
    """Their conversations, oldest first."""
    columns = (conversations.c[name] for name in Talk.__dataclass_fields__)
    query = select(*columns).where(conversations.c.person == person).order_by(conversations.c.id)
    return [Talk(**row) for row in connection.execute(query).mappings()]


def said(connection: Connection, conversation: int, *, after: int = 0, limit: int = AT_ONCE) -> list[Said]:
    """What both sides said, in the order it came; `after` is the seq of the last message of the page before."""
    query = select(messages, staff.c.name.label("staff_name")).outerjoin(
        staff, staff.c.id == messages.c.staff
    )
    query = query.where(
        messages.c.conversation == conversation, messages.c.seq > after, messages.c.direction != "internal"
    )
    rows = connection.execute(query.order_by(messages.c.seq).limit(limit)).mappings().all()
    files = _files_of(connection, conversation, [row["seq"] for row in rows])
    same = (*("id", "conversation", "seq", "direction", "author"), *("sent_at", "edited_at", "deleted_at"))
    return [
        Said(
            **{name: row[name] for name in same},
            staff_name=row["staff_name"],
            parts=codec.load(row["parts"]),
            stored=row["parts"],
            files=files.get(row["seq"], {}),
        )
        for row in rows
    ]


def _files_of(connection: Connection, conversation: int, seqs: Sequence[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    query = select(media.c.id, media.c.seq, media.c.part).where(
        media.c.conversation == conversation, media.c.seq.in_(seqs), media.c.state == "kept"
    )
    for row in connection.execute(query):
        found.setdefault(row.seq, {})[row.part or 0] = row.id
    return found


def files(connection: Connection, conversation: int) -> list[KeptFile]:
    """The files of a conversation that are still kept."""
    query = select(media.c.id, media.c.name, media.c.mime, media.c.sha256).where(
        media.c.conversation == conversation, media.c.state == "kept", media.c.sha256.is_not(None)
    )
    return [KeptFile(**row) for row in connection.execute(query.order_by(media.c.id)).mappings()]
