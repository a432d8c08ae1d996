"""A small model of a chat with versions, and a store that is asked the same: both must show one path."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Connection, select, update

from assistant.store import branches, chats, messages, queue
from assistant.store.accept import accept
from assistant.store.models import conversations, outbox
from assistant.store.models import messages as table
from assistant.store.queue import Reply, Settlement, TurnRow
from assistant.types import Author, Outcome, Text

from .machine import Stores, seconds
from .made import NOW, RULES, wrote

LEASE = seconds(30)


@dataclass
class Node:
    """One message. `state`: waits, answered or dropped for what was written; said for an answer."""

    text: str
    parent: Node | None
    state: str
    children: list[Node] = field(default_factory=list)
    followed: Node | None = None

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


class Talk:
    """The tree as anybody would draw it: who follows whom, and in each place what was followed last."""

    def __init__(self) -> None:
        self.root = Node("", None, "root")
        self.end = self.root
        self.nodes: list[Node] = []

    def path(self) -> list[Node]:
        found, node = [], self.end
        while node.parent is not None:
            found.append(node)
            node = node.parent
        return found[::-1]

    def go(self, node: Node) -> None:
        self.end = node
        while node.parent is not None:
            node.parent.followed = node
            node = node.parent

    def add(self, text: str, state: str, parent: Node) -> Node:
        node = Node(text, parent, state)
        parent.children.append(node)
        self.nodes.append(node)
        return node

    def write(self, text: str) -> None:
        self.go(self.add(text, "waits", self.end))

    def answer(self, text: str, last: Node) -> None:
        """A reply stands behind the last message it answers; what was written meanwhile stands behind the reply."""
        for node in self.path():
            if node.state == "waits":
                node.state = "answered"
            if node is last:
                break
        later = [node for node in self.path() if node.parent is last]
        reply = self.add(text, "said", last)
        for node in later:
            last.children.remove(node)
            reply.children.append(node)
            node.parent = reply
        self.go(self.end if later else reply)

    def leave(self, node: Node) -> None:
        path = self.path()
        for gone in path[path.index(node) :]:
            if gone.state == "waits":
                gone.state = "dropped"
        assert node.parent is not None
        self.end = node.parent

    def again(self, reply: Node) -> None:
        self.leave(reply)
        node = self.end
        while node.state in ("answered", "dropped"):
            node.state = "waits"
            assert node.parent is not None
            node = node.parent

    def choose(self, node: Node) -> None:
        while node.followed is not None:
            node = node.followed
        kept = set()
        up: Node | None = node
        while up is not None:
            kept.add(up)
            up = up.parent
        for gone in self.path():
            if gone not in kept and gone.state == "waits":
                gone.state = "dropped"
        self.go(node)
        answered = False
        for kept_one in reversed(self.path()):
            answered = answered or kept_one.state == "said"
            if answered and kept_one.state == "waits":
                kept_one.state = "answered"
            if not answered and kept_one.state == "dropped":
                kept_one.state = "waits"

    def can_be_answered_anew(self, reply: Node) -> bool:
        return (
            reply.state == "said"
            and reply.parent is not None
            and reply.parent.state in ("answered", "dropped")
        )


class Versions(RuleBasedStateMachine):
    """Send, answer, edit, answer anew and choose in any order."""

    postgres: ClassVar[str] = ""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.stores = Stores(Path(self.folder.name), self.postgres)
        self.talk = Talk()
        self.now = NOW
        self.number = 0
        self.send()

    def teardown(self) -> None:
        if hasattr(self, "stores"):
            self.stores.close()
            self.folder.cleanup()

    # --- what happens ------------------------------------------------------------------------------------

    @rule()
    def send(self) -> None:
        self.number += 1
        self.now += seconds(2)
        text = f"q{self.number}"
        self.stores.do(accept, [wrote(self.number, text)], self.now, RULES)
        self.talk.write(text)

    @rule(late=st.booleans())
    def answer(self, late: bool) -> None:
        """`late`: the visitor writes once more while the answer is written."""
        self.now += timedelta(minutes=5)
        for claim in self.stores.do(queue.claim, "worker", self.now, LEASE, 1):
            batch = self.stores.do(queue.waiting, claim.conversation)
            last = [node for node in self.talk.path() if node.state == "waits"][-1]
            assert [one.parts[0].text for one in batch] == [
                node.text for node in self.talk.path() if node.state == "waits"
            ]
            told = self.stores.do(
                messages.history, claim.conversation, from_seq=claim.window_from_seq, before_seq=batch[0].seq
            )
            path = [node.text for node in self.talk.path()]
            assert [one.parts[0].text for one in told] == path[: path.index(batch[0].parts[0].text)]
            if late:
                self.send()
            self.number += 1
            text = f"a{self.number}"
            reply = Reply(
                author=Author.ASSISTANT, whole=(Text(text=text),), pieces=((text, Text(text=text)),)
            )
            end = Settlement(
                waiting=batch, outcome=Outcome.ANSWERED, reply=reply, turn=TurnRow(started_at=self.now)
            )
            self.stores.do(queue.settle, claim, end, self.now, RULES.debounce, RULES.debounce_cap)
            self.stores.do(_all_sent)
            self.talk.answer(text, last)

    @rule(pick=st.integers(0, 100), writes=st.booleans())
    def edit(self, pick: int, writes: bool) -> None:
        asked = [node for node in self.talk.path() if node.text.startswith("q")]
        if not asked:
            return
        node = asked[pick % len(asked)]
        assert self.do(branches.step_back, node)
        assert not self.do(branches.step_back, node)  # a retry changes nothing
        self.talk.leave(node)
        if writes:
            self.send()

    @rule(pick=st.integers(0, 100))
    def regenerate(self, pick: int) -> None:
        said = [node for node in self.talk.path() if self.talk.can_be_answered_anew(node)]
        if said:
            node = said[pick % len(said)]
            assert self.do(branches.regenerate, node)
            self.talk.again(node)

    @precondition(lambda self: len(self.talk.nodes) > 2)
    @rule(pick=st.integers(0, 100))
    def choose(self, pick: int) -> None:
        node = self.talk.nodes[pick % len(self.talk.nodes)]
        elsewhere = node not in self.talk.path()
        assert self.do(branches.choose, node) is elsewhere
        if elsewhere:
            self.talk.choose(node)

    def do(self, act: Any, node: Node) -> bool:
        self.now += seconds(1)
        place = self.stores.do(_place_of, node.text)
        return bool(self.stores.do(act, *place, self.now))

    # --- what must be true -------------------------------------------------------------------------------

    @invariant()
    def the_page_shows_the_path_and_counts_its_versions(self) -> None:
        if not hasattr(self, "stores"):
            return
        shown = self.stores.do(_shown)
        path = self.talk.path()
        assert [one.text for one in shown] == [node.text for node in path]
        assert [one.waiting for one in shown] == [node.state == "waits" for node in path]
        names = dict(self.stores.do(_names))
        for one, node in zip(shown, path, strict=True):
            assert node.parent is not None
            beside = sorted((child.text for child in node.parent.children), key=_number)
            if len(beside) == 1:
                assert one.version is None
                continue
            at = beside.index(node.text)
            assert (one.version.index, one.version.count) == (at + 1, len(beside))
            assert names.get(one.version.previous) == (beside[at - 1] if at else None)
            assert names.get(one.version.following) == (beside[at + 1] if at + 1 < len(beside) else None)

    @invariant()
    def what_waits_is_due_and_nothing_else(self) -> None:
        if hasattr(self, "stores"):
            waits = any(node.state == "waits" for node in self.talk.path())
            assert self.stores.do(_is_due) is waits


def _number(text: str) -> int:
    return int(text[1:])


def _all_sent(connection: Connection) -> None:
    connection.execute(update(outbox).values(state="sent", external_id=outbox.c.idempotency_key))


def _here(connection: Connection) -> int:
    return int(connection.execute(select(conversations.c.id)).scalar_one())


def _shown(connection: Connection) -> list[chats.ChatMessage]:
    return chats.messages(connection, _here(connection), limit=500)


def _names(connection: Connection) -> Iterator[Any]:
    rows = connection.execute(select(table.c.id, table.c.parts)).all()
    return [(row.id, row.parts[0]["text"]) for row in rows]  # type: ignore[return-value]


def _place_of(connection: Connection, text: str) -> tuple[int, int]:
    [found] = [number for number, said in _names(connection) if said == text]
    return _here(connection), found


def _is_due(connection: Connection) -> bool:
    return connection.execute(select(conversations.c.due_at)).scalar() is not None
