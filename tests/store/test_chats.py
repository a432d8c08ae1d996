"""A visitor's chats: begun, listed, found, named, pinned, judged, and deleted so that nothing is left."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text, update

from assistant.errors import Conflict, NotFound
from assistant.events import FeedbackGiven, MessageReceived
from assistant.store import (
    chats,
    datasets,
    exports,
    people,
    person_acts,
    personas,
    review_queues,
    search,
    versions,
)
from assistant.store.chats import Chat
from assistant.store.database import Database
from assistant.store.models import audit, conversations, metadata, outbox, reviews, staff
from assistant.store.personas import Content
from assistant.store.queue import Settlement, settle
from assistant.store.review_queues import Rule
from assistant.store.troubles import By
from assistant.types import Address, Alias, Outcome, Sender, Text

from .made import accepted, answer, at, rows, take

VISITOR = Address(channel="page", account="web", peer="v1")


def sender(visitor: Address = VISITOR) -> Sender:
    return Sender(external_id=visitor.peer, aliases=(Alias(kind="visitor", value=visitor.peer),))


def place(thread: str | None, visitor: Address = VISITOR) -> Address:
    return dataclasses.replace(visitor, thread=thread)


def wrote(
    words: str, thread: str | None, *, seconds: float = 0.0, visitor: Address = VISITOR
) -> MessageReceived:
    return MessageReceived(
        address=place(thread, visitor),
        sender=sender(visitor),
        external_id=f"{visitor.peer}:{thread}:{words}:{seconds}",
        sent_at=at(seconds),
        parts=(Text(text=words),),
    )


async def talk(
    database: Database, words: str, thread: str | None, *, seconds: float = 0.0, visitor: Address = VISITOR
) -> int:
    """A question and its answer; returns the conversation."""
    await accepted(database, wrote(words, thread, seconds=seconds, visitor=visitor), seconds=seconds)
    claim = await take(database, seconds + 5)
    await answer(database, claim, f"re: {words}", seconds=seconds + 6)
    await database.write(_sent)
    return claim.conversation


def _sent(connection: Connection) -> None:
    connection.execute(
        update(outbox)
        .where(outbox.c.state == "pending")
        .values(state="sent", external_id=outbox.c.idempotency_key)
    )


async def listed(database: Database, **wanted: Any) -> list[str | None]:
    found, _ = await database.read(chats.of_visitor, VISITOR, **wanted)
    return [one.thread for one in found]


async def begin(database: Database, thread: str, **how: Any) -> Chat:
    values: dict[str, Any] = {"temporary": False, "persona": None, "now": at(0)} | how
    return await database.write(chats.begin, place(thread), sender(), **values)


# --- listing ---------------------------------------------------------------------------------------------


async def test_a_visitor_has_many_chats_and_the_old_one_without_a_thread_is_one_of_them(
    database: Database,
) -> None:
    await talk(database, "from the time before", None)
    await talk(database, "what is a fjord?", "a" * 32, seconds=100)
    await talk(database, "not theirs", "b" * 32, seconds=200, visitor=dataclasses.replace(VISITOR, peer="v2"))
    found, older = await database.read(chats.of_visitor, VISITOR)
    assert [(one.thread, one.title, one.renamed) for one in found] == [
        ("a" * 32, "what is a fjord?", False),
        (None, "from the time before", False),
    ]
    assert older is None


async def test_pinned_chats_stand_first_and_the_rest_comes_page_by_page(database: Database) -> None:
    for number in range(5):
        await talk(database, f"chat {number}", f"t{number}", seconds=100 * number)
    await database.write(chats.pin, place("t0"), True, at(900))
    found, older = await database.read(chats.of_visitor, VISITOR, limit=2)
    assert [(one.thread, one.pinned) for one in found] == [("t0", True), ("t4", False), ("t3", False)]
    more, end = await database.read(chats.of_visitor, VISITOR, limit=2, before=older)
    assert [one.thread for one in more] == ["t2", "t1"] and end is None
    await database.write(chats.pin, place("t0"), False, at(901))
    assert (await listed(database))[-1] == "t0"


async def test_a_title_is_how_the_first_message_begins_until_the_visitor_gives_one(
    database: Database,
) -> None:
    words = "please tell me everything that you know about the fjords of western Norway and their depth"
    await talk(database, words, "t")
    found = await database.read(chats.chat, place("t"))
    assert found is not None and not found.renamed
    assert found.title == "please tell me everything that you know about the fjords of…"
    assert len(found.title) <= chats.TITLE
    named = await database.write(chats.rename, place("t"), "  Deep \n water ", at(50))
    assert (named.title, named.renamed) == ("Deep water", True)
    again = await database.write(chats.rename, place("t"), " ", at(51))
    assert (again.title, again.renamed) == (found.title, False)
    with pytest.raises(ValueError, match="characters"):
        await database.write(chats.rename, place("t"), "x" * (chats.LONGEST_TITLE + 1), at(52))
    with pytest.raises(NotFound):
        await database.write(chats.rename, place("nowhere"), "x", at(53))


@pytest.mark.parametrize("words", ["x" * 200, "日本語" * 60, "ok", "", "a " * 100, "word " * 11 + "longer"])
def test_first_words_are_never_longer_than_a_title(words: str) -> None:
    title = chats.first_words(words)
    assert len(title) <= chats.TITLE
    assert bool(title) is bool(words)


async def test_chats_are_found_by_their_words_and_their_titles(database: Database) -> None:
    await talk(database, "where is Málaga?", "t1")
    await talk(database, "what is a fjord?", "t2", seconds=100)
    await talk(database, "malaga is mine", "t3", seconds=200, visitor=dataclasses.replace(VISITOR, peer="v2"))
    await database.write(chats.rename, place("t2"), "Norway in summer", at(300))
    while await database.write(search.index) == search.AT_ONCE:
        pass
    assert await listed(database, words="malaga") == ["t1"]
    assert await listed(database, words="FJOR") == ["t2"], "the last word may be the beginning of one"
    assert await listed(database, words="re fjord") == ["t2"]
    assert await listed(database, words="summer") == ["t2"]
    assert await listed(database, words="jord") == []
    assert await listed(database, words='"a fjord"') == ["t2"]
    assert await listed(database, words='"fjord a"') == []
    assert await listed(database, words="%") == []
    assert await listed(database, words=" ") == ["t2", "t1"]


# --- begun before the first message ----------------------------------------------------------------------


async def test_a_chat_that_was_begun_is_the_one_the_first_message_comes_to(database: Database) -> None:
    made = await begin(database, "t", temporary=True)
    assert await begin(database, "t", temporary=True) == made
    assert await talk(database, "hello", "t") == made.conversation
    found = await database.read(chats.chat, place("t"))
    assert found is not None and found.temporary and found.conversation == made.conversation
    persons = await database.read(people.find, "v1")
    assert len(persons) == 1


async def test_a_temporary_chat_is_never_listed_and_never_exported(database: Database) -> None:
    await begin(database, "t", temporary=True)
    await talk(database, "a secret", "t")
    await talk(database, "no secret", "u", seconds=100)
    while await database.write(search.index) == search.AT_ONCE:
        pass
    assert await listed(database) == ["u"]
    assert await listed(database, words="secret") == ["u"]


async def test_an_answer_of_a_temporary_chat_goes_into_no_data_set(database: Database) -> None:
    await begin(database, "t", temporary=True)
    here = await talk(database, "a secret", "t")
    answered = (await database.read(chats.messages, here))[-1].id
    by = await database.write(_staff)
    with pytest.raises(NotFound):
        await database.write(datasets.add, answered, dataset=None, by=by, now=at(50))


async def test_a_chat_that_is_kept_cannot_be_made_temporary_once_it_has_begun(database: Database) -> None:
    await talk(database, "hello", "t")
    with pytest.raises(Conflict):
        await begin(database, "t", temporary=True)
    kept = await begin(database, "t")
    assert not kept.temporary


# --- deleting --------------------------------------------------------------------------------------------


async def everywhere(database: Database, words: str) -> list[str]:
    """The tables that hold these words."""
    found = []
    for table in metadata.tables.values():
        left = await database.read(lambda connection, table=table: connection.execute(select(table)).all())  # type: ignore[misc]
        if words in str(left):
            found.append(table.name)
    return found


async def test_a_deleted_chat_is_in_no_table_and_the_others_stay(database: Database, tmp_path: Path) -> None:
    await talk(database, "marker-one", "t1")
    await talk(database, "marker-two", "t2", seconds=100)
    await database.write(chats.rename, place("t1"), "marker-one", at(200))
    while await database.write(search.index) == search.AT_ONCE:
        pass
    assert "search_words" in await everywhere(database, "marker")
    assert await database.write(chats.delete, place("t1"), data=tmp_path, now=at(300))
    assert not await database.write(chats.delete, place("t1"), data=tmp_path, now=at(301))
    assert await everywhere(database, "marker-one") == []
    if database.is_sqlite:
        query = text("SELECT rowid FROM message_search WHERE message_search MATCH 'one'")
        assert await database.read(lambda connection: connection.execute(query).all()) == []
    assert await listed(database) == ["t2"]
    [entry] = await database.read(
        lambda connection: connection.execute(select(audit).where(audit.c.action == "chat.deleted")).all()
    )
    assert entry.actor == chats.ACTOR and "marker" not in str(entry)


NAME = f"sft-{'0' * 32}.jsonl"


async def test_deleting_a_chat_deletes_the_export_files_that_hold_it(
    database: Database, tmp_path: Path
) -> None:
    conversation = await talk(database, "marker", "t")
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / NAME).write_text("marker")

    def recorded(connection: Connection) -> int | None:
        return exports.record(
            connection,
            kind=exports.Kind.SFT,
            wanted=exports.Filter(),
            manifest={},
            members=[conversation],
            file=NAME,
            by=_staff(connection),
            now=at(100),
        )

    assert await database.write(recorded) is not None
    assert await database.write(chats.delete, place("t"), data=tmp_path, now=at(200))
    assert not (folder / NAME).exists()


def _staff(connection: Connection) -> int:
    made = connection.execute(
        insert(staff)
        .values(email="a@b.c", name="A", role="admin", password_hash="x", created_at=at(0))
        .returning(staff.c.id)
    )
    return int(made.scalar_one())


async def test_all_chats_of_a_visitor_go_at_once_and_nobody_elses(database: Database, tmp_path: Path) -> None:
    await talk(database, "marker-a", None)
    await begin(database, "t", temporary=True)
    await talk(database, "marker-b", "t", seconds=100)
    await talk(database, "other", "t", seconds=200, visitor=dataclasses.replace(VISITOR, peer="v2"))
    assert await database.write(chats.delete_all, VISITOR, data=tmp_path, now=at(300)) == 2
    assert await everywhere(database, "marker") == []
    assert await everywhere(database, "other") != []


async def test_an_answer_under_way_writes_nothing_into_a_deleted_chat(
    database: Database, tmp_path: Path
) -> None:
    await accepted(database, wrote("marker", "t"))
    claim = await take(database, 5)
    await database.write(chats.delete, place("t"), data=tmp_path, now=at(6))
    with pytest.raises(Conflict):
        await database.write(_settle_nothing, claim)
    assert await everywhere(database, "marker") == []


def _settle_nothing(connection: Connection, claim: Any) -> None:
    settle(
        connection, claim, Settlement(waiting=(), outcome=Outcome.ANSWERED), at(7), timedelta(0), timedelta(0)
    )


async def test_temporary_chats_that_nobody_writes_in_are_swept_and_others_stay(
    database: Database, tmp_path: Path
) -> None:
    await begin(database, "t", temporary=True)
    await talk(database, "marker", "t")
    await talk(database, "kept", "u", seconds=10)
    idle = chats.IDLE.total_seconds()
    assert await database.write(chats.expire, at(idle), data=tmp_path) == 0
    assert await database.write(chats.expire, at(idle + 60), data=tmp_path) == 1
    assert await everywhere(database, "marker") == []
    assert await listed(database) == ["u"]


async def test_whom_staff_blocked_stays_blocked_after_deleting_the_chat_and_in_a_new_one(
    database: Database, tmp_path: Path
) -> None:
    await talk(database, "marker", "t")
    [person] = await database.read(people.find, "v1")
    await database.write(person_acts.block, person, By(staff=1, actor="staff:1", at=at(50)))
    assert await database.write(chats.delete, place("t"), data=tmp_path, now=at(60))
    assert await everywhere(database, "marker") == []
    assert await listed(database) == []
    await accepted(database, wrote("again", "t", seconds=70), seconds=70)
    await accepted(database, wrote("elsewhere", "new", seconds=71), seconds=71)
    await begin(database, "begun", now=at(72))
    await accepted(database, wrote("begun", "begun", seconds=73), seconds=73)
    assert [row.outcome for row in await rows(database)] == ["blocked"] * 3


# --- thumbs ----------------------------------------------------------------------------------------------


async def thumb(database: Database, name: str, good: bool | None, **more: Any) -> None:
    address = more.pop("address", place("t"))
    await accepted(
        database, FeedbackGiven(address=address, external_id=name, at=at(50), good=good, **more), seconds=50
    )


async def test_a_thumb_is_shown_changed_and_taken_back(database: Database) -> None:
    here = await talk(database, "hello", "t")

    async def own() -> bool | None:
        return (await database.read(chats.messages, here))[-1].good

    [name] = (await database.read(chats.messages, here))[-1].names
    assert await own() is None
    for good in (True, False, None, True):
        await thumb(database, name, good)
        assert await own() is good
    await thumb(database, name, False, reasons=("wrong_fact", "too_long"), comment="It is not so.")
    in_force = select(reviews).where(reviews.c.replaced_at.is_(None))
    [kept] = await database.read(lambda connection: connection.execute(in_force).all())
    assert (kept.source, kept.verdict) == ("person", "bad")
    assert (kept.reasons, kept.comment) == (["wrong_fact", "too_long"], "It is not so.")


async def test_nobody_judges_what_somebody_else_was_sent(database: Database) -> None:
    here = await talk(database, "hello", "t")
    [name] = (await database.read(chats.messages, here))[-1].names
    await thumb(database, name, False, address=place("t", dataclasses.replace(VISITOR, peer="v2")))
    assert (await database.read(chats.messages, here))[-1].good is None


async def test_a_thumb_down_brings_the_answer_into_the_review_queue(database: Database) -> None:
    here = await talk(database, "hello", "t")
    [name] = (await database.read(chats.messages, here))[-1].names
    await thumb(database, name, False, reasons=("unhelpful",))

    def filled(connection: Connection) -> int:
        queue = review_queues.create(
            connection, name="all", rule=Rule(), reviews_per_item=1, by=_staff(connection), now=at(60)
        )
        review_queues.fill(connection, queue, at(61))
        return queue

    queue = await database.write(filled)
    standing = await database.read(review_queues.standing, queue, 1, at(62))
    assert standing.open == 1


# --- personas --------------------------------------------------------------------------------------------


async def published(database: Database, name: str = "pirate", words: str = "You are a pirate.") -> int:
    made = await database.write(
        personas.draft, name, Content(persona=words), comment="", author="staff:1", now=at(0)
    )
    await database.write(personas.publish, made, channel="elsewhere", author="staff:1", now=at(1))
    return made


async def test_a_persona_is_offered_renamed_and_retired_on_record(database: Database) -> None:
    version = await published(database)
    who: dict[str, Any] = {"author": "staff:1", "now": at(10)}
    made = await database.write(personas.offer, " A \n pirate ", version, **who)
    [offer] = await database.read(personas.offered)
    assert (offer.id, offer.title, offer.version) == (made, "A pirate", version)
    with pytest.raises(Conflict):
        await database.write(personas.offer, "A pirate", version, **who)
    await database.write(personas.retitle, made, "The pirate", **who)
    assert await database.write(personas.retire, made, **who)
    assert not await database.write(personas.retire, made, **who)
    assert await database.read(personas.offered) == []
    assert await database.write(personas.offer, "The pirate", version, **who) == made, "it is offered again"
    for title in ("", "x" * 65):
        with pytest.raises(ValueError, match="characters"):
            await database.write(personas.offer, title, version, **who)
    actions = await database.read(
        lambda connection: (
            connection.execute(
                select(audit.c.action).where(audit.c.target == f"persona_offer:{made}").order_by(audit.c.id)
            )
            .scalars()
            .all()
        )
    )
    assert actions == ["persona.offered", "persona.retitled", "persona.retired", "persona.offered"]


async def test_only_what_was_published_can_be_offered(database: Database) -> None:
    draft = await database.write(
        personas.draft, "d", Content(persona="x"), comment="", author="staff:1", now=at(0)
    )
    with pytest.raises(Conflict):
        await database.write(personas.offer, "D", draft, author="staff:1", now=at(1))
    with pytest.raises(NotFound):
        await database.write(personas.offer, "E", 999, author="staff:1", now=at(1))
    assert (await database.read(versions.get, personas.KIND, draft)).published_at is None


async def test_a_chat_has_the_persona_it_was_begun_with_until_it_is_retired(database: Database) -> None:
    version = await published(database)
    offer = await database.write(personas.offer, "Pirate", version, author="staff:1", now=at(10))
    made = await begin(database, "t", persona=offer)
    assert made.persona == "Pirate"
    found = await database.read(personas.of_chat, made.conversation)
    assert found == (version, Content(persona="You are a pirate."))
    await database.write(personas.retire, offer, author="staff:1", now=at(20))
    assert await database.read(personas.of_chat, made.conversation) is None
    again = await database.read(chats.chat, place("t"))
    assert again is not None and again.persona is None
    with pytest.raises(NotFound):
        await begin(database, "u", persona=offer)
    await talk(database, "hello", "t", seconds=30)
    assert (await begin(database, "t", persona=offer)).conversation == made.conversation, "it goes on"


async def test_the_chats_of_one_visitor_are_found_by_an_index(database: Database) -> None:
    await talk(database, "hello", "t")
    word = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"

    def plan(connection: Connection) -> str:
        if not database.is_sqlite:  # a table this small is quicker read as a whole
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        query = select(conversations.c.id).where(chats._theirs(VISITOR))
        words = query.compile(connection, compile_kwargs={"literal_binds": True})
        return str(connection.execute(text(f"{word} {words}")).all())

    found = await database.read(plan)
    assert "SCAN" not in found and "Seq Scan" not in found
