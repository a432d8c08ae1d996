"""Promises about the personas' pages: drafts, what changed, publishing, going back, trying."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from assistant.published import PUBLISHED_TOPIC
from assistant.store import models, personas, trials, versions
from assistant.store.personas import Content
from assistant.store.trials import TrialState
from assistant.web.difference import Change, words

from .conftest import Site, add_conversation, add_message

PAGE = "/admin/personas"
DRAFT = {"name": "Ada", "persona": "You are Ada. Be brief.", "comment": "first"}


async def drafted(site: Site, **values: str) -> int:
    """A draft through the form; its id."""
    answer = await site.post(PAGE, data={**DRAFT, **values})
    assert answer.status == 303, await answer.text()
    return int(answer.headers["Location"].rsplit("/", 1)[1])


async def published(site: Site, version: int, place: str = ":") -> None:
    seen = await site.database.read(versions.in_force, personas.KIND)
    channel = place.strip(":")
    newest = seen.get(None if channel in ("", "*") else channel)
    place = f"{newest.id if newest else 0}:{channel}"
    answer = await site.post(f"{PAGE}/publish", data={"version": str(version), "place": place})
    assert answer.status == 303, await answer.text()


async def shown(site: Site, path: str = PAGE, **options: Any) -> str:
    answer = await site.get(path, **options)
    assert answer.status == 200, await answer.text()
    return await answer.text()


async def as_role(site: Site, role: str) -> None:
    await site.database.write(lambda c: c.execute(update(models.staff).values(role=role)))


# --- what changed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("You are Ada. Be brief.", "You are Bob. Be brief.", "You are [Ada]{Bob}. Be brief."),
        ("a b c", "a c", "a [b][ ]c"),
        ("a c", "a b c", "a {b} c"),
        ("same  words", "same words", "same words"),
        ("don't stop", "don't ever stop", "don't {ever} stop"),
        ("one\ntwo", "one\n\ntwo", "one\n{\n}two"),
        ("o que é não", "o que é sim", "o que é [não]{sim}"),
        ("", "new", "{new}"),
        ("Tell 12 May.", "Tell 13 May!", "Tell [12]{13} May[.]{!}"),
    ],
)
def test_a_difference_marks_exactly_the_words_that_changed(before: str, after: str, marked: str) -> None:
    ends = {Change.KEPT: ("", ""), Change.REMOVED: ("[", "]"), Change.ADDED: ("{", "}")}
    found = words(before, after)
    assert "".join(ends[one.change][0] + one.text + ends[one.change][1] for one in found) == marked


def test_what_is_kept_and_added_is_the_new_text_and_repetition_costs_no_seconds() -> None:
    before, after = "a " * 4000, "a b " * 2000 + "end"
    found = words(before, after)
    assert "".join(one.text for one in found if one.change is not Change.REMOVED) == after


# --- the pages -------------------------------------------------------------------------------------------


async def test_before_the_first_draft_the_settings_file_is_in_force(site: Site) -> None:
    await site.set_up()
    text = await shown(site)
    assert "No versions yet." in text and "nothing is published yet" in text
    assert site.context.settings.persona[:30] in unescape(await shown(site, f"{PAGE}/0"))
    form = await shown(site, f"{PAGE}/new")
    assert site.context.settings.persona[:30] in unescape(form)


async def test_a_draft_is_published_everywhere_and_rolled_back_with_one_click(site: Site) -> None:
    await site.set_up()
    one = await drafted(site)
    assert ">draft<" in await shown(site)
    await published(site, one)
    two = await drafted(site, persona="You are Ada. Be long.")
    await published(site, two)
    text = await shown(site)
    assert "Back to Ada v1" in text
    [place] = re.findall(
        r'action="/admin/personas/rollback"><input type="hidden" name="place" value="([^"]+)"', text
    )
    async with site.bus.subscribe(PUBLISHED_TOPIC) as frames:
        answer = await site.post(f"{PAGE}/rollback", data={"place": place})
        assert answer.status == 303
        assert b"persona" in await anext(aiter(frames)), "workers are told at once"
    contents = await site.database.read(personas.contents)
    assert contents[None][0] == one
    again = await site.post(f"{PAGE}/rollback", data={"place": place})
    assert again.status == 409, "who pressed the same button a moment later changes nothing"
    assert (await site.database.read(personas.contents))[None][0] == one


async def test_a_version_shows_the_words_that_changed_since_the_one_before_and_since_any_other(
    site: Site,
) -> None:
    await site.set_up()
    one = await drafted(site)
    two = await drafted(site, persona="You are Bob. Be brief.", temperature="0.5", tool_get_time="on")
    text = await shown(site, f"{PAGE}/{two}")
    assert "You are <del>Ada</del><ins>Bob</ins>. Be brief." in text
    assert "<del>as in the settings file</del> <ins>0.5</ins>" in text
    part = await shown(site, f"{PAGE}/{one}?against={two}", headers={"HX-Request": "true"})
    assert "You are <del>Bob</del><ins>Ada</ins>. Be brief." in part and "<html" not in part
    assert "They say the same." in await shown(site, f"{PAGE}/{one}?against={one}")


async def test_publishing_for_one_channel_or_for_all_says_so_on_the_list(site: Site) -> None:
    await site.set_up()
    one, two = await drafted(site), await drafted(site, name="Bob")
    await published(site, one)
    await published(site, two, ":alpha")
    contents = await site.database.read(personas.contents)
    assert {place: version for place, (version, _) in contents.items()} == {None: one, "alpha": two}
    assert '<span class="badge mode-human">Alpha</span>' in await shown(site)
    await published(site, one, ":*")
    contents = await site.database.read(personas.contents)
    assert {place: version for place, (version, _) in contents.items()} == {None: one}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 65),
        ("persona", " \n "),
        ("persona", "x" * 8001),
        ("temperature", "hot"),
        ("temperature", "2.5"),
        ("temperature", "nan"),
        ("max_tokens", "0"),
        ("max_tokens", "1.5"),
    ],
)
async def test_a_field_that_is_wrong_says_so_and_nothing_that_was_typed_is_lost(
    site: Site, field: str, value: str
) -> None:
    await site.set_up()
    answer = await site.post(PAGE, data={**DRAFT, field: value})
    text = await answer.text()
    assert answer.status == 422
    assert f'aria-describedby="fault-{field}"' in text and f'id="fault-{field}"' in text
    assert field == "persona" or DRAFT["persona"] in text
    assert await site.database.read(versions.newest, personas.KIND) == []


async def test_words_of_any_length_that_is_allowed_and_any_script_are_kept(site: Site) -> None:
    await site.set_up()
    persona = ("Отвечай кратко. <script>alert(1)</script> " * 300)[:8000].strip()
    made = await drafted(site, persona=persona, name="<b>Ада</b>")
    kept = await site.database.read(versions.get, personas.KIND, made)
    assert Content.load(kept.content) == Content(persona=persona)
    for path in (PAGE, f"{PAGE}/{made}", f"{PAGE}/new?from={made}"):
        text = await shown(site, path)
        assert "<script>alert" not in text and "<b>Ада" not in text


async def test_viewers_read_reviewers_draft_and_only_administrators_publish(site: Site) -> None:
    await site.set_up()
    one = await drafted(site)
    await published(site, one)
    await as_role(site, "reviewer")
    assert 'action="/admin/personas/publish"' not in await shown(site, f"{PAGE}/{one}")
    assert await drafted(site) > one
    for path in ("publish", "rollback"):
        answer = await site.post(f"{PAGE}/{path}", data={"version": str(one), "place": "0:"})
        assert answer.status == 403
    await as_role(site, "viewer")
    text = await shown(site, f"{PAGE}/{one}")
    assert "New draft" not in text and 'id="try"' not in text
    for path in (PAGE, f"{PAGE}/inputs", f"{PAGE}/{one}/try"):
        assert (await site.post(path, data=DRAFT)).status == 403
    assert (await site.get(f"{PAGE}/new")).status == 403


@pytest.mark.parametrize("place", ["", "0", "x:", "0:nowhere", "-1:", "0:alpha:"])
async def test_nothing_is_published_in_a_place_that_is_none(site: Site, place: str) -> None:
    await site.set_up()
    one = await drafted(site)
    answer = await site.post(f"{PAGE}/publish", data={"version": str(one), "place": place})
    assert answer.status == 400
    assert (await site.post(f"{PAGE}/publish", data={"version": "99", "place": "0:"})).status == 404


async def test_verdicts_stand_beside_the_version_that_was_judged(site: Site) -> None:
    await site.set_up()
    one, now = await drafted(site), site.clock.now()

    def seed(connection: Connection) -> None:
        here = add_conversation(connection, now)
        for number in range(1, 11):
            turn = connection.execute(
                insert(models.turns)
                .values(
                    conversation=here,
                    lo_seq=number,
                    hi_seq=number,
                    cause="message",
                    lane="interactive",
                    state="committed",
                    started_at=now,
                    persona_version=one,
                )
                .returning(models.turns.c.id)
            ).scalar_one()
            message = add_message(connection, here, number, now, "x", out=True, turn=turn)
            verdict = "good" if number < 9 else "bad"
            connection.execute(
                insert(models.reviews).values(
                    message=message, source="staff", verdict=verdict, created_at=now
                )
            )

    await site.database.write(seed)
    text = await shown(site)
    assert "80 % good" in text and "49–94 %, of 10" in text
    assert "80 % good" in await shown(site, f"{PAGE}/{one}")


async def test_a_version_is_tried_on_saved_inputs_and_nobody_is_sent_anything(site: Site) -> None:
    await site.set_up()
    one = await drafted(site, temperature="0", safety="Never shout.")
    inputs = {"version": str(one), "input1": "Who are you?", "input3": "<i>hm</i>"}
    answer = await site.post(f"{PAGE}/inputs", data=inputs)
    assert (answer.status, answer.headers["Location"]) == (303, f"{PAGE}/{one}#try")
    answer = await site.post(f"{PAGE}/{one}/try")
    place = answer.headers["Location"].removesuffix("#try")
    text = await shown(site, place)
    assert text.count("waits for the model") == 2 and 'hx-trigger="every 2s"' in text
    numbers = [int(number) for number in place.rsplit("=", 1)[1].split(",")]
    asked = [await site.database.read(trials.get, number) for number in numbers]
    assert [trial.prompt.turns[0].text for trial in asked if trial] == ["Who are you?", "<i>hm</i>"]
    assert asked[0] is not None
    assert [slot.text for slot in asked[0].prompt.slots if slot.text] == [DRAFT["persona"], "Never shout."]
    assert asked[0].sampling.temperature == 0

    def done(connection: Connection) -> None:
        connection.execute(
            update(models.trials).values(
                state=TrialState.DONE.value, answer="I am <b>Ada</b>.", ended_at=site.clock.now()
            )
        )

    await site.database.write(done)
    part = await shown(
        site, f"{PAGE}/{one}/tries?of={','.join(map(str, numbers))}", headers={"HX-Request": "true"}
    )
    assert part.count("I am &lt;b&gt;Ada&lt;/b&gt;.") == 2 and "hx-trigger" not in part
    sent = await site.database.read(lambda c: c.execute(select(models.outbox.c.id)).all())
    assert sent == []


async def test_only_previews_are_shown_as_tries(site: Site) -> None:
    """Another kind of trial may hold a real person's words."""
    await site.set_up()
    one = await drafted(site)
    await site.post(f"{PAGE}/inputs", data={"input1": "hello"})
    await site.post(f"{PAGE}/{one}/try")
    await site.database.write(lambda c: c.execute(update(models.trials).values(kind="draft")))
    assert "waits for the model" not in await shown(site, f"{PAGE}/{one}?tries=1,2,x,99999999999999999999")


