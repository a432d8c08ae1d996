"""The migrations make exactly the tables the code uses, on both databases; personal data has an owner in every table."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select

from assistant.store import migrate, people
from assistant.store.database import Database
from assistant.store.models import metadata

from .made import accepted, answer, take, wrote


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": False, "include_name": _is_ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """SQLite's full-text index is a table of its own with tables behind it; PostgreSQL's is an index on an expression.

    The index of names is written out for each of them.
    """
    ours = name not in ("ix_search_words_text", "ix_people_name")
    return ours and not (kind == "table" and str(name).startswith("message_search"))


async def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    assert await database.read(_differences) == []
    assert await database.read(migrate.current) == migrate.newest()


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    assert await database.write(migrate.upgrade) == migrate.newest()


def test_every_table_with_a_person_or_conversation_is_exported_and_erased() -> None:
    personal = {table.name for table in people.PERSONAL}
    pointing = {
        table.name
        for table in metadata.tables.values()
        if {"person", "conversation", "turn", "message", "outbox"} & set(table.c.keys())
    } - {"erasures"}  # the ledger itself, hashes only: a restored backup forgets by it
    assert pointing <= personal


async def test_an_erased_person_is_in_no_table(database: Database) -> None:
    for peer in ("ana", "ben"):
        await accepted(database, wrote(1, f"secret of {peer}", peer=peer))
        await answer(database, await take(database, 5))
    [person] = await database.read(people.find, "ana")
    exported = await database.read(people.export, person)
    assert "secret of ana" in str(exported) and "secret of ben" not in str(exported)
    receipt = await database.write(people.erase, person)
    assert receipt["messages"] == 2 and receipt["people"] == 1
    for table in metadata.tables.values():
        left = await database.read(lambda connection, table=table: connection.execute(select(table)).all())  # type: ignore[misc]
        assert "secret of ana" not in str(left), table.name
    [other] = await database.read(people.find, "ben")
    assert len((await database.read(people.export, other))["messages"]) == 2
