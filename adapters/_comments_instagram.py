"""Reads what people write under an Instagram account's posts and live videos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.events import Event, MessageReceived, StaffWrote, Unread
from assistant.types import Address, Alias, Audience, Part, Sender, Text, Unsupported

from . import _graph
from . import _json as js
from ._comments_webhook import names

# https://developers.facebook.com/docs/graph-api/webhooks/reference/instagram (2026-11-24)
FIELDS = ("comments", "live_comments", "mentions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose comments are read. `id` "": none; what comes all the same is kept for staff. `names`: what people call it."""

    channel: str
    id: str
    names: tuple[str, ...]
    answers_all: bool


def read(account: Account, body: bytes) -> list[Event]:
    """Every comment in the body, in order. Raises BadPayload. All else belongs to the channel of direct messages."""
    events: list[Event] = []
    for root in _graph.envelopes(body):
        if root.get("object") != "instagram":
            continue
        for entry in js.items(root, "entry"):
            here = js.ident(entry, "id") or ""
            for change in js.items(entry, "changes"):
                field = js.text(change, "field") or ""
                if field not in FIELDS:
                    continue
                if not account.id or field == "mentions":
                    # A mention elsewhere has neither words nor writer: staff look at it on Instagram.
                    item = js.dump(change, body)
                    events.append(Unread(channel=account.channel, account=here, reason=field, item=item))
                    continue
                reader = _Comment(account, here, entry, js.obj(change, "value"))
                events += js.each(account.channel, here, change, body, reader.events)
    return events


@dataclass(frozen=True, slots=True)
class _Comment:
    """One comment. It has no time of its own: the webhook's counts, which stays the same when it is repeated."""

    account: Account
    here: str
    entry: object
    value: js.Object

    def events(self) -> Iterator[Event]:
        author = js.obj(self.value, "from")
        who = js.need(js.ident(author, "id"), "from.id")
        identity = js.need(js.ident(self.value, "id"), "id")
        address = Address(
            channel=self.account.channel,
            account=js.need(self.here or None, "entry.id"),
            peer=who,
            thread=js.need(js.ident(js.obj(self.value, "media"), "id"), "media.id"),
        )
        at = js.moment(self.entry, "time") or js.need_moment(self.entry, "time", milliseconds=True)
        words = js.text(self.value, "text")
        found: tuple[Part, ...] = (
            (Text(text=words),) if words else (Unsupported(kind="comment without words"),)
        )
        # Our own comments come back, under the account's id or under the id by which our app knows itself.
        if who in (self.here, self.account.id, js.ident(author, "self_ig_scoped_id")):
            yield StaffWrote(address=address, external_id=identity, sent_at=at, parts=found)
            return
        called = any(names(words or "", name) for name in self.account.names)
        parent = js.ident(self.value, "parent_id")
        yield MessageReceived(
            address=address,
            sender=Sender(
                external_id=who,
                aliases=(Alias(kind="igsid", value=who),),
                name=js.text(author, "username"),
            ),
            external_id=identity,
            sent_at=at,
            parts=found,
            audience=Audience.PUBLIC,
            addressed=self.here == self.account.id and (called or self.account.answers_all),
            reply_to=parent if parent not in (None, identity, address.thread) else None,
        )