# --- what visitors may choose among ----------------------------------------------------------------------


async def test_a_published_version_is_offered_to_visitors_renamed_and_retired(site: Site) -> None:
    await site.set_up()
    assert "None yet." in await shown(site)
    assert 'id="offer-title"' not in await shown(site), "nothing was published that could be offered"
    version = await drafted(site)
    await published(site, version)
    answer = await site.post(f"{PAGE}/offers", data={"title": "The <b>pirate</b>", "version": str(version)})
    assert (answer.status, answer.headers["Location"]) == (303, f"{PAGE}#offers")
    [offer] = await site.database.read(personas.offered)
    assert (offer.title, offer.version) == ("The <b>pirate</b>", version)
    assert "The &lt;b&gt;pirate&lt;/b&gt;" in await shown(site)
    answer = await site.post(f"{PAGE}/offers/{offer.id}", data={"title": "Captain"})
    assert answer.status == 303 and "Captain" in await shown(site)
    answer = await site.post(f"{PAGE}/offers/{offer.id}/retire")
    assert answer.status == 303 and "Captain" not in await shown(site)
    assert await site.database.read(personas.offered) == []


async def test_a_title_that_cannot_be_taken_is_told_beside_its_field(site: Site) -> None:
    await site.set_up()
    version = await drafted(site)
    await published(site, version)
    for title in ("Ada", "Bob"):
        await site.post(f"{PAGE}/offers", data={"title": title, "version": str(version)})
    first, second = await site.database.read(personas.offered)
    for path, title in (
        (f"{PAGE}/offers", "Ada"),
        (f"{PAGE}/offers", " "),
        (f"{PAGE}/offers", "x" * 65),
        (f"{PAGE}/offers/{second.id}", "Ada"),
        (f"{PAGE}/offers/{first.id}", ""),
    ):
        answer = await site.post(path, data={"title": title, "version": str(version)})
        assert answer.status == 422, (path, title)
        assert 'role="alert"' in await answer.text()
    assert [one.title for one in await site.database.read(personas.offered)] == ["Ada", "Bob"]


async def test_only_administrators_offer_and_drafts_are_not_offered(site: Site) -> None:
    await site.set_up()
    draft = await drafted(site)
    answer = await site.post(f"{PAGE}/offers", data={"title": "Ada", "version": str(draft)})
    assert answer.status == 422
    await published(site, draft)
    await as_role(site, "reviewer")
    answer = await site.post(f"{PAGE}/offers", data={"title": "Ada", "version": str(draft)})
    assert answer.status == 403
    assert "offer-title" not in await shown(site)
