"""Whatever comes in whatever order, at whatever time: every message ends once, every part once, and both databases agree.

ASSISTANT_TESTS_MACHINE=n tries n examples instead of a few.
"""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from assistant.errors import Conflict
from assistant.events import (
    ContactLeft,
    ControlPassed,
    MessageDeleted,
    MessageEdited,
    StaffWrote,
    StatusChanged,
    StopPressed,
)
from assistant.store import doubts, outbox, queue, takeover
from assistant.store.accept import accept
from assistant.store.queue import Claim, Reply, Settlement, TurnRow, Waiting
from assistant.store.receipts import RANK
from assistant.types import Address, Author, OutboxState, Outcome, Status, Text

from .machine import FINAL, Model, Snapshot, Stores, seconds
from .made import NOW, RULES, wrote

LEASE = HOLD = seconds(30)
SETTLE = seconds(10)
EXAMPLES = int(os.environ.get("ASSISTANT_TESTS_MACHINE", "0"))
peers = st.sampled_from(["ana", "ben"])
MOVES = {
    "held": {"pending", "cancelled"},
    "pending": {"sending", "cancelled", "sent", "failed"},
    "sending": {"unknown", "pending", "sent", "failed", "cancelled"},
    "unknown": {"pending", "sending", "sent", "failed", "cancelled"},
    "cancelled": {"sent", "failed"},  # what was dropped on its way may be told of all the same
    "sent": {"failed"},
    "failed": set[str](),  # but for a refusal of ours, when an earlier attempt turns out to have arrived
}


def home(peer: str) -> Address:
    return Address(channel="post", account="office", peer=peer)


