"""Reviews on both databases: verdicts and their old versions, what queues take, leases that never overlap."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, update

from assistant.errors import Conflict, NotFound
from assistant.store import models, review_leases, review_queues, reviews
from assistant.store.database import Database
from assistant.store.review_queues import Rule, cohen
from assistant.store.reviews import Judgement
from tests.web.conftest import add_conversation, add_message

from .judged import BAD, FIXED, GOOD, at, items_of, made, queue_of
from .made import NOW

# --- verdicts --------------------------------------------------------------------------------------------


async def test_a_verdict_given_anew_keeps_the_old_one_as_a_version(database: Database) -> None:
    (ana, ben, _), [answer] = await made(database)
    await database.write(reviews.judge, answer, GOOD, reviewer=ana, now=NOW)
    await database.write(reviews.judge, answer, FIXED, reviewer=ana, now=at(1))
    await database.write(reviews.judge, answer, GOOD, reviewer=ben, now=at(2))
    now = await database.read(reviews.of_message, answer, ana)
    assert [(one.by, one.verdict) for one in now] == [("Ben", "good"), ("Ana", "bad")]
    ever = await database.read(reviews.of_message, answer, ana, history=True)
    assert [(one.verdict, one.replaced_at) for one in ever if one.by == "Ana"] == [
        ("bad", None),
        ("good", at(1)),
    ]
    assert reviews.final(now) == "disputed"
    whole = Judgement(verdict="bad", reasons=("tone",), whole=True)
    await database.write(reviews.judge, answer, whole, reviewer=ben, now=at(3))
    assert len(await database.read(reviews.of_message, answer, ana)) == 3


@pytest.mark.parametrize(
    ("judgement", "fault"),
    [
        (Judgement(verdict=""), "no_verdict"),
        (Judgement(verdict="great"), "no_verdict"),
        (Judgement(verdict="bad"), "no_reason"),
        (Judgement(verdict="bad", reasons=("other",)), "no_words"),
        (Judgement(verdict="good", correction="x" * 9000), "too_long"),
    ],
)
async def test_a_bad_answer_needs_a_reason_and_other_needs_words(judgement: Judgement, fault: str) -> None:
    assert judgement.fault() == fault


async def test_a_correction_that_changes_nothing_is_none_and_only_answers_are_judged(
    database: Database,
) -> None:
    (ana, *_), [answer] = await made(database)
    same = Judgement(verdict="good", correction="answer 1 to p0\n")
    await database.write(reviews.judge, answer, same, reviewer=ana, now=NOW)
    mine = await database.read(reviews.own, answer, ana)
    assert mine is not None and mine.correction is None
    with pytest.raises(NotFound):
        await database.write(reviews.judge, answer - 1, GOOD, reviewer=ana, now=NOW)


# --- what a queue takes ----------------------------------------------------------------------------------


async def test_every_sign_is_taken_even_late_and_the_same_part_of_the_rest(database: Database) -> None:
    (ana, *_), answers = await made(database, 200)
    queue = await queue_of(database, ana, percent=20.0, seed="s")
    chosen = {item.message for item in await items_of(database, queue)}
    assert chosen == {one for one in answers if Rule(percent=20.0, seed="s").samples(one)}
    assert 20 <= len(chosen) <= 60
    rest = [one for one in answers if one not in chosen]

    def signs(connection: Connection) -> None:
        thumb = {"message": rest[0], "source": "person", "verdict": "bad", "created_at": NOW}
        connection.execute(insert(models.reviews).values(thumb))
        failed = select(models.messages.c.conversation).where(models.messages.c.id == rest[1])
        connection.execute(
            insert(models.outbox).values(
                conversation=connection.execute(failed).scalar_one(),
                message=rest[1],
                part=0,
                channel="alpha",
                account="web",
                state="failed",
                payload={},
                idempotency_key="k",
                next_at=NOW,
                created_at=NOW,
            )
        )
        flagged = select(models.messages.c.conversation).where(models.messages.c.id == rest[2])
        connection.execute(
            update(models.conversations)
            .where(models.conversations.c.id == flagged.scalar_subquery())
            .values(flagged=True)
        )

    await database.write(signs)
    for _ in range(2):  # a second look adds nothing
        await database.write(review_queues.fill, queue, NOW)
    added = {item.message: item.source for item in await items_of(database, queue)}
    assert {one: added[one] for one in rest[:3]} == {
        rest[0]: "thumb",
        rest[1]: "failed",
        rest[2]: "flagged",
    }
    assert len(added) == len(chosen) + 3


async def test_a_queue_never_looks_at_more_than_its_limit_at_once(database: Database) -> None:
    (ana, *_), answers = await made(database, 30)
    queue = await database.write(
        review_queues.create, name="Q", rule=Rule(percent=100), reviews_per_item=1, by=ana, now=NOW
    )
    looks = 0
    while await database.write(review_queues.fill, queue, NOW, 10):
        looks += 1
        assert len(await items_of(database, queue)) <= 10 * looks
    assert len(await items_of(database, queue)) == len(answers) and looks >= 5


async def test_a_rule_keeps_to_its_channel_dates_and_persona(database: Database) -> None:
    (ana, *_), _ = await made(database)

    def seed(connection: Connection) -> list[int]:
        conversation = add_conversation(connection, NOW, peer="beta")
        found = []
        for number, day in enumerate((0, 10, 20)):
            turn = connection.execute(
                insert(models.turns)
                .values(
                    conversation=conversation,
                    lo_seq=1,
                    hi_seq=1,
                    cause="message",
                    lane="live",
                    state="done",
                    persona_version=number,
                    started_at=NOW,
                )
                .returning(models.turns.c.id)
            ).scalar_one()
            when = NOW + timedelta(days=day)
            found.append(
                add_message(
                    connection,
                    conversation,
                    number + 1,
                    when,
                    "a",
                    out=True,
                    channel="beta",
                    received_at=when,
                    turn=turn,
                )
            )
        return found

    first, second, third = await database.write(seed)

    async def taken(**rule: Any) -> list[int]:
        queue = await queue_of(database, ana, **rule)
        return [item.message for item in await items_of(database, queue)]

    assert await taken(channel="beta") == [first, second, third]
    assert await taken(channel="beta", persona_version=1) == [second]
    assert await taken(since=NOW + timedelta(days=10)) == [second, third]
    assert await taken(channel="beta", until=NOW + timedelta(days=10)) == [first]


async def test_an_edited_rule_looks_again_and_a_closed_queue_gives_nothing(database: Database) -> None:
    (ana, *_), answers = await made(database, 5)
    queue = await queue_of(database, ana, percent=0.0)
    assert await items_of(database, queue) == []
    await database.write(
        review_queues.edit, queue, name="R", rule=Rule(percent=100), reviews_per_item=1, now=NOW
    )
    await database.write(review_queues.fill, queue, NOW)
    assert len(await items_of(database, queue)) == len(answers)
    assert await database.write(review_queues.close, queue, NOW)
    with pytest.raises(Conflict):
        await database.write(review_leases.lease, queue, ana, NOW)
    assert await database.read(review_queues.queues) == []


# --- leases ----------------------------------------------------------------------------------------------


async def test_two_reviewers_never_decide_the_same_item(database: Database) -> None:
    """A hundred items, three reviewers with two windows each, all at once: every item is decided once, none is lost."""
    everybody, answers = await made(database, 100)
    queue = await queue_of(database, everybody[0])

    async def work(reviewer: int) -> int:
        taken = 0
        while (item := await database.write(review_leases.lease, queue, reviewer, NOW)) is not None:
            done = await database.write(review_leases.decide, item.id, reviewer, GOOD, NOW)
            taken += done.taken
        return taken

    await asyncio.gather(*(work(reviewer) for reviewer in everybody for _ in range(2)))

    def count(connection: Connection) -> list[tuple[int, int]]:
        query = select(models.reviews.c.item, func.count(func.distinct(models.reviews.c.staff)))
        return [(row[0], row[1]) for row in connection.execute(query.group_by(models.reviews.c.item))]

    decided = await database.read(count)
    assert len(decided) == len(answers) and {number for _, number in decided} == {1}
    found = await items_of(database, queue)
    assert {(item.state, item.reviews) for item in found} == {("done", 1)}


async def test_a_lease_that_ran_out_is_taken_by_the_next_and_its_draft_is_kept(database: Database) -> None:
    (ana, ben, cem), _ = await made(database)
    queue = await queue_of(database, ana)
    item = await database.write(review_leases.lease, queue, ana, NOW)
    assert item is not None
    assert await database.write(review_leases.lease, queue, ben, at(299)) is None
    draft = review_leases.draft_of(FIXED)
    assert (await database.write(review_leases.keep, item.id, ana, at(200), draft)).held
    assert await database.write(review_leases.lease, queue, ben, at(499)) is None  # it was renewed
    assert await database.write(review_leases.lease, queue, ben, at(501)) is not None
    lost = await database.write(review_leases.keep, item.id, ana, at(502), draft | {"comment": "late"})
    assert lost == review_leases.Held(held=False, by=("Ben",))
    late = await database.write(review_leases.decide, item.id, ana, GOOD, at(503))
    assert (late.taken, late.by) == (False, ("Ben",))
    mine = await database.read(review_leases.item, item.id, ana)
    assert mine.draft is not None and mine.draft["verdict"] == "good"
    assert (await database.write(review_leases.decide, item.id, ben, BAD, at(504))).state == "done"
    told = await database.write(review_leases.keep, item.id, cem, at(505))
    assert told == review_leases.Held(held=False, by=("Ben",))


async def test_a_late_verdict_counts_when_nobody_else_came(database: Database) -> None:
    (ana, *_), _ = await made(database)
    queue = await queue_of(database, ana)
    item = await database.write(review_leases.lease, queue, ana, NOW)
    assert item is not None
    assert (await database.write(review_leases.decide, item.id, ana, GOOD, at(9999))).taken


async def test_who_leaves_skips_or_signs_out_frees_the_item_at_once(database: Database) -> None:
    (ana, ben, cem), _ = await made(database)
    queue = await queue_of(database, ana)
    item = await database.write(review_leases.lease, queue, ana, NOW)
    assert item is not None
    await database.write(review_leases.release, item.id, ana, at(1))
    assert await database.write(review_leases.lease, queue, ben, at(1)) is not None
    assert await database.write(review_leases.release_all, ben, at(2)) == 1
    assert await database.write(review_leases.lease, queue, cem, at(2)) is not None
    assert await database.write(review_leases.skip, item.id, cem, at(3), "personal")
    assert await database.write(review_leases.lease, queue, cem, at(3)) is None  # not twice
    assert await database.write(review_leases.lease, queue, ana, at(3)) is not None
    standing = await database.read(review_queues.standing, queue, cem, at(3))
    assert (standing.open, standing.free, standing.leased, standing.mine) == (1, 0, (("Ana", 1),), 1)


async def test_reviewers_are_blind_until_they_judged_and_their_disagreement_is_settled(
    database: Database,
) -> None:
    (ana, ben, cem), [answer] = await made(database)
    queue = await queue_of(database, ana, wanted=2)
    one, other = [await database.write(review_leases.lease, queue, who, NOW) for who in (ana, ben)]
    assert one is not None and other is not None and one.id == other.id
    assert await database.write(review_leases.lease, queue, cem, NOW) is None  # two are enough
    first = await database.write(review_leases.decide, one.id, ana, GOOD, NOW)
    assert first.state == "open"
    assert await database.read(reviews.of_message, answer, ben) == []
    assert await database.read(reviews.marks, [answer], ben) == {}
    second = await database.write(review_leases.decide, one.id, ben, BAD, NOW)
    assert second.state == "disputed"
    assert len(await database.read(reviews.of_message, answer, ben)) == 2
    assert [found[0] for found in await database.read(review_queues.disputed, queue)] == [one.id]
    assert await database.write(review_leases.resolve, one.id, cem, FIXED, NOW)
    assert not await database.write(review_leases.resolve, one.id, cem, FIXED, NOW)
    given = await database.read(reviews.of_message, answer, ana)
    assert reviews.final(given) == "bad"
    agreement = await database.read(review_queues.agreement, queue)
    assert agreement is not None and (agreement.items, agreement.same) == (1, 0)


async def test_a_changed_verdict_ends_a_disagreement_and_the_first_ones_count_for_agreement(
    database: Database,
) -> None:
    (ana, ben, _), answers = await made(database, 2)
    queue = await queue_of(database, ana, wanted=2)
    for who, verdicts in ((ana, (GOOD, GOOD)), (ben, (BAD, GOOD))):
        for verdict in verdicts:
            item = await database.write(review_leases.lease, queue, who, NOW)
            assert item is not None
            await database.write(review_leases.decide, item.id, who, verdict, NOW)
    states = [item.state for item in await items_of(database, queue)]
    assert states == ["disputed", "done"]
    await database.write(review_leases.judge, answers[0], GOOD, reviewer=ben, now=at(9))
    assert [item.state for item in await items_of(database, queue)] == ["done", "done"]
    agreement = await database.read(review_queues.agreement, queue)
    assert agreement is not None and agreement.percent == 50 and agreement.kappa == 0


async def test_an_item_that_needs_fewer_opinions_now_is_done_or_disputed(database: Database) -> None:
    (ana, ben, _), _ = await made(database, 3)
    queue = await queue_of(database, ana, wanted=3)
    for who, verdicts in ((ana, (GOOD, GOOD, GOOD)), (ben, (BAD, GOOD))):
        for verdict in verdicts:
            item = await database.write(review_leases.lease, queue, who, NOW)
            assert item is not None
            await database.write(review_leases.decide, item.id, who, verdict, NOW)
    await database.write(
        review_queues.edit, queue, name="Q", rule=Rule(percent=100.0), reviews_per_item=2, now=NOW
    )
    assert [item.state for item in await items_of(database, queue)] == ["disputed", "done", "open"]


def test_kappa_is_that_of_the_textbook() -> None:
    pairs = [("good", "good")] * 20 + [("good", "bad")] * 5 + [("bad", "good")] * 10 + [("bad", "bad")] * 15
    assert cohen(pairs) == pytest.approx(0.4)
    assert cohen([("good", "good")] * 3) is None
