"""Staff accounts: who may sign in and do what, how often they failed, and what each likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from ..errors import Conflict, NotFound
from .models import api_tokens, recovery_codes, sessions, staff

FREE_FAILURES = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)
PAGE = 50


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
    second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a sign-in is checked against. `totp_secret`: a code is asked too; none of a step up to `totp_step` works."""

    member: StaffMember
    password_hash: str
    locked_until: datetime | None
    totp_secret: str | None = None
    totp_step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An account as administrators see it in their list."""

    id: int
    email: str
    name: str
    role: StaffRole
    second_factor: bool
    created_at: datetime
    seen_at: datetime | None
    disabled_at: datetime | None


MEMBER = (
    staff.c.id,
    staff.c.email,
    staff.c.name,
    staff.c.role,
    staff.c.language,
    staff.c.theme,
    staff.c.shortcuts,
    staff.c.totp_secret.is_not(None).label("second_factor"),
)
"""The columns that `member_of` reads."""


def member_of(row: Mapping[Any, Any]) -> StaffMember:
    values = {column.name: row[column.name] for column in MEMBER}
    return StaffMember(
        **values | {"role": StaffRole(row["role"]), "second_factor": bool(row["second_factor"])}
    )


def normal_email(email: str) -> str:
    return email.strip().lower()


def exists(connection: Connection) -> bool:
    """Whether anybody can sign in at all."""
    return connection.execute(select(staff.c.id).limit(1)).first() is not None


def is_taken(connection: Connection, email: str) -> bool:
    """Whether an address has an account, enabled or not."""
    query = select(staff.c.id).where(staff.c.email == normal_email(email))
    return connection.execute(query).first() is not None


def create(
    connection: Connection,
    *,
    email: str,
    name: str,
    role: StaffRole,
    password_hash: str,
    now: datetime,
    first: bool = False,
    language: str | None = None,
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
                    language=language,
                )
                .returning(staff.c.id)
            )
            return int(made.scalar_one())
    except IntegrityError:
        raise Conflict("this e-mail address has an account already") from None


# --- signing in ------------------------------------------------------------------------------------------


def account(connection: Connection, email: str) -> Account | None:
    """The enabled account of an address."""
    return _account(connection, staff.c.email == normal_email(email))


def account_of(connection: Connection, member: int) -> Account | None:
    """The enabled account of this number."""
    return _account(connection, staff.c.id == member)


def _account(connection: Connection, which: ColumnElement[bool]) -> Account | None:
    query = select(
        *MEMBER, staff.c.password_hash, staff.c.locked_until, staff.c.totp_secret, staff.c.totp_step
    ).where(which, staff.c.disabled_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Account(
        member=member_of(row),
        password_hash=row["password_hash"],
        locked_until=row["locked_until"],
        totp_secret=row["totp_secret"],
        totp_step=row["totp_step"],
    )


def unlocked(now: datetime) -> ColumnElement[bool]:
    """The condition that an account is not locked, for statements that must notice failures of the last moment."""
    return or_(staff.c.locked_until.is_(None), staff.c.locked_until <= now)


def is_locked(connection: Connection, member: int, now: datetime) -> bool:
    """Whether nothing is tried for this account now; what other attempts did since the account was read is known."""
    return connection.execute(select(staff.c.id).where(staff.c.id == member, unlocked(now))).first() is None


def record_failure(connection: Connection, member: int, now: datetime) -> datetime | None:
    """Count a wrong password or code. From the fifth on the account is locked, each time twice as long; returns until when."""
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


def record_success(connection: Connection, member: int) -> None:
    """Forget the failures. Only when everything asked for was right: a right password must not forgive wrong codes."""
    connection.execute(update(staff).where(staff.c.id == member).values(failures=0, locked_until=None))


def keep_hash(connection: Connection, member: int, password_hash: str) -> None:
    """A new password, or the old one hashed with today's parameters."""
    connection.execute(update(staff).where(staff.c.id == member).values(password_hash=password_hash))


# --- what each likes -------------------------------------------------------------------------------------


