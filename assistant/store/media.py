"""Files people send: what is to be fetched, what is kept, what is gone; the files themselves lie beside the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Update, and_, delete, func, insert, or_, select, text, update

from ..types import Address, Media, MediaKind, Part
from .models import conversations, media
from .queue import address_of

REF = "media:"
"""How a part that we send names a row here: "media:12"."""
# Written out, not bound: only then both databases use the partial indexes.
_WAITS, _KEPT = text("media.state = 'waiting'"), text("media.state = 'kept'")


class FileState(StrEnum):
    """GONE: it could not be had, and `error` says why. EXPIRED: it was kept for its time."""

    WAITING = "waiting"
    KEPT = "kept"
    GONE = "gone"
    EXPIRED = "expired"


class Trouble(StrEnum):
    """Why a file was not had, as the column `error` holds it."""

    REFUSED = "refused"
    LAPSED = "lapsed"
    UNREACHABLE = "unreachable"
    NO_CHANNEL = "no_channel"
    BAD_ADDRESS = "bad_address"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    NOT_THE_SAME = "not_the_same"
    WRONG_TYPE = "wrong_type"
    MACROS = "macros"
    UNREADABLE = "unreadable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file that is ours to fetch now. `tries` counts this one."""

    id: int
    conversation: int
    seq: int
    address: Address
    media: Media
    tries: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A row as pages and senders need it. `bytes` and `sha256` are of the file we keep."""

    id: int
    conversation: int
    seq: int | None
    part: int | None
    state: FileState
    error: str | None
    kind: MediaKind
    mime: str | None
    name: str | None
    bytes: int | None
    width: int | None
    height: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was written to disk."""

    sha256: str
    kind: MediaKind
    mime: str
    bytes: int
    width: int | None = None
    height: int | None = None


# --- from a message to a kept file -----------------------------------------------------------------------


def expect(connection: Connection, files: Iterable[tuple[int, int, int, Media]], now: datetime) -> None:
    """Files to fetch: (conversation, seq, number of the part, part) each."""
    rows = [
        {
            "conversation": conversation,
            "seq": seq,
            "part": number,
            "ref": _without_nul(part.ref),
            "name": _without_nul(part.name)[:256] or None,
            "kind": part.kind.value,
            "mime": _without_nul(part.mime)[:128] or None,
            "bytes": part.bytes,
            "seconds": part.seconds,
            "source": "inbound",
            "state": FileState.WAITING.value,
            "next_at": now,
            "created_at": now,
        }
        for conversation, seq, number, part in files
    ]
    if rows:
        connection.execute(insert(media), rows)


def keep_own(
    connection: Connection,
    conversation: int,
    seq: int,
    what: Kept,
    *,
    name: str,
    now: datetime,
    expires_at: datetime,
) -> str:
    """A file that staff send, which is on disk, as part of the message at `seq`; returns the ref that its part has."""
    row = connection.execute(
        insert(media)
        .values(
            conversation=conversation,
            seq=seq,
            name=_without_nul(name)[:256] or None,
            kind=what.kind.value,
            mime=what.mime,
            bytes=what.bytes,
            sha256=what.sha256,
            width=what.width,
            height=what.height,
            source="staff",
            state=FileState.KEPT.value,
            expires_at=expires_at,
            created_at=now,
        )
        .returning(media.c.id)
    )
    return f"{REF}{row.scalar_one()}"


def replace(
    connection: Connection, conversation: int, seq: int, parts: Sequence[Part], now: datetime
) -> None:
    """The message holds these parts from now on, none when it was taken back: files that are no longer in it go.

    A file that stays keeps its row. New ones are fetched where the message's files were from the beginning.
    """
    wanted = {number: part for number, part in enumerate(parts) if isinstance(part, Media)}
    here = and_(media.c.conversation == conversation, media.c.seq == seq)
    known = connection.execute(select(media.c.id, media.c.part, media.c.ref).where(here)).all()
    for row in known:
        part = wanted.get(row.part)
        if part is not None and _without_nul(part.ref) == row.ref:
            del wanted[row.part]
        else:
            connection.execute(delete(media).where(media.c.id == row.id))
    if known:
        expect(connection, ((conversation, seq, number, part) for number, part in wanted.items()), now)


def _without_nul(value: str | None) -> str:
    return (value or "").replace("\x00", "")


