"""Promises of the host: every request ends, whatever happens to the child."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from assistant.engines.process import Pipe
from assistant.errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded
from assistant.host import Host, Patience

ENTRY = "tests.test_host:child"
QUICK = Patience(load=20, stall=1.0, wait=10, grace=2, backoff=0.05)


def child(pipe: Pipe, options: dict[str, Any]) -> None:
    """Runs in the spawned process: does what each request says."""
    if options.get("unusable"):
        raise ModelUnusable("no such model here")
    if options.get("crash_on_load"):
        os._exit(3)
    pipe.ready({"pid": os.getpid(), "torch": "torch" in sys.modules})
    cancelled: set[str] = set()
    while True:
        frame = pipe.receive(None)
        assert frame is not None
        if frame["do"] == "close":
            return
        if frame["do"] == "cancel":
            cancelled.add(frame["id"])
            continue
        body, name = frame["body"], frame["id"]
        pipe.busy = True
        pipe.steps += 1
        match body["act"]:
            case "echo":
                for at in range(body["times"]):
                    pipe.reply(name, {"at": at}, last=at == body["times"] - 1)
            case "too_long":
                pipe.error(name, ContextTooLong(tokens=5, limit=3))
            case "overloaded":
                pipe.error(name, Overloaded(retry_after=2.5))
            case "bug":
                pipe.error(name, ValueError("secret words"))
            case "hang":
                time.sleep(60)
            case "die":
                pipe.reply(name, {"at": 0})
                pipe.flush()
                time.sleep(0.05)
                os.kill(os.getpid(), signal.SIGKILL)
            case "cancelled":
                pipe.reply(name, {"ids": sorted(cancelled)}, last=True)
            case "silent":
                pass
        pipe.flush()
        pipe.busy = False


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    host = Host(ENTRY, {}, patience=QUICK)
    await host.start()
    yield host
    await host.close()


async def ask(host: Host, act: str, **more: Any) -> list[dict[str, Any]]:
    return [body async for body in host.request({"act": act, **more})]


async def test_replies_stream_in_order_for_many_requests_at_once(host: Host) -> None:
    answers = await asyncio.gather(*(ask(host, "echo", times=5) for n in range(20)))
    assert all([body["at"] for body in answer] == [0, 1, 2, 3, 4] for answer in answers)
    assert host.memory_bytes() > 1_000_000


async def test_errors_of_the_child_keep_their_class_and_fields(host: Host) -> None:
    with pytest.raises(ContextTooLong) as too_long:
        await ask(host, "too_long")
    assert (too_long.value.tokens, too_long.value.limit) == (5, 3)
    with pytest.raises(Overloaded) as overloaded:
        await ask(host, "overloaded")
    assert overloaded.value.retry_after == 2.5
    with pytest.raises(EngineError, match="ValueError") as bug:
        await ask(host, "bug")
    assert "secret" not in str(bug.value)


async def test_a_killed_child_ends_every_request_and_the_next_one_runs(host: Host) -> None:
    waiting = [asyncio.create_task(ask(host, "silent")) for _ in range(3)]
    await asyncio.sleep(0.1)
    with pytest.raises(EngineDead):
        await ask(host, "die")
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [EngineDead] * 3
    assert len(await ask(host, "echo", times=2)) == 2
    assert host.restarts == 1


async def test_running_work_that_stands_still_is_killed(host: Host) -> None:
    started = time.monotonic()
    with pytest.raises(EngineDead):
        await ask(host, "hang")
    assert time.monotonic() - started < 10
    assert len(await ask(host, "echo", times=1)) == 1


async def test_closing_the_iterator_cancels_in_the_child(host: Host) -> None:
    stream = host.request({"act": "silent"})
    task = asyncio.create_task(anext(stream))
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await stream.aclose()
    assert (await ask(host, "cancelled"))[0]["ids"] == ["1"]


async def test_an_unusable_model_is_one_sentence_and_no_restart() -> None:
    host = Host(ENTRY, {"unusable": True}, patience=QUICK)
    with pytest.raises(ModelUnusable, match="no such model here"):
        await host.start()
    await asyncio.sleep(0.3)
    assert host.pid is None
    assert host.restarts == 0
    with pytest.raises(ModelUnusable):
        await ask(host, "echo", times=1)
    await host.close()


async def test_a_child_that_dies_while_loading_is_not_tried_for_ever() -> None:
    host = Host(ENTRY, {"crash_on_load": True}, patience=QUICK)
    with pytest.raises(ModelUnusable, match="ended with code 3 while loading"):
        await host.start()
    await host.close()


async def test_close_ends_the_child_and_its_requests(host: Host) -> None:
    task = asyncio.create_task(ask(host, "silent"))
    await asyncio.sleep(0.1)
    pid = host.pid
    assert pid is not None
    await host.close()
    with pytest.raises(EngineDead):
        await task
    assert not Path(f"/proc/{pid}").exists()
    with pytest.raises(EngineDead):
        await ask(host, "echo", times=1)


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "in a long step"])
def test_the_child_dies_with_a_killed_parent_started_as_a_script_elsewhere(
    tmp_path: Path, busy: bool
) -> None:
    root = Path(__file__).resolve().parent.parent
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(f"""
        import asyncio, sys
        sys.path.insert(0, {str(root)!r})
        from assistant.host import Host
        async def go():
            host = Host({ENTRY!r}, {{}})
            print((await host.start())["pid"], flush=True)
            if {busy}:
                await anext(host.request({{"act": "hang"}}))
            await asyncio.sleep(60)
        asyncio.run(go())
        """)
    )
    parent = subprocess.Popen([sys.executable, str(script)], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not _alive(pid):
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
