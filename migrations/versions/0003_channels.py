"""Files people send, prices of messages, notices of platforms about our accounts, and polling cursors."""

import sqlalchemy as sa
from alembic import op

from assistant.store.models import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ref", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("name", sa.String(256), nullable=True))
        batch_op.add_column(sa.Column("width", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("height", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("next_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("error", sa.String(64), nullable=True))
    op.create_index("ix_media_place", "media", ["conversation", "seq"])
    op.create_index("ix_media_sha256", "media", ["sha256"])
    waits = sa.text("state = 'waiting'")
    op.create_index("ix_media_next_at", "media", ["next_at"], sqlite_where=waits, postgresql_where=waits)
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("writer", sa.String(128), nullable=True))
        batch_op.add_column(sa.Column("album", sa.String(64), nullable=True))
    parts = sa.text("album IS NOT NULL")
    op.create_index(
        "ix_messages_album",
        "messages",
        ["conversation", "album"],
        sqlite_where=parts,
        postgresql_where=parts,
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("billed", sa.String(32), nullable=True))
    op.create_table(
        "account_notices",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("account", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("sentence", sa.String(400), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_notices")),
        sa.UniqueConstraint(
            "channel", "account", "kind", "sentence", "at", name=op.f("uq_account_notices_channel")
        ),
    )
    op.create_table(
        "cursors",
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("cursor", sa.String(256), nullable=True),
        sa.Column("owner", sa.String(64), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_cursors")),
    )


def downgrade() -> None:
    op.drop_table("cursors")
    op.drop_table("account_notices")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_column("billed")
    op.drop_index("ix_messages_album", table_name="messages")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("album")
        batch_op.drop_column("writer")
    op.drop_index("ix_media_next_at", table_name="media")
    op.drop_index("ix_media_sha256", table_name="media")
    op.drop_index("ix_media_place", table_name="media")
    with op.batch_alter_table("media", schema=None) as batch_op:
        for name in ("error", "next_at", "attempts", "height", "width", "name", "ref", "part", "seq"):
            batch_op.drop_column(name)
