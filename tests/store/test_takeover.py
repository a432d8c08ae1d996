"""Promises about who answers: what is on its way at a takeover, who has it of two, and how it goes back to the model."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.errors import Conflict, NotFound, WindowClosed
from assistant.events import ControlPassed, StaffWrote, StatusChanged
from assistant.store import changes, doubts, models, outbox, queue, takeover
from assistant.store.database import Database
from assistant.store.outbox import Sending
from assistant.store.queue import Reply, Settlement, TurnRow
from assistant.store.troubles import By
from assistant.types import Author, Mode, OutboxState, Outcome, Status, Template, Text

from .made import ADDRESS, RULES, accepted, answer, at, rows, take, wrote

AFTER = timedelta(hours=12)

HOLD = SETTLE = timedelta(seconds=10)


async def _on_its_way(database: Database) -> tuple[int, Sending]:
    """A conversation with an answer of two parts, and the first of them while it is sent."""
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    await answer(database, claimed, pieces=2)
    [part] = await database.write(outbox.take, at(11), HOLD, 10)
    return claimed.conversation, part


async def _nothing_leaves(database: Database) -> None:
    for seconds in (12, 30, 60, 90):
        assert (await database.write(doubts.doubt, at(seconds), SETTLE)).repeated == ()
        assert await database.write(outbox.take, at(seconds), HOLD, 10) == []


@pytest.mark.parametrize("how", ["staff", "stop"])
async def test_an_unclear_send_is_not_repeated_after_a_takeover(database: Database, how: str) -> None:
    conversation, part = await _on_its_way(database)
    await database.write(outbox.later, part, OutboxState.UNKNOWN, at(20), "uncertain", None, [], at(12))
    end = changes.hand_to_staff if how == "staff" else changes.want_no_answer
    await database.write(end, conversation, "from here on")
    await _nothing_leaves(database)


async def test_a_send_under_way_at_the_takeover_is_tried_once_only(database: Database) -> None:
    conversation, part = await _on_its_way(database)
    assert await database.read(outbox.still_wanted, part)
    await database.write(changes.hand_to_staff, conversation, "staff took over")
    assert not await database.read(outbox.still_wanted, part), "what has not left yet is held back"
    await database.write(outbox.later, part, OutboxState.PENDING, at(12), "unavailable", None, [], at(12))
    await database.write(outbox.put_back, [(part, at(12))])
    await _nothing_leaves(database)


@pytest.mark.parametrize("proof", ["answer", "echo", "words", "status"])
async def test_what_arrived_all_the_same_is_written_down_as_sent(database: Database, proof: str) -> None:
    """It left before the takeover: staff see that the person has it, and it is nobody else's word."""
    conversation, part = await _on_its_way(database)
    await database.write(changes.hand_to_staff, conversation, "staff took over")
    key = part.idempotency_key
    assert isinstance(part.part, Text)
    match proof:
        case "answer":
            await database.write(outbox.sent, part, "ext", at(12), [])
        case "echo":
            said = StaffWrote(
                address=ADDRESS, external_id="ext", sent_at=at(12), parts=(), idempotency_key=key
            )
            await accepted(database, said)
        case "words":
            said = StaffWrote(address=ADDRESS, external_id="ext", sent_at=at(12), parts=(part.part,))
            await accepted(database, said)
        case "status":
            status = StatusChanged(
                address=ADDRESS, status=Status.DELIVERED, at=at(12), external_id="ext", idempotency_key=key
            )
            await accepted(database, status)
    found = await rows(database)
    assert found[-1].status == ("delivered" if proof == "status" else "sent")
    assert [row.author for row in found] == ["person", "assistant"]
    await _nothing_leaves(database)


