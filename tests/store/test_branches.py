"""Versions of what was said: whatever a visitor does, one path is shown, told to the model, and all others can be had back."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Connection, select, text, update

from assistant.errors import Conflict, NotFound
from assistant.events import StopPressed
from assistant.store import branches, chats, exports, messages, outbox, queue, reviews, transcripts
from assistant.store import conversations as summaries
from assistant.store.conversations import Summary
from assistant.store.database import Database
from assistant.store.models import conversations, forks, turns
from assistant.store.models import messages as table
from assistant.store.models import outbox as parts_table
from assistant.types import Author, Outcome, Text

from .branch_machine import Versions
from .made import ADDRESS, RULES, accepted, answer, at, rows, take, wrote

EXAMPLES = int(os.environ.get("ASSISTANT_TESTS_MACHINE", "0"))


def _try(machine: type[Versions], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES or examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=not EXAMPLES,
            database=None,
            phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_is_edited_answered_anew_or_chosen_the_path_is_what_anybody_would_draw() -> None:
    _try(Versions, 40)


@pytest.mark.postgres
def test_both_databases_show_the_same_path(migrated_postgres_url: str) -> None:
    class Both(Versions):
        postgres = migrated_postgres_url

    _try(Both, 5)


# --- promises one by one ---------------------------------------------------------------------------------


async def asked(database: Database, *words: str, first: int = 1, seconds: float = 0.0) -> int:
    """Each of these is said and answered by "re: …"; returns the conversation."""
    conversation = 0
    for number, word in enumerate(words, first):
        moment = seconds + 60.0 * number
        await accepted(database, wrote(number, word, seconds=moment), seconds=moment)
        claim = await take(database, moment + 5)
        conversation = claim.conversation
        await answer(database, claim, f"re: {word}", seconds=moment + 6)
    await database.write(_sent)
    return conversation


def _sent(connection: Connection) -> None:
    connection.execute(
        update(parts_table)
        .where(parts_table.c.state == "pending")
        .values(state="sent", external_id=parts_table.c.idempotency_key)
    )


async def ids(database: Database) -> dict[str, int]:
    """Every message's id by its words."""
    return {row.parts[0]["text"]: row.id for row in await rows(database)}


async def shown(database: Database, conversation: int) -> list[str]:
    return [one.text for one in await database.read(chats.messages, conversation)]


async def test_an_edited_message_takes_the_place_of_the_old_one_and_both_are_versions(
    database: Database,
) -> None:
    here = await asked(database, "one", "two")
    known = await ids(database)
    assert await database.write(branches.step_back, here, known["two"], at(300))
    assert await shown(database, here) == ["one", "re: one"]
    await asked(database, "three", first=10)
    assert await shown(database, here) == ["one", "re: one", "three", "re: three"]
    version = (await database.read(chats.messages, here))[2].version
    assert version is not None
    assert (version.index, version.count, version.previous) == (2, 2, known["two"])
    assert await database.write(branches.choose, here, known["two"], at(900))
    assert await shown(database, here) == ["one", "re: one", "two", "re: two"]


async def test_after_a_crash_between_stepping_back_and_writing_nothing_is_lost(database: Database) -> None:
    here = await asked(database, "one", "two")
    known = await ids(database)
    assert await database.write(branches.step_back, here, known["two"], at(300))
    assert not await database.write(branches.step_back, here, known["two"], at(301)), "the page tries again"
    assert await database.write(branches.choose, here, known["two"], at(302))
    assert await shown(database, here) == ["one", "re: one", "two", "re: two"]


async def test_another_answer_is_made_from_what_was_said_before_and_has_its_cause(database: Database) -> None:
    here = await asked(database, "one", "two")
    known = await ids(database)
    assert await database.write(branches.regenerate, here, known["re: two"], at(300))
    claim = await take(database, 301)
    batch = await database.read(queue.waiting, here)
    assert [(one.parts[0].text, one.again) for one in batch] == [("two", True)]  # type: ignore[union-attr]
    told = await database.read(messages.history, here, from_seq=0, before_seq=batch[0].seq)
    assert [one.parts[0].text for one in told] == ["one", "re: one"]  # type: ignore[union-attr]
    await answer(database, claim, "better", seconds=302)
    await database.write(_sent)
    assert await shown(database, here) == ["one", "re: one", "two", "better"]
    version = (await database.read(chats.messages, here))[-1].version
    assert version is not None and (version.index, version.count) == (2, 2)
    assert version.previous == known["re: two"]


