"""The table of links that open a visitor's chats on another device."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from .columns import Instant, metadata

# Gone once it is used, or a while after its time: the row itself is what makes it work once.
visit_links = Table(
    "visit_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("visitor", String(64), nullable=False),
    Column("expires_at", Instant, nullable=False),
)