async def test_what_staff_write_leaves_behind_what_was_being_sent(database: Database) -> None:
    """And at once when that is over, however it ends."""
    conversation, part = await _on_its_way(database)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, conversation, ana(12), AFTER)
    assert await database.read(outbox.leaving, conversation)
    await _said(database, conversation, ana(12))
    assert await database.write(outbox.take, at(13), HOLD, 10) == [], "nothing overtakes it"
    await database.write(outbox.failed, part, "rejected", "100", [], at(14))
    assert not await database.read(outbox.leaving, conversation)
    [human] = await database.write(outbox.take, at(14), HOLD, 10)
    assert human.part == Text(text="Ana here") and not human.recallable
    states = [(one.state, one.status) for one in await _parts(database)]
    assert states[:2] == [("cancelled", None), ("cancelled", None)], (
        "no failure that staff would have to look at"
    )


@pytest.mark.parametrize("how", ["let go", "put back", "silence"])
async def test_a_recalled_part_makes_way_when_it_did_not_leave(database: Database, how: str) -> None:
    conversation, part = await _on_its_way(database)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, conversation, ana(12), AFTER)
    await _said(database, conversation, ana(12))
    match how:
        case "let go":
            assert await database.write(outbox.let_go, part)
            assert not await database.write(outbox.let_go, part)
        case "put back":
            await database.write(outbox.put_back, [(part, at(12))])
        case "silence":  # its worker died
            assert (await database.write(doubts.doubt, at(60), SETTLE)).repeated == ()
    [human] = await database.write(outbox.take, at(61), HOLD, 10)
    assert human.part == Text(text="Ana here")


@pytest.mark.parametrize("fate", [OutboxState.PENDING, OutboxState.UNKNOWN, OutboxState.FAILED])
async def test_a_takeover_while_the_end_of_a_send_is_written_down_is_not_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch, fate: OutboxState
) -> None:
    """Another process takes over between the look whether the part is still wanted and what is written of it."""
    conversation, part = await _on_its_way(database)
    wanted = outbox.let_go
    others: list[Thread] = []

    def meanwhile(connection: Connection, part: Sending) -> bool:
        found = wanted(connection, part)
        others.append(Thread(target=lambda: asyncio.run(_hand_over(database.url, conversation))))
        others[0].start()
        others[0].join(0.5)  # it is done, or waits for us
        return found

    monkeypatch.setattr(outbox, "let_go", meanwhile)
    if fate is OutboxState.FAILED:
        await database.write(outbox.failed, part, "rejected", None, [], at(12))
    else:
        await database.write(outbox.later, part, fate, at(12), "unavailable", None, [], at(12))
    await asyncio.to_thread(others[0].join)
    await _nothing_leaves(database)


async def _hand_over(url: str, conversation: int) -> None:
    process = Database(url)
    process.open()
    await process.write(changes.hand_to_staff, conversation, "staff took over")
    await process.close()


async def test_a_word_of_the_system_s_does_not_leave_after_a_takeover_either(database: Database) -> None:
    await accepted(database, wrote(1))
    claimed = await take(database, 5)
    batch = await database.read(queue.waiting, claimed.conversation)
    sorry = Reply(author=Author.SYSTEM, whole=(Text(text="Sorry"),), pieces=(("k", Text(text="Sorry")),))
    end = Settlement(waiting=batch, outcome=Outcome.DEAD, reply=sorry)
    await database.write(queue.settle, claimed, end, at(10), RULES.debounce, RULES.debounce_cap)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, claimed.conversation, ana(11), AFTER)
    await _nothing_leaves(database)


# --- who has it ------------------------------------------------------------------------------------------


async def _hired(database: Database, name: str) -> Any:
    """Somebody who works here; called with a moment, what they do then."""
    values = {"email": f"{name}@example.org", "name": name, "role": "reviewer", "password_hash": "-"}
    statement = insert(models.staff).values(**values, created_at=at(0)).returning(models.staff.c.id)
    number = int(await database.write(lambda connection: connection.execute(statement).scalar_one()))
    return lambda seconds: By(staff=number, actor=f"staff:{number}", at=at(seconds))


