"""The folder of export files beside the database: written whole or not at all, readable by this server alone."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from uuid import uuid4

FOLDER = "exports"
_NAME = re.compile(r"[a-z]{2,16}-[0-9a-f]{32}\.jsonl")


class Writer:
    """A file in the making, with its digest. Its functions touch the disk: call them in a thread."""

    def __init__(self, data: Path, kind: str) -> None:
        folder = data / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.name = f"{kind}-{uuid4().hex}.jsonl"
        self.bytes = 0
        self._path = folder / self.name
        self._new = folder / f"{self.name}.new"
        self._digest = hashlib.sha256()
        self._file = os.fdopen(os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, lines: list[bytes]) -> None:
        for line in lines:
            self._file.write(line)
            self._digest.update(line)
            self.bytes += len(line)

    def finish(self) -> str:
        """Put the file in its place, on the disk for good; returns its SHA-256."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._new.rename(self._path)
        return self._digest.hexdigest()

    def abandon(self) -> None:
        """Nothing of it stays, however far it came."""
        self._file.close()
        self._new.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


def path(data: Path, name: str) -> Path:
    """Where a file lies. Raises ValueError for a name that is none of ours."""
    if not _NAME.fullmatch(name):
        raise ValueError("no name of an export file")
    return data / FOLDER / name


def delete(data: Path, names: list[str]) -> int:
    """Remove files; one that is gone already is no matter. Returns how many were there."""
    found = 0
    for name in names:
        place = path(data, name)
        if place.exists():
            place.unlink(missing_ok=True)
            found += 1
    return found
