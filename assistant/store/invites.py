"""Invitations to the staff: by whom, for which role, until when; each makes one account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, insert, select, update

from ..errors import NotFound
from . import staff as accounts
from .models import invites, staff
from .staff import StaffMember, StaffRole

LIFE = timedelta(days=7)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An invitation that can still be accepted. `email` is empty when whoever has the link chooses."""

    id: int
    email: str
    role: StaffRole
    by: str
    created_at: datetime
    expires_at: datetime


_INVITE = (
    invites.c.id,
    invites.c.email,
    invites.c.role,
    staff.c.name.label("by"),
    invites.c.created_at,
    invites.c.expires_at,
)
_JOINED = invites.join(staff, staff.c.id == invites.c.staff)


def create(
    connection: Connection, *, token_hash: str, email: str, role: StaffRole, by: int, now: datetime
) -> int:
    """Keep a new invitation's hash."""
    made = connection.execute(
        insert(invites)
        .values(
            token_hash=token_hash,
            email=accounts.normal_email(email),
            role=role.value,
            staff=by,
            created_at=now,
            expires_at=now + LIFE,
        )
        .returning(invites.c.id)
    )
    return int(made.scalar_one())


def find(connection: Connection, token_hash: str, now: datetime) -> Invite | None:
    """None when it is unknown, was used, expired or withdrawn, or when who invited is no administrator any more."""
    query = select(*_INVITE).select_from(_JOINED).where(invites.c.token_hash == token_hash, *_open(now))
    row = connection.execute(query).mappings().first()
    return Invite(**{**row, "role": StaffRole(row["role"])}) if row is not None else None


def listed(connection: Connection, now: datetime) -> list[Invite]:
    """The invitations that can still be accepted, the newest first."""
    query = select(*_INVITE).select_from(_JOINED).where(*_open(now))
    rows = connection.execute(query.order_by(invites.c.id.desc()).limit(MOST_SHOWN)).mappings()
    return [Invite(**{**row, "role": StaffRole(row["role"])}) for row in rows]


def accept(
    connection: Connection,
    *,
    token_hash: str,
    email: str,
    name: str,
    password_hash: str,
    language: str | None,
    now: datetime,
) -> StaffMember:
    """Make the account; of two at once one succeeds. The invitation's own address goes before `email`.

    Raises NotFound when the invitation is not open, Conflict when the address has an account already: it stays open then.
    """
    invite = find(connection, token_hash, now)
    if invite is None:
        raise NotFound("no such invitation")
    taken = connection.execute(
        update(invites).where(invites.c.id == invite.id, invites.c.used_at.is_(None)).values(used_at=now)
    )
    if taken.rowcount != 1:
        raise NotFound("no such invitation")
    chosen = invite.email or email
    made = accounts.create(
        connection,
        email=chosen,
        name=name,
        role=invite.role,
        password_hash=password_hash,
        now=now,
        language=language,
    )
    return StaffMember(
        id=made, email=accounts.normal_email(chosen), name=name, role=invite.role, language=language
    )


def withdraw(connection: Connection, invite: int, now: datetime) -> bool:
    """The link works no more; False when it did not anyway."""
    done = connection.execute(
        update(invites)
        .where(invites.c.id == invite, invites.c.used_at.is_(None), invites.c.expires_at > now)
        .values(expires_at=now)
    )
    return done.rowcount == 1


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        invites.c.used_at.is_(None),
        invites.c.expires_at > now,
        staff.c.role == StaffRole.ADMIN.value,
        staff.c.disabled_at.is_(None),
    )
