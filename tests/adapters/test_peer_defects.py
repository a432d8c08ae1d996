"""Eighteen defects seen in other assistants and inboxes, each as the promise that ours does not have it."""

from __future__ import annotations

import asyncio
import hmac
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from adapters.sandbox.phones import Phone
from assistant import polling
from assistant.channel import Polled
from assistant.errors import BadSignature, StoreUnavailable
from assistant.events import MessageReceived
from assistant.polling import Poller
from assistant.store.accept import Rules, accept
from assistant.store.database import Database
from assistant.store.models import conversations, people, turns
from assistant.types import Address, Alias, Sender, Text
from tests.scripted import ScriptedEngine
from tests.walks.post import Post, PostSettings
from tests.walks.system import echo
from tests.walks.system import running as paper

from .house import House, house, inside, outside
from .payloads import doors, kinds, made, payloads_of, served, signed

PLATFORMS = ["whatsapp", "messenger", "instagram", "telegram"]


@pytest.fixture
async def ours(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as opened:
        yield opened


def composed(ours: House, phone: Phone, text: str) -> Any:
    return ours.sandbox.platform(phone.channel).compose(phone, text)[1]


def told(phone: Phone) -> str:
    """All that the person was answered, as one line."""
    return " / ".join(one.text.removeprefix("You said: ") for one in phone.inbox)


async def heard(ours: House, phone: Phone, answers: int) -> None:
    await ours.until(lambda: len(phone.inbox) == answers)


async def count(ours: House, table: Any) -> int:
    statement = select(func.count()).select_from(table)
    return int(
        await ours.runtime.database.read(lambda connection: connection.execute(statement).scalar_one())
    )


async def test_defect_01_every_message_of_every_change_of_every_entry_is_answered(ours: House) -> None:
    """Others handle `entry[0].changes[0].messages[0]` and drop the rest of a batch."""
    for channel in ("whatsapp", "messenger"):
        phones = [ours.sandbox.phone(channel, f"{channel} {number}") for number in range(8)]
        bodies = [composed(ours, phone, f"question {number}") for number, phone in enumerate(phones)]
        entries = [body["entry"][0] for body in bodies]
        for inner in ("changes", "messaging"):  # four entries of two
            if inner in entries[0]:
                for first, second in zip(entries[::2], entries[1::2], strict=True):
                    first[inner] += second[inner]
        together = {"object": bodies[0]["object"], "entry": entries[::2]}
        assert await ours.post(channel, orjson.dumps(together)) == 200
        for number, phone in enumerate(phones):
            await phone.wait_reply()
            assert told(phone) == f"question {number}"


async def test_defect_01_several_messages_of_one_change_are_all_read(ours: House) -> None:
    ana = ours.sandbox.phone("whatsapp", "Ana")
    one, two = composed(ours, ana, "first"), composed(ours, ana, "second")
    one["entry"][0]["changes"][0]["value"]["messages"] += two["entry"][0]["changes"][0]["value"]["messages"]
    assert await ours.post("whatsapp", orjson.dumps(one)) == 200
    await ana.wait_reply()
    assert told(ana) == "first / second"


async def test_defect_02_nothing_is_acknowledged_before_it_is_on_disk(
    ours: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others answer 200 and keep the message in memory; a crash loses it."""
    ours.model.hold.clear()
    reader = sqlite3.connect(f"file:{tmp_path / 'assistant.db'}?mode=ro", uri=True)
    for number, channel in enumerate(PLATFORMS, 1):
        phone = ours.sandbox.phone(channel, "Ana")
        assert await ours.post(channel, orjson.dumps(composed(ours, phone, f"line {number}"))) == 200
        (stored,) = reader.execute("SELECT count(*) FROM messages WHERE direction = 'in'").fetchone()
        assert stored == number
    reader.close()

    async def away(*args: object, **options: object) -> object:
        raise StoreUnavailable("gone")

    body = orjson.dumps(composed(ours, ours.sandbox.phone("whatsapp", "Ben"), "hello"))
    with monkeypatch.context() as broken:
        broken.setattr(ours.runtime.database, "_run", away)
        assert await ours.post("whatsapp", body) == 503


async def test_defect_03_a_repeated_webhook_is_known_after_a_restart_and_after_a_week(tmp_path: Path) -> None:
    """Others remember what they have seen in memory, or for ten minutes; platforms repeat for seven days."""
    async with outside() as (sandbox, model):
        async with inside(tmp_path, sandbox, model) as before:
            ana = sandbox.phone("whatsapp", "Ana")
            body = orjson.dumps(composed(before, ana, "hello"))
            assert await before.post("whatsapp", body) == 200
            await ana.wait_reply()
            await before.settled(1)
        async with inside(tmp_path, sandbox, model) as after:
            assert await after.post("whatsapp", body) == 200
            events = after.runtime.channels["whatsapp"].parse(
                signed("whatsapp", body)  # only read here, so whose signature it bears does not matter
            )
            rules = Rules(debounce=timedelta(0), debounce_cap=timedelta(0))
            later = datetime.now(UTC) + timedelta(days=8)
            result = await after.runtime.database.write(accept, events, later, rules)
            assert (result.stored, result.duplicates, result.woken) == (0, 1, set())
            await asyncio.sleep(0.2)
            await after.settled(1)
            assert (len(ana.inbox), len(model.requests), len(await after.rows("in"))) == (1, 1, 1)


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_defect_04_ten_deliveries_of_one_webhook_are_one_message(ours: House, channel: str) -> None:
    ana = ours.sandbox.phone(channel, "Ana")
    body = orjson.dumps(composed(ours, ana, "hello"))
    assert set(await asyncio.gather(*(ours.post(channel, body) for _ in range(10)))) == {200}
    await ana.wait_reply()
    await ours.settled(1)
    assert (len(ana.inbox), len(ours.model.requests), len(await ours.rows("in"))) == (1, 1, 1)


async def test_defect_05_what_was_not_committed_is_not_taken_for_seen_and_what_was_is(
    ours: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others keep the memory of duplicates beside the database: cleared too early it doubles, too late it loses."""
    database, original = ours.runtime.database, ours.runtime.database._run
    failures = [True]

    async def fails_at_the_commit(*args: Any, **options: Any) -> Any:
        if len(args) > 2 and args[2] is accept and failures:
            failures.clear()

            def undone(*inner: Any, **more: Any) -> Any:
                accept(*inner, **more)
                raise StoreUnavailable("the machine went away before the commit")

            args = (*args[:2], undone, *args[3:])
        return await original(*args, **options)

    monkeypatch.setattr(database, "_run", fails_at_the_commit)
    ana = ours.sandbox.phone("whatsapp", "Ana")
    body = orjson.dumps(composed(ours, ana, "hello"))
    assert await ours.post("whatsapp", body) == 503
    assert not failures and await ours.rows("in") == []
    other = Database(ours.runtime.settings.resolved_database_url())  # a second server over the same database
    other.open()
    try:
        events = ours.runtime.channels["whatsapp"].parse(signed("whatsapp", body))
        rules = Rules(debounce=timedelta(seconds=0.1), debounce_cap=timedelta(seconds=1))
        at_once = [other.write(accept, events, datetime.now(UTC), rules) for _ in range(10)]
        posts = [ours.post("whatsapp", body) for _ in range(10)]
        results = await asyncio.gather(*at_once, *posts)
    finally:
        await other.close()
    assert set(results[10:]) == {200}
    await ana.wait_reply()
    await ours.settled(1)
    assert (len(ana.inbox), len(ours.model.requests), len(await ours.rows("in"))) == (1, 1, 1)


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_defect_06_quick_messages_of_a_new_person_are_one_conversation(
    ours: House, channel: str
) -> None:
    ana = ours.sandbox.phone(channel, "Ana")
    bodies = [orjson.dumps(composed(ours, ana, f"photo {number}")) for number in range(6)]
    assert set(await asyncio.gather(*(ours.post(channel, body) for body in bodies))) == {200}
    await ana.wait_reply()
    await ours.settled(6)
    assert (await count(ours, conversations), await count(ours, people)) == (1, 1)
    assert sorted(told(ana).split(" / ")) == [f"photo {number}" for number in range(6)]


async def test_defect_07_no_message_is_dropped_because_the_assistant_is_busy(ours: House) -> None:
    ana = ours.sandbox.phone("whatsapp", "Ana")
    ours.model.hold.clear()
    await ana.say("line 0")
    await asyncio.wait_for(ours.model.started.wait(), 40)
    for number in range(1, 6):
        await ana.say(f"line {number}")
        await asyncio.sleep(0.05)
    ours.model.hold.set()
    await ana.wait_reply()
    await ours.settled(6)
    assert told(ana).split(" / ") == [f"line {number}" for number in range(6)]
    assert set(await ours.outcomes()) <= {"answered", "coalesced"}


async def test_defect_08_the_same_words_again_are_a_message_again(ours: House) -> None:
    """Others take a text that equals a recent one, even our own reply, for an echo."""
    ana = ours.sandbox.phone("messenger", "Ana")
    for number, words in enumerate(("yes", "yes", "You said: yes"), 1):
        await ana.say(words)
        await heard(ours, ana, number)
    assert [one.text for one in ana.inbox] == [
        "You said: yes",
        "You said: yes",
        "You said: You said: yes",
    ]


async def test_defect_09_a_status_never_goes_backwards(ours: House) -> None:
    ours.sandbox.whatsapp.faults.drop_statuses = True
    ana = ours.sandbox.phone("whatsapp", "Ana")
    await ana.say("hello")
    reply = await ana.wait_reply()
    await ours.settled(1)

    async def report(status: str) -> str:
        reply.statuses[status] = datetime.now(UTC)
        payload = ours.sandbox.whatsapp.receipt(ana, reply, status, None)
        assert await ours.post("whatsapp", orjson.dumps(payload)) == 200
        return str((await ours.rows("out"))[0].status)

    assert [await report(status) for status in ("read", "delivered", "sent", "read", "delivered")] == [
        "read"
    ] * 5


async def test_defect_10_a_failed_delivery_is_seen(ours: House) -> None:
    """Others log it at debug level: what failed looks sent."""
    ours.sandbox.whatsapp.faults.drop_statuses = True
    ana = ours.sandbox.phone("whatsapp", "Ana")
    await ana.say("hello")
    reply = await ana.wait_reply()
    await ours.settled(1)
    reply.statuses["failed"] = datetime.now(UTC)
    payload = ours.sandbox.whatsapp.receipt(ana, reply, "failed", None)
    status = payload["entry"][0]["changes"][0]["value"]["statuses"][0]
    status["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
    assert await ours.post("whatsapp", orjson.dumps(payload)) == 200
    (row,) = await ours.rows("out")
    assert (row.status, row.error_code) == ("failed", "131026")


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_defect_10_a_refused_send_is_seen(ours: House, channel: str) -> None:
    ana = ours.sandbox.phone(channel, "Ana")
    ana.blocked = True
    await ana.say("hello")
    await ours.settled(1)
    (part,), (row,) = await ours.parts(), await ours.rows("out")
    assert (part.state, part.error, row.status, ana.inbox) == ("failed", "recipient_gone", "failed", [])


async def test_defect_11_a_person_without_a_phone_number_is_answered_and_stays_one_person(
    ours: House,
) -> None:
    bea = ours.sandbox.phone("whatsapp", "Bea", username="bea")
    await bea.say("hello")
    assert (await bea.wait_reply()).text == "You said: hello"
    await bea.say("again")
    await ours.until(lambda: len(bea.inbox) == 2)
    await ours.settled(2)
    assert (await count(ours, conversations), await count(ours, people)) == (1, 1)


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
async def test_defect_12_an_answer_whose_fate_is_unknown_is_settled_and_not_repeated(
    tmp_path: Path, channel: str
) -> None:
    async with house(tmp_path, settle_seconds=20) as ours:
        ours.sandbox.platform(channel).faults.lose_answers = 1
        ana = ours.sandbox.phone(channel, "Ana")
        await ana.say("hello")
        await ana.wait_reply()
        await ours.settled(1, timeout=15)
        await asyncio.sleep(0.2)
        (part,) = await ours.parts()
        assert (part.state, part.attempt, part.duplicate_possible, len(ana.inbox)) == ("sent", 1, False, 1)


@pytest.mark.parametrize("channel", ["instagram", "telegram"])
async def test_defect_12_where_nothing_tells_us_the_possible_repeat_is_marked(
    ours: House, channel: str
) -> None:
    ours.sandbox.platform(channel).faults.lose_answers = 1
    ana = ours.sandbox.phone(channel, "Ana")
    await ana.say("hello")
    await ours.settled(1)
    (part,) = await ours.parts()
    assert part.state == "sent"
    assert part.duplicate_possible == (len(ana.inbox) > 1)


async def test_defect_12_what_telegram_took_without_an_answer_is_found_there(ours: House) -> None:
    ben = ours.sandbox.phone("telegram", "Ben")
    await ben.say("hello")
    await ben.wait_reply()
    ours.sandbox.telegram.faults.lose_answers = 1
    ana = ours.sandbox.phone("telegram", "Ana")
    await ana.say("hello")
    await ben.say("and another thing")
    await ours.settled(3)
    parts = await ours.parts()
    assert [(part.state, part.attempt, part.duplicate_possible) for part in parts] == [("sent", 1, False)] * 3
    assert (len(ana.inbox), len(ben.inbox)) == (1, 2)


async def test_defect_13_many_at_once_each_hear_their_own_answer(ours: House) -> None:
    phones = [ours.sandbox.phone(PLATFORMS[number % 3], f"P{number}") for number in range(30)]
    ours.model.hold.clear()
    await asyncio.gather(*(phone.say(f"my number is {number}") for number, phone in enumerate(phones)))
    await ours.until(lambda: len(ours.model.requests) >= 30)
    ours.model.hold.set()
    await ours.settled(30)
    assert [told(phone) for phone in phones] == [f"my number is {number}" for number in range(30)]


async def test_defect_14_an_old_message_is_answered_once_and_never_again(ours: House) -> None:
    ana, ben = ours.sandbox.phone("whatsapp", "Ana"), ours.sandbox.phone("whatsapp", "Ben")
    answered, old = composed(ours, ana, "hello"), composed(ours, ben, "from the day before yesterday")
    message = old["entry"][0]["changes"][0]["value"]["messages"][0]
    message["timestamp"] = str(int(message["timestamp"]) - 2 * 86_400)
    assert await ours.post("whatsapp", orjson.dumps(answered)) == 200
    await ana.wait_reply()
    for _ in range(40):
        assert await ours.post("whatsapp", orjson.dumps(answered)) == 200
        assert await ours.post("whatsapp", orjson.dumps(old)) == 200
    await asyncio.sleep(0.2)
    rows = await ours.settled(2)
    assert [(row.outcome, row.outcome_reason) for row in rows] == [
        ("answered", None),
        ("ignored", "older than a day when it arrived"),
    ]
    assert (len(ours.model.requests), len(ana.inbox), len(ben.inbox)) == (1, 1, 0)
    assert await count(ours, turns) == 1


class Deaf(Post):
    """A platform that is asked for messages: the first question is never answered."""

    asked = 0

    def polling(self) -> bool:
        return True

    async def poll(self, cursor: str | None) -> Polled:
        self.asked += 1
        if self.asked == 1:
            await asyncio.Event().wait()
        if self.asked == 2:
            address = Address(channel="post", account="office", peer="ana")
            letter = MessageReceived(
                address=address,
                sender=Sender(external_id="ana", aliases=(Alias(kind="id", value="ana"),)),
                external_id="u1",
                sent_at=datetime.now(UTC),
                parts=(Text(text="can you hear me?"),),
            )
            return Polled(events=[letter], cursor="1")
        await asyncio.sleep(0.02)
        return Polled(events=[], cursor=cursor)


async def test_defect_15_polling_whose_answer_never_comes_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others stay "alive but deaf": the loop waits for ever for an answer that was lost."""
    monkeypatch.setattr(polling, "LONGEST_POLL", 0.1)
    async with paper(tmp_path, ScriptedEngine(script=echo)) as system:
        box = Deaf(PostSettings(), None)  # type: ignore[arg-type]
        asking = Poller("one", {"post": box}, system.acceptor, system.database, system.clock)
        asking.start()
        await system.until(lambda: system.post.texts() == ["You said: can you hear me?"])
        await asking.close()


async def test_defect_16_an_unsigned_webhook_is_refused_and_nothing_is_said_about_why(
    ours: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Others skip the check without a secret, or answer with the signature they had expected."""
    for channel in PLATFORMS:
        platform = ours.sandbox.platform(channel)
        body = orjson.dumps(composed(ours, ours.sandbox.phone(channel, "Mallory"), "let me in"))
        (right,) = (value for name, value in platform.headers(body).items() if name.lower().startswith("x-"))
        platform.faults.bad_signature = True
        assert await ours.post(channel, body) == 403  # and an empty body: House.post looks
        platform.faults.bad_signature = False
        assert await ours.post(channel, body, headers={}) == 403
        assert right not in caplog.text
    assert await ours.rows() == []


@pytest.mark.parametrize("name", sorted(kinds()))
def test_defect_16_no_secret_means_nobody_and_proofs_are_compared_in_constant_time(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel, door = made(name), doors(name)[0]
    bare = kinds()[name](kinds()[name].Settings(), channel.services)  # type: ignore[attr-defined]
    request = kinds()[name].example().request
    with pytest.raises(BadSignature):
        bare.authenticate(request)
    compared: list[tuple[Any, Any]] = []
    original = hmac.compare_digest

    def watched(a: Any, b: Any) -> bool:
        compared.append((a, b))
        return original(a, b)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    made(door).authenticate(signed(door, orjson.dumps(payloads_of(name)[0].body)))
    assert compared
    assert all(
        isinstance(a, bytes) and isinstance(b, bytes) for a, b in compared
    )  # str raises on odd letters


async def test_defect_17_an_echo_that_overtakes_the_answer_to_our_send_is_ours(ours: House) -> None:
    """Others show the reply twice, or take it for a colleague's and fall silent."""
    ours.sandbox.messenger.faults.hang_seconds = 0.2
    ana = ours.sandbox.phone("messenger", "Ana")
    await ana.say("hello")
    await ana.wait_reply()
    await ours.settled(1)
    assert len(await ours.rows("out")) == 1
    await ana.say("and now?")
    await heard(ours, ana, 2)
    await ours.settled(2)
    assert [row.author for row in await ours.rows()] == ["person", "assistant"] * 2
    assert told(ana) == "hello / and now?"


async def test_defect_18_a_burst_is_one_question_and_the_next_one_knows_it(tmp_path: Path) -> None:
    async with house(tmp_path, debounce_seconds=0.7, debounce_cap_seconds=10) as ours:
        ana = ours.sandbox.phone("telegram", "Ana")
        for words in ("hi", "my name is Ana", "what do you sell?"):
            await ana.say(words)
        await ana.wait_reply()
        await ours.settled(3)
        assert told(ana) == "hi / my name is Ana / what do you sell?"
        await ana.say("and who am I?")
        await heard(ours, ana, 2)
        seen = " ".join(str(message["content"]) for message in ours.model.requests[-1])
        assert "my name is Ana" in seen and "and who am I?" in seen and len(ours.model.requests) == 2


def test_every_channel_that_is_served_is_held_to_these_promises() -> None:
    """Those with a stand-in run above; the others by their payloads in test_every_payload.py."""
    assert set(PLATFORMS) <= set(served())
