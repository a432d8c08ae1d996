"""Traces in the store: everything of one reply on both databases, figures only without words, pages of the latest."""

from __future__ import annotations

from assistant.store import traces
from assistant.store.database import Database
from tests.web.replies import add_reply

from .made import NOW, at


async def test_a_trace_holds_what_was_kept_of_its_reply_and_of_no_other(database: Database) -> None:
    message, here, turn = await database.write(add_reply, NOW)
    found = await database.read(traces.find, message, words=True)
    assert found is not None and found.turn is not None and found.turn.prompt is not None
    assert (found.reply.conversation, found.turn.id, found.turn.claimed_at) == (here, turn, at(2))
    assert [one.seq for one in found.asked] == [1, 2] and [step.name for step in found.steps] == ["get_time"]
    [sent] = found.sent
    assert [attempt.status for attempt in sent.attempts] == [503, 200]
    assert (sent.reached, sent.reached_at) == ("read", at(3600))
    assert await database.read(traces.find, message - 1, words=True) is None, "a question has no trace"
    figures = await database.read(traces.find, message, words=False)
    assert figures is not None and figures.turn is not None and figures.turn.prompt is None
    assert not figures.sent[0].attempts[0].url and figures.steps[0].output is None


async def test_the_latest_traces_are_paged_without_gap_or_repeat(database: Database) -> None:
    message, _, turn = await database.write(add_reply, NOW)
    [row] = await database.read(traces.recent)
    assert (row.turn, row.message, row.model, row.first_token, row.took) == (
        turn,
        message,
        "tiny-1",
        0.75,
        2.75,
    )
    assert await database.read(traces.recent, before=turn) == []
