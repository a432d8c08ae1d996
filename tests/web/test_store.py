"""What the pages read and the audit log, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from assistant.errors import Conflict, NotFound
from assistant.store import audit, failures, inbox, models, sessions, staff, transcripts
from assistant.store.database import Database
from assistant.store.staff import StaffRole
from tests.clocks import FakeClock
from tests.web.conftest import PAGE, add_conversation, add_message


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store(request: pytest.FixtureRequest, tmp_path: object) -> AsyncIterator[Database]:
    url = (
        f"sqlite:///{tmp_path}/s.db"
        if request.param == "sqlite"
        else request.getfixturevalue("migrated_postgres_url")
    )
    opened = Database(url)
    opened.open()
    await opened.write(models.metadata.create_all)
    yield opened
    await opened.close()


def new_staff(connection: Connection, clock: FakeClock, email: str, *, first: bool = False) -> int:
    return staff.create(
        connection,
        email=email,
        name="A",
        role=StaffRole.VIEWER,
        password_hash="h",
        now=clock.now(),
        first=first,
    )


# --- transcripts -------------------------------------------------------------------------------------------


async def test_a_reply_stands_after_the_message_it_answers(store: Database, clock: FakeClock) -> None:
    def seed(connection: Connection) -> int:
        made = add_conversation(connection, clock.now())
        add_message(connection, made, 1, clock.now(), "first")
        add_message(connection, made, 2, clock.now(), "came while we wrote")
        add_message(connection, made, 3, clock.now(), "answer to first", out=True, after_seq=1)
        add_message(connection, made, 4, clock.now(), "answer to second", out=True, after_seq=2)
        return made

    number = await store.write(seed)
    found = await store.read(transcripts.transcript, number)
    assert [message.seq for message in found.messages] == [1, 3, 2, 4]
    assert (found.older, found.newer) == (False, False)


@pytest.mark.parametrize("limit", [1, 3, 7])
async def test_pages_of_a_transcript_meet_without_gap_or_repeat(
    store: Database, clock: FakeClock, limit: int
) -> None:
    def seed(connection: Connection) -> int:
        made = add_conversation(connection, clock.now())
        for seq in range(1, 31):  # every third is a reply to the message two before it
            reply = seq % 3 == 0
            add_message(
                connection, made, seq, clock.now(), "x", out=reply, after_seq=seq - 2 if reply else seq
            )
        return made

    number = await store.write(seed)
    whole = [m.seq for m in (await store.read(transcripts.transcript, number)).messages]
    collected: list[int] = []
    before = None
    while True:
        page = await store.read(transcripts.transcript, number, before=before, limit=limit)
        collected = [m.seq for m in page.messages] + collected
        if not page.older:
            break
        before = page.messages[0].seq
    assert collected == whole
    assert len(whole) == 30
    here = await store.read(transcripts.transcript, number, at=15, limit=5)
    assert here.messages[-1].seq == 15
    assert here.newer


async def test_what_is_not_there_is_not_found(store: Database) -> None:
    with pytest.raises(NotFound):
        await store.read(transcripts.transcript, 12345)


async def test_the_list_knows_what_is_wrong_with_each(store: Database, clock: FakeClock) -> None:
    now = clock.now()

    def seed(connection: Connection) -> None:
        fine = add_conversation(connection, now, name="Fine", peer="1", due_at=now)
        add_message(connection, fine, 1, now, "a  long\n" + "word " * 60)
        dead = add_conversation(connection, now - timedelta(hours=1), name="Dead", peer="2")
        add_message(connection, dead, 1, now, "x", outcome="dead")
        failed = add_conversation(connection, now - timedelta(hours=2), name="Failed", peer="3", mode="human")
        add_message(connection, failed, 1, now, "gone", out=True, sent={"state": "failed"}, deleted_at=now)
        add_conversation(connection, now - timedelta(hours=3), name="Empty", peer="4")

    await store.write(seed)
    found = await store.read(inbox.page, limit=3)
    rows = found.rows
    assert [(row.name, row.waiting, row.dead, row.failed) for row in rows] == [
        ("Fine", True, False, False),
        ("Dead", False, True, False),
        ("Failed", False, False, True),
    ]
    assert rows[0].snippet.startswith("a long word")
    assert len(rows[0].snippet) == inbox.SNIPPET
    assert rows[2].snippet == ""
    assert found.older == (rows[-1].last_at, rows[-1].id)
    rest = await store.read(inbox.page, before=found.older)
    assert ([row.name for row in rest.rows], rest.older) == (["Empty"], None)


async def test_failures_and_unread_webhooks_page_by_id(store: Database, clock: FakeClock) -> None:
    now = clock.now()

    def seed(connection: Connection) -> None:
        made = add_conversation(connection, now)
        for seq in range(1, 6):
            add_message(connection, made, seq, now, "x", outcome="dead", outcome_reason="why")
        for seq in range(6, 11):
            add_message(
                connection, made, seq, now, "x", out=True, sent={"state": "failed", "error": "rejected"}
            )
        for number in range(5):
            connection.execute(
                models.raw_events.insert().values(
                    channel="a",
                    account="b",
                    reason="r",
                    body=b"xyz",
                    digest=str(number),
                    received_at=now,
                    handled_at=now if number == 0 else None,
                )
            )

    await store.write(seed)
    first = await store.read(failures.dead, limit=3)
    second = await store.read(failures.dead, before=first[-1].id, limit=3)
    assert [row.seq for row in first + second] == [5, 4, 3, 2, 1]
    assert first[0].reason == "why"
    unsent = await store.read(failures.parts, limit=10)
    assert [(row.seq, row.error) for row in unsent] == [(seq, "rejected") for seq in (10, 9, 8, 7, 6)]
    unread = await store.read(transcripts.unread)
    assert len(unread) == 4
    assert unread[0].bytes == 3


async def test_reactions_stand_with_the_message_they_belong_to(store: Database, clock: FakeClock) -> None:
    now = clock.now()

    def seed(connection: Connection) -> int:
        made = add_conversation(connection, now)
        add_message(connection, made, 1, now, "q")
        add_message(connection, made, 2, now, "a", out=True, sent={"external_id": "wamid.2"})
        for external_id, emoji in (
            (f"x{made}-1", "👍"),
            ("wamid.2", "❤️"),
            ("elsewhere", "👎"),
            ("wamid.2", None),
        ):
            connection.execute(
                models.reactions.insert().values(
                    conversation=made, external_id=external_id, author="person", emoji=emoji, at=now
                )
            )
        return made

    found = await store.read(transcripts.transcript, await store.write(seed))
    assert [message.reactions for message in found.messages] == [("👍",), ("❤️",)]


async def test_a_message_of_several_parts_is_as_far_as_its_slowest(store: Database, clock: FakeClock) -> None:
    now = clock.now()

    def seed(connection: Connection) -> int:
        made = add_conversation(connection, now, channel=PAGE)
        message = add_message(connection, made, 1, now, "a", out=True, sent={"status": "read"})
        connection.execute(
            models.outbox.insert().values(
                conversation=made,
                message=message,
                part=1,
                channel="alpha",
                account="web",
                state="sent",
                status="sent",
                payload={"type": "text", "text": "b"},
                idempotency_key="second",
                next_at=now,
                created_at=now,
            )
        )
        return made

    number = await store.write(seed)
    assert (await store.read(transcripts.transcript, number)).messages[0].tick == "sent"
    await store.write(
        lambda c: c.execute(update(models.outbox).where(models.outbox.c.part == 1).values(state="pending"))
    )
    assert (await store.read(transcripts.transcript, number)).messages[0].tick == "pending"
    await store.write(
        lambda c: c.execute(update(models.outbox).where(models.outbox.c.part == 1).values(state="failed"))
    )
    assert (await store.read(transcripts.transcript, number)).messages[0].tick == "failed"


# --- staff -------------------------------------------------------------------------------------------------


async def test_an_address_has_one_account_and_the_first_is_made_once(
    store: Database, clock: FakeClock
) -> None:
    results = await asyncio.gather(
        *(store.write(new_staff, clock, f"{number}@x.org", first=True) for number in range(4)),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "Conflict", "int"]
    await store.write(new_staff, clock, "Ada@X.org")
    with pytest.raises(Conflict):
        await store.write(new_staff, clock, " ada@x.ORG ")
    found = await store.read(staff.account, "ADA@x.org")
    assert found is not None
    assert found.member.role is StaffRole.VIEWER


async def test_who_is_disabled_is_out_at_once(store: Database, clock: FakeClock) -> None:
    number = await store.write(new_staff, clock, "ada@x.org")
    await store.write(sessions.start, "hash", number, clock.now())
    assert await store.read(sessions.find, "hash", clock.now()) is not None
    await store.write(lambda c: c.execute(update(models.staff).values(disabled_at=clock.now())))
    assert await store.read(sessions.find, "hash", clock.now()) is None
    assert await store.read(staff.account, "ada@x.org") is None


# --- audit -------------------------------------------------------------------------------------------------


async def test_every_change_to_the_audit_log_is_found(store: Database, clock: FakeClock) -> None:
    for number in range(5):
        clock.advance(1)
        await store.write(
            audit.append,
            now=clock.now(),
            actor=f"staff:{number}",
            action="x",
            target="t",
            detail={"b": 1, "a": "é"},
        )
    assert await store.read(audit.verify) is None
    rows = await store.read(
        lambda c: c.execute(select(models.audit).order_by(models.audit.c.id)).mappings().all()
    )
    third = rows[2]["id"]

    def changed(**values: object) -> object:
        return lambda c: c.execute(update(models.audit).where(models.audit.c.id == third).values(**values))

    for name, value in (("actor", "staff:9"), ("detail", {"a": 2}), ("at", clock.now()), ("target", None)):
        await store.write(changed(**{name: value}))  # type: ignore[arg-type]
        assert await store.read(audit.verify) == third, name
        await store.write(changed(**{name: rows[2][name]}))  # type: ignore[arg-type]
    assert await store.read(audit.verify) is None
    await store.write(lambda c: c.execute(models.audit.delete().where(models.audit.c.id == third)))
    assert await store.read(audit.verify) == rows[3]["id"]


async def test_many_writers_make_one_chain(store: Database, clock: FakeClock) -> None:
    await asyncio.gather(
        *(store.write(audit.append, now=clock.now(), actor=f"staff:{n}", action="x") for n in range(20))
    )
    assert await store.read(audit.verify) is None
    assert len(await store.read(audit.newest)) == 20


async def test_a_chain_longer_than_one_batch_is_checked_to_its_end(
    store: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)
    for _ in range(7):
        last = await store.write(audit.append, now=clock.now(), actor="a", action="x")
    assert await store.read(audit.verify) is None
    await store.write(
        lambda c: c.execute(update(models.audit).where(models.audit.c.id == last).values(action="y"))
    )
    assert await store.read(audit.verify) == last


async def test_like_rows_are_written_once_in_their_time(store: Database, clock: FakeClock) -> None:
    async def append(target: str | None) -> int | None:
        return await store.write(
            audit.append,
            now=clock.now(),
            actor="a",
            action="read",
            target=target,
            once_per=timedelta(minutes=10),
        )

    assert await append("c:1") is not None
    assert await append("c:1") is None
    assert await append("c:2") is not None
    assert await append(None) is not None
    assert await append(None) is None
    clock.advance(601)
    assert await append("c:1") is not None
