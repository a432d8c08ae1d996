"""People with phones: what they say, send, press and take back goes to the webhook as the platform would send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.clock import Clock

from .happenings import Kind, Stream
from .inbox import Draft, Heard, Inbox
from .pieces import Button, Card, File, Piece, Spot, sample

if TYPE_CHECKING:
    from .platform import Platform

__all__ = ["Draft", "Heard", "Inbox", "Phone"]


class Phone(Inbox):
    """One person on one platform. Made by Sandbox.phone().

    `id` is what the platform calls the person: phone number, page-scoped id, or chat id as text. `username` (WhatsApp):
    the person hides the number, and only `user_id` travels. `blocked`, `window_closed`: sends to it are refused;
    `offline`: they are taken, and delivered when the phone comes back. A window closes by itself when the person has
    said nothing for as long as the platform's `reply_window`; one who never wrote is taken to have written elsewhere.
    What a platform does not know (nobody unsends on Messenger) raises NotHere.
    """

    def __init__(
        self,
        *,
        platform: Platform,
        stream: Stream,
        clock: Clock,
        name: str,
        id: str,
        user_id: str = "",
        username: str | None = None,
        locale: str = "en",
    ) -> None:
        super().__init__(platform=platform, stream=stream, clock=clock, name=name, id=id)
        self.user_id = user_id or id
        self.username = username
        self.locale = locale
        self._offline = False
        self._window_closed = False

    @property
    def offline(self) -> bool:
        return self._offline

    @offline.setter
    def offline(self, offline: bool) -> None:
        if offline == self._offline:
            return
        self._offline = offline
        self._emit(Kind.STATE, self._clock.now(), status="offline" if offline else "online")
        if not offline:
            self.platform.catch_up(self, self.show_waiting())

    @property
    def away(self) -> bool:
        return self._offline

    @property
    def window_closed(self) -> bool:
        if self._window_closed:
            return True
        window, last = self.platform.reply_window, max(self.said.values(), default=None)
        return window is not None and last is not None and self._clock.now() - last > window

    @window_closed.setter
    def window_closed(self, closed: bool) -> None:
        self._window_closed = closed

    async def say(self, text: str, *, reply_to: str | None = None, thread: str | None = None) -> str:
        """Write to the assistant, perhaps in a topic; returns the platform's id of the message.

        Comes back after the first attempt of the platform to deliver it, whatever the webhook answered; further
        attempts go on in the background (`platform.delivery(external_id)` tells).
        """
        return await self.platform.say(self, Piece(text=text, reply_to=reply_to, thread=thread))

    async def forward(self, text: str) -> str:
        """Pass on what somebody else wrote."""
        return await self.platform.say(self, Piece(text=text, forwarded=True))

    async def show(
        self, kind: str, caption: str = "", *, file: File | None = None, reply_to: str | None = None
    ) -> str:
        """Send a file: image, video, audio, voice, document or sticker; without one a small real sample."""
        piece = Piece(kind=kind, text=caption, file=file or sample(kind), reply_to=reply_to)
        return await self.platform.say(self, piece)

    async def share_place(self, latitude: float, longitude: float, name: str = "", address: str = "") -> str:
        spot = Spot(latitude=latitude, longitude=longitude, name=name, address=address)
        return await self.platform.say(self, Piece(kind="location", spot=spot))

    async def share_contact(self, name: str, number: str) -> str:
        return await self.platform.say(self, Piece(kind="contact", card=Card(name=name, number=number)))

    async def react(self, external_id: str, emoji: str | None) -> None:
        """React to a message, or take that back with None."""
        heard = self.heard(external_id)
        payload = self.platform.compose_reaction(self, external_id, emoji)
        if heard is not None:
            heard.reaction = emoji
        self._emit(Kind.REACTED, self._clock.now(), text=emoji or "", external_id=external_id, status="said")
        await self.platform.tell(self, external_id, "reaction", payload)

    async def edit(self, external_id: str, text: str) -> None:
        """Change what was said."""
        payload = self.platform.compose_edit(self, external_id, text)
        self._emit(Kind.SAID, self._clock.now(), text=text, external_id=external_id, status="edited")
        await self.platform.tell(self, external_id, "edit", payload)

    async def unsend(self, external_id: str) -> None:
        """Take back what was said."""
        payload = self.platform.compose_unsend(self, external_id)
        self._emit(Kind.SAID, self._clock.now(), external_id=external_id, status="deleted")
        await self.platform.tell(self, external_id, "unsend", payload)

    async def press(self, heard: Heard, title: str) -> str:
        """Press a button, row or quick reply; returns the id of what it sends. LookupError: there is none so called."""
        return await self.press_button(heard, heard.button(title))

    async def press_button(self, heard: Heard, button: Button) -> str:
        if button.kind == "url":
            return ""
        external_id, payload = self.platform.compose_press(self, heard, button)
        self.said[external_id] = self._clock.now()
        self.typing_at = None
        self._emit(Kind.PRESSED, self._clock.now(), text=button.title, external_id=external_id)
        await self.platform.tell(self, external_id, "message", payload)
        return external_id

    async def stop(self) -> None:
        """Press Stop beside an answer that still grows. LookupError: nothing can be stopped."""
        await self.platform.stop(self)

    async def block(self) -> None:
        """Block the business. Telegram tells the bot, Meta's platforms only refuse sends from now on."""
        await self._set_blocked(True)

    async def unblock(self) -> None:
        await self._set_blocked(False)

    async def _set_blocked(self, blocked: bool) -> None:
        self.blocked = blocked
        self._emit(Kind.STATE, self._clock.now(), status="blocked" if blocked else "unblocked")
        payload = self.platform.compose_block(self, blocked)
        if payload is not None:
            await self.platform.tell(self, self.id, "blocked" if blocked else "unblocked", payload)
