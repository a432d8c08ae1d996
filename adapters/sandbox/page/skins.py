"""How each kind of app looks and what people can do in it: the rows behind "Add a phone"."""

from __future__ import annotations

from dataclasses import dataclass

EMOJIS = ("👍", "❤️", "😂", "😮", "😢", "🙏")
ALL_KINDS = ("image", "voice", "sticker", "document", "location", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skin:
    """One kind of app. `channel` is the platform behind it, `stored` the channel that our side files it under.

    `limit`: characters a person may write. `marks`: how words are made bold there, see words.py. `groups`: several people
    may share a chat. `kinds`: what can be sent beside words. The rest: what people can do to a message or the chat.
    """

    name: str
    channel: str
    title: str
    stored: str
    limit: int
    marks: str
    kinds: tuple[str, ...]
    reply: bool = True
    react: bool = True
    edit: bool = True
    unsend: bool = False
    block: bool = True
    receipts: bool = True
    groups: bool = False
    public: bool = False


SKINS: dict[str, Skin] = {
    skin.name: skin
    for skin in (
        Skin(
            name="whatsapp",
            channel="whatsapp",
            title="WhatsApp",
            stored="whatsapp",
            limit=4096,
            marks="stars",
            kinds=ALL_KINDS,
            unsend=True,
        ),
        Skin(
            name="messenger",
            channel="messenger",
            title="Messenger",
            stored="messenger",
            limit=2000,
            marks="stars",
            kinds=ALL_KINDS[:-1],
        ),
        Skin(
            name="instagram",
            channel="instagram",
            title="Instagram",
            stored="instagram",
            limit=1000,
            marks="plain",
            kinds=ALL_KINDS[:-2],
            unsend=True,
        ),
        Skin(
            name="telegram",
            channel="telegram",
            title="Telegram",
            stored="telegram",
            limit=4096,
            marks="spans",
            kinds=ALL_KINDS,
            receipts=False,
            groups=True,
        ),
        Skin(
            name="comment",
            channel="messenger",
            title="Facebook",
            stored="comments",
            limit=8000,
            marks="plain",
            kinds=(),
            react=False,
            unsend=True,
            block=False,
            receipts=False,
            public=True,
        ),
    )
}
