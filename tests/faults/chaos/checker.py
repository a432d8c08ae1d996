"""The invariant checker: a recorded history in, every broken promise out. A pure function with tests of its own.

- LOST: a webhook got its 200 and the message is not in the database.
- NO OUTCOME: a message has no outcome after everything came to rest, or its outcome says "answered" and no reply to it
  reached the person, or a part of a reply never came to an end.
- OUT OF ORDER: a person saw replies, or parts of one reply, in another order than that of the messages they answer; or
  messages were stored in another order than they were written in.
- OVERLAP: two turns cover one message, a turn for older messages was committed after one for newer messages (what a
  stale worker's commit would look like), or two different replies to one message reached the person.
- DUPLICATES: one part of one reply reached the person more than once; UNDETECTED when the outbox does not say so. FORCED:
  the platform delivered the first one and said that it failed, or nothing; all others are owed to the kills.
- OVERWRITTEN: a message that a person had was changed into another.
- WRONGLY DEAD: a message was set aside for staff though it was not poison; SPARED: a poison message was not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields

from .history import Delivered, History, Part, Stored, kind_of, mark_in, tokens_in

_DONE = ("sent", "failed", "cancelled")


@dataclass(slots=True)
class Findings:
    """What was found, one sentence each; all but `duplicates` must be empty. No text of a message is in a sentence."""

    lost: list[str] = field(default_factory=list)
    no_outcome: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    overlap: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    undetected_duplicates: list[str] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)
    wrongly_dead: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Reached a person and is in no outbox."""
    duplicates_by_kind: Counter[str] = field(default_factory=Counter)
    forced_by_kind: Counter[str] = field(default_factory=Counter)
    parts_by_kind: Counter[str] = field(default_factory=Counter)

    def broken(self) -> dict[str, list[str]]:
        """The promises that were broken, with what was found."""
        allowed = {"duplicates", "duplicates_by_kind", "forced_by_kind", "parts_by_kind"}
        return {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in allowed and getattr(self, one.name)
        }


def check(history: History) -> Findings:
    """Every broken promise of a history in which everything has come to rest."""
    found = Findings()
    stored = {one.external_id: one for one in history.stored}
    _accepted(history, stored, found)
    _turns(history, found)
    seqs = {one.token: stored[one.external_id].seq for one in history.said if one.external_id in stored}
    _replies(history, stored, found)
    _deliveries(history, seqs, found)
    if history.overwritten:
        found.overwritten.append(f"{history.overwritten} messages were changed")
    for part in history.parts:
        found.parts_by_kind[kind_of(part.conversation)] += part.state == "sent"
        if part.state not in _DONE:
            found.no_outcome.append(f"{part.conversation}: a part is still {part.state}")
    return found


def _accepted(history: History, stored: dict[str, Stored], found: Findings) -> None:
    """Each accepted message is there once, in its person's order, with the outcome that it should have."""
    highest: dict[str, int] = {}
    for one in history.said:
        row = stored.get(one.external_id)
        if row is None:
            if one.acknowledged:
                found.lost.append(f"{one.conversation}: {one.token}")
            continue
        if row.conversation != one.conversation:
            found.lost.append(f"{one.conversation}: {one.token} is in {row.conversation}")
        if row.seq < highest.get(one.conversation, 0):
            found.out_of_order.append(f"{one.conversation}: {one.token} is stored before an earlier one")
        highest[one.conversation] = max(row.seq, highest.get(one.conversation, 0))
        if row.outcome is None:
            found.no_outcome.append(f"{one.conversation}: {one.token} at {row.seq}")
        elif one.poison and row.outcome != "dead":
            found.spared.append(f"{one.conversation}: {one.token} is {row.outcome}")
        elif not one.poison and row.outcome not in ("answered", "coalesced"):
            found.wrongly_dead.append(f"{one.conversation}: {one.token} is {row.outcome}, {row.reason}")


def _turns(history: History, found: Findings) -> None:
    """The turns of one conversation lie behind each other, in the order in which they were committed."""
    covered: dict[str, int] = {}
    for turn in sorted(history.turns, key=lambda turn: turn.id):
        if turn.lo_seq <= covered.get(turn.conversation, 0):
            found.overlap.append(
                f"{turn.conversation}: turn {turn.id} covers {turn.lo_seq}-{turn.hi_seq} again"
            )
        covered[turn.conversation] = max(turn.hi_seq, covered.get(turn.conversation, 0))


def _replies(history: History, stored: dict[str, Stored], found: Findings) -> None:
    """Each message that counts as answered is quoted by exactly one reply that reached its person."""
    heard: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in history.delivered:
        mark = mark_in(one.text)
        for token in tokens_in(one.text) if mark else ():
            assert mark is not None
            heard[one.conversation, token].add(mark[0])
    for said in history.said:
        replies = heard[said.conversation, said.token]
        row = stored.get(said.external_id)
        if len(replies) > 1:
            found.overlap.append(f"{said.conversation}: {said.token} was answered {len(replies)} times")
        if not replies and row is not None and row.outcome in ("answered", "coalesced"):
            found.no_outcome.append(f"{said.conversation}: {said.token} is {row.outcome} and no reply came")


def _deliveries(history: History, seqs: dict[str, int], found: Findings) -> None:
    """Every part that reached somebody is in the outbox, once or marked, and comes in its place."""
    rows: dict[tuple[str, object], list[tuple[int, Part]]] = defaultdict(list)
    newest_row: dict[str, tuple[int, int]] = {}
    for number, part in enumerate(history.parts):
        rows[part.conversation, _identity(part)].append((number, part))
        if (place := _place(part, history, seqs)) is not None:
            if place < newest_row.get(part.conversation, (0, 0)):
                found.out_of_order.append(
                    f"{part.conversation}: the reply to {place[0]} was decided after a later one"
                )
            newest_row[part.conversation] = max(place, newest_row.get(part.conversation, (0, 0)))
    times: Counter[tuple[str, object]] = Counter()
    unanswered: set[tuple[str, object]] = set()
    newest: dict[str, int] = {}
    for one in history.delivered:
        identity = one.conversation, _identity(one)
        times[identity] += 1
        known = rows.get(identity)
        if known is None:
            found.unknown.append(f"{one.conversation}: a message that is in no outbox")
            continue
        number, part = known[0]
        if len(known) == 1:  # of our own words, said more than once, nobody can tell which these were
            if number < newest.get(one.conversation, 0):
                found.out_of_order.append(
                    f"{one.conversation}: the reply to {part.after_seq} came after a later one"
                )
            newest[one.conversation] = max(number, newest.get(one.conversation, 0))
        if times[identity] > len(known):
            found.duplicates.append(f"{one.conversation}: a part of the reply to {part.after_seq}")
            found.duplicates_by_kind[kind_of(one.conversation)] += 1
            found.forced_by_kind[kind_of(one.conversation)] += identity in unanswered
            if not any(part.duplicate_possible for _, part in known):
                found.undetected_duplicates.append(found.duplicates[-1])
        (unanswered.discard if one.answered else unanswered.add)(identity)


def _identity(one: Part | Delivered) -> object:
    """What makes a part this part: the model's mark, or the text where the words are our own."""
    return mark_in(one.text) or one.text


def _place(one: Part, history: History, seqs: dict[str, int]) -> tuple[int, int] | None:
    """Where in its conversation a reply belongs: the newest message it answers, and the part's number."""
    mark = mark_in(one.text)
    if mark is None:
        return None
    answered = [seqs[token] for token in history.answers.get(mark[0], ()) if token in seqs]
    return max(answered, default=one.after_seq), mark[1]
