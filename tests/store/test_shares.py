"""Links that show a chat: what it was in that moment, to whoever has the link, until it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.errors import Conflict
from assistant.events import MessageDeleted
from assistant.store import branches, chats, shares
from assistant.store.database import Database
from assistant.store.models import shares as table

from .made import accepted, at
from .test_chats import VISITOR, begin, everywhere, place, talk


async def read(database: Database, token: str) -> list[str] | None:
    found = await database.read(shares.read, token)
    return None if found is None else [one.text for one in found[1]]


async def test_a_link_shows_the_chat_as_it_was_and_not_what_came_later(database: Database) -> None:
    here = await talk(database, "one", "t")
    token = await database.write(shares.share, here, at(50))
    await talk(database, "two", "t", seconds=100)
    assert await read(database, token) == ["one", "re: one"]
    found = await database.read(shares.read, token)
    assert found is not None and found[0].title == "one"
    later = await database.write(shares.share, here, at(200))
    assert await read(database, later) == ["one", "re: one", "two", "re: two"]
    assert await read(database, token + "x") is None


async def test_a_link_keeps_its_version_when_the_chat_shows_another(database: Database) -> None:
    here = await talk(database, "one", "t")
    token = await database.write(shares.share, here, at(50))
    first = (await database.read(chats.messages, here))[0].id
    assert await database.write(branches.step_back, here, first, at(60))
    await talk(database, "two", "t", seconds=100)
    assert await read(database, token) == ["one", "re: one"]
    other = await database.write(shares.share, here, at(200))
    assert await read(database, other) == ["two", "re: two"]


async def test_what_was_taken_back_is_gone_from_the_link(database: Database) -> None:
    here = await talk(database, "one", "t")
    token = await database.write(shares.share, here, at(50))
    [name] = (await database.read(chats.messages, here))[0].names
    await accepted(database, MessageDeleted(address=place("t"), external_id=name, at=at(60)), seconds=60)
    assert await read(database, token) == ["re: one"]


async def test_a_link_that_was_taken_back_shows_nothing(database: Database) -> None:
    here = await talk(database, "one", "t")
    token = await database.write(shares.share, here, at(50))
    [share] = await database.read(shares.of_conversation, here)
    assert not await database.write(shares.revoke, here + 1, share.id, at(60)), "it is not theirs"
    assert await database.write(shares.revoke, here, share.id, at(61))
    assert not await database.write(shares.revoke, here, share.id, at(62))
    assert await read(database, token) is None
    assert await database.read(shares.of_conversation, here) == []


async def test_only_a_hash_of_the_link_is_kept(database: Database) -> None:
    here = await talk(database, "one", "t")
    token = await database.write(shares.share, here, at(50))
    assert await everywhere(database, token) == []


async def test_temporary_empty_and_much_shared_chats_have_no_more_links(
    database: Database,
) -> None:
    hidden = await begin(database, "t", temporary=True)
    await talk(database, "one", "t")
    empty = await begin(database, "u")
    here = await talk(database, "two", "v", seconds=100)
    for conversation in (hidden.conversation, empty.conversation):
        with pytest.raises(Conflict):
            await database.write(shares.share, conversation, at(200))
    for number in range(shares.MOST):
        await database.write(shares.share, here, at(300 + number))
    with pytest.raises(Conflict):
        await database.write(shares.share, here, at(400))


async def test_a_deleted_chat_takes_its_links_along(database: Database, tmp_path: Path) -> None:
    here = await talk(database, "one", "t")
    token = await database.write(shares.share, here, at(50))
    assert await database.write(chats.delete_all, VISITOR, data=tmp_path, now=at(60)) == 1
    assert await read(database, token) is None
    assert await database.read(lambda connection: connection.execute(select(table)).all()) == []
