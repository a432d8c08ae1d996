"""CPU per durably acknowledged webhook against CPU per bare aiohttp request, in one interleaved run."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .load import cpu_seconds, request_bytes, send_all
from .report import Row, show

SECRET = "bench-secret"
BARE = """
import sys, asyncio, uvloop
from aiohttp import web
async def hello(request):
    await request.read()
    return web.Response(text="ok")
async def main():
    app = web.Application(); app.add_routes([web.post("/", hello)])
    runner = web.AppRunner(app, access_log=None); await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1]), backlog=1024).start()
    await asyncio.Event().wait()
uvloop.run(main())
"""


def webhook(number: int) -> bytes:
    """One signed-to-be WhatsApp text message, one of a thousand people, of the size real ones have."""
    person = f"3460011{number % 1000:04d}"
    body = {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "102290129340398",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": "15550001111",
                                "phone_number_id": "106540352242922",
                            },
                            "contacts": [{"profile": {"name": "Ana"}, "wa_id": person}],
                            "messages": [
                                {
                                    "from": person,
                                    "id": f"wamid.{hashlib.sha1(str((number, time.time_ns())).encode()).hexdigest()}",
                                    "timestamp": str(int(time.time())),
                                    "type": "text",
                                    "text": {"body": "Hello, are you open on Saturday afternoon? 😀"},
                                }
                            ],
                        },
                    }
                ],
            }
        ],
    }
    return json.dumps(body).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[int]:
    """A server process that answers at `path`; yields its pid."""
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=1)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def ours(folder: Path, port: int, database_url: str) -> Iterator[int]:
    environment = {
        "ASSISTANT_DATA": str(folder),
        "ASSISTANT_DATABASE_URL": database_url,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_LOG_LEVEL": "WARNING",
        "ASSISTANT_WHATSAPP_APP_SECRET": SECRET,
        "ASSISTANT_WHATSAPP_VERIFY_TOKEN": "v",
        "ASSISTANT_WHATSAPP_ACCESS_TOKEN": "t",
        "ASSISTANT_WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    }
    subprocess.run(
        [sys.executable, "-m", "assistant", "migrate"],
        env=os.environ | environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with server([sys.executable, "-m", "assistant", "serve"], port, "/readyz", environment) as pid:
        yield pid


def signed(port: int, count: int) -> list[bytes]:
    requests = []
    for number in range(count):
        body = webhook(number)
        signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        requests.append(request_bytes(port, "/webhooks/whatsapp", body, {"X-Hub-Signature-256": signature}))
    return requests


async def measure(pid: int, port: int, requests: list[bytes]) -> float:
    """CPU microseconds of the server process per answered request. Raises when any answer was not 200."""
    before = cpu_seconds(pid)
    counts = await send_all(port, requests, 64)
    if set(counts) != {200}:
        raise SystemExit(f"the server answered {dict(counts)}")
    return (cpu_seconds(pid) - before) / len(requests) * 1e6


def commits_per_message(port: int) -> float:
    """Committed batches per stored event, as the server counts them; one commit is one fsync."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    batches, events = (
        float(re.search(rf"^assistant_accept_batch_events_{name} (\S+)", text, re.M)[1])  # type: ignore[index]
        for name in ("count", "sum")
    )
    return batches / events


async def run(rounds: int, size: int, postgres: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare_port, lite_port, post_port = free_port(), free_port(), free_port()
        lite_url = f"sqlite:///{folder / 'bench.db'}"
        bare_command = [sys.executable, "-c", BARE, str(bare_port)]
        with (
            server(bare_command, bare_port, "/", {}) as bare,
            ours(folder / "lite", lite_port, lite_url) as lite,
        ):
            post_context = ours(folder / "post", post_port, postgres) if postgres else None
            post = post_context.__enter__() if post_context else None
            samples: dict[str, list[float]] = {"bare": [], "sqlite": [], "postgres": []}
            for round_number in range(rounds + 1):
                plain = [request_bytes(bare_port, "/", webhook(number)) for number in range(size)]
                taken = {"bare": await measure(bare, bare_port, plain)}
                taken["sqlite"] = await measure(lite, lite_port, signed(lite_port, size))
                if post:
                    taken["postgres"] = await measure(post, post_port, signed(post_port, size))
                if round_number:  # the first round warms up
                    for key, value in taken.items():
                        samples[key].append(value)
            fsync = commits_per_message(lite_port)
            if post_context:
                post_context.__exit__(None, None, None)
    median = {key: statistics.median(values) if values else None for key, values in samples.items()}
    base = median["bare"]
    assert base is not None and median["sqlite"] is not None
    ratio = median["sqlite"] / base
    ratio_post = median["postgres"] / base if median["postgres"] else None
    show(
        "durable accept: CPU per request, 64 connections",
        [
            Row(figure="bare aiohttp POST", ours="", reference=f"{base:.1f} µs", goal=""),
            Row(
                figure="signed webhook, SQLite FULL",
                ours=f"{median['sqlite']:.1f} µs",
                reference=f"{ratio:.2f}×",
                goal="≤ 2.0×",
            ),
            Row(
                figure="signed webhook, PostgreSQL",
                ours=f"{median['postgres']:.1f} µs" if median["postgres"] else "not measured",
                reference=f"{ratio_post:.2f}×" if ratio_post else "",
                goal="≤ 2.2×",
            ),
            Row(
                figure="fsync per message",
                ours=f"{fsync:.3f}",
                reference="1 (commit per request)",
                goal="≤ 0.1",
            ),
        ],
        {
            "accept_ratio_sqlite": round(ratio, 3),
            "accept_ratio_postgres": round(ratio_post, 3) if ratio_post else None,
            "fsync_per_message": round(fsync, 4),
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer, smaller rounds")
    parser.add_argument(
        "--postgres", metavar="URL", help="an empty PostgreSQL database; without it that row is null"
    )
    options = parser.parse_args()
    asyncio.run(run(3 if options.quick else 8, 2000 if options.quick else 6000, options.postgres))


if __name__ == "__main__":
    main()
