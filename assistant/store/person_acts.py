"""What staff do with a person: block them everywhere, let them write again, make two people one; each on record."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from ..errors import Conflict, NotFound
from ..types import Mode
from . import audit, people
from .changes import block_conversation
from .models import conversations
from .models import people as everybody
from .troubles import By


def block(connection: Connection, person: int, by: By) -> list[int]:
    """Nobody answers this person any more, on no channel; returns the conversations that changed. Raises NotFound.

    Who opted out stays opted out: that is theirs to undo.
    """
    _lock(connection, person)
    changing = (Mode.BLOCKED.value, Mode.OPTED_OUT.value)
    query = select(conversations.c.id).where(
        conversations.c.person == person, conversations.c.mode.not_in(changing)
    )
    found = list(connection.execute(query.order_by(conversations.c.id).with_for_update()).scalars())
    for number in found:
        block_conversation(connection, number)
    if found:
        _record(connection, "person.blocked", person, by, conversations=len(found))
    return found


def unblock(connection: Connection, person: int, by: By) -> list[int]:
    """The model answers this person's next message again; returns the conversations that changed. Raises NotFound."""
    _lock(connection, person)
    done = connection.execute(
        update(conversations)
        .where(conversations.c.person == person, conversations.c.mode == Mode.BLOCKED.value)
        .values(mode=Mode.BOT.value, mode_reason=None, epoch=conversations.c.epoch + 1)
        .returning(conversations.c.id)
    )
    found = sorted(done.scalars())
    if found:
        _record(connection, "person.unblocked", person, by, conversations=len(found))
    return found


def merge(connection: Connection, kept: int, gone: int, by: By) -> None:
    """Everything of `gone` becomes `kept`'s. Raises Conflict for one and the same, NotFound when one of them is not there."""
    if kept == gone:
        raise Conflict("a person cannot be merged with themselves")
    for person in sorted((kept, gone)):
        _lock(connection, person)
    people.merge(connection, kept, gone)
    _record(connection, "person.merged", kept, by, gone=gone)


def _lock(connection: Connection, person: int) -> None:
    query = select(everybody.c.id).where(everybody.c.id == person).with_for_update()
    if connection.execute(query).first() is None:
        raise NotFound("no such person")


def _record(connection: Connection, action: str, person: int, by: By, **detail: int) -> None:
    audit.append(
        connection, now=by.at, actor=by.actor, action=action, target=f"person:{person}", detail=detail
    )
