"""llama.cpp through the prebuilt node-llama-cpp of npm, installed beside the project's build output, in its own process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ..chats import Chat

NODE_PACKAGE: Final = "node-llama-cpp@3.22.1"
BINARIES: Final = "@node-llama-cpp/linux-x64@3.22.1"
GGUF_PACKAGE: Final = "gguf==0.19.0"
BATCH_TOKENS: Final = 512
_SCRIPT: Final = Path(__file__).with_suffix(".mjs")
_INSTALL_SECONDS: Final = 240.0


class NotHereError(Exception):
    """Why llama.cpp cannot be measured on this machine, in a sentence."""


def install(folder: Path) -> None:
    """Fetch what is missing into `folder`. No script of any package is run. Raises NotHereError."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise NotHereError("node and npm are not installed")
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node.done").exists():
        (folder / "package.json").write_text('{"private": true}')
        flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
        _run(["npm", "install", *flags, NODE_PACKAGE, BINARIES], folder)
        (folder / "node.done").touch()
    if not (folder / "python.done").exists():
        flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", str(folder / "python")]
        _run([sys.executable, "-m", "pip", "install", *flags, GGUF_PACKAGE], folder)
        (folder / "python.done").touch()


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotHereError(f"{command[0]} was not done after {_INSTALL_SECONDS:.0f} seconds") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NotHereError(f"{Path(command[0]).name} could not install what is needed: {last}")


def convert(model: Path, folder: Path) -> Path:
    """The model's folder as one GGUF file. Raises NotHereError."""
    folder, model = folder.resolve(), model.resolve()
    target = folder / f"{model.name}.gguf"
    if not target.exists():
        partial = target.with_suffix(".partial")
        script = str(Path(__file__).with_name("gguf_file.py"))
        _run([sys.executable, script, str(folder / "python"), str(model), str(partial)], folder)
        partial.rename(target)
    return target


class LlamaCpp:
    """As many sequences as chats, batched by the binding as llama.cpp's own server does it, each with its own K/V."""

    def __init__(self, folder: Path, model: Path, *, chats: int, positions: int, threads: int) -> None:
        """Raises NotHereError."""
        command = [
            "node",
            str(_SCRIPT),
            str(folder.resolve()),
            str(model),
            str(chats),
            str(positions),
            str(threads),
        ]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
        )
        self.pid = self._process.pid
        self._answer()

    def run(self, chats: Sequence[Chat], kept: int = 0) -> list[list[int]]:
        """Each chat's new ids. The first `kept` tokens of each prompt are in its sequence from the run before."""
        asked = [{"prompt": chat.ids, "count": chat.new_tokens} for chat in chats]
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"chats": asked, "kept": kept}) + "\n")
        self._process.stdin.flush()
        answers: list[list[int]] = self._answer()["answers"]
        return answers

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
        raise NotHereError("the process of llama.cpp ended; its own words are above")
