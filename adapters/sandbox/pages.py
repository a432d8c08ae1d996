"""Messenger and Instagram in the sandbox: a Page and a professional account, what people do there, who owns a thread."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from assistant.clock import Clock
from assistant.http import Http

from . import page_payloads as shapes
from . import payloads
from .happenings import Stream
from .meta import MetaPlatform
from .payloads import Json
from .phones import Heard, Phone
from .pieces import Button, File, NotHere, Piece
from .platform import Delivery, new_digits

PAGE_INBOX = "263902037430900"
"""The app id of the inbox in which a Page's staff write."""
URL_SECONDS = 86_400


class PagePlatform(MetaPlatform):
    """What both share. `owners` names the app that owns a thread where it is not ours; `subscribed` the webhook fields
    that were asked for, None: all of them. `profile` is what was set for the start of a conversation."""

    root: ClassVar[str]
    text_limit: ClassVar[int]
    text_in_bytes: ClassVar[bool] = False
    reaction_names: ClassVar[bool] = True

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.owners: dict[str, str] = {}
        self.subscribed: list[str] | None = None
        self.profile: Json = {}
        self.files: dict[str, tuple[str, File]] = {}
        self.edits: dict[str, int] = {}

    @abstractmethod
    def field(self, content: Json) -> str:
        """The webhook field an event belongs to."""

    def new_phone(self, name: str, *, locale: str, username: str | None) -> Phone:
        return Phone(
            platform=self,
            stream=self.stream,
            clock=self.clock,
            name=name,
            id=new_digits(16),
            username=username,
            locale=locale,
        )

    def new_id(self, phone: Phone) -> str:
        return payloads.new_mid()

    def keep(self, kind: str, file: File) -> str:
        """Put a file where its attachment id finds it."""
        attachment_id = new_digits(16)
        self.files[attachment_id] = (kind, file)
        return attachment_id

    def url(self, kind: str, file: File) -> str:
        """A public address of a file, signed and for a day."""
        name = self.keep(kind, file)
        until = int(self.clock.now().timestamp()) + URL_SECONDS
        return f"{self.graph_url}/cdn/{self.channel}/{name}?oe={until}&oh={self.url_proof(name, until)}"

    def ours(self, phone: Phone) -> bool:
        return self.owners.get(phone.id, self.app_id) == self.app_id

    # --- what people do ---

    def compose(self, phone: Phone, piece: Piece | str) -> tuple[str, Json]:
        piece = Piece(text=piece) if isinstance(piece, str) else piece
        if piece.kind == "contact":
            raise NotHere(f"nobody sends contact cards on {self.title}")
        mid = self.new_id(phone)
        url = self.url(piece.kind, piece.file) if piece.file is not None else ""
        return mid, self.event(phone, {"message": shapes.message(mid, piece, url=url)})

    def compose_reaction(self, phone: Phone, external_id: str, emoji: str | None) -> Json:
        heard = phone.heard(external_id)
        before = heard.reaction if heard is not None else None
        return self.event(phone, shapes.reaction(external_id, emoji, before, named=self.reaction_names))

    def compose_edit(self, phone: Phone, external_id: str, text: str) -> Json:
        self.edits[external_id] = self.edits.get(external_id, 0) + 1
        if self.edits[external_id] > 5:
            raise ValueError("a message can be edited five times")
        edit = {"mid": external_id, "text": text, "num_edit": self.edits[external_id]}
        return self.event(phone, {"message_edit": edit})

    def compose_press(self, phone: Phone, heard: Heard, button: Button) -> tuple[str, Json]:
        mid = self.new_id(phone)
        if button.kind == "quick_reply":
            pressed: Json = {"mid": mid, "text": button.title, "quick_reply": {"payload": button.id}}
            return mid, self.event(phone, {"message": pressed})
        postback = {"mid": mid, "title": button.title, "payload": button.id}
        return mid, self.event(phone, {"postback": postback})

    async def start(self, phone: Phone) -> str:
        """The person presses Get Started. LookupError: the profile has no such button."""
        if "get_started" not in self.profile:
            raise LookupError("there is no Get Started button")
        mid = self.new_id(phone)
        postback = {"mid": mid, "title": "Get started", "payload": self.profile["get_started"]["payload"]}
        await self.tell(phone, mid, "message", self.event(phone, {"postback": postback}))
        return mid

    async def refer(self, phone: Phone, ref: str) -> None:
        """The person comes back by a link with a word in it."""
        referral = {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
        await self.tell(phone, ref, "referral", self.event(phone, {"referral": referral}))

    # --- staff and other apps ---

    async def staff_writes(self, phone: Phone, text: str) -> str:
        """Somebody answers in the Page's own inbox; we hear it as an echo of another app."""
        heard = phone.hear(self.new_id(phone), text)
        content = shapes.echo(
            mid=heard.external_id, piece=heard.piece, app_id=PAGE_INBOX, metadata=None, url=""
        )
        await self.tell(phone, heard.external_id, "sent", self.event(phone, content, from_us=True))
        return heard.external_id

    async def staff_takes(self, phone: Phone) -> None:
        """The inbox takes the thread from us."""
        self.owners[phone.id] = PAGE_INBOX
        taken = {"previous_owner_app_id": self.app_id, "new_owner_app_id": PAGE_INBOX, "metadata": "staff"}
        await self._control(phone, "take_thread_control", taken)

    async def staff_returns(self, phone: Phone) -> None:
        """The inbox gives the thread back."""
        self.owners.pop(phone.id, None)
        passed = {"previous_owner_app_id": PAGE_INBOX, "new_owner_app_id": self.app_id, "metadata": "staff"}
        await self._control(phone, "pass_thread_control", passed)

    async def _control(self, phone: Phone, what: str, content: Json) -> None:
        payload = shapes.event(
            root=self.root,
            account=self.account,
            sender=phone.id,
            recipient=self.account,
            at=self.clock.now(),
            content={what: content},
        )
        await self.tell(phone, phone.id, what, payload)

    # --- webhooks ---

    def event(self, phone: Phone, content: Json, *, from_us: bool = False) -> Json:
        """An event of a thread: in standby while another app owns it."""
        sender, recipient = (self.account, phone.id) if from_us else (phone.id, self.account)
        payload = shapes.event(
            root=self.root,
            account=self.account,
            sender=sender,
            recipient=recipient,
            at=self.clock.now(),
            content=content,
        )
        return payload if self.ours(phone) else shapes.standby(payload)

    def dispatch(self, external_id: str, what: str, payload: Json, *, lane: str) -> Delivery:
        """As everywhere, but only the fields that were subscribed to."""
        if self.subscribed is not None and self._field(payload) not in self.subscribed:
            unheard = Delivery(external_id=external_id, what=what, payload=payload, lane=lane)
            unheard.tried.set()
            return unheard
        return super().dispatch(external_id, what, payload, lane=lane)

    def _field(self, payload: Json) -> str:
        (entry,) = payload["entry"]
        if "changes" in entry:
            return str(entry["changes"][0]["field"])
        return "standby" if "standby" in entry else self.field(entry["messaging"][0])

    def echo(self, phone: Phone, heard: Heard, tag: str | None) -> Json:
        file = heard.piece.file
        content = shapes.echo(
            mid=heard.external_id,
            piece=heard.piece,
            app_id=self.app_id,
            metadata=tag,
            url=self.url(heard.kind, file) if file is not None else "",
        )
        return self.event(phone, content, from_us=True)


_FIELDS = {
    "postback": "messaging_postbacks",
    "reaction": "message_reactions",
    "message_edit": "message_edits",
    "read": "message_reads",
    "delivery": "message_deliveries",
    "referral": "messaging_referrals",
    "response_feedback": "response_feedback",
    "optin": "messaging_optins",
}


class Messenger(PagePlatform):
    """A Facebook Page with its inbox; posts and their comments are in `feed` (see posts.py)."""

    channel: ClassVar[str] = "messenger"
    title: ClassVar[str] = "Messenger"
    root = "page"
    text_limit = 2000
    scopes = ("pages_messaging", "pages_manage_metadata", "pages_read_engagement", "pages_manage_engagement")

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.page_id = new_digits(15)

    @property
    def account(self) -> str:
        return self.page_id

    def node(self) -> Json:
        return {
            "name": "Sandbox",
            "category": "Software",
            "link": f"https://www.facebook.com/{self.page_id}",
            "id": self.page_id,
        }

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "ASSISTANT_MESSENGER_APP_SECRET": self.app_secret,
            "ASSISTANT_MESSENGER_VERIFY_TOKEN": self.verify_token,
            "ASSISTANT_MESSENGER_ACCESS_TOKEN": self.access_token,
            "ASSISTANT_MESSENGER_PAGE_ID": self.page_id,
            "ASSISTANT_MESSENGER_APP_ID": self.app_id,
            "ASSISTANT_MESSENGER_API_URL": f"{base_url}/graph",
        }

    def field(self, content: Json) -> str:
        for name, found in _FIELDS.items():
            if name in content:
                return found
        if "message" not in content:
            return "messaging_handovers"
        return "message_echoes" if content["message"].get("is_echo") else "messages"

    async def thumb(self, phone: Phone, heard: Heard, *, good: bool) -> None:
        """Press one of the two thumbs below what the business said."""
        feedback = {"feedback": "Good response" if good else "Bad response", "mid": heard.external_id}
        payload = self.event(phone, {"response_feedback": feedback})
        await self.tell(phone, heard.external_id, "feedback", payload)

    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json:
        watermark = payloads.milliseconds(heard.statuses[status])
        if status == "delivered":
            return self.event(phone, {"delivery": {"mids": [heard.external_id], "watermark": watermark}})
        if status == "read":
            return self.event(phone, {"read": {"watermark": watermark}})
        return self.echo(phone, heard, tag)


