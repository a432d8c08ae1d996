"""What a WhatsApp message says, as parts; whatever its kind, its body may be missing or of another shape."""

from __future__ import annotations

import orjson

from assistant.types import Choice, Contacts, Media, MediaKind, Part, Place, Referral, Text, Unsupported

from . import _json as js

_MEDIA = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "document": MediaKind.DOCUMENT,
    "sticker": MediaKind.STICKER,
    "audio": MediaKind.AUDIO,
}
_SHOWN = 20  # products of an order, answers of a form
_LONGEST = 200


def parts(item: object, kind: str) -> tuple[Part, ...]:
    """What a message says. `item[kind]` may be missing whatever `kind` says (seen with code 131000)."""
    content = js.obj(item, kind)
    if kind == "text":
        body = js.text(content, "body")
        return (Text(text=body),) if body else (Unsupported(kind="text"),)
    if kind in _MEDIA:
        return _media(content, kind)
    if kind == "interactive":
        return _interactive(content)
    if kind == "button":
        title, payload = js.text(content, "text"), js.text(content, "payload")
        if title or payload:
            return (Choice(id=payload or title or "", title=title or payload or ""),)
    if kind == "location":
        latitude, longitude = js.number(content, "latitude"), js.number(content, "longitude")
        if latitude is not None and longitude is not None:
            words = [word for word in (js.text(content, "name"), js.text(content, "address")) if word]
            return (Place(latitude=latitude, longitude=longitude, name=", ".join(words) or None),)
    if kind == "contacts":
        names = [_contact(card) for card in js.items(item, "contacts")]
        return (Contacts(names=tuple(name for name in names if name)),)
    if kind == "order":
        return _order(content)
    if kind == "unsupported":
        return (Unsupported(kind=(js.text(content, "type") or "unsupported")[:64]),)
    if kind == "request_welcome":
        return (Referral(kind=kind),)  # the person opened the chat for the first time and wrote nothing yet
    return (Unsupported(kind=kind[:64]),)


def origin(item: object, context: object) -> tuple[Part, ...]:
    """The advertisement, post or product a message comes from."""
    found: list[Part] = []
    if referral := js.obj(item, "referral"):
        found.append(
            Referral(
                kind=(js.text(referral, "source_type") or "ad")[:64],
                title=js.text(referral, "headline"),
                text=js.text(referral, "body"),
                ref=js.ident(referral, "source_id") or js.text(referral, "source_url"),
            )
        )
    if product := js.obj(context, "referred_product"):
        found.append(Referral(kind="product", ref=js.ident(product, "product_retailer_id")))
    return tuple(found)


def _media(content: js.Object, kind: str) -> tuple[Part, ...]:
    caption, ref = js.text(content, "caption"), js.ident(content, "id")
    voice = content.get("voice") is True
    if ref is None:  # Meta could not fetch it (131052): what was written under it is still read
        said = (Text(text=caption),) if caption else ()
        return (*said, Unsupported(kind="voice" if voice else kind))
    return (
        Media(
            kind=MediaKind.VOICE if voice else _MEDIA[kind],
            ref=ref,
            mime=js.text(content, "mime_type"),
            name=js.text(content, "filename"),
            caption=caption,
        ),
    )


def _interactive(content: js.Object) -> tuple[Part, ...]:
    kind = js.text(content, "type") or "interactive"
    reply = js.obj(content, kind)
    chosen, title = js.text(reply, "id"), js.text(reply, "title")
    if kind in ("button_reply", "list_reply") and (chosen or title):
        return (Choice(id=chosen or title or "", title=title or chosen or ""),)
    if kind == "nfm_reply" and (answers := _form(js.text(reply, "response_json"))):
        return (Text(text=f"[form: {answers}]"),)
    return (Unsupported(kind=kind[:64]),)


def _form(written: str | None) -> str:
    """The answers of a filled-in form (a Flow), which arrive as JSON inside a string."""
    try:
        answers = orjson.loads(written or "")
    except orjson.JSONDecodeError:
        return ""
    if not isinstance(answers, dict):
        return ""
    words = [
        f"{key}: {value}"[:_LONGEST]
        for key, value in answers.items()
        if key != "flow_token" and isinstance(value, str | int | float) and value != ""
    ]
    return "; ".join(words[:_SHOWN]).replace("\x00", "\ufffd")


def _order(content: js.Object) -> tuple[Part, ...]:
    """The person's words, and what is in the cart. Prices are as the catalogue says them, each for one piece."""
    words = js.text(content, "text")
    lines = []
    for product in js.items(content, "product_items"):
        name = js.ident(product, "product_retailer_id")
        if name is None:
            continue
        count, price = js.number(product, "quantity"), js.number(product, "item_price")
        currency = js.text(product, "currency")
        line = f"{count:g} × {name}" if count is not None else name
        lines.append(line + (f" at {price:g} {currency or ''}".rstrip() if price is not None else ""))
    more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    listed = "; ".join([*(line[:_LONGEST] for line in lines[:_SHOWN]), *more])
    said = (Text(text=words),) if words else ()
    return (*said, Text(text=f"[order: {listed}]") if listed else Unsupported(kind="order"))


def _contact(card: object) -> str | None:
    """The display name of a shared contact, which may have a company or no name at all."""
    name = js.obj(card, "name")
    parts = [part for part in (js.text(name, "first_name"), js.text(name, "last_name")) if part]
    return js.text(name, "formatted_name") or " ".join(parts) or js.text(js.obj(card, "org"), "company")
