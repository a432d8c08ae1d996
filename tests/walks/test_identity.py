"""Promises about who is who: ids that come and go, people that turn out to be one, echoes without a key, groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.errors import Rejected
from assistant.events import (
    AccountNotice,
    ControlPassed,
    ConversationMoved,
    IdentityChanged,
    MessageReceived,
    Reacted,
    StaffWrote,
    StatusChanged,
)
from assistant.store.models import account_notices, conversations, people, reactions, receipts
from assistant.types import Address, Alias, Audience, Capabilities, Choice, Sender, Status, Text, Unit
from tests.scripted import ScriptedEngine

from .post import Post
from .system import System, echo, running

PHONE, BSUID = Alias(kind="phone", value="34600"), Alias(kind="bsuid", value="ES.134")


def desk(peer: str) -> Address:
    return Address(channel="post", account="desk", peer=peer)


def said(text: str, number: int, *aliases: Alias, **more: Any) -> MessageReceived:
    values: dict[str, Any] = {
        "address": desk(aliases[0].value),
        "sender": Sender(external_id=aliases[0].value, aliases=aliases),
        "external_id": f"m{number}",
        "sent_at": datetime.now(UTC),
        "parts": (Text(text=text),),
    }
    return MessageReceived(**(values | more))


async def rows(system: System, table: Any) -> list[Any]:
    return await system.database.read(lambda connection: list(connection.execute(select(table)).all()))


async def test_a_person_whose_number_is_hidden_today_stays_in_their_conversation(tmp_path: Path) -> None:
    engine = ScriptedEngine(script=echo)
    async with running(tmp_path, engine) as system:
        await system.acceptor.submit([said("my name is Ana", 1, PHONE, BSUID)])
        await system.until_settled()
        await system.acceptor.submit([said("what is my name?", 2, BSUID)])
        await system.until_settled()
        assert "my name is Ana" in str(engine.asked[-1].prompt.turns), "the conversation goes on"
        assert system.post.sent[-1].address.peer == "ES.134", "answered under the id that came"
        await system.acceptor.submit([said("and now?", 3, PHONE, BSUID)])
        await system.until_settled()
        assert len(await rows(system, conversations)) == len(await rows(system, people)) == 1


async def test_two_people_become_one_when_the_platform_says_so(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        old, new = Alias(kind="phone", value="111"), Alias(kind="phone", value="222")
        await system.acceptor.submit(
            [said("from the old number", 1, old), said("from the new number", 2, new)]
        )
        await system.until_settled()
        assert len(await rows(system, people)) == 2
        now = datetime.now(UTC)
        change = IdentityChanged(address=desk("111"), previous=old, current=new, at=now)
        await system.acceptor.submit([change, change])
        assert len(await rows(system, people)) == 1
        assert len({row.person for row in await rows(system, conversations)}) == 1


async def test_a_changed_number_and_a_moved_group_keep_their_conversation(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        old, new = Alias(kind="phone", value="111"), Alias(kind="phone", value="222")
        await system.acceptor.submit([said("hello", 1, old)])
        await system.until_settled()
        now = datetime.now(UTC)
        await system.acceptor.submit(
            [IdentityChanged(address=desk("111"), previous=old, current=new, at=now)]
        )
        await system.acceptor.submit([said("still me", 2, new)])
        await system.until_settled()
        await system.acceptor.submit([ConversationMoved(address=desk("222"), current=desk("333"), at=now)])
        (row,) = await rows(system, conversations)
        assert row.peer == "333" and row.last_seq == 4


async def test_an_echo_that_overtakes_our_send_and_has_no_key_is_not_staff(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:

        class Echoing(Exception):
            pass

        async def send(outbound: Any, send: Any = system.post.send) -> Any:
            heard = StaffWrote(
                address=outbound.address,
                external_id="platform-1",
                sent_at=datetime.now(UTC),
                parts=(Text(text=outbound.part.text),),
            )
            await system.acceptor.submit([heard])
            return await send(outbound)

        system.post.send = send  # type: ignore[method-assign]
        await system.acceptor.submit([said("hello", 1, PHONE)])
        await system.until_settled()
        assert [row.author for row in await system.rows()] == ["person", "assistant"], "no bubble twice"
        (row,) = await rows(system, conversations)
        assert row.quiet_until is None, "nobody took over"


async def test_other_words_from_the_page_are_staff_and_silence_the_model(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        await system.acceptor.submit([said("hello", 1, PHONE)])
        await system.until_settled()
        wrote = StaffWrote(
            address=desk("34600"), external_id="s1", sent_at=datetime.now(UTC), parts=(Text(text="Ben here"),)
        )
        await system.acceptor.submit([wrote])
        await system.acceptor.submit([said("thanks", 2, PHONE)])
        found = await system.until_settled()
        assert found[-1].outcome == "handed_to_human"


async def test_a_thread_given_to_another_app_is_silent_until_it_is_ours_again(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        await system.acceptor.submit([said("hello", 1, PHONE)])
        await system.until_settled()
        now = datetime.now(UTC)
        await system.acceptor.submit([ControlPassed(address=desk("34600"), at=now, ours=False)])
        await system.acceptor.submit([said("anybody?", 2, PHONE)])
        assert (await system.until_settled())[-1].outcome == "handed_to_human"
        await system.acceptor.submit([ControlPassed(address=desk("34600"), at=now, ours=True)])
        await system.acceptor.submit([said("and now?", 3, PHONE)])
        await system.until_settled()
        assert system.post.sent[-1].part == Text(text="You said: and now?") or "and now?" in str(
            system.post.sent[-1]
        )


async def test_in_a_group_an_answer_to_ours_means_us_and_other_talk_does_not(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        system.post.caps = Capabilities(text_limit=500, text_unit=Unit.UTF16, reply_to=True)  # type: ignore[misc]
        group = {"audience": Audience.GROUP, "address": desk("group")}
        await system.acceptor.submit([said("@bot hello", 1, PHONE, **group)])
        await system.until_settled()
        (part,) = await system.parts()
        talk = said("see you tomorrow", 2, PHONE, addressed=False, **group)
        reply = said("why?", 3, PHONE, addressed=False, reply_to=part.external_id, **group)
        await system.acceptor.submit([talk, reply])
        found = {
            row.external_id: row.outcome for row in await system.until_settled() if row.direction == "in"
        }
        assert found == {"m1": "answered", "m2": "ignored", "m3": "answered"}


async def test_an_old_button_is_heard_and_an_old_letter_is_not(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        system.post.caps = Capabilities(text_limit=500, text_unit=Unit.UTF16)  # type: ignore[misc]
        long_ago = datetime.now(UTC) - timedelta(days=3)
        pressed = (Choice(id="x", title="Yes"),)
        await system.acceptor.submit(
            [said("late", 1, PHONE, sent_at=long_ago), said("", 2, PHONE, sent_at=long_ago, parts=pressed)]
        )
        found = [row.outcome for row in await system.until_settled() if row.direction == "in"]
        assert found == ["ignored", "answered"]


async def test_reactions_find_their_conversation_prices_and_notices_are_kept(tmp_path: Path) -> None:
    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        topic = Address(channel="post", account="desk", peer="34600", thread="7")
        await system.acceptor.submit([said("hello", 1, PHONE, address=topic)])
        await system.until_settled()
        now = datetime.now(UTC)
        (part,) = await system.parts()
        sender = Sender(external_id="34600")
        notice = AccountNotice(
            channel="post", account="desk", kind="quality", sentence="Quality is low.", at=now, urgent=True
        )
        status = StatusChanged(
            address=topic, status=Status.DELIVERED, at=now, external_id=part.external_id, billed="service"
        )
        await system.acceptor.submit(
            [
                Reacted(address=desk("34600"), sender=sender, external_id="m1", at=now, emoji="👍"),
                Reacted(
                    address=desk("34600"), sender=sender, external_id=part.external_id, at=now, emoji="❤️"
                ),
                notice,
                notice,
                status,
            ]
        )
        assert [row.emoji for row in await rows(system, reactions)] == ["👍", "❤️"]
        assert [row.sentence for row in await rows(system, account_notices)] == ["Quality is low."]
        assert [row.billed for row in await rows(system, receipts)] == ["service"]


async def test_a_name_is_asked_for_once_and_only_where_none_is_known(tmp_path: Path) -> None:
    asked: list[str] = []

    class Introducing(Post):
        async def name_of(self, address: Address) -> str | None:
            asked.append(address.peer)
            if address.peer == "111":
                raise Rejected
            return "Ana\x00 Lima"

    async with running(tmp_path, ScriptedEngine(script=echo)) as system:
        system.post.__class__ = Introducing
        known = said("hello", 1, PHONE, sender=Sender(external_id="34600", aliases=(PHONE,), name="Known"))
        nameless = said("hello", 2, BSUID)
        refused = said("hello", 3, Alias(kind="phone", value="111"))
        await system.acceptor.submit([known, nameless, refused])
        await system.until_settled()
        await system.acceptor.submit(
            [said("again", 4, BSUID), said("again", 5, Alias(kind="phone", value="111"))]
        )
        await system.until_settled()
        assert sorted(asked) == ["111", "ES.134"]
        assert sorted(str(row.name) for row in await rows(system, people)) == ["Ana Lima", "Known", "None"]