class Instagram(PagePlatform):
    """A professional account's direct messages. Echoes come as messages, there is no delivery receipt, and people may
    take back what they said."""

    channel: ClassVar[str] = "instagram"
    title: ClassVar[str] = "Instagram"
    root = "instagram"
    text_limit = 1000
    text_in_bytes = True
    reaction_names = False
    scopes = ("instagram_basic", "instagram_manage_messages", "instagram_manage_comments")

    def __init__(self, *, http: Http, stream: Stream, clock: Clock) -> None:
        super().__init__(http=http, stream=stream, clock=clock)
        self.account_id = "17841" + new_digits(12)

    @property
    def account(self) -> str:
        return self.account_id

    def node(self) -> Json:
        return {"name": "Sandbox", "username": "sandbox", "user_id": self.account_id, "id": self.account_id}

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "ASSISTANT_INSTAGRAM_APP_SECRET": self.app_secret,
            "ASSISTANT_INSTAGRAM_VERIFY_TOKEN": self.verify_token,
            "ASSISTANT_INSTAGRAM_ACCESS_TOKEN": self.access_token,
            "ASSISTANT_INSTAGRAM_ACCOUNT_ID": self.account_id,
            "ASSISTANT_INSTAGRAM_APP_ID": self.app_id,
            "ASSISTANT_INSTAGRAM_API_URL": f"{base_url}/graph",
        }

    def field(self, content: Json) -> str:
        if "read" in content:
            return "messaging_seen"
        if "message_edit" in content:
            return "message_edit"
        if "message" in content:
            return "messages"
        return next((_FIELDS[key] for key in content if key in _FIELDS), "messaging_handover")

    def compose_unsend(self, phone: Phone, external_id: str) -> Json:
        return self.event(phone, {"message": {"mid": external_id, "is_deleted": True}})

    async def answer_story(self, phone: Phone, text: str) -> str:
        """Reply to a story of the account."""
        mid = self.new_id(phone)
        story = {"id": new_digits(17), "url": f"{self.graph_url}/cdn/story/{new_digits(9)}"}
        message = {"mid": mid, "text": text, "reply_to": {"story": story}}
        phone.spoke(mid, text)
        await self.tell(phone, mid, "message", self.event(phone, {"message": message}))
        return mid

    async def comment(self, phone: Phone, text: str, *, media: str = "") -> str:
        """Write under a picture of the account."""
        comment_id = "179" + new_digits(14)
        value = {
            "from": {"id": phone.id, "username": phone.username or phone.name.lower()},
            "media": {"id": media or new_digits(17), "media_product_type": "FEED"},
            "id": comment_id,
            "text": text,
        }
        payload = shapes.change(
            root=self.root, account=self.account, at=self.clock.now(), field="comments", value=value
        )
        phone.spoke(comment_id, Piece(text=text, public=True))
        await self.tell(phone, comment_id, "message", payload)
        return comment_id

    def receipt(self, phone: Phone, heard: Heard, status: str, tag: str | None) -> Json | None:
        if status == "delivered":
            return None
        if status == "read":
            return self.event(phone, {"read": {"mid": heard.external_id}})
        return self.echo(phone, heard, None)
