"""Links that show a chat to whoever has them: as it was in that moment, read only, until the visitor takes them back."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from ..errors import Conflict, NotFound
from ..types import Address
from . import branches, chats
from .chats import Chat, ChatMessage
from .models import conversations, shares

MOST: Final = 20
"""Links of one chat that work at the same time."""
LONGEST: Final = 2000
"""Messages that a link shows: the newest of its moment."""
_BYTES: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link as its owner and staff see it: everything but the token, of which only the hash is kept."""

    id: int
    conversation: int
    created_at: datetime
    revoked_at: datetime | None


def share(connection: Connection, conversation: int, now: datetime) -> str:
    """Make a link; returns its token, which is told only now.

    Raises NotFound, and Conflict for a temporary or empty chat, or one with MOST links.
    """
    row = connection.execute(
        select(conversations).where(conversations.c.id == conversation).with_for_update()
    ).first()
    if row is None:
        raise NotFound("no such chat")
    if row.temporary:
        raise Conflict("a temporary chat is not shared")
    working = select(func.count()).where(shares.c.conversation == conversation, shares.c.revoked_at.is_(None))
    if connection.execute(working).scalar_one() >= MOST:
        raise Conflict(f"a chat has at most {MOST} links")
    leaf = branches.end_of_path(connection, conversation)
    if not leaf:
        raise Conflict("there is nothing to share")
    token = secrets.token_urlsafe(_BYTES)
    connection.execute(
        insert(shares).values(
            conversation=conversation,
            token_hash=_hash(token),
            leaf_seq=leaf,
            upto_seq=row.last_seq,
            created_at=now,
        )
    )
    return token


def read(connection: Connection, token: str) -> tuple[Chat, list[ChatMessage]] | None:
    """What the link shows: the chat as it was when it was made, without what was taken back since. None when it is no more."""
    row = connection.execute(
        select(shares.c.conversation, shares.c.leaf_seq, shares.c.upto_seq, *_ADDRESS)
        .join(conversations, conversations.c.id == shares.c.conversation)
        .where(shares.c.token_hash == _hash(token), shares.c.revoked_at.is_(None))
    ).first()
    if row is None:
        return None
    address = Address(channel=row.channel, account=row.account, peer=row.peer, thread=row.thread)
    chat = chats.chat(connection, address)
    if chat is None:
        return None
    said = chats.snapshot(connection, row.conversation, leaf=row.leaf_seq, upto=row.upto_seq, limit=LONGEST)
    return chat, said


def revoke(connection: Connection, conversation: int, number: int, now: datetime) -> bool:
    """The link shows nothing any more; False when there is none of this chat that works."""
    done = connection.execute(
        update(shares)
        .where(shares.c.id == number, shares.c.conversation == conversation, shares.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return bool(done.rowcount)


def of_conversation(connection: Connection, conversation: int) -> list[Share]:
    """Its links that work, newest first."""
    query = (
        select(*(shares.c[name] for name in Share.__dataclass_fields__))
        .where(shares.c.conversation == conversation, shares.c.revoked_at.is_(None))
        .order_by(shares.c.id.desc())
    )
    return [Share(**row) for row in connection.execute(query).mappings()]


_ADDRESS = tuple(conversations.c[name] for name in ("channel", "account", "peer", "thread"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
