"""A step that does not come out ends the play, says why in a sentence, and leaves nothing turned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.sandbox import Played, Sandbox, StepResult, play
from adapters.sandbox.knobs import active
from adapters.sandbox.scenario_yaml import read

from .running import running

HEAD = """name: x
phones:
  ana: {channel: whatsapp, name: Ana}
  bob: {channel: telegram, name: Bob}
  tom: {channel: comments, name: Tom}
steps:
"""


@pytest.fixture
async def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    async with running(tmp_path, monkeypatch) as (_, started):
        yield started


async def played(sandbox: Sandbox, *lines: str) -> Played:
    return await play(sandbox, read(HEAD + "".join(f"  - {line}\n" for line in lines)))


@pytest.mark.slow
async def test_every_failure_is_a_sentence(sandbox: Sandbox) -> None:
    for lines, says in (
        (["ana: {hears: {within: 100ms}}"], "ana heard nothing within 0.1 s"),
        (["ana: {says: hi}", "ana: {hears: {count: 2, within: 2s}}"], "ana heard only 1 of 2 messages"),
        (["ana: {says: hi}", "ana: {hears: {contains: zebra}}"], "ana heard “You said: hi”, without “zebra”"),
        (
            ["ana: {says: hi}", "ana: {hears: {contains_one_of: [x1, x2]}}"],
            "with none of “x1”, “x2”",
        ),
        (["ana: {says: hi}", "ana: {hears: {kind: image}}"], "ana heard text, not image"),
        (["ana: {says: hi}", "ana: {hears_nothing: 3s}"], "ana heard “You said: hi”"),
        (["ana: {replies: hi}"], "ana has heard nothing yet"),
        (["ana: {edits: hi}"], "ana has said nothing yet"),
        (["ana: {says: hi}", "ana: {edits: ho, of: zebra}"], "ana said nothing with “zebra”"),
        (["ana: {says: hi}", "ana: {reacts: x, to: heard 7}"], "ana has heard only"),
        (["bob: {says: hi}", "bob: unsends"], "nobody takes back what was said on Telegram"),
        (["ana: {presses: Yes}"], "no message has a button “Yes”"),
        (["ana: {says: hi}", "ana: {sees: {status: delivered, of: said 1}}"], "only “read” is reported"),
        (["tom: {sends: image}"], "comments hold words only here"),
        (["replay: telegram"], "nothing was said on telegram yet"),
        (["wire: {status: 599, within: 100ms}"], "the wire log has no such exchange"),
        (
            ["ana: {says: hi}", "wire: {direction: webhook, contains: hi, count: 3, within: 1s}"],
            "such exchanges, not 3",
        ),
    ):
        result = await played(sandbox, *lines, "wait: 0s")
        assert not result.ok and len(result.steps) == len(lines), lines
        [complaint] = result.complaints
        assert says in complaint and complaint.startswith(f"step {len(lines)} (line {6 + len(lines)}): "), (
            complaint
        )


async def test_afterwards_all_is_at_rest_and_everybody_online(sandbox: Sandbox) -> None:
    result = await played(
        sandbox,
        "faults: {duplicates: 2, bad_signature: true}",
        "faults: {channel: whatsapp, status: 429, times: 3}",
        "ana: {goes: offline}",
        "bob: {hears: {within: 100ms}}",
    )
    assert not result.ok
    assert [active(platform) for platform in sandbox.platforms.values()] == [{}] * 4
    assert not sandbox.phone("whatsapp", "Ana").offline


async def test_whoever_watches_is_told_of_every_step_as_it_ends(sandbox: Sandbox) -> None:
    told: list[StepResult] = []
    scenario = read(HEAD + "  - ana: {says: hi}\n  - ana: {hears: 1}\n")
    result = await play(sandbox, scenario, told=told.append)
    assert result.ok and tuple(told) == result.steps
    assert [(one.number, one.step.line, one.ok) for one in told] == [(1, 7, True), (2, 8, True)]


async def test_which_message_is_meant(sandbox: Sandbox) -> None:
    result = await played(
        sandbox,
        'ana: {says: "apples"}',
        "ana: {hears: 1}",
        'ana: {says: "pears"}',
        "ana: {hears: 1}",
        'ana: {replies: "the fruit", to: apples}',
        "ana: {hears: 1}",
        'ana: {reacts: "👍", to: "heard 2"}',
        'ana: {edits: "plums", of: pears}',
        "ana: {sees: {status: read, of: said 1}}",
    )
    assert result.ok, result.complaints
    ana = sandbox.phone("whatsapp", "Ana")
    assert [heard.reaction for heard in ana.inbox] == [None, "👍", None]
    replied = sandbox.wire.find(person="Ana", external_id=ana.inbox[0].external_id)
    assert any("the fruit" in one.body for one in replied), "the newest message heard that holds the word"


async def test_a_group_is_one_chat_of_all_who_name_it(sandbox: Sandbox) -> None:
    group = "{channel: telegram, group: Book club}"
    written = (
        f"name: x\nphones:\n  zoe: {group}\n  max: {group}\nsteps:\n"
        '  - zoe: {says: "only for Max"}\n'
        '  - max: {says: "@sandbox_bot and you?"}\n'
        "  - max: {hears: 1}\n  - zoe: {hears: 1}\n"
    )
    result = await play(sandbox, read(written))
    assert result.ok, result.complaints
    [chat] = sandbox.telegram.groups.values()
    assert [member.name for member in chat.members] == ["zoe", "max"]


async def test_without_a_server_that_listens_the_step_says_so() -> None:
    alone = await Sandbox.start()
    try:
        result = await played(alone, "ana: {says: hi}")
        assert "nobody listens to WhatsApp yet" in result.complaints[0]
    finally:
        await alone.close()
