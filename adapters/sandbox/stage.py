"""The people of a scenario with their phones: what each of them says, sends and presses, and which message is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import steps
from .groups import Group
from .inbox import Heard, Inbox
from .phones import Phone
from .pieces import Card, NotHere, Piece, Spot, sample
from .sandbox import Sandbox
from .scenarios import Caller, Scenario
from .steps import Act

POST = "The first post of the sandbox"
_NUMBERED = re.compile(r"(heard|said) (\d+)")


@dataclass(slots=True, kw_only=True)
class Actor:
    """A person on the stage. `inbox` is where they hear: their own phone, or a group. `post`: what they comment on."""

    caller: Caller
    phone: Phone
    inbox: Inbox
    post: str = ""
    said: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.caller.key

    def unheard(self) -> list[Heard]:
        """What is on the screen and no step has spoken of yet, the oldest first."""
        return [
            heard
            for heard in self.inbox.inbox
            if not heard.waiting and heard.deleted_at is None and heard.external_id not in self._taken
        ]

    def take(self, found: list[Heard]) -> None:
        self._taken.update(heard.external_id for heard in found)

    def note(self, external_id: str, text: str = "") -> None:
        if external_id:
            self.said.append(external_id)
            self.texts[external_id] = text


class Stage:
    """New phones for everybody in a scenario; a group is made of all who name it, a post of all who comment."""

    def __init__(self, sandbox: Sandbox, scenario: Scenario) -> None:
        self.sandbox = sandbox
        self.actors: dict[str, Actor] = {}
        self._order: list[tuple[str, str]] = []
        groups: dict[str, Group] = {}
        post = ""
        for caller in scenario.phones:
            phone = self._phone(caller)
            if caller.channel == "comments":
                post = post or sandbox.feed.publish(POST)
            inbox: Inbox = phone
            if caller.group:
                if caller.group not in groups:
                    groups[caller.group] = sandbox.telegram.group(caller.group)
                inbox = groups[caller.group]
                groups[caller.group].members.append(phone)
            self.actors[caller.key] = Actor(
                caller=caller, phone=phone, inbox=inbox, post=post if caller.channel == "comments" else ""
            )

    def _phone(self, caller: Caller) -> Phone:
        channel = "messenger" if caller.channel == "comments" else caller.channel
        platform = self.sandbox.platform(channel)
        return platform.add_phone(caller.name, locale=caller.locale, username=caller.username)

    def first_said(self, channel: str) -> str:
        """The first message of the scenario on a platform; empty when nobody said anything there."""
        return next((external_id for one, external_id in self._order if one == channel), "")

    # --- what people do ---

    async def act(self, actor: Actor, act: Act) -> None:
        """Raises NotHere for what a platform does not know, LookupError for a message or button there is not."""
        phone = actor.phone
        match act:
            case steps.Says():
                for text in act.texts:
                    await self._say(actor, Piece(text=text))
            case steps.Replies():
                await self._say(actor, Piece(text=act.text, reply_to=self.message(actor, act.to)[0]))
            case steps.Sends():
                await self._say(actor, Piece(kind=act.kind, text=act.caption, file=sample(act.kind)))
            case steps.SharesPlace():
                spot = Spot(
                    latitude=act.latitude, longitude=act.longitude, name=act.name, address=act.address
                )
                await self._say(actor, Piece(kind="location", spot=spot))
            case steps.SharesContact():
                await self._say(actor, Piece(kind="contact", card=Card(name=act.name, number=act.number)))
            case steps.Edits():
                await self._edit(actor, self._own(actor, act.of), act.text)
            case steps.Unsends():
                await self._unsend(actor, self._own(actor, act.which))
            case steps.Reacts():
                external_id = self.message(actor, act.to)[0]
                if actor.inbox is not phone or actor.post:
                    raise NotHere("people react only in a chat of their own here")
                await phone.react(external_id, act.emoji or None)
            case steps.Presses():
                await self._press(actor, act.title)
            case steps.Blocks():
                await (phone.block() if act.blocked else phone.unblock())
            case steps.Goes():
                phone.offline = act.state == "offline"
            case _:
                raise ValueError("nobody does this")

    async def _say(self, actor: Actor, piece: Piece) -> None:
        if actor.post:
            if piece.kind != "text":
                raise NotHere("comments hold words only here")
            under = piece.reply_to or actor.post
            external_id = await self.sandbox.feed.write(actor.phone, piece.text, under=under)
        elif isinstance(actor.inbox, Group):
            external_id = await actor.inbox.send(actor.phone, piece)
        else:
            external_id = await actor.phone.platform.say(actor.phone, piece)
        self._note(actor, external_id, piece.text)

    async def _edit(self, actor: Actor, external_id: str, text: str) -> None:
        if actor.post:
            await self.sandbox.feed.edit(external_id, text)
        elif actor.inbox is not actor.phone:
            raise NotHere("nobody edits in a group here")
        else:
            await actor.phone.edit(external_id, text)
        actor.texts[external_id] = text

    async def _unsend(self, actor: Actor, external_id: str) -> None:
        if actor.post:
            await self.sandbox.feed.remove(external_id)
        elif actor.inbox is not actor.phone:
            raise NotHere("nobody takes back in a group here what was said")
        else:
            await actor.phone.unsend(external_id)

    async def _press(self, actor: Actor, title: str) -> None:
        for heard in reversed(actor.inbox.inbox):
            if not heard.waiting and any(button.title == title for button in heard.buttons):
                self._note(actor, await actor.phone.press(heard, title), title)
                return
        raise LookupError(f"no message has a button “{title}”")

    def _note(self, actor: Actor, external_id: str, text: str) -> None:
        actor.note(external_id, text)
        self._order.append((actor.phone.channel, external_id))

    # --- which message is meant ---

    def message(self, actor: Actor, which: str) -> tuple[str, Heard | None]:
        """The newest message heard, "heard 2", "said 1", or the newest that holds the words; with what was heard.

        Raises LookupError when there is none.
        """
        heard = [one for one in actor.inbox.inbox if not one.waiting and one.deleted_at is None]
        if not which:
            if not heard:
                raise LookupError(f"{actor.name} has heard nothing yet")
            return heard[-1].external_id, heard[-1]
        if match := _NUMBERED.fullmatch(which):
            whole, place = (heard if match[1] == "heard" else actor.said), int(match[2]) - 1
            if not 0 <= place < len(whole):
                raise LookupError(f"{actor.name} has {match[1]} only {len(whole)} messages")
            found = whole[place]
            return (found, None) if isinstance(found, str) else (found.external_id, found)
        for one in reversed(heard):
            if which.casefold() in one.text.casefold():
                return one.external_id, one
        for external_id in reversed(actor.said):
            if which.casefold() in actor.texts[external_id].casefold():
                return external_id, None
        raise LookupError(f"{actor.name} has no message with “{which}”")

    def _own(self, actor: Actor, which: str) -> str:
        if which.startswith("heard "):
            raise LookupError(f"{actor.name} changes only what {actor.name} said")
        if which and not _NUMBERED.fullmatch(which):
            for external_id in reversed(actor.said):
                if which.casefold() in actor.texts[external_id].casefold():
                    return external_id
            raise LookupError(f"{actor.name} said nothing with “{which}”")
        if which:
            return self.message(actor, which)[0]
        if not actor.said:
            raise LookupError(f"{actor.name} has said nothing yet")
        return actor.said[-1]
