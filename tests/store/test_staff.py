"""Promises about accounts: one administrator always stays, links and codes work once, failures lock."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from assistant.errors import Conflict, NotFound
from assistant.store import audit, invites, lockouts, second_factor, sessions, staff, tokens
from assistant.store.database import Database
from assistant.store.staff import StaffRole
from assistant.store.tokens import Scope

from .made import at

DAY = 24 * 3600


def account(connection: Connection, name: str, role: StaffRole = StaffRole.ADMIN) -> int:
    return staff.create(
        connection, email=f"{name}@example.org", name=name, role=role, password_hash="x", now=at(0)
    )


async def role_of(database: Database, member: int) -> StaffRole:
    found = await database.read(staff.colleague, member)
    assert found is not None
    return found.role


# --- administrators over others --------------------------------------------------------------------------


async def test_two_administrators_who_unmake_each_other_at_once_leave_one(database: Database) -> None:
    for turn in range(5):
        ada = await database.write(account, f"ada{turn}")
        bob = await database.write(account, f"bob{turn}")
        done = await asyncio.gather(
            database.write(staff.set_role, ada, StaffRole.VIEWER),
            database.write(staff.disable, bob, at(1)),
            return_exceptions=True,
        )
        assert sum(isinstance(one, Conflict) for one in done) == 1, done
        for member in (ada, bob):
            await database.write(_unmake, member)


def _unmake(connection: Connection, member: int) -> None:
    """Out of the way of the next turn, whatever the rules say."""
    from assistant.store import models

    connection.execute(
        models.staff.update().where(models.staff.c.id == member).values(role="viewer", disabled_at=None)
    )


async def test_the_last_administrator_is_neither_demoted_nor_disabled(database: Database) -> None:
    ada = await database.write(account, "ada")
    off = await database.write(account, "off")
    await database.write(account, "eve", StaffRole.REVIEWER)
    await database.write(staff.disable, off, at(1))
    for act in (lambda c: staff.set_role(c, ada, StaffRole.REVIEWER), lambda c: staff.disable(c, ada, at(2))):
        with pytest.raises(Conflict):
            await database.write(act)
    assert await role_of(database, ada) is StaffRole.ADMIN
    assert await database.write(staff.set_role, ada, StaffRole.ADMIN) is StaffRole.ADMIN, "no change is none"
    assert await database.write(staff.set_role, off, StaffRole.VIEWER) is StaffRole.ADMIN, (
        "who is disabled counts for nothing"
    )


async def test_a_new_role_ends_the_sessions_and_the_same_role_does_not(database: Database) -> None:
    await database.write(account, "ada")
    eve = await database.write(account, "eve", StaffRole.VIEWER)
    await database.write(sessions.start, "h", eve, at(0))
    await database.write(staff.set_role, eve, StaffRole.VIEWER)
    assert await database.read(sessions.find, "h", at(1)) is not None
    await database.write(staff.set_role, eve, StaffRole.REVIEWER)
    assert await database.read(sessions.find, "h", at(1)) is None


async def test_who_is_disabled_is_out_with_every_browser_and_token_and_tokens_stay_revoked(
    database: Database,
) -> None:
    await database.write(account, "ada")
    eve = await database.write(account, "eve", StaffRole.VIEWER)
    await database.write(sessions.start, "h", eve, at(0))
    await database.write(a_token, eve)
    assert await database.read(tokens.find, "t", at(1)) is not None
    await database.write(staff.disable, eve, at(2))
    await database.write(staff.enable, eve)
    assert await database.read(sessions.find, "h", at(3)) is None
    assert await database.read(tokens.find, "t", at(3)) is None
    with pytest.raises(NotFound):
        await database.write(staff.disable, 999, at(3))


# --- invitations -----------------------------------------------------------------------------------------


def invited(connection: Connection, by: int, email: str = "") -> int:
    return invites.create(connection, token_hash="i", email=email, role=StaffRole.REVIEWER, by=by, now=at(0))


def accept(connection: Connection, email: str, seconds: float = 1) -> staff.StaffMember:
    return invites.accept(
        connection,
        token_hash="i",
        email=email,
        name="Eve",
        password_hash="x",
        language="pt",
        now=at(seconds),
    )


async def test_an_invitation_makes_one_account_even_for_two_at_once(database: Database) -> None:
    ada = await database.write(account, "ada")
    await database.write(invited, ada)
    done = await asyncio.gather(
        *(database.write(accept, f"eve{number}@example.org") for number in range(4)), return_exceptions=True
    )
    made = [one for one in done if isinstance(one, staff.StaffMember)]
    assert [type(one) for one in done if one not in made] == [NotFound] * 3, done
    assert (made[0].role, made[0].language) == (StaffRole.REVIEWER, "pt")
    assert len(await database.read(staff.colleagues)) == 2


async def test_an_invitation_for_an_address_makes_no_account_for_another(database: Database) -> None:
    ada = await database.write(account, "ada")
    await database.write(invited, ada, "Eve@Example.org")
    assert (await database.write(accept, "mallory@example.org")).email == "eve@example.org"


async def test_an_address_that_is_taken_leaves_the_invitation_open(database: Database) -> None:
    ada = await database.write(account, "ada")
    await database.write(invited, ada)
    with pytest.raises(Conflict):
        await database.write(accept, "ADA@example.org")
    await database.write(accept, "eve@example.org")


async def test_an_invitation_ends_after_a_week_when_withdrawn_and_with_who_sent_it(
    database: Database,
) -> None:
    ada = await database.write(account, "ada")
    await database.write(account, "bob")
    number = await database.write(invited, ada)
    assert [invite.by for invite in await database.read(invites.listed, at(6 * DAY))] == ["ada"]
    assert await database.read(invites.find, "i", at(7 * DAY + 1)) is None
    await database.write(staff.set_role, ada, StaffRole.REVIEWER)
    assert await database.read(invites.find, "i", at(1)) is None, "who may not invite has invited nobody"
    await database.write(staff.set_role, ada, StaffRole.ADMIN)
    assert await database.write(invites.withdraw, number, at(2))
    with pytest.raises(NotFound):
        await database.write(accept, "eve@example.org", 3)


# --- the second factor -----------------------------------------------------------------------------------


async def test_a_code_works_once_even_for_two_at_once_and_no_older_one_after_it(database: Database) -> None:
    ada = await database.write(account, "ada")
    assert not await database.write(second_factor.use_step, ada, 100, at(1)), "there is no second factor"
    await database.write(second_factor.enrol, ada, secret="S", step=99, codes=["c1", "c2"])
    assert not await database.write(second_factor.use_step, ada, 99, at(1)), (
        "the code that turned it on is used"
    )
    done = await asyncio.gather(*(database.write(second_factor.use_step, ada, 100, at(1)) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert not await database.write(second_factor.use_step, ada, 99, at(1))


async def test_a_recovery_code_works_once_and_not_after_new_ones_were_made(database: Database) -> None:
    ada = await database.write(account, "ada")
    bob = await database.write(account, "bob")
    await database.write(second_factor.enrol, ada, secret="S", step=1, codes=["c1", "c2"])
    assert not await database.write(second_factor.use_code, bob, "c1", at(1)), "somebody else's"
    done = await asyncio.gather(*(database.write(second_factor.use_code, ada, "c1", at(1)) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert await database.read(second_factor.codes_left, ada) == 1
    await database.write(second_factor.replace_codes, ada, ["d1"])
    assert not await database.write(second_factor.use_code, ada, "c2", at(2))
    await database.write(second_factor.remove, ada)
    found = await database.read(staff.account_of, ada)
    assert found is not None and found.totp_secret is None and not found.member.second_factor


async def test_a_right_code_among_many_guesses_at_once_comes_too_late(database: Database) -> None:
    ada = await database.write(account, "ada")
    await database.write(second_factor.enrol, ada, secret="S", step=1, codes=["c1"])
    for _ in range(staff.FREE_FAILURES):
        await database.write(staff.record_failure, ada, at(1))
    assert await database.read(staff.is_locked, ada, at(2))
    assert not await database.write(second_factor.use_step, ada, 100, at(2))
    assert not await database.write(second_factor.use_code, ada, "c1", at(2))
    assert not await database.read(staff.is_locked, ada, at(60))
    assert await database.write(second_factor.use_step, ada, 100, at(60))
    assert await database.write(second_factor.use_code, ada, "c1", at(60))


# --- failures --------------------------------------------------------------------------------------------


def fail(connection: Connection, seconds: float, member: int | None = None, counts: bool = True) -> None:
    lockouts.refused(
        connection, origin="0abc", member=member, counts=counts, now=at(seconds), action="login_refused"
    )


async def test_an_origin_is_locked_from_the_twentieth_failure_on_each_time_twice_as_long(
    database: Database,
) -> None:
    for _ in range(lockouts.FREE_FAILURES - 1):
        await database.write(fail, 0)
    assert not await database.read(lockouts.locked, "0abc", at(0))
    await database.write(fail, 0)
    assert await database.read(lockouts.locked, "0abc", at(29))
    assert not await database.read(lockouts.locked, "0abc", at(31))
    assert not await database.read(lockouts.locked, "another", at(1))
    await database.write(fail, 31)
    assert await database.read(lockouts.locked, "0abc", at(31 + 59))
    for _ in range(30):
        await database.write(fail, 100)
    assert not await database.read(lockouts.locked, "0abc", at(100 + 15 * 60 + 1)), "never longer than that"
    await database.write(fail, 100 + 3601)
    assert not await database.read(lockouts.locked, "0abc", at(100 + 3602)), "an hour later all begins anew"


async def test_failures_at_once_are_all_counted(database: Database) -> None:
    ada = await database.write(account, "ada")
    await asyncio.gather(*(database.write(fail, 0, ada) for _ in range(lockouts.FREE_FAILURES)))
    assert await database.read(lockouts.locked, "0abc", at(1))
    found = await database.read(staff.account_of, ada)
    assert found is not None and found.locked_until is not None and found.locked_until > at(1)
    assert [entry.action for entry in await database.read(audit.newest)] == ["login_refused"]


# --- sessions and tokens ---------------------------------------------------------------------------------


def a_token(connection: Connection, member: int, mark: str = "t") -> int:
    return tokens.make(
        connection,
        member=member,
        name="figures",
        token_hash=mark,
        scope=Scope.READ,
        now=at(0),
        life=timedelta(days=7),
    )


async def test_a_half_session_lasts_ten_minutes_and_is_in_no_list(database: Database) -> None:
    ada = await database.write(account, "ada")
    await database.write(sessions.start, "half", ada, at(0), half=True)
    await database.write(sessions.start, "whole", ada, at(0), browser="Firefox")
    found = await database.read(sessions.find, "half", at(599))
    assert found is not None and found.half
    assert await database.read(sessions.find, "half", at(601)) is None
    assert [(one.name, one.here) for one in await database.read(sessions.listed, ada, "whole", at(1))] == [
        ("whole", True)
    ]


async def test_nobody_ends_a_session_or_a_token_of_somebody_else(database: Database) -> None:
    ada, bob = await database.write(account, "ada"), await database.write(account, "bob")
    await database.write(sessions.start, "f" * 64, ada, at(0))
    number = await database.write(a_token, ada)
    assert await database.write(sessions.close_named, bob, "f" * 16) == 0
    assert not await database.write(tokens.revoke, bob, number, at(1))
    assert await database.write(sessions.close_named, ada, "f" * 16) == 1
    assert await database.write(tokens.revoke, ada, number, at(1))
    assert await database.read(tokens.find, "t", at(2)) is None


async def test_a_token_expires_and_an_account_has_only_so_many(database: Database) -> None:
    ada = await database.write(account, "ada")
    await database.write(a_token, ada)
    assert await database.read(tokens.find, "t", at(7 * DAY - 1)) is not None
    assert await database.read(tokens.find, "t", at(7 * DAY + 1)) is None
    for number in range(tokens.MOST - 1):
        await database.write(a_token, ada, f"t{number}")
    with pytest.raises(Conflict):
        await database.write(a_token, ada, "one too many")
