"""Finding messages by their words: folded, filled beside the accept path, newest first, never slower than its time limit.

Words are cut here, the same way for both databases: what they index is nothing but folded words with spaces between them.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from ..types import Direction
from . import parts as codec
from .dialects import insert_new, upsert
from .models import conversations, cursors, messages, people, search_words

CURSOR = "search:index"
AT_ONCE = 128  # messages of one transaction of the indexer: who writes in that moment waits for some hundredths of a second
LATE = 2000
"""On PostgreSQL a message may be committed after one with a higher number: so far back the indexer looks again."""
LATE_AT_ONCE = 100
LIMIT_SECONDS = 1.0
BATCH = 200  # messages looked at first where not all count, then twice as many, up to:
LARGEST_BATCH = 3200
NEWEST = 10_000  # words in one of two hundred messages or more are found here, without the index
LONGEST = 20_000  # characters of a message that are searched
LONGEST_WORD = 64
MOST_WORDS = 12
PREFIX_FROM = 3  # letters
AROUND = 60  # characters of a snippet on either side of the first hit

# Scripts that put no spaces between words: each letter is a word, and what is typed is found as a phrase.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


# --- words -----------------------------------------------------------------------------------------------


def fold(words: str) -> str:
    """Lower case, without accents; may be longer or shorter than what was given."""
    if words.isascii():
        return words.lower()
    plain = unicodedata.normalize("NFKD", words.casefold()).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(words: str) -> list[str]:
    """The words of a text as they are indexed."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(words))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: every phrase, in any order; the last word may be only the beginning of one."""

    phrases: tuple[tuple[str, ...], ...]
    open_end: bool = False


def wanted(words: str) -> Wanted:
    """Read what somebody typed: words, "phrases in quotes", and nothing that is special."""
    phrases: list[tuple[str, ...]] = []
    left = MOST_WORDS
    pieces = re.split('["\u201c\u201d\u201e\u00ab\u00bb]', words)
    closed = (
        len(pieces) if len(pieces) % 2 else len(pieces) - 1
    )  # a quote that is never closed quotes nothing
    for place, piece in enumerate(pieces):
        quoted = place % 2 == 1 and place < closed
        for part in [piece] if quoted else piece.split():
            found = tuple(tokens(part)[:left])
            if found:
                phrases.append(found)
                left -= len(found)
    last_is_quoted = len(pieces) > 1 and len(pieces) % 2 == 1 and not tokens(pieces[-1])
    open_end = (
        bool(phrases)
        and not last_is_quoted
        and not words[-1:].isspace()
        and len(phrases[-1][-1]) >= PREFIX_FROM
        and not re.match(f"[{_UNSPACED}]", phrases[-1][-1])
    )
    return Wanted(phrases=tuple(phrases), open_end=open_end)


def snippet(said: str, looked_for: Wanted) -> tuple[tuple[str, bool], ...]:
    """The place of a text where the first hit is, in pieces; True marks what was looked for. Plain text, not HTML."""
    said = " ".join(said[:LONGEST].split())
    spans = _hits(said, looked_for)
    begin = max(0, spans[0][0] - AROUND) if spans else 0
    end = min(len(said), (spans[0][1] if spans else 0) + 2 * AROUND)
    if begin:
        begin = said.find(" ", begin, spans[0][0]) + 1 or begin
    pieces: list[tuple[str, bool]] = [("…", False)] if begin else []
    at = begin
    for start, stop in spans:
        if start >= end:
            break
        pieces += [(said[at:start], False), (said[start : min(stop, end)], True)]
        at = min(stop, end)
    pieces.append((said[at:end] + ("…" if end < len(said) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def _hits(said: str, looked_for: Wanted) -> list[tuple[int, int]]:
    """Where the phrases stand in the text, in its own letters, in order and without overlap."""
    folded, places = [], []
    for place, letter in enumerate(said):
        for plain in fold(letter):
            folded.append(plain)
            places.append(place)
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer("".join(folded))]
    spans: list[tuple[int, int]] = []
    for number, phrase in enumerate(looked_for.phrases):
        open_end = looked_for.open_end and number == len(looked_for.phrases) - 1
        for at in range(len(words) - len(phrase) + 1):
            here = [word[0][:LONGEST_WORD] for word in words[at : at + len(phrase)]]
            same = here[:-1] == list(phrase[:-1]) and (
                here[-1].startswith(phrase[-1]) if open_end else here[-1] == phrase[-1]
            )
            if same:
                spans.append((places[words[at][1]], places[words[at + len(phrase) - 1][2] - 1] + 1))
    spans.sort()
    apart: list[tuple[int, int]] = []
    for span in spans:
        if apart and span[0] < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], span[1]))
        else:
            apart.append(span)
    return apart


