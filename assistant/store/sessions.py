"""Sessions of staff: which browser is whose, how long it lasts, and when the password was last given in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from .models import sessions, staff
from .staff import MEMBER, StaffMember, member_of

IDLE = timedelta(hours=12)
LIFE = timedelta(days=7)
HALF_LIFE = timedelta(minutes=10)
"""Between the password and the code."""
TOUCH_EVERY = timedelta(minutes=5)
SHORT = 16
"""So many characters of a session's hash name it on a page."""
BROWSER_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that was recognised. `half`: a code is still to be given. `stale`: `touch` is due."""

    member: StaffMember
    half: bool
    proved_at: datetime | None
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session as its owner sees it in a list."""

    name: str
    browser: str | None
    created_at: datetime
    seen_at: datetime
    here: bool


def carry(connection: Connection, by: timedelta) -> None:
    """Time is about to be moved forward: let no session grow older by that."""
    for row in connection.execute(select(sessions)).mappings().all():
        moved = {
            name: row[name] + by
            for name in ("created_at", "seen_at", "proved_at", "expires_at")
            if row[name] is not None
        }
        mine = sessions.c.token_hash == row["token_hash"]
        connection.execute(update(sessions).where(mine).values(**moved))


def start(
    connection: Connection,
    token_hash: str,
    member: int,
    now: datetime,
    *,
    browser: str | None = None,
    half: bool = False,
) -> None:
    """Remember a browser in which the password was just given; what has expired is swept out on the way."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    connection.execute(
        insert(sessions).values(
            token_hash=token_hash,
            staff=member,
            created_at=now,
            seen_at=now,
            expires_at=now + (HALF_LIFE if half else LIFE),
            browser=browser[:BROWSER_LENGTH] if browser else None,
            half=half,
            proved_at=now,
        )
    )
    if not half:
        connection.execute(update(staff).where(staff.c.id == member).values(seen_at=now))


def find(connection: Connection, token_hash: str, now: datetime) -> Session | None:
    """Who this browser is; None when the session ended or the account was disabled."""
    row = (
        connection.execute(
            select(
                *MEMBER,
                sessions.c.seen_at.label("last"),
                sessions.c.half,
                sessions.c.proved_at,
            )
            .join(staff, staff.c.id == sessions.c.staff)
            .where(
                sessions.c.token_hash == token_hash,
                sessions.c.expires_at > now,
                sessions.c.seen_at > now - IDLE,
                staff.c.disabled_at.is_(None),
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return Session(
        member=member_of(row),
        half=bool(row["half"]),
        proved_at=row["proved_at"],
        stale=row["last"] < now - TOUCH_EVERY,
    )


def touch(connection: Connection, token_hash: str, member: int, now: datetime) -> None:
    """The browser is still in use."""
    connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=now))
    connection.execute(update(staff).where(staff.c.id == member).values(seen_at=now))


def prove(connection: Connection, token_hash: str, now: datetime) -> None:
    """The password was given again in this browser."""
    connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(proved_at=now))


def close(connection: Connection, token_hash: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def close_named(connection: Connection, member: int, name: str) -> int:
    """End the one session of this account that `listed` calls so; returns how many ended."""
    found = func.substr(sessions.c.token_hash, 1, SHORT) == name
    return connection.execute(delete(sessions).where(sessions.c.staff == member, found)).rowcount


def close_all(connection: Connection, member: int, *, but: str | None = None) -> int:
    """End every session of an account, but for one if its hash is given; returns how many ended."""
    query = delete(sessions).where(sessions.c.staff == member)
    if but is not None:
        query = query.where(sessions.c.token_hash != but)
    return connection.execute(query).rowcount


def listed(connection: Connection, member: int, here: str, now: datetime) -> list[OpenSession]:
    """The open sessions of an account, the newest first; `here` is the hash of the one that asks."""
    rows = connection.execute(
        select(sessions.c.token_hash, sessions.c.browser, sessions.c.created_at, sessions.c.seen_at)
        .where(
            sessions.c.staff == member,
            sessions.c.expires_at > now,
            sessions.c.seen_at > now - IDLE,
            sessions.c.half.is_(False),
        )
        .order_by(sessions.c.seen_at.desc())
        .limit(50)
    )
    return [
        OpenSession(
            name=row.token_hash[:SHORT],
            browser=row.browser,
            created_at=row.created_at,
            seen_at=row.seen_at,
            here=row.token_hash == here,
        )
        for row in rows
    ]


def count(connection: Connection, member: int) -> int:
    return int(
        connection.execute(
            select(func.count()).select_from(sessions).where(sessions.c.staff == member)
        ).scalar_one()
    )
