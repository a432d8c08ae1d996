"""People with phones: what they say goes to the webhook as the platform would send it, what they hear lands in an inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.clock import Clock

from .happenings import Happening, Kind, Stream

if TYPE_CHECKING:
    from .platform import Platform


@dataclass(slots=True, kw_only=True)
class Heard:
    """A message in a phone's inbox. `typing_at`: when typing was first shown before it, since the person last wrote.

    `statuses` holds what the platform reported of it (sent, delivered, read) and when.
    """

    external_id: str
    text: str
    at: datetime
    typing_at: datetime | None = None
    reply_to: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    statuses: dict[str, datetime] = field(default_factory=dict)


class Phone:
    """One person on one platform. Made by Sandbox.phone().

    `id` is what the platform calls the person: phone number, page-scoped id, or chat id as text. `username` (WhatsApp):
    the person hides the number, and only `user_id` travels. `blocked`, `window_closed`: sends to it are refused.
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
        self.platform = platform
        self.name = name
        self.id = id
        self.user_id = user_id or id
        self.username = username
        self.locale = locale
        self.blocked = False
        self.window_closed = False
        self.inbox: list[Heard] = []
        self.said: dict[str, datetime] = {}
        self.typing_at: datetime | None = None
        self._stream = stream
        self._clock = clock
        self._taken = 0
        self._news = asyncio.Event()

    @property
    def channel(self) -> str:
        return self.platform.channel

    async def say(self, text: str) -> str:
        """Write to the assistant; returns the platform's id of the message.

        Comes back after the first attempt of the platform to deliver it, whatever the webhook answered; further
        attempts go on in the background (`platform.delivery(external_id)` tells).
        """
        return await self.platform.say(self, text)

    async def wait_reply(self, timeout: float = 30.0) -> Heard:
        """The next message that was not yet handed out by this method. Raises TimeoutError naming the person."""
        await self._until(lambda: self._taken < len(self.inbox), timeout, "was not answered")
        heard = self.inbox[self._taken]
        self._taken += 1
        return heard

    async def wait_status(self, heard: Heard, status: str, timeout: float = 5.0) -> datetime:
        """When the platform reported `status` of a heard message. Raises TimeoutError naming the person."""
        await self._until(lambda: status in heard.statuses, timeout, f"saw no {status} receipt")
        return heard.statuses[status]

    async def _until(self, ready: Callable[[], bool], timeout: float, failure: str) -> None:
        try:
            async with asyncio.timeout(timeout):
                while not ready():
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(
                f"{self.name} on {self.platform.title} {failure} within {timeout:g} seconds"
            ) from None

    # --- what the platform does to the phone ---

    def spoke(self, external_id: str, text: str) -> None:
        at = self._clock.now()
        self.said[external_id] = at
        self.typing_at = None
        self._emit(Kind.SAID, at, text=text, external_id=external_id)

    def see_typing(self, text: str = "") -> None:
        """The typing dots, or a streamed draft."""
        at = self._clock.now()
        if self.typing_at is None:
            self.typing_at = at
        self._emit(Kind.TYPING, at, text=text)

    def see_read(self, external_id: str) -> None:
        """The assistant read what the person said."""
        self._emit(Kind.STATUS, self._clock.now(), external_id=external_id, status="read")

    def hear(self, external_id: str, text: str, reply_to: str | None = None) -> Heard:
        at = self._clock.now()
        heard = Heard(external_id=external_id, text=text, at=at, typing_at=self.typing_at, reply_to=reply_to)
        self.typing_at = None
        self.inbox.append(heard)
        self._emit(Kind.HEARD, at, text=text, external_id=external_id)
        return heard

    def heard(self, external_id: str) -> Heard | None:
        """The message of that id in the inbox, unless it was deleted."""
        for heard in reversed(self.inbox):
            if heard.external_id == external_id:
                return None if heard.deleted_at is not None else heard
        return None

    def see_edit(self, heard: Heard, text: str) -> None:
        heard.text, heard.edited_at = text, self._clock.now()
        self._emit(Kind.HEARD, heard.edited_at, text=text, external_id=heard.external_id, status="edited")

    def see_deletion(self, heard: Heard) -> None:
        heard.deleted_at = self._clock.now()
        self._emit(Kind.HEARD, heard.deleted_at, external_id=heard.external_id, status="deleted")

    def see_status(self, heard: Heard, status: str) -> datetime:
        at = self._clock.now()
        heard.statuses.setdefault(status, at)
        self._emit(Kind.STATUS, at, external_id=heard.external_id, status=status)
        return at

    def _emit(
        self,
        kind: Kind,
        at: datetime,
        *,
        text: str = "",
        external_id: str | None = None,
        status: str | None = None,
    ) -> None:
        self._stream.emit(
            Happening(
                kind=kind,
                channel=self.channel,
                person=self.name,
                at=at,
                text=text,
                external_id=external_id,
                status=status,
            )
        )
        self._news.set()
        self._news = asyncio.Event()
