"""What a scenario leaves in the database, without what differs from run to run: ids, times, who got which number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from assistant.store.database import Database
from assistant.store.models import aliases, conversations, messages, outbox, people, reactions, turns

Rows = dict[str, list[tuple[Any, ...]]]


async def rows_of(database: Database) -> Rows:
    """The rows of every table a scenario writes to, comparable with those of another run; the order of people who
    write at the same time does not matter."""

    def read(connection: Any) -> dict[str, list[Mapping[str, Any]]]:
        tables = (people, aliases, conversations, messages, outbox, reactions, turns)
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables
        }

    return _comparable(await database.read(read))


def _comparable(found: dict[str, list[Mapping[str, Any]]]) -> Rows:
    names = {row["id"]: row["name"] for row in found["people"]}
    of = {
        row["id"]: (row["channel"], row["kind"], names.get(row["person"]) or "")
        for row in found["conversations"]
    }
    messages_of = {row["id"]: (of[row["conversation"]], row["seq"]) for row in found["messages"]}
    known: dict[str, str] = {}
    for row in found["messages"]:
        if row["external_id"]:
            known[row["external_id"]] = f"<message {messages_of[row['id']]}>"
    for row in found["outbox"]:
        if row["external_id"]:
            known[row["external_id"]] = f"<part {messages_of[row['message']]} {row['part']}>"

    def plain(value: Any) -> str:
        """A stored JSON value; ids of messages and files by what they stand for."""
        if isinstance(value, dict):
            left_out = ("ref", "url", "sha256")
            value = {key: plain(item) for key, item in value.items() if key not in left_out}
        elif isinstance(value, list):
            value = [plain(item) for item in value]
        return known.get(value, value) if isinstance(value, str) else json.dumps(value, sort_keys=True)

    return {
        "people": sorted((row["name"] or "", row["language"] or "") for row in found["people"]),
        "aliases": sorted(
            (row["channel"], row["kind"], names.get(row["person"]) or "") for row in found["aliases"]
        ),
        "conversations": sorted(
            (*of[row["id"]], row["mode"], row["last_seq"], row["answered_seq"], row["due_at"] is None)
            for row in found["conversations"]
        ),
        "messages": sorted(
            (
                *of[row["conversation"]],
                *(row["seq"], row["after_seq"], row["direction"], row["author"], plain(row["parts"])),
                *(
                    plain(row["reply_to"]),
                    row["status"] or "",
                    row["outcome"] or "",
                    row["outcome_reason"] or "",
                ),
                *(row["edited_at"] is not None, row["deleted_at"] is not None),
            )
            for row in found["messages"]
        ),
        "outbox": sorted(
            (
                *(*messages_of[row["message"]], row["part"], row["state"], plain(row["payload"])),
                *(row["status"] or "", row["error"] or "", row["duplicate_possible"]),
            )
            for row in found["outbox"]
        ),
        "reactions": sorted(
            (*of[row["conversation"]], known.get(row["external_id"], ""), row["author"], row["emoji"] or "")
            for row in found["reactions"]
        ),
        "turns": sorted(
            (*of[row["conversation"]], row["lo_seq"], row["hi_seq"], row["state"], row["finish"] or "")
            for row in found["turns"]
        ),
    }


async def settled(database: Database) -> bool:
    """Whether every message that came in has an outcome and nothing waits to be sent."""

    def read(connection: Any) -> bool:
        inbound = connection.execute(select(messages.c.outcome).where(messages.c.direction == "in"))
        states = connection.execute(select(outbox.c.state))
        return all(row.outcome for row in inbound) and all(
            row.state in ("sent", "failed", "cancelled") for row in states
        )

    return await database.read(read)
