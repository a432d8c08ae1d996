"""Sends what Messenger and Instagram both take: words, questions, files, reactions; and finds the files people sent."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from assistant.channel import Download, Services
from assistant.errors import (
    Misconfigured,
    RecipientGone,
    Rejected,
    Throttled,
    Unavailable,
    Uncertain,
    WindowClosed,
)
from assistant.http import Upload
from assistant.types import Address, Ask, Media, MediaKind, Outbound, Receipt, Text

from . import _graph
from . import _json as js
from ._messaging_parts import is_address
from ._messaging_webhook import is_mid

# What Meta's codes mean for the message. 2026-11-23,
# https://developers.facebook.com/docs/messenger-platform/error-codes
ERRORS = _graph.Errors(
    codes={
        1: Uncertain,  # may follow a message that was delivered
        2: Uncertain,
        9: Throttled,
        230: Misconfigured,
        506: Rejected,  # duplicate
        551: RecipientGone,
        1200: Unavailable,
        1545041: WindowClosed,
    },
    exact={
        (1, 1357046): Uncertain,
        (10, 2018065): WindowClosed,
        (10, 2018108): RecipientGone,  # takes no messages from us: one person must not pause the channel
        (10, 2018278): WindowClosed,
        (10, 2018300): Rejected,  # another app answers this thread now
        (10, 2534022): WindowClosed,  # Instagram's
        (100, 2018001): RecipientGone,  # no such person for this account
        (100, 2534014): RecipientGone,  # Instagram's
        (200, 1545041): RecipientGone,
        (551, 1545041): RecipientGone,
    },
)

MEDIA_OUT: Mapping[MediaKind, str] = {
    MediaKind.IMAGE: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio",
    MediaKind.VOICE: "audio",
    MediaKind.DOCUMENT: "file",
}
"""Our kinds and the platform's word for each."""

