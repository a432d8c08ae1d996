"""WhatsApp's Agent Platform: one agent in its creator's own chat list, asked for by polling; no number, no webhook."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated, Any, ClassVar

import orjson
from pydantic import AfterValidator, Field, SecretStr

from assistant.channel import Download, Example, Polled, Probe, Services
from assistant.errors import (
    BadPayload,
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    Uncertain,
)
from assistant.events import Event, Unread
from assistant.http import Upload
from assistant.settings import ChannelSettings
from assistant.types import (
    Address,
    Capabilities,
    Dialect,
    Media,
    Outbound,
    Proactive,
    Rate,
    Receipt,
    Text,
    Unit,
    WebhookRequest,
)

from . import _graph, _whatsapp_files, _whatsapp_webhook
from . import _json as js

# All limits and codes: WhatsApp Agent Platform, developer manual v1 (2026-08-25), read 2026-11-24 through
# https://elimeshi1.github.io/Whagent/, which quotes and tried it.
POLL_SECONDS = 20  # how long the platform may hold a poll open; 25 at most
POLL_ITEMS = 25
POLLS = Rate(count=10, per=timedelta(minutes=1), burst=5)  # the platform takes 15 in any minute
BUSY_SECONDS = 10.0  # a 429 comes without a time; its counters span a minute

OBJECT = "whatsapp_agent_platform"
ANOTHER_POLLER = 1752041
BAD_KEY = (
    "the agent's access key is not valid: in WhatsApp open the agent's chat > Chat info > API key and put the key "
    "into access_key"
)

_CODES: dict[int, type[SendError]] = {
    2: Uncertain,  # "internal error": a message may have gone out
    100: Misconfigured,  # a key that was replaced; too long a text has the same code and is never sent from here
    130429: Throttled,
    131005: RecipientGone,  # only the creator can be written to, and this id is not (any more) the creator's
    131009: Rejected,
    131016: Unavailable,  # "not accepted for delivery"
    131053: Rejected,
    ANOTHER_POLLER: Misconfigured,
}
ERRORS = _graph.Errors(codes=_CODES, exact={}, wait_seconds={130429: BUSY_SECONDS})
FILE_ERRORS = _graph.Errors(
    codes={**_CODES, 100: Rejected}, exact={}, wait_seconds={130429: BUSY_SECONDS}
)  # 100: this file is unknown, expired or another agent's


class WhatsAppAgentSettings(ChannelSettings):
    required: ClassVar[tuple[str, ...]] = ("access_key",)

    access_key: Annotated[SecretStr, AfterValidator(_graph.one_word)] = Field(
        SecretStr(""), description="the agent's key, from its chat in WhatsApp: Chat info > API key"
    )
    api_url: Annotated[str, AfterValidator(_graph.bare_base)] = Field(
        "https://api.whatsapp.com/agent/v1", description="base address of the Agent Platform's API"
    )


class WhatsAppAgent:
    name: ClassVar[str] = "whatsappagent"
    title: ClassVar[str] = "WhatsApp (agent)"
    hint: ClassVar[str] = "The person writes on WhatsApp."
    # Typing lasts 25 s. One message every 5 s is 12 a minute, which is what the platform takes: so nothing leaves at once.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=4096,
        text_unit=Unit.UTF16,
        dialect=Dialect.MARKS,
        typing_every=timedelta(seconds=20),
        mark_read=True,
        receipts=True,
        reply_to=True,
        media=True,
        media_out=tuple(_whatsapp_files.AGENT),
        caption_limit=_whatsapp_files.CAPTION_LIMIT,
        polling=True,
        rate=Rate(count=12, per=timedelta(minutes=1), burst=1),
        proactive=Proactive.FREE,
    )
    Settings: ClassVar[type[ChannelSettings]] = WhatsAppAgentSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, WhatsAppAgentSettings):
            raise TypeError("WhatsAppAgent needs WhatsAppAgentSettings")
        self.settings = settings
        self.services = services

    @classmethod
    def example(cls) -> Example:
        key = "example-access-key"
        settings = WhatsAppAgentSettings(access_key=SecretStr(key))
        value = {
            "messaging_product": "whatsapp",
            "contacts": [{"wa_id": "user:50972923564215", "profile": {"name": "Sheena Nelson"}}],
            "messages": [
                {
                    "from": "user:50972923564215",
                    "id": "wamid.HBgPNTA5NzI5MjM1NjQyMTUVAgASGBQzQTRB",
                    "timestamp": "1790000000",
                    "type": "text",
                    "text": {"body": "What is on today?"},
                }
            ],
            "statuses": [],
        }
        change = {"field": "messages", "value": value}
        entry = [{"id": "123456789", "changes": [change]}]
        body = orjson.dumps({"object": OBJECT, "entry": entry, "next_offset": 1288})
        headers = {"x-hub-signature-256": (_graph.sign(key, body),)}
        request = WebhookRequest(method="POST", headers=headers, body=body)
        return Example(settings=settings, request=request, text="What is on today?")

    def authenticate(self, request: WebhookRequest) -> None:
        """The platform calls nobody. A program that polls in our place may hand us what it got, signed with the key.

        The signature is made as Meta makes those of its webhooks; whoever knows the key could poll and send anyway.
        """
        key = self.settings.access_key.get_secret_value().encode()
        _graph.check_signature(request, [key] if key else [])

    def parse(self, request: WebhookRequest) -> list[Event]:
        """Every event of an answer to a poll."""
        return _read(self.name, request.body)

    # --- polling ---

    def polling(self) -> bool:
        """There is no webhook."""
        return True

    async def poll(self, cursor: str | None) -> Polled:
        """What came after `cursor`, or after a wait of at most POLL_SECONDS nothing.

        Reading takes nothing away: the platform keeps everything 30 days (but drops a message once it is marked read),
        so a cursor that was not written down costs nothing. Without one we begin at 0: beginning at "now" would lose
        what comes between two empty polls. Only one poll of an agent may be open.
        """
        bucket = f"poll:{self.name}"
        if wait := await self.services.bus.bucket(bucket, POLLS):
            await asyncio.sleep(wait)
            await self.services.bus.bucket(bucket, POLLS)
        path = f"updates?offset={_graph.segment(cursor or '0')}&limit={POLL_ITEMS}&timeout={POLL_SECONDS}"
        try:
            answer = await self._call("GET", path, timeout_seconds=POLL_SECONDS + 10)
        except Uncertain as error:
            raise Unavailable(str(error), vendor_code=error.vendor_code) from None
        if answer.status == 204:
            return Polled(events=[], cursor=cursor)
        try:
            root = js.load(answer.body)
            nothing = isinstance(root, dict) and root.get("entry") == []
            events = [] if nothing else _read(self.name, answer.body)
            return Polled(events=events, cursor=js.ident(root, "next_offset") or cursor)
        except BadPayload:
            raise Unavailable("what came instead of messages is not theirs") from None

    # --- sending ---

    async def send(self, outbound: Outbound) -> Receipt:
        """One message to the agent's creator. Two at once may arrive in any order."""
        payload: js.Object = {
            "messaging_product": "whatsapp",
            "to": outbound.address.peer,
            **await self._content(outbound),
        }
        if outbound.reply_to:
            payload["context"] = {"message_id": outbound.reply_to}
        answer = (await self._call("POST", "messages", payload=payload)).json()
        for message in js.items(answer, "messages"):
            external_id = js.ident(message, "id")
            if external_id:
                return Receipt(external_id=external_id, at=self.services.clock.now())
        raise Uncertain("the platform took the message but gave no id")

    async def _content(self, outbound: Outbound) -> js.Object:
        match outbound.part:
            case Text(text=text):
                return {"type": "text", "text": {"body": js.clean(text), "preview_url": False}}
            case Media() as media:
                kind, upload = _whatsapp_files.checked(media, outbound.file, _whatsapp_files.AGENT)
                return _whatsapp_files.content(media, kind, upload, await self._upload(upload))
            case other:
                raise Rejected(f"WhatsApp's agents send no {type(other).__name__}")

    async def _upload(self, upload: Upload) -> str:
        """Put a file on the platform, for 30 days. Nothing reaches the person by this, whatever happens."""
        form: dict[str, str | Upload] = {"messaging_product": "whatsapp", "type": upload.mime, "file": upload}
        try:
            answer = (await self._call("POST", "media", form=form)).json()
        except OSError:
            raise Rejected("the file to send is no longer there") from None
        except Uncertain as error:
            raise Unavailable(f"the file was not taken: {error}", vendor_code=error.vendor_code) from None
        media_id = js.ident(answer, "id")
        if media_id is None:
            raise Unavailable("the file was taken without an id")
        return media_id

    async def fetch(self, address: Address, media: Media) -> Download:
        try:
            answer = await self._call("GET", f"media/{_graph.segment(media.ref)}", errors=FILE_ERRORS)
        except Uncertain as error:
            raise Unavailable(str(error), vendor_code=error.vendor_code) from None
        return _whatsapp_files.download(js.whole(answer.json()), self._key, self.settings.api_url)

    async def typing(self, address: Address, newest: str | None) -> None:
        """Typing hangs on a message of the person and marks it read; without one nothing is shown."""
        if newest:
            await self._call(
                "POST", "statuses", payload={**_read_mark(newest), "typing_indicator": {"type": "text"}}
            )

    async def mark_read(self, address: Address, newest: str) -> None:
        await self._call("POST", "statuses", payload=_read_mark(newest))

    async def probe(self, public_url: str) -> list[Probe]:
        """Marks a message read that does not exist: a good key is told so, and no poll under way is disturbed."""
        try:
            await self._call("POST", "statuses", payload=_read_mark("wamid.check"))
        except (Rejected, RecipientGone):
            pass
        except Misconfigured as error:
            return [Probe(ok=False, sentence=f"WhatsApp does not accept our agent: {error}.")]
        except SendError as error:
            return [Probe(ok=False, sentence=f"WhatsApp could not be asked about our agent: {error}.")]
        return [
            Probe(
                ok=True, sentence="WhatsApp knows our agent; only the account that made it can write to it."
            ),
            Probe(
                ok=True,
                sentence="Nothing else may poll for this agent, and chats with it are not end-to-end encrypted.",
            ),
        ]

    # --- calls ---

    @property
    def _key(self) -> str:
        return self.settings.access_key.get_secret_value()

    async def _call(self, method: str, path: str, *, errors: _graph.Errors = ERRORS, **more: Any) -> Any:
        """One call; raises SendErrors whose words say what to do where somebody has to do something."""
        url = f"{self.settings.api_url}/{path}"
        try:
            return await _graph.call(self.services.http, method, url, self._key, errors, **more)
        except Misconfigured as error:
            code = error.vendor_code
            if code == str(ANOTHER_POLLER):
                said = "another program asks for this agent's messages: stop it, only one may"
                raise Misconfigured(said, vendor_code=code) from None
            if code in ("100", "190", "401"):
                raise Misconfigured(BAD_KEY, vendor_code=code) from None
            raise


