"""A reply with everything a trace can hold, for the tests of its page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from assistant.store import models
from tests.web.conftest import add_conversation, add_message

PERSONA = "You are the shop's kind voice."


def add_reply(
    connection: Connection,
    /,
    now: datetime,
    *,
    asked: str = "When do you open?",
    answer: str = "At nine.",
    tool: str = "12:00",
    **turn: Any,
) -> tuple[int, int, int]:
    """Two questions and their answer in two parts, the first sent at its second try; returns message, conversation, turn."""
    here = add_conversation(connection, now, peer="15550001234")
    add_message(connection, here, 1, now, asked, received_at=now, sent_at=now - timedelta(seconds=2))
    add_message(connection, here, 2, now, "please", received_at=at(now, 1), outcome="answered")
    values: dict[str, Any] = {
        "conversation": here,
        "lo_seq": 1,
        "hi_seq": 2,
        "cause": "message",
        "lane": "interactive",
        "state": "committed",
        "model": "tiny-1",
        "prompt": {
            "slots": {"persona": PERSONA},
            "tools": ["get_time", "gone"],
            "turns": [{"role": "user", "text": f"{asked} <|eot_id|>"}],
            "cut": True,
            "told_from": 40,
            "moved": True,
        },
        "sampling": {"max_tokens": 128, "temperature": 0.6, "top_p": 0.9},
        "prompt_tokens": 321,
        "cached_tokens": 300,
        "completion_tokens": 41,
        "finish": "stop",
        "claimed_at": at(now, 2),
        "started_at": at(now, 2.25),
        "asked_at": at(now, 2.5),
        "first_token_at": at(now, 3),
        "ended_at": at(now, 5),
    }
    made = connection.execute(insert(models.turns).values(**(values | turn))).inserted_primary_key
    assert made is not None
    connection.execute(
        insert(models.steps).values(
            turn=made[0],
            ord=0,
            kind="tool",
            name="get_time",
            input={"city": asked},
            output=tool,
            state="done",
            took_ms=12.0,
        )
    )
    sent = {
        "state": "sent",
        "status": "read",
        "external_id": "wamid-1",
        "attempt": 2,
        "turn": made[0],
        "created_at": at(now, 5),
        "sent_at": at(now, 8),
    }
    message = add_message(
        connection, here, 3, now, answer, out=True, turn=made[0], received_at=at(now, 5), sent=sent
    )
    part = connection.execute(
        models.outbox.select().with_only_columns(models.outbox.c.id).where(models.outbox.c.message == message)
    ).scalar_one()
    url = "https://graph.example.org/v1/send?access_token=[secret]"
    body = '{"to": "15550001234", "text": "it\'s $5 `now`"}'
    connection.execute(
        insert(models.exchanges),
        [
            {
                "outbox": part,
                "method": "POST",
                "url": url,
                "status": status,
                "request": body,
                "response": '{"error": 1}' if status > 400 else '{"id": "wamid-1"}',
                "took_ms": 500.0,
                "error": None,
                "at": at(now, seconds),
            }
            for status, seconds in ((503, 6), (200, 8))
        ],
    )
    connection.execute(
        insert(models.receipts).values(
            channel="alpha", account="web", external_id="wamid-1", status="read", rank=3, at=at(now, 3600)
        )
    )
    return message, here, int(made[0])


def at(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)