MAX_FILE = 25 * 1024 * 1024
UPLOAD_SECONDS = 14.0
"""An upload and the send after it end before the outbox, after half a minute, takes the send for lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How one account sends. `node`: the account in the path of every call.

    `beside` stands beside the recipient of every message, `beside_file` beside every file that is uploaded.
    `keyed`: `metadata` comes back in the echo. `quotes`: an answer can name the message it answers. `proof`: see _graph.
    `mimes` and `max_bytes` hold what is narrower than any file of MAX_FILE bytes, by kind.
    """

    services: Services
    settings: _graph.GraphSettings
    node: str
    beside: js.Object = field(default_factory=dict)
    beside_file: Mapping[str, str] = field(default_factory=dict)
    keyed: bool = False
    quotes: bool = False
    proof: bool = True
    mimes: Mapping[MediaKind, frozenset[str]] = field(default_factory=dict)
    max_bytes: Mapping[MediaKind, int] = field(default_factory=dict)

    async def send(self, outbound: Outbound) -> Receipt:
        """One message inside the 24 h window.

        A quoted message that is gone must not cost the answer: refused for a wrong parameter, it goes without the quote.
        Source: https://developers.facebook.com/docs/messenger-platform/reference/send-api
        """
        body = {**self.beside, "message": await self._message(outbound)}
        quote = outbound.reply_to if self.quotes and outbound.reply_to and is_mid(outbound.reply_to) else None
        if quote is None:
            answer = await self._post(outbound.address, body)
        else:
            try:
                answer = await self._post(outbound.address, {**body, "reply_to": {"mid": quote}})
            except Rejected as error:
                if (error.vendor_code or "").partition("/")[0] != "100":
                    raise
                answer = await self._post(outbound.address, body)
        external_id = js.ident(answer, "message_id")
        if external_id is None:
            raise Uncertain("the platform took the message but gave no id")
        return Receipt(external_id=external_id, at=self.services.clock.now())

    async def act(self, address: Address, action: str, **payload: str) -> None:
        """A sender action: typing_on (lasts about 20 s), mark_seen, react, unreact."""
        await self._post(address, {"sender_action": action, **({"payload": payload} if payload else {})})

    async def react(self, address: Address, external_id: str, reaction: str | None) -> None:
        """Source: https://developers.facebook.com/docs/messenger-platform/send-messages/sender-actions (2026-01-21)"""
        if not is_mid(external_id):
            raise Rejected("this event has no message to react to")
        if reaction is None:
            await self.act(address, "unreact", message_id=external_id)
        else:
            await self.act(address, "react", message_id=external_id, reaction=js.clean(reaction))

    async def name_of(self, address: Address, fields: str) -> str | None:
        """The person's name out of these fields, the first ones joined; None where the platform tells none."""
        path = f"{_graph.segment(address.peer)}?fields={fields}"
        answer = await _graph.get(self.services.http, self.settings, path, ERRORS, proof=self.proof)
        if whole := js.text(answer, "name") or js.text(answer, "username"):
            return whole
        return " ".join(word for key in ("first_name", "last_name") if (word := js.text(answer, key))) or None

    async def _post(self, address: Address, payload: js.Object) -> js.Object:
        body = {"recipient": {"id": address.peer}, **payload}
        path = f"{self.node}/messages"
        return await _graph.post(self.services.http, self.settings, path, body, ERRORS, proof=self.proof)

    async def _message(self, outbound: Outbound) -> js.Object:
        match outbound.part:
            case Text(text=text):
                message: js.Object = {"text": js.clean(text)}
            case Ask() as ask:
                message = {"text": js.clean(ask.text), "quick_replies": _quick_replies(ask)}
            case Media() as media:
                found = await self._upload(media, outbound.file)
                message = {"attachment": {"type": MEDIA_OUT[media.kind], "payload": {"attachment_id": found}}}
            case _:
                raise Rejected("this kind of message cannot be sent here")
        if self.keyed:
            message["metadata"] = outbound.idempotency_key[:1000]
        return message

    async def _upload(self, media: Media, file: Path | None) -> str:
        """The platform's id for our file. Apart from the send: a long upload that breaks off has shown nothing to anybody.

        Source: https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
        """
        kind = MEDIA_OUT.get(media.kind)
        if kind is None or file is None:
            raise Rejected("this kind of file cannot be sent here")
        mime = media.mime or mimetypes.guess_type(media.name or file.name)[0] or "application/octet-stream"
        allowed = self.mimes.get(media.kind)
        if allowed is not None and mime.partition(";")[0].strip().lower() not in allowed:
            raise Rejected(f"the platform takes no {kind} of the type {mime[:60]}")
        message = {"attachment": {"type": kind, "payload": {"is_reusable": True}}}
        try:
            if _size(file) > self.max_bytes.get(media.kind, MAX_FILE):
                raise Rejected("the file is larger than the platform takes")
            answer = await _graph.call(
                self.services.http,
                "POST",
                _graph.address(self.settings, f"{self.node}/message_attachments", proof=self.proof),
                self.settings.access_token.get_secret_value(),
                ERRORS,
                form={
                    **self.beside_file,
                    "message": orjson.dumps(message).decode(),
                    "filedata": Upload(file, media.name or file.name, mime),
                },
                timeout_seconds=UPLOAD_SECONDS,
            )
        except OSError:
            raise Rejected("the file to send is no longer here") from None
        except Uncertain as error:
            raise Unavailable(str(error), vendor_code=error.vendor_code) from None
        found = js.ident(js.whole(answer.json()), "attachment_id")
        if found is None:
            raise Unavailable("the platform took the file but gave no id")
        return found


def _size(file: Path) -> int:
    return file.stat().st_size


def _quick_replies(ask: Ask) -> list[js.Object]:
    """They vanish with the next message; a pressed one comes back with our id as its payload.

    Source: https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies
    """
    return [
        {"content_type": "text", "title": js.clean(choice.title), "payload": choice.id}
        for choice in ask.choices
    ]


# --- files people sent -----------------------------------------------------------------------------------

_META = (".facebook.com", ".instagram.com")


def download(settings: _graph.GraphSettings, media: Media, hosts: tuple[str, ...]) -> Download:
    """A file's address is public, signed and dies soon: it is fetched at once, without our token, from `hosts` only.

    Where a stand-in of the platform is configured, its files may come from there. Raises Rejected.
    """
    if not is_address(media.ref):
        raise Rejected("the platform gave no address for this file")
    base = urlsplit(settings.api_url)
    own = () if f".{base.hostname}".endswith(_META) else (base.netloc,)
    return Download(url=media.ref, hosts=(*hosts, *own), mime=media.mime, bytes=media.bytes)
