"""What a conversation remembers of itself beyond its messages: the summary of what is no longer told in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, update

from .models import conversations


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
) -> bool:
    """Keep a summary until the window moves; False, writing nothing, when it comes too late.

    It is written without a lease, so that nobody waits for it. What guards it is everything it was made from: while the
    window, the epoch and the summary it replaces are the same, the messages it covers are, too. A worker that fell
    behind (a step, a /reset, a human, a quicker worker) finds one of them changed.
    """
    waiting = conversations.c.next_summary_seq
    done = connection.execute(
        update(conversations)
        .where(
            conversations.c.id == conversation,
            conversations.c.epoch == epoch,
            conversations.c.window_from_seq == window_from_seq,
            waiting.is_(None) if instead_of is None else waiting == instead_of.seq,
        )
        .values(next_summary=summary.text, next_summary_seq=summary.seq)
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
