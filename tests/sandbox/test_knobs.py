"""Every fault can be turned, does what its sentence says, is the same again by its seed, and goes back to rest."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.sandbox import Kind, Phone, Sandbox
from adapters.sandbox.knobs import KNOBS, KnobKind, active, turn
from assistant.clock import MovableClock

from .listener import Listener, answer, spoken


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    return sandbox.phone("whatsapp", "Ana")


async def texts(listener: Listener, count: int) -> list[str]:
    return [text for received in await listener.until(count) for _, _, text in spoken(received)]


@pytest.mark.parametrize("name", KNOBS)
def test_every_knob_turns_tells_and_rests(name: str, sandbox: Sandbox) -> None:
    knob, told = KNOBS[name], []
    sandbox.subscribe(told.append)
    assert knob.sentence.endswith(".") and active(sandbox.telegram) == {}
    sandbox.turn("telegram", name, 1)
    sandbox.turn("telegram", name, 1)
    assert active(sandbox.telegram) == {name: 1}
    assert [(one.kind, one.text, one.status) for one in told] == [(Kind.FAULT, name, "1")], "told once"
    for wrong in (-1, knob.most + 1):
        with pytest.raises(ValueError, match=name):
            sandbox.turn("telegram", name, wrong)
    if knob.kind is not KnobKind.SECONDS:
        with pytest.raises(ValueError, match=name):
            turn(sandbox.telegram, name, 0.5)
    sandbox.rest()
    assert active(sandbox.telegram) == {}


def test_an_unknown_knob_is_named_with_those_there_are(sandbox: Sandbox) -> None:
    with pytest.raises(LookupError, match=r"no fault colour; there are duplicates, "):
        sandbox.turn("whatsapp", "colour", 1)


async def test_what_is_held_comes_in_another_order_the_same_by_the_same_seed(
    sandbox: Sandbox, listener: Listener
) -> None:
    orders = []
    for _ in range(2):
        listener.received.clear()
        sandbox.seed(7)
        sandbox.turn("whatsapp", "out_of_order", 5)
        phone = sandbox.platform("whatsapp").add_phone("Ana")
        for number in range(5):
            await phone.say(f"number {number}")
        orders.append(await texts(listener, 5))
    said = [f"number {number}" for number in range(5)]
    assert sorted(orders[0]) == said and orders[0] != said and orders[1] == orders[0]
    assert active(sandbox.whatsapp) == {}, "the knob went back by itself"
    await phone.say("and now")
    assert (await texts(listener, 6))[-1] == "and now"


async def test_messages_of_one_chat_are_shuffled_on_telegram_too(
    sandbox: Sandbox, listener: Listener
) -> None:
    sandbox.turn("telegram", "out_of_order", 4)
    phone = sandbox.phone("telegram", "Bob")
    said = [str(number) for number in range(4)]
    for text in said:
        await phone.say(text)
    came = await texts(listener, 4)
    assert sorted(came) == said and came != said


async def test_what_is_held_goes_out_when_the_knob_goes_back(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    sandbox.turn("whatsapp", "out_of_order", 5)
    await ana.say("only one")
    assert listener.received == []
    sandbox.rest("whatsapp")
    assert await texts(listener, 1) == ["only one"]


async def test_an_old_webhook_comes_again_byte_for_byte_or_as_old_as_asked(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    said = await ana.say("once")
    delivery = sandbox.whatsapp.delivery(said)
    assert delivery is not None
    assert await sandbox.whatsapp.replay(delivery, times=2) == [200, 200]
    first, second, third = listener.received
    assert first.body == second.body == third.body
    await sandbox.whatsapp.replay(delivery, hours_old=7)
    older = listener.received[-1].json["entry"][0]["changes"][0]["value"]["messages"][0]
    newer = first.json["entry"][0]["changes"][0]["value"]["messages"][0]
    assert int(newer["timestamp"]) - int(older["timestamp"]) == 7 * 3600 and older["id"] == said
    assert [one.signature for one in sandbox.wire.find(external_id=said)] == ["valid"] * 4


@pytest.mark.parametrize("channel", ["messenger", "telegram"])
async def test_an_old_webhook_of_other_platforms_is_older_too(
    channel: str, sandbox: Sandbox, listener: Listener
) -> None:
    said = await sandbox.phone(channel, "Ana").say("once")
    delivery = sandbox.platform(channel).delivery(said)
    assert delivery is not None
    await sandbox.platform(channel).replay(delivery, hours_old=1)
    newer, older = (received.json for received in listener.received)
    if channel == "telegram":
        assert newer["message"]["date"] - older["message"]["date"] == 3600
    else:
        times = [one["entry"][0]["messaging"][0]["timestamp"] for one in (newer, older)]
        assert times[0] - times[1] == 3_600_000


async def test_a_burst_is_so_many_people_each_with_words_of_their_own(
    sandbox: Sandbox, listener: Listener
) -> None:
    phones = await sandbox.burst("whatsapp", 60, ["I am {number}", "number {number} here"])
    found = [one for received in listener.received for one in spoken(received)]
    assert len({who for who, _, _ in found}) == len({phone.id for phone in phones}) == 60
    assert {text for _, _, text in found} == {
        f"I am {number}" if number % 2 else f"number {number} here" for number in range(1, 61)
    }
    for count in (0, 201):
        with pytest.raises(ValueError, match="1 to 200"):
            await sandbox.burst("whatsapp", count)


async def test_an_offline_phone_shows_nothing_until_it_is_back(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    said = await ana.say("Hello")
    ana.offline = True
    await answer(sandbox, listener.session, "whatsapp", ana.id, said, "Good day")
    heard = await ana.wait_reply()
    await ana.wait_status(heard, "sent")
    await asyncio.sleep(0.1)
    assert heard.waiting and list(heard.statuses) == ["sent"]
    ana.offline = False
    assert not heard.waiting
    await ana.wait_status(heard, "read")
    assert list(heard.statuses) == ["sent", "delivered", "read"]
    states = [one.status for one in sandbox.stream.history if one.kind is Kind.STATE]
    assert states == ["offline", "online"]


async def test_a_window_closes_by_itself_and_a_word_opens_it_again(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    assert isinstance(sandbox.clock, MovableClock)
    await ana.say("Hello")
    bob = sandbox.phone("telegram", "Bob")
    await bob.say("Hello")
    await sandbox.travel(timedelta(hours=23))
    assert not ana.window_closed
    await sandbox.travel(timedelta(hours=2))
    assert ana.window_closed and not bob.window_closed, "Telegram has no window"
    await ana.say("me again")
    assert not ana.window_closed
    moved = [one.text for one in sandbox.stream.history if one.kind is Kind.TIME]
    assert moved == ["+23h", "+2h"]


async def test_time_never_goes_back(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="forward only"):
        await sandbox.travel(timedelta(hours=-1))


async def test_the_newest_phone_of_a_name_is_meant(sandbox: Sandbox) -> None:
    first = sandbox.phone("whatsapp", "Ana")
    second = sandbox.platform("whatsapp").add_phone("Ana")
    assert first is not second and sandbox.phone("whatsapp", "Ana") is second
