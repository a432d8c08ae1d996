"""Links that open a visitor's chats on another device: each works once, and for LIFE.

They are kept here and not on the bus, which may forget: a used link must not work again because Redis or a process began anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, insert, select

from .models import visit_links

LIFE = timedelta(minutes=10)


def create(connection: Connection, token_hash: str, visitor: str, now: datetime) -> datetime:
    """Keep the hash of a new link for this visitor, whose older ones stop working; returns until when it works."""
    past = (visit_links.c.visitor == visitor) | (visit_links.c.expires_at <= now)
    connection.execute(delete(visit_links).where(past))
    until = now + LIFE
    connection.execute(insert(visit_links).values(token_hash=token_hash, visitor=visitor, expires_at=until))
    return until


def works(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Whether the link can still be used. Asking uses nothing up."""
    open_one = exists().where(visit_links.c.token_hash == token_hash, visit_links.c.expires_at > now)
    return bool(connection.execute(select(open_one)).scalar_one())


def use(connection: Connection, token_hash: str, now: datetime) -> str | None:
    """The visitor of the link, for the first one who asks; None when it is unknown, was used, or is too old."""
    row = connection.execute(
        delete(visit_links)
        .where(visit_links.c.token_hash == token_hash)
        .returning(visit_links.c.visitor, visit_links.c.expires_at)
    ).first()
    return str(row.visitor) if row is not None and row.expires_at > now else None
