"""Promises about search: every word is found however it is written, nothing typed breaks it, nothing deleted is found."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text

from assistant.events import MessageDeleted, MessageEdited
from assistant.store import people, search
from assistant.store.database import Database
from assistant.store.models import conversations, messages, search_words
from assistant.store.parts import dump
from assistant.types import Address, Media, MediaKind, Text

from .made import NOW, accepted, answer, take, wrote

ANA = Address(channel="post", account="office", peer="ana")
NASTY = [
    "", " ", '"', '""', '"""', "'", "''", "*", "a*", "caf*", "^cafe", "cafe^", "AND", "OR", "NOT", "NEAR", "NEAR(a b)",
    "a AND", "NOT NOT", "text:cafe", "-cafe", "+cafe", "cafe -sol", "(cafe", "cafe)", "((", "{cafe}", "[cafe]", "cafe:*",
    "cafe | sol", "cafe & sol", "cafe <-> sol", "!cafe", "\\", "cafe\\", "%", "_", "--", "; DROP TABLE messages", "\x00",
    "cafe\x00sol", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "ﬁ", "ß", "İ", "a" * 5000, "é" * 300,
    "1e5", "-1", "3.14", "user@example.org", "https://example.org/?a=b", "<b>", "&amp;", "$1", "%s", "{0}", "\u202e", "你好",
    "สวัสดี", "हिन्दी", "مرحبا", '"cafe', 'cafe"', '"cafe sol', '"sol" "', "''; --", "\n", "\t cafe \r\n",
]  # fmt: skip


async def said(database: Database, *words: str, peer: str = "ana") -> None:
    for number, one in enumerate(words):
        await accepted(database, wrote(f"{time.monotonic_ns()}-{number}", one, peer=peer))
    await database.write(search.index)


async def found(database: Database, words: str, **more: Any) -> list[str]:
    result = await database.read(search.find, words, **more)
    return ["".join(piece for piece, _ in hit.pieces) for hit in result.hits]


async def test_words_are_found_with_and_without_their_accents_newest_first(database: Database) -> None:
    await said(database, "Um CAFÉ, por favor", "não sei", "the cafe is closed", "Straße und Weg", "Ελλάδα")
    assert await found(database, "cafe") == ["the cafe is closed", "Um CAFÉ, por favor"]
    assert await found(database, "Café") == await found(database, "cafe")
    assert await found(database, "nao") == ["não sei"]
    assert await found(database, "strasse") == ["Straße und Weg"]
    assert await found(database, "ΕΛΛΆΔΑ") == ["Ελλάδα"]


async def test_all_words_must_be_there_and_quotes_keep_them_together(database: Database) -> None:
    await said(database, "red green blue", "green red", "red")
    assert await found(database, "red green") == ["green red", "red green blue"]
    assert await found(database, '"red green"') == ["red green blue"]
    assert await found(database, '"green red" blue') == []
    assert await found(database, "red, green!") == ["green red", "red green blue"]


async def test_the_last_word_may_be_a_beginning_of_three_letters(database: Database) -> None:
    await said(database, "invoice", "an invitation", "in time")
    assert await found(database, "inv") == ["an invitation", "invoice"]
    assert await found(database, "in") == ["in time"]
    assert await found(database, '"inv"') == []
    assert await found(database, "inv time") == []


async def test_words_inside_addresses_numbers_and_scripts_without_spaces_are_found(
    database: Database,
) -> None:
    await said(
        database,
        "see https://shop.example.org/order-42?x=1",
        "write to ana@example.com",
        "今天天气很好",
        "สวัสดีครับ",
    )
    assert await found(database, "order 42") == ["see https://shop.example.org/order-42?x=1"]
    assert await found(database, "example") == [
        "write to ana@example.com",
        "see https://shop.example.org/order-42?x=1",
    ]
    assert await found(database, "ana@example.com") == ["write to ana@example.com"]
    assert await found(database, "天气") == ["今天天气很好"]
    assert await found(database, "气天") == []
    assert await found(database, "ครับ") == ["สวัสดีครับ"]


async def test_nothing_that_somebody_types_breaks_the_search(database: Database) -> None:
    await said(
        database, "Café com sol", 'she said "cafe" & left; 100% <b>', "NOT AND OR NEAR", "drop table messages"
    )
    for words in NASTY:
        result = await database.read(search.find, words)
        assert not result.partial
        assert len(result.hits) <= 4
    assert await found(database, "NOT") == ["NOT AND OR NEAR"]
    assert await found(database, "-cafe") == await found(database, "cafe")
    assert await found(database, "table; DROP") == ["drop table messages"]
    assert len(await found(database, '"cafe')) == 2  # a quote that is not closed quotes nothing


