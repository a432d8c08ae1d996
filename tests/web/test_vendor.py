"""What others wrote and we ship is exactly what they published: version, licence and digest are on record."""

from __future__ import annotations

import hashlib
import json
import re

from assistant.web.pages import HERE

LOCK = json.loads((HERE / "vendor.lock").read_text())


def test_vendored_files_are_what_the_lock_says() -> None:
    for entry in LOCK:
        body = (HERE / "static" / entry["file"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == entry["sha256"], entry["file"]
        assert entry["integrity"].startswith("sha512-") and entry["licence"] and entry["version"]


def test_no_minified_file_is_here_without_a_line_in_the_lock() -> None:
    known = {entry["file"] for entry in LOCK}
    for path in (HERE / "static").glob("*.js"):
        longest = max(map(len, path.read_text().splitlines()))
        assert path.name in known or longest < 1000, path.name


def test_nothing_vendored_loads_from_elsewhere_or_points_to_a_map() -> None:
    for entry in LOCK:
        assert not re.search(r"sourceMappingURL|https?://", (HERE / "static" / entry["file"]).read_text())