def like(
    connection: Connection,
    member: int,
    *,
    name: str,
    language: str | None,
    theme: str | None,
    shortcuts: bool,
) -> None:
    """How an account's pages are shown, and what it is called; None follows the browser."""
    connection.execute(
        update(staff)
        .where(staff.c.id == member)
        .values(name=name, language=language, theme=theme, shortcuts=shortcuts)
    )


# --- administrators over others --------------------------------------------------------------------------

_COLLEAGUE = (
    staff.c.id,
    staff.c.email,
    staff.c.name,
    staff.c.role,
    staff.c.totp_secret.is_not(None).label("second_factor"),
    staff.c.created_at,
    staff.c.seen_at,
    staff.c.disabled_at,
)


def colleagues(connection: Connection, *, after: int = 0, limit: int = PAGE) -> list[Colleague]:
    """All accounts in the order they were made; `after` is the id after which the next page begins."""
    query = select(*_COLLEAGUE).where(staff.c.id > after).order_by(staff.c.id).limit(limit)
    return [_colleague(row) for row in connection.execute(query).mappings()]


def colleague(connection: Connection, member: int) -> Colleague | None:
    row = connection.execute(select(*_COLLEAGUE).where(staff.c.id == member)).mappings().first()
    return _colleague(row) if row is not None else None


def _colleague(row: Mapping[Any, Any]) -> Colleague:
    return Colleague(**{**row, "role": StaffRole(row["role"]), "second_factor": bool(row["second_factor"])})


def set_role(connection: Connection, member: int, role: StaffRole) -> StaffRole:
    """Give a role and end the account's sessions; returns the role it had. Raises Conflict for the last administrator.

    Raises NotFound when there is no such account.
    """
    had = _guarded(connection, member, keeps=role is StaffRole.ADMIN)
    if had is role:
        return had
    connection.execute(update(staff).where(staff.c.id == member).values(role=role.value))
    connection.execute(delete(sessions).where(sessions.c.staff == member))
    return had


def disable(connection: Connection, member: int, now: datetime) -> None:
    """Nobody signs in with this account any more; its sessions and tokens end. Raises Conflict for the last administrator.

    Raises NotFound when there is no such account.
    """
    _guarded(connection, member, keeps=False)
    connection.execute(
        update(staff).where(staff.c.id == member, staff.c.disabled_at.is_(None)).values(disabled_at=now)
    )
    connection.execute(delete(sessions).where(sessions.c.staff == member))
    connection.execute(
        update(api_tokens)
        .where(api_tokens.c.staff == member, api_tokens.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def enable(connection: Connection, member: int) -> None:
    """The account may be used again; what it failed before is forgotten. Raises NotFound when there is none."""
    done = connection.execute(
        update(staff)
        .where(staff.c.id == member)
        .values(disabled_at=None, failures=0, locked_until=None)
        .returning(staff.c.id)
    )
    if done.first() is None:
        raise NotFound("no such account")


def reset(connection: Connection, email: str, password_hash: str) -> int | None:
    """A new password without second factor or locks, and no session left; None when no enabled account has the address."""
    found = account(connection, email)
    if found is None:
        return None
    member = found.member.id
    connection.execute(
        update(staff)
        .where(staff.c.id == member)
        .values(password_hash=password_hash, failures=0, locked_until=None, totp_secret=None, totp_step=0)
    )
    connection.execute(delete(recovery_codes).where(recovery_codes.c.staff == member))
    connection.execute(delete(sessions).where(sessions.c.staff == member))
    return member


def _guarded(connection: Connection, member: int, *, keeps: bool) -> StaffRole:
    """The role of an account that may change. Administrators are locked, so that two cannot unmake each other."""
    admins = connection.execute(
        select(staff.c.id)
        .where(staff.c.role == StaffRole.ADMIN.value, staff.c.disabled_at.is_(None))
        .order_by(staff.c.id)
        .with_for_update()
    ).scalars()
    left = set(admins) - {member}
    row = connection.execute(select(staff.c.role, staff.c.disabled_at).where(staff.c.id == member)).first()
    if row is None:
        raise NotFound("no such account")
    if not keeps and not left and row.role == StaffRole.ADMIN.value and row.disabled_at is None:
        raise Conflict("the last administrator stays one")
    return StaffRole(row.role)