async def test_a_burst_that_had_one_answer_waits_as_a_whole_for_another(database: Database) -> None:
    await accepted(database, wrote(1, "one"), wrote(2, "two"))
    claim = await take(database, 5)
    await answer(database, claim, "both")
    await database.write(_sent)
    known = await ids(database)
    assert await database.write(branches.regenerate, claim.conversation, known["both"], at(60))
    waiting = await database.read(queue.waiting, claim.conversation)
    assert [one.parts[0].text for one in waiting] == ["one", "two"]  # type: ignore[union-attr]


async def test_an_answer_that_is_under_way_is_lost_when_the_visitor_goes_back(database: Database) -> None:
    here = await asked(database, "one")
    known = await ids(database)
    await accepted(database, wrote(2, "two"), seconds=200)
    claim = await take(database, 205)
    assert await database.write(branches.step_back, here, known["one"], at(206))
    with pytest.raises(Conflict):
        await answer(database, claim, "too late", seconds=207)
    assert await shown(database, here) == []
    waits = await database.read(queue.waiting, here)
    assert waits == []


async def test_what_waited_and_was_written_anew_has_a_visible_end(database: Database) -> None:
    await accepted(database, wrote(1, "one"))
    claim = await take(database, 5)
    known = await ids(database)
    assert await database.write(branches.step_back, claim.conversation, known["one"], at(6))
    [row] = await rows(database)
    assert (row.outcome, row.outcome_reason) == ("silent", branches.WRITTEN_ANEW)


async def test_a_stopped_answer_can_be_asked_for_again(database: Database) -> None:
    await accepted(database, wrote(1, "one"))
    claim = await take(database, 5)
    await accepted(database, StopPressed(address=ADDRESS, at=at(6)), seconds=6)
    [row] = await database.read(chats.messages, claim.conversation)
    assert row.stopped and not row.waiting
    assert await database.write(branches.regenerate, claim.conversation, row.id, at(7))
    [row] = await database.read(chats.messages, claim.conversation)
    assert row.waiting and not row.stopped
    assert (await take(database, 8)).conversation == claim.conversation


async def test_an_order_is_not_obeyed_twice(database: Database) -> None:
    await accepted(database, wrote(1, "/help"))
    claim = await take(database, 5)
    batch = await database.read(queue.waiting, claim.conversation)
    reply = queue.Reply(author=Author.SYSTEM, whole=(Text(text="help"),), pieces=(("k", Text(text="help")),))
    end = queue.Settlement(waiting=batch, outcome=Outcome.COMMAND, reply=reply)
    await database.write(queue.settle, claim, end, at(6), RULES.debounce, RULES.debounce_cap)
    for message in (await ids(database)).values():
        with pytest.raises(Conflict):
            await database.write(branches.regenerate, claim.conversation, message, at(7))


async def test_while_staff_answer_nobody_goes_back(database: Database) -> None:
    here = await asked(database, "one")
    known = await ids(database)
    await database.write(lambda connection: connection.execute(update(conversations).values(mode="human")))
    for act, message in (
        (branches.step_back, known["one"]),
        (branches.regenerate, known["re: one"]),
        (branches.choose, known["one"]),
    ):
        with pytest.raises(Conflict):
            await database.write(act, here, message, at(300))


async def test_nobody_goes_back_in_a_chat_of_somebody_else(database: Database) -> None:
    here = await asked(database, "one")
    await accepted(database, wrote(1, "mine", peer="ben"), seconds=300)
    theirs = (await ids(database))["mine"]
    for act in (branches.step_back, branches.regenerate, branches.choose):
        with pytest.raises(NotFound):
            await database.write(act, here, theirs, at(301))