def take(connection: Connection, now: datetime, hold: timedelta, limit: int) -> list[Waiting]:
    """Take up to `limit` files that are due; nobody else gets them for the time of `hold`."""
    due = (
        select(media.c.id)
        .where(_WAITS, media.c.next_at <= now)
        .order_by(media.c.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = connection.execute(
        update(media)
        .where(media.c.id.in_(due))
        .values(attempts=media.c.attempts + 1, next_at=now + hold)
        .returning(media.c.id)
    ).scalars()
    ids = list(taken)
    if not ids:
        return []
    rows = connection.execute(
        select(
            media,
            conversations.c.channel,
            conversations.c.account,
            conversations.c.peer,
            conversations.c.thread,
        )
        .join(conversations, conversations.c.id == media.c.conversation)
        .where(media.c.id.in_(ids))
        .order_by(media.c.id)
    ).mappings()
    return [
        Waiting(
            id=row["id"],
            conversation=row["conversation"],
            seq=row["seq"] or 0,
            address=address_of(row),
            media=Media(
                kind=MediaKind(row["kind"]),
                ref=row["ref"] or "",
                mime=row["mime"],
                bytes=row["bytes"],
                name=row["name"],
                seconds=row["seconds"],
            ),
            tries=row["attempts"],
            created_at=row["created_at"],
        )
        for row in rows
    ]


def next_due(connection: Connection) -> datetime | None:
    """When the next file wants to be fetched."""
    value = connection.execute(select(func.min(media.c.next_at)).where(_WAITS)).scalar()
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def bytes_since(connection: Connection, conversation: int, since: datetime) -> int:
    """How much is kept of the files that the person of this conversation sent since then, anywhere."""
    person = select(conversations.c.person).where(conversations.c.id == conversation).scalar_subquery()
    theirs = select(conversations.c.id).where(conversations.c.person == person)
    total = select(func.coalesce(func.sum(media.c.bytes), 0)).where(
        media.c.conversation.in_(theirs),
        media.c.state == FileState.KEPT.value,
        media.c.source == "inbound",
        media.c.created_at >= since,
    )
    return int(connection.execute(total).scalar_one())


def kept(connection: Connection, file: int, what: Kept, expires_at: datetime) -> bool:
    """It is on disk; False when nobody wants it any more (taken back, erased)."""
    done = connection.execute(
        _still(file).values(
            state=FileState.KEPT.value,
            sha256=what.sha256,
            kind=what.kind.value,
            mime=what.mime,
            bytes=what.bytes,
            width=what.width,
            height=what.height,
            expires_at=expires_at,
            next_at=None,
            error=None,
        )
    )
    return done.rowcount == 1


def refused(connection: Connection, file: int, reason: Trouble) -> bool:
    """It will not be had; staff read why."""
    done = connection.execute(
        _still(file).values(state=FileState.GONE.value, error=reason.value, next_at=None)
    )
    return done.rowcount == 1


def later(connection: Connection, file: int, reason: Trouble, next_at: datetime) -> None:
    """Not now."""
    connection.execute(_still(file).values(error=reason.value, next_at=next_at))


def expire(connection: Connection, now: datetime) -> int:
    """Forget the files whose time is over: that there was one stays, its content and name do not; returns how many."""
    empty = dict.fromkeys(("ref", "name", "sha256", "transcript", "description", "expires_at"))
    return connection.execute(
        update(media).where(_KEPT, media.c.expires_at <= now).values(state=FileState.EXPIRED.value, **empty)
    ).rowcount


def _still(file: int) -> Update:
    return update(media).where(media.c.id == file, _WAITS)


# --- reading ---------------------------------------------------------------------------------------------

_FILE = select(*(media.c[name] for name in File.__dataclass_fields__))


def find(connection: Connection, file: int) -> File | None:
    row = connection.execute(_FILE.where(media.c.id == file)).mappings().first()
    return _file(row) if row is not None else None


def of_messages(
    connection: Connection, conversation: int, seqs: Sequence[int], refs: Sequence[str] = ()
) -> tuple[dict[tuple[int, int], File], dict[str, File]]:
    """The files of these messages by (seq, number of the part), and those that parts we sent name by "media:12"."""
    ids = [number for ref in refs if (number := id_of(ref)) is not None]
    rows = connection.execute(
        _FILE.where(
            or_(and_(media.c.conversation == conversation, media.c.seq.in_(seqs)), media.c.id.in_(ids))
        )
    ).mappings()
    files = [_file(row) for row in rows]
    placed = {(file.seq, file.part): file for file in files if file.seq is not None and file.part is not None}
    return placed, {f"{REF}{file.id}": file for file in files}


def id_of(ref: str) -> int | None:
    """12 for "media:12"; None for a platform's handle."""
    number = ref.removeprefix(REF)
    return (
        int(number) if number != ref and number.isascii() and number.isdigit() and len(number) < 19 else None
    )


def referred(connection: Connection, digests: Sequence[str]) -> set[str]:
    """Which of these files (by sha256) some row still keeps; at most a few hundred at once."""
    here = select(media.c.sha256).where(media.c.sha256.in_(digests), media.c.state == FileState.KEPT.value)
    return set(connection.execute(here.distinct()).scalars())


def _file(row: Any) -> File:
    values = dict(row)
    return File(**{**values, "state": FileState(values["state"]), "kind": MediaKind(values["kind"])})
