"""What was shown of an answer when its person pressed stop: it stays in the talk, as far as it was written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from ..types import Direction, Mode, Outcome
from .branches import STOPPED
from .models import conversations, messages
from .queue import Claim, Reply, write_reply


def keep(connection: Connection, claim: Claim, reply: Reply, seen: int, now: datetime) -> int | None:
    """Write down what this claim's turn had shown, up to the message `seen`, before stop was pressed; returns its seq.

    None, writing nothing, when the turn was lost for another reason, or something else has happened since.
    """
    place = connection.execute(
        select(conversations).where(conversations.c.id == claim.conversation).with_for_update()
    ).first()
    stopped = place is not None and place.mode == Mode.BOT and place.epoch == claim.epoch + 1
    if place is None or not stopped or place.lease_token != claim.token + 1:
        return None
    here = (
        messages.c.conversation == claim.conversation,
        messages.c.direction == Direction.IN.value,
        messages.c.outcome == Outcome.COMMAND.value,
        messages.c.outcome_reason == STOPPED,
        messages.c.seq > place.answered_seq,
        messages.c.seq <= seen,
        messages.c.off_path.is_(False),
    )
    asked = connection.execute(
        select(messages.c.id, messages.c.seq).where(*here).order_by(messages.c.seq)
    ).all()
    if not asked:
        return None
    # Told to the model as what was said: only then it knows where to go on.
    for number, outcome in [
        *((one.id, Outcome.COALESCED) for one in asked[:-1]),
        (asked[-1].id, Outcome.ANSWERED),
    ]:
        connection.execute(update(messages).where(messages.c.id == number).values(outcome=outcome.value))
    seq = int(place.last_seq) + 1
    write_reply(
        connection,
        claim.conversation,
        claim.address,
        reply,
        seq=seq,
        after=asked[-1].seq,
        turn=None,
        now=now,
    )
    connection.execute(
        update(conversations)
        .where(conversations.c.id == claim.conversation)
        .values(last_seq=seq, answered_seq=asked[-1].seq, last_at=now)
    )
    return seq
