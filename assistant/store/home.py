"""What needs somebody now, counted only as far as it matters: each count is an index's beginning, never a whole table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, select, text

from ..types import Mode
from . import health, review_queues
from .models import conversations, messages, outbox

MOST: Final = 101
"""One more than is shown in full: 100+."""
# Written out, not bound: only then both databases use their partial indexes.
_WITH_STAFF = text("conversations.mode = 'human'")
_FLAGGED = text("conversations.flagged")
_TAKEN = text("conversations.hand_back_at IS NOT NULL")
_PAUSED = text("conversations.mode = 'paused'")
_DUE = text("conversations.due_at IS NOT NULL")
_FAILED = text("outbox.state = 'failed'")
_DEAD = text("messages.outcome = 'dead'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Each stops at MOST. `asked`: conversations left to staff that nobody has taken; `mine`, `others`: taken over.

    `waiting`: conversations that wait for the model's answer, `waiting_since` the oldest of those looked at. `items`: of
    review queues, that this reviewer may begin. `notices`: urgent ones of platforms that nobody has seen.
    """

    asked: int
    mine: int
    others: int
    flagged: int
    failed: int
    dead: int
    paused: int
    items: int
    notices: int
    waiting: int
    waiting_since: datetime | None

    @property
    def nothing(self) -> bool:
        """Whether nobody is needed anywhere; that people wait for the model is its business."""
        wanted = (self.asked, self.mine, self.flagged, self.failed, self.dead, self.paused, self.items)
        return not any(wanted) and not self.notices


def needs(connection: Connection, staff: int, now: datetime, *, reviews: bool) -> Needs:
    """The counts for one member of staff. `reviews`: they may review, else no items are counted."""
    taken = connection.execute(select(conversations.c.taken_by).where(_TAKEN).limit(MOST)).scalars().all()
    since = now - timedelta(seconds=1)
    waiting = connection.execute(
        select(conversations.c.first_due_at)
        .where(_DUE, conversations.c.mode == Mode.BOT.value, conversations.c.due_at <= since)
        .order_by(conversations.c.priority, conversations.c.due_at)
        .limit(MOST)
    ).scalars()
    began = list(waiting)
    return Needs(
        asked=_count(
            connection,
            select(conversations.c.id).where(and_(_WITH_STAFF, conversations.c.taken_by.is_(None))),
        ),
        mine=sum(one == staff for one in taken),
        others=sum(one != staff for one in taken),
        flagged=_count(connection, select(conversations.c.id).where(_FLAGGED)),
        failed=_count(connection, select(outbox.c.id).where(_FAILED)),
        dead=_count(connection, select(messages.c.id).where(_DEAD)),
        paused=_count(connection, select(conversations.c.id).where(_PAUSED)),
        items=review_queues.waiting_for(connection, staff, now, MOST) if reviews else 0,
        notices=health.unseen(connection),
        waiting=len(began),
        waiting_since=min((one for one in began if one is not None), default=None),
    )


def _count(connection: Connection, query: Select[Any]) -> int:
    some = query.limit(MOST).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())