async def _said(database: Database, conversation: int, by: By, part: Any = None, key: str = "human") -> int:
    words = part or Text(text="Ana here")
    said = Reply(author=Author.STAFF, whole=(words,), pieces=((key, words),))
    return await database.write(takeover.reply, conversation, by, said, AFTER, windowed=True)


async def _parts(database: Database) -> list[Any]:
    query = select(models.outbox).order_by(models.outbox.c.id)
    return await database.read(lambda connection: list(connection.execute(query).all()))


async def _conversation(database: Database) -> int:
    await accepted(database, wrote(1))
    return int((await take(database, 5)).conversation)


async def _set(database: Database, **values: Any) -> None:
    change = update(models.conversations).values(**values)
    await database.write(lambda connection: connection.execute(change))


async def test_of_two_who_take_over_at_once_one_has_it(database: Database) -> None:
    conversation = await _conversation(database)
    staff = [(await _hired(database, name))(6) for name in ("Ana", "Ben", "Eva", "Leo")]
    tries = [database.write(takeover.take, conversation, by, AFTER) for by in staff]
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(end, int) for end in ends) == 1
    assert sum(isinstance(end, Conflict) for end in ends) == 3
    state = await database.read(takeover.state, conversation)
    assert state.taken_by == next(
        by.staff for by, end in zip(staff, ends, strict=True) if isinstance(end, int)
    )


async def test_a_takeover_takes_the_turn_away_and_says_so_in_the_transcript(database: Database) -> None:
    await accepted(database, wrote(1), wrote(2))
    claimed = await take(database, 5)
    ana = await _hired(database, "Ana")
    assert await database.write(takeover.take, claimed.conversation, ana(6), AFTER) == 3
    assert not await database.read(queue.holds, claimed)
    end = Settlement(waiting=[], outcome=Outcome.ANSWERED, turn=TurnRow(started_at=at(5)))
    with pytest.raises(Conflict):
        await database.write(queue.settle, claimed, end, at(7), RULES.debounce, RULES.debounce_cap)
    found = await rows(database)
    assert [row.outcome for row in found] == ["handed_to_human", "handed_to_human", None]
    assert (found[2].direction, found[2].author) == ("internal", "staff")
    state = await database.read(takeover.state, claimed.conversation)
    assert (state.mode, state.staff_name) == (Mode.HUMAN, "Ana")
    assert (state.taken_at, state.hand_back_at) == (at(6), at(6) + AFTER)
    assert await database.write(takeover.take, claimed.conversation, ana(8), AFTER) == 3, "theirs already"


async def test_one_is_taken_from_a_colleague_only_by_who_names_them(database: Database) -> None:
    conversation = await _conversation(database)
    ana, ben, eva = [await _hired(database, name) for name in ("Ana", "Ben", "Eva")]
    await database.write(takeover.take, conversation, ana(6), AFTER)
    with pytest.raises(Conflict):
        await database.write(takeover.take, conversation, ben(7), AFTER, instead_of=eva(0).staff)
    await database.write(takeover.take, conversation, ben(7), AFTER, instead_of=ana(0).staff)
    with pytest.raises(Conflict):
        await _said(database, conversation, ana(8))
    for act in (takeover.hand_back, lambda c, n, by: takeover.keep(c, n, by, AFTER)):
        with pytest.raises(Conflict):
            await database.write(act, conversation, ana(8))
    assert await _parts(database) == []
    await _said(database, conversation, ben(9))
    assert [part.state for part in await _parts(database)] == ["pending"]


@pytest.mark.parametrize("mode", [Mode.OPTED_OUT, Mode.BLOCKED])
async def test_who_wants_no_word_from_us_is_not_taken_over(database: Database, mode: Mode) -> None:
    conversation = await _conversation(database)
    await _set(database, mode=mode.value)
    ana = await _hired(database, "Ana")
    with pytest.raises(Conflict):
        await database.write(takeover.take, conversation, ana(6), AFTER)
    with pytest.raises(NotFound):
        await database.write(takeover.take, conversation + 1, ana(6), AFTER)


