"""What is forgotten by itself: raw webhooks, exchanges and files after their days, sessions after their end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from . import media
from .models import exchanges, raw_events, receipts, sessions

RECEIPTS_KEPT = timedelta(days=30)  # a status that matched nothing by then never will


def sweep(connection: Connection, now: datetime, raw_kept: timedelta) -> dict[str, int]:
    """Delete what is past its time; returns how many rows of each table went. Of a file the row stays, without content."""
    conditions = {
        raw_events: raw_events.c.received_at < now - raw_kept,
        exchanges: exchanges.c.at < now - raw_kept,
        receipts: receipts.c.at < now - RECEIPTS_KEPT,
        sessions: sessions.c.expires_at < now,
    }
    gone = {
        table.name: connection.execute(delete(table).where(past)).rowcount
        for table, past in conditions.items()
    }
    return gone | {"media": media.expire(connection, now)}
