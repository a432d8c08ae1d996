"""Reads a Page's feed: comments under its posts, their edits, deletions and reactions, and mentions of the Page elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.events import Event, MessageDeleted, MessageEdited, MessageReceived, Reacted, StaffWrote
from assistant.types import (
    Address,
    Alias,
    Audience,
    Media,
    MediaKind,
    Part,
    Sender,
    Text,
    Unsupported,
)

from . import _graph
from . import _json as js

# https://developers.facebook.com/docs/graph-api/webhooks/reference/page#feed (2026-11-23)
_ADDED = frozenset({"add"})
_EDITED = frozenset({"edit", "edited", "update"})
_REMOVED = frozenset({"remove", "delete"})
# A comment that is hidden or shown again is still there, and what the Page does to people is not said to us.
_QUIET = frozenset({"hide", "unhide", "mute", "block", "unblock", "follow"})
# What happens to the Page's posts themselves: nothing that anybody says to us.
_POSTS = frozenset(
    {
        *(
            "post",
            "status",
            "photo",
            "video",
            "album",
            "share",
            "like",
            "link",
            "event",
            "note",
            "live_video",
        ),
        *("story", "coupon", "picture", "profile_picture", "cover_photo", "rating", "tag", "video_block"),
    }
)
_EMOJIS = {
    "like": "👍",
    "love": "❤️",
    "care": "🤗",
    "haha": "😆",
    "wow": "😮",
    "sad": "😢",
    "angry": "😠",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Whose feed is read. `name`: what people write when they mean the Page, "" when it is not set."""

    channel: str
    id: str
    name: str
    answers_all: bool


