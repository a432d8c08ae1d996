"""What is past its time is found without reading everything that is not, and so is what was billed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_receipts_at", "receipts", ["at"])
    billed = sa.text("billed IS NOT NULL")
    op.create_index(
        "ix_receipts_billed", "receipts", ["channel", "at"], sqlite_where=billed, postgresql_where=billed
    )
    kept = sa.text("state = 'kept'")
    op.create_index("ix_media_expires_at", "media", ["expires_at"], sqlite_where=kept, postgresql_where=kept)


def downgrade() -> None:
    op.drop_index("ix_media_expires_at", table_name="media")
    op.drop_index("ix_receipts_billed", table_name="receipts")
    op.drop_index("ix_receipts_at", table_name="receipts")
