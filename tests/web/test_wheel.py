"""What is installed from the wheel is the whole program: every page finds its files, nothing is built or fetched, and it is small."""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from assistant.web.pages import HERE
from tests.test_house import ROOT

OWN_JS, VENDORED_JS, RAW, COMPRESSED = 40_000, 120_000, 400_000, 250_000  # bytes


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    [made] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return set(zipfile.ZipFile(made).namelist())


def test_the_wheel_has_every_file_that_a_page_asks_for(wheel: set[str]) -> None:
    for path in (HERE / "templates").glob("*.html"):
        assert f"assistant/web/templates/{path.name}" in wheel
        text = path.read_text()
        for name in re.findall(r"asset\(['\"]([^'\"]+)['\"]\)", text):
            assert f"assistant/web/static/{name}" in wheel, (path.name, name)
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
    assert size(*own) <= OWN_JS and size(*vendored) <= VENDORED_JS
    assert size(*static) <= RAW
    shipped = [*static, *(HERE / "templates").glob("*.html"), *(HERE / "catalogs").glob("*.mo")]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in shipped) <= COMPRESSED
