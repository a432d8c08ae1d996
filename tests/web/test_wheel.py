"""What is installed from the wheel is the whole program: every page finds its files, nothing is built or fetched, and it is small."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from assistant.web.pages import HERE, assets
from tests.services import free_port
from tests.test_house import ROOT

DASHBOARD_JS, CHAT_JS, BESIDE_JS = 40_000, 21_000, 12_000  # bytes; beside the chat: drawing and the widget
VENDORED_JS, RAW, COMPRESSED = 120_000, 400_000, 250_000
CHAT = "chat"
VISITORS = (CHAT, "imagine", "widget")
"""How the scripts are called that only visitors load: no page of the dashboard has them."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, laid out as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    [made] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def wheel(installed: Path) -> set[str]:
    return {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}


def test_the_wheel_alone_starts_and_shows_its_first_page(installed: Path, tmp_path: Path) -> None:
    """No checkout, no node, nothing to build: `assistant up` from what was installed, and every file of the page is served."""
    port = free_port()
    environment = {
        "PATH": str(tmp_path),  # neither node nor anything else
        "PYTHONPATH": str(installed),
        "HOME": str(tmp_path),
        "ASSISTANT_DATA": str(tmp_path / "data"),
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_ENGINE": "openai",
        "ASSISTANT_ENGINE_URL": "http://127.0.0.1:9/v1",
    }
    where = [sys.executable, "-P", "-c", "import assistant; print(assistant.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(installed)), "another copy of the program would be tested"
    command = [sys.executable, "-P", "-m", "assistant", "up"]
    with (tmp_path / "said").open("w+b") as said:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=said, stderr=said)
        try:
            page = _page(f"http://127.0.0.1:{port}/setup", process)
            assert "<html" in page
            for path in re.findall(r'(?:href|src)="(/s/[^"]+)"', page):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                    assert answer.status == 200 and answer.read()
            written, until = tmp_path / "data" / "setup-token", time.monotonic() + 30  # beside the page
            while not written.exists() and time.monotonic() < until:
                time.sleep(0.05)
            token = written.read_text().strip()
            assert 'name="password"' in _page(f"http://127.0.0.1:{port}/setup?token={token}", process)
        finally:
            process.terminate()
            process.wait(20)


def _page(address: str, process: subprocess.Popen[bytes]) -> str:
    """The page, as soon as the server is there; an answer of 403 has one too."""
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            request = urllib.request.Request(address, headers={"Accept": "text/html"})
            with urllib.request.urlopen(request, timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


def test_the_wheel_has_every_file_that_a_page_asks_for(wheel: set[str]) -> None:
    for path in (HERE / "templates").glob("*.html"):
        assert f"assistant/web/templates/{path.name}" in wheel
        text = path.read_text()
        for name in re.findall(r"asset\(['\"]([^'\"]+)['\"]\)", text):
            bundled = (
                not (HERE / "static" / name).exists() and name in assets().files
            )  # put together at the start
            assert bundled or f"assistant/web/static/{name}" in wheel, (path.name, name)
        for name in re.findall(r"{% (?:include|extends) ['\"]([^'\"]+)['\"]", text):
            assert f"assistant/web/templates/{name}" in wheel, (path.name, name)
    for name in ("pt.mo", "es.mo"):
        assert f"assistant/web/catalogs/{name}" in wheel
    assert "assistant/web/vendor.lock" in wheel


def test_modules_of_the_pages_import_only_what_is_there(wheel: set[str]) -> None:
    for path in (HERE / "static").glob("*.js"):
        for name in re.findall(r"from [\"']\./([^\"']+)[\"']", path.read_text()):
            assert f"assistant/web/static/{name}" in wheel, (path.name, name)


def test_the_pages_are_small() -> None:
    def size(*paths: Path) -> int:
        return sum(path.stat().st_size for path in paths)

    static = sorted((HERE / "static").iterdir())
    vendored = [path for path in static if path.name == "htmx.js"]
    own = [path for path in static if path.suffix == ".js" and path not in vendored]
    staffs = [path for path in own if not path.name.startswith(VISITORS)]
    assert size(*staffs) <= DASHBOARD_JS and size(*vendored) <= VENDORED_JS
    assert size(*(path for path in own if path.name.startswith(CHAT))) <= CHAT_JS
    assert size(*(path for path in own if path.name.startswith(VISITORS[1:]))) <= BESIDE_JS
    assert size(*static) <= RAW
    shipped = [*static, *(HERE / "templates").glob("*.html"), *(HERE / "catalogs").glob("*.mo")]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in shipped) <= COMPRESSED
