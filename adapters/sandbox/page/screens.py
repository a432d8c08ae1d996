"""What stands on a phone's screen: the bubbles of one chat, made of what the sandbox's stream tells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from ..groups import Group
from ..happenings import Happening, Kind
from ..inbox import Heard, Inbox
from ..phones import Phone
from ..pieces import Piece
from .skins import Skin

KEPT = 100
"""Bubbles on a screen; older ones scroll away for good."""
RANK = {"failed": 9, "played": 4, "read": 3, "delivered": 2, "sent": 1, "": 0}
"""A tick never falls back: reports come in any order."""


@dataclass(slots=True, kw_only=True, eq=False)
class Bubble:
    """One message on a screen. `mine`: the person said it. `number` is its place in the chat.

    `status` is the tick: of the person's message sent (the platform has it), delivered (our server took it), read or
    failed (our server refused it, `refused` says with what); of an answer what the platform reports of it. `mark` and
    `answer` are the reactions of the person and of the business, `pressed` the titles pressed under it.
    """

    number: int
    external_id: str
    mine: bool
    at: datetime
    piece: Piece
    author: str = ""
    status: str = ""
    refused: str = ""
    edited: bool = False
    deleted: bool = False
    mark: str = ""
    answer: str = ""
    pressed: set[str] = field(default_factory=set)
    button: bool = False

    def see(self, status: str) -> bool:
        """Whether the report changed the tick."""
        if RANK.get(status, 0) <= RANK.get(self.status, 0):
            return False
        self.status = status
        return True


@dataclass(slots=True, kw_only=True)
class Screen:
    """One phone on the page. `post`: the post under which a person comments. `typing`: the dots are shown.

    `notice` is the last short notice that answered a pressed button. `of_play`: a scenario put it there.
    """

    number: int
    skin: Skin
    inbox: Inbox
    post: str = ""
    post_text: str = ""
    bubbles: list[Bubble] = field(default_factory=list)
    typing: bool = False
    notice: str = ""
    of_play: bool = False
    _made: int = 0

    @property
    def name(self) -> str:
        return self.inbox.name

    @property
    def members(self) -> list[Phone]:
        return self.inbox.members if isinstance(self.inbox, Group) else []

    @property
    def phone(self) -> Phone | None:
        """The person's own; None for a group."""
        return self.inbox if isinstance(self.inbox, Phone) else None

    @property
    def draft(self) -> str:
        return self.inbox.draft.text if self.inbox.draft is not None else ""

    @property
    def can_stop(self) -> bool:
        return self.inbox.draft is not None and self.inbox.draft.can_stop

    def find(self, external_id: str | None) -> Bubble | None:
        return next((one for one in reversed(self.bubbles) if one.external_id == external_id), None)

    def heard(self, external_id: str) -> Heard | None:
        return self.inbox.heard(external_id)

    def quoted(self, bubble: Bubble) -> Bubble | None:
        return self.find(bubble.piece.reply_to) if bubble.piece.reply_to else None

    def shows(self, happening: Happening) -> bool:
        """Whether it belongs on this screen: comments and messages of one person stand on two."""
        if happening.channel != self.skin.channel or happening.person != self.name:
            return False
        if happening.kind in (Kind.SAID, Kind.HEARD) and happening.status is None:
            if not self._holds(happening.external_id) or isinstance(self.inbox, Group):
                return self._holds(happening.external_id)
            public = happening.piece is not None and happening.piece.public
            return public is self.skin.public or (self.skin.public and happening.kind is Kind.HEARD)
        if happening.kind in (Kind.SAID, Kind.HEARD, Kind.STATUS, Kind.REACTED):
            return self.find(happening.external_id) is not None
        if happening.kind is Kind.TYPING:
            return self.inbox.typing_at is not None
        return not self.skin.public and (
            happening.kind is not Kind.PRESSED or self._holds(happening.external_id)
        )

    def _holds(self, external_id: str | None) -> bool:
        """Whether the message is of this chat: somebody else on the same platform may have the same name."""
        return external_id in self.inbox.said or any(
            one.external_id == external_id for one in reversed(self.inbox.inbox)
        )

    def take(self, happening: Happening) -> Bubble | None:
        """Note what happened; the bubble that is new or changed, if one is. Dots and notices may change as well."""
        kind, known = happening.kind, self.find(happening.external_id)
        if kind is Kind.TYPING:
            self.typing = True
            return None
        if kind is Kind.STATE:
            return None
        if kind is Kind.TOLD:
            self.notice = happening.text
            return None
        if kind in (Kind.SAID, Kind.HEARD, Kind.PRESSED) and happening.status is None:
            if kind is Kind.HEARD:
                self.typing = False
            return self._add(happening)
        if known is None:
            return None
        if happening.status == "edited":
            piece = happening.piece or known.piece
            spans = piece.spans if happening.piece is not None else ()
            known.piece = replace(
                piece,
                text=happening.text,
                spans=spans,
                reply_to=known.piece.reply_to,
                public=known.piece.public,
            )
            known.edited = True
        elif happening.status == "deleted":
            known.deleted = True
        elif kind is Kind.STATUS:
            return known if known.see(happening.status or "") else None
        elif kind is Kind.REACTED and happening.status == "said":
            known.mark = happening.text
        elif kind is Kind.REACTED:
            known.answer = happening.text
        return known

    def _add(self, happening: Happening) -> Bubble:
        piece = happening.piece or Piece(text=happening.text)
        self._made += 1
        bubble = Bubble(
            number=self._made,
            external_id=happening.external_id or "",
            mine=happening.kind is not Kind.HEARD,
            at=happening.at,
            piece=piece,
            author=happening.by,
            status="sent" if happening.kind is not Kind.HEARD else "",
            button=happening.kind is Kind.PRESSED,
        )
        self.bubbles.append(bubble)
        del self.bubbles[:-KEPT]
        return bubble
