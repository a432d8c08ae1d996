"""Secrets in files of their own in the data folder: made once, whole or not at all, for this user's eyes only."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from .files import link, synced


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; while there is none, or a blank one, it is made. Of processes that make it at once all get the same.

    Touches the disk: call it in a thread. Raises OSError when it cannot be read or made; nothing half-made is left.
    """
    if (found := read(path)) is not None:
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make())
        synced(made)
        with contextlib.suppress(FileExistsError):
            link(made, path)
        if read(path) is None:  # a crash of an earlier version left it empty
            made.replace(path)
        synced(path.parent)
    finally:
        made.unlink(missing_ok=True)
    return path.read_bytes()


def read(path: Path) -> bytes | None:
    """What the file holds; None when there is none, or a blank one."""
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        return None
    return held if held.strip() else None
