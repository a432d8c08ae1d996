"""What staff do about what went wrong: again, away, or by hand; once, whoever presses first, and on record."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.store import audit, failures, models, outbox, receipts, transcripts, troubles
from assistant.store.database import Database
from assistant.types import Capabilities, Exchange, Unit
from tests.clocks import FakeClock

from .conftest import Site, add_conversation, add_message
from .test_store import store

__all__ = ["store"]

CAPS = Capabilities(text_limit=20, text_unit=Unit.CODEPOINTS)
LATER = timedelta(seconds=30)


class Alpha:
    title, caps = "Alpha", CAPS


def seeded(clock: FakeClock, **values: Any) -> Any:
    """A conversation with a dead message (seq 1) and a failed part with one dropped behind it (seq 2)."""

    def seed(connection: Connection) -> tuple[int, int, int]:
        now = clock.now()
        made = add_conversation(connection, now, **values)
        dead = add_message(
            connection, made, 1, now, "hello?", outcome="dead", outcome_reason="6 tries failed"
        )
        sent = {"state": "failed", "error": "rejected", "error_code": "400", "status": "failed", "attempt": 3}
        message = add_message(connection, made, 2, now, "our answer", out=True, status="failed", sent=sent)
        part = connection.execute(select(models.outbox.c.id)).scalar_one()
        connection.execute(
            insert(models.outbox).values(
                conversation=made,
                message=message,
                part=1,
                channel="alpha",
                account="web",
                state="cancelled",
                payload={"type": "text", "text": "second half"},
                idempotency_key="second",
                next_at=now,
                created_at=now,
            )
        )
        return made, dead, part

    return seed


async def _parts(database: Database) -> list[Any]:
    query = select(models.outbox).order_by(models.outbox.c.id)
    return await database.read(lambda connection: list(connection.execute(query).all()))


async def _rows(database: Database) -> list[Any]:
    query = select(models.messages).order_by(models.messages.c.seq)
    return await database.read(lambda connection: list(connection.execute(query).all()))


async def _actions(database: Database) -> list[str]:
    query = select(models.audit.c.action).where(models.audit.c.action != "setup").order_by(models.audit.c.id)
    return await database.read(lambda connection: list(connection.execute(query).scalars()))


def _by(clock: FakeClock) -> troubles.By:
    return troubles.By(staff=1, actor="staff:1", at=clock.now())


# --- on both databases -----------------------------------------------------------------------------------


async def test_a_part_sent_again_takes_what_was_dropped_behind_it_along(
    store: Database, clock: FakeClock
) -> None:
    conversation, _, part = await store.write(seeded(clock))
    assert await store.write(troubles.retry_part, part, "new key", _by(clock)) == conversation
    first, second = await _parts(store)
    assert (first.state, first.error, first.attempt, first.idempotency_key) == ("pending", None, 0, "new key")
    assert second.state == "pending" and not first.duplicate_possible
    [taken] = await store.write(outbox.take, clock.now(), LATER, 10)
    assert taken.id == part
    await store.write(outbox.sent, taken, "ext", clock.now(), [])
    [taken] = await store.write(outbox.take, clock.now(), LATER, 10)
    assert taken.id == second.id
    assert await store.read(failures.parts) == []


async def test_of_two_who_press_at_once_one_acts(store: Database, clock: FakeClock) -> None:
    _, dead, part = await store.write(seeded(clock))
    by = _by(clock)
    tries = [store.write(troubles.retry_part, part, f"key {number}", by) for number in range(4)]
    drops = [store.write(troubles.discard_part, part, by) for _ in range(4)]
    done = await asyncio.gather(*tries, *drops)
    assert sum(one is not None for one in done) == 1
    done = await asyncio.gather(
        *(
            store.write(act, dead, by)
            for act in (troubles.retry_message, troubles.discard_message)
            for _ in "1234"
        )
    )
    assert sum(one is not None for one in done) == 1
    assert len(await _actions(store)) == 2
    assert await store.read(audit.verify) is None


async def test_a_part_that_is_no_longer_failed_is_left_alone(store: Database, clock: FakeClock) -> None:
    _, _, part = await store.write(seeded(clock))
    one = models.outbox.c.id == part

    for state in ("sent", "sending", "unknown", "pending", "cancelled"):

        def became(connection: Connection, state: str = state) -> None:
            connection.execute(update(models.outbox).where(one).values(state=state))

        await store.write(became)
        before = await _parts(store)
        assert await store.write(troubles.retry_part, part, "new key", _by(clock)) is None, state
        assert await store.write(troubles.discard_part, part, _by(clock)) is None, state
        assert await _parts(store) == before and await _actions(store) == []


async def test_a_part_whose_fate_was_unclear_is_marked_when_it_goes_again_and_may_still_be_proven(
    store: Database, clock: FakeClock
) -> None:
    _, _, part = await store.write(seeded(clock))
    await _unclear(store, part)
    key = (await _parts(store))[0].idempotency_key
    await store.write(troubles.retry_part, part, "new key", _by(clock))
    again = (await _parts(store))[0]
    assert again.duplicate_possible and again.idempotency_key == key
    await store.write(receipts.settle_by_key, key, "ext", clock.now())
    assert (await _parts(store))[0].state == "sent"


async def test_a_part_given_up_as_unclear_is_sent_after_all_when_the_platform_brings_it_back(
    store: Database, clock: FakeClock
) -> None:
    _, _, part = await store.write(seeded(clock))
    key = (await _parts(store))[0].idempotency_key
    await store.write(receipts.settle_by_key, key, "ext", clock.now())
    assert (await _parts(store))[0].state == "failed", "this one was refused"
    await _unclear(store, part)
    await store.write(receipts.settle_by_key, key, "ext", clock.now())
    proven = (await _parts(store))[0]
    assert (proven.state, proven.status, proven.error) == ("sent", "sent", None)
    assert await store.read(failures.parts) == []


async def _unclear(store: Database, part: int) -> None:
    await store.write(
        lambda connection: connection.execute(
            update(models.outbox).where(models.outbox.c.id == part).values(error="uncertain")
        )
    )


async def test_a_discarded_part_is_not_sent_and_no_longer_listed(store: Database, clock: FakeClock) -> None:
    _, _, part = await store.write(seeded(clock))
    await store.write(troubles.discard_part, part, _by(clock))
    assert await store.read(failures.parts) == []
    assert await store.write(outbox.take, clock.now(), LATER, 10) == []
    found = await store.read(transcripts.transcript, 1)
    assert found.messages[-1].tick == "cancelled"


async def test_a_dead_message_is_due_again_with_a_clean_record(store: Database, clock: FakeClock) -> None:
    conversation, dead, _ = await store.write(seeded(clock, crashes=5, attempts=6))
    assert await store.write(troubles.retry_message, dead, _by(clock)) == conversation
    row = await store.read(lambda connection: connection.execute(select(models.conversations)).one())
    assert (row.crashes, row.attempts, row.due_at) == (0, 0, clock.now())
    assert (await _rows(store))[0].outcome is None and await store.read(failures.dead) == []


async def test_a_running_turn_keeps_its_lease_when_another_message_is_tried_again(
    store: Database, clock: FakeClock
) -> None:
    until = clock.now() + LATER
    _, dead, _ = await store.write(seeded(clock, due_at=until, lease_until=until, lease_owner="w", crashes=1))
    await store.write(troubles.retry_message, dead, _by(clock))
    row = await store.read(lambda connection: connection.execute(select(models.conversations)).one())
    assert (row.due_at, row.lease_until, row.crashes) == (until, until, 1)


# --- on the page -----------------------------------------------------------------------------------------


async def _open(site: Site, **values: Any) -> tuple[int, int, int]:
    await site.set_up()
    site.inbound.channels["alpha"] = Alpha()
    made: tuple[int, int, int] = await site.database.write(seeded(site.clock, **values))
    return made


async def test_all_three_ways_are_on_the_page_for_both_kinds(site: Site) -> None:
    _, dead, part = await _open(site)
    text = await (await site.get("/admin/failed")).text()
    for path in (f"messages/{dead}", f"parts/{part}"):
        for act in ("retry", "discard", "answer"):
            assert f'action="/admin/failed/{path}/{act}"' in text


async def test_an_answer_by_hand_goes_out_in_the_channels_pieces_and_is_the_message_s_end(site: Site) -> None:
    conversation, dead, part = await _open(site)
    words = "Sorry for the wait. The shop opens at nine."
    async with site.bus.subscribe("staff") as frames:
        answer = await site.post(f"/admin/failed/messages/{dead}/answer", data={"text": words})
        assert answer.status == 303
        assert orjson.loads(await anext(frames))["conversation"] == conversation
    assert await site.bus.wait("outbox", 1)
    rows = await _rows(site.database)
    assert (rows[0].outcome, rows[0].outcome_reason) == ("handed_to_human", "answered by staff")
    assert (rows[-1].author, rows[-1].staff, rows[-1].seq) == ("staff", 1, 3)
    pieces = [one for one in await _parts(site.database) if one.message == rows[-1].id]
    assert " ".join(one.payload["text"] for one in pieces) == words and len(pieces) == 3
    await site.post(f"/admin/failed/parts/{part}/answer", data={"text": "by hand"})
    text = await (await site.get("/admin/failed")).text()
    assert text.count("None.") == 3
    assert await _actions(site.database) == ["message.answered", "part.answered"]
    await site.post(f"/admin/failed/messages/{dead}/answer", data={"text": "twice?"})
    assert len(await _rows(site.database)) == 4, "it was answered already: nothing more leaves"


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
async def test_an_empty_or_endless_answer_is_refused(site: Site, words: str) -> None:
    _, dead, _ = await _open(site)
    answer = await site.post(f"/admin/failed/messages/{dead}/answer", data={"text": words})
    assert answer.status == 400 and (await _rows(site.database))[0].outcome == "dead"


@pytest.mark.parametrize("mode", ["opted_out", "blocked"])
async def test_nothing_is_sent_to_who_wants_silence(site: Site, mode: str) -> None:
    _, dead, part = await _open(site, mode=mode)
    for path, data in (
        (f"parts/{part}/retry", {}),
        (f"parts/{part}/answer", {"text": "hello"}),
        (f"messages/{dead}/answer", {"text": "hello"}),
        (f"messages/{dead}/retry", {}),
    ):
        assert (await site.post(f"/admin/failed/{path}", data=data)).status == 409
    assert [one.state for one in await _parts(site.database)] == ["failed", "cancelled"]
    assert (await site.post(f"/admin/failed/parts/{part}/discard")).status == 303


async def test_retrying_rings_for_who_does_the_work(site: Site) -> None:
    _, dead, part = await _open(site)
    await site.post(f"/admin/failed/parts/{part}/retry")
    assert await site.bus.wait("outbox", 1)
    await site.post(f"/admin/failed/messages/{dead}/retry")
    assert await site.bus.wait("work", 1)


async def test_one_click_lets_the_model_answer_a_paused_conversation_again(site: Site) -> None:
    conversation, _, _ = await _open(site, mode="paused", mode_reason="looks like another bot", epoch=4)
    text = await (await site.get("/admin/failed")).text()
    assert "looks like another bot" in text
    await site.post(f"/admin/failed/conversations/{conversation}/resume")
    row = await site.database.read(lambda connection: connection.execute(select(models.conversations)).one())
    assert (row.mode, row.mode_reason, row.epoch, row.watched_from_seq) == ("bot", None, 5, 2)
    await site.post(f"/admin/failed/conversations/{conversation}/resume")
    assert await _actions(site.database) == ["conversation.resumed"]


async def test_viewers_see_and_may_not_act(site: Site) -> None:
    _, dead, _ = await _open(site)
    await site.database.write(
        lambda connection: connection.execute(update(models.staff).values(role="viewer"))
    )
    text = await (await site.get("/admin/failed")).text()
    assert "6 tries failed" in text and "/retry" not in text
    assert (await site.post(f"/admin/failed/messages/{dead}/retry")).status == 403


# --- several at once -------------------------------------------------------------------------------------


async def _failures(site: Site, codes: list[str]) -> list[int]:
    """Failed parts with these codes, one a conversation; returns their ids."""
    await site.set_up()
    site.inbound.channels["alpha"] = Alpha()
    now = site.clock.now()

    def seed(connection: Connection) -> list[int]:
        for number, code in enumerate(codes):
            made = add_conversation(connection, now, peer=f"p{number}")
            sent = {"state": "failed", "error": "rejected", "error_code": code, "attempt": 3}
            add_message(connection, made, 1, now, "our answer", out=True, status="failed", sent=sent)
        return list(connection.execute(select(models.outbox.c.id).order_by(models.outbox.c.id)).scalars())

    return await site.database.write(seed)


async def test_those_that_are_ticked_are_sent_again_and_no_others(site: Site) -> None:
    first, second, third = await _failures(site, ["400", "400", "500"])
    answer = await site.post("/admin/failed/parts/retry", data=[("id", str(first)), ("id", str(third))])
    assert answer.headers["Location"] == "/admin/failed?done=2&left=0"
    assert [one.state for one in await _parts(site.database)] == ["pending", "failed", "pending"]
    assert await site.bus.wait("outbox", 1)
    assert "Done: 2." in await (await site.get(answer.headers["Location"])).text()
    answer = await site.post("/admin/failed/parts/retry", data=[("id", str(one)) for one in (first, second)])
    assert answer.headers["Location"] == "/admin/failed?done=1&left=1", "the first was on its way already"
    keys = {one.idempotency_key for one in await _parts(site.database)}
    assert len(keys) == 3 and not any(key.startswith("k") for key in keys)


async def test_everything_of_one_code_is_sent_again_with_one_press(site: Site) -> None:
    await _failures(site, ["400", "500", "400"])
    text = await (await site.get("/admin/failed")).text()
    assert "Send all with code 400 again" in text and "2×" in text
    assert "500" not in (await (await site.get("/admin/failed?code=400")).text()).split('id="part-')[1]
    answer = await site.post("/admin/failed/codes/retry", data={"code": "400"})
    assert answer.headers["Location"] == "/admin/failed?done=2&left=0"
    assert [one.state for one in await _parts(site.database)] == ["pending", "failed", "pending"]


async def test_one_that_cannot_be_sent_keeps_no_other_back(site: Site) -> None:
    ids = await _failures(site, ["400", "400"])
    await site.database.write(
        lambda c: c.execute(
            update(models.conversations).where(models.conversations.c.id == 1).values(mode="opted_out")
        )
    )
    answer = await site.post("/admin/failed/parts/retry", data=[("id", str(one)) for one in ids])
    assert answer.headers["Location"] == "/admin/failed?done=1&left=1"
    assert [one.state for one in await _parts(site.database)] == ["failed", "pending"]
    assert "it cannot be sent" in await (await site.get("/admin/failed")).text()


async def test_a_reason_of_the_list_is_on_record_and_free_words_are_not(site: Site) -> None:
    first, second, third = await _failures(site, ["400", "400", "400"])
    await site.post(f"/admin/failed/parts/{first}/discard", data={"reason": "outdated"})
    await site.post(f"/admin/failed/parts/{second}/discard", data={"reason": "she told me her number"})
    await site.post("/admin/failed/parts/discard", data=[("id", str(third)), ("reason", "test")])
    query = select(models.audit.c.detail).where(models.audit.c.action == "part.discarded")
    details = await site.database.read(lambda c: list(c.execute(query).scalars()))
    assert details == [{"reason": "outdated"}, None, {"reason": "test"}]


async def test_dead_messages_are_tried_again_and_discarded_together(site: Site) -> None:
    _, dead, _ = await _open(site)
    await site.post("/admin/failed/messages/retry", data=[("id", str(dead)), ("id", "999"), ("id", "x")])
    assert (await _rows(site.database))[0].outcome is None and await site.bus.wait("work", 1)
    await site.database.write(lambda c: c.execute(update(models.messages).values(outcome="dead")))
    await site.post("/admin/failed/messages/discard", data=[("id", str(dead))])
    assert (await _rows(site.database))[0].outcome == "ignored"


async def test_a_whole_page_of_ticks_is_taken_and_more_is_refused(site: Site) -> None:
    await _failures(site, [])
    many = [("id", str(number)) for number in range(1, 51)]
    assert (await site.post("/admin/failed/parts/retry", data=many)).status == 303
    assert (await site.post("/admin/failed/parts/retry", data=many * 3)).status == 400


async def test_viewers_read_neither_names_nor_words_and_no_button(site: Site) -> None:
    await _open(site, name="Grace Hopper")
    await site.database.write(lambda c: c.execute(update(models.staff).values(role="viewer")))
    text = await (await site.get("/admin/failed")).text()
    assert "Grace" not in text and "our answer" not in text and "hello?" not in text
    assert "<form" not in text.split("<main")[1].split("</main>")[0]
    for path in ("parts/retry", "parts/discard", "codes/retry", "messages/retry", "messages/discard"):
        assert (await site.post(f"/admin/failed/{path}", data={"id": "1", "code": "400"})).status == 403


async def test_a_retry_that_succeeds_leaves_the_list_and_the_next_attempt_is_on_record(
    store: Database, clock: FakeClock
) -> None:
    conversation = await store.write(add_conversation, clock.now())
    await store.write(
        add_message, conversation, 1, clock.now(), "our answer", out=True, sent={"state": "pending"}
    )
    said = Exchange(method="POST", url="/messages", status=400, request="{}", response="{}", took_ms=12.0)
    [taken] = await store.write(outbox.take, clock.now(), LATER, 10)
    await store.write(outbox.failed, taken, "rejected", "400", [said], clock.now())
    [row] = await store.read(failures.parts)
    assert (row.attempts, row.kind, row.error_code) == (1, "text", "400")
    await store.write(troubles.retry_part, row.id, "new key", _by(clock))
    assert await store.read(failures.parts) == [] and await store.read(failures.codes) == []
    [taken] = await store.write(outbox.take, clock.now(), LATER, 10)
    await store.write(outbox.sent, taken, "ext", clock.now(), [replace(said, status=200)])
    assert (await _parts(store))[0].state == "sent" and await store.read(failures.parts) == []
    query = select(models.exchanges.c.status).order_by(models.exchanges.c.id)
    assert await store.read(lambda c: list(c.execute(query).scalars())) == [400, 200]


# --- banners ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/admin/inbox", "/admin/failed", "/admin/channels"])
async def test_what_staff_must_know_stands_on_top(site: Site, path: str) -> None:
    await site.set_up()
    assert 'class="alert"' not in await (await site.get(path)).text()
    now = site.clock.now()

    def seed(connection: Connection) -> None:
        states = insert(models.channel_states)
        connection.execute(
            states.values(channel="alpha", account="1", paused_reason="The token is refused.", paused_at=now)
        )
        connection.execute(
            states.values(channel="beta", account="1", unreachable_since=now, unreachable_until=now + LATER)
        )

    await site.database.write(seed)
    object.__setattr__(site.context, "warnings", lambda: ["the disk is nearly full: 4.0 % is free"])
    text = await (await site.get(path)).text()
    assert "Alpha is paused: The token is refused." in text
    assert "Beta does not answer" in text
    assert "The disk is nearly full: 4.0 % is free." in text


async def test_staff_resume_a_paused_channel_with_one_click(site: Site) -> None:
    await site.set_up()
    await site.database.write(
        lambda connection: connection.execute(
            insert(models.channel_states).values(
                channel="beta", account="1", paused_reason="The token is refused.", paused_at=site.clock.now()
            )
        )
    )
    assert 'action="/admin/channels/beta/resume"' in await (await site.get("/admin/channels")).text()
    async with site.bus.subscribe("staff") as frames:
        assert (await site.post("/admin/channels/beta/resume")).status == 303
        assert orjson.loads(await anext(frames))["kind"] == "channel"
    assert await site.bus.wait("outbox", 1)
    assert "paused:" not in await (await site.get("/admin/channels")).text()
    assert await _actions(site.database) == ["channel.resumed"]


async def test_a_silent_platform_is_shown_on_the_page_of_channels(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    await site.database.write(
        lambda connection: connection.execute(
            insert(models.channel_states).values(
                channel="beta", account="1", unreachable_since=now, unreachable_until=now + LATER
            )
        )
    )
    assert "has not answered since" in await (await site.get("/admin/channels")).text()
    site.clock.advance(31)
    assert "does not answer" not in await (await site.get("/admin/channels")).text()


async def test_warnings_are_in_readyz_and_take_no_server_out_of_service(site: Site) -> None:
    object.__setattr__(site.context, "warnings", lambda: ["redis is not reachable"])
    answer = await site.get("/readyz")
    assert answer.status == 200
    assert await answer.json() == {"ready": True, "reasons": [], "warnings": ["redis is not reachable"]}
