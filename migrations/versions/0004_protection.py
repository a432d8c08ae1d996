"""What protects us: accounts whose platform does not answer, conversations paused with a reason, and who was told to wait."""

import sqlalchemy as sa
from alembic import op

from assistant.store.models import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channel_states", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unreachable_since", Instant(), nullable=True))
        batch_op.add_column(sa.Column("unreachable_until", Instant(), nullable=True))
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mode_reason", sa.String(128), nullable=True))
        batch_op.add_column(sa.Column("watched_from_seq", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("told_busy_at", Instant(), nullable=True))
    paused = sa.text("mode = 'paused'")
    op.create_index(
        "ix_conversations_paused", "conversations", ["id"], sqlite_where=paused, postgresql_where=paused
    )


def downgrade() -> None:
    op.drop_index("ix_conversations_paused", table_name="conversations")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        for name in ("told_busy_at", "watched_from_seq", "mode_reason"):
            batch_op.drop_column(name)
    with op.batch_alter_table("channel_states", schema=None) as batch_op:
        batch_op.drop_column("unreachable_until")
        batch_op.drop_column("unreachable_since")