# --- the indexer -----------------------------------------------------------------------------------------


def behind(connection: Connection) -> bool:
    """Whether `index` has something to do."""
    done = _reached(connection)
    newer = select(messages.c.id).where(messages.c.id > done).limit(1)
    if connection.execute(newer).first() is not None:
        return True
    return connection.dialect.name == "postgresql" and bool(
        connection.execute(_late(done).with_only_columns(messages.c.id).limit(1)).first()
    )


def index(connection: Connection, limit: int = AT_ONCE) -> int:
    """Index the next messages, `limit` at most; returns how many were looked at. Two at once do no harm."""
    connection.execute(insert_new(connection, cursors, ["channel"]), {"channel": CURSOR})
    mine = select(cursors.c.cursor).where(cursors.c.channel == CURSOR)
    held = connection.execute(mine.with_for_update(skip_locked=True)).first()
    if held is None:
        return 0
    done = int(held[0] or 0)
    # Their rows are held until the commit: who deletes one of them in this moment waits, and finds the words to delete.
    newer = (
        select(messages.c.id, messages.c.conversation, messages.c.direction, messages.c.parts)
        .where(messages.c.id > done)
        .order_by(messages.c.id)
        .limit(limit)
        .with_for_update(read=True)
    )
    rows = list(connection.execute(newer).all())
    if rows:
        reached = str(rows[-1].id)
        connection.execute(update(cursors).where(cursors.c.channel == CURSOR).values(cursor=reached))
    if connection.dialect.name == "postgresql":
        rows += connection.execute(_late(done).limit(LATE_AT_ONCE).with_for_update(read=True)).all()
    found = [
        {"message": row.id, "conversation": row.conversation, "text": _words(row.parts)}
        for row in rows
        if row.direction != Direction.INTERNAL and row.parts
    ]
    if found:
        connection.execute(insert_new(connection, search_words, ["message"]), found)
    return len(rows)


def again(connection: Connection, conversation: int, seq: int) -> None:
    """The message was edited or deleted: what is found of it is what it says now."""
    row = connection.execute(
        select(messages.c.id, messages.c.parts).where(
            messages.c.conversation == conversation, messages.c.seq == seq
        )
    ).first()
    if row is None:
        return
    if not row.parts:
        connection.execute(delete(search_words).where(search_words.c.message == row.id))
        return
    words = _words(row.parts)
    values = {"message": row.id, "conversation": conversation, "text": words}
    connection.execute(
        upsert(connection, search_words)
        .values(**values)
        .on_conflict_do_update(index_elements=["message"], set_={"text": words})
    )


def _reached(connection: Connection) -> int:
    found = connection.execute(select(cursors.c.cursor).where(cursors.c.channel == CURSOR)).scalar()
    return int(found or 0)


def _late(done: int) -> Any:
    """What was committed after the indexer had passed its number."""
    words = select(search_words.c.message).where(search_words.c.message == messages.c.id)
    return (
        select(messages.c.id, messages.c.conversation, messages.c.direction, messages.c.parts)
        .where(
            messages.c.id <= done,
            messages.c.id > done - LATE,
            messages.c.direction != Direction.INTERNAL.value,
            messages.c.deleted_at.is_(None),
            ~words.exists(),
        )
        .order_by(messages.c.id.desc())
    )


