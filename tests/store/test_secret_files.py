"""Secrets in the data folder: one for all processes, never a half of one, and never an empty one."""

from __future__ import annotations

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assistant.store import secret_files


def make() -> bytes:
    return secrets.token_bytes(32)


def test_a_secret_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "key"
    assert secret_files.read(path) is None
    first = secret_files.kept(path, make)
    assert secret_files.kept(path, make) == secret_files.read(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["key"]


def test_all_who_make_it_at_once_have_the_same_and_nobody_reads_half_of_it(tmp_path: Path) -> None:
    for number in range(30):
        path, together = tmp_path / str(number), Barrier(8)

        def begin(path: Path = path, together: Barrier = together) -> bytes:
            together.wait()
            return secret_files.kept(path, make)

        with ThreadPoolExecutor(8) as threads:
            found = {future.result() for future in [threads.submit(begin) for _ in range(8)]}
        assert len(found) == 1 and len(found.pop()) == 32
    assert len(os.listdir(tmp_path)) == 30


@pytest.mark.parametrize("left", [b"", b"\n"])
def test_an_empty_file_that_a_crash_left_is_no_secret(tmp_path: Path, left: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(left)
    assert secret_files.read(path) is None
    assert len(secret_files.kept(path, make)) == 32


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    def no_room() -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        secret_files.kept(tmp_path / "key", no_room)
    assert os.listdir(tmp_path) == []


def test_it_works_on_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlinkable(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unlinkable)
    assert secret_files.kept(tmp_path / "key", make) == (tmp_path / "key").read_bytes()
