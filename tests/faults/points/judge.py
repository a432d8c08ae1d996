"""Property P0: every message that was answered 200 has one visible outcome, and every reply left once, in order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from assistant.types import Outcome

from .outside import Outside
from .story import POISON, TOOK_OVER

Row = dict[str, Any]
MUST_BE_QUOTED = 40  # characters; the model is not told all of a very long message


@dataclass(slots=True)
class Tables:
    """What the database holds in the end."""

    conversations: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    turns: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)

    def open(self) -> str:
        """What has not ended yet, in words; "" when all has."""
        waiting = sum(row["direction"] == "in" and row["outcome"] is None for row in self.messages)
        unsent = sum(row["state"] not in ("sent", "failed", "cancelled") for row in self.outbox)
        return f"{waiting} messages and {unsent} parts are open" if waiting or unsent else ""


def judge(outside: Outside, tables: Tables) -> list[str]:
    """Every way in which the end is not what was promised; empty when it is."""
    return [
        *_outcomes(outside, tables),
        *_turns(outside, tables),
        *_deliveries(outside, tables),
        *_order(outside, tables),
        *_silence(outside, tables),
    ]


def _outcomes(outside: Outside, tables: Tables) -> list[str]:
    wrong = []
    stored: dict[str, list[Row]] = defaultdict(list)
    for row in tables.messages:
        if row["direction"] == "in":
            stored[row["external_id"]].append(row)
    said = {webhook.external_id: webhook for webhook in outside.webhooks if webhook.external_id is not None}
    heard = outside.heard
    for external_id, webhook in said.items():
        rows = stored.pop(external_id, [])
        if webhook.number in heard and len(rows) != 1:
            wrong.append(f"{webhook.what!r} was heard and is stored {len(rows)} times")
        for row in rows:
            if row["outcome"] not in set(Outcome):
                wrong.append(f"{webhook.what!r} has the outcome {row['outcome']}")
            if row["outcome"] == Outcome.DEAD and POISON not in webhook.what:
                wrong.append(f"{webhook.what!r} was set aside: {row['outcome_reason']}")
    wrong += [f"{external_id} was never said" for external_id in stored]
    for conversation in tables.conversations:
        if conversation["due_at"] is not None or conversation["lease_owner"] is not None:
            wrong.append(f"conversation {conversation['id']} is still due or leased")
    return wrong


def _turns(outside: Outside, tables: Tables) -> list[str]:
    """No two turns answer one message, and what a turn answers is in its reply, as it was said or as it was corrected."""
    wrong = []
    said = {webhook.external_id: webhook.what for webhook in outside.webhooks if webhook.external_id}
    ends: dict[int, int] = {}
    for turn in tables.turns:
        if turn["lo_seq"] <= ends.get(turn["conversation"], 0):
            wrong.append(f"turn {turn['id']} answers again what was answered")
        ends[turn["conversation"]] = turn["hi_seq"]
    replies = {row["turn"]: row for row in tables.messages if row["direction"] == "out" and row["turn"]}
    for row in tables.messages:
        if row["direction"] != "in" or row["outcome"] not in (Outcome.ANSWERED, Outcome.COALESCED):
            continue
        reply = replies.get(row["turn"])
        if reply is None:
            wrong.append(f"message {row['id']} is {row['outcome']} without a reply")
        elif _text(row)[:MUST_BE_QUOTED] not in _text(reply) and said.get(
            row["external_id"], "?"
        ).strip() not in _text(reply):
            wrong.append(f"the reply to message {row['id']} does not answer it")
    return wrong


def _text(row: Row) -> str:
    return " ".join(part.get("text", "") for part in row["parts"]).strip()


def _deliveries(outside: Outside, tables: Tables) -> list[str]:
    """A sent part reached its person once; more often only where that is marked; a dropped one never."""
    wrong = []
    counted = _matched(outside, tables)
    for part in tables.outbox:
        if part["channel"] == "webchat":  # the page reads what is stored; nothing is sent
            continue
        times = len(counted.pop(part["id"], []))
        if part["state"] == "sent" and not times:
            wrong.append(f"part {part['id']} is sent and never arrived")
        dropped_on_its_way = (
            part["state"] == "cancelled" and part["attempt"] > 0 and not outside.keyed(part["channel"])
        )
        if part["state"] in ("failed", "cancelled") and times and not dropped_on_its_way:
            wrong.append(f"part {part['id']} is {part['state']} and arrived")
        if times > 1 and not part["duplicate_possible"]:
            wrong.append(f"part {part['id']} arrived {times} times, unmarked")
    wrong += [f"{len(found)} messages arrived that nobody sent" for key, found in counted.items() if key == 0]
    return wrong


def _matched(outside: Outside, tables: Tables) -> dict[int, list[int]]:
    """By part, the places in the journal at which it arrived; 0 for what no part explains.

    A platform without a key is matched by the words: those of a story are said once only, but for our own sentences.
    """
    peers = {row["id"]: row["peer"] for row in tables.conversations}
    keys = {part["idempotency_key"]: part["id"] for part in tables.outbox}
    words: dict[tuple[str, str], list[int]] = defaultdict(list)
    for part in tables.outbox:
        words[peers[part["conversation"]], part["payload"].get("text", "")].append(part["id"])
    found: dict[int, list[int]] = defaultdict(list)
    used: dict[tuple[str, str], int] = defaultdict(int)
    for place, (kind, taken) in enumerate(outside.journal):
        if kind != "took":
            continue
        if taken.key:
            found[keys.get(taken.key, 0)].append(place)
            continue
        name = (taken.peer, taken.text)
        candidates = words.get(name, [0])
        found[candidates[min(used[name], len(candidates) - 1)]].append(place)
        used[name] += 1
    return found


def _order(outside: Outside, tables: Tables) -> list[str]:
    """In each conversation parts arrive first in the order in which they were decided."""
    arrived = _matched(outside, tables)
    by_conversation: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for part in tables.outbox:
        if arrived.get(part["id"]):
            by_conversation[part["conversation"]].append((part["id"], arrived[part["id"]][0]))
    return [
        f"the parts of conversation {conversation} arrived out of order"
        for conversation, parts in by_conversation.items()
        if [place for _, place in sorted(parts)] != sorted(place for _, place in parts)
    ]


def _silence(outside: Outside, tables: Tables) -> list[str]:
    """After a takeover was heard nothing of the model's reaches that person."""
    made = {part["idempotency_key"] for part in tables.outbox if part["turn"] is not None}
    takeovers = {
        webhook.number: webhook.what.removeprefix(TOOK_OVER).strip()
        for webhook in outside.webhooks
        if webhook.what.startswith(TOOK_OVER)
    }
    quiet: set[str] = set()
    wrong = []
    for kind, what in outside.journal:
        if kind == "heard" and what in takeovers:
            quiet.add(takeovers[what])
        if kind == "took" and what.channel == "messenger" and what.peer in quiet and what.key in made:
            wrong.append(f"the model spoke at {what.at:.2f} s to somebody whom staff had taken over")
    return wrong
