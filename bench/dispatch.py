"""From the commit of a message to its claim, and from the commit to the send: what the queue and the walks add."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from assistant.bus import Bus
from assistant.buses.memory import MemoryBus
from assistant.buses.redis import RedisBus
from assistant.channel import Example, Services
from assistant.clock import SystemClock
from assistant.deliver import Deliverer
from assistant.engine import EngineHealth, EngineStats, ModelFacts
from assistant.errors import BadSignature
from assistant.events import Event, MessageReceived
from assistant.growing import Running
from assistant.http import Http
from assistant.inbound import Acceptor
from assistant.settings import ChannelSettings, Settings
from assistant.store import migrate
from assistant.store.accept import Rules
from assistant.store.database import Database
from assistant.turn import Answerer
from assistant.types import (
    Address,
    Alias,
    Capabilities,
    Delta,
    Finish,
    Lane,
    Outbound,
    Prompt,
    Receipt,
    Sampling,
    Sender,
    Text,
    Unit,
    Usage,
    WebhookRequest,
)
from assistant.worker import Worker

from . import claims, servers
from .report import Row, show

GAP_SECONDS = 0.03
"""Between two messages: what is measured is one message on a system that waits, not a queue."""


class Instant:
    """A model that answers at once: what is left of a reply is ours."""

    facts = ModelFacts(name="instant", context=8192, tools=False)

    async def start(self) -> None: ...

    async def count(self, prompt: Prompt) -> int:
        return 10

    async def generate(
        self,
        prompt: Prompt,
        sampling: Sampling,
        *,
        request_id: str,
        conversation: str | None = None,
        fork_of: str | None = None,
        lane: Lane = Lane.INTERACTIVE,
        deadline: float | None = None,
    ) -> AsyncGenerator[Delta, None]:
        yield Delta(text="At once.", finish=Finish.STOP, usage=Usage(prompt=10, completion=2))

    async def health(self) -> EngineHealth:
        return EngineHealth(ready=True, sentence="ready")

    def stats(self) -> EngineStats:
        return EngineStats(model="instant")

    async def close(self) -> None: ...


class Paper:
    """A platform that takes everything at once and remembers when."""

    name: ClassVar[str] = "paper"
    title: ClassVar[str] = "Paper"
    hint: ClassVar[str] = "The person writes letters."
    caps: ClassVar[Capabilities] = Capabilities(text_limit=4096, text_unit=Unit.CODEPOINTS)
    Settings: ClassVar[type[ChannelSettings]] = ChannelSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        self.sent: dict[str, float] = {}

    @classmethod
    def example(cls) -> Example:
        request = WebhookRequest(method="POST", headers={})
        return Example(settings=ChannelSettings(), request=request, text="")

    def authenticate(self, request: WebhookRequest) -> None:
        raise BadSignature("paper has no webhook")

    def parse(self, request: WebhookRequest) -> list[Event]:
        return []

    async def send(self, outbound: Outbound) -> Receipt:
        self.sent[outbound.address.peer] = time.perf_counter()
        return Receipt(external_id=outbound.idempotency_key, at=datetime.now(UTC))


@dataclass
class Times:
    """Milliseconds of every message: from its commit to its claim, and to the moment the platform has the answer."""

    claimed: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)


async def measure(folder: Path, front: Bus, back: Bus, messages: int, settings: Settings) -> Times:
    """One message after the other through a system whose door and worker share only the database and the bus."""
    database = Database(f"sqlite:///{folder / 'dispatch.db'}")
    database.open()
    await database.write(migrate.upgrade)
    clock, http = SystemClock(), Http()
    paper = Paper(ChannelSettings(), Services(http=http, bus=back, clock=clock))
    channels: dict[str, Any] = {"paper": paper}
    none = timedelta(0)
    acceptor = Acceptor(database, front, clock, Rules(debounce=none, debounce_cap=none))
    claims: dict[str, float] = {}

    class Watched(Answerer):
        async def answer(self, running: Running) -> None:
            claims[running.claim.address.peer] = time.perf_counter()
            await super().answer(running)

    worker = Worker(
        name="bench",
        database=database,
        bus=back,
        clock=clock,
        settings=settings,
        answerer=Watched(
            database=database,
            channels=channels,
            engine=Instant(),
            tools={},
            bus=back,
            clock=clock,
            settings=settings,
        ),
        deliverer=Deliverer(database, channels, back, clock, settings),
    )
    acceptor.start()
    worker.start()
    times = Times()
    try:
        await asyncio.sleep(0.3)
        for number in range(messages + 5):
            peer = f"p{number}"
            event = MessageReceived(
                address=Address(channel="paper", account="desk", peer=peer),
                sender=Sender(external_id=peer, aliases=(Alias(kind="id", value=peer),)),
                external_id=f"m{number}",
                sent_at=datetime.now(UTC),
                parts=(Text(text="Are you open on Saturday?"),),
            )
            await acceptor.submit([event])
            committed = time.perf_counter()
            async with asyncio.timeout(30):
                while peer not in paper.sent:
                    await asyncio.sleep(0.001)
            if number >= 5:  # the first ones load code
                times.claimed.append(max(0.0, claims[peer] - committed) * 1000)
                times.answered.append((paper.sent[peer] - committed) * 1000)
            await asyncio.sleep(GAP_SECONDS)
    finally:
        await worker.close(grace=1.0)
        await acceptor.close()
        await http.close()
        await database.close()
    return times


async def run(messages: int, due: int, claimed: int) -> None:
    settings = Settings(
        debounce_seconds=0,
        debounce_cap_seconds=0,
        disclosure=False,
        messages_per_minute=10**6,
        tokens_per_day=0,
        bot_loop_turns=0,
    )
    figures: dict[str, float | int | None] = dict.fromkeys(
        (
            "claim_p50_ms_memory",
            "claim_p50_ms_redis",
            "claim_p50_ms_redis_dead",
            "reply_overhead_p50_ms",
            "claim_p99_ms_100k",
            "claim_p99_ms_100k_sqlite",
            "claim_p99_ms_100k_postgres",
        )
    )
    rows = []

    def tell(name: str, title: str, values: list[float] | None, goal: float) -> None:
        if values is None:
            rows.append(Row(figure=title, ours="not measured: no Redis here", goal=f"≤ {goal:g} ms"))
            return
        value = statistics.median(values)
        figures[name] = round(value, 3)
        verdict = "met" if value <= goal else "MISSED"
        worst = statistics.quantiles(values, n=20)[-1]
        rows.append(
            Row(figure=title, ours=f"{value:.2f} ms (p95 {worst:.1f})", goal=f"≤ {goal:g} ms: {verdict}")
        )

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bus = MemoryBus()
        alone = await measure(_sub(folder, "memory"), bus, bus, messages, settings)
        through = dead = None
        with servers.redis() as server:
            if server is not None:
                front, back = RedisBus(server.url), RedisBus(server.url)
                await front.start()
                await back.start()
                through = await measure(_sub(folder, "redis"), front, back, messages, settings)
                server.kill()
                few = max(5, messages // 10)  # each waits for the poll
                dead = await measure(_sub(folder, "dead"), front, back, few, settings)
                await front.close()
                await back.close()
    tell("claim_p50_ms_memory", "commit → claimed, one process", alone.claimed, 3)
    tell("claim_p50_ms_redis", "commit → claimed, through Redis", through.claimed if through else None, 8)
    tell("claim_p50_ms_redis_dead", "commit → claimed, Redis dead", dead.claimed if dead else None, 1100)
    tell("reply_overhead_p50_ms", "commit → the platform has the answer", alone.answered, 25)
    rows += await _crowd(due, claimed, figures)
    show("dispatch", rows, figures)


async def _crowd(due: int, claimed: int, figures: dict[str, float | int | None]) -> list[Row]:
    """The rows of claims among `due` waiting conversations; the figures only when they are 100,000."""
    rows = []
    with tempfile.TemporaryDirectory() as name, servers.postgres() as server:
        urls = {"sqlite": f"sqlite:///{Path(name) / 'claims.db'}"}
        if server is not None:
            urls["postgres"] = server.create_database()
        for kind, url in urls.items():
            found = await claims.measure(url, due, claimed)
            if due == 100_000:
                figures[f"claim_p99_ms_100k_{kind}"] = round(found.p99, 3)
                figures["claim_p99_ms_100k"] = max(figures["claim_p99_ms_100k"] or 0, round(found.p99, 3))
            rows.append(
                Row(
                    figure=f"claim p99, {due:,} due, {kind}",
                    ours=f"{found.p99:.2f} ms",
                    reference=found.sentence,
                    goal=f"≤ 10 ms: {'met' if found.p99 <= 10 else 'MISSED'}",
                )
            )
    return rows


def _sub(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="50 messages each instead of 300, 10,000 conversations due instead of 100,000",
    )
    options = parser.parse_args()
    if options.quick:
        asyncio.run(run(50, 10_000, 200))
    else:
        asyncio.run(run(300, 100_000, 1000))


if __name__ == "__main__":
    main()
