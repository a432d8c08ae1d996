"""What a bot sent without an answer is found again by its number, against the stand-in of the Bot API over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters._telegram_find import BEYOND, MOST, MOST_IN_GROUPS, free_numbers
from adapters._telegram_place import Spot
from adapters.sandbox import Phone, Sandbox
from assistant import errors
from assistant.channel import Nearby
from assistant.events import MessageReceived
from assistant.types import Address, Ask, Choice, Outbound, Part, Place, Span, Text

from .test_telegram_sandbox import Bot, bot, bus, judged, met, sandbox

__all__ = ["bot", "bus", "judged", "sandbox"]

SINCE = datetime(2026, 11, 30, tzinfo=UTC)
YES_NO = (Choice(id="yes", title="Yes"), Choice(id="no", title="No"))
PARTS: dict[str, Part] = {
    "words": Text(text="the answer"),
    "styled": Text(text="see https://example.org", spans=(Span(kind="bold", offset=0, length=3),)),
    "question": Ask(text="Sure?", choices=YES_NO),
    "place": Place(latitude=38.7, longitude=-9.1),
}


@dataclass
class Talk:
    """A person's chat with the bot, and what our store knows of everybody's."""

    bot: Bot
    phone: Phone
    address: Address
    known: set[str] = field(default_factory=set)

    @property
    def nearby(self) -> Nearby:
        heard = [one for one in self.bot.events if isinstance(one, MessageReceived)]
        mine = [one.external_id for one in heard if one.address == self.address]
        known = {one.external_id for one in heard} | self.known
        return Nearby(since=SINCE, before=frozenset(mine[:1]), known=frozenset(known))

    async def lose(self, part: Part, *, delivered: bool = True) -> None:
        """Send something that is never answered."""
        faults = self.bot.sandbox.telegram.faults
        if delivered:
            faults.lose_answers = 1
        else:
            faults.fail_next(502)
        with pytest.raises(errors.SendError):
            await self.bot.send(self.address, part)

    async def find(self, part: Part) -> str | None:
        wanted = Outbound(address=self.address, part=part, idempotency_key="k")
        return await self.bot.channel.find(wanted, self.nearby)


@pytest.fixture
async def ana(bot: Bot, sandbox: Sandbox) -> Talk:
    phone = sandbox.phone("telegram", "Ana")
    return Talk(bot, phone, await met(bot, phone))


@pytest.mark.parametrize("name", PARTS)
async def test_what_arrived_is_found_and_stays_as_it_is(ana: Talk, name: str) -> None:
    part = PARTS[name]
    await ana.lose(part)
    [heard] = ana.phone.inbox
    before = heard.piece
    assert await ana.find(part) == f"{ana.phone.id}:{heard.external_id}"
    assert ana.phone.inbox == [heard] and heard.piece == before and heard.edited_at is None


async def test_what_never_arrived_is_not_found(ana: Talk) -> None:
    await ana.lose(PARTS["words"], delivered=False)
    assert await ana.find(PARTS["words"]) is None
    assert ana.phone.inbox == []


async def test_it_is_found_between_the_messages_of_everybody_else(ana: Talk, sandbox: Sandbox) -> None:
    others = [sandbox.phone("telegram", f"Ben {number}") for number in range(3)]
    for other in others:
        address = await met(ana.bot, other)
        ana.known.add(await ana.bot.send(address, Text(text="hello")))
    await ana.lose(PARTS["words"])
    for other in others:
        await other.say("and then")
    [heard] = ana.phone.inbox
    assert await ana.find(PARTS["words"]) == f"{ana.phone.id}:{heard.external_id}"
    asked = [call for call in sandbox.telegram.calls if "editmessage" in call.path.lower()]
    assert len(asked) == 1, "the others' numbers are known"


async def test_where_something_else_is_unclear_nothing_is_asked(ana: Talk) -> None:
    await ana.lose(PARTS["words"])
    wanted = Outbound(address=ana.address, part=PARTS["words"], idempotency_key="k")
    assert await ana.bot.channel.find(wanted, Nearby(since=SINCE, known=ana.nearby.known)) is None


async def test_a_platform_that_does_not_answer_has_not_said_no(ana: Talk) -> None:
    await ana.lose(PARTS["words"])
    ana.bot.sandbox.telegram.faults.fail_next(502, call="editMessageText")
    with pytest.raises(errors.SendError):
        await ana.find(PARTS["words"])
    assert await ana.find(PARTS["words"]) is not None


async def test_who_has_to_ask_again_begins_where_it_ended(
    ana: Talk, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):  # what these were sent is not known here
        await ana.bot.send(await met(ana.bot, sandbox.phone("telegram", f"Ben {number}")), Text(text="hello"))
    await ana.lose(PARTS["words"])
    asked: list[int] = []
    change = ana.bot.channel._changed

    async def third_fails(target: dict[str, Any], part: Part) -> Any:
        asked.append(target["message_id"])
        if len(asked) == 3:
            raise errors.Unavailable()
        return await change(target, part)

    monkeypatch.setattr(ana.bot.channel, "_changed", third_fails)
    with pytest.raises(errors.Unavailable):
        await ana.find(PARTS["words"])
    assert await ana.find(PARTS["words"]) == f"{ana.phone.id}:{ana.phone.inbox[0].external_id}"
    assert asked[3] == asked[2] and len(set(asked)) == len(asked) - 1


async def test_a_repeat_that_gets_a_number_that_was_asked_for_before_is_found(ana: Talk) -> None:
    await ana.lose(PARTS["words"], delivered=False)
    assert await ana.find(PARTS["words"]) is None
    await ana.lose(PARTS["words"])
    assert await ana.find(PARTS["words"]) == f"{ana.phone.id}:{ana.phone.inbox[0].external_id}"


async def test_a_person_who_blocked_the_bot_is_no_proof(ana: Talk) -> None:
    await ana.lose(PARTS["words"])
    ana.phone.blocked = True
    with pytest.raises(errors.RecipientGone):
        await ana.find(PARTS["words"])


def _nearby(known: set[str], *before: str) -> Nearby:
    return Nearby(since=SINCE, before=frozenset(before), known=frozenset(known) | {*before})


PRIVATE, SMALL_GROUP, SUPERGROUP = Spot(chat="7"), Spot(chat="-45"), Spot(chat="-1001234567890")


def test_private_chats_and_small_groups_count_together() -> None:
    known = {"8:101", "-45:102", "-1001234567890:103", "7:104:business:x", "callback:5", "inline:abc"}
    assert free_numbers(PRIVATE, _nearby(known, "7:100")) == ([103, 104], 102)
    assert free_numbers(SMALL_GROUP, _nearby(known, "-45:100")) == ([103, 104], 102)


def test_a_supergroup_counts_for_itself() -> None:
    known = {"-1001234567890:12", "-1009999999999:13", "7:14"}
    assert free_numbers(SUPERGROUP, _nearby(known, "-1001234567890:10")) == ([11, 13, 14], 12)


def test_a_chat_in_which_much_is_unknown_is_not_searched() -> None:
    assert free_numbers(PRIVATE, _nearby({f"8:{100 + MOST}"}, "7:100"))[0] == []
    busy = _nearby({f"-1001234567890:{11 + MOST_IN_GROUPS}"}, "-1001234567890:10")
    assert free_numbers(SUPERGROUP, busy)[0] == []


def test_without_an_older_message_nothing_is_searched() -> None:
    assert free_numbers(PRIVATE, Nearby(since=SINCE, known=frozenset({"7:100"})))[0] == []


@given(
    owners=st.lists(st.sampled_from(["ours", "known", "not told yet"]), max_size=MOST - BEYOND),
    start=st.integers(1, 10**9),
)
def test_whatever_happened_around_it_its_number_is_asked_for(owners: list[str], start: int) -> None:
    """As long as of what came after it only so much was not told yet."""
    numbers = {start + 1 + place: owner for place, owner in enumerate(owners)}
    known = {f"8:{number}" for number, owner in numbers.items() if owner == "known"}
    free, given = free_numbers(PRIVATE, _nearby(known, f"7:{start}"))
    newest = max([start, *(number for number, owner in numbers.items() if owner == "known")])
    wanted = [number for number, owner in numbers.items() if owner == "ours" and number <= newest + BEYOND]
    assert set(wanted) <= set(free) and free == sorted(free) and given == newest
    assert not set(free) & {number for number, owner in numbers.items() if owner == "known"}
