"""Applies the migrations; safe to call from every process at every start."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

SCRIPTS = Path(__file__).parents[2] / "migrations"
_LOCK = 7_201_936_112  # any number, as long as every version of this program uses the same


def upgrade(connection: Connection) -> str:
    """Bring the schema to the newest version inside the connection's transaction; returns that version."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    command.upgrade(_config(connection), "head")
    return current(connection) or ""


def current(connection: Connection) -> str | None:
    """The version of the schema; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version this program wants."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
