"""One file gives one result: played again, recorded and played back, from another door, the rows are the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.sandbox import Sandbox, Scenario, play, shipped
from adapters.sandbox.recorder import Recorder
from adapters.sandbox.scenario_yaml import read, write
from assistant import app

from .rows import Rows, rows_of, settled
from .running import running

pytestmark = pytest.mark.slow

DAY = """
name: A day with everything
seed: 7
phones:
  ana: {channel: whatsapp, name: Ana Maria, locale: pt}
  lucia: {channel: telegram, name: Lucía}
  eva: {channel: messenger, name: Eva}
  tom: {channel: comments, name: Tom}
  zoe: {channel: telegram, name: Zoe, group: Book club}
steps:
  - ana: {says: ["Good morning", "one question"]}
  - ana: {hears: 1}
  - ana: {replies: "what did you mean?", to: heard 1}
  - ana: {hears: 1}
  - ana: {reacts: "👍", to: heard 1}
  - ana: {sends: image, caption: "look"}
  - ana: {hears: 1}
  - ana: {shares_place: "Lisbon", latitude: 38.7, longitude: -9.1}
  - ana: {hears: 1}
  - lucia: {says: "Hola"}
  - lucia: {edits: "Hola, Lucía aquí", of: said 1}
  - lucia: {hears: 1}
  - faults: {channel: messenger, duplicates: 3}
  - eva: {says: "Hi from Eva"}
  - eva: {hears: 1}
  - faults: rest
  - tom: {says: "Nice page"}
  - tom: {hears: 1}
  - zoe: {says: "@sandbox_bot hello"}
  - zoe: {hears: 1}
  - burst: {channel: whatsapp, people: 5, says: ["I am {number}", "number {number} here"], answered: true}
  - time: +25h
  - ana: {says: "and the next day"}
  - ana: {hears: 1}
"""


async def quiet(runtime: app.Runtime) -> Rows:
    async with asyncio.timeout(30):
        while not await settled(runtime.database):
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)  # the last receipts
    return await rows_of(runtime.database)


async def result(scenario: Scenario, folder: Path, patch: pytest.MonkeyPatch) -> tuple[Rows, Scenario]:
    """What playing leaves behind, and what a recorder wrote down meanwhile."""
    folder.mkdir()
    async with running(folder, patch) as (runtime, sandbox):
        recorder = Recorder(sandbox)
        played = await play(sandbox, scenario)
        assert played.ok, played.complaints
        recorded = read(recorder.yaml())
        recorder.stop()
        return await quiet(runtime), recorded


async def test_what_is_recorded_gives_the_same_rows_when_it_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, recorded = await result(read(DAY), tmp_path / "first", monkeypatch)
    assert {phone.channel for phone in recorded.phones} == {phone.channel for phone in read(DAY).phones}
    second, again = await result(recorded, tmp_path / "second", monkeypatch)
    assert second == first
    assert [step.sentence() for step in again.steps] == [step.sentence() for step in recorded.steps]


async def test_the_same_scenario_twice_on_one_system_is_two_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, monkeypatch) as (runtime, sandbox):
        for _ in range(2):
            assert (await play(sandbox, shipped()["duplicates"])).ok
        rows = await quiet(runtime)
    assert len(rows["conversations"]) == 2
    assert rows["conversations"][0] == rows["conversations"][1]


async def test_by_hand_on_the_phones_and_then_from_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hand").mkdir()
    async with running(tmp_path / "hand", monkeypatch) as (runtime, sandbox):
        recorder = Recorder(sandbox)
        await _by_hand(sandbox)
        written = recorder.yaml("By hand", "Two people and an outage.")
        by_hand = await quiet(runtime)
    scenario = read(written)
    assert [step.sentence() for step in scenario.steps][:2] == ["ana says “hello”", "ana hears 1 message"]
    assert read(write(scenario)).steps != () and scenario.shows == "Two people and an outage."
    from_file, _ = await result(scenario, tmp_path / "file", monkeypatch)
    assert from_file == by_hand


async def _by_hand(sandbox: Sandbox) -> None:
    ana = sandbox.phone("whatsapp", "Ana")
    await ana.say("hello")
    heard = await ana.wait_reply()
    await ana.react(heard.external_id, "❤️")
    sandbox.refuse("whatsapp", 503)
    await ana.say("are you there?")
    await ana.wait_reply()
    ana.offline = True
    await ana.say("one moment")
    await ana.wait_reply()
    assert ana.inbox[-1].waiting
    ana.offline = False
    bob = sandbox.phone("instagram", "Bob")
    said = await bob.say("wrong chat")
    await bob.unsend(said)
    await asyncio.sleep(2.5)
