"""What is forgotten by itself: raw webhooks, exchanges and files after their days, sessions after their end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, tuple_

from . import media
from .models import exchanges, raw_events, receipts, sessions

RECEIPTS_KEPT = timedelta(days=30)  # a status that matched nothing by then never will
AT_ONCE = 2000
"""Rows of a table that one sweep deletes: nobody waits long for it, however much there is."""


def sweep(connection: Connection, now: datetime, raw_kept: timedelta) -> dict[str, int]:
    """Delete what is past its time, AT_ONCE rows of a table at most; returns how many of each went, for as long as they are.

    Of a file the row stays, without content.
    """
    old = now - raw_kept
    raw = select(raw_events.c.id).where(raw_events.c.received_at < old).order_by(raw_events.c.received_at)
    # They come in the order of their ids: the first ones are the oldest, and no index of their times is needed.
    first = select(exchanges.c.id).order_by(exchanges.c.id)
    key = tuple_(receipts.c.channel, receipts.c.account, receipts.c.external_id)
    late = (
        select(receipts.c.channel, receipts.c.account, receipts.c.external_id)
        .where(receipts.c.at < now - RECEIPTS_KEPT)
        .order_by(receipts.c.at)
    )
    conditions = {
        raw_events: raw_events.c.id.in_(raw.limit(AT_ONCE)),
        exchanges: exchanges.c.id.in_(first.limit(AT_ONCE)) & (exchanges.c.at < old),
        receipts: key.in_(late.limit(AT_ONCE)),
        sessions: sessions.c.expires_at < now,
    }
    gone = {
        table.name: connection.execute(delete(table).where(past)).rowcount
        for table, past in conditions.items()
    }
    return gone | {"media": media.expire(connection, now)}