async def test_what_is_edited_or_deleted_is_found_only_as_it_is_now(database: Database) -> None:
    await accepted(database, wrote(1, "apple"), wrote(2, "banana"), wrote(3, "not yet indexed"))
    await database.write(search.index, 2)
    edited = MessageEdited(address=ANA, external_id="ana-1", parts=(Text(text="cherry"),), at=NOW)
    deleted = [MessageDeleted(address=ANA, external_id=f"ana-{number}", at=NOW) for number in (2, 3)]
    await accepted(database, edited, *deleted)
    await database.write(search.index)
    assert await found(database, "apple") == []
    assert await found(database, "banana") == []
    assert await found(database, "indexed") == []
    assert await found(database, "cherry") == ["cherry"]
    kept = await database.read(lambda c: c.execute(select(search_words.c.text)).scalars().all())
    assert list(kept) == ["cherry"]


async def test_what_is_forgotten_or_erased_leaves_no_word(database: Database) -> None:
    await said(database, "marker one")
    await said(database, "marker two", peer="bob")
    ana, bob = await database.read(
        lambda c: c.execute(
            select(conversations.c.id, conversations.c.person).order_by(conversations.c.id)
        ).all()
    )
    await database.write(people.forget, ana.id, 1)
    await database.write(people.erase, bob.person)
    assert await found(database, "marker") == []
    assert (await database.read(lambda c: c.execute(select(search_words)).all())) == []


