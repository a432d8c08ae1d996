"""API tokens of staff: who a machine acts for, how far it may go, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from ..errors import Conflict
from .models import api_tokens, staff
from .staff import MEMBER, StaffMember, member_of

MOST = 20
"""So many that still work belong to one account."""
TOUCH_EVERY = timedelta(minutes=5)


class Scope(StrEnum):
    """READ asks only; WRITE does what its owner may do, except what wants the password."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who a token speaks for. `stale`: `touch` is due."""

    id: int
    member: StaffMember
    scope: Scope
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as its owner sees it: everything but the token."""

    id: int
    name: str
    scope: Scope
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


def make(
    connection: Connection,
    *,
    member: int,
    name: str,
    token_hash: str,
    scope: Scope,
    now: datetime,
    life: timedelta,
) -> int:
    """Keep a new token's hash. Raises Conflict when the account has MOST of them."""
    working = connection.execute(
        select(func.count()).select_from(api_tokens).where(*_working(now), api_tokens.c.staff == member)
    ).scalar_one()
    if working >= MOST:
        raise Conflict("this account has too many tokens")
    made = connection.execute(
        insert(api_tokens)
        .values(
            staff=member,
            name=name,
            token_hash=token_hash,
            scope=scope.value,
            created_at=now,
            expires_at=now + life,
        )
        .returning(api_tokens.c.id)
    )
    return int(made.scalar_one())


def find(connection: Connection, token_hash: str, now: datetime) -> Bearer | None:
    """None when the token is unknown, expired or revoked, or its owner disabled."""
    query = (
        select(*MEMBER, api_tokens.c.id.label("token"), api_tokens.c.scope, api_tokens.c.used_at)
        .join(staff, staff.c.id == api_tokens.c.staff)
        .where(api_tokens.c.token_hash == token_hash, *_working(now), staff.c.disabled_at.is_(None))
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Bearer(
        id=row["token"],
        member=member_of(row),
        scope=Scope(row["scope"]),
        stale=row["used_at"] is None or row["used_at"] < now - TOUCH_EVERY,
    )


def touch(connection: Connection, token: int, now: datetime) -> None:
    """The token is in use."""
    connection.execute(update(api_tokens).where(api_tokens.c.id == token).values(used_at=now))


def listed(connection: Connection, member: int, now: datetime) -> list[Token]:
    """The tokens of an account that still work, the newest first."""
    rows = connection.execute(
        select(
            api_tokens.c.id,
            api_tokens.c.name,
            api_tokens.c.scope,
            api_tokens.c.created_at,
            api_tokens.c.expires_at,
            api_tokens.c.used_at,
        )
        .where(api_tokens.c.staff == member, *_working(now))
        .order_by(api_tokens.c.id.desc())
        .limit(MOST)
    ).mappings()
    return [Token(**{**row, "scope": Scope(row["scope"])}) for row in rows]


def revoke(connection: Connection, member: int, token: int, now: datetime) -> bool:
    """The token works no more; False when this account has no such token that does."""
    done = connection.execute(
        update(api_tokens)
        .where(api_tokens.c.id == token, api_tokens.c.staff == member, api_tokens.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return done.rowcount > 0


def _working(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (api_tokens.c.revoked_at.is_(None), api_tokens.c.expires_at > now)
