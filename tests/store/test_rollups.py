"""Figures are added up once, whoever adds them up and however often; what ends late is counted in the time it came in."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.clock import Clock
from assistant.reports import Reports
from assistant.store import audit, cursors, figures, outbox, rollups, workers
from assistant.store.database import Database
from assistant.store.models import messages, reviews, turns
from assistant.store.models import rollups as table
from assistant.store.queue import Reply, Settlement, TurnRow, settle, waiting
from assistant.types import Author, Outcome, Text
from tests.clocks import FakeClock
from tests.scripted import ScriptedEngine

from .made import RULES, accepted, at, take, wrote

MINUTE = 60.0
LATER = 20 * MINUTE


async def count(database: Database, seconds: float, owner: str = "worker") -> bool:
    """One look at `seconds`; False where there was nothing to add."""
    now = at(seconds)
    assert await database.write(cursors.hold, rollups.CURSOR, owner, now, timedelta(minutes=10))
    before = await database.read(rollups.position)
    found = await database.read(rollups.gather, now, before)
    assert await database.write(rollups.write, owner, before, found)
    return bool(found.sums)


async def sums(database: Database, scope: str = "", grain: str = "h") -> dict[tuple[str, str], float]:
    return await database.read(figures.totals, grain, [rollups.begin_of(at(0), grain)], scope)


async def turn(database: Database, peer: str, asked: float, *, outcome: Outcome = Outcome.ANSWERED) -> None:
    """Asked at `asked`, taken a second after, first word two after that, settled at ten."""
    await accepted(database, wrote(asked, peer=peer, seconds=asked), seconds=asked)
    claimed = await take(database, asked + 5)
    batch = await database.read(waiting, claimed.conversation)
    row = TurnRow(
        started_at=at(asked + 1),
        first_token_at=at(asked + 3),
        model="demo",
        prompt_tokens=100,
        cached_tokens=40,
        completion_tokens=20,
    )
    reply = Reply(
        author=Author.ASSISTANT,
        whole=(Text(text="hi"),),
        pieces=tuple((f"{peer}-{asked}-{number}", Text(text="hi")) for number in range(2)),
    )
    end = Settlement(waiting=batch, outcome=outcome, reply=reply, turn=row)
    await database.write(settle, claimed, end, at(asked + 10), RULES.debounce, RULES.debounce_cap)


async def send(database: Database, seconds: float) -> None:
    for part in await database.write(outbox.take, at(seconds), timedelta(minutes=5), 10):
        await database.write(outbox.sent, part, f"ext{part.id}", at(seconds), [])


async def test_a_turn_is_counted_once_under_everything_its_channel_and_its_model(database: Database) -> None:
    await turn(database, "ana", 0)
    await send(database, 12)
    await send(database, 14)
    assert await count(database, LATER)
    assert not await count(database, LATER + MINUTE), "there was nothing new"
    for scope in ("", "post", "@demo"):
        found = await sums(database, scope)
        assert found[("replies", "assistant")] == 1 and found[("messages", "")] == 1
        assert (found[("tokens", "prompt")], found[("tokens", "cached")]) == (100, 40)
        assert found[("tokens", "completion")] == 20
        assert (found[("stage", "queue")], found[("stage", "prefill")], found[("stage", "decode")]) == (
            1,
            2,
            7,
        )
        assert found[("stage", "send")] == 2 + 4 and found[("stage_n", "send")] == 2
        assert found[("first", rollups.bucket(2))] == 1
        assert found[("full", rollups.bucket(14))] == 1, "the last part's arrival is the answer's"
        assert found[("sends", "sent")] == 2 and found[("outcome", "answered")] == 1
    assert await sums(database, "elsewhere") == {}


async def test_the_same_hours_are_in_quarters_hours_and_days(database: Database) -> None:
    await turn(database, "ana", 0)
    await count(database, LATER)
    for grain in rollups.GRAINS:
        assert (await sums(database, grain=grain))[("replies", "assistant")] == 1
    assert (await sums(database, grain="d"))[("hour", "12")] == 1


async def test_what_has_no_end_yet_is_counted_when_it_has_one_in_the_hour_it_came(database: Database) -> None:
    await turn(database, "ana", 0)
    await accepted(database, wrote(2, peer="ben", seconds=20), seconds=20)
    await count(database, LATER)
    found = await sums(database)
    assert found[("messages", "")] == 2 and ("sends", "sent") not in found
    assert found[("outcome", "answered")] == 1
    await count(database, LATER + MINUTE)
    assert await sums(database) == found, "still open, and nothing is counted twice"
    claimed = await take(database, 3 * 3600)
    batch = await database.read(waiting, claimed.conversation)
    end = Settlement(waiting=batch, outcome=Outcome.DEAD, reason="6 tries failed")
    await database.write(settle, claimed, end, at(3 * 3600), RULES.debounce, RULES.debounce_cap)
    for seconds in (3 * 3600, 3 * 3600 + 1):
        await send(database, seconds)
    for minutes in (200, 210):
        await count(database, minutes * MINUTE)
    found = await sums(database)
    assert found[("outcome", "dead")] == 1 and found[("sends", "sent")] == 2


async def test_failed_parts_are_counted_by_code_and_closed_windows_apart(database: Database) -> None:
    for peer in ("ana", "ben"):
        await turn(database, peer, 0)
    first, second = await database.write(outbox.take, at(12), timedelta(minutes=5), 10)
    await database.write(outbox.failed, first, "window_closed", "131047", [], at(13))
    await database.write(outbox.failed, second, "rejected", None, [], at(13))
    await count(database, LATER)
    found = await sums(database)
    assert found[("failed", "131047")] == 1 and found[("failed", "rejected")] == 1
    assert found[("window", "")] == 1
    assert found[("sends", "failed")] == 2 and found[("sends", "cancelled")] == 2


async def test_somebody_who_writes_all_day_is_one_active_person(database: Database) -> None:
    for number, seconds in enumerate((0, 60, 16 * MINUTE, 17 * MINUTE)):
        await accepted(database, wrote(number, seconds=seconds), seconds=seconds)
    await accepted(database, wrote(9, peer="ben", seconds=70), seconds=70)
    await count(database, 21 * MINUTE)
    await count(database, 40 * MINUTE)
    day = await sums(database, grain="d")
    assert day[("people", "")] == 2 and day[("messages", "")] == 5
    quarters = [at(0), at(15 * MINUTE)]
    report = await database.read(figures.report, "q", quarters, [], "post")
    assert report.lines[("people", "")] == [2, 1] and report.days == [2]
    both = await database.read(figures.report, "q", quarters, [], "post", 2)
    assert both.lines[("messages", "")] == [5]


async def test_a_verdict_that_was_changed_counts_as_the_new_one_only(database: Database) -> None:
    await turn(database, "ana", 0)

    def judge(connection: Connection) -> None:
        connection.execute(update(turns).values(persona_version=3))
        message = connection.execute(select(messages.c.id).where(messages.c.direction == "out")).scalar_one()
        new = insert(reviews)
        values: dict[str, Any] = {"message": message, "source": "staff", "staff": None}
        connection.execute(new.values(**values, verdict="bad", created_at=at(20), replaced_at=at(40)))
        connection.execute(new.values(**values, verdict="good", created_at=at(40)))
        connection.execute(new.values(**{**values, "source": "person"}, verdict="bad", created_at=at(50)))
        for action in ("conversation_read", rollups.TAKEN_OVER[0]):
            audit.append(connection, now=at(60), actor="staff:1", action=action, target="conversation:1")

    await database.write(judge)
    await count(database, LATER)
    found = await sums(database)
    assert found[("verdict", "good")] == 1 and found[("verdict", "bad")] == 0
    assert found[("persona", "3:good")] == 1 and found[("persona", "3:bad")] == 0
    assert found[("thumbs", "bad")] == 1
    assert found[("takeovers", "")] == 1 and (await sums(database, "post"))[("takeovers", "")] == 1


async def test_of_two_workers_that_add_up_at_once_one_is_heard(database: Database) -> None:
    await turn(database, "ana", 0)
    now = at(LATER)
    before = await database.read(rollups.position)
    found = await database.read(rollups.gather, now, before)
    await database.write(cursors.hold, rollups.CURSOR, "one", now, timedelta(minutes=10))
    done = await asyncio.gather(*(database.write(rollups.write, "one", before, found) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert not await database.write(rollups.write, "two", before, found)
    assert (await sums(database))[("messages", "")] == 1


async def test_a_worker_catches_up_with_a_long_past_and_counts_every_row_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollups, "STEP", 7)
    for number in range(20):
        await accepted(database, wrote(number, peer=f"p{number}", seconds=number), seconds=number)
    clock = Moved(LATER)
    first, second = (_reports(database, clock, name) for name in ("one", "two"))
    assert await first.sum_up_now() > 2
    assert await second.sum_up_now() == 0, "the other one does it"
    await first.close()
    assert await second.sum_up_now() == 1
    found = await sums(database)
    assert found[("messages", "")] == 20 and found[("people", "")] == 20


async def test_old_quarters_and_hours_go_and_days_stay(database: Database) -> None:
    def old(connection: Connection) -> None:
        for grain, days in (("q", 4), ("h", 22), ("d", 400), ("q", 1)):
            moment = at(0) - timedelta(days=days)
            row = {
                "at": rollups.begin_of(moment, grain),
                "name": f"{grain}.replies",
                "channel": "",
                "label": "",
            }
            connection.execute(insert(table).values(**row, value=1))

    await database.write(old)
    assert await database.write(rollups.sweep, at(0)) == 2
    names = await database.read(lambda c: list(c.execute(select(table.c.name)).scalars()))
    assert sorted(names) == ["d.replies", "q.replies"]


async def test_a_worker_says_how_it_does_until_it_ends(database: Database) -> None:
    reports = _reports(database, Moved(0), "one")
    await reports.say()
    await reports.say()
    [row] = await database.read(workers.seen)
    assert (row.name, row.model, row.state["turns"], row.state["turns_at_once"]) == ("one", "scripted", 2, 4)
    assert row.sentence == "scripted" and row.seen_at == at(0)
    await reports.close()
    assert await database.read(workers.seen) == []


# --- buckets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.5, 0.95, 0.99])
def test_quantiles_from_buckets_are_a_tenth_exact_and_may_be_merged(part: float) -> None:
    chosen = random.Random(7)
    spans = sorted(chosen.lognormvariate(0.5, 1.0) for _ in range(5000))
    counts: dict[str, float] = {}
    for span in spans:
        counts[rollups.bucket(span)] = counts.get(rollups.bucket(span), 0) + 1
    guessed = rollups.quantile(counts, part)
    assert guessed == pytest.approx(spans[int(part * len(spans))], rel=0.1)


def test_buckets_are_in_order_and_hold_every_span() -> None:
    spans = [-1, 0, 0.001, 0.01, 0.02, 1, 60, 3600, 10**9]
    labels = [rollups.bucket(span) for span in spans]
    assert labels == sorted(labels) and labels[-1] == "b79"
    assert rollups.quantile({}, 0.5) is None


def test_a_position_survives_being_written_down() -> None:
    position = rollups.Position(turns=1, parts=2, messages=3, reviews=4, audit=5)
    assert rollups.Position.read(position.written()) == position
    for broken in (None, "", "1.2", "a.b.c.d.e", "1.2.3.4.-5"):
        assert rollups.Position.read(broken) == rollups.Position()


# --- what they share -------------------------------------------------------------------------------------


class Moved(FakeClock):
    """The moment `at(seconds)` of the store's tests."""

    def __init__(self, seconds: float) -> None:
        super().__init__(at(seconds))


def _reports(database: Database, clock: Clock, name: str) -> Reports:
    return Reports(
        name=name, database=database, clock=clock, engine=ScriptedEngine(), running=lambda: 2, slots=4
    )