async def test_after_the_window_only_a_template_goes_into_the_outbox(database: Database) -> None:
    conversation = await _conversation(database)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, conversation, ana(6), AFTER)
    late = 25 * 3600
    with pytest.raises(WindowClosed):
        await _said(database, conversation, ana(late))
    assert await _parts(database) == []
    await _said(database, conversation, ana(late), Template(name="hello", language="en", text="Hello again"))
    assert len(await _parts(database)) == 1


# --- and how it goes back ----------------------------------------------------------------------------------


async def test_what_was_written_until_the_hand_back_stays_staff_s(database: Database) -> None:
    conversation = await _conversation(database)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, conversation, ana(6), AFTER)
    await accepted(database, wrote(2), seconds=7)
    seq = await database.write(takeover.hand_back, conversation, ana(8), note="a refund")
    await accepted(database, wrote(3), seconds=9)
    claimed = await take(database, 20)
    assert [one.external_id for one in await database.read(queue.waiting, conversation)] == ["ana-3"]
    assert claimed.epoch == 2
    assert await database.read(takeover.next_hand_back) is None
    note = select(models.notes.c.text, models.notes.c.seq)
    assert (await database.read(lambda c: c.execute(note).all())) == [("a refund", seq)]
    with pytest.raises(Conflict):
        await database.write(takeover.hand_back, conversation, ana(10))


async def test_each_answer_and_each_keep_begin_the_time_anew(database: Database) -> None:
    conversation = await _conversation(database)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, conversation, ana(6), AFTER)
    await _said(database, conversation, ana(100))
    assert await database.read(takeover.next_hand_back) == at(100) + AFTER
    await database.write(takeover.keep, conversation, ana(200), AFTER)
    assert await database.read(takeover.next_hand_back) == at(200) + AFTER


async def test_several_workers_hand_back_once(database: Database) -> None:
    ana = await _hired(database, "Ana")
    for peer in ("p1", "p2", "p3"):
        await accepted(database, wrote(1, peer=peer))
    numbers = await database.read(lambda c: c.execute(select(models.conversations.c.id)).scalars().all())
    for number in numbers:
        await database.write(takeover.take, number, ana(1), timedelta(seconds=60))
    assert await database.write(takeover.hand_back_due, at(60)) == []
    done = await asyncio.gather(*(database.write(takeover.hand_back_due, at(61)) for _ in range(4)))
    assert sorted(number for back in done for number, _ in back) == sorted(numbers)
    assert await database.read(takeover.next_hand_back) is None


async def test_who_took_their_late_message_back_is_not_answered(database: Database) -> None:
    from assistant.events import MessageDeleted

    conversation = await _conversation(database)
    ana = await _hired(database, "Ana")
    await database.write(takeover.take, conversation, ana(6), timedelta(seconds=60))
    await accepted(database, wrote(2), seconds=70)
    await accepted(database, MessageDeleted(address=ADDRESS, external_id="ana-2", at=at(71)), seconds=71)
    await database.write(takeover.hand_back_due, at(72))
    assert await database.read(queue.waiting, conversation) == []


async def test_a_thread_that_the_platform_gives_away_stays_away_when_the_time_is_up(
    database: Database,
) -> None:
    """Staff wrote on the platform, then took the thread altogether: only the platform gives it back."""
    conversation = await _conversation(database)
    echo = StaffWrote(address=ADDRESS, external_id="s", sent_at=at(6), parts=(Text(text="Ben here"),))
    await accepted(database, echo, seconds=6)
    assert (await database.read(takeover.state, conversation)).mode is Mode.HUMAN
    await accepted(database, ControlPassed(address=ADDRESS, at=at(7), ours=False), seconds=7)
    assert await database.write(takeover.hand_back_due, at(100_000)) == []
    assert (await database.read(takeover.state, conversation)).mode is Mode.PAUSED
