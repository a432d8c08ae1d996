"""Real processes without descriptors, without a disk for their log, frozen, or told to stop at a bad moment."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters.sandbox import Sandbox
from assistant.types import Outbound
from tests.databases import migrated_sqlite
from tests.faults.harness import Server, SlowModel, stored, system, until_settled
from tests.scripted import ScriptedEngine as Model
from tests.walks.system import echo, running

from .table import fault

ROOT = Path(__file__).parents[3]


# --- frozen ------------------------------------------------------------------------------------------------


@fault(
    "Process: a worker frozen past its lease, then set going again",
    promise="another one answers; the first writes and sends nothing more",
)
async def test_a_worker_that_was_frozen_past_its_lease_does_no_harm(tmp_path: Path) -> None:
    async with system(tmp_path) as (first, sandbox, model):
        ana = sandbox.phone("whatsapp", "Ana")
        model.hold.clear()
        await ana.say("Are you there?")
        await asyncio.wait_for(model.started.wait(), 60)
        assert first.process is not None
        await freeze(first)
        second = Server(tmp_path, first.environment, "work")
        try:
            await second.start()
            model.hold.set()  # both answers go on: that of the frozen worker waits in its socket
            assert (await ana.wait_reply(60)).text == "You said: Are you there?"
            first.process.send_signal(signal.SIGCONT)
            await asyncio.sleep(1.5)
            _, parts = await stored(first)
            assert [part["state"] for part in parts] == ["sent"]
            assert len(ana.inbox) == 1 and len(model.requests) == 2
        finally:
            first.process.send_signal(signal.SIGCONT)
            await second.gone()


async def freeze(server: Server) -> None:
    """Not in the middle of a transaction: what SQLite's one writer holds then, nobody else can have."""
    assert server.process is not None
    for _ in range(100):
        server.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(0.02)
        with sqlite3.connect(server.folder / "assistant.db", timeout=0, isolation_level=None) as looking:
            try:
                looking.execute("BEGIN IMMEDIATE")
                looking.execute("ROLLBACK")
                return
            except sqlite3.OperationalError:
                server.process.send_signal(signal.SIGCONT)
                await asyncio.sleep(0.03)
    raise AssertionError("never between two transactions")


# --- killed ------------------------------------------------------------------------------------------------


@fault(
    "Process: serve killed alone",
    promise="the worker goes on; what serve had acknowledged is answered, the rest comes again",
)
@fault(
    "Process: work killed alone",
    promise="serve goes on taking messages; they are answered when a worker is back",
)
@fault(
    "Process: serve and work killed at once",
    promise="nothing acknowledged is lost; everybody is answered once",
)
async def test_serve_and_work_can_be_killed_apart_and_together(tmp_path: Path) -> None:
    async with alone(tmp_path, "serve", ASSISTANT_LEASE_SECONDS="0.7") as (serve, sandbox, model):
        work = Server(tmp_path, serve.environment, "work")
        try:
            await work.start()
            ana = sandbox.phone("whatsapp", "Ana")
            for number, killed in enumerate([[serve], [work], [serve, work]]):
                model.started.clear()
                model.hold.clear()
                await ana.say(f"line {number}")
                await asyncio.wait_for(model.started.wait(), 60)
                for one in killed:
                    await one.kill()
                model.hold.set()
                for one in killed:
                    await one.start()
                assert (await ana.wait_reply(60)).text == f"You said: line {number}"
            await until_settled(serve, 3)
            assert [heard.text for heard in ana.inbox] == [f"You said: line {number}" for number in range(3)]
        finally:
            await work.gone()


@contextlib.asynccontextmanager
async def alone(folder: Path, command: str, **more: str) -> AsyncIterator[tuple[Server, Sandbox, SlowModel]]:
    """One command of ours with a model server and the platforms beside it."""
    migrated_sqlite(folder)
    model, sandbox = SlowModel(), await Sandbox.start()
    await model.start()
    for platform in sandbox.platforms.values():
        platform.retry_seconds, platform.retry_cap_seconds = 0.2, 1.0
    settings = {"ASSISTANT_ENGINE": "openai", "ASSISTANT_ENGINE_URL": model.url, "ASSISTANT_MODEL": "slow"}
    server = Server(folder, sandbox.environment() | settings | more, command)
    try:
        await server.start()
        await sandbox.connect(server.url)
        yield server, sandbox, model
    finally:
        model.hold.set()
        await server.gone()
        await sandbox.close()
        await model.close()


# --- told to stop at a bad moment ----------------------------------------------------------------------------


@fault(
    "Process: SIGTERM while a message is stored",
    promise="it is committed and acknowledged, or refused; never half",
)
async def test_a_stop_in_accept_writes_what_it_took(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), work=False) as system:
        sending = [asyncio.create_task(system.receive([f"p{n}", 1, "hello"])) for n in range(50)]
        await asyncio.sleep(0)
        await system.acceptor.close()
        done, waiting = await asyncio.wait(sending, timeout=5)
        taken = [task for task in done if task.exception() is None]
        assert not waiting
        assert len(await system.rows()) == len(taken)


