"""What holds sends up and lets them go: pace of chats and accounts, silent platforms, paused accounts, closed windows."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from assistant import metrics
from assistant.breaker import IN_A_ROW, PROBE_SECONDS
from assistant.deliver import GIVE_UP_AFTER, HOLD, LEAST_TRIES, LONGEST_SEND, PAUSE
from assistant.errors import Misconfigured, Rejected, SendError, Throttled, Unavailable, Uncertain
from assistant.store import accounts, outbox
from assistant.types import Outbound, Rate, Receipt, Template

from .desk import Desk, open_desk

SECOND = timedelta(seconds=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as opened:
        yield opened


def _peers(desk: Desk) -> list[str]:
    return [one.address.peer for one in desk.post.sent]


# --- pace ------------------------------------------------------------------------------------------------


async def test_an_account_sends_no_more_than_its_rate_and_everything_in_order(desk: Desk) -> None:
    desk.pace(account=Rate(count=10, per=SECOND, burst=5))
    for number in range(60):
        await desk.write(f"p{number}", "hello")
    await desk.run(2.0)
    assert 20 <= len(desk.post.sent) <= 26
    await desk.run(5.0)
    assert _peers(desk) == [f"p{number}" for number in range(60)]


async def test_a_refusal_of_the_account_costs_the_chat_nothing(desk: Desk) -> None:
    desk.pace(
        chat=Rate(count=1, per=timedelta(minutes=1), burst=1), account=Rate(count=1, per=SECOND, burst=1)
    )
    await desk.write("ana", "hello")
    await desk.write("ben", "hello")
    await desk.run(0.5)
    assert _peers(desk) == ["ana"]
    await desk.run(1.0)
    assert _peers(desk) == ["ana", "ben"], "ben's chat still had its token"


async def test_a_refusal_of_a_chat_costs_the_account_nothing(desk: Desk) -> None:
    desk.pace(
        chat=Rate(count=1, per=timedelta(minutes=1), burst=1), account=Rate(count=2, per=SECOND, burst=2)
    )
    for name in ("ana", "ben", "cleo", "dan"):
        await desk.write(name, "one", "two")
    await desk.run(1.2)
    assert sorted(_peers(desk)) == ["ana", "ben", "cleo", "dan"]


async def test_a_put_off_part_has_not_been_tried(desk: Desk) -> None:
    desk.pace(chat=Rate(count=1, per=SECOND, burst=1))
    await desk.write("ana", *(str(number) for number in range(6)))
    await desk.run(10.0)
    assert [part.attempt for part in await desk.parts()] == [1] * 6
    assert desk.post.texts("ana") == [str(number) for number in range(6)]


async def test_a_thousand_parts_that_wait_for_their_account_cost_few_transactions(desk: Desk) -> None:
    desk.pace(account=Rate(count=10, per=SECOND, burst=5))
    for number in range(50):
        await desk.write(f"p{number}", *(str(part) for part in range(20)))
    await desk.run(1.0)
    before, sent = desk.transactions, len(desk.post.sent)
    await desk.run(5.0)
    done = len(desk.post.sent) - sent
    assert 40 <= done <= 60
    waiting = desk.transactions - before - done
    assert waiting < 20 * 5, f"{waiting} transactions in 5 s beside the {done} sends"


async def test_many_chats_that_wait_for_themselves_cost_few_transactions(desk: Desk) -> None:
    desk.pace(chat=Rate(count=1, per=timedelta(seconds=5), burst=1))
    for number in range(120):
        await desk.write(f"p{number}", "one", "two")
    await desk.run(1.0)
    assert len(desk.post.sent) == 120
    before = desk.transactions
    await desk.run(3.0)
    assert desk.transactions - before <= 3 * 2 * 4, "put off in batches, and then left alone"
    await desk.run(3.0)
    assert len(desk.post.sent) == 240


async def test_a_chat_with_many_parts_does_not_hold_up_the_others(desk: Desk) -> None:
    desk.pace(account=Rate(count=1, per=SECOND, burst=1))
    await desk.write("talker", *(str(number) for number in range(500)))
    for number in range(9):
        desk.clock.advance(0.01)
        await desk.write(f"p{number}", "hello")
    await desk.run(20.0)
    first = _peers(desk)[:20]
    assert set(first) == {"talker", *(f"p{number}" for number in range(9))}
    assert first.index("p8") <= 10, "each conversation has its turn before the talker's second"


async def test_an_account_that_hangs_leaves_room_for_the_others(desk: Desk) -> None:
    import asyncio

    hanging = asyncio.Event()
    desk.post.trouble = lambda outbound: None
    send = desk.post.send

    async def slow(outbound: Outbound) -> object:
        if outbound.address.account == "office":
            await hanging.wait()
        return await send(outbound)

    desk.post.send = slow  # type: ignore[method-assign, assignment]
    for number in range(40):
        await desk.write(f"p{number}", "hello")
    started = [await desk.deliverer.once() for _ in range(6)]
    await asyncio.sleep(0)
    assert sum(started) == 32, "so many of one account are under way"
    assert ("post", "office") in desk.deliverer._shut()
    hanging.set()
    await desk.deliverer.drain(5)
    await desk.run(1.0)
    assert len(desk.post.sent) == 40


async def test_a_deliverer_that_closes_leaves_nothing_taken_and_unsent(desk: Desk) -> None:
    for number in range(20):
        await desk.write(f"p{number}", "hello")
    looking = asyncio.create_task(desk.deliverer.once())
    await asyncio.sleep(0)
    await desk.deliverer.close(5)
    assert await looking == 20 and await desk.deliverer.once() == 0
    assert await desk.states() == ["sent"] * 20


# --- a platform that does not answer ---------------------------------------------------------------------


async def test_a_silent_platform_is_asked_once_in_fifteen_seconds_and_nothing_is_lost(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    desk.post.trouble = lambda outbound: Unavailable()
    for number in range(34):
        await desk.write(f"p{number}", "one", "two")
    await desk.look()
    asked = len(desk.post.attempts)
    assert asked == 32, "those under way when it became silent"
    await desk.run(60.0)
    assert len(desk.post.attempts) - asked <= 60 / PROBE_SECONDS
    said = [record.getMessage() for record in caplog.records if "does not answer" in record.getMessage()]
    assert len(said) == 1, "once per change"
    assert metrics.breaker_open.labels("post")._value.get() == 1
    [row] = await desk.database.read(accounts.held_up, desk.clock.now())
    assert row.silent_since is not None and row.paused_reason is None
    desk.post.trouble = lambda outbound: None
    await desk.run(120.0)
    assert await desk.states() == ["sent"] * 68
    for number in range(34):
        assert desk.post.texts(f"p{number}") == ["one", "two"]
    assert metrics.breaker_open.labels("post")._value.get() == 0
    assert await desk.database.read(accounts.held_up, desk.clock.now()) == []


async def test_a_platform_that_says_no_is_not_silent(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Rejected()
    for number in range(24):
        await desk.write(f"p{number}", "hello")
    await desk.run(5.0)
    assert await desk.states() == ["failed"] * 24


async def test_our_own_mistakes_are_not_the_platforms_silence(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: ZeroDivisionError()
    for number in range(IN_A_ROW * 2):
        await desk.write(f"p{number}", "hello")
    await desk.look()
    desk.post.trouble = lambda outbound: None
    await desk.run(5.0)
    assert await desk.states() == ["sent"] * IN_A_ROW * 2


# --- a paused account ------------------------------------------------------------------------------------


async def test_a_refused_token_pauses_the_account_and_one_part_tries_it_again(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Misconfigured()
    await desk.write("p0", "hello")
    async with desk.bus.subscribe("staff") as frames:
        await desk.look()
        kinds = {orjson.loads(await anext(frames))["kind"] for _ in range(2)}
    assert kinds == {"channel", "status"}, "staff pages look again at once"
    for number in range(1, 20):
        await desk.write(f"p{number}", "hello")
    [row] = await desk.database.read(accounts.held_up, desk.clock.now())
    assert row.paused_reason == Misconfigured.staff
    await desk.run(PAUSE.total_seconds() - 1)
    assert len(desk.post.attempts) == 1
    await desk.run(PAUSE.total_seconds() + 2)
    assert len(desk.post.attempts) == 3, "one part for each time the pause ran out"
    desk.post.trouble = lambda outbound: None
    await desk.run(PAUSE.total_seconds() + 60)
    assert await desk.states() == ["sent"] * 20
    assert await desk.database.read(accounts.held_up, desk.clock.now()) == []


async def test_of_several_processes_one_tries_a_paused_account(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Misconfigured()
    for number in range(20):
        await desk.write(f"p{number}", "hello")
    await desk.look()
    tried = len(desk.post.attempts)
    desk.clock.advance(PAUSE.total_seconds() + 1)
    for deliverer in (desk.another(), desk.another(), desk.another()):
        await desk.look(deliverer)
    assert len(desk.post.attempts) == tried + 1


async def test_a_trial_whose_process_died_is_followed_by_another(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Misconfigured()
    await desk.write("ana", "hello")
    await desk.write("ben", "hello")
    await desk.look()
    desk.clock.advance(PAUSE.total_seconds() + 1)
    [lost] = await desk.database.write(outbox.take, desk.clock.now(), HOLD, 10)
    assert lost.trial
    assert await desk.database.write(outbox.take, desk.clock.now(), HOLD, 10) == []
    desk.post.trouble = lambda outbound: None
    await desk.run(HOLD.total_seconds() * 2 + 30)
    assert await desk.states() == ["sent", "sent"]


async def test_the_sends_of_a_worker_that_died_are_unclear_after_its_lease(desk: Desk) -> None:
    short = desk.another(lease_seconds=6)
    await desk.write("ana", "hello")
    await desk.database.write(
        outbox.take, desk.clock.now(), timedelta(seconds=6), 10
    )  # and nobody vouches for it
    desk.clock.advance(6.1)
    await short.once()
    assert await desk.states() == ["unknown"]


def hanging(desk: Desk) -> asyncio.Event:
    """The platform takes everything, but answers nothing before the event is set."""
    held, send = asyncio.Event(), desk.post.send

    async def slowly(outbound: Outbound) -> Receipt:
        await held.wait()
        return await send(outbound)

    desk.post.send = slowly  # type: ignore[method-assign]
    return held


async def test_a_worker_vouches_for_a_slow_send_but_not_for_ever(desk: Desk) -> None:
    slow, other = desk.another(lease_seconds=6), desk.another(lease_seconds=6)
    held = hanging(desk)
    await desk.write("ana", "hello")
    assert await slow.once() == 1
    while desk.clock.monotonic() < LONGEST_SEND.total_seconds():
        desk.clock.advance(1)
        await slow.renew()
        await other.once()
        assert await desk.states() == ["sending"]
    desk.clock.advance(6.1)
    await slow.renew()
    await other.once()
    assert await desk.states() == ["unknown"]
    held.set()
    await slow.drain(10)
    assert await desk.states() == ["sent"] and len(desk.post.sent) == 1


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(hours=-1)])
async def test_a_clock_that_is_set_while_a_part_is_being_sent_sends_it_once(
    desk: Desk, by: timedelta
) -> None:
    held = hanging(desk)
    await desk.write("ana", "hello")
    assert await desk.deliverer.once() == 1
    desk.clock.set(by)
    for _ in range(3):
        await desk.deliverer.once()
        desk.clock.advance(HOLD.total_seconds() / 2)
        await desk.deliverer.renew()
        assert await desk.states() == ["sending"]
    held.set()
    await desk.deliverer.drain(10)
    assert await desk.states() == ["sent"] and len(desk.post.sent) == 1


async def test_nothing_fails_because_of_a_long_pause(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Misconfigured()
    for number in range(4):
        await desk.write(f"p{number}", "hello", window_until=desk.clock.now() + timedelta(days=7))
    for _ in range(20):
        await desk.look()
        desk.clock.advance(3 * 3600)
    assert await desk.states() == ["pending"] * 4
    desk.post.trouble = lambda outbound: Unavailable()
    await desk.look()
    assert await desk.states() == ["pending"] * 4, "each has its tries all the same"
    desk.post.trouble = lambda outbound: None
    await desk.run(600)
    assert await desk.states() == ["sent"] * 4


async def test_what_could_not_be_sent_for_a_day_fails_visibly_with_the_reason(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Unavailable(vendor_code="503")
    await desk.write("ana", "hello", window_until=desk.clock.now() + timedelta(days=7))
    await desk.run(300.0)
    desk.clock.advance(GIVE_UP_AFTER.total_seconds())
    await desk.run(60.0)
    [part] = await desk.parts()
    assert (part.state, part.error, part.error_code) == ("failed", "unavailable", "503")
    assert part.attempt >= LEAST_TRIES


async def test_a_flood_wait_for_the_whole_account_ends_by_itself_with_one_message(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Throttled(retry_after=20, account_wide=True)
    for number in range(5):
        await desk.write(f"p{number}", "hello")
    await desk.look()
    tried = Counter(desk.post.attempts)
    desk.post.trouble = lambda outbound: None
    await desk.run(19.0)
    assert Counter(desk.post.attempts) == tried
    await desk.run(5.0)
    assert await desk.states() == ["sent"] * 5


# --- the reply window ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "state"),
    [(timedelta(microseconds=-1), "sent"), (timedelta(0), "failed"), (timedelta(microseconds=1), "failed")],
)
async def test_the_reply_window_closes_at_its_very_instant(desk: Desk, after: timedelta, state: str) -> None:
    closes = desk.clock.now() + timedelta(hours=1)
    await desk.write("ana", "hello", window_until=closes)
    desk.clock.advance((timedelta(hours=1) + after).total_seconds())
    await desk.look()
    [part] = await desk.parts()
    assert (part.state, part.error) == (state, None if state == "sent" else "window_closed")


async def test_a_template_that_a_busy_platform_refused_is_tried_again_after_the_window(desk: Desk) -> None:
    desk.post.caps = replace(desk.post.caps, templates=True)  # type: ignore[misc]
    troubles: list[SendError] = [Unavailable("busy"), Uncertain("cut off")]
    desk.post.trouble = lambda outbound: troubles.pop(0) if troubles else None
    template = Template(name="ready", language="en", text="It is ready.")
    await desk.write("ana", template, window_until=desk.clock.now() - timedelta(hours=1))
    await desk.look()
    assert await desk.states() == ["pending"]
    await desk.run(60)
    assert await desk.states() == ["sent"] and len(desk.post.attempts) == 3


async def test_whether_a_part_arrived_is_awaited_even_where_the_window_closes_meanwhile(desk: Desk) -> None:
    desk.post.trouble = lambda outbound: Uncertain("cut off")
    await desk.write("ana", "hello", window_until=desk.clock.now() + timedelta(seconds=0.1))
    await desk.look()
    assert await desk.states() == ["unknown"]
    await desk.run(60)
    [part] = await desk.parts()
    assert (part.state, part.error, len(desk.post.attempts)) == ("failed", "window_closed", 1)
