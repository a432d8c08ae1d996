"""Promises about the inbox: every filter finds its conversations and only those, pages join, and each act is on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.errors import Conflict, NotFound
from assistant.store import audit, inbox, labels, transcripts, views
from assistant.store.database import Database
from assistant.store.inbox import Filter
from assistant.store.models import conversations, messages, outbox, reviews, staff, steps, turns
from assistant.store.troubles import By

from .made import NOW, accepted, answer, at, take, wrote


async def members(database: Database) -> list[int]:
    def make(connection: Connection) -> list[int]:
        return [
            connection.execute(
                insert(staff)
                .values(email=f"{name}@example.org", name=name, role="reviewer", password_hash="x", created_at=NOW)
                .returning(staff.c.id)
            ).scalar_one()
            for name in ("Ana", "Ben")
        ]  # fmt: skip

    return await database.write(make)


async def talk(database: Database, *peers: str) -> dict[str, int]:
    """One conversation for each, the first the oldest."""
    for number, peer in enumerate(peers):
        await accepted(database, wrote(1, f"hello from {peer}", peer=peer), seconds=number)
    rows = await database.read(lambda c: c.execute(select(conversations.c.peer, conversations.c.id)).all())
    return dict(rows)  # type: ignore[arg-type]


async def change(database: Database, conversation: int, **values: Any) -> None:
    await database.write(
        lambda c: c.execute(update(conversations).where(conversations.c.id == conversation).values(**values))
    )


async def listed(database: Database, **wanted: Any) -> list[str]:
    found = await database.read(inbox.page, Filter(**wanted))
    return [row.peer for row in found.rows]


def by(member: int, seconds: float = 100) -> By:
    return By(staff=member, actor=f"staff:{member}", at=at(seconds))


async def actions(database: Database) -> list[str]:
    return [entry.action for entry in reversed(await database.read(audit.newest))]


# --- filters ---------------------------------------------------------------------------------------------


async def test_each_filter_finds_its_conversations_newest_first(database: Database) -> None:
    ana, ben = await members(database)
    of = await talk(database, "a", "b", "c", "d", "e")
    assert await listed(database) == ["e", "d", "c", "b", "a"]
    settled = {"due_at": None, "first_due_at": None}
    await change(database, of["a"], mode="human", taken_by=ana, hand_back_at=at(9999), **settled)
    await change(database, of["b"], mode="paused", language="pt", **settled)
    await change(database, of["c"], resolved_at=at(50), assignee=ben, **settled)
    await change(database, of["d"], assignee=ana, flagged=True, **settled)
    await database.write(labels.add, of["d"], "refund", by(ana))
    await database.write(labels.add, of["b"], "refund", by(ana))
    for wanted, expected in (
        ({"mode": "human"}, ["a"]),
        ({"mode": "paused"}, ["b"]),
        ({"mode": "bot"}, ["e", "d", "c"]),
        ({"taken": True}, ["a"]),
        ({"state": "waiting"}, ["e"]),
        ({"state": "needs"}, ["b", "a"]),
        ({"state": "failed"}, []),
        ({"state": "dead"}, []),
        ({"language": "pt"}, ["b"]),
        ({"label": "refund"}, ["d", "b"]),
        ({"label": "refund", "flagged": True}, ["d"]),
        ({"label": "refund", "mode": "paused"}, ["b"]),
        ({"flagged": True}, ["d"]),
        ({"assignee": ana}, ["d"]),
        ({"assignee": ana, "resolved": True}, []),
        ({"resolved": True}, ["c"]),
        ({"resolved": False}, ["e", "d", "b", "a"]),
        ({"channel": "post"}, ["e", "d", "c", "b", "a"]),
        ({"channel": "elsewhere"}, []),
        ({"since": at(2), "until": at(4)}, ["d", "c"]),
    ):
        assert await listed(database, **wanted) == expected, wanted
    counts = await database.read(inbox.counts, ana)
    assert (counts.needs, counts.waiting, counts.flagged, counts.mine, counts.taken) == (2, 1, 1, 1, 1)


async def test_what_failed_what_was_set_aside_and_verdicts_are_filters(database: Database) -> None:
    of = await talk(database, "a", "b", "c")
    for seconds in (10, 11):
        await answer(database, await take(database, seconds), "an answer", seconds=seconds)
    await answer(database, await take(database, 12), "an answer", seconds=12)

    def spoil(connection: Connection) -> None:
        out = select(messages.c.id).where(messages.c.direction == "out", messages.c.conversation == of["b"])
        message = connection.execute(out).scalar_one()
        connection.execute(update(outbox).where(outbox.c.conversation == of["a"]).values(state="failed"))
        connection.execute(update(messages).where(messages.c.conversation == of["c"]).values(outcome="dead"))
        for verdict, replaced in (("bad", None), ("good", NOW)):
            connection.execute(
                insert(reviews).values(
                    message=message, source="staff", verdict=verdict, created_at=NOW, replaced_at=replaced
                )
            )

    await database.write(spoil)
    assert await listed(database, state="failed") == ["a"]
    assert await listed(database, state="dead") == ["c"]
    assert await listed(database, state="needs") == ["c"]
    assert await listed(database, verdict="bad") == ["b"]
    assert await listed(database, verdict="good") == []
    assert await listed(database, verdict="bad", state="failed") == []
    counts = await database.read(inbox.counts, 1)
    assert (counts.failed, counts.needs) == (1, 1)


@pytest.mark.parametrize("wanted", [{}, {"mode": "bot"}, {"label": "all"}, {"flagged": True}])
async def test_pages_of_any_filter_join_without_gap_or_repeat(
    database: Database, wanted: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LOOKED_AT", 7 if "mode" in wanted else 5000)
    [ana, _] = await members(database)
    of = await talk(database, *(f"p{number:02}" for number in range(23)))
    for number in of.values():
        await database.write(labels.add, number, "all", by(ana))
        await change(database, number, flagged=True, last_at=NOW + timedelta(seconds=number // 4))
    seen: list[str] = []
    before = None
    for _ in range(20):
        found = await database.read(inbox.page, Filter(**wanted), before=before, limit=5)
        seen += [row.peer for row in found.rows]
        before = found.older
        if before is None:
            break
    assert seen == sorted(of, reverse=True)


async def test_a_filter_no_index_knows_looks_at_so_many_and_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LOOKED_AT", 3)
    of = await talk(database, "a", "b", "c", "d")
    await change(database, of["a"], language="pt")
    first = await database.read(inbox.page, Filter(language="pt"))
    assert (first.rows, first.partial) == ([], True)
    second = await database.read(inbox.page, Filter(language="pt"), before=first.older)
    assert [row.peer for row in second.rows] == ["a"]
    assert (second.older, second.partial) == (None, False)


# --- acts ------------------------------------------------------------------------------------------------


async def test_labels_are_put_on_once_and_taken_off_and_suggested(database: Database) -> None:
    [ana, _] = await members(database)
    of = await talk(database, "a", "b")
    for label in ("refund", "vip", "refund"):
        await database.write(labels.add, of["a"], label, by(ana))
    await database.write(labels.add, of["b"], "angry", by(ana))
    assert await database.read(labels.of, of["a"]) == ["refund", "vip"]
    assert await database.read(labels.names) == ["angry", "refund", "vip"]
    await database.write(labels.remove, of["a"], "refund", by(ana))
    await database.write(labels.remove, of["a"], "refund", by(ana))
    assert await database.read(labels.of, of["a"]) == ["vip"]
    assert (await actions(database)) == ["conversation.labelled"] * 3 + ["conversation.unlabelled"]
    for number in range(labels.MOST_LABELS - 1):
        await database.write(labels.add, of["a"], f"l{number}", by(ana))
    with pytest.raises(Conflict):
        await database.write(labels.add, of["a"], "one too many", by(ana))
    assert labels.plain("  two \n words\x00 ") == "two words"
    assert labels.plain(" \t") == ""
    assert await database.read(labels.names) != []


async def test_a_note_stands_behind_the_message_that_was_last(database: Database) -> None:
    [ana, _] = await members(database)
    of = await talk(database, "a")
    await database.write(labels.note, of["a"], "looks angry", by(ana))
    await answer(database, await take(database, 10))
    found = await database.read(transcripts.transcript, of["a"])
    assert [(note.text, note.by, note.seq) for note in found.notes] == [("looks angry", "Ana", 1)]
    older = await database.read(transcripts.transcript, of["a"], before=1)
    assert older.notes == []
    assert await actions(database) == ["conversation.noted"]


async def test_flag_assignee_and_done_are_kept_and_on_record(database: Database) -> None:
    ana, ben = await members(database)
    number = (await talk(database, "a"))["a"]
    await database.write(labels.flag, number, True, by(ana))
    await database.write(labels.assign, number, ben, by(ana))
    await database.write(labels.resolve, number, True, by(ana))
    [row] = (await database.read(inbox.page)).rows
    assert (row.flagged, row.assignee_name, row.resolved_at) == (True, "Ben", at(100))
    await database.write(labels.flag, number, False, by(ana))
    await database.write(labels.assign, number, None, by(ana))
    await database.write(labels.resolve, number, False, by(ana))
    [row] = (await database.read(inbox.page)).rows
    assert (row.flagged, row.assignee_name, row.resolved_at) == (False, None, None)
    assert await actions(database) == [
        f"conversation.{act}"
        for act in ("flagged", "assigned", "resolved", "unflagged", "unassigned", "reopened")
    ]
    assert await database.read(labels.colleagues) == [(ana, "Ana"), (ben, "Ben")]
    for act, value in ((labels.flag, True), (labels.resolve, True), (labels.note, "x"), (labels.add, "x")):
        with pytest.raises(NotFound):
            await database.write(act, 999, value, by(ana))
    with pytest.raises(NotFound):
        await database.write(labels.assign, number, 999, by(ana))


async def test_a_transcript_knows_verdicts_steps_and_personas_of_its_replies(database: Database) -> None:
    [ana, _] = await members(database)
    number = (await talk(database, "a"))["a"]
    await answer(database, await take(database, 10))

    def judge(connection: Connection) -> None:
        turn = connection.execute(select(turns.c.id)).scalar_one()
        reply = connection.execute(select(messages.c.id).where(messages.c.direction == "out")).scalar_one()
        connection.execute(update(turns).values(persona_version=3))
        step = {"turn": turn, "ord": 0, "kind": "tool", "name": "weather", "state": "done", "took_ms": 1.0}
        connection.execute(insert(steps).values(**step))
        for values in (
            {"staff": ana, "source": "staff", "verdict": "bad", "reasons": ["tone"], "correction": "Hi!"},
            {"staff": ana, "source": "staff", "verdict": "good", "replaced_at": NOW},
            {"source": "person", "verdict": "good"},
        ):
            connection.execute(insert(reviews).values(message=reply, created_at=NOW, **values))

    await database.write(judge)
    question, reply = (await database.read(transcripts.transcript, number)).messages
    assert (question.verdicts, question.steps, question.persona_version) == ((), (), None)
    assert [(mark.verdict, mark.by, mark.reasons, mark.corrected) for mark in reply.verdicts] == [
        ("bad", "Ana", ("tone",), True),
        ("good", None, (), False),
    ]
    assert [(step.kind, step.name, step.state) for step in reply.steps] == [("tool", "weather", "done")]
    assert reply.persona_version == 3


# --- saved views -----------------------------------------------------------------------------------------


async def test_views_are_ones_own_until_they_are_shared(database: Database) -> None:
    ana, ben = await members(database)
    mine = await database.write(views.save, ana, "Mine", "flagged=1", NOW)
    shared = await database.write(views.save, ana, "Ours", "mode=human", NOW, shared=True)
    await database.write(views.save, ben, "Ben's", "label=x", NOW)
    assert [view.name for view in await database.read(views.of, ana)] == ["Mine", "Ours"]
    assert [(view.name, view.by) for view in await database.read(views.of, ben)] == [
        ("Ben's", None),
        ("Ours", "Ana"),
    ]
    assert not await database.write(views.drop, ben, mine)
    assert not await database.write(views.drop, ben, mine, any_owner=True)
    assert not await database.write(views.drop, ben, shared)
    assert await database.write(views.drop, ben, shared, any_owner=True)
    await database.write(views.save, ana, "Mine", "mode=bot", NOW)
    assert [(view.name, view.query) for view in await database.read(views.of, ana)] == [("Mine", "mode=bot")]
