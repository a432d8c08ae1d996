"""The tables of people, conversations, messages, turns and delivery."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from .columns import Id, Instant, Json, id_column, metadata, ref

# --- people and conversations ----------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    id_column(),
    Column("name", String(128)),
    Column("language", String(16)),
    Column("language_source", String(16)),
    Column("timezone", String(64)),
    Column("timezone_source", String(16)),
    Column("age_band", String(16)),
    Column("age_band_source", String(16)),
    Column("created_at", Instant, nullable=False),
)
# Found by how a name begins, in either case; each database folds letters in its own way (store/person_pages.py).
PEOPLE_ON_SQLITE = "CREATE INDEX ix_people_name ON people (name COLLATE NOCASE, id)"
PEOPLE_ON_POSTGRESQL = 'CREATE INDEX ix_people_name ON people ((lower(name) COLLATE "C"), id)'
event.listen(people, "after_create", DDL(PEOPLE_ON_SQLITE).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
event.listen(people, "after_create", DDL(PEOPLE_ON_POSTGRESQL).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]

aliases = Table(
    "aliases",
    metadata,
    id_column(),
    Column("channel", String(32), nullable=False),
    Column("account", String(128), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("value", String(256), nullable=False, index=True),
    ref("person", "people", index=True),
    UniqueConstraint("channel", "account", "kind", "value"),
)

conversations = Table(
    "conversations",
    metadata,
    id_column(),
    Column("key", String(700), nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("account", String(128), nullable=False),
    Column("peer", String(256), nullable=False),
    Column("thread", String(256)),
    ref("person", "people", index=True),
    Column("kind", String(16), nullable=False, server_default="private"),
    Column("mode", String(16), nullable=False, server_default="bot"),
    Column("mode_reason", String(128)),  # why it is paused, for staff
    # Messages up to here no longer speak for another bot: staff have looked at them.
    Column("watched_from_seq", Integer, nullable=False, server_default="0"),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("answered_seq", Integer, nullable=False, server_default="0"),
    # due_at is set while, and only while, a message waits for an answer; a claim moves it to the end of the lease.
    Column("due_at", Instant),
    Column("first_due_at", Instant),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("lease_owner", String(64)),
    Column("lease_token", Integer, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("crashes", Integer, nullable=False, server_default="0"),
    Column("window_until", Instant),
    Column("window_from_seq", Integer, nullable=False, server_default="0"),
    Column("summary", Text),
    Column("summary_seq", Integer, nullable=False, server_default="0"),
    # Made while there is time; told from the next step of the window on, so that prompts keep their beginning till then.
    Column("next_summary", Text),
    Column("next_summary_seq", Integer),
    Column("language", String(16)),
    Column("quiet_until", Instant),
    Column("told_busy_at", Instant),
    Column("temporary", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    # Staff: who looks after it, who answers in the model's place and until when, and whether it is done.
    Column("assignee", Id),
    Column("taken_by", Id),
    Column("taken_at", Instant),
    Column("hand_back_at", Instant),
    Column("resolved_at", Instant),
    Column("flagged", Boolean, nullable=False, server_default=text("false")),
)
# One index for all that staff hold in one way or another: each message updates its conversation, and every index on it,
# a partial one too, is looked at then. Both databases see that each part of the condition implies the whole.
_WITH_STAFF = text("mode = 'human' OR hand_back_at IS NOT NULL OR assignee IS NOT NULL")
Index(
    "ix_conversations_staff",
    conversations.c.mode,
    conversations.c.hand_back_at,
    conversations.c.assignee,
    sqlite_where=_WITH_STAFF,
    postgresql_where=_WITH_STAFF,
)
_FLAGGED = text("flagged")
Index("ix_conversations_flagged", conversations.c.last_at, sqlite_where=_FLAGGED, postgresql_where=_FLAGGED)
Index(
    "ix_conversations_due",
    conversations.c.priority,
    conversations.c.due_at,
    sqlite_where=text("due_at IS NOT NULL"),
    postgresql_where=text("due_at IS NOT NULL"),
)
Index("ix_conversations_last_at", conversations.c.last_at)
_TEMPORARY = text("temporary")
Index(
    "ix_conversations_temporary",
    conversations.c.id,
    sqlite_where=_TEMPORARY,
    postgresql_where=_TEMPORARY,
)
Index(
    "ix_conversations_paused",
    conversations.c.id,
    sqlite_where=text("mode = 'paused'"),
    postgresql_where=text("mode = 'paused'"),
)

messages = Table(
    "messages",
    metadata,
    id_column(),
    ref("conversation", "conversations"),
    Column("seq", Integer, nullable=False),
    # A reply stands after the newest message it answers, even when others came while it was written.
    Column("after_seq", Integer, nullable=False),
    Column("direction", String(8), nullable=False),
    Column("author", String(16), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("account", String(128), nullable=False),
    Column("external_id", String(256)),
    Column("parts", Json, nullable=False),
    Column("reply_to", String(256)),
    Column("writer", String(128)),  # who wrote, where several people share a conversation
    Column("album", String(64)),  # what was sent together there, in the platform's words
    Column("status", String(16)),
    Column("error_code", String(64)),
    Column("outcome", String(24)),
    Column("outcome_reason", String(128)),
    Column("turn", Id),
    Column("staff", Id),
    Column("sent_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("edited_at", Instant),
    Column("deleted_at", Instant),
    Column("off_path", Boolean, nullable=False, server_default=text("false")),  # another version is shown
    UniqueConstraint("channel", "account", "external_id"),
    UniqueConstraint("conversation", "seq"),
)
Index(
    "ix_messages_waiting",
    messages.c.conversation,
    messages.c.seq,
    sqlite_where=text("outcome IS NULL AND direction = 'in'"),
    postgresql_where=text("outcome IS NULL AND direction = 'in'"),
)
Index(
    "ix_messages_album",
    messages.c.conversation,
    messages.c.album,
    sqlite_where=text("album IS NOT NULL"),
    postgresql_where=text("album IS NOT NULL"),
)
Index(
    "ix_messages_dead",
    messages.c.id,
    sqlite_where=text("outcome = 'dead'"),
    postgresql_where=text("outcome = 'dead'"),
)

# The words of a message, folded for search; what was deleted has no row. Written beside the accept path, never in it.
search_words = Table(
    "search_words",
    metadata,
    Column(
        "message",
        Id,
        ForeignKey("messages.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    ref("conversation", "conversations", index=True),
    Column("text", Text, nullable=False),
)
SEARCH_ON_SQLITE = (
    (
        "CREATE VIRTUAL TABLE message_search USING fts5(text, content='search_words', content_rowid='message', "
        "tokenize='unicode61 remove_diacritics 2', prefix='3')"
    ),
    (
        "CREATE TRIGGER search_words_added AFTER INSERT ON search_words BEGIN "
        "INSERT INTO message_search(rowid, text) VALUES (new.message, new.text); END"
    ),
    (
        "CREATE TRIGGER search_words_gone AFTER DELETE ON search_words BEGIN "
        "INSERT INTO message_search(message_search, rowid, text) VALUES ('delete', old.message, old.text); END"
    ),
    (
        "CREATE TRIGGER search_words_changed AFTER UPDATE ON search_words BEGIN "
        "INSERT INTO message_search(message_search, rowid, text) VALUES ('delete', old.message, old.text); "
        "INSERT INTO message_search(rowid, text) VALUES (new.message, new.text); END"
    ),
)
SEARCH_ON_POSTGRESQL = (
    "CREATE INDEX ix_search_words_text ON search_words USING gin (to_tsvector('simple', text))",
)
for _statement in SEARCH_ON_SQLITE:
    event.listen(search_words, "after_create", DDL(_statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
for _statement in SEARCH_ON_POSTGRESQL:
    event.listen(search_words, "after_create", DDL(_statement).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]

reactions = Table(
    "reactions",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    Column("external_id", String(256), nullable=False),
    Column("author", String(16), nullable=False),
    Column("emoji", String(32)),
    Column("at", Instant, nullable=False),
)

raw_events = Table(
    "raw_events",
    metadata,
    id_column(),
    Column("channel", String(32), nullable=False),
    Column("account", String(128), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
    Column("handled_at", Instant),
    UniqueConstraint("channel", "digest"),
)

media = Table(
    "media",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    # Which part of which message it is.
    Column("seq", Integer),
    Column("part", Integer),
    Column("ref", Text),  # the platform's handle, as long as it is needed
    Column("name", String(256)),
    Column("width", Integer),
    Column("height", Integer),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant),
    Column("error", String(64)),
    Column("sha256", String(64)),
    Column("kind", String(16), nullable=False),
    Column("mime", String(128)),
    Column("bytes", BigInteger),
    Column("seconds", Float),
    Column("source", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("transcript", Text),
    Column("description", Text),
    Column("expires_at", Instant),
    Column("created_at", Instant, nullable=False),
)
Index("ix_media_place", media.c.conversation, media.c.seq)
_WAITS = text("state = 'waiting'")
Index("ix_media_next_at", media.c.next_at, sqlite_where=_WAITS, postgresql_where=_WAITS)
Index("ix_media_sha256", media.c.sha256)
_KEPT = text("state = 'kept'")
Index("ix_media_expires_at", media.c.expires_at, sqlite_where=_KEPT, postgresql_where=_KEPT)

# --- turns and delivery ----------------------------------------------------------------------------------

turns = Table(
    "turns",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    Column("lo_seq", Integer, nullable=False),
    Column("hi_seq", Integer, nullable=False),
    Column("cause", String(16), nullable=False),
    Column("lane", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("model", String(128)),
    Column("persona_version", Integer),
    Column("prompt", Json),
    Column("sampling", Json),
    Column("prompt_tokens", Integer, nullable=False, server_default="0"),
    Column("cached_tokens", Integer, nullable=False, server_default="0"),
    Column("completion_tokens", Integer, nullable=False, server_default="0"),
    Column("finish", String(16)),
    Column("taint", Boolean, nullable=False, server_default=text("false")),
    Column("error", String(64)),
    Column("claimed_at", Instant),  # a worker took the conversation
    Column("started_at", Instant, nullable=False),
    Column("asked_at", Instant),  # the prompt was ready and went to the model
    Column("first_token_at", Instant),
    Column("ended_at", Instant),
)

steps = Table(
    "steps",
    metadata,
    id_column(),
    ref("turn", "turns", index=True),
    Column("ord", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(64)),
    Column("input", Json),
    Column("output", Text),
    Column("state", String(16), nullable=False),
    Column("took_ms", Float, nullable=False, server_default="0"),
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    ref("conversation", "conversations"),
    ref("message", "messages"),
    Column("turn", Id),
    Column("part", Integer, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("account", String(128), nullable=False),
    Column("state", String(16), nullable=False),
    Column("payload", Json, nullable=False),
    Column("reply_to", String(256)),
    Column("idempotency_key", String(64), nullable=False, unique=True),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant, nullable=False),
    Column("external_id", String(256)),
    Column("status", String(16)),
    Column("sent_at", Instant),
    Column("error", String(64)),
    Column("error_code", String(64)),
    Column("duplicate_possible", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("message", "part"),
)
_ACTIVE = text("state IN ('held', 'pending', 'sending', 'unknown')")
Index("ix_outbox_active", outbox.c.conversation, outbox.c.id, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)
Index("ix_outbox_next_at", outbox.c.next_at, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)
_FAILED = text("state = 'failed'")
Index("ix_outbox_failed", outbox.c.conversation, outbox.c.id, sqlite_where=_FAILED, postgresql_where=_FAILED)
Index("ix_outbox_failed_id", outbox.c.id, sqlite_where=_FAILED, postgresql_where=_FAILED)
Index("ix_outbox_external", outbox.c.channel, outbox.c.account, outbox.c.external_id)

receipts = Table(
    "receipts",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("external_id", String(256), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("error_code", String(64)),
    Column("at", Instant, nullable=False, index=True),
    Column("billed", String(32)),  # the platform's price category of a message that costs money
)
_BILLED = text("billed IS NOT NULL")
Index("ix_receipts_billed", receipts.c.channel, receipts.c.at, sqlite_where=_BILLED, postgresql_where=_BILLED)

exchanges = Table(
    "exchanges",
    metadata,
    id_column(),
    ref("outbox", "outbox", index=True),
    Column("method", String(8), nullable=False),
    Column("url", Text, nullable=False),
    Column("status", Integer),
    Column("request", Text, nullable=False),
    Column("response", Text, nullable=False),
    Column("took_ms", Float, nullable=False),
    Column("error", String(64)),
    Column("at", Instant, nullable=False),
)

channel_states = Table(
    "channel_states",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("paused_reason", String(200)),
    Column("paused_at", Instant),
    Column("resume_at", Instant),
    # For staff to see: some process has found the platform silent and asks it only now and then.
    Column("unreachable_since", Instant),
    Column("unreachable_until", Instant),
)

# What platforms say of our own accounts: quality, limits, bans.
account_notices = Table(
    "account_notices",
    metadata,
    id_column(),
    Column("channel", String(32), nullable=False),
    Column("account", String(128), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("sentence", String(400), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seen_at", Instant),
    UniqueConstraint("channel", "account", "kind", "sentence", "at"),
)

# How far a channel without a webhook was asked, and by whom: one process at a time.
cursors = Table(
    "cursors",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("cursor", String(256)),
    Column("owner", String(64)),
    Column("until", Instant),
)

# --- rooms kept for what comes next ----------------------------------------------------------------------

wakeups = Table(
    "wakeups",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    Column("kind", String(32), nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("payload", Json),
    Column("done_at", Instant),
)

actions = Table(
    "actions",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    ref("person", "people", index=True),
    Column("turn", Id),
    Column("tool", String(64), nullable=False),
    Column("arguments", Json, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("expires_at", Instant),
    Column("decided_at", Instant),
    Column("created_at", Instant, nullable=False),
)

usage = Table(
    "usage",
    metadata,
    Column("person", Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("kind", String(24), primary_key=True),
    Column("amount", Integer, nullable=False, server_default="0"),
)

notices = Table(
    "notices",
    metadata,
    id_column(),
    ref("conversation", "conversations", index=True),
    Column("kind", String(32), nullable=False),
    Column("message", Id),
    Column("at", Instant, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    id_column(),
    ref("person", "people", index=True),
    Column("kind", String(32), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("source", String(32), nullable=False),
    Column("at", Instant, nullable=False),
)
