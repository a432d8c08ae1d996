"""Bot API methods that send: messages, pictures, voice, files, albums, places, drafts, and the typing dots."""

from __future__ import annotations

from typing import Any

from . import bot_params as read
from .bot_chats import ChatMethods
from .bot_errors import ApiError, bad
from .bot_params import BotCall
from .groups import Group
from .inbox import Draft, Inbox
from .params import units
from .payloads import Json
from .phones import Phone
from .pieces import Card, File, Piece, Spot, sniffed
from .platform import new_digits

MEGABYTE = 1024 * 1024
PHOTO_BYTES = 10 * MEGABYTE
FILE_BYTES = 50 * MEGABYTE
_MEDIA = {
    "sendphoto": ("photo", "image"),
    "sendvoice": ("voice", "voice"),
    "sendaudio": ("audio", "audio"),
    "sendvideo": ("video", "video"),
    "senddocument": ("document", "document"),
    "sendsticker": ("sticker", "sticker"),
}
"""By method: the parameter that holds the file, and our word for the kind."""
_ALBUM = {"photo": "image", "video": "video", "audio": "audio", "document": "document"}
SENDS = frozenset({"sendmessage", "sendmediagroup", "sendlocation", "sendvenue", "sendcontact", *_MEDIA})
"""The methods that put a message into a chat."""
_ACTIONS = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    }
)


class SendingMethods(ChatMethods):
    def methods(self) -> dict[str, Any]:
        return {
            "sendmessage": self._send_message,
            "sendmessagedraft": self._send_message_draft,
            "sendchataction": self._send_chat_action,
            "sendlocation": self._send_location,
            "sendvenue": self._send_location,
            "sendcontact": self._send_contact,
            "sendmediagroup": self._send_media_group,
            **dict.fromkeys(_MEDIA, self._send_media),
        }

    async def _send_message(self, call: BotCall) -> Any:
        words, spans = read.text(call.params)
        inbox = self.chat(call.params)
        return self.post(inbox, self._piece(inbox, call.params, kind="text", text=words, spans=spans))

    async def _send_media(self, call: BotCall) -> Any:
        name, kind = _MEDIA[call.method]
        inbox = self.chat(call.params)
        words, spans = read.caption(call.params)
        file = self._file(call, name, call.params.get(name), kind)
        if call.params.get("duration") not in (None, ""):
            seconds = read.whole(call.params, "duration", 0)
            file = File(data=file.data, mime=file.mime, name=file.name, seconds=seconds)
        return self.post(
            inbox, self._piece(inbox, call.params, kind=kind, text=words, spans=spans, file=file)
        )

    async def _send_location(self, call: BotCall) -> Any:
        latitude, longitude = (
            read.decimal(call.params, "latitude"),
            read.decimal(call.params, "longitude"),
        )
        if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
            raise bad("wrong latitude or longitude specified")
        title, address = str(call.params.get("title") or ""), str(call.params.get("address") or "")
        if call.method == "sendvenue" and not (title and address):
            raise bad("there is no title or address in the request")
        inbox = self.chat(call.params)
        spot = Spot(latitude=latitude, longitude=longitude, name=title, address=address)
        return self.post(inbox, self._piece(inbox, call.params, kind="location", spot=spot))

    async def _send_contact(self, call: BotCall) -> Any:
        number, name = str(call.params.get("phone_number") or ""), str(call.params.get("first_name") or "")
        if not number or not name:
            raise bad("there is no phone_number or first_name in the request")
        inbox = self.chat(call.params)
        card = Card(name=name, number=number)
        return self.post(inbox, self._piece(inbox, call.params, kind="contact", card=card))

    async def _send_media_group(self, call: BotCall) -> Any:
        items = read.list_of(call.params, "media")
        if not 2 <= len(items) <= 10:
            raise bad("wrong number of messages in the album specified")
        inbox, album, found = self.chat(call.params), new_digits(17), []
        pieces = []
        for item in items:
            kind = _ALBUM.get(str(item.get("type")) if isinstance(item, dict) else "")
            if kind is None:
                raise bad("can't parse InputMedia: type of the media is unsupported in an album")
            words, spans = read.caption({key: value for key, value in item.items() if key != "entities"})
            file = self._file(call, "media", item.get("media"), kind)
            pieces.append(self._piece(inbox, call.params, kind=kind, text=words, spans=spans, file=file))
        for piece in pieces:
            message = self.post(inbox, piece)
            message["media_group_id"] = album
            found.append(message)
        return found

    async def _send_message_draft(self, call: BotCall) -> Any:
        """Private chats only. Source: https://core.telegram.org/bots/api#sendmessagedraft"""
        params = call.params
        words, _ = read.styled(params, "text", "entities")
        number = read.whole(params, "draft_id", 0)
        if not number:
            raise bad("draft_id must be non-zero")
        if units(words) > read.TEXT_LIMIT:
            raise bad("message is too long")
        inbox = self.chat(params)
        if not isinstance(inbox, Phone):
            raise bad("TEXTDRAFT_PEER_INVALID")
        draft = Draft(
            number=number,
            text=words,
            at=self.telegram.clock.now(),
            thread=self.thread(inbox, params),
            can_stop=read.true(params.get("can_stop")),
        )
        self.telegram.show_draft(inbox, draft)
        return True

    async def _send_chat_action(self, call: BotCall) -> Any:
        action = call.params.get("action")
        if action not in _ACTIONS:
            raise bad("wrong parameter action in request")
        inbox = self.chat(call.params)
        self.thread(inbox, call.params)
        if action == "typing":
            inbox.see_typing()
        return True

    # --- parts ---

    def _piece(self, inbox: Inbox, params: Json, *, spans: list[Json] | None = None, **parts: Any) -> Piece:
        return Piece(
            spans=tuple(spans or ()),
            buttons=read.keyboard(params),
            reply_to=self.quoted(inbox, params),
            thread=self.thread(inbox, params),
            public=isinstance(inbox, Group),
            **parts,
        )

    def _file(self, call: BotCall, name: str, given: object, kind: str) -> File:
        """What is uploaded, or what a file_id names; nothing is fetched from an address."""
        file = call.files.get(name)
        if file is None and isinstance(given, str) and given.startswith("attach://"):
            file = call.files.get(given.removeprefix("attach://"))
            if file is None:
                raise bad("wrong file identifier/HTTP URL specified")
        if file is not None:
            return _checked(file, kind)
        if not isinstance(given, str) or not given:
            raise bad(f"there is no {name} in the request")
        if given.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        stored = self.telegram.files.get(given)
        if stored is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if stored.kind != kind and not {stored.kind, kind} <= {"voice", "audio", "document"}:
            raise bad(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored.file


def _checked(file: File, kind: str) -> File:
    if not file.data:
        raise bad("file must be non-empty")
    if len(file.data) > (PHOTO_BYTES if kind == "image" else FILE_BYTES):
        raise ApiError(413, "Request Entity Too Large")
    found = sniffed(file.data)
    if kind == "image" and not (found or "").startswith("image/"):
        raise bad("IMAGE_PROCESS_FAILED")
    return File(data=file.data, mime=found or file.mime, name=file.name or "file", seconds=file.seconds)
