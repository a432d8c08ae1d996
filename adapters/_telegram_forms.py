"""Turns what we send into calls of the Bot API: texts with entities, keyboards, files, places, guest answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from assistant.errors import Rejected
from assistant.types import Ask, Choice, Media, MediaKind, Part, Place, Span, Text

from . import _json as js
from ._telegram_errors import Cure, Refusal
from ._telegram_place import Spot

if TYPE_CHECKING:
    from telegram import (
        Bot,
        InlineKeyboardMarkup,
        LinkPreviewOptions,
        MessageEntity,
        ReplyParameters,
    )

CALLBACK_BYTES = 64
SHORT_TITLE = 14
"""Titles up to so many characters stand two in a row; a longer one would be cut on a narrow phone."""

PHOTO_BYTES = 10 * 1024 * 1024  # https://core.telegram.org/bots/api#sendphoto (2026-08-24)

_SENDS = {
    MediaKind.IMAGE: "photo",
    MediaKind.VOICE: "voice",
    MediaKind.AUDIO: "audio",
    MediaKind.VIDEO: "video",
    MediaKind.DOCUMENT: "document",
}
_PLAINER = {MediaKind.IMAGE: MediaKind.DOCUMENT, MediaKind.VOICE: MediaKind.AUDIO}
"""What a file is sent as when it is no photo for Telegram, or when the person takes no voice messages."""

_NAMES = {
    MediaKind.IMAGE: "photo.jpg",
    MediaKind.VOICE: "voice.ogg",
    MediaKind.AUDIO: "audio.mp3",
    MediaKind.VIDEO: "video.mp4",
    MediaKind.DOCUMENT: "document",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One way to send something. `change` gives the next one after a refusal that has a cure."""

    spot: Spot
    part: Part
    reply: int | None = None
    file: Path | None = None
    styled: bool = True

    def change(self, refusal: Refusal) -> Form | None:
        """Leave out what the platform would not take, or follow a group that moved; None when nothing can be done."""
        cure = refusal.cure
        if refusal.moved_to:
            return replace(self, spot=replace(self.spot, chat=refusal.moved_to))
        if cure is Cure.STYLES and self.styled and isinstance(self.part, Text) and self.part.spans:
            return replace(self, styled=False)
        if cure is Cure.THREAD and self.spot.topic is not None:
            return replace(self, spot=replace(self.spot, topic=None))
        if cure is Cure.REPLY and self.reply is not None:
            return replace(self, reply=None)
        if cure is Cure.KIND and isinstance(self.part, Media) and self.part.kind in _PLAINER:
            return replace(self, part=replace(self.part, kind=_PLAINER[self.part.kind]))
        return None

    def call(self, bot: Bot) -> Callable[[], Awaitable[Any]]:
        """The call that sends it. Raises Rejected for what Telegram has no form for."""
        if self.spot.guest is not None:
            return self._guest(bot, self.spot.guest)
        match self.part:
            case Text() | Ask():
                return self._words(bot, self.part)
            case Media():
                return self._media(bot, self.part)
            case Place():
                return self._place(bot, self.part)
            case _:
                raise Rejected("Telegram has no form for this kind of message")

    def _words(self, bot: Bot, part: Text | Ask) -> Callable[[], Awaitable[Any]]:
        text = words(part)
        entities = entities_of(part) if self.styled else []
        markup = keyboard(part)
        return lambda: bot.send_message(
            text=text,
            entities=entities or None,
            link_preview_options=no_preview(),
            reply_markup=markup,
            **self._common(),
        )

    def _media(self, bot: Bot, part: Media) -> Callable[[], Awaitable[Any]]:
        kind = part.kind
        if kind not in _SENDS:
            raise Rejected("Telegram has no form for this kind of file")
        path = self.file
        if path is None:
            raise Rejected("the file to send is not here")
        try:
            size = path.stat().st_size
        except OSError:
            raise Rejected("the file to send is not here any more") from None
        if kind is MediaKind.IMAGE and size > PHOTO_BYTES:
            kind = MediaKind.DOCUMENT
        given: dict[str, Any] = self._common()
        if part.caption:
            given["caption"] = js.clean(part.caption)
        if part.seconds is not None and kind in (MediaKind.VOICE, MediaKind.AUDIO, MediaKind.VIDEO):
            given["duration"] = round(part.seconds)
        method = getattr(bot, f"send_{_SENDS[kind]}")

        async def upload() -> Any:
            with _opened(path) as handle:
                from telegram import InputFile

                file = InputFile(handle, filename=part.name or _NAMES[kind], read_file_handle=False)
                return await method(**{_SENDS[kind]: file}, **given)

        return upload

    def _place(self, bot: Bot, part: Place) -> Callable[[], Awaitable[Any]]:
        where: dict[str, Any] = {"latitude": part.latitude, "longitude": part.longitude}
        if part.name:
            # a venue needs an address; the name is all we have
            return lambda: bot.send_venue(title=part.name, address=part.name, **where, **self._common())
        return lambda: bot.send_location(**where, **self._common())

    def _guest(self, bot: Bot, query: str) -> Callable[[], Awaitable[Any]]:
        """A chat that we are no member of takes one answer, and only words: a button pressed there names no chat to us.

        Source: https://core.telegram.org/bots/api#answerguestquery (10.0)
        """
        part = self.part
        if not isinstance(part, Text | Ask):
            raise Rejected("as a guest the bot can only send words")
        from telegram import InlineQueryResultArticle, InputTextMessageContent

        text = words(part)
        if isinstance(part, Ask):
            text = "\n".join([text, *(f"- {js.clean(choice.title)}" for choice in part.choices)])
        content = InputTextMessageContent(
            text,
            entities=(entities_of(part) if self.styled else []) or None,
            link_preview_options=no_preview(),
        )
        result = InlineQueryResultArticle(id="1", title=text[:64], input_message_content=content)
        return lambda: bot.answer_guest_query(guest_query_id=query, result=result)

    def _common(self) -> dict[str, Any]:
        """Where it goes, and what it answers."""
        given: dict[str, Any] = {"chat_id": self.spot.chat}
        if self.spot.topic is not None:
            given["message_thread_id"] = self.spot.topic
        if self.spot.direct is not None:
            given["direct_messages_topic_id"] = self.spot.direct
        if self.spot.business is not None:
            given["business_connection_id"] = self.spot.business
        if self.reply is not None:
            given["reply_parameters"] = _reply(self.reply)
        return given