def read(page: Page, body: bytes) -> list[Event]:
    """Every comment and mention in the body, in order. Raises BadPayload.

    All else is deliberately nothing: the request belongs to the channel whose webhook it came to, which reads the
    messages in it and keeps what nobody reads.
    """
    events: list[Event] = []
    for root in _graph.envelopes(body):
        if root.get("object") not in ("page", None):
            continue
        for entry in js.items(root, "entry"):
            here = js.ident(entry, "id") or ""
            for change in js.items(entry, "changes"):
                field = js.text(change, "field")
                if field in ("feed", "mention"):
                    reader = _Change(page, here, entry, js.obj(change, "value"), field)
                    events += js.each(page.channel, here, change, body, reader.events)
    return events


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the feed; times are in seconds here."""

    page: Page
    here: str
    entry: object
    value: js.Object
    field: str

    def events(self) -> Iterator[Event]:
        item = js.need(js.text(self.value, "item"), "item")
        if self.field == "feed":
            if item in _POSTS:
                return iter(())
            if item == "reaction":
                return self.reaction()
            if item != "comment":
                raise js.Unreadable(item[:64])
        verb = js.need(js.text(self.value, "verb"), "verb")
        if verb in _ADDED:
            return self.added()
        if verb in _EDITED:
            return self.edited()
        if verb in _REMOVED:
            return self.removed()
        if verb in _QUIET:
            return iter(())
        raise js.Unreadable(f"verb {verb[:40]}")

    def added(self) -> Iterator[Event]:
        """The Page's own comment comes back too: it is nobody's turn. The core knows ours by their ids."""
        sender, at = self.sender(), self.at()
        identity = self.identity()
        found = _parts(self.value)
        if sender.external_id in (self.here, self.page.id):
            yield StaffWrote(
                address=self.address(sender.external_id), external_id=identity, sent_at=at, parts=found
            )
            return
        parent = js.ident(self.value, "parent_id")
        yield MessageReceived(
            address=self.address(sender.external_id),
            sender=sender,
            external_id=identity,
            sent_at=at,
            parts=found,
            audience=Audience.PUBLIC,
            addressed=self.here == self.page.id and self.means_us(),
            reply_to=parent if parent not in (None, self.post(), identity) else None,
        )

    def edited(self) -> Iterator[Event]:
        address, at = self.address(self.peer()), self.at(change=True)
        yield MessageEdited(address=address, external_id=self.identity(), at=at, parts=_parts(self.value))

    def removed(self) -> Iterator[Event]:
        address, at = self.address(self.peer()), self.at(change=True)
        yield MessageDeleted(address=address, external_id=self.identity(), at=at)

    def reaction(self) -> Iterator[Event]:
        """Of a comment; those of the Page's posts, and the Page's own, are deliberately nothing."""
        comment = js.ident(self.value, "comment_id")
        verb = js.need(js.text(self.value, "verb"), "verb")
        if comment is None:
            return
        sender = self.sender()
        if sender.external_id in (self.here, self.page.id):
            return
        word = js.text(self.value, "reaction_type")
        emoji = _EMOJIS.get(word or "", word)
        if verb in _REMOVED:
            emoji = None
        elif verb in _ADDED | _EDITED:
            emoji = js.need(emoji, "reaction_type")
        else:
            raise js.Unreadable(f"verb {verb[:40]}")
        yield Reacted(
            address=self.address(sender.external_id),
            sender=sender,
            external_id=comment,
            at=self.at(change=True),
            emoji=emoji,
        )

    # --- who, where, when --------------------------------------------------------------------------------

    def who(self) -> tuple[str | None, str | None]:
        """(id, name). Without Advanced Access `from` is missing, and what nobody wrote cannot be answered."""
        author = js.obj(self.value, "from")
        identity = js.ident(author, "id") or js.ident(self.value, "sender_id")
        return identity, js.text(author, "name") or js.text(self.value, "sender_name")

    def sender(self) -> Sender:
        identity, name = self.who()
        identity = js.need(identity, "from.id")
        return Sender(external_id=identity, aliases=(Alias(kind="facebook_user", value=identity),), name=name)

    def peer(self) -> str:
        """Who wrote it; the Page where that is not told: an edit or deletion is honoured all the same."""
        return self.who()[0] or self.here

    def address(self, peer: str) -> Address:
        account = js.need(self.here or None, "entry.id")
        return Address(channel=self.page.channel, account=account, peer=peer, thread=self.post())

    def post(self) -> str:
        return js.need(js.ident(self.value, "post_id"), "post_id")

    def identity(self) -> str:
        """The comment's id; a mention in a post has only the post's."""
        found = js.ident(self.value, "comment_id")
        if found is None and self.field == "mention":
            found = js.ident(self.value, "post_id")
        return js.need(found, "comment_id")

    def at(self, *, change: bool = False) -> datetime:
        """When it was written; `change`: when it changed, for which there is only the webhook's own time."""
        written = js.moment(self.value, "created_time")
        told = js.moment(self.entry, "time") or js.moment(self.entry, "time", milliseconds=True)
        at = (told or written) if change else (written or told)
        if at is None:
            raise js.Unreadable("created_time")
        return at

    # --- is it for us? -----------------------------------------------------------------------------------

    def means_us(self) -> bool:
        """It names the Page, answers a comment of the Page as far as the payload tells, or everything is answered."""
        if self.page.answers_all or self.field == "mention":
            return True
        tagged = {js.ident(tag, "id") for tag in js.items(self.value, "message_tags")}
        if self.here in tagged or js.ident(js.obj(js.obj(self.value, "parent"), "from"), "id") == self.here:
            return True
        words = js.text(self.value, "message") or ""
        return f"@[{self.here}" in words or names(words, self.page.name)


def names(words: str, name: str) -> bool:
    """Whether `words` hold the Page's name, with or without @ and spaces, as whole words and in any case."""
    pieces = name.lstrip("@").split()
    if not pieces:
        return False
    pattern = r"(?<!\w)" + r"\s*".join(re.escape(piece) for piece in pieces) + r"(?!\w)"
    return re.search(pattern, words, re.IGNORECASE) is not None


def _parts(value: js.Object) -> tuple[Part, ...]:
    """Words, a picture or a film; a comment of a sticker alone has none of them."""
    found: list[Part] = []
    if words := js.text(value, "message"):
        found.append(Text(text=words))
    for key, kind in (("photo", MediaKind.IMAGE), ("video", MediaKind.VIDEO)):
        url = js.text(value, key) or ""
        if url.startswith(("https://", "http://")):
            found.append(Media(kind=kind, ref=url))
    return tuple(found) or (Unsupported(kind="comment without words"),)
