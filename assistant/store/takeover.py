"""Who answers a conversation in the model's place: taken over by staff, answered, kept a while longer, handed back.

Every act locks the conversation first, so that of two people one has it. What a takeover promises: nothing that the model or
the system wrote *begins* to be sent once it is committed, but for a part that a worker had begun to send already. That part
is recalled: it is not tried again, and what staff write leaves after it. Who waits for `deliver.calm` before telling that the
conversation is taken promises more: nothing of it arrives later either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, literal, select, update

from ..errors import Conflict, NotFound, WindowClosed
from ..types import Address, Author, Direction, Mode, Outcome, Template, Text
from . import audit, media
from . import parts as codec
from .changes import hand_to_staff
from .conversations import Summary
from .media import Kept
from .models import conversations, messages, notes, people, staff
from .outbox import leaving
from .queue import Reply, address_of, write_reply
from .troubles import By

TAKEN: Final = "took over"
HANDED_BACK: Final = "handed back to the model"
TIME_UP: Final = "went back to the model: the time of the takeover was up"
EVENTS: Final = (TAKEN, HANDED_BACK, TIME_UP)
"""The words of the lines that stand in a transcript where the one who answers changed."""
AT_ONCE: Final = 100
LATE: Final = 500  # messages of a conversation that are looked at for some that came after the time was up
TOO_LATE: Final = timedelta(hours=24)
NOTE_LENGTH: Final = 4000
_SILENT = (Mode.OPTED_OUT, Mode.BLOCKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Who answers here, and until when. `staff_name`: who has it, None when nobody of ours does.

    `window_until`: when the platform's reply window closes. `leaving`: something of the model's is being sent right now.
    """

    conversation: int
    channel: str
    account: str
    mode: Mode
    mode_reason: str | None
    name: str | None
    language: str | None
    window_until: datetime | None
    taken_by: int | None
    staff_name: str | None
    taken_at: datetime | None
    hand_back_at: datetime | None
    leaving: bool


