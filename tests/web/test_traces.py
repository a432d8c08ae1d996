"""The trace of a reply: what was recorded and nothing else, words only for who may read them, replays sent to nobody."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from assistant.store import models, traces, trials
from assistant.store.traces import Attempt
from assistant.store.trials import TrialUsage
from assistant.web.admin.traces import curl
from assistant.web.waterfall import Span, waterfall

from .conftest import Site, add_message
from .replies import PERSONA, add_reply, at
from .test_pages import PAYLOADS, escaped

HTMX = {"HX-Request": "true"}


async def as_role(site: Site, role: str) -> None:
    await site.database.write(lambda connection: connection.execute(update(models.staff).values(role=role)))


async def shown(site: Site, message: int, part: str = "timeline") -> str:
    answer = await site.get(f"/admin/traces/{message}?part={part}")
    assert answer.status == 200, part
    return await answer.text()


async def actions(site: Site) -> list[tuple[str, str]]:
    query = select(models.audit.c.action, models.audit.c.target).order_by(models.audit.c.id)
    rows = await site.database.read(lambda connection: connection.execute(query).all())
    return [(action, target) for action, target in rows if action.startswith("tr")]


async def spans(site: Site, message: int) -> dict[str, Span]:
    found = await site.database.read(traces.find, message, words=False)
    assert found is not None
    return {span.label: span for span in waterfall(found).spans}


async def test_every_span_is_told_in_milliseconds_and_as_a_part_of_the_whole(site: Site) -> None:
    await site.set_up()
    message, _, _ = await site.database.write(add_reply, site.clock.now())
    found = await site.database.read(traces.find, message, words=False)
    assert found is not None
    fall = waterfall(found)
    told = [(span.label.split(",")[0].split(" (")[0], span.start, span.took) for span in fall.spans]
    assert told == [
        ("More messages came", 0, 1000),
        ("Pause for more words", 1000, 1000),
        ("Checks", 2000, 250),
        ("Context is put together", 2250, 250),
        ("Prompt is read", 2500, 500),
        ("Answer is written", 3000, 2000),
        ("Tool get_time", None, 12),
        ("Waits to be sent", 5000, 500),
        ("Request 1", 5500, 500),
        ("Waits to be sent", 6000, 1500),
        ("Request 2", 7500, 500),
        ("Until it was read", 8000, 3_592_000),
    ]
    assert fall.whole == 8000, "that it was read an hour later does not dwarf the rest"
    shares = [span.share for span in fall.spans if span.share is not None]
    assert sum(shares) == pytest.approx(100, abs=0.1)
    text = await shown(site, message)
    assert "12.5 %" in text and "HTTP 503" in text and "tiny-1" in text and "20.5 tokens a second" in text


async def test_what_was_not_recorded_is_not_invented(site: Site) -> None:
    await site.set_up()
    gone: dict[str, Any] = {
        "claimed_at": None,
        "asked_at": None,
        "first_token_at": None,
        "sampling": None,
        "finish": None,
    }
    message, _, _ = await site.database.write(add_reply, site.clock.now(), **gone)
    found = await spans(site, message)
    assert [span.took for label, span in found.items() if label.startswith(("Pause", "Context"))] == [
        None,
        None,
    ]
    assert "not recorded" in await shown(site, message)


async def test_viewers_see_figures_and_none_of_the_words(site: Site) -> None:
    await site.set_up()
    message, _, _ = await site.database.write(add_reply, site.clock.now())
    await as_role(site, "viewer")
    timeline, platform = await shown(site, message), await shown(site, message, "platform")
    assert "321 prompt" in timeline and "HTTP 503" in platform
    for secret in (PERSONA, "When do you open?", "At nine.", "15550001234", "graph.example.org"):
        assert secret not in timeline + platform
    for part in ("prompt", "tools", "replay"):
        assert (await site.get(f"/admin/traces/{message}?part={part}")).status == 403
        assert f"part={part}" not in timeline
    form = {"temperature": "1", "top_p": "1", "max_tokens": "9"}
    assert (await site.post(f"/admin/traces/{message}/replay", data=form)).status == 403
    found = await site.database.read(traces.find, message, words=False)
    assert found is not None and found.turn is not None and found.turn.prompt is None
    assert (found.steps[0].input, found.sent[0].attempts[0].request, found.reply.text) == (None, "", ())


async def test_reviewers_read_the_prompt_as_it_was_and_what_it_left_out(site: Site) -> None:
    await site.set_up()
    message, _, _ = await site.database.write(add_reply, site.clock.now())
    await as_role(site, "reviewer")
    text = await shown(site, message, "prompt")
    assert PERSONA.replace("'", "&#39;") in text and "<mark>&lt;|eot_id|&gt;</mark>" in text
    assert "up to number 40" in text and "lost its middle" in text and "get_time, gone" in text
    assert "get_time" in (tools := await shown(site, message, "tools")) and "12:00" in tools
    platform = await shown(site, message, "platform")
    assert "access_token=$TOKEN" in platform and "[secret]" not in platform.split("From a shell")[1][:300]


async def test_reading_a_trace_is_on_record_once_and_without_a_word_of_it(site: Site) -> None:
    await site.set_up()
    message, _, _ = await site.database.write(add_reply, site.clock.now())
    for part in ("timeline", "platform", "prompt", "prompt", "tools"):
        await shown(site, message, part)
    assert await actions(site) == [
        ("trace.read", f"message:{message}"),
        ("trace.words_read", f"message:{message}"),
    ]


async def test_a_trace_that_is_gone_says_so_and_a_message_of_staff_has_none(site: Site) -> None:
    await site.set_up()
    message, here, turn = await site.database.write(add_reply, site.clock.now())

    await site.database.write(lambda c: c.execute(update(models.turns).values(prompt=None)))
    assert "The prompt is gone" in await shown(site, message, "prompt")
    assert "The prompt is gone" in await shown(site, message, "replay")
    form = {"temperature": "1", "top_p": "1", "max_tokens": "9"}
    assert (await site.post(f"/admin/traces/{message}/replay", data=form)).status == 404
    await site.database.write(lambda c: c.execute(delete(models.steps)))
    await site.database.write(lambda c: c.execute(delete(models.turns).where(models.turns.c.id == turn)))
    for part in ("timeline", "platform", "prompt", "tools", "replay"):
        assert "The trace is gone" in await shown(site, message, part)
    written = await site.database.write(
        lambda c: add_message(c, here, 4, site.clock.now(), "by hand", out=True, author="staff")
    )
    assert "No model wrote this" in await shown(site, written)
    asked = await site.database.read(
        lambda c: c.execute(select(models.messages.c.id).where(models.messages.c.seq == 1)).scalar()
    )
    for nobody in (asked, 999_999):
        assert (await site.get(f"/admin/traces/{nobody}")).status == 404


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_whatever_was_said_is_shown_literally(site: Site, payload: str) -> None:
    await site.set_up()
    message, here, turn = await site.database.write(
        add_reply, site.clock.now(), asked=payload, answer=payload, tool=payload, model=payload
    )
    trial = await _asked(site, here, turn)
    await site.database.write(
        trials.claim, "worker", site.clock.now(), at(site.clock.now(), 9) - site.clock.now()
    )
    usage = TrialUsage(finish="stop", wanted=(payload,))
    await site.database.write(
        trials.finish, trial, "worker", answer=payload, usage=usage, now=site.clock.now()
    )
    for part in ("prompt", "tools", "replay"):
        text = await shown(site, message, part)
        assert escaped(payload) in text or payload.replace('"', "\\&#34;") in text, part
        if escaped(payload) != payload:
            assert payload not in text, part


async def _asked(site: Site, conversation: int, turn: int) -> int:
    found: int = await site.database.write(
        trials.ask,
        kind="replay",
        prompt=trials.load_prompt({}),
        sampling=trials.load_sampling({}),
        staff=None,
        now=site.clock.now(),
        conversation=conversation,
        turn=turn,
    )
    return found


async def test_a_reply_is_tried_again_with_other_parameters_and_shown_beside_the_original(site: Site) -> None:
    await site.set_up()
    message, here, turn = await site.database.write(add_reply, site.clock.now())
    await as_role(site, "reviewer")
    before = await _sent(site)
    form = {"temperature": "1,2", "top_p": "0.5", "max_tokens": "64", "model": "another"}
    answer = await site.post(f"/admin/traces/{message}/replay", data=form)
    assert answer.status == 303
    [trial] = await site.database.read(trials.of_turn, here, turn)
    assert (trial.sampling.temperature, trial.sampling.top_p, trial.sampling.max_tokens) == (1.2, 0.5, 64)
    assert trial.prompt.slots[0].text == PERSONA and [tool.name for tool in trial.prompt.tools] == [
        "get_time"
    ]
    assert answer.headers["Location"] == f"/admin/traces/{message}?part=replay#trial-{trial.id}"
    part = f"/admin/traces/{message}/trials/{trial.id}"
    waiting = await (await site.get(part, headers=HTMX)).text()
    assert 'hx-trigger="every 1s"' in waiting and waiting.lstrip().startswith("<section")
    lease = at(site.clock.now(), 60) - site.clock.now()
    await site.database.write(trials.claim, "worker", site.clock.now(), lease)
    usage = TrialUsage(prompt=300, completion=7, finish="stop", took_ms=1234)
    await site.database.write(
        trials.finish, trial.id, "worker", answer="At ten.", usage=usage, now=site.clock.now()
    )
    done = await (await site.get(part, headers=HTMX)).text()
    assert "At ten." in done and "1.23 s" in done and "hx-trigger" not in done
    assert "At nine." in (both := await shown(site, message, "replay")) and "At ten." in both
    assert await _sent(site) == before, "nothing is sent"
    assert ("trial.asked", f"trial:{trial.id}") in await actions(site)


async def _sent(site: Site) -> list[Any]:
    return await site.database.read(
        lambda c: [*c.execute(select(models.outbox)).all(), *c.execute(select(models.messages)).all()]
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("temperature", "3"), ("temperature", "nan"), ("top_p", "0"), ("max_tokens", "1e3"), ("max_tokens", "")],
)
async def test_parameters_that_make_no_sense_are_told_beside_their_field(
    site: Site, field: str, value: str
) -> None:
    await site.set_up()
    message, here, turn = await site.database.write(add_reply, site.clock.now())
    form = {"temperature": "1", "top_p": "1", "max_tokens": "9"} | {field: value}
    answer = await site.post(f"/admin/traces/{message}/replay", data=form)
    text = await answer.text()
    assert answer.status == 422 and re.search(rf'id="{field}"[^>]*aria-invalid', text)
    assert await site.database.read(trials.of_turn, here, turn) == []


async def test_a_trial_is_shown_under_its_own_reply_only(site: Site) -> None:
    await site.set_up()
    message, here, _ = await site.database.write(add_reply, site.clock.now())
    other = await _asked(site, here, 77)
    assert (await site.get(f"/admin/traces/{message}/trials/{other}", headers=HTMX)).status == 404


async def test_the_list_leads_to_the_latest_traces_and_pages_on(site: Site) -> None:
    await site.set_up()
    assert "No reply yet" in await (await site.get("/admin/traces")).text()
    message, _, turn = await site.database.write(add_reply, site.clock.now())
    text = await (await site.get("/admin/traces")).text()
    assert f"/admin/traces/{message}" in text and "321 → 41" in text
    assert "Nothing older" in await (await site.get(f"/admin/traces?before={turn}")).text()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
def test_the_curl_line_means_to_a_shell_what_was_sent() -> None:
    body = '{"text": "it\'s $HOME `id` \\\\ \\" !", "token": "[secret]"}'
    made = curl(
        Attempt(
            method="POST",
            url="https://example.org/bot[token]/send?a=1&b=$(id)",
            status=200,
            request=body,
            response="",
            took_ms=1,
            error=None,
            at=at_any(),
        )
    )
    script = 'TOKEN=secret BOT_TOKEN=bot; curl() { printf "%s\\0" "$@"; }\n' + made
    said = subprocess.run(["bash", "-c", script], capture_output=True, check=True, text=True)
    words = said.stdout.split("\0")
    assert words[:3] == ["-X", "POST", "https://example.org/botbot/send?a=1&b=$(id)"]
    assert words[words.index("--data") + 1] == body.replace("[secret]", "secret")


def at_any() -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, tzinfo=UTC)
