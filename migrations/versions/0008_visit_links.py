"""Links, each for one use within minutes, that open a visitor's chats on another device."""

import sqlalchemy as sa
from alembic import op

from assistant.store.models import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Instant(length=32), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_visit_links"),
    )
