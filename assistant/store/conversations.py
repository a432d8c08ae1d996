"""What a conversation remembers of itself beyond its messages: the summary of what is no longer told in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, or_, select, update

from ..types import Address
from . import hot
from .models import conversations, messages, notices

_CLOCKS_APART: Final = timedelta(seconds=10)
"""By how much the clocks of two machines may differ; a summary too many is made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was said up to and including the message `seq`, in few words."""

    seq: int
    text: str


def keep_summary(
    connection: Connection,
    conversation: int,
    summary: Summary,
    *,
    epoch: int,
    window_from_seq: int,
    instead_of: Summary | None,
    begun_at: datetime,
) -> bool:
    """Keep a summary until the window moves; False, writing nothing, when it comes too late.

    It is written without a lease, so that nobody waits for it. What guards it is everything it was made from: while the
    window, the epoch and the summary it replaces are the same, and no message it covers was edited or deleted since
    `begun_at`, it says what was said. A worker that fell behind (a step, a /reset, a human, a quicker worker) finds one
    of them changed.
    """
    waiting = conversations.c.next_summary_seq
    since = begun_at - _CLOCKS_APART
    taken_back = select(messages.c.id).where(
        messages.c.conversation == conversation,
        messages.c.seq <= summary.seq,
        or_(messages.c.edited_at >= since, messages.c.deleted_at >= since),
    )
    done = connection.execute(
        update(conversations)
        .where(
            conversations.c.id == conversation,
            conversations.c.epoch == epoch,
            conversations.c.window_from_seq == window_from_seq,
            waiting.is_(None) if instead_of is None else waiting == instead_of.seq,
            ~taken_back.exists(),
        )
        .values(next_summary=summary.text, next_summary_seq=summary.seq)
    )
    return done.rowcount == 1


def drop_summaries(connection: Connection, conversation: int, seq: int) -> None:
    """Forget every summary that covers the message `seq`, which its author took back; nobody can cut it out of one."""
    for covers, gone in (
        (conversations.c.summary_seq, {"summary": None}),
        (conversations.c.next_summary_seq, {"next_summary": None, "next_summary_seq": None}),
    ):
        connection.execute(
            update(conversations).where(conversations.c.id == conversation, covers >= seq).values(gone)
        )


def noticed(connection: Connection, conversation: int, kind: str) -> bool:
    """Whether the people of this conversation were given this notice."""
    found = select(notices.c.id).where(notices.c.conversation == conversation, notices.c.kind == kind)
    return connection.execute(found.limit(1)).first() is not None


_PRIVATE_PEER = hot.both(
    "SELECT peer FROM conversations WHERE person = $1 AND channel = $2 AND account = $3 AND kind = 'private' "
    "AND coalesce(thread, '') = $4 ORDER BY last_at DESC LIMIT 1"
)


def private_peer(connection: Connection, person: int, address: Address) -> str | None:
    """Under which id this person already talks to us here in private, newest first; None when they do not."""
    found = _PRIVATE_PEER.rows(connection, person, address.channel, address.account, address.thread or "")
    return str(found[0][0]) if found else None


def move(connection: Connection, old: Address, new: Address) -> bool:
    """The conversation goes on under another address; False when there is none, or one of that address already."""
    taken = connection.execute(select(conversations.c.id).where(conversations.c.key == new.key)).first()
    if taken is not None or old.channel != new.channel:
        return False
    done = connection.execute(
        update(conversations)
        .where(conversations.c.key == old.key)
        .values(key=new.key, account=new.account, peer=new.peer, thread=new.thread)
    )
    return done.rowcount == 1


def stepped(window_from_seq: int, summary: Summary | None) -> dict[str, Any]:
    """The columns of a conversation whose window moves; with the summary that was waiting for it, if one was."""
    values: dict[str, Any] = {"window_from_seq": window_from_seq}
    if summary is not None:
        values |= {
            "summary": summary.text,
            "summary_seq": summary.seq,
            "next_summary": None,
            "next_summary_seq": None,
        }
    return values


def forgotten(window_from_seq: int) -> dict[str, Any]:
    """The columns of a conversation that begins anew behind a message."""
    return {
        "window_from_seq": window_from_seq,
        "summary": None,
        "summary_seq": window_from_seq,
        "next_summary": None,
        "next_summary_seq": None,
    }
