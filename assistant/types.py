"""The nouns of the system: addresses, people, parts, prompts and capabilities; frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(kind: type[T]) -> type[T]:
    """A frozen, slotted, keyword-only dataclass, for what every message needs several of.

    Type checkers refuse to change one. At run time nothing watches, and so one is made in a third of the time.
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(kind)


# --- who and where ---------------------------------------------------------------------------------------


@value
class Address:
    """Where a conversation takes place. `account` is ours (a number, a page, a bot), `peer` is theirs.

    Platform ids are opaque strings: only the adapter that made them may look inside.
    """

    channel: str
    account: str
    peer: str
    thread: str | None = None

    @property
    def key(self) -> str:
        """The name of the conversation, unique over all channels."""
        return "\x1f".join((self.channel, self.account, self.peer, self.thread or ""))


class Audience(StrEnum):
    """Who can read what is written in a conversation."""

    PRIVATE = "private"
    GROUP = "group"
    PUBLIC = "public"


@value
class Alias:
    """One name a platform knows a person by: a phone number, a scoped id, a username."""

    kind: str
    value: str


@value
class Sender:
    """Who wrote. `aliases` holds every id that came with the message, the one to answer to first."""

    external_id: str
    aliases: tuple[Alias, ...] = ()
    name: str | None = None
    locale: str | None = None


# --- what a message is made of ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A styled stretch of a Text; offset and length count Unicode code points."""

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None


@value
class Text:
    """Words. Inbound: as written. Outbound: already in the channel's dialect; `spans` only where it styles by offset."""

    text: str
    spans: tuple[Span, ...] = ()


class MediaKind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file. `ref` is the platform's handle until it is fetched; a message never holds a path or a URL."""

    kind: MediaKind
    ref: str
    mime: str | None = None
    bytes: int | None = None
    name: str | None = None
    caption: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A location, in degrees."""

    latitude: float
    longitude: float
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """Shared contact cards, by display name only: numbers of third parties are not kept."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A pressed button or chosen row; `id` is what we put there (32 bytes at most), `title` what the person saw."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question with choices; buttons where the channel has them, words elsewhere. `action` names what waits for it."""

    text: str
    choices: tuple[Choice, ...]
    action: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Where the person came from: an advertisement, a link, a product, a story they answer. `ref` is the link's own word."""

    kind: str
    title: str | None = None
    text: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkButton:
    """Words with one button that opens a page; where a channel has no such button, the address stands below the words."""

    text: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A message that the platform approved beforehand, by its name there: the only kind that may open a closed window.

    `values` fill its places in order; `text` is what it says, for our transcript. `language` is the platform's code (pt_BR).
    """

    name: str
    language: str
    text: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Words of ours that stand before an answer (that an AI writes, say): people and staff see them, the model does not."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """Something this version cannot read; `kind` is the platform's word for it."""

    kind: str


Part = (
    Text | Media | Place | Contacts | Choice | Ask | Referral | LinkButton | Template | Notice | Unsupported
)


# --- what we send ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """One thing to send. `idempotency_key` travels with it where the platform brings it back.

    `file`: where the content of a Media part lies on this machine while it is being sent.
    """

    address: Address
    part: Part
    idempotency_key: str
    reply_to: str | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The platform took it."""

    external_id: str
    at: datetime


class Unit(StrEnum):
    """What a channel counts when it limits a text."""

    UTF16 = "utf16"
    BYTES = "bytes"
    CODEPOINTS = "codepoints"


class Dialect(StrEnum):
    """How a channel writes emphasis: not at all, with marks in the text, by offsets, as HTML, or as Markdown for our page."""

    PLAIN = "plain"
    MARKS = "marks"
    SPANS = "spans"
    HTML = "html"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most `count` sends in `per`; `burst` may leave at once."""

    count: int
    per: timedelta
    burst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """Choices that can be pressed: how many, how long a title (in characters) and an id (in bytes) may be.

    `list_max`: so many where the channel has a list to open beside its buttons; 0 where it has none. `text`: characters
    of the question above them; 0: as many as any message.
    """

    max: int
    title: int
    id_bytes: int
    list_max: int = 0
    text: int = 0


class Proactive(StrEnum):
    """Whether we may write first: freely, inside the reply window, only with an approved template, never."""

    FREE = "free"
    WINDOW = "window"
    TEMPLATE = "template"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can do, as data. A contract test checks that every declared ability exists and no other.

    `media`: files people send can be fetched. `media_out`: the kinds we can send; `caption_limit` in `text_unit`.
    `echo`: it brings our key back. `look_back`: where it does not, it can be asked whether something was sent.
    `discloses`: the channel itself says all the time that an AI answers. `drafts_every`: a growing answer may be shown so often before it is sent. `rate`: what one chat takes, `account_rate`: what all chats of one account take together. `polling`: works without a public address.
    """

    text_limit: int
    text_unit: Unit
    dialect: Dialect = Dialect.PLAIN
    typing_every: timedelta | None = None
    mark_read: bool = False
    streaming: bool = False
    receipts: bool = False
    echo: bool = False
    look_back: bool = False
    reply_to: bool = False
    edit: bool = False
    delete: bool = False
    media: bool = False
    media_out: tuple[MediaKind, ...] = ()
    caption_limit: int = 0
    places: bool = False
    link_buttons: bool = False
    templates: bool = False
    reactions: bool = False
    drafts_every: timedelta | None = None
    polling: bool = False
    buttons: Buttons | None = None
    reply_window: timedelta | None = None
    rate: Rate | None = None
    account_rate: Rate | None = None
    audience: tuple[Audience, ...] = (Audience.PRIVATE,)
    proactive: Proactive = Proactive.WINDOW
    billed_per_message: bool = False
    discloses: bool = False


