"""The chats of one visitor of our own page: a conversation each, listed, named, pinned, read page by page, and deleted for good.

A chat is a thread of the visitor's address; a visitor from the time when each had one conversation keeps it as the chat
without a thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, update
from sqlalchemy import delete as delete_from

from ..errors import Conflict, NotFound
from ..events import MessageReceived
from ..types import Address, Direction, Mode, OutboxState, Part, Sender
from . import audit, branches, export_files, exports, people, reviews, search
from . import parts as codec
from .accept import start_conversation
from .branches import Version
from .changes import BLOCKED_BY_STAFF
from .dialects import upsert
from .models import aliases, chats, conversations, outbox, persona_offers
from .models import messages as said_table
from .models import reviews as verdicts

LISTED: Final = 50
PAGE: Final = 50
LONGEST_TITLE: Final = 80
"""Characters of a title that the visitor gives."""
TITLE: Final = 60
"""Characters of a title made of the first words."""
IDLE: Final = timedelta(hours=1)
"""After so long without a word a temporary chat is deleted."""
MOST_FOUND: Final = 1000
ACTOR: Final = "visitor"
"""Who deletes a chat, in the audit log."""
_LOOKED_AT: Final = 4000  # characters of a first message
_UNSEEN = (OutboxState.HELD, OutboxState.CANCELLED, OutboxState.PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One chat in a list. `renamed`: the title is the visitor's own, else it is how the first message begins.

    `persona`: the title of the one that was chosen and is still offered. `waiting`: something has no answer yet.
    """

    thread: str | None
    conversation: int
    title: str
    renamed: bool
    pinned: bool
    last_at: datetime
    temporary: bool
    persona: str | None
    waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One message of the path. `names`: what frames on the bus and the page itself call it: our parts' ids, their id.

    `waiting`: it has no answer yet; `stopped`: the visitor pressed stop; what they had seen by then is
    the answer, if it was anything. `good`: their thumb under it.
    """

    id: int
    seq: int
    direction: str
    author: str
    text: str
    parts: tuple[Part, ...]
    names: tuple[str, ...]
    at: datetime
    status: str | None
    waiting: bool
    stopped: bool
    good: bool | None
    version: Version | None


# --- one chat --------------------------------------------------------------------------------------------


def begin(
    connection: Connection,
    address: Address,
    sender: Sender,
    *,
    temporary: bool,
    persona: int | None,
    now: datetime,
) -> Chat:
    """Make the chat before its first message, as the accept path will find it: what is temporary is so from the start.

    The same again changes nothing. `persona`: the id of an offer. Raises NotFound when it is not offered, and Conflict when
    the chat has messages and is not what is asked for.
    """
    found = _conversation(connection, address)
    new = found is None or not found.last_seq
    if new and persona is not None and not _offered(connection, persona):
        raise NotFound("this persona is not offered")
    if found is None:
        begins = MessageReceived(address=address, sender=sender, external_id="", sent_at=now, parts=())
        start_conversation(connection, begins, now)
        found = _conversation(connection, address)
    if found is None:
        raise NotFound("no such chat")
    if not new and found.temporary != temporary:
        raise Conflict("the chat has begun already")
    if new:
        here = conversations.c.id == found.id
        connection.execute(update(conversations).where(here).values(temporary=temporary))
        _keep(connection, found.id, now, persona=persona)
    made = chat(connection, address)
    if made is None:
        raise NotFound("no such chat")
    return made


def chat(connection: Connection, address: Address) -> Chat | None:
    """The chat of this address; None when nothing was written there."""
    row = connection.execute(_CHATS.where(conversations.c.key == address.key)).first()
    return None if row is None else _chat(connection, row)


def rename(connection: Connection, address: Address, title: str, now: datetime) -> Chat:
    """An empty title is the first words again. Raises NotFound, and ValueError for one that is too long."""
    title = " ".join(title.replace("\x00", "").split())
    if len(title) > LONGEST_TITLE:
        raise ValueError(f"at most {LONGEST_TITLE} characters")
    found = _there(connection, address)
    _keep(connection, found.id, now, title=title or None)
    return _again(connection, address)


def pin(connection: Connection, address: Address, pinned: bool, now: datetime) -> Chat:
    """Raises NotFound."""
    found = _there(connection, address)
    _keep(connection, found.id, now, pinned_at=now if pinned else None)
    return _again(connection, address)


# --- all of them -----------------------------------------------------------------------------------------


def of_visitor(
    connection: Connection,
    visitor: Address,
    *,
    words: str | None = None,
    before: int | None = None,
    limit: int = LISTED,
) -> tuple[list[Chat], int | None]:
    """Pinned ones first, then the newest; temporary and empty ones never. And from which conversation on there are more.

    With `words` those whose title or messages have them. `before`: what a page before returned.
    """
    theirs = _theirs(visitor)
    query = _CHATS.where(theirs, conversations.c.temporary.is_(False), conversations.c.last_seq > 0)
    wanted = search.wanted(words or "")
    if words and words.strip():
        found = _having(connection, theirs, wanted) if wanted.phrases else set()
        query = query.where(conversations.c.id.in_(found))
    pinned: list[Any] = []
    if before is None:
        first = query.where(chats.c.pinned_at.is_not(None)).order_by(chats.c.pinned_at.desc())
        pinned = list(connection.execute(first.limit(LISTED)).all())
    rest = query.where(chats.c.pinned_at.is_(None))
    if before is not None:
        edge = select(conversations.c.last_at).where(conversations.c.id == before).scalar_subquery()
        same = and_(conversations.c.last_at == edge, conversations.c.id < before)
        rest = rest.where(or_(conversations.c.last_at < edge, same))
    ordered = rest.order_by(conversations.c.last_at.desc(), conversations.c.id.desc())
    rows = list(connection.execute(ordered.limit(limit + 1)).all())
    older = rows[limit - 1].conversation if len(rows) > limit else None
    return [_chat(connection, row) for row in [*pinned, *rows[:limit]]], older


def _having(connection: Connection, theirs: ColumnElement[bool], wanted: search.Wanted) -> set[int]:
    """Chats with all of the words in their title or in one message of the path."""
    ids = select(conversations.c.id).where(theirs).order_by(conversations.c.id.desc()).limit(MOST_FOUND)
    among = list(connection.execute(ids).scalars())
    titles = select(chats.c.conversation, chats.c.title).where(
        chats.c.conversation.in_(among), chats.c.title.is_not(None)
    )
    found = {row.conversation for row in connection.execute(titles) if search.has(row.title, wanted)}
    return found | search.conversations_with(connection, wanted, among)


# --- what was said ---------------------------------------------------------------------------------------


def messages(
    connection: Connection, conversation: int, *, before: int | None = None, limit: int = PAGE
) -> list[ChatMessage]:
    """The newest messages of the path, or those before the message with the seq `before`; oldest first."""
    query = _path(conversation)
    if before is not None:
        query = query.where(_above(connection, conversation, before))
    rows = list(reversed(connection.execute(_newest(query, limit)).mappings().all()))
    return shown(
        connection,
        rows,
        thumbs=_thumbs(connection, [row["id"] for row in rows]),
        versions=branches.versions(connection, conversation, [row["seq"] for row in rows]),
    )


def snapshot(
    connection: Connection, conversation: int, *, leaf: int, upto: int, limit: int
) -> list[ChatMessage]:
    """The branch that ended with the message `leaf` as far as it was written up to `upto`, a seq each; without judgements."""
    seqs = branches.trail(connection, conversation, leaf)
    query = _path(conversation, any_branch=seqs is not None).where(said_table.c.seq <= upto)
    rows = list(reversed(connection.execute(_newest(query, limit)).mappings().all()))
    if seqs is not None:
        kept = set(seqs)
        rows = [row for row in rows if row["seq"] in kept]
    return shown(connection, rows, thumbs={}, versions={})


def shown(
    connection: Connection, rows: Sequence[Any], *, thumbs: dict[int, bool], versions: dict[int, Version]
) -> list[ChatMessage]:
    """Rows of messages as the visitor sees them: of ours the parts that left, nothing at all where none did."""
    sent = _sent(connection, [row["id"] for row in rows if row["direction"] == Direction.OUT])
    found = []
    for row in rows:
        parts, names = codec.load(row["parts"]), [row["external_id"]]
        if row["id"] in sent:
            left = [one for one in sent[row["id"]] if one.state not in _UNSEEN]
            if not left:
                continue
            if len(left) < len(sent[row["id"]]):
                parts = codec.load([one.payload for one in left])
            names = [one.external_id or one.idempotency_key for one in left]
        theirs = row["direction"] == Direction.IN
        found.append(
            ChatMessage(
                id=row["id"],
                seq=row["seq"],
                direction=row["direction"],
                author=row["author"],
                text="\n\n".join(codec.plain_text([part]) for part in parts),
                parts=parts,
                names=tuple(name for name in names if name),
                at=row["sent_at"],
                status=row["status"],
                waiting=theirs and row["outcome"] is None,
                stopped=theirs and row["outcome_reason"] == branches.STOPPED,
                good=thumbs.get(row["id"]),
                version=versions.get(row["seq"]),
            )
        )
    return found


def _path(conversation: int, *, any_branch: bool = False) -> Select[Any]:
    query = select(said_table).where(
        said_table.c.conversation == conversation,
        said_table.c.direction != Direction.INTERNAL.value,
        said_table.c.deleted_at.is_(None),
    )
    return query if any_branch else query.where(said_table.c.off_path.is_(False))


def _newest(query: Select[Any], limit: int) -> Select[Any]:
    return query.order_by(said_table.c.after_seq.desc(), said_table.c.seq.desc()).limit(limit)


def _above(connection: Connection, conversation: int, seq: int) -> ColumnElement[bool]:
    found = connection.execute(
        select(said_table.c.after_seq).where(
            said_table.c.conversation == conversation, said_table.c.seq == seq
        )
    ).scalar()
    after = seq if found is None else found
    same = and_(said_table.c.after_seq == after, said_table.c.seq < seq)
    return or_(said_table.c.after_seq < after, same)


def _sent(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    columns = ("message", "state", "payload", "external_id", "idempotency_key")
    query = select(*(outbox.c[name] for name in columns)).where(outbox.c.message.in_(ids))
    for row in connection.execute(query.order_by(outbox.c.message, outbox.c.part)) if ids else ():
        found.setdefault(row.message, []).append(row)
    return found


def _thumbs(connection: Connection, ids: Sequence[int]) -> dict[int, bool]:
    query = (
        select(verdicts.c.message, verdicts.c.verdict)
        .where(
            verdicts.c.message.in_(ids),
            verdicts.c.source == reviews.Source.PERSON.value,
            verdicts.c.replaced_at.is_(None),
        )
        .order_by(verdicts.c.id)
    )
    return {row.message: row.verdict == reviews.Verdict.GOOD for row in connection.execute(query)}


# --- deleting --------------------------------------------------------------------------------------------


def delete(connection: Connection, address: Address, *, data: Path, now: datetime) -> bool:
    """Delete a chat and all that was made of it, for good; False when there is none. `data`: the folder of exports."""
    found = _conversation(connection, address, lock=True)
    if found is None:
        return False
    _drop(connection, [found], data, now, ACTOR)
    return True


def delete_all(connection: Connection, visitor: Address, *, data: Path, now: datetime) -> int:
    """Delete every chat of a visitor, temporary ones too; returns how many."""
    found = connection.execute(
        select(conversations).where(_theirs(visitor)).order_by(conversations.c.id).with_for_update()
    ).all()
    _drop(connection, found, data, now, ACTOR)
    return len(found)


def expire(connection: Connection, now: datetime, *, data: Path, limit: int = 100) -> int:
    """Delete temporary chats in which nobody wrote for IDLE; returns how many."""
    found = connection.execute(
        select(conversations)
        .where(conversations.c.temporary, conversations.c.last_at < now - IDLE)
        .order_by(conversations.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    _drop(connection, found, data, now, "assistant")
    return len(found)


def _drop(connection: Connection, found: Sequence[Any], data: Path, now: datetime, actor: str) -> None:
    for row in found:
        rows = people.erase_conversation(connection, row.id)
        audit.append(
            connection,
            now=now,
            actor=actor,
            action="chat.deleted",
            target=f"conversation:{row.id}",
            detail={"rows": sum(rows.values())},
        )
        # Whom staff blocked does not get around it so: the empty conversation remembers.
        if row.mode != Mode.BLOCKED or row.mode_reason != BLOCKED_BY_STAFF:
            connection.execute(delete_from(conversations).where(conversations.c.id == row.id))
        else:
            here = conversations.c.id == row.id
            connection.execute(update(conversations).where(here).values(last_seq=0, **_EMPTY))
    # After the rows and before the commit: see there.
    export_files.delete(data, exports.drop_of(connection, [row.id for row in found]))


_EMPTY: Final[dict[str, Any]] = {
    "answered_seq": 0,
    "window_from_seq": 0,
    "watched_from_seq": 0,
    "summary": None,
    "summary_seq": 0,
    "next_summary": None,
    "next_summary_seq": None,
    "due_at": None,
    "first_due_at": None,
}

# --- what they share -------------------------------------------------------------------------------------

_FIRST = (
    select(said_table.c.parts)
    .where(
        said_table.c.conversation == conversations.c.id,
        said_table.c.direction == Direction.IN.value,
        said_table.c.off_path.is_(False),
        said_table.c.deleted_at.is_(None),
    )
    .order_by(said_table.c.seq)
    .limit(1)
    .scalar_subquery()
)
_CHATS = (
    select(
        conversations.c.id.label("conversation"),
        conversations.c.thread,
        conversations.c.last_at,
        conversations.c.temporary,
        conversations.c.due_at,
        chats.c.title,
        chats.c.pinned_at,
        persona_offers.c.title.label("persona"),
        _FIRST.label("first"),
    )
    .outerjoin(chats, chats.c.conversation == conversations.c.id)
    .outerjoin(
        persona_offers,
        and_(persona_offers.c.id == chats.c.persona, persona_offers.c.retired_at.is_(None)),
    )
)


def _chat(connection: Connection, row: Any) -> Chat:
    said = codec.plain_text(codec.load(row.first))[:_LOOKED_AT] if row.first else ""
    return Chat(
        thread=row.thread,
        conversation=row.conversation,
        title=row.title or first_words(said),
        renamed=row.title is not None,
        pinned=row.pinned_at is not None,
        last_at=row.last_at,
        temporary=row.temporary,
        persona=row.persona,
        waiting=row.due_at is not None,
    )


def first_words(said: str) -> str:
    """How a message begins, TITLE characters at most, cut between words where there are some."""
    words = " ".join(said.split())
    if len(words) <= TITLE:
        return words
    cut = words[:TITLE]  # one character is the ellipsis's
    shorter = cut[: cut.rfind(" ")] if " " in cut else cut[: TITLE - 1]
    return shorter.rstrip(" ,;:.-–—") + "…"


def _theirs(visitor: Address) -> ColumnElement[bool]:
    """The conversations of this very address: a person may have others elsewhere."""
    person = select(aliases.c.person).where(
        aliases.c.channel == visitor.channel,
        aliases.c.account == visitor.account,
        aliases.c.value == visitor.peer,
    )
    return and_(
        conversations.c.person.in_(person),
        conversations.c.channel == visitor.channel,
        conversations.c.account == visitor.account,
        conversations.c.peer == visitor.peer,
    )


def _conversation(connection: Connection, address: Address, *, lock: bool = False) -> Any:
    query = select(conversations).where(conversations.c.key == address.key)
    return connection.execute(query.with_for_update() if lock else query).first()


def _there(connection: Connection, address: Address) -> Any:
    found = _conversation(connection, address)
    if found is None:
        raise NotFound("no such chat")
    return found


def _again(connection: Connection, address: Address) -> Chat:
    found = chat(connection, address)
    if found is None:
        raise NotFound("no such chat")
    return found


def _keep(connection: Connection, conversation: int, now: datetime, **values: Any) -> None:
    connection.execute(
        upsert(connection, chats)
        .values(conversation=conversation, created_at=now, **values)
        .on_conflict_do_update(index_elements=["conversation"], set_=values)
    )


def _offered(connection: Connection, offer: int) -> bool:
    query = select(persona_offers.c.id).where(
        persona_offers.c.id == offer, persona_offers.c.retired_at.is_(None)
    )
    return connection.execute(query).first() is not None
