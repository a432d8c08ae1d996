"""The Cloud API stand-in, used by pywa, a client of others: it sends every kind of message, and reads what people send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from adapters.sandbox import File, Phone, Sandbox, sample
from tests.services import library

from .listener import Listener

pywa = library("pywa_async", "pip install --no-deps pywa==4.5.0")
from pywa.errors import WhatsAppError  # noqa: E402
from pywa.types import Button, Contact, Section, SectionList, SectionRow  # noqa: E402
from pywa_async import WhatsApp  # noqa: E402
from pywa_async import types as theirs  # noqa: E402


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[WhatsApp]:
    platform = sandbox.whatsapp
    async with httpx.AsyncClient() as session:
        client = WhatsApp(
            phone_id=platform.phone_number_id,
            token=platform.access_token,
            session=session,
            waba_id=platform.business_account,
            filter_updates=False,
        )
        session.base_url = httpx.URL(f"{sandbox.graph_url}/v26.0")
        yield client


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    return sandbox.phone("whatsapp", "Ana")


async def test_it_sends_every_kind_of_file(client: WhatsApp, ana: Phone, listener: Listener) -> None:
    image, video = sample("image"), sample("video")
    await client.send_image(ana.id, image.data, caption="look", mime_type="image/jpeg")
    await client.send_video(ana.id, video.data, caption="and", mime_type="video/mp4")
    await client.send_audio(ana.id, sample("audio").data, mime_type="audio/mpeg")
    await client.send_voice(ana.id, sample("voice").data, mime_type="audio/ogg")
    await client.send_document(
        ana.id, sample("document").data, filename="offer.pdf", mime_type="application/pdf"
    )
    await client.send_sticker(ana.id, sample("sticker").data, mime_type="image/webp")
    kinds = ["image", "video", "audio", "voice", "document", "sticker"]
    assert [heard.kind for heard in ana.inbox] == kinds
    assert [heard.file.data for heard in ana.inbox if heard.file] == [sample(kind).data for kind in kinds]
    assert ana.inbox[0].text == "look"
    assert ana.inbox[4].file is not None
    assert ana.inbox[4].file.name == "offer.pdf"


async def test_it_sends_places_cards_reactions_and_things_to_press(
    client: WhatsApp, ana: Phone, listener: Listener
) -> None:
    said = await ana.say("hi")
    await client.send_location(ana.id, latitude=40.4, longitude=-3.7, name="Museum", address="Main street")
    card = Contact(
        name=Contact.Name(formatted_name="Leo", first_name="Leo"),
        phones=[Contact.Phone(phone="+34600111222")],
    )
    await client.send_contact(ana.id, card)
    await client.send_reaction(ana.id, "👍", said)
    assert ana.reactions == {said: "👍"}
    await client.remove_reaction(ana.id, said)
    assert ana.reactions == {}
    yes, no = Button(title="Yes", callback_data="c:1"), Button(title="No", callback_data="c:2")
    await client.send_message(ana.id, "Sure?", header="Order", footer="free", buttons=[yes, no])
    rows = [SectionRow(title="Small", callback_data="s:1", description="for one"), SectionRow("Big", "s:2")]
    sections = SectionList(button_title="Sizes", sections=[Section(title="All", rows=rows)])
    await client.send_message(ana.id, "Which?", buttons=sections)
    place, contact, buttons, menu = ana.inbox
    assert place.piece.spot is not None
    assert place.piece.spot.name == "Museum"
    assert contact.piece.card is not None
    assert contact.piece.card.number == "+34600111222"
    assert [(button.title, button.id, button.kind) for button in buttons.buttons] == [
        ("Yes", "c:1", "reply"),
        ("No", "c:2", "reply"),
    ]
    assert menu.button("Small").hint == "for one"


async def test_it_fetches_what_a_person_sent(
    sandbox: Sandbox, client: WhatsApp, ana: Phone, listener: Listener
) -> None:
    await ana.show("voice")
    message = listener.received[-1].json["entry"][0]["changes"][0]["value"]["messages"][0]
    url = await client.get_media_url(message["audio"]["id"])
    assert (url.mime_type, url.file_size) == ("audio/ogg", len(sample("voice").data))
    assert url.sha256 == sample("voice").sha256.hex()
    assert await client.get_media_bytes(url=url.url) == sample("voice").data
    async with httpx.AsyncClient() as plain:
        assert (await plain.get(url.url)).status_code == 401, "a plain GET gives no media"
        headers = {"Authorization": f"Bearer {sandbox.whatsapp.access_token}"}
        expired = url.url.replace("ext=1", "ext=0")
        assert (await plain.get(expired, headers=headers)).status_code == 404
    assert await client.delete_media(message["audio"]["id"])
    with pytest.raises(WhatsAppError):
        await client.get_media_url(message["audio"]["id"])


async def test_uploads_that_are_refused(
    sandbox: Sandbox, client: WhatsApp, ana: Phone, listener: Listener
) -> None:
    with pytest.raises(WhatsAppError, match="must be a file with one of the following types"):
        await client.upload_media(b"GIF89a", mime_type="image/gif", filename="x.gif")
    with pytest.raises(WhatsAppError, match="131053"):
        await client.upload_media(bytes(5 * 1024 * 1024 + 1), mime_type="image/jpeg", filename="x.jpg")
    pdf = sandbox.whatsapp.keep(File(data=b"%PDF", mime="application/pdf", name="x.pdf"))
    sent = await client.send_image(ana.id, pdf)
    (received,) = await listener.until(1)
    report = received.json["entry"][0]["changes"][0]["value"]["statuses"][0]
    assert (report["id"], report["status"], report["errors"][0]["code"]) == (sent.id, "failed", 131053)
    assert ana.inbox == []


async def test_the_number_the_account_and_the_token_answer(sandbox: Sandbox, client: WhatsApp) -> None:
    number = await client.get_business_phone_number()
    assert (number.id, number.verified_name) == (sandbox.whatsapp.phone_number_id, "Sandbox")
    apps = await client.api.get_waba_subscribed_apps(sandbox.whatsapp.business_account)
    assert apps["data"][0]["whatsapp_business_api_data"]["id"] == sandbox.whatsapp.app_id
    await client.api.delete_waba_alternate_callback_url(sandbox.whatsapp.business_account)


@pytest.mark.parametrize("kind", ["text", "image", "video", "audio", "voice", "document", "sticker"])
async def test_it_reads_what_people_send(
    sandbox: Sandbox, client: WhatsApp, ana: Phone, listener: Listener, kind: str
) -> None:
    if kind == "text":
        await ana.say("hi")
    else:
        await ana.show(kind, "look" if kind == "image" else "")
    message = theirs.Message.from_update(client=client, update=listener.received[-1].json)
    assert message.type.value == ("audio" if kind == "voice" else kind)
    assert message.from_user.name == "Ana"
    if kind != "text":
        assert message.media is not None
        assert await client.get_media_bytes(url=await message.media.get_media_url()) == sample(kind).data


async def test_it_reads_what_people_do(client: WhatsApp, ana: Phone, listener: Listener) -> None:
    def newest(kind: Any) -> Any:
        return kind.from_update(client=client, update=listener.received[-1].json)

    said = await ana.say("hi")
    await ana.say("and?", reply_to=said)
    assert newest(theirs.Message).reply_to_message.id == said
    await ana.share_place(40.4, -3.7, "Museum", "Main street")
    assert newest(theirs.Message).location.name == "Museum"
    await ana.share_contact("Leo", "+34600111222")
    assert newest(theirs.Message).contacts[0].name.formatted_name == "Leo"
    await ana.react(said, "👍")
    assert newest(theirs.Message).reaction.emoji == "👍"
    await ana.edit(said, "hello")
    edited = newest(theirs.EditedMessage)
    assert (edited.original_message_id, edited.message.text) == (said, "hello")
    await ana.unsend(said)
    assert newest(theirs.DeletedMessage).original_message_id == said
    await client.send_message(ana.id, "Sure?", buttons=[Button(title="Yes", callback_data="c:1")])
    await ana.press(ana.inbox[-1], "Yes")
    pressed = newest_of(listener, "button_reply")
    button = theirs.CallbackButton.from_update(client=client, update=pressed)
    assert (button.data, button.title) == ("c:1", "Yes")
    row = SectionRow(title="Small", callback_data="s:1", description="for one")
    menu = SectionList(button_title="Sizes", sections=[Section(title="All", rows=[row])])
    await client.send_message(ana.id, "Which?", buttons=menu)
    await ana.press(ana.inbox[-1], "Small")
    chosen = theirs.CallbackSelection.from_update(client=client, update=newest_of(listener, "list_reply"))
    assert (chosen.data, chosen.description) == ("s:1", "for one")


async def test_it_reads_what_happens_to_the_account(
    sandbox: Sandbox, client: WhatsApp, ana: Phone, listener: Listener
) -> None:
    platform, old_id, old_number = sandbox.whatsapp, ana.user_id, ana.id
    await ana.forward("look at this")
    message = theirs.Message.from_update(client=client, update=listener.received[-1].json)
    assert message.forwarded
    await platform.unreadable(ana)
    message = theirs.Message.from_update(client=client, update=listener.received[-1].json)
    assert message.type.value == "unsupported"
    assert message.error is not None
    await platform.change_number(ana, "34600999888")
    system, identity = (item.json["entry"][0]["changes"][0] for item in listener.received[-2:])
    changed = theirs.PhoneNumberChange.from_update(client=client, update=listener.received[-2].json)
    assert (changed.old_wa_id, changed.new_wa_id) == (old_number, "34600999888")
    assert system["value"]["messages"][0]["from"] == old_number
    update = identity["value"]["user_id_update"][0]
    assert (identity["field"], update["user_id"]) == (
        "user_id_update",
        {"previous": old_id, "current": ana.user_id},
    )
    await platform.staff_writes(ana, "I take over")
    echo = theirs.OutgoingMessage.from_update(client=client, update=listener.received[-1].json)
    assert (echo.text, ana.inbox[-1].text) == ("I take over", "I take over")
    await platform.notice(
        "account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}}
    )
    notice = theirs.AccountUpdate.from_update(client=client, update=listener.received[-1].json)
    assert notice.event.value == "ACCOUNT_VIOLATION"
    await client.send_message(ana.id, "hi")


def newest_of(listener: Listener, word: str) -> Any:
    """The newest webhook that holds a word; statuses may have come after it."""
    return next(item.json for item in reversed(listener.received) if word.encode() in item.body)
