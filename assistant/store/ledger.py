"""Who was erased, outside the database: a file of keyed hashes, so that a database restored from a backup forgets again."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from . import secret_files

FILE, KEY = "erasures.jsonl", "erasure-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person who was erased. `aliases`: keyed hashes of everything a platform knew them by."""

    person: int
    aliases: tuple[str, ...]
    actor: str
    at: datetime

    @property
    def name(self) -> tuple[int, str]:
        """The same in the file and in the table."""
        return self.person, self.at.isoformat(timespec="seconds")


class Ledger:
    """The file and its key in the data folder. Its functions touch the disk: call them in a thread."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE
        self._key_path = data / KEY
        self._kept: bytes | None = None

    def hash(self, *words: str) -> str:
        """The keyed hash of an alias: who has the ledger alone cannot try out numbers."""
        if self._kept is None:
            self._kept = secret_files.kept(self._key_path, lambda: secrets.token_bytes(32))
        return hmac.new(self._kept, "\x1f".join(words).encode(), hashlib.sha256).hexdigest()

    def read(self) -> list[Entry]:
        """Everything in the file, oldest first; a line cut short by a crash is left out."""
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        return [entry for line in lines if (entry := _entry(line)) is not None]

    def append(self, entries: Iterable[Entry]) -> None:
        """Write lines that survive a power cut once this returns."""
        lines = [
            orjson.dumps(
                {
                    "person": entry.person,
                    "aliases": entry.aliases,
                    "actor": entry.actor,
                    "at": entry.at.isoformat(),
                }
            )
            for entry in entries
        ]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            whole = os.fstat(handle).st_size
            if whole and os.pread(handle, 1, whole - 1) != b"\n":  # a crash cut the last line short
                lines.insert(0, b"")
            os.write(handle, b"\n".join(lines) + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)


def _entry(line: bytes) -> Entry | None:
    try:
        found = orjson.loads(line)
        return Entry(
            person=int(found["person"]),
            aliases=tuple(str(one) for one in found["aliases"]),
            actor=str(found["actor"]),
            at=datetime.fromisoformat(found["at"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