def _read(channel: str, body: bytes) -> list[Event]:
    """Every event of an answer to a poll: the Cloud API's shape, but the account is the agent. Raises BadPayload."""
    events: list[Event] = []

    def unread(reason: str, item: object, account: str = "") -> None:
        events.append(Unread(channel=channel, account=account, reason=reason, item=js.dump(item, body)))

    for root in _graph.envelopes(body):
        if root.get("object") not in (OBJECT, None):
            unread("object", root)
            continue
        entries = js.items(root, "entry")
        if not entries:
            unread("entry", root)
        for entry in entries:
            agent = js.ident(entry, "id") or ""
            changes = js.items(entry, "changes")
            if not changes:
                unread("changes", entry, agent)
            for change in changes:
                value, field = js.obj(change, "value"), js.text(change, "field") or "field"
                if field != "messages":
                    unread(field, change, agent)
                elif value.get("messages") != [] or value.get("statuses") != []:  # both empty: nothing came
                    reader = _whatsapp_webhook.Value(channel, agent, agent, value)
                    events += _whatsapp_webhook.read_value(reader, field, change, body)
    return events


def _read_mark(newest: str) -> js.Object:
    return {"messaging_product": "whatsapp", "status": "read", "message_id": newest}


CHANNEL = WhatsAppAgent