async def test_a_summary_of_what_left_the_path_is_forgotten(database: Database) -> None:
    here = await asked(database, "one", "two", "three")
    known = await ids(database)

    def summed_up(connection: Connection) -> None:
        values = summaries.stepped(4, Summary(seq=4, text="they said two")) | {
            "next_summary": "and three",
            "next_summary_seq": 6,
        }
        connection.execute(update(conversations).values(values))

    await database.write(summed_up)
    assert await database.write(branches.step_back, here, known["three"], at(500))
    [kept] = await database.read(_talks)
    assert (kept.window_from_seq, kept.summary, kept.next_summary) == (4, "they said two", None)
    assert await database.write(branches.step_back, here, known["two"], at(501))
    [gone] = await database.read(_talks)
    assert (gone.window_from_seq, gone.summary, gone.summary_seq) == (0, None, 0)


def _talks(connection: Connection) -> list[Any]:
    return list(connection.execute(select(conversations)).all())


async def test_a_part_that_was_not_sent_yet_waits_until_its_version_is_chosen_again(
    database: Database,
) -> None:
    await accepted(database, wrote(1, "one"))
    claim = await take(database, 5)
    await answer(database, claim, "unsent")
    known = await ids(database)
    assert await database.write(branches.regenerate, claim.conversation, known["unsent"], at(11))
    assert await database.write(outbox.take, at(12), at(1) - at(0), 10) == []
    assert await database.write(branches.choose, claim.conversation, known["unsent"], at(13))
    [part] = await database.write(outbox.take, at(14), at(1) - at(0), 10)
    assert part.part.text == "unsent 0"  # type: ignore[union-attr]


async def test_staff_see_every_version_and_which_is_not_shown(database: Database) -> None:
    here = await asked(database, "one")
    known = await ids(database)
    assert await database.write(branches.step_back, here, known["one"], at(300))
    await asked(database, "two", first=10)
    page = await database.read(transcripts.transcript, here)
    assert [(one.off_path, one.direction) for one in page.messages] == [
        (True, "in"),
        (True, "out"),
        (False, "in"),
        (False, "out"),
    ]


async def test_an_answer_is_judged_and_exported_with_what_led_to_it_not_with_other_versions(
    database: Database,
) -> None:
    here = await asked(database, "one")
    known = await ids(database)
    assert await database.write(branches.step_back, here, known["one"], at(300))
    await asked(database, "two", first=10)
    new = (await ids(database))["re: two"]
    for answered, led in ((known["re: one"], ["one"]), (new, ["two"])):
        subject = await database.read(reviews.subject, answered)
        assert [one.text for one in subject.before] == led

        def context(connection: Connection, answered: int = answered) -> list[dict[str, str]]:
            connection.execute(update(turns).values(prompt=None))
            row = connection.execute(
                select(table, turns.c.prompt)
                .outerjoin(turns, turns.c.id == table.c.turn)
                .where(table.c.id == answered)
            )
            return exports._asked(connection, row.mappings().one(), False)

        assert [one["content"] for one in await database.write(context)] == led


async def test_flipping_between_versions_keeps_one_row_for_each_way(database: Database) -> None:
    here = await asked(database, "one")
    known = await ids(database)
    await database.write(branches.regenerate, here, known["re: one"], at(300))
    await answer(database, await take(database, 301), "other", seconds=302)
    await database.write(_sent)
    other = (await ids(database))["other"]
    for round_ in range(5):
        assert await database.write(branches.choose, here, known["re: one"], at(400 + round_))
        assert await database.write(branches.choose, here, other, at(450 + round_))
    kept = await database.read(lambda connection: connection.execute(select(forks)).all())
    assert len(kept) == 3
    assert await shown(database, here) == ["one", "other"]


async def test_the_history_of_a_chat_without_versions_costs_what_it_did(database: Database) -> None:
    """The query of every turn goes by the index of the conversation, and no tree is read."""
    here = await asked(database, "one", "two")
    word = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"

    def plan(connection: Connection) -> str:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        query = str(
            select(table.c.seq)
            .where(
                table.c.conversation == here,
                table.c.seq > 0,
                table.c.after_seq < 100,
                table.c.off_path.is_(False),
            )
            .compile(connection, compile_kwargs={"literal_binds": True})
        )
        return str(connection.execute(text(f"{word} {query}")).all())

    assert "conversation" in await database.read(plan) and "SCAN messages" not in await database.read(plan)
    assert await database.read(branches.versions, here, [1, 2, 3, 4]) == {}
    assert await database.read(branches.trail, here, 4) is None
