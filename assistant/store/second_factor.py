"""The second factor of an account: its secret, which codes were used, and the codes for when the phone is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from .models import recovery_codes, staff
from .staff import unlocked


def enrol(connection: Connection, member: int, *, secret: str, step: int, codes: Iterable[str]) -> None:
    """From now on a code is asked for. `step` is that of the code that confirmed it; `codes` are hashes."""
    connection.execute(update(staff).where(staff.c.id == member).values(totp_secret=secret, totp_step=step))
    replace_codes(connection, member, codes)


def remove(connection: Connection, member: int) -> None:
    """The password alone opens the account again."""
    connection.execute(update(staff).where(staff.c.id == member).values(totp_secret=None, totp_step=0))
    replace_codes(connection, member, ())


def use_step(connection: Connection, member: int, step: int, now: datetime) -> bool:
    """Whether no code of this step or a later one was used before, and the account is not locked; it is used now."""
    done = connection.execute(
        update(staff)
        .where(
            staff.c.id == member,
            staff.c.totp_secret.is_not(None),
            staff.c.totp_step < step,
            unlocked(now),
        )
        .values(totp_step=step)
    )
    return done.rowcount == 1


def use_code(connection: Connection, member: int, code_hash: str, now: datetime) -> bool:
    """Whether this was a recovery code that nobody had used, and the account is not locked; it is used now."""
    done = connection.execute(
        update(recovery_codes)
        .where(
            recovery_codes.c.staff == member,
            recovery_codes.c.code_hash == code_hash,
            recovery_codes.c.used_at.is_(None),
            exists().where(staff.c.id == member, unlocked(now)),
        )
        .values(used_at=now)
    )
    return done.rowcount == 1


def replace_codes(connection: Connection, member: int, codes: Iterable[str]) -> None:
    """These hashes instead of the ones before."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.staff == member))
    rows = [{"staff": member, "code_hash": code} for code in codes]
    if rows:
        connection.execute(insert(recovery_codes), rows)


def codes_left(connection: Connection, member: int) -> int:
    return int(
        connection.execute(
            select(func.count())
            .select_from(recovery_codes)
            .where(recovery_codes.c.staff == member, recovery_codes.c.used_at.is_(None))
        ).scalar_one()
    )
