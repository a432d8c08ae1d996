"""The tables of our own page's chats: what visitors made of each, which branch is shown, what is shared and offered."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from .columns import Id, Instant, id_column, metadata, ref

# A conversation of which nothing of this was said has no row.
chats = Table(
    "chats",
    metadata,
    Column(
        "conversation",
        Id,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("title", String(80)),  # the visitor's own; without it the first words of the first message
    Column("pinned_at", Instant),
    Column("persona", Id),  # the offer that was chosen
    Column("created_at", Instant, nullable=False),
)

# What comes after the message `after_seq` follows `parent_seq`, not the message before it; 0: it begins anew.
# The last row of an `after_seq` holds; all of them together tell which branch was shown when.
forks = Table(
    "forks",
    metadata,
    id_column(),
    ref("conversation", "conversations"),
    Column("after_seq", Integer, nullable=False),
    Column("parent_seq", Integer, nullable=False),
)
Index("ix_forks_conversation", forks.c.conversation, forks.c.after_seq)

# What a visitor showed to others: the branch that ended with `leaf_seq`, as far as it was written up to `upto_seq`.
shares = Table(
    "shares",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("leaf_seq", Integer, nullable=False),
    Column("upto_seq", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

# Personas that visitors may choose among, under a title of their own.
persona_offers = Table(
    "persona_offers",
    metadata,
    id_column(),
    Column("title", String(64), nullable=False),
    ref("version", "settings_versions", index=True),
    Column("position", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
    UniqueConstraint("title"),
)
