"""Reads what a Messenger or Instagram message is made of: words, files, stickers, shared posts, where the person came from."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from assistant.types import Choice, Media, MediaKind, Part, Place, Referral, Text, Unsupported

from . import _json as js

# The thumbs-up in its three sizes, sent as a sticker.
# https://developers.facebook.com/docs/messenger-platform/webhooks (stickers, 2026-08-30)
_THUMBS_UP = frozenset({"369239263222822", "369239343222814", "369239383222810"})
_FILES = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
    "file": MediaKind.DOCUMENT,
}
# What is shared, and what it is where its address is that of the file itself: a post may also be a film; its content
# tells.
_SHARED = {
    **dict.fromkeys(("fallback", "share", "post", "ig_post"), MediaKind.IMAGE),
    **dict.fromkeys(("reel", "ig_reel"), MediaKind.VIDEO),
}
_FILE_HOSTS = (".fbcdn.net", ".fbsbx.com", ".cdninstagram.com")
# Where Facebook and Instagram wrap a link that leaves them.
_WRAPPERS = frozenset({"l.facebook.com", "lm.facebook.com", "l.instagram.com"})
_SOURCES = {"ADS": "advertisement", "SHORTLINK": "link", "PRODUCT": "product"}


def parts(message: js.Object, *, only_voice: bool = False) -> tuple[Part, ...]:
    """Everything in a message, context first. `only_voice`: sound can only be recorded in the app there."""
    words = js.text(message, "text")
    found: list[Part] = []
    if came := js.obj(message, "referral"):
        found.append(referral(came))
    found += _story(js.obj(js.obj(message, "reply_to"), "story"), "story")
    if payload := js.text(js.obj(message, "quick_reply"), "payload"):
        found.append(Choice(id=payload, title=words or payload))
    elif words:
        found.append(Text(text=words))
    for item in js.items(message, "attachments"):
        found += _attachment(item, words or "", only_voice)
    if message.get("is_unsupported") is True and not found:
        found.append(Unsupported(kind="unsupported"))
    return tuple(found)


def speaks(message: js.Object) -> bool:
    """Whether the person says something to us: not in an empty message, one Meta cannot show, or a mention in a story.

    A mention is written for the person's own followers; we are only told of it.
    """
    if js.text(message, "text") or js.text(js.obj(message, "quick_reply"), "payload"):
        return True
    return any(js.text(item, "type") != "story_mention" for item in js.items(message, "attachments"))


def referral(came: js.Object) -> Referral:
    """Source: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_referrals"""
    source = js.text(came, "source") or ""
    advertised = js.obj(came, "ads_context_data")
    product = js.ident(js.obj(came, "product"), "id") or js.ident(advertised, "product_id")
    kind = _SOURCES.get(source.upper()) or source.lower().replace("_", " ")
    if not kind:
        kind = "product" if product else "advertisement" if js.ident(came, "ad_id") else "link"
    return Referral(
        kind=kind[:64],
        title=js.text(advertised, "ad_title"),
        ref=js.text(came, "ref") or product or js.ident(came, "ad_id"),
    )


def is_address(value: str) -> bool:
    return value.startswith(("https://", "http://"))


def _attachment(item: object, said: str, only_voice: bool) -> list[Part]:
    """Stickers were `image` with a sticker_id until 2026-08-30 and are `sticker` since; both are read."""
    kind = js.text(item, "type") or "attachment"
    payload = js.obj(item, "payload")
    sticker = js.ident(payload, "sticker_id") or js.ident(item, "sticker_id")
    url = js.text(payload, "url") or js.text(item, "url") or ""
    title = js.text(payload, "title") or js.text(item, "title") or ""
    if sticker in _THUMBS_UP:
        return [Text(text="👍")]
    if kind == "like_heart":
        return [Text(text="❤️")]
    if sticker or kind == "sticker":
        return [Media(kind=MediaKind.STICKER, ref=url) if is_address(url) else Unsupported(kind="sticker")]
    if kind in _FILES and is_address(url):
        return [_file(_FILES[kind], url, title, only_voice)]
    if kind == "location" and (place := _place(payload, title)):
        return [place]
    if kind == "story_mention":
        return _story({"id": js.ident(payload, "id"), "url": url}, "story mention")
    if kind in _SHARED and _is_file(url):
        return [Media(kind=_SHARED[kind], ref=url, caption=title or None)]
    if kind in _SHARED and (title or is_address(url)):
        return _shared(title, url, said)
    return [Unsupported(kind=kind[:64])]


def _file(kind: MediaKind, url: str, title: str, only_voice: bool) -> Media:
    name = _name_in(url)
    if kind is MediaKind.AUDIO and (only_voice or name.startswith("audioclip")):
        kind = MediaKind.VOICE  # what was recorded in the app has this name
    shown = (title or name)[:120] if kind is MediaKind.DOCUMENT else None
    return Media(kind=kind, ref=url, name=shown or None)


def _shared(title: str, url: str, said: str) -> list[Part]:
    """A shared post or a link's preview, as words; what the message itself says is not said twice."""
    link = _unwrapped(url) if is_address(url) else ""
    words = [word for word in (title, link) if word and word not in said]
    return [Text(text="\n".join(words))] if words else []


def _story(story: js.Object, kind: str) -> list[Part]:
    """The story a person answers, or mentions us in; its file is gone with the story, after a day.

    Meta does not say whether it is a picture or a film: its content tells.
    """
    identity, url = js.ident(story, "id"), js.text(story, "url") or ""
    if not identity and not is_address(url):
        return [Referral(kind=kind)] if kind != "story" else []
    found: list[Part] = [Referral(kind=kind, ref=identity)]
    if is_address(url):
        found.append(Media(kind=MediaKind.IMAGE, ref=url))
    return found


def _place(payload: js.Object, title: str) -> Place | None:
    point = js.obj(payload, "coordinates")
    latitude, longitude = js.number(point, "lat"), js.number(point, "long")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(latitude=latitude, longitude=longitude, name=title or None)


def _name_in(url: str) -> str:
    """The last word of the address's path; "" when there is none."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2]).replace("\x00", "")
    except ValueError:
        return ""


def _is_file(url: str) -> bool:
    """Whether this is where Meta keeps files, and not a page to look at."""
    try:
        return is_address(url) and (urlsplit(url).hostname or "").endswith(_FILE_HOSTS)
    except ValueError:
        return False


def _unwrapped(url: str) -> str:
    try:
        found = urlsplit(url)
        inner = parse_qs(found.query).get("u", [""])[0] if found.hostname in _WRAPPERS else ""
    except ValueError:
        return url
    return inner if is_address(inner) else url
