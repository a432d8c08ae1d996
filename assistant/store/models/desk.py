"""The tables of the dashboard: staff and their sessions, reviews, notes, the audit log, personas, figures."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from .columns import Id, Instant, Json, id_column, metadata, ref

# --- staff -----------------------------------------------------------------------------------------------

# --- who works here ---------------------------------------------------------------------------------------

staff = Table(
    "staff",
    metadata,
    id_column(),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(256), nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    Column("totp_secret", String(64)),  # set and confirmed: a code is asked at every sign-in
    Column("totp_step", BigInteger, nullable=False, server_default="0"),  # no code works twice
    Column("language", String(8)),
    Column("theme", String(8)),
    Column("shortcuts", Boolean, nullable=False, server_default=text("true")),
    Column("seen_at", Instant),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    id_column(),
    ref("staff", "staff", index=True),
    Column("code_hash", String(64), nullable=False),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    ref("staff", "staff", index=True),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("browser", String(200)),
    # The password was right and a code is still to be given: such a session opens nothing else.
    Column("half", Boolean, nullable=False, server_default=text("false")),
    Column("proved_at", Instant),  # when the password was last given: dangerous acts want it fresh
)

invites = Table(
    "invites",
    metadata,
    id_column(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("email", String(254), nullable=False),
    Column("role", String(16), nullable=False),
    ref("staff", "staff"),  # who invites
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    id_column(),
    ref("staff", "staff", index=True),
    Column("name", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("scope", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

# Failed sign-ins by where they came from, whatever account they tried.
lockouts = Table(
    "lockouts",
    metadata,
    Column("origin", String(64), primary_key=True),  # a hash of the address
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("until", Instant),
    Column("at", Instant, nullable=False),
)

# --- reading and finding ----------------------------------------------------------------------------------

saved_views = Table(
    "saved_views",
    metadata,
    id_column(),
    ref("staff", "staff", index=True),
    Column("name", String(64), nullable=False),
    Column("query", String(1000), nullable=False),
    Column("shared", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", Instant, nullable=False),
)

labels = Table(
    "labels",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    Column("label", String(64), nullable=False, index=True),
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("conversation", "label"),
)

notes = Table(
    "notes",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    ref("staff", "staff", nullable=True),
    Column("text", Text, nullable=False),
    Column("seq", Integer),  # the message it stands behind
    Column("created_at", Instant, nullable=False),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    id_column(),
    Column("shortcut", String(32), nullable=False),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("shortcut", "language"),
)

# --- judging ----------------------------------------------------------------------------------------------

reviews = Table(
    "reviews",
    metadata,
    id_column(),
    ref("message", "messages", index=True),
    ref("staff", "staff", nullable=True),
    Column("source", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reason", String(64)),  # the person's own, with a thumb
    Column("correction", Text),
    Column("created_at", Instant, nullable=False),
    Column("reasons", Json),  # a list of codes
    Column("comment", Text),
    Column("whole", Boolean, nullable=False, server_default=text("false")),  # of the conversation up to here
    Column("item", Id, index=True),  # the queue's item it was given for
    Column("replaced_at", Instant),  # the same person judged anew
)
_JUDGED = text("replaced_at IS NULL")
Index("ix_reviews_verdict", reviews.c.verdict, reviews.c.id, sqlite_where=_JUDGED, postgresql_where=_JUDGED)

review_queues = Table(
    "review_queues",
    metadata,
    id_column(),
    Column("name", String(64), nullable=False),
    Column("rule", Json, nullable=False),
    Column("reviews_per_item", Integer, nullable=False, server_default="1"),
    Column("filled_to", Id, nullable=False, server_default="0"),  # the newest message the rule has looked at
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

review_items = Table(
    "review_items",
    metadata,
    id_column(),
    ref("queue", "review_queues"),
    ref("conversation", "conversations", index=True),
    ref("message", "messages", index=True),
    Column("source", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # open | done | disputed
    Column("reviews", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("queue", "message"),
)
Index("ix_review_items_state", review_items.c.queue, review_items.c.state, review_items.c.id)

# One row for each reviewer and item: a lease while it is looked at, then what was decided or that it was skipped.
review_leases = Table(
    "review_leases",
    metadata,
    id_column(),
    ref("item", "review_items"),
    ref("staff", "staff", index=True),
    Column("state", String(16), nullable=False),  # leased | decided | skipped
    Column("until", Instant),
    Column("draft", Json),
    Column("reason", String(64)),
    Column("at", Instant, nullable=False),
    UniqueConstraint("item", "staff"),
)
_LEASED = text("state = 'leased'")
Index("ix_review_leases_until", review_leases.c.until, sqlite_where=_LEASED, postgresql_where=_LEASED)

datasets = Table(
    "datasets",
    metadata,
    id_column(),
    Column("name", String(64), nullable=False, unique=True),
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("frozen_at", Instant),
)

dataset_items = Table(
    "dataset_items",
    metadata,
    id_column(),
    ref("dataset", "datasets"),
    ref("conversation", "conversations", index=True),
    ref("message", "messages", index=True),
    Column("split", String(16), nullable=False, server_default="train"),
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("dataset", "message"),
)

exports = Table(
    "exports",
    metadata,
    id_column(),
    Column("kind", String(16), nullable=False),  # sft | dpo | eval | raw | conversations | person
    Column("filter", Json, nullable=False),
    Column("manifest", Json),
    Column("file", String(128)),
    Column("state", String(16), nullable=False),  # made | failed | erased
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
)

# --- engine work that staff ask for and nobody is sent ----------------------------------------------------

trials = Table(
    "trials",
    metadata,
    id_column(),
    Column("kind", String(16), nullable=False),  # replay | draft | preview
    ref("conversation", "conversations", nullable=True, index=True),
    Column("turn", Id),
    Column("prompt", Json, nullable=False),
    Column("sampling", Json, nullable=False),
    Column("state", String(16), nullable=False),  # waiting | running | done | failed
    Column("owner", String(64)),
    Column("until", Instant),
    Column("answer", Text),
    Column("usage", Json),
    Column("error", String(64)),
    ref("staff", "staff", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
_OPEN = text("state IN ('waiting', 'running')")
Index("ix_trials_open", trials.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)

# --- what is set, and what was done -----------------------------------------------------------------------

audit = Table(
    "audit",
    metadata,
    id_column(),
    Column("at", Instant, nullable=False, index=True),
    Column("actor", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("target", String(128)),
    Column("detail", Json),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
for _name in ("actor", "action", "target"):
    Index(f"ix_audit_{_name}", audit.c[_name], audit.c.id)

settings_versions = Table(
    "settings_versions",
    metadata,
    id_column(),
    Column("kind", String(32), nullable=False),
    Column("channel", String(32)),
    Column("content", Json, nullable=False),
    Column("author", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("number", Integer, nullable=False, server_default="0"),  # 1, 2, 3 of its kind and name
    Column("name", String(64)),
    Column("comment", String(200)),
)

# Which version is in force where, and since when; a rollback is one more row.
publications = Table(
    "publications",
    metadata,
    id_column(),
    Column("kind", String(32), nullable=False),
    Column("channel", String(32)),  # empty: everywhere that has none of its own
    ref("version", "settings_versions", index=True),
    Column("author", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

# Every five minutes one row a figure: a page over ninety days reads thousands of rows, not millions.
rollups = Table(
    "rollups",
    metadata,
    Column("at", Instant, primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("label", String(64), primary_key=True),
    Column("value", Float, nullable=False),
)

# The processes that answer, as they say of themselves every few seconds; one that ended well takes its row along.
workers = Table(
    "workers",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("model", String(128), nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("sentence", String(300), nullable=False),  # what the engine says of itself
    Column("state", Json, nullable=False),  # counts of the engine and of the worker
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

# Who was erased: nothing but hashes, so that a backup that is restored forgets them again.
erasures = Table(
    "erasures",
    metadata,
    id_column(),
    Column("person", Id, nullable=False),
    Column("aliases", Json, nullable=False),
    Column("receipt", Json, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)
