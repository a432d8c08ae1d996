"""What staff did or read goes on record in the audit log: who, what and of whom, never a word that was written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..store import audit
from ..store.staff import StaffMember
from .context import WebContext


def actor(member: StaffMember) -> str:
    """How the audit log names staff."""
    return f"staff:{member.id}"


async def on_record(
    context: WebContext,
    member: StaffMember,
    action: str,
    target: str | None = None,
    *,
    detail: dict[str, Any] | None = None,
    once_per: timedelta | None = None,
) -> int | None:
    """One row of the log, with the time of now; returns its id. `once_per`: a like row inside that time stands for this
    one, and None is returned.
    """
    return await context.database.write(
        audit.append,
        now=context.clock.now(),
        actor=actor(member),
        action=action,
        target=target,
        detail=detail,
        once_per=once_per,
    )
