"""Things the store's tests put in: events, rules, settlements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from assistant.events import MessageReceived
from assistant.store.accept import Rules, accept
from assistant.store.database import Database
from assistant.store.models import messages
from assistant.store.queue import Claim, Reply, Settlement, TurnRow, Waiting, claim, settle, waiting
from assistant.types import Address, Author, Outcome, Part, Sender, Text

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RULES = Rules(
    debounce=timedelta(seconds=1.5), debounce_cap=timedelta(seconds=5), windows={"post": timedelta(hours=24)}
)
LEASE = timedelta(seconds=30)
ADDRESS = Address(channel="post", account="office", peer="ana")


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def wrote(
    number: object, text: str = "hello", *, peer: str = "ana", seconds: float = 0.0, **more: Any
) -> MessageReceived:
    parts: tuple[Part, ...] = more.pop("parts", (Text(text=text),))
    return MessageReceived(
        address=Address(channel="post", account="office", peer=peer),
        sender=Sender(external_id=peer, name=peer.title()),
        external_id=f"{peer}-{number}",
        sent_at=at(seconds),
        parts=parts,
        **more,
    )


async def take(database: Database, seconds: float, worker: str = "worker") -> Claim:
    [claimed] = await database.write(claim, worker, at(seconds), LEASE, 1)
    return claimed


async def answer(
    database: Database, claimed: Claim, text: str = "hi", *, seconds: float = 10.0, pieces: int = 1
) -> list[Waiting]:
    batch = await database.read(waiting, claimed.conversation)
    reply = Reply(
        author=Author.ASSISTANT,
        whole=(Text(text=text),),
        pieces=tuple(
            (f"key-{claimed.conversation}-{claimed.token}-{n}", Text(text=f"{text} {n}"))
            for n in range(pieces)
        ),
    )
    end = Settlement(
        waiting=batch, outcome=Outcome.ANSWERED, reply=reply, turn=TurnRow(started_at=at(seconds))
    )
    await database.write(settle, claimed, end, at(seconds), RULES.debounce, RULES.debounce_cap)
    return list(batch)


async def accepted(database: Database, *events: Any, seconds: float = 0.0) -> Any:
    return await database.write(accept, list(events), at(seconds), RULES)


async def rows(database: Database) -> list[Any]:
    """Every message, in order of arrival."""
    return await database.read(
        lambda connection: connection.execute(select(messages).order_by(messages.c.id)).all()
    )
