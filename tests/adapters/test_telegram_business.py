"""Telegram, chats of others: Business accounts that let the bot write for them, and chats where it is only a guest."""

from __future__ import annotations

from typing import Any

import pytest

from adapters._telegram_place import message_number
from adapters.telegram import Telegram
from assistant.buses.memory import MemoryBus
from assistant.channel import Services
from assistant.events import (
    AccountNotice,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    StaffWrote,
    Unread,
)
from assistant.types import Address, Audience, Text
from tests.adapters.telegram_updates import BOT, UPDATES, US, all_of, made, message, parse
from tests.clocks import FakeClock


@pytest.fixture
def bus(clock: FakeClock) -> MemoryBus:
    return MemoryBus(clock)


@pytest.fixture
def channel(services: Services) -> Telegram:
    return made(services)


@pytest.fixture
def business(services: Services) -> Telegram:
    return made(services, business=True)


def test_business_chats_are_conversations_of_their_connection(business: Telegram) -> None:
    event = parse(business, **UPDATES["business message"])
    assert isinstance(event, MessageReceived)
    assert event.address == Address(channel="telegram", account=BOT, peer="42", thread="business:bc1")
    assert (event.addressed, event.audience) == (True, Audience.PRIVATE)
    edited = parse(business, **UPDATES["business edited"])
    assert isinstance(edited, MessageEdited)
    assert (edited.address, edited.external_id) == (event.address, event.external_id)
    deleted = all_of(business, UPDATES["business deleted"])
    assert [one.external_id for one in deleted if isinstance(one, MessageDeleted)] == [
        "42:5:business:bc1",
        "42:6:business:bc1",
    ]
    pressed = {**UPDATES["pressed"]["callback_query"]}
    pressed["message"] = {**pressed["message"], "business_connection_id": "bc1"}
    choice = parse(business, callback_query=pressed)
    assert isinstance(choice, MessageReceived)
    assert choice.address == event.address


def test_a_person_with_several_chats_loses_no_message_to_another_of_the_same_number(
    services: Services,
) -> None:
    """The bot's own chat with a person, and the chats of two business accounts with them, all have the person's id."""
    channel = made(services, business=True, guests=True)
    chats = [
        parse(channel, message=message(text="a")),
        parse(channel, business_message=message(text="b", business_connection_id="bc1")),
        parse(channel, business_message=message(text="c", business_connection_id="bc2")),
        parse(channel, guest_message=message(text="d", guest_query_id="gq1")),
    ]
    ids = [event.external_id for event in chats if isinstance(event, MessageReceived)]
    assert len(set(ids)) == 4, ids
    assert [message_number(external_id) for external_id in ids] == [5, 5, 5, 5]


def test_what_the_owner_writes_is_staff_at_work(business: Telegram) -> None:
    event = parse(business, **UPDATES["business owner"])
    assert isinstance(event, StaffWrote)
    assert (event.external_id, event.app, event.parts) == (
        "42:5:business:bc1",
        None,
        (Text(text="I am here"),),
    )
    other = message(
        text="x", business_connection_id="bc1", sender_business_bot={"id": 9}, **{"from": {"id": 77}}
    )
    event = parse(business, business_message=other)
    assert isinstance(event, StaffWrote)
    assert event.app == "9"
    ours = {**other, "sender_business_bot": US}
    assert all_of(business, {"business_message": ours}) == []


def test_an_automatic_greeting_of_the_account_is_nobody_at_work(business: Telegram) -> None:
    """Telegram Business greets by itself whoever writes first; the bot must not fall silent for it."""
    greeting = {**UPDATES["business owner"]["business_message"], "is_from_offline": True}
    assert all_of(business, {"business_message": greeting}) == []
    scheduled = {**UPDATES["business message"]["business_message"], "is_from_offline": True}
    assert isinstance(parse(business, business_message=scheduled), MessageReceived)


def test_switched_off_business_chats_are_not_even_kept(channel: Telegram) -> None:
    for name in ("business message", "business owner", "business edited", "business deleted"):
        assert all_of(channel, UPDATES[name]) == [], name
    notice = parse(channel, **UPDATES["business connection"])
    assert isinstance(notice, AccountNotice)
    assert notice.kind == "business_off"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, "business"),
        ({"rights": {"can_reply": False}}, "business_mute"),
        ({"rights": None}, "business_mute"),
        ({"is_enabled": False}, "business_ended"),
    ],
)
def test_staff_are_told_of_business_connections(
    business: Telegram, change: dict[str, Any], kind: str
) -> None:
    connection = {**UPDATES["business connection"]["business_connection"], **change}
    notice = parse(business, business_connection=connection)
    assert isinstance(notice, AccountNotice)
    assert notice.kind == kind
    assert "Owner" not in notice.sentence


def test_a_guest_query_is_a_conversation_of_one_answer(services: Services, channel: Telegram) -> None:
    event = parse(made(services, guests=True), **UPDATES["guest"])
    assert isinstance(event, MessageReceived)
    assert event.address.thread == "guest:gq1"
    assert (event.addressed, event.audience, event.reply_to) == (True, Audience.GROUP, None)
    off = parse(channel, **UPDATES["guest"])
    assert isinstance(off, Unread)
    assert off.reason == "guest_message"
