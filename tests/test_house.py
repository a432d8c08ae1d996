"""The house keeps its laws, and each law notices when it is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import laws
from tests.laws import LAWS, Law

ROOT = Path(__file__).resolve().parent.parent

BROKEN: list[tuple[Law, dict[str, str], str]] = [
    (laws.floors, {"assistant/types.py": "from .bus import Bus"}, "floor 0 (types) imports floor 1 (bus)"),
    (laws.floors, {"assistant/turn.py": "from . import worker"}, "floor 3 (turn) imports floor 4 (worker)"),
    (laws.floors, {"assistant/turn.py": "def f():\n    import assistant.app"}, "imports floor 5 (app)"),
    (laws.floors, {"assistant/store/queue.py": "from ..buses import memory"}, "store imports buses on the same floor"),
    (laws.floors, {"assistant/app.py": "from adapters import webchat"}, "assistant/ imports adapters"),
    (laws.floors, {"assistant/extra.py": ""}, "extra stands on no floor"),
    (laws.floors, {"assistant/turn.py": "from .demo.train import go"}, "turn imports the inside of demo"),
    (laws.floors, {"assistant/demo/train.py": "from ..turn import x"}, "demo imports floor 3 (turn)"),
    (laws.adapters_keep_apart, {"adapters/a.py": "from assistant.store import queue"}, "imports assistant.store"),
    (laws.adapters_keep_apart, {"adapters/a.py": "from . import b", "adapters/b.py": ""}, "the adapter module b"),
    (laws.adapters_keep_apart, {"adapters/sandbox/x.py": "from .. import _graph"}, "the adapter module _graph"),
    (laws.third_party_homes, {"assistant/turn.py": "import sqlalchemy"}, "imports sqlalchemy"),
    (laws.third_party_homes, {"assistant/buses/memory.py": "from redis.asyncio import Redis"}, "imports redis"),
    (laws.third_party_homes, {"assistant/engines/presets.py": "import torch"}, "imports torch"),
    (laws.third_party_homes, {"assistant/host.py": "def f():\n    import transformers"}, "imports transformers"),
    (laws.third_party_homes, {"adapters/webchat.py": "from aiohttp import web"}, "imports aiohttp.web"),
    (laws.third_party_homes, {"adapters/comments.py": "import telegram"}, "imports telegram"),
    (laws.one_outbound_session, {"assistant/turn.py": "aiohttp.ClientSession()"}, "a client session of its own"),
    (laws.no_channel_names, {"assistant/turn.py": "# as WhatsApp does"}, "names the channel WhatsApp"),
    (laws.no_channel_names, {"assistant/web/templates/a.html": "<b>telegram</b>"}, "names the channel telegram"),
    (laws.no_long_files, {"assistant/turn.py": "pass\n" * 601}, "601 lines"),
    (laws.names_with_a_noun, {"assistant/store/utils.py": ""}, "says nothing about what is in it"),
    (laws.names_with_a_noun, {"adapters/_common.py": ""}, "says nothing about what is in it"),
    (laws.docstrings, {"assistant/turn.py": "x = 1"}, "has no docstring"),
    (laws.no_untyped_metadata, {"assistant/turn.py": "class A:\n    metadata: dict[str, str]"}, "bag of anything"),
    (laws.no_untyped_metadata, {"assistant/turn.py": "def f(metadata: Mapping[str, int]): ..."}, "bag of anything"),
    (laws.errors_live_at_home, {"assistant/turn.py": "class Odd(SendError): ...",
                                "assistant/errors.py": "class SendError(AssistantError): ..."}, "the error Odd"),
    (laws.errors_live_at_home, {"adapters/a.py": "class Odd(errors.AssistantError): ..."}, "the error Odd"),
    (laws.parsing_is_pure, {"adapters/a.py": "class A:\n    async def parse(self): ..."}, "parse awaits"),
    (laws.parsing_is_pure, {"adapters/a.py": "def _parse_item(self): self.services.http"}, "_parse_item uses http"),
    (laws.parsing_is_pure, {"adapters/a.py": "def parse(r): return time.time()"}, "parse reads the clock"),
    (laws.readme_says_where, {"assistant/turn.py": '"""Walk two. More."""', "README.md": "| `assistant/turn.py` | Other |"},
     "README.md lacks the row: | `assistant/turn.py` | Walk two |"),
    (laws.nothing_unfinished, {"assistant/turn.py": "x = 1  # TO" + "DO later"}, "later"),
]  # fmt: skip

KEPT = {
    "README.md": "| `assistant/types.py` | The nouns |\n| `assistant/turn.py` | Walk two |\n"
    "| `assistant/store/` | The store |\n| `adapters/a.py` | A channel |\n| `adapters/_b.py` | Shared |\n",
    "assistant/__init__.py": '"""The package."""',
    "assistant/types.py": '"""The nouns."""\nmetadata: Facts',
    "assistant/errors.py": "",
    "assistant/turn.py": '"""Walk two. More."""\nfrom .store import queue\nfrom .demo import LABEL\nfrom .types import Unit',
    "assistant/store/__init__.py": '"""The store."""',
    "assistant/store/queue.py": '"""The queue."""\nfrom sqlalchemy import select\nfrom ..types import X',
    "adapters/a.py": '"""A channel."""\nfrom assistant.types import Event\nfrom ._b import c\n'
    "def parse(r):\n    return datetime.fromtimestamp(r.at)",
    "adapters/_b.py": '"""Shared."""',
}


def written(root: Path, files: dict[str, str]) -> Path:
    for folder in ("assistant", "adapters"):
        (root / folder).mkdir(exist_ok=True)
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return root


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_keeps_the_law(law: Law) -> None:
    breaches = law(ROOT)
    assert not breaches, "\n" + "\n".join(breaches)


@pytest.mark.parametrize("law, files, report", BROKEN, ids=lambda value: getattr(value, "__name__", None))
def test_a_broken_law_is_reported(law: Law, files: dict[str, str], report: str, tmp_path: Path) -> None:
    breaches = law(written(tmp_path, files))
    assert len(breaches) >= 1
    assert all(report in breach for breach in breaches), breaches


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_tree_that_keeps_the_law_is_left_in_peace(law: Law, tmp_path: Path) -> None:
    files = dict(KEPT)
    if law is laws.readme_says_where:
        del files["assistant/errors.py"]
    assert law(written(tmp_path, files)) == []


def test_every_law_has_a_tree_that_breaks_it() -> None:
    assert {law for law, _, _ in BROKEN} == set(LAWS)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The sources and contracts of this repository, to be broken."""
    for folder in ("assistant", "adapters"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=lambda at, names: [
            name for name in names if not (Path(at) / name).is_dir() and not name.endswith(".py")
        ])  # fmt: skip
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold(copied: Path) -> None:
    done = lint_imports(copied)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "name, line, contract",
    [
        ("assistant/types.py", "from . import bus", "A floor imports only lower floors"),
        ("assistant/clock.py", "import redis", "redis lives in assistant.buses.redis"),
        ("assistant/bus.py", "import adapters", "assistant never imports adapters"),
        ("adapters/webchat.py", "from assistant import turn", "adapters see floors 0 and 1 only"),
        ("adapters/webchat.py", "from . import whatsapp", "adapters never import one another"),
    ],
)
def test_an_import_contract_that_is_broken_fails(copied: Path, name: str, line: str, contract: str) -> None:
    path = copied / name
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint_imports(copied)
    assert done.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in done.stdout.splitlines()), done.stdout