def words(part: Text | Ask) -> str:
    return js.clean(part.text)


def entities_of(part: Text | Ask) -> list[MessageEntity]:
    """Spans as the Bot API wants them, in UTF-16 units; it honours at most 100 of them.

    Where characters had to be left out the places are wrong, so that the words go plain.
    """
    if not isinstance(part, Text) or not part.spans or words(part) != part.text:
        return []
    from telegram import MessageEntity

    def made(span: Span) -> MessageEntity:
        return MessageEntity(span.kind, span.offset, span.length, url=span.url, language=span.language)

    return list(
        MessageEntity.adjust_message_entities_to_utf_16(part.text, [made(span) for span in part.spans[:100]])
    )


def keyboard(part: Part) -> InlineKeyboardMarkup | None:
    """The choices of a question as buttons below it."""
    if not isinstance(part, Ask):
        return None
    if any(not 1 <= len(choice.id.encode()) <= CALLBACK_BYTES for choice in part.choices):
        raise Rejected(f"a choice's id must have 1 to {CALLBACK_BYTES} bytes")
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(js.clean(choice.title), callback_data=choice.id) for choice in row]
            for row in _rows(part.choices)
        ]
    )


def _rows(choices: tuple[Choice, ...]) -> list[tuple[Choice, ...]]:
    """One button a row; two where all titles are short."""
    wide = 2 if all(len(choice.title) <= SHORT_TITLE for choice in choices) else 1
    return [choices[start : start + wide] for start in range(0, len(choices), wide)]


def _reply(message: int) -> ReplyParameters:
    from telegram import ReplyParameters

    return ReplyParameters(message_id=message, allow_sending_without_reply=True)


def no_preview() -> LinkPreviewOptions:
    from telegram import LinkPreviewOptions

    return LinkPreviewOptions(is_disabled=True)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError:
        raise Rejected("the file to send is not here any more") from None