def state(connection: Connection, conversation: int) -> State:
    """Raises NotFound."""
    row = (
        connection.execute(
            select(
                conversations.c.id.label("conversation"),
                conversations.c.channel,
                conversations.c.account,
                conversations.c.mode,
                conversations.c.mode_reason,
                people.c.name,
                conversations.c.language,
                conversations.c.window_until,
                conversations.c.taken_by,
                staff.c.name.label("staff_name"),
                conversations.c.taken_at,
                conversations.c.hand_back_at,
            )
            .join(people, people.c.id == conversations.c.person)
            .outerjoin(staff, staff.c.id == conversations.c.taken_by)
            .where(conversations.c.id == conversation)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound("no such conversation")
    mode = Mode(row["mode"])
    on_its_way = mode is Mode.HUMAN and leaving(connection, conversation)
    return State(**{**row, "mode": mode}, leaving=on_its_way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What the model still knows of a conversation: all after `window_from_seq`, and what came before in few words."""

    channel: str
    window_from_seq: int
    last_seq: int
    summary: Summary | None


def talk(connection: Connection, conversation: int) -> Talk:
    """Raises NotFound."""
    row = connection.execute(
        select(
            conversations.c.channel,
            conversations.c.window_from_seq,
            conversations.c.last_seq,
            conversations.c.summary,
            conversations.c.summary_seq,
        ).where(conversations.c.id == conversation)
    ).first()
    if row is None:
        raise NotFound("no such conversation")
    return Talk(
        channel=row.channel,
        window_from_seq=row.window_from_seq,
        last_seq=row.last_seq,
        summary=None if row.summary is None else Summary(seq=row.summary_seq, text=row.summary),
    )


def take(
    connection: Connection,
    conversation: int,
    by: By,
    hand_back_after: timedelta,
    *,
    instead_of: int | None = None,
) -> int:
    """The conversation is theirs from here on; returns the seq of its last message.

    The model's answer under way is lost, what it wrote and did not leave never does, and who waits is staff's. Raises
    Conflict where nothing may be sent, and when a colleague has it: they are taken from with `instead_of`, their id.
    """
    row = _lock(connection, conversation)
    if row.mode in _SILENT:
        raise Conflict("nothing may be sent to this person")
    if row.mode == Mode.HUMAN and row.taken_by == by.staff:
        return int(row.last_seq)
    if row.mode == Mode.HUMAN and row.taken_by is not None and row.taken_by != instead_of:
        raise Conflict("a colleague has taken this conversation over")
    hand_to_staff(connection, conversation, "staff have taken over")
    seq = _event(connection, row, TAKEN, by.at, by.staff)
    _change(
        connection,
        conversation,
        mode=Mode.HUMAN.value,
        mode_reason=None,
        quiet_until=None,
        taken_by=by.staff,
        taken_at=by.at,
        hand_back_at=by.at + hand_back_after,
        last_seq=seq,
    )
    _record(connection, by, "conversation.taken", conversation)
    return seq


def reply(
    connection: Connection,
    conversation: int,
    by: By,
    said: Reply,
    hand_back_after: timedelta,
    *,
    windowed: bool,
) -> int:
    """Put what staff wrote into the outbox, behind whatever is on its way; returns its seq. The time of the takeover
    begins anew.

    `windowed`: the platform takes free text for so long only. Raises Conflict when the conversation is not theirs (any
    more), WindowClosed when the platform would refuse it.
    """
    row = _theirs(connection, conversation, by)
    return _say(connection, row, by, said, hand_back_after, windowed=windowed)


def send_file(
    connection: Connection,
    conversation: int,
    by: By,
    what: Kept,
    compose: Callable[[str], Reply],
    hand_back_after: timedelta,
    *,
    name: str,
    expires_at: datetime,
    windowed: bool,
) -> int:
    """As `reply`, with a file that is on disk: `compose` makes what is said from its ref."""
    row = _theirs(connection, conversation, by)
    seq = int(row.last_seq) + 1
    ref = media.keep_own(connection, conversation, seq, what, name=name, now=by.at, expires_at=expires_at)
    return _say(connection, row, by, compose(ref), hand_back_after, windowed=windowed)


def _say(
    connection: Connection, row: Any, by: By, said: Reply, hand_back_after: timedelta, *, windowed: bool
) -> int:
    conversation = int(row.id)
    closed = windowed and row.window_until is not None and row.window_until <= by.at
    if closed and not all(isinstance(part, Template) for part in said.whole):
        raise WindowClosed
    seq = int(row.last_seq) + 1
    write_reply(
        connection,
        conversation,
        address_of(row._mapping),
        said,
        seq=seq,
        after=row.last_seq,
        turn=None,
        now=by.at,
        staff=by.staff,
    )
    _change(connection, conversation, last_seq=seq, last_at=by.at, hand_back_at=by.at + hand_back_after)
    _record(connection, by, "conversation.answered", conversation)
    return seq


def writing_to(connection: Connection, conversation: int, member: int) -> tuple[Address, str | None] | None:
    """Whom a member of staff is writing to, and the external id of the person's newest message; None when the conversation
    is not theirs."""
    row = connection.execute(
        select(conversations).where(
            conversations.c.id == conversation,
            conversations.c.mode == Mode.HUMAN.value,
            conversations.c.taken_by == member,
        )
    ).first()
    if row is None:
        return None
    newest = (
        select(messages.c.external_id)
        .where(messages.c.conversation == conversation, messages.c.direction == Direction.IN.value)
        .order_by(messages.c.seq.desc())
        .limit(1)
    )
    return address_of(row._mapping), connection.execute(newest).scalar()


def keep(connection: Connection, conversation: int, by: By, hand_back_after: timedelta) -> int:
    """The time of the takeover begins anew; returns the seq of the last message. Raises Conflict when it is not theirs."""
    row = _theirs(connection, conversation, by)
    _change(connection, conversation, hand_back_at=by.at + hand_back_after)
    _record(connection, by, "conversation.kept", conversation)
    return int(row.last_seq)


def hand_back(connection: Connection, conversation: int, by: By, *, note: str = "") -> int:
    """The model answers from the next message on; returns the seq of the last one. Raises Conflict when a colleague has it,
    or the model answers already.

    What the person wrote until now stays staff's. What staff wrote is in the model's next prompt, as its own words.
    `note`: for colleagues, kept beside the conversation.
    """
    row = _lock(connection, conversation)
    if row.mode != Mode.HUMAN or row.taken_by not in (None, by.staff):
        raise Conflict("this conversation is not yours to hand back")
    seq = _back(connection, row, HANDED_BACK, by.at, by.staff)
    if note:
        connection.execute(
            insert(notes).values(
                conversation=conversation, staff=by.staff, text=note[:NOTE_LENGTH], seq=seq, created_at=by.at
            )
        )
    _record(connection, by, "conversation.handed_back", conversation)
    return seq


# --- by itself, when the time is up ----------------------------------------------------------------------

_TAKEN_FOR = conversations.c.hand_back_at.is_not(None)


def next_hand_back(connection: Connection) -> datetime | None:
    """When the time of the next takeover is up."""
    earliest = select(conversations.c.hand_back_at).where(_TAKEN_FOR).order_by(conversations.c.hand_back_at)
    return connection.execute(earliest.limit(1)).scalar()


def hand_back_due(connection: Connection, now: datetime, limit: int = AT_ONCE) -> list[tuple[int, int]]:
    """Hand back what is past its time; returns the conversations and the seq of each one's last message.

    Who wrote since the time was up waits for the model now, not for staff who were no longer there.
    """
    due = connection.execute(
        select(conversations)
        .where(_TAKEN_FOR, conversations.c.hand_back_at <= now)
        .order_by(conversations.c.hand_back_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    back = []
    for row in due:
        if row.mode != Mode.HUMAN:  # the person left, or opted out, in the meantime
            _change(connection, row.id, **_NOBODY)
            continue
        late = _reopen(connection, row, now)
        back.append((int(row.id), _back(connection, row, TIME_UP, now, None, answered=not late)))
        audit.append(
            connection,
            now=now,
            actor="assistant",
            action="conversation.handed_back",
            target=f"conversation:{row.id}",
        )
    return back


def _reopen(connection: Connection, row: Any, now: datetime) -> bool:
    """Whether somebody wrote after the time was up; those messages wait again."""
    since = max(row.hand_back_at, now - TOO_LATE)
    done = connection.execute(
        update(messages)
        .where(
            messages.c.conversation == row.id,
            messages.c.seq > row.last_seq - LATE,
            messages.c.direction == Direction.IN.value,
            messages.c.outcome == Outcome.HANDED_TO_HUMAN.value,
            messages.c.received_at >= literal(since, messages.c.received_at.type),
            messages.c.deleted_at.is_(None),
        )
        .values(outcome=None, outcome_reason=None)
    )
    if not done.rowcount:
        return False
    _change(connection, row.id, due_at=now, first_due_at=now)
    return True


# --- what they share -------------------------------------------------------------------------------------

_NOBODY: dict[str, Any] = {"taken_by": None, "taken_at": None, "hand_back_at": None}


def _back(
    connection: Connection, row: Any, words: str, now: datetime, member: int | None, *, answered: bool = True
) -> int:
    seq = _event(connection, row, words, now, member)
    _change(
        connection,
        row.id,
        mode=Mode.BOT.value,
        mode_reason=None,
        quiet_until=None,
        epoch=conversations.c.epoch + 1,
        watched_from_seq=row.last_seq if answered else row.watched_from_seq,
        last_seq=seq,
        **_NOBODY,
    )
    return seq


def _lock(connection: Connection, conversation: int) -> Any:
    row = connection.execute(
        select(conversations).where(conversations.c.id == conversation).with_for_update()
    ).first()
    if row is None:
        raise NotFound("no such conversation")
    return row


def _theirs(connection: Connection, conversation: int, by: By) -> Any:
    row = _lock(connection, conversation)
    if row.mode != Mode.HUMAN or row.taken_by != by.staff:
        raise Conflict("this conversation is not yours any more")
    return row


def _event(connection: Connection, row: Any, words: str, now: datetime, member: int | None) -> int:
    """A line in the transcript that nobody outside sees; returns its seq, which the caller writes into `last_seq`."""
    seq = int(row.last_seq) + 1
    connection.execute(
        insert(messages).values(
            conversation=row.id,
            seq=seq,
            after_seq=seq,
            direction=Direction.INTERNAL.value,
            author=(Author.STAFF if member is not None else Author.SYSTEM).value,
            channel=row.channel,
            account=row.account,
            parts=codec.dump((Text(text=words),)),
            staff=member,
            sent_at=now,
            received_at=now,
        )
    )
    return seq


def _change(connection: Connection, conversation: int, **values: Any) -> None:
    connection.execute(update(conversations).where(conversations.c.id == conversation).values(values))


def _record(connection: Connection, by: By, action: str, conversation: int) -> None:
    audit.append(connection, now=by.at, actor=by.actor, action=action, target=f"conversation:{conversation}")