@fault(
    "Process: SIGTERM while a conversation is claimed",
    promise="the claim is given back; the next worker answers at once",
)
async def test_a_stop_in_claim_gives_it_back(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo), lease_seconds=30) as system:
        original, claimed = system.database.write, asyncio.Event()

        async def slow(function: object, *given: object, **more: object) -> object:
            result: object = await original(function, *given, **more)  # type: ignore[arg-type]
            if getattr(function, "__name__", "") == "claim" and result:
                claimed.set()
                await asyncio.sleep(0.2)
            return result

        vars(system.database).update(write=slow)
        await system.receive(["ana", 1, "hello"])
        await claimed.wait()
        await system.worker.close(grace=5)
        vars(system.database).update(write=original)
        system.worker = system.new_worker("next")
        system.worker.start()
        await system.until_settled(10)
        assert system.post.texts() == ["You said: hello"]


@fault(
    "Process: SIGTERM while a part is sent",
    promise="the send is waited for and written down; nothing is sent twice",
)
async def test_a_stop_in_send_waits_for_it(tmp_path: Path) -> None:
    async with running(tmp_path, Model(echo)) as system:
        system.post.slow = 0.5
        await system.receive(["ana", 1, "hello"])
        await system.until(lambda: bool(system.post.attempts))
        await system.worker.close(grace=5)
        [part] = await system.parts()
        assert (part.state, part.duplicate_possible, len(system.post.sent)) == ("sent", False, 1)
        system.worker = system.new_worker("next")
        system.worker.start()
        await asyncio.sleep(0.3)
        assert len(system.post.attempts) == 1


@fault(
    "Staff: take over between two parts of an answer", promise="what was not sent yet is not sent any more"
)
async def test_a_takeover_in_mid_send_stops_the_rest(tmp_path: Path) -> None:
    async with running(tmp_path, Model(lambda prompt: "many words " * 60)) as system:
        system.post.slow = 0.3
        await system.receive(["ana", 1, "hello"])
        await system.until(lambda: len(system.post.sent) == 1)
        first = system.post.sent[0]
        await takeover(system, first)
        begun = len(system.post.attempts)
        await asyncio.sleep(1.0)
        assert len(system.post.attempts) == begun and len(system.post.sent) <= 2
        states = [part.state for part in await system.parts()]
        assert states[-1] == "cancelled" and "pending" not in states


async def takeover(system: object, first: Outbound) -> None:
    """Staff write on the platform itself; returns when that is acknowledged."""
    from datetime import UTC, datetime

    from assistant.events import StaffWrote
    from assistant.types import Text

    wrote = StaffWrote(
        address=first.address,
        external_id="staff-1",
        sent_at=datetime.now(UTC),
        parts=(Text(text="I take this."),),
    )
    await system.acceptor.submit([wrote])  # type: ignore[attr-defined]


# --- without descriptors, without a log ----------------------------------------------------------------------


@fault(
    "Machine: no descriptor left (EMFILE)",
    promise="the process lives; what it cannot take now it takes when there are some again",
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of another process are Linux's")
async def test_a_server_without_descriptors_comes_back(tmp_path: Path) -> None:
    async with alone(tmp_path, "serve") as (server, sandbox, _):
        assert server.process is not None
        pid = server.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        here = len(os.listdir(f"/proc/{pid}/fd"))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (here + 4, before[1]))
        port = int(server.url.rsplit(":", 1)[1])
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(40)]
        await asyncio.sleep(0.3)
        for _, writer in crowd:
            writer.transport.abort()
        await asyncio.sleep(0.2)
        assert server.process.returncode is None
        ana = sandbox.phone("whatsapp", "Ana")
        said = await ana.say("still here?")
        delivery = sandbox.whatsapp.delivery(said)
        assert delivery is not None
        async with asyncio.timeout(20):
            while 200 not in delivery.answers:
                await asyncio.sleep(0.05)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize("out", ["closed", "full"])
@fault("Log: nobody reads it any more (EPIPE)", promise="the process goes on and ends politely")
@fault(
    "Log: its disk is full",
    promise="the process goes on and ends politely; nothing appears in clear elsewhere",
)
async def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, out: str) -> None:
    migrated_sqlite(tmp_path)
    server = Server(tmp_path, {"ASSISTANT_LOG_LEVEL": "DEBUG"}, "serve")
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    if out == "closed":
        reading, writing = os.pipe()
        os.close(reading)
    else:
        writing = os.open("/dev/full", os.O_WRONLY)
    with (tmp_path / "errors").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "assistant", "serve", stdout=writing, stderr=errors, cwd=tmp_path,
            env=own | server.environment | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    os.close(writing)
    try:
        async with asyncio.timeout(60), ClientSession() as session:
            while True:
                assert process.returncode is None, (tmp_path / "errors").read_text()
                with contextlib.suppress(OSError):
                    async with session.get(f"{server.url}/readyz") as answer:
                        if answer.status == 200:
                            break
                await asyncio.sleep(0.05)
            for path in ("/webhooks/nobody", "/nowhere", "/chat/history"):
                async with session.get(f"{server.url}{path}") as answer:
                    assert answer.status in (403, 404)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0, (tmp_path / "errors").read_text()
        assert (tmp_path / "errors").read_text() == ""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
