"""Taking over in the dashboard: who may, what the composer shows in every state, canned replies, drafts, two at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select, update

from assistant.errors import Unavailable
from assistant.store import audit, canned, models, takeover, trials
from assistant.store.takeover import State
from assistant.types import Address, Capabilities, Mode, Unit

from .conftest import ADMIN, Site, add_conversation, add_message
from .test_browser import WAIT, open_tab, sign_in
from .test_browser import browser as browser
from .test_review import colleague

HOUR = timedelta(hours=1)
IN_PLACE = {"HX-Request": "true"}


Hired = Callable[..., Awaitable[Site]]


@pytest.fixture
async def hired(site: Site) -> AsyncIterator[Hired]:
    """Somebody else, signed in with a browser of their own."""
    others: list[Site] = []

    async def hire(name: str, role: str = "reviewer") -> Site:
        others.append(await colleague(site, name, role))
        return others[-1]

    yield hire
    for other in others:
        await other.client.close()


class Alpha:
    title, hint = "Alpha", ""
    caps = Capabilities(
        text_limit=20, text_unit=Unit.CODEPOINTS, reply_window=timedelta(hours=24), templates=True
    )


async def _open(site: Site, **values: Any) -> int:
    """Signed in, and a person who wrote a moment ago on a channel with a window."""
    await site.set_up()
    site.inbound.channels["alpha"] = Alpha()
    return await _talk(site, **values)


async def _talk(site: Site, **values: Any) -> int:
    now = site.clock.now()
    values = {"window_until": now + 24 * HOUR, **values}
    number = await site.database.write(add_conversation, now, **values)
    await site.database.write(add_message, number, 1, now, "is anybody there?", outcome="answered")
    return number


async def _later(site: Site, hours: float) -> None:
    """Time passes, and whoever is still there signs in again."""
    site.clock.advance(hours * 3600)
    answer = await site.post("/login", data={"email": ADMIN["email"], "password": ADMIN["password"]})
    assert answer.status == 303


async def _state(site: Site, number: int) -> State:
    return await site.database.read(takeover.state, number)


async def _out(site: Site, number: int) -> list[Any]:
    query = select(models.outbox).where(models.outbox.c.conversation == number).order_by(models.outbox.c.id)
    return await site.database.read(lambda connection: list(connection.execute(query).mappings()))


async def _composer(site: Site, number: int) -> str:
    answer = await site.get(f"/admin/inbox/{number}/composer", headers=IN_PLACE)
    assert answer.status == 200
    return await answer.text()


async def test_staff_take_over_answer_in_the_channels_pieces_and_hand_back(site: Site) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    assert 'data-action="take_over"' in await _composer(site, number)
    async with site.bus.subscribe("inbound") as turns, site.bus.subscribe("staff") as frames:
        answer = await site.post(f"{path}/take")
        assert answer.status == 303 and answer.headers["Location"] == f"{path}#composer"
        assert orjson.loads(await anext(turns)) == [number], (
            "whoever answers looks whether it is still theirs"
        )
        assert orjson.loads(await anext(frames))["conversation"] == number
    state = await _state(site, number)
    assert (state.mode, state.staff_name) == (Mode.HUMAN, "Ada Lovelace")
    assert state.hand_back_at == site.clock.now() + 12 * HOUR
    shown = await _composer(site, number)
    assert 'data-action="reply"' in shown and 'data-action="hand_back"' in shown
    said = "One line that is longer\r\nthan the channel likes"
    assert (await site.post(f"{path}/reply", data={"text": said})).status == 303
    parts = await _out(site, number)
    assert len(parts) >= 3 and {part["turn"] for part in parts} == {None}
    assert all(len(part["payload"]["text"]) <= 20 for part in parts)
    assert (await site.post(f"{path}/hand-back", data={"note": "wants a refund"})).status == 303
    assert (await _state(site, number)).mode is Mode.BOT
    noted = await site.database.read(lambda c: c.execute(select(models.notes.c.text)).scalars().all())
    assert noted == ["wants a refund"]
    rows = await site.database.read(audit.newest)
    assert [row.action for row in rows if row.action.startswith("conversation.")] == [
        "conversation.handed_back",
        "conversation.answered",
        "conversation.taken",
    ]
    assert "refund" not in repr(rows) and "line" not in repr(rows)


async def test_of_two_staff_the_second_reads_who_has_it_and_may_take_it_from_them(
    site: Site, hired: Hired
) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    grace = await hired("Grace")
    assert (await grace.post(f"{path}/take")).status == 303
    answer = await site.post(f"{path}/take", headers=IN_PLACE)
    shown = await answer.text()
    assert answer.status == 409 and "Grace is answering" in shown and "was faster" in shown
    assert 'name="text"' not in shown, "nobody writes over somebody else"
    refused = await site.post(f"{path}/reply", data={"text": "me too"}, headers=IN_PLACE)
    assert refused.status == 409 and "me too" in await refused.text(), "what was typed is not lost"
    assert await _out(site, number) == []
    [holder] = re.findall(r'name="instead_of" value="(\d+)"', shown)
    assert (await site.post(f"{path}/take", data={"instead_of": holder})).status == 303
    assert (await _state(site, number)).staff_name == "Ada Lovelace"
    late = await grace.post(f"{path}/reply", data={"text": "one more thing"}, headers=IN_PLACE)
    assert late.status == 409 and await _out(site, number) == []
    assert (await grace.post(f"{path}/take", data={"instead_of": holder})).status == 409, "Ada has it now"


async def test_with_the_window_closed_only_a_template_can_be_sent(site: Site) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    await site.post(f"{path}/take")
    assert "for another" in await _composer(site, number)
    await _later(site, 25)
    shown = await _composer(site, number)
    assert re.search(r'<textarea id="composer-text"[^>]* disabled', shown) and "window closed" in shown
    answer = await site.post(f"{path}/reply", data={"text": "hello again"}, headers=IN_PLACE)
    assert answer.status == 409 and await _out(site, number) == []
    form = {"template": "hello_again", "language": "pt_BR", "values": "Grace\n", "text": "Hello again, Grace"}
    assert (await site.post(f"{path}/reply", data={**form, "template": ""}, headers=IN_PLACE)).status == 422
    assert (await site.post(f"{path}/reply", data=form)).status == 303
    [part] = await _out(site, number)
    assert part["payload"]["name"] == "hello_again" and part["payload"]["values"] == ["Grace"]


async def test_a_channel_without_templates_says_that_nothing_can_be_sent(site: Site) -> None:
    number = await _open(site, window_until=site.clock.now() + HOUR)

    class Beta(Alpha):
        caps = Capabilities(text_limit=20, text_unit=Unit.CODEPOINTS, reply_window=timedelta(hours=24))

    site.inbound.channels["alpha"] = Beta()
    await site.post(f"/admin/inbox/{number}/take")
    await _later(site, 2)
    shown = await _composer(site, number)
    assert "this platform has no templates" in shown and "Send a template" not in shown
    form = {"template": "hello", "language": "en", "text": "Hello"}
    assert (await site.post(f"/admin/inbox/{number}/reply", data=form, headers=IN_PLACE)).status == 409
    assert await _out(site, number) == []


@pytest.mark.parametrize("mode", ["opted_out", "blocked"])
async def test_who_wants_no_messages_cannot_be_taken_over(site: Site, mode: str) -> None:
    number = await _open(site, mode=mode)
    assert "Nothing may be sent" in await _composer(site, number)
    answer = await site.post(f"/admin/inbox/{number}/take", headers=IN_PLACE)
    assert answer.status == 409 and (await _state(site, number)).mode == mode


async def test_a_paused_one_and_one_that_asked_for_a_person_can_be_taken_over(site: Site) -> None:
    number = await _open(site, mode="paused", mode_reason="looks like another bot")
    asked = await _talk(site, mode="human", peer="asked")
    assert "looks like another bot" in await _composer(site, number)
    shown = await _composer(site, asked)
    assert "asked for a member of staff" in shown and 'data-action="hand_back"' in shown
    for one in (number, asked):
        assert (await site.post(f"/admin/inbox/{one}/take")).status == 303
        assert (await _state(site, one)).staff_name == "Ada Lovelace"


async def test_viewers_see_who_answers_and_can_do_nothing(site: Site, hired: Hired) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    viewer = await hired("Vera", "viewer")
    shown = await _composer(viewer, number)
    assert "The model answers here" in shown and "<form" not in shown
    for act in ("take", "reply", "hand-back", "keep", "draft"):
        assert (await viewer.post(f"{path}/{act}", data={"text": "x"})).status == 403
    assert (await viewer.get("/admin/canned")).status == 403


async def test_the_last_five_minutes_are_told_and_can_be_prolonged(site: Site) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    await site.post(f"{path}/take")
    assert re.search(r"data-soon hidden", await _composer(site, number))
    site.clock.advance(12 * 3600 - 240)
    shown = await _composer(site, number)
    assert re.search(r"data-soon>", shown) and "4 min" in shown
    answer = await site.post(f"{path}/keep", data={"text": "half a sent"}, headers=IN_PLACE)
    assert "half a sent" in await answer.text(), "what was typed stays"
    assert (await _state(site, number)).hand_back_at == site.clock.now() + 12 * HOUR


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 4001])
async def test_an_empty_or_endless_reply_is_refused_and_not_lost(site: Site, words: str) -> None:
    number = await _open(site)
    await site.post(f"/admin/inbox/{number}/take")
    answer = await site.post(f"/admin/inbox/{number}/reply", data={"text": words}, headers=IN_PLACE)
    assert answer.status == 422 and words.strip() in await answer.text()
    assert await _out(site, number) == []


async def test_a_draft_is_written_by_the_model_and_sent_to_nobody(site: Site, hired: Hired) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    assert (await site.post(f"{path}/draft", headers=IN_PLACE)).status == 409, "only who has it asks for one"
    await site.post(f"{path}/take")
    answer = await site.post(f"{path}/draft", headers=IN_PLACE)
    assert "The model writes a draft" in await answer.text()
    trial = await site.database.write(trials.claim, "worker", site.clock.now(), HOUR)
    assert trial is not None and trial.kind == "draft"
    assert [turn.text for turn in trial.prompt.turns] == ["is anybody there?"]
    await site.database.write(
        trials.finish,
        trial.id,
        "worker",
        answer="Yes, <we> are.",
        usage=trials.TrialUsage(),
        now=site.clock.now(),
    )
    shown = await (await site.get(f"{path}/draft/{trial.id}", headers=IN_PLACE)).text()
    assert "Yes, &lt;we&gt; are." in shown and "data-use-draft" in shown
    assert await _out(site, number) == []
    whole = await (await site.get(f"{path}/draft/{trial.id}")).text()
    assert "Yes, &lt;we&gt; are.</textarea>" in whole, "without JavaScript it stands in the reply"
    other = await _talk(site, peer="other")
    assert (await site.get(f"/admin/inbox/{other}/draft/{trial.id}")).status == 404
    grace = await hired("Grace")
    assert (await grace.get(f"{path}/draft/{trial.id}")).status == 404


async def test_there_is_no_draft_when_the_last_word_is_ours(site: Site) -> None:
    number = await _open(site)
    path = f"/admin/inbox/{number}"
    await site.post(f"{path}/take")
    await site.post(f"{path}/reply", data={"text": "Here I am."})
    answer = await site.post(f"{path}/draft", headers=IN_PLACE)
    assert answer.status == 409 and "nothing to draft" in await answer.text()
    assert answer.headers["HX-Retarget"] == "#composer", "not inside the place of the draft"


# --- canned replies --------------------------------------------------------------------------------------


async def test_administrators_write_canned_replies_and_reviewers_read_them(site: Site, hired: Hired) -> None:
    await site.set_up()
    form = {"shortcut": "/Hours", "language": "en", "text": "Hello {name},\r\nwe open at nine. <b>"}
    assert (await site.post("/admin/canned", data=form)).status == 303
    [one] = await site.database.read(canned.every)
    assert (one.shortcut, one.text) == ("hours", "Hello {name},\nwe open at nine. <b>")
    twice = await site.post("/admin/canned", data=form)
    assert twice.status == 409 and "we open at nine. &lt;b&gt;</textarea>" in await twice.text()
    bad = await site.post(f"/admin/canned/{one.id}", data={**form, "shortcut": "öffnung"})
    assert bad.status == 422
    await site.post(f"/admin/canned/{one.id}", data={**form, "text": "We open at ten."})
    reviewer = await hired("Grace")
    shown = await (await reviewer.get("/admin/canned")).text()
    assert "We open at ten." in shown and '<form method="post" action="/admin/canned' not in shown
    assert (await reviewer.post("/admin/canned", data=form)).status == 403
    assert (await site.post(f"/admin/canned/{one.id}/delete")).status == 303
    assert await site.database.read(canned.every) == []


async def test_a_slash_and_a_word_send_the_text_in_the_persons_language_with_their_name(site: Site) -> None:
    number = await _open(site, language="pt")
    for language, text in (("en", "Hello {name}!"), ("pt", "Olá {name}!")):
        await site.database.write(canned.add, "hi", language, text, 1, site.clock.now())
    await site.post(f"/admin/inbox/{number}/take")
    assert "Grace Hopper" in await _composer(site, number)
    await site.post(f"/admin/inbox/{number}/reply", data={"text": "/hi"})
    await site.post(f"/admin/inbox/{number}/reply", data={"text": "/unknown"})
    texts = [part["payload"]["text"] for part in await _out(site, number)]
    assert texts == ["Olá Grace Hopper!", "/unknown"]


def test_a_text_for_somebody_without_a_name_closes_up() -> None:
    assert canned.filled("Hello {name}, how are you?", None) == "Hello, how are you?"
    assert canned.filled("{name}, hello", "  Ana \n Sousa ") == "Ana Sousa, hello"


async def test_the_person_is_told_who_answers_now_when_staff_want_it(site: Site) -> None:
    number = await _open(site, language="pt-BR")
    assert (await site.post(f"/admin/inbox/{number}/take", data={"tell": "on"})).status == 303
    said = " ".join(part["payload"]["text"] for part in await _out(site, number))
    assert said == "Agora responde-lhe alguém da equipa."
    other = await _talk(site, peer="late", window_until=site.clock.now())
    assert (await site.post(f"/admin/inbox/{other}/take", data={"tell": "on"})).status == 303
    assert (await _state(site, other)).taken_by is not None and await _out(site, other) == []


# --- the person sees that somebody writes ----------------------------------------------------------------


class Seen(Alpha):
    """A channel that shows who is writing."""

    caps = replace(Alpha.caps, typing_every=timedelta(seconds=4))

    def __init__(self) -> None:
        self.shown: list[tuple[str, str | None]] = []

    async def typing(self, address: Address, newest: str | None) -> None:
        self.shown.append((address.peer, newest))
        raise Unavailable("the platform is away")


async def test_the_person_sees_that_staff_are_writing_and_only_then(site: Site) -> None:
    number = await _open(site)
    channel = site.inbound.channels["alpha"] = Seen()
    path = f"/admin/inbox/{number}"

    async def typed() -> int:
        assert (await site.post(f"{path}/typing")).status == 204
        await asyncio.sleep(0.01)
        return len(channel.shown)

    assert await typed() == 0, "the model answers here"
    await site.post(f"{path}/take")
    assert await typed() == 1
    row = await site.database.read(
        lambda c: c.execute(
            select(models.conversations.c.peer, models.messages.c.external_id)
            .join(models.messages, models.messages.c.conversation == models.conversations.c.id)
            .where(models.messages.c.direction == "in")
        ).one()
    )
    assert channel.shown == [tuple(row)]
    assert await typed() == 1, "it is still shown"
    await site.post(f"{path}/hand-back")
    assert (await site.post("/admin/inbox/999/typing")).status == 204


async def test_a_channel_that_shows_no_typing_is_asked_for_none(site: Site) -> None:
    number = await _open(site)
    await site.post(f"/admin/inbox/{number}/take")
    assert (await site.post(f"/admin/inbox/{number}/typing")).status == 204


# --- in a browser ----------------------------------------------------------------------------------------


@pytest.mark.browser
async def test_with_the_keyboard_alone_staff_take_over_answer_and_hand_back(site: Site, browser: Any) -> None:
    number = await _open(site)
    await site.database.write(canned.add, "hi", "en", "Hello {name}!", 1, site.clock.now())
    now = site.clock.now()
    tab = await open_tab(browser, site)
    page = tab.page
    await sign_in(tab)
    await page.goto(f"/admin/inbox/{number}")
    await page.locator("#live.on").wait_for(**WAIT)
    await page.keyboard.press("t")
    await page.locator("#composer.who-mine").wait_for(**WAIT)
    await page.keyboard.press("r")
    await page.keyboard.type("/h")
    await page.get_by_role("option", name="/hi").wait_for(**WAIT)
    await page.keyboard.press("Enter")
    assert await page.locator("#composer-text").input_value() == "Hello Grace Hopper!"
    # Somebody writes meanwhile, and the window moves: nothing that was typed goes away.
    change = update(models.conversations).values(window_until=now + 30 * HOUR)
    await site.database.write(lambda connection: connection.execute(change))
    frame = {"kind": "message", "conversation": number, "seq": 2}
    async with page.expect_response(re.compile("/composer$")):
        await site.bus.publish("staff", orjson.dumps(frame))
    await page.keyboard.press("Control+Enter")
    await page.locator(".message.by-staff", has_text="Hello Grace Hopper!").wait_for(**WAIT)
    assert await page.locator("#composer-text").input_value() == ""
    await page.keyboard.press("Escape")
    await page.keyboard.press("h")
    await page.locator("#composer.who-bot").wait_for(**WAIT)
    assert [part["payload"]["text"] for part in await _out(site, number)] == ["Hello Grace Hopper!"]
    # Who pressed a button goes on where the next thing is done, not at the top of the page.
    await page.get_by_role("button", name="Take over").focus()
    await page.keyboard.press("Enter")
    await page.locator("#composer-text:focus").wait_for(**WAIT)
    await page.get_by_role("button", name="Suggest a draft").click()
    await page.locator("#composer > .fault").wait_for(**WAIT)
    assert await page.locator("section.composer").count() == 1
    tab.complaints.clear()  # Chromium complains of every answer that is a refusal
    await page.get_by_role("button", name="Hand back").focus()
    await page.keyboard.press("Enter")
    await page.locator("#composer [data-action=take_over]:focus").wait_for(**WAIT)
    tab.assert_clean()


@pytest.mark.browser
async def test_the_second_reader_sees_at_once_who_answers_and_keeps_what_they_typed(
    site: Site, hired: Hired, browser: Any
) -> None:
    number = await _open(site)
    grace = await hired("Grace")
    tab = await open_tab(browser, site, viewport={"width": 360, "height": 740})
    page = tab.page
    await sign_in(tab)
    await page.goto(f"/admin/inbox/{number}")
    await page.locator("#live.on").wait_for(**WAIT)
    await page.get_by_role("button", name="Take over").click()
    await page.get_by_label("Your reply").fill("half a sentence")
    state = await _state(site, number)
    await grace.post(f"/admin/inbox/{number}/take", data={"instead_of": str(state.taken_by)})
    await page.get_by_text("Grace is answering").wait_for(**WAIT)
    assert "UTC" not in await page.locator("#composer .holder").inner_text(), "local times, as everywhere"
    assert await page.locator("#composer textarea").input_value() == "half a sentence"
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.assert_clean()
