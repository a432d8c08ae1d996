"""The dashboard: accounts with codes, reviews in queues, takeovers, search, personas, figures and what was erased."""

import sqlalchemy as sa
from alembic import op

from assistant.store.models import Id, Instant, Json
from assistant.store.models.core import (
    PEOPLE_ON_POSTGRESQL,
    PEOPLE_ON_SQLITE,
    SEARCH_ON_POSTGRESQL,
    SEARCH_ON_SQLITE,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WITH_STAFF = sa.text("mode = 'human' OR hand_back_at IS NOT NULL OR assignee IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("aliases", Json(), nullable=False),
        sa.Column("receipt", Json(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    op.create_table(
        "lockouts",
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("until", Instant(length=32), nullable=True),
        sa.Column("at", Instant(length=32), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_lockouts"),
    )
    op.create_table(
        "workers",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=128), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("state", Json(), nullable=False),
        sa.Column("started_at", Instant(length=32), nullable=False),
        sa.Column("seen_at", Instant(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_workers"),
    )
    op.create_table(
        "rollups",
        sa.Column("at", Instant(length=32), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("at", "name", "channel", "label", name="pk_rollups"),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("staff", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("expires_at", Instant(length=32), nullable=False),
        sa.Column("used_at", Instant(length=32), nullable=True),
        sa.Column("revoked_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_api_tokens_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
    )
    op.create_index("ix_api_tokens_staff", "api_tokens", ["staff"], unique=False)
    op.create_table(
        "canned_replies",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("shortcut", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("updated_at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_canned_replies_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        sa.UniqueConstraint("shortcut", "language", name="uq_canned_replies_shortcut"),
    )
    op.create_table(
        "datasets",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("staff", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("frozen_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_datasets_staff_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_datasets"),
        sa.UniqueConstraint("name", name="uq_datasets_name"),
    )
    op.create_table(
        "exports",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("filter", Json(), nullable=False),
        sa.Column("manifest", Json(), nullable=True),
        sa.Column("file", sa.String(length=128), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("staff", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_exports_staff_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
    )
    op.create_table(
        "invites",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("staff", Id, nullable=False),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("expires_at", Instant(length=32), nullable=False),
        sa.Column("used_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_invites_staff_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("token_hash", name="uq_invites_token_hash"),
    )
    op.create_table(
        "publications",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("version", Id, nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["settings_versions.id"],
            name="fk_publications_version_settings_versions",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )
    op.create_index("ix_publications_version", "publications", ["version"], unique=False)
    op.create_table(
        "recovery_codes",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("staff", Id, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_recovery_codes_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
    )
    op.create_index("ix_recovery_codes_staff", "recovery_codes", ["staff"], unique=False)
    op.create_table(
        "review_queues",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("rule", Json(), nullable=False),
        sa.Column("reviews_per_item", sa.Integer(), server_default="1", nullable=False),
        sa.Column("filled_to", Id, server_default="0", nullable=False),
        sa.Column("staff", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("closed_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_review_queues_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_queues"),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("staff", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_saved_views_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_staff", "saved_views", ["staff"], unique=False)
    op.create_table(
        "trials",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("conversation", Id, nullable=True),
        sa.Column("turn", Id, nullable=True),
        sa.Column("prompt", Json(), nullable=False),
        sa.Column("sampling", Json(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("until", Instant(length=32), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("usage", Json(), nullable=True),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("staff", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("ended_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_trials_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_trials_staff_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_trials"),
    )
    op.create_index("ix_trials_conversation", "trials", ["conversation"], unique=False)
    op.create_index(
        "ix_trials_open",
        "trials",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "dataset_items",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("dataset", Id, nullable=False),
        sa.Column("conversation", Id, nullable=False),
        sa.Column("message", Id, nullable=False),
        sa.Column("split", sa.String(length=16), server_default="train", nullable=False),
        sa.Column("staff", Id, nullable=True),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_dataset_items_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["dataset"], ["datasets.id"], name="fk_dataset_items_dataset_datasets", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message"], ["messages.id"], name="fk_dataset_items_message_messages", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_dataset_items_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dataset_items"),
        sa.UniqueConstraint("dataset", "message", name="uq_dataset_items_dataset"),
    )
    op.create_index("ix_dataset_items_conversation", "dataset_items", ["conversation"], unique=False)
    op.create_index("ix_dataset_items_message", "dataset_items", ["message"], unique=False)
    op.create_table(
        "review_items",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("queue", Id, nullable=False),
        sa.Column("conversation", Id, nullable=False),
        sa.Column("message", Id, nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reviews", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", Instant(length=32), nullable=False),
        sa.Column("done_at", Instant(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_review_items_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message"], ["messages.id"], name="fk_review_items_message_messages", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["queue"], ["review_queues.id"], name="fk_review_items_queue_review_queues", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_items"),
        sa.UniqueConstraint("queue", "message", name="uq_review_items_queue"),
    )
    op.create_index("ix_review_items_conversation", "review_items", ["conversation"], unique=False)
    op.create_index("ix_review_items_message", "review_items", ["message"], unique=False)
    op.create_index("ix_review_items_state", "review_items", ["queue", "state", "id"], unique=False)
    op.create_table(
        "search_words",
        sa.Column("message", Id, autoincrement=False, nullable=False),
        sa.Column("conversation", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_search_words_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message"], ["messages.id"], name="fk_search_words_message_messages", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message", name="pk_search_words"),
    )
    op.create_index("ix_search_words_conversation", "search_words", ["conversation"], unique=False)
    op.create_table(
        "review_leases",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("item", Id, nullable=False),
        sa.Column("staff", Id, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("until", Instant(length=32), nullable=True),
        sa.Column("draft", Json(), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("at", Instant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["item"], ["review_items.id"], name="fk_review_leases_item_review_items", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_review_leases_staff_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_leases"),
        sa.UniqueConstraint("item", "staff", name="uq_review_leases_item"),
    )
    op.create_index("ix_review_leases_staff", "review_leases", ["staff"], unique=False)
    op.create_index(
        "ix_review_leases_until",
        "review_leases",
        ["until"],
        unique=False,
        sqlite_where=sa.text("state = 'leased'"),
        postgresql_where=sa.text("state = 'leased'"),
    )
    op.add_column("conversations", sa.Column("assignee", Id, nullable=True))
    op.add_column("conversations", sa.Column("taken_by", Id, nullable=True))
    op.add_column("conversations", sa.Column("taken_at", Instant(length=32), nullable=True))
    op.add_column("conversations", sa.Column("hand_back_at", Instant(length=32), nullable=True))
    op.add_column("conversations", sa.Column("resolved_at", Instant(length=32), nullable=True))
    op.add_column(
        "conversations", sa.Column("flagged", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index(
        "ix_outbox_failed_id",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    )
    op.create_index(
        "ix_conversations_flagged",
        "conversations",
        ["last_at"],
        unique=False,
        sqlite_where=sa.text("flagged"),
        postgresql_where=sa.text("flagged"),
    )
    op.create_index(
        "ix_conversations_staff",
        "conversations",
        ["mode", "hand_back_at", "assignee"],
        unique=False,
        sqlite_where=WITH_STAFF,
        postgresql_where=WITH_STAFF,
    )
    op.create_index("ix_labels_label", "labels", ["label"], unique=False)
    op.add_column("notes", sa.Column("seq", sa.Integer(), nullable=True))
    op.add_column("turns", sa.Column("claimed_at", Instant(length=32), nullable=True))
    op.add_column("turns", sa.Column("asked_at", Instant(length=32), nullable=True))
    op.add_column("reviews", sa.Column("reasons", Json(), nullable=True))
    op.add_column("reviews", sa.Column("comment", sa.Text(), nullable=True))
    op.add_column(
        "reviews", sa.Column("whole", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("reviews", sa.Column("item", Id, nullable=True))
    op.add_column("reviews", sa.Column("replaced_at", Instant(length=32), nullable=True))
    op.create_index("ix_reviews_item", "reviews", ["item"], unique=False)
    op.create_index(
        "ix_reviews_verdict",
        "reviews",
        ["verdict", "id"],
        unique=False,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.add_column("sessions", sa.Column("browser", sa.String(length=200), nullable=True))
    op.add_column(
        "sessions", sa.Column("half", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("sessions", sa.Column("proved_at", Instant(length=32), nullable=True))
    op.add_column("settings_versions", sa.Column("number", sa.Integer(), server_default="0", nullable=False))
    op.add_column("settings_versions", sa.Column("name", sa.String(length=64), nullable=True))
    op.add_column("settings_versions", sa.Column("comment", sa.String(length=200), nullable=True))
    op.add_column("staff", sa.Column("totp_secret", sa.String(length=64), nullable=True))
    op.add_column("staff", sa.Column("totp_step", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("staff", sa.Column("language", sa.String(length=8), nullable=True))
    op.add_column("staff", sa.Column("theme", sa.String(length=8), nullable=True))
    op.add_column(
        "staff", sa.Column("shortcuts", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column("staff", sa.Column("seen_at", Instant(length=32), nullable=True))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SEARCH_ON_SQLITE if on_sqlite else SEARCH_ON_POSTGRESQL:
        op.execute(statement)
    op.create_index("ix_aliases_value", "aliases", ["value"], unique=False)
    for column in ("actor", "action", "target"):
        op.create_index(f"ix_audit_{column}", "audit", [column, "id"], unique=False)
    op.execute(PEOPLE_ON_SQLITE if op.get_bind().dialect.name == "sqlite" else PEOPLE_ON_POSTGRESQL)


def downgrade() -> None:
    op.execute("DROP INDEX ix_people_name")
    for column in ("actor", "action", "target"):
        op.drop_index(f"ix_audit_{column}", table_name="audit")
    op.drop_index("ix_aliases_value", table_name="aliases")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE message_search")

    op.drop_column("staff", "seen_at")
    op.drop_column("staff", "shortcuts")
    op.drop_column("staff", "theme")
    op.drop_column("staff", "language")
    op.drop_column("staff", "totp_step")
    op.drop_column("staff", "totp_secret")
    op.drop_column("settings_versions", "comment")
    op.drop_column("settings_versions", "name")
    op.drop_column("settings_versions", "number")
    op.drop_column("sessions", "proved_at")
    op.drop_column("sessions", "half")
    op.drop_column("sessions", "browser")
    op.drop_index(
        "ix_reviews_verdict",
        table_name="reviews",
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.drop_index("ix_reviews_item", table_name="reviews")
    op.drop_column("reviews", "replaced_at")
    op.drop_column("reviews", "item")
    op.drop_column("reviews", "whole")
    op.drop_column("reviews", "comment")
    op.drop_column("reviews", "reasons")
    op.drop_column("notes", "seq")
    op.drop_column("turns", "asked_at")
    op.drop_column("turns", "claimed_at")
    op.drop_index("ix_labels_label", table_name="labels")
    op.drop_index(
        "ix_conversations_staff",
        table_name="conversations",
        sqlite_where=WITH_STAFF,
        postgresql_where=WITH_STAFF,
    )
    op.drop_index(
        "ix_outbox_failed_id",
        table_name="outbox",
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    )
    op.drop_index(
        "ix_conversations_flagged",
        table_name="conversations",
        sqlite_where=sa.text("flagged"),
        postgresql_where=sa.text("flagged"),
    )
    op.drop_column("conversations", "flagged")
    op.drop_column("conversations", "resolved_at")
    op.drop_column("conversations", "hand_back_at")
    op.drop_column("conversations", "taken_at")
    op.drop_column("conversations", "taken_by")
    op.drop_column("conversations", "assignee")
    op.drop_index(
        "ix_review_leases_until",
        table_name="review_leases",
        sqlite_where=sa.text("state = 'leased'"),
        postgresql_where=sa.text("state = 'leased'"),
    )
    op.drop_index("ix_review_leases_staff", table_name="review_leases")
    op.drop_table("review_leases")
    op.drop_index("ix_search_words_conversation", table_name="search_words")
    op.drop_table("search_words")
    op.drop_index("ix_review_items_state", table_name="review_items")
    op.drop_index("ix_review_items_message", table_name="review_items")
    op.drop_index("ix_review_items_conversation", table_name="review_items")
    op.drop_table("review_items")
    op.drop_index("ix_dataset_items_message", table_name="dataset_items")
    op.drop_index("ix_dataset_items_conversation", table_name="dataset_items")
    op.drop_table("dataset_items")
    op.drop_index(
        "ix_trials_open",
        table_name="trials",
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.drop_index("ix_trials_conversation", table_name="trials")
    op.drop_table("trials")
    op.drop_index("ix_saved_views_staff", table_name="saved_views")
    op.drop_table("saved_views")
    op.drop_table("review_queues")
    op.drop_index("ix_recovery_codes_staff", table_name="recovery_codes")
    op.drop_table("recovery_codes")
    op.drop_index("ix_publications_version", table_name="publications")
    op.drop_table("publications")
    op.drop_table("invites")
    op.drop_table("exports")
    op.drop_table("datasets")
    op.drop_table("canned_replies")
    op.drop_index("ix_api_tokens_staff", table_name="api_tokens")
    op.drop_table("api_tokens")
    op.drop_table("workers")
    op.drop_table("rollups")
    op.drop_table("lockouts")
    op.drop_table("erasures")