def _words(stored: Iterable[dict[str, Any]]) -> str:
    """Empty for a picture or a smile alone: its row says that the message was looked at."""
    return " ".join(tokens(codec.plain_text(codec.load(stored))[:LONGEST]))


# --- finding ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message that has the words. `pieces`: its text around them, True where they are."""

    message: int
    conversation: int
    seq: int
    channel: str
    peer: str
    name: str | None
    direction: str
    at: datetime
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Hits, newest first. `older`: from which message on there may be more. `partial`: the time was over before the end."""

    hits: list[Hit]
    older: int | None = None
    partial: bool = False


def find(
    connection: Connection,
    words: str,
    *,
    before: int | None = None,
    limit: int = 50,
    where: Sequence[ColumnElement[bool]] = (),
    seconds: float = LIMIT_SECONDS,
) -> Found:
    """Messages with all of these words, newest first; `where` are conditions on their conversations.

    Takes `seconds` at most, then says what it has.
    """
    looked_for = wanted(words)
    if not looked_for.phrases:
        return Found(hits=[])
    until = time.monotonic() + seconds
    hits: list[Hit] = []
    at, batch = before, BATCH if where else limit + 1
    try:
        while True:
            ids = _matching(connection, looked_for, at, batch, until)
            hits += _hits_of(connection, ids, looked_for, limit + 1 - len(hits), where)
            if len(hits) > limit:
                return Found(hits=hits[:limit], older=hits[limit - 1].message)
            if len(ids) < batch:
                return Found(hits=hits)
            at, batch = ids[-1], min(2 * batch, LARGEST_BATCH)
            if time.monotonic() > until:
                return Found(hits=hits, older=at, partial=True)
    except _TimeIsOver:
        return Found(hits=hits, older=at, partial=True)


class _TimeIsOver(Exception):
    pass


def has(said: str, looked_for: Wanted) -> bool:
    """Whether a short text has all of the words."""
    words = " ".join(tokens(said))
    return all(f" {phrase}{end}" in f" {words} " for phrase, end in _ends(looked_for))


def conversations_with(connection: Connection, looked_for: Wanted, among: Sequence[int]) -> set[int]:
    """Of these few conversations those in which a message that counts has all of the words.

    They are looked through one by one: what one visitor wrote is little, and what all others wrote is not touched.
    """
    # Folded words hold neither % nor _: there is nothing to escape.
    said = [
        (literal(" ") + search_words.c.text + literal(" ")).like(f"% {phrase}{end}%")
        for phrase, end in _ends(looked_for)
    ]
    if not said or not among:
        return set()
    rows = connection.execute(
        select(search_words.c.conversation)
        .join(messages, messages.c.id == search_words.c.message)
        .where(
            search_words.c.conversation.in_(among),
            messages.c.deleted_at.is_(None),
            messages.c.off_path.is_(False),
            *said,
        )
        .distinct()
    )
    return set(rows.scalars())


def _ends(looked_for: Wanted) -> list[tuple[str, str]]:
    """Each phrase, and what stands behind it: a space, or nothing where it may be the beginning of a word."""
    last = len(looked_for.phrases) - 1 if looked_for.open_end else None
    return [
        (" ".join(phrase), "" if number == last else " ") for number, phrase in enumerate(looked_for.phrases)
    ]


def _matching(
    connection: Connection, looked_for: Wanted, before: int | None, limit: int, until: float
) -> list[int]:
    if connection.dialect.name == "sqlite":
        return _on_sqlite(connection, looked_for, before, limit, until)
    return _on_postgresql(connection, looked_for, before, limit, until)


def _on_sqlite(
    connection: Connection, looked_for: Wanted, before: int | None, limit: int, until: float
) -> list[int]:
    match = " ".join('"' + " ".join(phrase) + '"' for phrase in looked_for.phrases)
    query = "SELECT rowid FROM message_search WHERE message_search MATCH :match"
    values: dict[str, Any] = {"match": match + " *" if looked_for.open_end else match, "limit": limit}
    if before is not None:
        query += " AND rowid < :before"
        values["before"] = before
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: time.monotonic() > until, 20_000)
    try:
        return list(
            connection.execute(text(f"{query} ORDER BY rowid DESC LIMIT :limit"), values).scalars().all()
        )
    except DBAPIError as error:
        if "interrupted" in str(error.orig):
            raise _TimeIsOver from None
        raise
    finally:
        driver.set_progress_handler(None, 0)


def _on_postgresql(
    connection: Connection, looked_for: Wanted, before: int | None, limit: int, until: float
) -> list[int]:
    """Its index knows no order: a frequent word is found by reading the newest messages, a rare one in the index.

    Left to itself PostgreSQL reads newest first for rare words too, and cuts every message into its words, which takes
    twenty times as long as to look for one in its text. Those two are kept apart, and words are compared as text: its
    index takes "00e0c" for two words. A phrase is looked for there as words alone, for the same reason.
    """
    left = max(1, int((until - time.monotonic()) * 1000))
    try:
        with connection.begin_nested():
            connection.execute(text(f"SET LOCAL statement_timeout = {left}"))
            found = list(connection.execute(_among_newest(looked_for, before, limit)).scalars())
            if len(found) < limit:
                at = found[-1] if found else before
                found += connection.execute(_in_index(looked_for, at, limit - len(found))).scalars()
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            return found
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "57014":
            raise _TimeIsOver from None
        raise


def _among_newest(looked_for: Wanted, before: int | None, limit: int) -> Select[int]:
    read = select(search_words.c.message, search_words.c.text).order_by(search_words.c.message.desc())
    if before is not None:
        read = read.where(search_words.c.message < before)
    newest = read.limit(NEWEST).subquery()
    says = _says(newest.c.text, looked_for)
    return select(newest.c.message).where(*says).order_by(newest.c.message.desc()).limit(limit)


def _in_index(looked_for: Wanted, before: int | None, limit: int) -> Select[int]:
    simple: ColumnElement[Any] = literal_column("'simple'::regconfig")
    asked: Any = None
    for number, phrase in enumerate(looked_for.phrases):
        last = looked_for.open_end and number == len(looked_for.phrases) - 1
        written = " & ".join(f"'{word}'" for word in phrase) + (":*" if last else "")
        term = func.to_tsquery(simple, written)
        asked = term if asked is None else asked.op("&&")(term)
    said = func.to_tsvector(simple, search_words.c.text)
    says = _says(search_words.c.text, looked_for)
    indexed = select(search_words.c.message).where(said.op("@@")(asked), *says).cte("indexed")
    indexed = indexed.prefix_with("MATERIALIZED")
    query = select(indexed.c.message).order_by(indexed.c.message.desc()).limit(limit)
    return query if before is None else query.where(indexed.c.message < before)


def _says(said: ColumnElement[str], looked_for: Wanted) -> list[ColumnElement[bool]]:
    return [
        func.strpos(literal(" ") + said + literal(" "), f" {phrase}{end}") > 0
        for phrase, end in _ends(looked_for)
    ]


def _hits_of(
    connection: Connection,
    ids: Sequence[int],
    looked_for: Wanted,
    limit: int,
    where: Sequence[ColumnElement[bool]],
) -> list[Hit]:
    if not ids:
        return []
    query = (
        select(
            messages.c.id.label("message"),
            messages.c.conversation,
            messages.c.seq,
            conversations.c.channel,
            conversations.c.peer,
            people.c.name,
            messages.c.direction,
            messages.c.sent_at.label("at"),
            messages.c.parts,
        )
        .join(conversations, conversations.c.id == messages.c.conversation)
        .join(people, people.c.id == conversations.c.person)
        .where(messages.c.id.in_(ids), messages.c.deleted_at.is_(None), *where)
        .order_by(messages.c.id.desc())
        .limit(limit)
    )
    return [
        Hit(
            **{name: value for name, value in row.items() if name != "parts"},
            pieces=snippet(codec.plain_text(codec.load(row["parts"])), looked_for),
        )
        for row in connection.execute(query).mappings()
    ]
