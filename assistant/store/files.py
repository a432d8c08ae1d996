"""The folder of files beside the database: each under the name of its content, whole or not there at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4


class Files:
    """The folder `media` beside the database: ab/abcdef…, named by SHA-256, and beside it the thumbnail of a picture.

    Processes on several machines must share this folder. Its functions touch the disk: call them in a thread.
    """

    def __init__(self, data: Path) -> None:
        self.folder = data / "media"
        self._new = self.folder / "new"

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def thumb(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}{_THUMB}"

    def prepare(self) -> None:
        self._new.mkdir(mode=0o700, parents=True, exist_ok=True)

    def fresh(self) -> Path:
        """A name for a file in the making, on the same disk."""
        return self._new / uuid4().hex

    def place(self, sha256: str, made: Path, thumb: Path | None) -> None:
        """Put a finished file where it belongs, whole or not at all; what is there already is the same. `made` stays."""
        self.path(sha256).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for source, target in ((thumb, self.thumb(sha256)), (made, self.path(sha256))):
            if source is not None and not target.exists():
                synced(source)
                with contextlib.suppress(FileExistsError):
                    link(source, target)
        synced(self.path(sha256).parent)

    @contextlib.contextmanager
    def swept_alone(self) -> Iterator[bool]:
        """False when somebody else is sweeping just now: two might each trust what the other is about to change."""
        self.prepare()
        handle = os.open(self.folder / "sweeper", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(handle)

    def names(self) -> Iterator[list[str]]:
        """The digests of all files, folder by folder."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            names = {match[1] for entry in os.scandir(folder) if (match := _NAME.fullmatch(entry.name))}
            if names:
                yield sorted(names)

    def set_aside(self, sha256: str) -> None:
        """Hide a file that seems to be nobody's. Who has just come to want it sees that it is missing and puts it back."""
        for path in (self.path(sha256), self.thumb(sha256)):
            with contextlib.suppress(FileNotFoundError):
                path.replace(_aside(path))

    def settle(self, sha256: str, *, wanted: bool) -> None:
        """After another look: put what was set aside back, or delete it."""
        for path in (self.path(sha256), self.thumb(sha256)):
            with contextlib.suppress(FileNotFoundError):
                if wanted:
                    _aside(path).replace(path)
                else:
                    _aside(path).unlink()

    def drop_unfinished(self, older_than: float) -> None:
        """Delete what was in the making when a process died; in seconds."""
        with contextlib.suppress(FileNotFoundError):
            for entry in os.scandir(self._new):
                with contextlib.suppress(FileNotFoundError):
                    if entry.stat().st_mtime < time.time() - older_than:
                        Path(entry.path).unlink()


_THUMB = ".thumb"
_ASIDE = ".gone"
_NAME = re.compile(rf"([0-9a-f]{{64}})(?:{_THUMB})?(?:{_ASIDE})?")


def _aside(path: Path) -> Path:
    return path.with_name(path.name + _ASIDE)


def link(source: Path, target: Path) -> None:
    """Give the file a second name, which appears whole or not at all. Raises FileExistsError."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        copy = source.with_name(uuid4().hex)
        shutil.copyfile(source, copy)
        copy.chmod(0o600)
        synced(copy)
        copy.replace(target)


def synced(path: Path) -> None:
    """Write the file, or the names in the folder, down for good."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
