"""Every migration only adds: the version before it goes on working while the new one starts (migrations/README.md)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from assistant.store import migrate
from assistant.store.database import Database


def history(scripts: Path = migrate.SCRIPTS) -> list[str]:
    """The numbers of all migrations, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def contracts(revision: str, scripts: Path = migrate.SCRIPTS) -> bool:
    """Whether the migration says of itself that it takes away what no living version uses any more."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    module = ScriptDirectory.from_config(config).get_revision(revision).module
    return bool(getattr(module, "CONTRACTS", ""))


def upgrade(connection: Connection, to: str, scripts: Path = migrate.SCRIPTS) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def tables(connection: Connection) -> MetaData:
    """Those of ours; what SQLite keeps its full-text index in is written by nobody else."""
    found = MetaData()
    found.reflect(connection)
    for table in list(found.tables.values()):
        if table.name == "alembic_version" or table.name.startswith("message_search"):
            found.remove(table)
    return found


def breaches(old: MetaData, new: MetaData) -> Iterator[str]:
    """What in the new schema breaks a program that knows only the old one, a sentence each."""
    for name, table in old.tables.items():
        after = new.tables.get(name)
        if after is None:
            yield f"table {name} is gone"
            continue
        for column in table.columns:
            there = after.columns.get(column.name)
            if there is None:
                yield f"{name}.{column.name} is gone"
            elif str(there.type) != str(column.type):
                yield f"{name}.{column.name} was {column.type} and is {there.type}"
            elif column.nullable and not there.nullable:
                yield f"{name}.{column.name} may no longer be empty"
            elif column.server_default is not None and there.server_default is None:
                yield f"{name}.{column.name} lost its default"
        for column in after.columns:
            needed = not column.nullable and column.server_default is None
            if column.name not in table.columns and needed:
                yield f"{name}.{column.name} is new and must be given"
        for columns in _unique(after) - _unique(table):
            if columns <= set(table.columns.keys()):
                yield f"{name}: {', '.join(sorted(columns))} must be unique now"


def _unique(table: sa.Table) -> set[frozenset[str]]:
    found = [one.columns for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    found += [one.columns for one in table.indexes if one.unique]
    return {frozenset(column.name for column in columns) for columns in found}


def write_as_before(connection: Connection, old: MetaData) -> None:
    """One row into every table, with the columns that the version before knows; read, changed and deleted again."""
    now = datetime(2026, 11, 30, tzinfo=UTC)
    made: list[tuple[sa.Table, dict[str, Any]]] = []
    for table in old.sorted_tables:
        values = {
            column.name: 1 if column.name == "id" or column.foreign_keys else _value(column.type, now)
            for column in table.columns
        }
        connection.execute(sa.insert(table).values(values))
        made.append((table, values))
    for table, values in made:
        [row] = connection.execute(sa.select(table)).all()
        assert len(row) == len(values)
        last = list(table.columns)[-1]
        connection.execute(sa.update(table).values({last.name: values[last.name]}))
    for table, _ in reversed(made):
        connection.execute(sa.delete(table))


def _value(kind: sa.types.TypeEngine[Any], now: datetime) -> Any:
    if isinstance(kind, sa.DateTime):
        return now
    if isinstance(kind, sa.LargeBinary):
        return b"0"
    if isinstance(kind, sa.String):
        return "0"
    return False if isinstance(kind, sa.Boolean) else 0


@pytest.mark.parametrize("revision", history()[1:])
async def test_a_migration_only_adds_and_the_version_before_still_works(
    database_url: str, tmp_path: Path, revision: str
) -> None:
    steps = history()
    before = steps[steps.index(revision) - 1]
    database = Database(database_url)
    database.open()

    def both(connection: Connection) -> None:
        upgrade(connection, before)
        old = tables(connection)
        upgrade(connection, revision)
        assert contracts(revision) or list(breaches(old, tables(connection))) == []
        if not contracts(revision):
            write_as_before(connection, old)

    try:
        await database.write(both)
    finally:
        await database.close()


BAD = {
    'op.drop_column("reviews", "reason")': "reviews.reason is gone",
    'op.drop_table("labels")': "table labels is gone",
    'op.add_column("staff", sa.Column("desk", sa.String(8), nullable=False))': "staff.desk is new and must be given",
    'op.create_index("one_name", "staff", ["name"], unique=True)': "staff: name must be unique now",
}


@pytest.mark.parametrize("line", BAD)
def test_a_migration_that_takes_something_away_is_noticed(line: str, tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    newest = migrate.newest()
    (scripts / "versions" / "9999_bad.py").write_text(
        f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "9999"\ndown_revision = "{newest}"\n\n\n'
        f"def upgrade() -> None:\n    {line}\n"
    )
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'bad.db'}")
    with engine.begin() as connection:
        upgrade(connection, newest, scripts)
        old = tables(connection)
        upgrade(connection, "9999", scripts)
        assert list(breaches(old, tables(connection))) == [BAD[line]]
    engine.dispose()


async def test_tables_of_a_newer_version_are_left_alone_and_suffice(database: Database) -> None:
    def newer(connection: Connection) -> None:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    await database.write(newer)
    assert await database.write(migrate.upgrade) == "9999"
    assert migrate.suffices("9999") and migrate.suffices(migrate.newest())
    assert not migrate.suffices(None) and not migrate.suffices("0001")
