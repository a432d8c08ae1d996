"""What platforms tell us, as frozen values: messages, receipts, edits, reactions, changes of people and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .types import Address, Alias, Audience, Part, Sender, Status, value


@value
class MessageReceived:
    """A person wrote. `external_id` is the platform's id and our key against duplicates.

    `album`: the platform's name for what was sent together but comes as messages of their own.
    """

    address: Address
    sender: Sender
    external_id: str
    sent_at: datetime
    parts: tuple[Part, ...]
    audience: Audience = Audience.PRIVATE
    addressed: bool = True
    reply_to: str | None = None
    forwarded: bool = False
    mentions: tuple[str, ...] = ()
    album: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    """News of something we sent, named by `external_id`, by our `idempotency_key`, or by all before `until` (watermark).

    `billed`: the platform's price category, when it says that this message costs money.
    """

    address: Address
    status: Status
    at: datetime
    external_id: str | None = None
    idempotency_key: str | None = None
    until: datetime | None = None
    error_code: str | None = None
    billed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffWrote:
    """An echo: something went out to the person from our account, by us (`idempotency_key`) or by staff elsewhere."""

    address: Address
    external_id: str
    sent_at: datetime
    parts: tuple[Part, ...]
    idempotency_key: str | None = None
    app: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited:
    address: Address
    external_id: str
    at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted:
    address: Address
    external_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """`emoji` None: the reaction was taken back."""

    address: Address
    sender: Sender
    external_id: str
    at: datetime
    emoji: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven:
    """A thumb under something we sent; it stands in the place of an earlier one. `good` None: it was taken back.

    `reasons` are codes of ours, `comment` the person's own words.
    """

    address: Address
    external_id: str
    at: datetime
    good: bool | None
    reasons: tuple[str, ...] = ()
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChanged:
    """The platform says that two ids are the same person."""

    address: Address
    previous: Alias
    current: Alias
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLeft:
    """The person blocked us (`gone`) or came back."""

    address: Address
    at: datetime
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPressed:
    """The person pressed the platform's own Stop button while an answer was being written."""

    address: Address
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPassed:
    """The platform gave the thread to another app or to staff's inbox (`ours` False), or back to us."""

    address: Address
    at: datetime
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationMoved:
    """The same conversation has another address from now on, as when a group becomes a supergroup."""

    address: Address
    current: Address
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNotice:
    """The platform says something about our own account: quality, limits, a ban, a setting.

    `kind` is its word for it; `sentence` is for staff and holds no person's data; `urgent`: messages may not get through.
    """

    channel: str
    account: str
    kind: str
    sentence: str
    at: datetime | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A correctly signed item that no rule reads: kept raw for staff, never answered, never an exception.

    `item` is the JSON of that item alone; `reason` names the field, never its content.
    """

    channel: str
    account: str
    reason: str
    item: bytes


Event = (
    MessageReceived
    | MessageEdited
    | MessageDeleted
    | StatusChanged
    | Reacted
    | StaffWrote
    | IdentityChanged
    | ContactLeft
    | FeedbackGiven
    | StopPressed
    | ControlPassed
    | ConversationMoved
    | AccountNotice
    | Unread
)
