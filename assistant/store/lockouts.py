"""Failed sign-ins: counted for the account and for where they came from, each locked a while, twice as long each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, delete, select, update

from . import audit, staff
from .dialects import upsert
from .models import lockouts

FREE_FAILURES = 20
"""Of one origin: an office shares an address, and so does a whole mobile network."""
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)
FORGET = timedelta(hours=1)
"""Without a failure for so long an origin begins anew."""
KEPT = timedelta(days=1)
SAME_FAILURE = timedelta(minutes=1)


def locked(connection: Connection, origin: str, now: datetime) -> bool:
    """Whether nothing from this origin is tried for the moment."""
    until = connection.execute(select(lockouts.c.until).where(lockouts.c.origin == origin)).scalar()
    return until is not None and until > now


def refused(
    connection: Connection, *, origin: str, member: int | None, counts: bool, now: datetime, action: str
) -> None:
    """Remember a sign-in that failed, in one transaction whether there is such an account or not.

    `counts`: against the account too; an account that is locked already is not locked for longer.
    """
    if member is not None and counts:
        staff.record_failure(connection, member, now)
    _count(connection, origin, now)
    target = f"staff:{member}" if member is not None else None
    audit.append(connection, now=now, actor="anonymous", action=action, target=target, once_per=SAME_FAILURE)


def _count(connection: Connection, origin: str, now: datetime) -> None:
    again = case((lockouts.c.at < now - FORGET, 1), else_=lockouts.c.failures + 1)
    failures = connection.execute(
        upsert(connection, lockouts)
        .values(origin=origin, failures=1, at=now)
        .on_conflict_do_update(index_elements=["origin"], set_={"failures": again, "at": now})
        .returning(lockouts.c.failures)
    ).scalar_one()
    if failures >= FREE_FAILURES:
        until = now + min(FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 16), LONGEST_LOCK)
        connection.execute(update(lockouts).where(lockouts.c.origin == origin).values(until=until))
    elif failures == 1 and origin.startswith("0"):  # one new origin in sixteen sweeps for all
        connection.execute(delete(lockouts).where(lockouts.c.at < now - KEPT))
