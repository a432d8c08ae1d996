"""Groups on Telegram: members who talk, topics, albums, and the move to a supergroup under another id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.clock import Clock

from .happenings import Stream
from .inbox import Inbox
from .phones import Phone
from .pieces import File, Piece

if TYPE_CHECKING:
    from .bot import Telegram


class Group(Inbox):
    """A group the bot is in. `kind`: group or supergroup; `forum`: it has topics; `muted`: the bot may not
    write; `blocked`: it was thrown out. After `upgrade` sends to the old id are refused with the new one."""

    def __init__(
        self, *, telegram: Telegram, stream: Stream, clock: Clock, title: str, id: str, kind: str, forum: bool
    ) -> None:
        super().__init__(platform=telegram, stream=stream, clock=clock, name=title, id=id)
        self.telegram = telegram
        self.kind = kind
        self.forum = forum
        self.muted = False
        self.members: list[Phone] = []

    def chat(self) -> dict[str, object]:
        found: dict[str, object] = {"id": int(self.id), "title": self.name, "type": self.kind}
        return found | {"is_forum": True} if self.forum else found

    async def say(
        self, member: Phone, text: str, *, reply_to: str | None = None, thread: str | None = None
    ) -> str:
        return await self.send(member, Piece(text=text, reply_to=reply_to, thread=thread))

    async def send(self, member: Phone, piece: Piece) -> str:
        """A member writes; in privacy mode the bot hears only what is meant for it."""
        if member not in self.members:
            raise LookupError(f"{member.name} is not in {self.name}")
        return await self.telegram.say_in(self, member, piece)

    async def album(self, member: Phone, files: list[File], caption: str = "") -> list[str]:
        """Several pictures at once: one update each, the caption on the first."""
        return await self.telegram.album_in(self, member, files, caption)

    async def upgrade(self) -> Group:
        """Become a supergroup; returns the new one."""
        return await self.telegram.upgrade(self)

    async def throw_out(self) -> None:
        """The bot is removed from the group."""
        self.blocked = True
        await self.telegram.membership(self, self.members[0], was="member", now="kicked")