# --- what the engine reads and writes --------------------------------------------------------------------


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """The model asks for a tool; `arguments` are as it wrote them, not yet validated."""

    name: str
    arguments: Mapping[str, Any]
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpec:
    """What the model is told of a tool; `schema` is a JSON schema of its arguments."""

    name: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the model's conversation. `text` is content, never control tokens."""

    role: Role
    text: str
    calls: tuple[ToolCall, ...] = ()


class SlotKind(StrEnum):
    """The parts of the system turn, in the order in which they are written."""

    PERSONA = "persona"
    SAFETY = "safety"
    TOOLS = "tools"
    HINT = "hint"
    NOTE = "note"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    kind: SlotKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What the model sees: slots of the system turn, the turns, and the tools it may call.

    The TOOLS slot is empty here: each engine writes `tools` there in the spelling its model was trained on.
    """

    slots: tuple[Slot, ...]
    turns: tuple[Turn, ...]
    tools: tuple[ToolSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How tokens are drawn. Temperature 0 is greedy; the same seed gives the same text, alone or in a full batch."""

    max_tokens: int = 512
    temperature: float = 0.6
    top_p: float = 0.9
    top_k: int = 0
    repetition_penalty: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    grammar: str | None = None
    logprobs: int = 0


class Finish(StrEnum):
    STOP = "stop"
    TOOL = "tool"
    LENGTH = "length"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Token counts of one generation; `cached` prompt tokens were not computed again."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A piece of a generation. The last one has `finish`, and `usage` where the engine counts.

    `logprobs`: token and log-probability of the likeliest first tokens, where the sampling asked for them.
    """

    text: str = ""
    tool_call: ToolCall | None = None
    finish: Finish | None = None
    usage: Usage | None = None
    logprobs: tuple[tuple[str, float], ...] | None = None


class Lane(StrEnum):
    """Who waits: a person now, a person typing, nobody."""

    INTERACTIVE = "interactive"
    LIVE = "live"
    BACKGROUND = "background"


# --- what became of a message ----------------------------------------------------------------------------


class Status(StrEnum):
    """How far an outbound message came. Ranks only rise; `failed` is final."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Outcome(StrEnum):
    """The one visible end of every accepted message."""

    ANSWERED = "answered"
    COALESCED = "coalesced"
    HANDED_TO_HUMAN = "handed_to_human"
    BLOCKED = "blocked"
    IGNORED = "ignored"
    DEAD = "dead"
    COMMAND = "command"
    CONFIRMED = "confirmed"
    SILENT = "silent"
    CRISIS = "crisis"
    REFUSED = "refused"
    QUOTA = "quota"


class Author(StrEnum):
    PERSON = "person"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"
    TOOL = "tool"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class Mode(StrEnum):
    """Who answers a conversation. OPTED_OUT: the person asked for silence, until they say start."""

    BOT = "bot"
    HUMAN = "human"
    PAUSED = "paused"
    BLOCKED = "blocked"
    OPTED_OUT = "opted_out"


class OutboxState(StrEnum):
    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Cause(StrEnum):
    """Why a turn runs."""

    MESSAGE = "message"
    CHOICE = "choice"
    WAKEUP = "wakeup"
    REGENERATE = "regenerate"
    STAFF = "staff"
    REPLAY = "replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One redacted HTTP exchange with a platform, kept beside its message."""

    method: str
    url: str
    status: int | None
    request: str
    response: str
    took_ms: float
    error: str | None = None


@value
class WebhookRequest:
    """An HTTP request as an adapter sees it: header names in lower case with every value, the body as received."""

    method: str
    headers: Mapping[str, tuple[str, ...]]
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of a header that came exactly once; None when it is missing or repeated."""
        values = self.headers.get(name, ())
        return values[0] if len(values) == 1 else None
