"""Applies the migrations; safe to call from every process at every start."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).parents[2] / "migrations"
_LOCK = 7_201_936_112  # any number, as long as every version of this program uses the same


def upgrade(connection: Connection) -> str:
    """Bring the schema to the newest version inside the connection's transaction; returns that version.

    A schema that a newer program made is left as it is: two versions run side by side while one replaces the other.
    """
    from alembic import command  # 20 MB that only this function needs
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    found = current(connection)
    if found is not None and found > newest():
        return found
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return current(connection) or ""


def current(connection: Connection) -> str | None:
    """The version of the schema; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def suffices(version: str | None) -> bool:
    """Whether this program can work on a schema of that version: its own, or a newer one (migrations/README.md)."""
    return version is not None and version >= newest()


def newest() -> str:
    """The version this program wants: migrations are numbered, the last number is the newest."""
    return max(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))
