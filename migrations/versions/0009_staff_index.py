"""One index for all that staff hold, also where 0006 was applied while it still made three."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_conversations_staff ON conversations (mode, hand_back_at, assignee) "
        "WHERE mode = 'human' OR hand_back_at IS NOT NULL OR assignee IS NOT NULL"
    )
    for name in ("ix_conversations_human", "ix_conversations_assignee", "ix_conversations_hand_back_at"):
        op.execute(f"DROP INDEX IF EXISTS {name}")


def downgrade() -> None:
    """Nothing: a new 0006 makes the index itself."""
