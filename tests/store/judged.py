"""Answers to judge, reviewers who judge them and queues that ask for it, for the tests of reviews and of exports."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.store import models, review_queues
from assistant.store.database import Database
from assistant.store.review_queues import Rule
from assistant.store.reviews import Judgement
from tests.web.conftest import add_conversation, add_message

from .made import NOW

GOOD = Judgement(verdict="good")
BAD = Judgement(verdict="bad", reasons=("wrong_fact",))
FIXED = Judgement(verdict="bad", reasons=("tone",), correction="The better answer.")


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def seed_staff(connection: Connection, *names: str) -> list[int]:
    return [
        connection.execute(
            insert(models.staff)
            .values(email=f"{name}@x", name=name, role="reviewer", password_hash="h", created_at=NOW)
            .returning(models.staff.c.id)
        ).scalar_one()
        for name in names
    ]


def talk(connection: Connection, peer: str, answers: int = 1, **values: Any) -> list[int]:
    """A conversation of questions and answers; the ids of the answers."""
    conversation = add_conversation(connection, NOW, peer=peer, name=peer, **values)
    made = []
    for number in range(answers):
        seq = 2 * number + 1
        add_message(connection, conversation, seq, NOW, f"question {seq} of {peer}")
        made.append(add_message(connection, conversation, seq + 1, NOW, f"answer {seq} to {peer}", out=True))
    return made


async def made(database: Database, answers: int = 1) -> tuple[list[int], list[int]]:
    """(reviewers Ana, Ben, Cem; ids of answers, each of a person of its own)."""

    def seed(connection: Connection) -> tuple[list[int], list[int]]:
        everybody = seed_staff(connection, "Ana", "Ben", "Cem")
        return everybody, [talk(connection, f"p{number}")[0] for number in range(answers)]

    return await database.write(seed)


async def queue_of(database: Database, by: int, *, wanted: int = 1, **rule: Any) -> int:
    rule = {"percent": 100.0, **rule}
    number = await database.write(
        review_queues.create, name="Q", rule=Rule(**rule), reviews_per_item=wanted, by=by, now=NOW
    )
    while await database.write(review_queues.fill, number, NOW):
        pass
    return number


async def items_of(database: Database, queue: int) -> list[Any]:
    query = select(models.review_items).where(models.review_items.c.queue == queue)
    return await database.read(
        lambda connection: list(connection.execute(query.order_by(models.review_items.c.id)))
    )
