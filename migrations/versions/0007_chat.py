"""The web chat: many chats of one visitor, versions of what was said, personas to choose among, links that show a chat."""

import sqlalchemy as sa
from alembic import op

from assistant.store.models import Id, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "messages", sa.Column("off_path", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index(
        "ix_conversations_temporary",
        "conversations",
        ["id"],
        unique=False,
        sqlite_where=sa.text("temporary"),
        postgresql_where=sa.text("temporary"),
    )
    op.create_table(
        "chats",
        sa.Column("conversation", Id, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=80), nullable=True),
        sa.Column("pinned_at", Instant(length=32), nullable=True),
        sa.Column("persona", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_chats_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation", name="pk_chats"),
    )
    op.create_table(
        "forks",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("conversation", Id, nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("parent_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_forks_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_forks"),
    )
    op.create_index("ix_forks_conversation", "forks", ["conversation", "after_seq"], unique=False)
    op.create_table(
        "shares",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("conversation", Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("leaf_seq", sa.Integer(), nullable=False),
        sa.Column("upto_seq", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("revoked_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_shares_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
        sa.UniqueConstraint("token_hash", name="uq_shares_token_hash"),
    )
    op.create_index("ix_shares_conversation", "shares", ["conversation"], unique=False)
    op.create_table(
        "persona_offers",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("version", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("retired_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["version"],
            ["settings_versions.id"],
            name="fk_persona_offers_version_settings_versions",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_persona_offers"),
        sa.UniqueConstraint("title", name="uq_persona_offers_title"),
    )
    op.create_index("ix_persona_offers_version", "persona_offers", ["version"], unique=False)
