"""What the OpenAI-compatible engine adds over calling the same server directly: first token and throughput."""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
import uvloop

from assistant.engines import wire
from assistant.engines.openai import OpenAIEngine
from assistant.http import Http
from assistant.types import Prompt, Role, Sampling, Slot, SlotKind, Turn

from .load import request_bytes
from .report import Row, show
from .servers import free_port, program

CHECKPOINT = Path(__file__).resolve().parent.parent / "assistant" / "demo" / "checkpoint"
CHATS = 64
PAUSE = 0.008  # 125 tokens a second for each chat: what a large GPU does with 64 of an 8-billion-weight model
FAST = "as fast as they go out"
_CONTENT = re.compile(rb'"content": ?"[^"]')
_COUNTED = re.compile(rb'"completion_tokens": ?(\d+)')

Ask = Callable[[Prompt, Sampling], Awaitable[tuple[float, int]]]
"""One answer: milliseconds to its first text, and how many tokens the server counted."""


class Direct:
    """The least that a client can do: prepared bytes, kept connections, and a search for the words of the protocol."""

    def __init__(self, port: int, model: str) -> None:
        self._port = port
        self._model = model
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, prompt: Prompt, sampling: Sampling) -> tuple[float, int]:
        started, first, rest = time.perf_counter(), 0.0, b""
        body = wire.body(self._model, prompt, sampling, user="", salt="")
        request = request_bytes(self._port, "/v1/chat/completions", orjson.dumps(body))
        reader, writer = await self._connected()
        writer.write(request)
        while not rest.endswith(b"0\r\n\r\n"):
            data = await reader.read(65536)
            if not data:
                raise SystemExit("the server broke off an answer")
            rest = rest[-2048:] + data
            if not first and _CONTENT.search(rest):
                first = (time.perf_counter() - started) * 1000
        self._idle.append((reader, writer))
        counted = _COUNTED.findall(rest)
        return first, int(counted[-1])

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A kept connection that the server has not closed meanwhile, or a new one."""
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self._port)

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()


class Ours:
    """The same through the engine."""

    def __init__(self, http: Http, port: int, model: str) -> None:
        self._engine = OpenAIEngine(http, [f"http://127.0.0.1:{port}/v1"], model)

    async def ask(self, prompt: Prompt, sampling: Sampling) -> tuple[float, int]:
        started, first, count = time.perf_counter(), 0.0, 0
        async for delta in self._engine.generate(prompt, sampling, request_id="r", conversation="c"):
            if delta.text and not first:
                first = (time.perf_counter() - started) * 1000
            count = delta.usage.completion if delta.usage else count
        return first, count


def chat(turns: int) -> Prompt:
    """A conversation as long as most: a persona and some turns, about 2 kB."""
    system = (
        "You are Ada, a friendly assistant. Answer in the language of the person, briefly and honestly. " * 4
    )
    said = "I would like to know whether you are open on Saturday afternoon, and where I can park. "
    roles = [Role.USER if at % 2 == 0 else Role.ASSISTANT for at in range(turns)]
    return Prompt(
        slots=(Slot(kind=SlotKind.PERSONA, text=system),),
        turns=tuple(Turn(role=role, text=f"{at} {said}") for at, role in enumerate(roles)),
    )


async def first_tokens(direct: Ask, ours: Ask, count: int, prompt: Prompt) -> tuple[list[float], list[float]]:
    """Milliseconds to the first token, one request after the other, the two clients in turn."""
    sampling = Sampling(temperature=0.0, max_tokens=2)
    plain, through = [], []
    for at in range(count + 10):
        a, b = (await direct(prompt, sampling))[0], (await ours(prompt, sampling))[0]
        if at >= 10:  # the first ones open connections
            plain.append(a)
            through.append(b)
    return plain, through


async def throughput(ask: Ask, prompt: Prompt, lengths: list[list[int]]) -> tuple[float, float]:
    """Tokens a second of all chats together, and this process's microseconds of CPU for each token.

    `lengths`: for every chat the tokens of its answers, one asked after the other.
    """

    async def one(answers: list[int]) -> int:
        count = 0
        for tokens in answers:
            count += (await ask(prompt, Sampling(temperature=0.0, max_tokens=tokens)))[1]
        return count

    started, cpu = time.perf_counter(), time.process_time()
    count = sum(await asyncio.gather(*(one(answers) for answers in lengths)))
    return count / (time.perf_counter() - started), (time.process_time() - cpu) / count * 1e6


async def compare(
    direct: Ask, ours: Ask, prompt: Prompt, rounds: int, chats: int, tokens: tuple[int, ...]
) -> list[float]:
    """Medians over the rounds: tokens/s directly and through the engine, their ratio, CPU of both."""
    samples: list[tuple[float, ...]] = []
    chance = random.Random(7)
    for at in range(rounds + 1):
        lengths = [chance.sample(tokens, len(tokens)) for _ in range(chats)]
        # Which client goes first changes: the machine's other work is not the second one's fault.
        order = (direct, ours) if at % 2 else (ours, direct)
        taken = {ask: await throughput(ask, prompt, lengths) for ask in order}
        (plain, plain_cpu), (through, through_cpu) = taken[direct], taken[ours]
        if at:  # the first round warms up
            samples.append((plain, through, through / plain, plain_cpu, through_cpu))
    return [statistics.median(column) for column in zip(*samples, strict=True)]


async def stream(
    rounds: int, pause: float, tokens: tuple[int, ...], singles: int
) -> tuple[tuple[list[float], list[float]], list[float]]:
    """Both measurements against the prepared stream."""
    port, http = free_port(), Http()
    command = [sys.executable, "-m", "bench.stream", str(port), str(pause)]
    with program(command, address=f"http://127.0.0.1:{port}/"):
        direct, ours = Direct(port, "model"), Ours(http, port, "model")
        try:
            prompt = chat(11)
            times = await first_tokens(direct.ask, ours.ask, singles, prompt) if singles else ([], [])
            return times, await compare(direct.ask, ours.ask, prompt, rounds, CHATS, tokens)
        finally:
            direct.close()
            await http.close()


async def real(rounds: int, singles: int) -> tuple[tuple[list[float], list[float]], list[float]]:
    """Both measurements against `transformers serve` on the demo checkpoint, 16 chats."""
    port, http, model = free_port(), Http(), str(CHECKPOINT)
    command = [str(Path(sys.executable).with_name("transformers")), "serve", model, "--port", str(port)]
    command += ["--host", "127.0.0.1", "--device", "cpu", "--continuous-batching"]
    command += ["--attn-implementation", "sdpa", "--cb-num-blocks", "64", "--cb-max-batch-tokens", "512"]
    command += ["--log-level", "error"]
    environment = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    with program(command, environment, address=f"http://127.0.0.1:{port}/health"):
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2)
                break
            except OSError:
                await asyncio.sleep(0.5)
        direct, ours = Direct(port, model), Ours(http, port, model)
        try:
            # The demo model spells words it does not know by letters: a short prompt keeps its time out of the figure.
            turn = Turn(role=Role.USER, text="Hello, how are you?")
            prompt = Prompt(slots=(Slot(kind=SlotKind.PERSONA, text="You are Ada."),), turns=(turn,))
            times = await first_tokens(direct.ask, ours.ask, singles, prompt)
            return times, await compare(direct.ask, ours.ask, prompt, rounds, 16, (12, 8))
        finally:
            direct.close()
            await http.close()


def rows(name: str, times: tuple[list[float], list[float]], figures: list[float]) -> list[Row]:
    """The table's rows for one server."""
    plain, through, ratio, plain_cpu, through_cpu = figures
    found = []
    if times[0]:
        a, b = statistics.median(times[0]), statistics.median(times[1])
        text = f"{b - a:+.2f} ms ({b:.2f})"
        found.append(Row(figure=f"{name}: first token", ours=text, reference=f"{a:.2f} ms", goal="+3 ms"))
    goal = "-" if FAST in name else "98 %"
    found.append(
        Row(
            figure=f"{name}: throughput",
            ours=f"{ratio:.1%} ({through:,.0f} tokens/s)",
            reference=f"{plain:,.0f} tokens/s",
            goal=goal,
        )
    )
    found.append(
        Row(
            figure=f"{name}: CPU of a token, this process",
            ours=f"{through_cpu:.0f} µs",
            reference=f"{plain_cpu:.0f} µs",
            goal="-",
        )
    )
    return found


async def run(quick: bool) -> None:
    rounds, singles = (2, 40) if quick else (4, 300)
    tokens = (120, 60, 100) if quick else (80, 240, 120, 160)
    times, paced = await stream(rounds, PAUSE, tokens, singles)
    _, fast = await stream(rounds, 0.0, tokens, 0)
    table = rows(f"{CHATS} chats, {1 / PAUSE:.0f} tokens/s each", times, paced)
    table += rows(f"{CHATS} chats, {FAST}", ([], []), fast)
    if not quick:
        table += rows("transformers serve, 16 chats", *await real(rounds - 1, singles // 10))
    figures: dict[str, Any] = {
        "remote_first_token_ms": round(statistics.median(times[1]) - statistics.median(times[0]), 2),
        "remote_throughput_ratio": round(paced[2], 3),
    }
    show("remote", table, figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds, without transformers serve")
    uvloop.run(run(parser.parse_args().quick))


if __name__ == "__main__":
    main()