async def test_the_indexer_goes_on_where_it_stopped_and_takes_each_message_once(database: Database) -> None:
    await accepted(database, *(wrote(number, f"word{number}") for number in range(7)))
    assert await database.read(search.behind)
    assert [await database.write(search.index, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert not await database.read(search.behind)
    await accepted(database, wrote(8, "🙂"), wrote(9, "again"))
    assert await database.write(search.index, 3) == 2
    assert not await database.read(search.behind)
    await answer(database, await take(database, 30), "our reply")
    await database.write(search.index)
    assert await found(database, "reply") == ["our reply"]


@pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_a_message_committed_late_is_indexed_all_the_same(database: Database) -> None:
    await accepted(database, wrote(1, "early"), wrote(2, "late"), wrote(3, "last"))

    def set_aside(connection: Connection) -> dict[str, Any]:
        row = connection.execute(select(messages).where(messages.c.seq == 2)).mappings().one()
        connection.execute(messages.delete().where(messages.c.id == row["id"]))
        return dict(row)

    row = await database.write(set_aside)
    await database.write(search.index)
    await database.write(lambda c: c.execute(insert(messages).values(**row)))
    assert await database.read(search.behind)
    await database.write(search.index)
    assert await found(database, "late") == ["late"]


async def test_two_indexers_at_once_do_no_harm(database: Database) -> None:
    await accepted(database, *(wrote(number, "same") for number in range(20)))
    await asyncio.gather(*(database.write(search.index, 5) for _ in range(12)))
    while await database.read(search.behind):
        await database.write(search.index, 5)
    assert len(await found(database, "same")) == 20


async def test_pages_of_hits_have_no_gap_and_no_repeat(database: Database) -> None:
    await accepted(database, *(wrote(number, f"common {number}") for number in range(25)))
    await database.write(search.index)
    seen: list[str] = []
    before = None
    while True:
        result = await database.read(search.find, "common", before=before, limit=10)
        seen += ["".join(piece for piece, _ in hit.pieces) for hit in result.hits]
        before = result.older
        if before is None:
            break
    assert seen == [f"common {number}" for number in reversed(range(25))]


async def test_hits_can_be_narrowed_to_some_conversations(database: Database) -> None:
    await said(database, "tides", peer="ana")
    await said(database, "tides", peer="bob")
    [hit] = (await database.read(search.find, "tides", where=[conversations.c.peer == "ana"])).hits
    assert (hit.peer, hit.name, hit.channel) == ("ana", "Ana", "post")


async def test_when_the_time_is_over_it_says_what_it_has(database: Database) -> None:
    def fill(connection: Connection) -> None:
        connection.execute(
            insert(messages),
            [
                {
                    "conversation": 1, "seq": 1000 + number, "after_seq": 1000 + number, "direction": "in",
                    "author": "person", "channel": "post", "account": "office", "external_id": f"f{number}",
                    "parts": dump([Text(text="often")]), "sent_at": NOW, "received_at": NOW,
                }
                for number in range(1500)
            ],
        )  # fmt: skip

    await said(database, "first")
    await database.write(fill)
    while await database.write(search.index, 5000) > 0 and await database.read(search.behind):
        pass
    nobody = [conversations.c.channel == "nowhere"]
    result = await database.read(search.find, "often", where=nobody, seconds=0.0)
    assert result.partial and result.hits == []
    result = await database.read(search.find, "often", where=nobody, seconds=30.0)
    assert not result.partial and result.hits == []
    assert len((await database.read(search.find, "often")).hits) == 50  # the connection is as good as before


@pytest.mark.parametrize(
    ("said_there", "looked_for", "pieces"),
    [
        ("Um CAFÉ, por favor", "cafe", (("Um ", False), ("CAFÉ", True), (", por favor", False))),
        ("ﬁne straße", "fine", (("ﬁne", True), (" straße", False))),
        ("ﬁne straße", "strasse", (("ﬁne ", False), ("straße", True))),
        ("a <b>bold</b> word", "bold", (("a <b>", False), ("bold", True), ("</b> word", False))),
        ("red green red", "red", (("red", True), (" green ", False), ("red", True))),
        ("one two three", '"two three"', (("one ", False), ("two three", True))),
        ("invoices", "invo", (("invoices", True),)),
        ("nothing here", "else", (("nothing here", False),)),
    ],
)  # fmt: skip
def test_a_snippet_marks_what_was_looked_for(
    said_there: str, looked_for: str, pieces: tuple[tuple[str, bool], ...]
) -> None:
    assert search.snippet(said_there, search.wanted(looked_for)) == pieces


def test_a_snippet_of_a_long_text_shows_the_hit() -> None:
    long = "word " * 2000 + "needle " + "word " * 2000
    pieces = search.snippet(long, search.wanted("needle"))
    shown = "".join(piece for piece, _ in pieces)
    assert ("needle", True) in pieces and len(shown) < 250 and shown.startswith("…") and shown.endswith("…")


async def test_file_names_are_found(database: Database) -> None:
    file = Media(kind=MediaKind.DOCUMENT, ref="r", name="Invoice-2026.pdf", caption="please pay")
    await accepted(database, wrote(1, parts=(file,)))
    await database.write(search.index)
    assert len(await found(database, "invoice 2026")) == 1
    assert len(await found(database, "pay")) == 1


@pytest.mark.parametrize("newest", [0, 3, 10_000])
async def test_it_is_the_same_whether_found_among_the_newest_messages_or_in_the_index(
    database: Database, monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr(search, "NEWEST", newest)
    texts = [
        "red green",
        "order 00e0c",
        "green red",
        "order 00e0 c",
        "redder green",
        "1e5 red",
        "the red greens",
    ]
    await said(database, *texts, "last")
    for words, expected in {
        "red ": [6, 5, 2, 0],
        "red": [6, 5, 4, 2, 0],
        "green red ": [2, 0],
        '"red green"': [0],
        "00e0c": [1],
        '"00e0 c"': [3],
        "c ": [3],
        "00e": [3, 1],
        "1e5": [5],
        "e5 ": [],
        "nothing": [],
    }.items():
        assert await found(database, words) == [texts[number] for number in expected], words
        seen: list[str] = []
        result = await database.read(search.find, words, limit=1)
        while result.hits:
            seen += ["".join(piece for piece, _ in hit.pieces) for hit in result.hits]
            if result.older is None:
                break
            result = await database.read(search.find, words, limit=1, before=result.older)
        assert seen == [texts[number] for number in expected], words


async def test_a_word_is_found_by_the_index_whatever_stands_in_other_messages(database: Database) -> None:
    """The plan, not the clock: neither database may cut every message into its words."""
    await said(database, "hello", "hello again")
    if database.is_sqlite:
        plan = await database.read(
            lambda c: c.execute(
                text("EXPLAIN QUERY PLAN SELECT rowid FROM message_search WHERE message_search MATCH '\"a\"' "
                     "AND rowid < 9 ORDER BY rowid DESC LIMIT 5")
            ).all()
        )  # fmt: skip
        assert len(plan) == 1 and "VIRTUAL TABLE" in plan[0][-1]
        return

    def plans(connection: Connection) -> list[str]:
        asked: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        search.find(connection, "hello", before=1000)
        finding = [call for call in asked if "search_words" in call[0]]
        connection.execute(text("SET LOCAL enable_seqscan = off"))  # a table of two rows is read at once
        return [
            "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars())
            for statement, values in finding
        ]

    newest, indexed = await database.read(plans)
    assert "pk_search_words" in newest and "to_tsvector" not in newest
    assert "ix_search_words_text" in indexed and "pk_search_words" not in indexed
    assert "CTE indexed" in indexed, "where more is known of the words PostgreSQL would read newest first"
