"""Staff accounts and their sessions: who may sign in, how often they failed, which browser is whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from ..errors import Conflict
from .models import sessions, staff

IDLE = timedelta(hours=12)
LIFE = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=5)
FREE_FAILURES = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)


class StaffRole(StrEnum):
    """What staff may do; each includes the ones before it."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, needed: StaffRole) -> bool:
        order = list(StaffRole)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who is signed in."""

    id: int
    email: str
    name: str
    role: StaffRole
    language: str | None = None
    theme: str | None = None
    shortcuts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a sign-in is checked against."""

    member: StaffMember
    password_hash: str
    locked_until: datetime | None


_MEMBER = (
    staff.c.id,
    staff.c.email,
    staff.c.name,
    staff.c.role,
    staff.c.language,
    staff.c.theme,
    staff.c.shortcuts,
)


def _member(row: Mapping[Any, Any]) -> StaffMember:
    values = {column.name: row[column.name] for column in _MEMBER}
    return StaffMember(**values | {"role": StaffRole(row["role"])})


def normal_email(email: str) -> str:
    return email.strip().lower()


def exists(connection: Connection) -> bool:
    """Whether anybody can sign in at all."""
    return connection.execute(select(staff.c.id).limit(1)).first() is not None


def create(
    connection: Connection,
    *,
    email: str,
    name: str,
    role: StaffRole,
    password_hash: str,
    now: datetime,
    first: bool = False,
) -> int:
    """Make an account. Raises Conflict when the address is taken; with `first`, when there is any account."""
    if first:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE staff IN EXCLUSIVE MODE"))
        if exists(connection):
            raise Conflict("there is an administrator already")
    try:
        with connection.begin_nested():
            made = connection.execute(
                insert(staff)
                .values(
                    email=normal_email(email),
                    name=name.strip(),
                    role=role.value,
                    password_hash=password_hash,
                    created_at=now,
                )
                .returning(staff.c.id)
            )
            return int(made.scalar_one())
    except IntegrityError:
        raise Conflict("this e-mail address has an account already") from None


def account(connection: Connection, email: str) -> Account | None:
    """The enabled account of an address."""
    row = (
        connection.execute(
            select(staff).where(staff.c.email == normal_email(email), staff.c.disabled_at.is_(None))
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return Account(
        member=_member(row),
        password_hash=row["password_hash"],
        locked_until=row["locked_until"],
    )


def record_failure(connection: Connection, member: int, now: datetime) -> datetime | None:
    """Count a wrong password. From the fifth on the account is locked, each time twice as long; returns until when."""
    failures = connection.execute(
        update(staff)
        .where(staff.c.id == member)
        .values(failures=staff.c.failures + 1)
        .returning(staff.c.failures)
    ).scalar_one()
    if failures < FREE_FAILURES:
        return None
    until: datetime = now + min(FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 16), LONGEST_LOCK)
    connection.execute(update(staff).where(staff.c.id == member).values(locked_until=until))
    return until


def record_success(connection: Connection, member: int, rehashed: str | None = None) -> None:
    """Forget the failures; keep a hash made with today's parameters if there is a new one."""
    values: dict[str, object] = {"failures": 0, "locked_until": None}
    if rehashed is not None:
        values["password_hash"] = rehashed
    connection.execute(update(staff).where(staff.c.id == member).values(values))


def open_session(connection: Connection, token_hash: str, member: int, now: datetime) -> None:
    """Remember a browser; what has expired is swept out on the way."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    connection.execute(
        insert(sessions).values(
            token_hash=token_hash, staff=member, created_at=now, seen_at=now, expires_at=now + LIFE
        )
    )


def session(connection: Connection, token_hash: str, now: datetime) -> tuple[StaffMember, bool] | None:
    """Who this browser is, and whether `touch` is due; None when the session ended or the account was disabled."""
    row = connection.execute(
        select(*_MEMBER, sessions.c.seen_at)
        .join(staff, staff.c.id == sessions.c.staff)
        .where(
            sessions.c.token_hash == token_hash,
            sessions.c.expires_at > now,
            sessions.c.seen_at > now - IDLE,
            staff.c.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    return _member(row._mapping), row.seen_at < now - TOUCH_EVERY


def touch(connection: Connection, token_hash: str, now: datetime) -> None:
    """The browser is still in use."""
    connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=now))


def close_session(connection: Connection, token_hash: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def sessions_of(connection: Connection, member: int) -> int:
    return int(
        connection.execute(
            select(func.count()).select_from(sessions).where(sessions.c.staff == member)
        ).scalar_one()
    )