class Machine(RuleBasedStateMachine):
    """One store, one model, a clock that also runs backwards, workers that crash and senders that never come back."""

    postgres: ClassVar[str] = ""
    steps: ClassVar[int] = 0
    messages = Bundle("messages")
    claims = Bundle("claims")
    parts = Bundle("parts")
    sent = Bundle("sent")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.stores = Stores(Path(self.folder.name), self.postgres)
        self.model = Model()
        self.now = NOW
        self.number = 0
        self.before: Snapshot | None = None

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        try:
            self.finish()
        finally:
            type(self).steps += self.stores.steps
            self.stores.close()
            self.folder.cleanup()

    # --- what comes in -----------------------------------------------------------------------------------

    def accept(self, *events: Any) -> Any:
        return self.stores.do(accept, list(events), self.now, RULES)

    @rule(target=messages, peer=peers, count=st.integers(1, 3))
    def write(self, peer: str, count: int) -> Any:
        events = []
        for _ in range(count):
            self.number += 1
            event = wrote(self.number, f"text {self.number}", peer=peer)
            events.append(event)
            self.model.write(peer, self.number, self.now)
        assert self.accept(*events).duplicates == 0
        return multiple(*((peer, self.number - back) for back in range(count)))

    @rule(message=messages)
    def redeliver(self, message: tuple[str, int]) -> None:
        peer, number = message
        assert self.accept(wrote(number, "again", peer=peer)).duplicates == 1

    @rule(message=messages)
    def edit(self, message: tuple[str, int]) -> None:
        peer, number = message
        self.model.edited[message] = f"corrected {number}"
        self.accept(
            MessageEdited(
                address=home(peer),
                external_id=f"{peer}-{number}",
                at=self.now,
                parts=(Text(text=f"corrected {number}"),),
            )
        )

    @rule(message=messages)
    def delete(self, message: tuple[str, int]) -> None:
        peer, number = message
        self.model.delete(peer, number)
        self.model.edited[message] = ""
        self.accept(MessageDeleted(address=home(peer), external_id=f"{peer}-{number}", at=self.now))

    # --- who answers -------------------------------------------------------------------------------------

    def ends(self, peer: str, outcome: str) -> None:
        """From here on nothing of the model's may leave there any more."""
        self.model.end(peer, outcome)
        found = self.stores.look()
        [here] = [row["id"] for row in found["conversations"] if row["peer"] == peer]
        made = [row for row in found["outbox"] if row["conversation"] == here and row["turn"] is not None]
        recalled = [row for row in made if row["state"] == "sending" and row["error"] == queue.RECALLED]
        assert all(row["state"] in FINAL or row in recalled for row in made)

    def known(self, peer: str) -> bool:
        return peer in self.model.mode

    @rule(peer=peers)
    def staff_write(self, peer: str) -> None:
        self.number += 1
        self.accept(
            StaffWrote(
                address=home(peer),
                external_id=f"staff-{self.number}",
                sent_at=self.now,
                parts=(Text(text=f"staff {self.number}"),),
            )
        )
        if self.known(peer):
            self.ends(peer, "handed_to_human")
            self.model.staff_wrote(peer, self.now + RULES.staff_quiet)

    @rule()
    def hand_back(self) -> None:
        self.model.hand_back_due(self.now)
        self.stores.do(takeover.hand_back_due, self.now)

    @rule(peer=peers)
    def press_stop(self, peer: str) -> None:
        self.accept(StopPressed(address=home(peer), at=self.now))
        if self.known(peer):
            self.ends(peer, "command")

    @rule(peer=peers, gone=st.booleans())
    def leave_or_return(self, peer: str, gone: bool) -> None:
        self.accept(ContactLeft(address=home(peer), at=self.now, gone=gone))
        if self.model.mode.get(peer) == ("bot" if gone else "blocked"):
            self.model.mode[peer] = "blocked" if gone else "bot"
            if gone:
                self.ends(peer, "blocked")

    @rule(peer=peers, ours=st.booleans())
    def control_passes(self, peer: str, ours: bool) -> None:
        self.accept(ControlPassed(address=home(peer), at=self.now, ours=ours))
        if self.model.mode.get(peer) in (("paused",) if ours else ("bot", "human")):
            self.model.hand_back.pop(peer, None)
            self.model.mode[peer] = "bot" if ours else "paused"
            self.model.quiet_until.pop(peer, None)
            if not ours:
                self.ends(peer, "handed_to_human")

    # --- time --------------------------------------------------------------------------------------------

    @rule(by=st.sampled_from([0.3, 1.5, 5.0, 31.0, 31.0, 200.0, 2000.0, 43_000.0, -3.0, -40.0]))
    def tick(self, by: float) -> None:
        self.now += seconds(by)

    # --- turns -------------------------------------------------------------------------------------------

    @rule(target=claims, limit=st.integers(1, 3), worker=st.sampled_from(["one", "two"]))
    def claim(self, limit: int, worker: str) -> Any:
        return multiple(*self.claimed(self.stores.do(queue.claim, worker, self.now, LEASE, limit)))

    def claimed(self, found: list[Claim]) -> list[tuple[Claim, list[Waiting]]]:
        taken = []
        for one in found:
            peer = one.address.peer
            taken_back = any(name == peer and not words for (name, _), words in self.model.edited.items())
            assert self.model.waiting[peer] or taken_back, "nobody is claimed who never waits for anything"
            assert self.model.leased_until.get(peer, self.now) <= self.now, "nobody is claimed twice"
            assert one.token == self.model.claim(peer, self.now + LEASE)
            batch = self.stores.do(queue.waiting, one.conversation)
            assert [int(row.external_id.split("-")[1]) for row in batch] == self.model.waiting[peer]
            taken.append((one, batch))
        return taken

    @rule(target=claims, peer=peers)
    def write_and_claim(self, peer: str) -> Any:
        """The usual way, in one step: else few runs of random steps come that far."""
        self.write(peer, 1)
        self.now += seconds(6)
        return multiple(*self.claimed(self.stores.do(queue.claim, "one", self.now, LEASE, 3)))

    @rule(target=parts, peer=peers)
    def write_answer_and_take(self, peer: str) -> Any:
        """All the way until a part is on its way."""
        self.write(peer, 1)
        self.now += seconds(6)
        for taken in self.claimed(self.stores.do(queue.claim, "one", self.now, LEASE, 3)):
            self.settle(taken, Outcome.ANSWERED, 2, alone=False)
        return multiple(*self.stores.do(outbox.take, self.now, HOLD, 4))

    def is_current(self, claim: Claim) -> bool:
        return self.model.token[claim.address.peer] == claim.token

    @rule(taken=claims)
    def renew(self, taken: tuple[Claim, list[Waiting]]) -> None:
        claim = taken[0]
        kept = self.stores.do(queue.renew, [(claim.conversation, claim.token)], self.now, LEASE)
        alive = self.is_current(claim) and claim.address.peer in self.model.leased_until
        if alive:
            self.model.leased_until[claim.address.peer] = self.now + LEASE
        assert bool(kept) == alive

    @rule(target=claims, taken=claims)
    def come_back_late(self, taken: tuple[Claim, list[Waiting]]) -> Any:
        """A worker was silent for longer than its lease, somebody else has the conversation, and then it settles."""
        self.now += LEASE + seconds(1)
        overtaking = self.claimed(self.stores.do(queue.claim, "two", self.now, LEASE, 3))
        self.settle(taken, Outcome.ANSWERED, 1, alone=False)
        return multiple(*overtaking)

    @rule(taken=consumes(claims))
    def crash(self, taken: tuple[Claim, list[Waiting]]) -> None:
        """The worker is gone and says nothing: only the end of the lease tells."""

    @rule(taken=consumes(claims), failed=st.booleans())
    def release(self, taken: tuple[Claim, list[Waiting]], failed: bool) -> None:
        claim = taken[0]
        current = self.is_current(claim) and claim.address.peer in self.model.leased_until
        done = self.stores.do(queue.release, claim, self.now, delay=seconds(1), failed=failed)
        assert done == current, "only what is held is given back"
        if current:
            self.model.leased_until.pop(claim.address.peer)

    @rule(
        taken=claims,
        outcome=st.sampled_from([Outcome.ANSWERED, Outcome.ANSWERED, Outcome.SILENT, Outcome.DEAD]),
        pieces=st.integers(1, 3),
        alone=st.booleans(),
    )
    def settle(self, taken: tuple[Claim, list[Waiting]], outcome: Outcome, pieces: int, alone: bool) -> None:
        """Also with a token of long ago, and a second time."""
        claim, batch = taken
        batch = batch[:1] if alone else batch
        peer = claim.address.peer
        current = self.is_current(claim) and peer in self.model.leased_until
        self.number += 1
        reply = Reply(
            author=Author.ASSISTANT,
            whole=(Text(text=f"reply {self.number}"),),
            pieces=tuple(
                (f"key-{self.number}-{at}", Text(text=f"reply {self.number} {at}")) for at in range(pieces)
            ),
        )
        end = Settlement(
            waiting=batch,
            outcome=outcome,
            reply=reply if batch and outcome is Outcome.ANSWERED else None,
            turn=TurnRow(started_at=self.now),
        )
        try:
            self.stores.do(queue.settle, claim, end, self.now, RULES.debounce, RULES.debounce_cap)
        except Conflict:
            assert not current, "a worker that has the lease settles"
            return
        assert current, "a worker that lost its lease settles nothing"
        self.model.settle(peer, [int(str(row.external_id).split("-")[1]) for row in batch], outcome.value)

    # --- sends -------------------------------------------------------------------------------------------

    @rule(target=parts, limit=st.integers(1, 4))
    def take(self, limit: int) -> Any:
        taken = self.stores.do(outbox.take, self.now, HOLD, limit)
        open_parts = [row for row in self.stores.look()["outbox"] if row["state"] not in FINAL]
        for part in taken:
            first = min(row["id"] for row in open_parts if row["conversation"] == part.conversation)
            assert part.id == first, "parts of a conversation leave one after the other"
        return multiple(*taken)

    @rule(target=sent, part=consumes(parts))
    def taken_by_the_platform(self, part: outbox.Sending) -> outbox.Sending:
        self.stores.do(outbox.sent, part, f"ext-{part.idempotency_key}", self.now, [])
        return part

    @rule(part=consumes(parts), how=st.sampled_from(["unclear", "throttled", "refused", "silent"]))
    def not_taken(self, part: outbox.Sending, how: str) -> None:
        if how == "refused":
            self.stores.do(outbox.failed, part, "rejected", "100", [], self.now)
        elif how != "silent":
            state = OutboxState.UNKNOWN if how == "unclear" else OutboxState.PENDING
            self.stores.do(outbox.later, part, state, self.now + seconds(2), how, None, [], self.now)

    @rule()
    def doubt(self) -> None:
        self.stores.do(doubts.doubt, self.now, SETTLE)

    @rule(part=st.one_of(sent, parts), status=st.sampled_from(list(Status)), by_key=st.booleans())
    def status(self, part: outbox.Sending, status: Status, by_key: bool) -> None:
        """In any order, also before the answer to the send, also for what never left."""
        self.accept(
            StatusChanged(
                address=part.address,
                status=status,
                at=self.now,
                external_id=f"ext-{part.idempotency_key}",
                idempotency_key=part.idempotency_key if by_key else None,
            )
        )

    @rule(part=st.one_of(sent, parts))
    def echo(self, part: outbox.Sending) -> None:
        self.accept(
            StaffWrote(
                address=part.address,
                external_id=f"ext-{part.idempotency_key}",
                sent_at=self.now,
                parts=(part.part,),
                idempotency_key=part.idempotency_key,
            )
        )

    # --- what is always so -------------------------------------------------------------------------------

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        if not hasattr(self, "stores"):
            return
        found = self.stores.look()
        peer_of = {row["id"]: row["peer"] for row in found["conversations"]}
        inbound = [row for row in found["messages"] if row["direction"] == "in"]
        for row in inbound:
            peer, number = peer_of[row["conversation"]], int(row["external_id"].split("-")[1])
            expected = None if number in self.model.waiting[peer] else self.model.ended[peer, number]
            assert row["outcome"] == expected, f"message {number} of {peer}"
            words = self.model.edited.get((peer, number), f"text {number}")
            assert "".join(part["text"] for part in row["parts"]) == words
        assert len(inbound) == len(self.model.ended) + sum(map(len, self.model.waiting.values()))
        self.conversations_are_right(found)
        self.parts_only_move_forward(found)
        self.before = found

    def conversations_are_right(self, found: Snapshot) -> None:
        for row in found["conversations"]:
            peer = row["peer"]
            seqs = sorted(one["seq"] for one in found["messages"] if one["conversation"] == row["id"])
            assert seqs == list(range(1, len(seqs) + 1)) and row["last_seq"] == len(seqs)
            assert row["lease_token"] == self.model.token.get(peer, 0)
            if self.model.waiting[peer]:
                assert row["due_at"] is not None, "who waits is in the queue"
        ends: dict[int, int] = {}
        for turn in found["turns"]:
            assert turn["lo_seq"] <= turn["hi_seq"]
            ends[turn["conversation"]] = turn["hi_seq"]

    def parts_only_move_forward(self, found: Snapshot) -> None:
        if self.before is None:
            return
        before = {row["idempotency_key"]: row for row in self.before["outbox"]}
        for row in found["outbox"]:
            old = before.get(row["idempotency_key"])
            if old is None or old["state"] == row["state"]:
                continue
            allowed = MOVES[old["state"]] | ({"sent"} if old["error"] is not None else set())
            assert row["state"] in allowed, f"{old['state']} became {row['state']}"
        ticks = {row["id"]: row["status"] for row in self.before["messages"] if row["status"]}
        for row in found["messages"]:
            old_tick = ticks.get(row["id"])
            if old_tick and row["status"] and row["status"] != Status.FAILED:
                assert RANK[Status(row["status"])] >= RANK[Status(old_tick)] or old_tick == Status.FAILED

    def finish(self) -> None:
        """Time passes and everybody does their work: then nothing is left open."""
        for _ in range(60):
            self.now += timedelta(hours=1)
            for claim, batch in self.claimed(self.stores.do(queue.claim, "last", self.now, LEASE, 10)):
                self.settle((claim, batch), Outcome.ANSWERED, 1, alone=False)
            self.hand_back()
            self.stores.do(doubts.doubt, self.now, SETTLE)
            for part in self.stores.do(outbox.take, self.now, HOLD, 10):
                self.stores.do(outbox.sent, part, f"ext-{part.idempotency_key}", self.now, [])
            found = self.stores.look()
            waits = any(row["direction"] == "in" and not row["outcome"] for row in found["messages"])
            if not waits and all(row["state"] in FINAL for row in found["outbox"]):
                break
        self.everything_is_as_the_model_says()
        assert not any(self.model.waiting.values())
        assert all(row["state"] in FINAL for row in found["outbox"])
        assert all(row["due_at"] is None for row in found["conversations"])


def _try(machine: type[Machine], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES or examples,
            stateful_step_count=40,
            deadline=None,
            derandomize=not EXAMPLES,
            database=None,
            phases=[Phase.generate, Phase.shrink]
            if EXAMPLES
            else [Phase.generate],  # shrinking takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_every_message_and_every_part_ends_once() -> None:
    _try(Machine, 30)


@pytest.mark.postgres
def test_both_databases_tell_the_same_story(migrated_postgres_url: str) -> None:
    class Both(Machine):
        postgres = migrated_postgres_url

    _try(Both, 4)
