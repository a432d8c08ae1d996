"""Writes down what is done on the phones, to the faults and to time, as a scenario that can be played again."""

from __future__ import annotations

import dataclasses
import re

from . import steps
from .happenings import Happening, Kind
from .knobs import KNOBS, KnobKind
from .phones import Phone
from .pieces import FILE_KINDS, Piece
from .sandbox import Sandbox
from .scenario_yaml import write
from .scenarios import Caller, Scenario
from .steps import Act, Step
from .words import RESERVED, span

RECORDED = "What I did"
PAUSE_SECONDS = 2.0
LONGEST_PAUSE = 10.0
"""A pause in which nothing was heard is written down, up to so long: it decides what becomes one answer."""
_SAYING = (
    steps.Says,
    steps.Replies,
    steps.Sends,
    steps.SharesPlace,
    steps.SharesContact,
    steps.Presses,
)
_WORD = re.compile(r"\w+")


class Recorder:
    """Listens from the moment it is made until `stop()`.

    What people hear is written as an expectation before whatever is done next, so that a play waits as the person
    did. A file becomes a sample of its kind, and what there is no word for (an album, a topic) is left out.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._callers: dict[tuple[str, str, str], Caller] = {}
        self._steps: list[Step] = []
        self._said: dict[str, list[str]] = {}
        self._heard: dict[str, list[str]] = {}
        self._new: dict[str, int] = {}
        self._crowd: dict[tuple[str, str], int] = {}
        self._burst: int | None = None
        self._acted_at: float | None = None
        self._end = sandbox.subscribe(self._note)

    @property
    def empty(self) -> bool:
        return not self._steps

    def stop(self) -> None:
        self._end()

    def scenario(self, name: str = RECORDED, shows: str = "") -> Scenario:
        """What was done until now; the recording goes on."""
        return Scenario(
            name=name,
            shows=shows,
            phones=tuple(self._callers.values()),
            steps=(*self._steps, *self._expectations()),
        )

    def yaml(self, name: str = RECORDED, shows: str = "") -> str:
        return write(self.scenario(name, shows))

    # --- listening ---

    def _note(self, happening: Happening) -> None:
        match happening.kind:
            case Kind.FAULT:
                self._fault(happening)
            case Kind.TIME:
                self._do(steps.Travels(by=span(happening.text)))
            case Kind.BURST:
                self._begin_burst(happening)
            case Kind.REPLAYED:
                self._do(steps.Replays(channel=happening.channel, times=int(happening.status or 1)))
            case Kind.SAID | Kind.HEARD | Kind.PRESSED | Kind.REACTED | Kind.STATE:
                if (happening.channel, happening.person) in self._crowd:
                    self._count_burst(happening)
                else:
                    self._person(happening)
            case _:
                pass

    def _person(self, happening: Happening) -> None:
        if happening.kind is Kind.HEARD:
            self._hear(happening)
            return
        act = self._act(happening)
        if act is None:
            return
        caller = self._caller(happening)
        if isinstance(act, _SAYING):
            self._said.setdefault(caller.key, []).append(happening.external_id or "")
        self._do(act, who=caller.key)

    def _act(self, happening: Happening) -> Act | None:
        match happening.kind:
            case Kind.SAID if happening.status == "edited":
                return steps.Edits(text=happening.text, of=self._which(happening, "said"))
            case Kind.SAID if happening.status == "deleted":
                return steps.Unsends(which=self._which(happening, "said"))
            case Kind.SAID:
                return self._said_act(happening, happening.piece or Piece(text=happening.text))
            case Kind.PRESSED:
                return steps.Presses(title=happening.text)
            case Kind.REACTED if happening.status == "said":
                return steps.Reacts(emoji=happening.text, to=self._which(happening))
            case Kind.STATE if happening.status in ("offline", "online"):
                return steps.Goes(state=happening.status)
            case Kind.STATE:
                return steps.Blocks(blocked=happening.status == "blocked")
            case _:
                return None

    def _said_act(self, happening: Happening, piece: Piece) -> Act | None:
        if piece.kind in FILE_KINDS:
            return steps.Sends(kind=piece.kind, caption=piece.text)
        if piece.spot is not None:
            spot = piece.spot
            return steps.SharesPlace(
                latitude=spot.latitude, longitude=spot.longitude, name=spot.name, address=spot.address
            )
        if piece.card is not None:
            return steps.SharesContact(name=piece.card.name, number=piece.card.number)
        if piece.reply_to and (to := self._which(happening, external_id=piece.reply_to)):
            return steps.Replies(text=piece.text, to=to)
        return steps.Says(texts=(piece.text,)) if piece.text else None

    def _hear(self, happening: Happening) -> None:
        """A reply to somebody who is on the record; in a group it is everybody's, and the last speaker's is enough."""
        key = self._listener(happening)
        if key is None or happening.status in ("edited", "deleted", "waiting"):
            return
        heard = self._heard.setdefault(key, [])
        if happening.external_id and happening.external_id not in heard:
            heard.append(happening.external_id)
            self._new[key] = self._new.get(key, 0) + 1

    def _which(self, happening: Happening, whose: str = "", *, external_id: str = "") -> str:
        """ "heard 2" or "said 1" for the message that is meant; empty when it came before the recording."""
        key, wanted = self._listener(happening) or "", external_id or happening.external_id
        for word, known in (("said", self._said), ("heard", self._heard)):
            if whose in ("", word) and wanted in known.get(key, []):
                return f"{word} {known[key].index(wanted) + 1}"
        return ""

    # --- who ---

    def _caller(self, happening: Happening) -> Caller:
        public = happening.piece is not None and happening.piece.public
        channel = "comments" if public else happening.channel
        group = happening.person if happening.by else ""
        name = happening.by or happening.person
        known = self._callers.get((channel, name, group))
        if known is None:
            phone = self._phone(happening.channel, name)
            known = Caller(
                key=self._key(name),
                channel=channel,
                name=name,
                locale=phone.locale if phone is not None else "en",
                username=phone.username if phone is not None else None,
                group=group,
            )
            self._callers[channel, name, group] = known
        return known

    def _phone(self, channel: str, name: str) -> Phone | None:
        phones = self.sandbox.platform(channel).phones.values()
        return next((phone for phone in reversed(phones) if phone.name == name), None)

    def _key(self, name: str) -> str:
        """A word for the steps: the first of the name, in small letters, with a number when it is taken."""
        found = _WORD.search(name.casefold())
        word = found[0] if found is not None else "somebody"
        taken = {caller.key for caller in self._callers.values()} | RESERVED
        return next(
            key for key in (word, *(f"{word}{number}" for number in range(2, 1000))) if key not in taken
        )

    def _listener(self, happening: Happening) -> str | None:
        """Whose steps speak of what is heard there: in a group, of those who spoke, the latest to join."""
        for caller in reversed(self._callers.values()):
            where = caller.group or caller.name
            same = happening.channel == ("messenger" if caller.channel == "comments" else caller.channel)
            public = happening.piece is not None and happening.piece.public
            if same and where == happening.person and (not public or caller.channel == "comments"):
                return caller.key
        return None

    # --- faults and crowds ---

    def _fault(self, happening: Happening) -> None:
        if not happening.text:
            if self._steps and self._steps[-1].act != steps.TurnsKnobs():
                self._do(steps.TurnsKnobs())
            return
        if happening.text == "refuse":
            given = dict(pair.split("=") for pair in (happening.status or "").split())
            numbers = {name: int(value) for name, value in given.items()}
            self._do(steps.TurnsKnobs(channel=happening.channel, **numbers))  # type: ignore[arg-type]
            return
        value = float(happening.status or 0)
        whole = KNOBS[happening.text].kind is not KnobKind.SECONDS
        turned = (happening.text, int(value) if whole else value)
        self._do(steps.TurnsKnobs(channel=happening.channel, values=(turned,)))

    def _begin_burst(self, happening: Happening) -> None:
        count = int(happening.status or 1)
        self._crowd |= {(happening.channel, f"Person {number}"): 0 for number in range(1, count + 1)}
        says = tuple(happening.text.split("\n"))
        self._do(steps.Bursts(channel=happening.channel, people=count, says=says))
        self._burst = len(self._steps) - 1

    def _count_burst(self, happening: Happening) -> None:
        """When everybody of a burst was answered, a play waits for that, too."""
        if happening.kind is not Kind.HEARD or happening.status is not None:
            return
        self._crowd[happening.channel, happening.person] += 1
        if self._burst is not None and all(self._crowd.values()):
            step = self._steps[self._burst]
            if isinstance(step.act, steps.Bursts):
                answered = dataclasses.replace(step.act, answered=True)
                self._steps[self._burst] = dataclasses.replace(step, act=answered)

    # --- writing down ---

    def _do(self, act: Act, *, who: str = "") -> None:
        now = self.sandbox.clock.monotonic()
        waited = 0.0 if self._acted_at is None else now - self._acted_at
        self._acted_at = now
        if self._new:
            self._steps += self._expectations()
            self._new.clear()
        elif waited >= PAUSE_SECONDS:
            self._steps.append(Step(act=steps.Waits(seconds=round(min(waited, LONGEST_PAUSE)))))
        self._steps.append(Step(act=act, who=who))

    def _expectations(self) -> list[Step]:
        """What was heard since the last step."""
        return [Step(act=steps.Hears(count=count), who=key) for key, count in self._new.items()]
