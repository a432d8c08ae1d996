"""Starts `transformers serve` on the demo checkpoint: a real server for the OpenAI-compatible engine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

CHECKPOINT = Path(__file__).parents[2] / "assistant" / "demo" / "checkpoint"


@dataclass
class Serving:
    """One server process on a free port. `blocks`: pages of 256 tokens in its cache."""

    folder: Path
    log: Path
    blocks: int = 64
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        """Start it; `until_ready` waits, so that several can start at once."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [str(Path(sys.executable).with_name("transformers")), "serve", str(self.folder)]
        command += [
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--device",
            "cpu",
            "--continuous-batching",
        ]
        command += ["--attn-implementation", "sdpa", "--cb-max-batch-tokens", "512"]
        command += ["--cb-num-blocks", str(self.blocks)]
        # Nothing is fetched: the checkpoint is here. One thread: the tests share the machine with it.
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "NO_COLOR": "1"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        return self

    def until_ready(self, timeout: float = 90.0) -> None:
        """Wait until its health page answers 200."""
        assert self.process is not None
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(
            f"transformers serve did not start:\n{self.log.read_text(errors='replace')[-3000:]}"
        )

    def kill(self) -> None:
        """As the kernel does it when memory runs out."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()


def with_parsed_calls(folder: Path) -> Path:
    """A copy of the demo checkpoint whose tokenizer tells the server how this model writes tool calls.

    The server then sends them as `tool_calls`; with the plain checkpoint they come as text.
    """
    shutil.copytree(CHECKPOINT, folder)
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["response_template"] = {
        "defaults": {"role": "assistant"},
        "start_anchor": "<|start_header_id|>assistant<|end_header_id|>\n\n",
        "fields": {
            "tool_calls": {
                "open_pattern": r'\{"name": "(?P<name>\w+)", "parameters": ',
                "close_pattern": r"\}<\|eot_id\|>",
                "repeats": True,
                "content": "json",
                "transform": {"type": "function", "function": {"name": "{name}", "arguments": "{content}"}},
            },
            "content": {"close": "<|eot_id|>", "content": "text"},
        },
    }
    path.write_text(json.dumps(config), encoding="utf-8")
    return folder
