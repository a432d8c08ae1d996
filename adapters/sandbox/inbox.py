"""What a platform does to a chat: messages land in it, grow, change and vanish, and everything is told to the stream."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.clock import Clock

from .happenings import Happening, Kind, Stream
from .pieces import Button, File, Piece

if TYPE_CHECKING:
    from .platform import Platform


@dataclass(slots=True, kw_only=True)
class Heard:
    """A message in a phone's inbox. `typing_at`: when typing was first shown before it, since the person last wrote.

    `text` is the words or the caption, `piece` all of it. `statuses` holds what the platform reported of it (sent,
    delivered, read, played, failed) and when; `reaction` is the person's own. `waiting`: it came while the phone was
    offline, and is not on the screen yet.
    """

    external_id: str
    text: str
    at: datetime
    piece: Piece = field(default_factory=Piece)
    typing_at: datetime | None = None
    reply_to: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    reaction: str | None = None
    waiting: bool = False
    statuses: dict[str, datetime] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.piece.kind

    @property
    def file(self) -> File | None:
        return self.piece.file

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.piece.buttons

    def button(self, title: str) -> Button:
        """The button of that title. Raises LookupError naming those there are."""
        for button in self.piece.buttons:
            if button.title == title:
                return button
        raise LookupError(f"no button {title!r}; there are {[button.title for button in self.piece.buttons]}")


@dataclass(slots=True, kw_only=True)
class Draft:
    """An answer that grows on the screen and was not sent yet."""

    number: int
    text: str
    at: datetime
    thread: str | None = None
    can_stop: bool = False


class Inbox:
    """One chat as it looks on a screen; `name` is whom the stream says it belongs to.

    `draft` is what is shown of an answer that still grows; `reactions` the business's own, by message; `topics` by id.
    """

    def __init__(self, *, platform: Platform, stream: Stream, clock: Clock, name: str, id: str) -> None:
        self.platform = platform
        self.name = name
        self.id = id
        self.blocked = False
        self.inbox: list[Heard] = []
        self.said: dict[str, datetime] = {}
        self.reactions: dict[str, str] = {}
        self.typing_at: datetime | None = None
        self.draft: Draft | None = None
        self.toasts: list[str] = []
        self.topics: dict[str, str] = {}
        self._stream = stream
        self._clock = clock
        self._taken = 0
        self._news = asyncio.Event()

    @property
    def away(self) -> bool:
        """Whether what arrives now is not seen yet."""
        return False

    @property
    def channel(self) -> str:
        return self.platform.channel

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

    async def wait_until(self, ready: Callable[[], bool], timeout: float = 5.0) -> None:
        """Until `ready()`, asked again whenever something happens here. Raises TimeoutError naming the person."""
        await self._until(ready, timeout, "saw nothing of the kind")

    async def _until(self, ready: Callable[[], bool], timeout: float, failure: str) -> None:
        try:
            async with asyncio.timeout(timeout):
                while not ready():
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(
                f"{self.name} on {self.platform.title} {failure} within {timeout:g} seconds"
            ) from None

    # --- what the platform does to it ---

    def spoke(self, external_id: str, piece: Piece | str, by: str = "") -> None:
        """Something was said here, in a group `by` one of its members."""
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        at = self._clock.now()
        self.said[external_id] = at
        self.typing_at = None
        self._emit(Kind.SAID, at, text=piece.text, external_id=external_id, piece=piece, by=by)

    def see_typing(self, text: str = "") -> None:
        """The typing dots, or a streamed draft."""
        at = self._clock.now()
        if self.typing_at is None:
            self.typing_at = at
        self._emit(Kind.TYPING, at, text=text)

    def see_draft(self, draft: Draft) -> None:
        self.draft = draft
        self.see_typing(draft.text)

    def see_read(self, external_id: str) -> None:
        """The assistant read what the person said."""
        self._emit(Kind.STATUS, self._clock.now(), external_id=external_id, status="read")

    def hear(self, external_id: str, piece: Piece | str, reply_to: str | None = None) -> Heard:
        """A message arrives; a draft and the typing dots go."""
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        heard = Heard(
            external_id=external_id,
            text=piece.text,
            at=self._clock.now(),
            piece=piece,
            typing_at=self.typing_at,
            reply_to=reply_to or piece.reply_to,
            waiting=self.away,
        )
        self.typing_at = None
        self.draft = None
        self.inbox.append(heard)
        self._show(heard, "waiting" if heard.waiting else None)
        return heard

    def show_waiting(self) -> list[Heard]:
        """The phone is back: what waited is on the screen now, the oldest first."""
        found = [heard for heard in self.inbox if heard.waiting]
        for heard in found:
            heard.waiting = False
            self._show(heard, None)
        return found

    def _show(self, heard: Heard, status: str | None) -> None:
        self._emit(
            Kind.HEARD,
            heard.at,
            text=heard.text,
            external_id=heard.external_id,
            status=status,
            piece=heard.piece,
        )

    def heard(self, external_id: str) -> Heard | None:
        """The message of that id in the inbox, unless it was deleted."""
        for heard in reversed(self.inbox):
            if heard.external_id == external_id:
                return None if heard.deleted_at is not None else heard
        return None

    def see_edit(self, heard: Heard, piece: Piece | str) -> None:
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        heard.text, heard.piece, heard.edited_at = piece.text, piece, self._clock.now()
        self._emit(
            Kind.HEARD,
            heard.edited_at,
            text=piece.text,
            external_id=heard.external_id,
            status="edited",
            piece=piece,
        )

    def see_deletion(self, heard: Heard) -> None:
        heard.deleted_at = self._clock.now()
        self._emit(Kind.HEARD, heard.deleted_at, external_id=heard.external_id, status="deleted")

    def see_status(self, heard: Heard, status: str) -> datetime:
        at = self._clock.now()
        heard.statuses.setdefault(status, at)
        self._emit(Kind.STATUS, at, external_id=heard.external_id, status=status)
        return at

    def see_reaction(self, external_id: str, emoji: str | None) -> None:
        """The business reacts to a message, or takes that back."""
        if emoji:
            self.reactions[external_id] = emoji
        else:
            self.reactions.pop(external_id, None)
        self._emit(Kind.REACTED, self._clock.now(), text=emoji or "", external_id=external_id, status="heard")

    def see_toast(self, text: str) -> None:
        """The short notice that answers a pressed button; empty: the button just stops turning."""
        self.toasts.append(text)
        self._emit(Kind.TOLD, self._clock.now(), text=text)

    def _emit(
        self,
        kind: Kind,
        at: datetime,
        *,
        text: str = "",
        external_id: str | None = None,
        status: str | None = None,
        piece: Piece | None = None,
        by: str = "",
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
                piece=piece,
                by=by,
            )
        )
        self._news.set()
        self._news = asyncio.Event()
