"""Our accounts on the platforms, as far as they hold sends up: paused, tried again, or with a platform that is silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select, update

from ..types import Address
from .dialects import insert_new, upsert
from .models import channel_states

Account = tuple[str, str]
"""Channel and account."""
WHOLE = "*"
"""Stands for every account of a channel: staff paused it by hand, and only they let it go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """An account whose sends are held up now: paused, or its platform does not answer some process since a moment."""

    channel: str
    account: str
    paused_reason: str | None
    resume_at: datetime | None
    silent_since: datetime | None


def held_up(connection: Connection, now: datetime) -> list[AccountState]:
    """Every account that is held up now; usually none."""
    rows = connection.execute(
        select(channel_states)
        .where(or_(held_back(now), channel_states.c.unreachable_until > now))
        .order_by(channel_states.c.channel, channel_states.c.account)
    ).mappings()
    found = []
    for row in rows:
        silent = row["unreachable_until"] is not None and row["unreachable_until"] > now
        paused = row["paused_reason"] is not None and (row["resume_at"] is None or row["resume_at"] > now)
        found.append(
            AccountState(
                channel=row["channel"],
                account=row["account"],
                paused_reason=row["paused_reason"] if paused else None,
                resume_at=row["resume_at"] if paused else None,
                silent_since=row["unreachable_since"] if silent else None,
            )
        )
    return found


def held_back(now: datetime) -> ColumnElement[bool]:
    """The condition of a paused account."""
    return and_(
        channel_states.c.paused_reason.is_not(None),
        or_(channel_states.c.resume_at.is_(None), channel_states.c.resume_at > now),
    )


def pause(
    connection: Connection, address: Address, reason: str, now: datetime, resume_at: datetime | None
) -> None:
    """Stop all sends of one account, until `resume_at` or until staff resume it."""
    values = {"paused_reason": reason, "paused_at": now, "resume_at": resume_at}
    connection.execute(
        upsert(connection, channel_states)
        .values(channel=address.channel, account=address.account, **values)
        .on_conflict_do_update(index_elements=["channel", "account"], set_=values)
    )


def pause_whole(connection: Connection, channel: str, reason: str, now: datetime) -> bool:
    """Stop all sends of a channel until staff resume it, restarts or not; False when it was paused by hand already."""
    row = {"channel": channel, "account": WHOLE}
    connection.execute(insert_new(connection, channel_states, ("channel", "account")).values(**row))
    done = connection.execute(
        update(channel_states)
        .where(
            channel_states.c.channel == channel,
            channel_states.c.account == WHOLE,
            channel_states.c.paused_reason.is_(None),
        )
        .values(paused_reason=reason, paused_at=now, resume_at=None)
    )
    return done.rowcount == 1


def resume(connection: Connection, channel: str, *, by_hand: bool = True) -> int:
    """Let a paused channel send again; returns how many accounts were paused. Without `by_hand` what staff paused stays so."""
    which = [channel_states.c.channel == channel, channel_states.c.paused_reason.is_not(None)]
    if not by_hand:
        which.append(channel_states.c.account != WHOLE)
    return connection.execute(
        update(channel_states).where(*which).values(paused_reason=None, paused_at=None, resume_at=None)
    ).rowcount


def try_again(connection: Connection, address: Address, at: datetime) -> bool:
    """The part that was to try a paused account did not get that far; another may from `at` on."""
    return _end_trial(connection, address, {"resume_at": at})


def end_pause(connection: Connection, address: Address) -> bool:
    """The account was tried and works again."""
    return _end_trial(connection, address, {"paused_reason": None, "paused_at": None, "resume_at": None})


def _end_trial(connection: Connection, address: Address, values: dict[str, Any]) -> bool:
    done = connection.execute(
        update(channel_states)
        .where(
            channel_states.c.channel == address.channel,
            channel_states.c.account == address.account,
            channel_states.c.paused_reason.is_not(None),
        )
        .values(**values)
    )
    return done.rowcount > 0


def unreachable(connection: Connection, address: Address, now: datetime, until: datetime | None) -> None:
    """Let staff see that this account's platform does not answer; it is no longer shown after `until`. None: it answers."""
    since = func.coalesce(channel_states.c.unreachable_since, literal(now, channel_states.c.paused_at.type))
    connection.execute(
        upsert(connection, channel_states)
        .values(
            channel=address.channel,
            account=address.account,
            unreachable_since=now if until else None,
            unreachable_until=until,
        )
        .on_conflict_do_update(
            index_elements=["channel", "account"],
            set_={"unreachable_since": since if until else None, "unreachable_until": until},
        )
    )


def paused_accounts(connection: Connection) -> dict[Account, datetime | None]:
    """Paused accounts and when they are tried again; the time may be past."""
    rows = connection.execute(
        select(channel_states.c.channel, channel_states.c.account, channel_states.c.resume_at).where(
            channel_states.c.paused_reason.is_not(None)
        )
    )
    return {(row.channel, row.account): row.resume_at for row in rows}


def is_paused(connection: Connection, address: Address, now: datetime) -> bool:
    """Whether nothing leaves this account now, by its own pause or by one of its whole channel."""
    mine = channel_states.c.account.in_([address.account, WHOLE])
    found = select(channel_states.c.account).where(channel_states.c.channel == address.channel, mine)
    return connection.execute(found.where(held_back(now)).limit(1)).first() is not None


def begin_trial(connection: Connection, account: Account, resume_at: datetime, until: datetime) -> bool:
    """One process alone tries an account whose pause has run out; the others see it paused until then."""
    channel, name = account
    done = connection.execute(
        update(channel_states)
        .where(
            channel_states.c.channel == channel,
            channel_states.c.account == name,
            channel_states.c.resume_at == resume_at,
        )
        .values(resume_at=until)
    )
    return done.rowcount == 1
