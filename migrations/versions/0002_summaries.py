"""A summary says up to which message it reaches, and the next one waits until the window moves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("summary_seq", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("next_summary", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("next_summary_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_column("next_summary_seq")
        batch_op.drop_column("next_summary")
        batch_op.drop_column("summary_seq")
