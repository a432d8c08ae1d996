"""A platform that holds files, a channel that knows where they are, and the house that fetches them; files to send."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image
from sqlalchemy import select

from assistant.buses.memory import MemoryBus
from assistant.channel import Download
from assistant.events import MessageReceived
from assistant.http import Http
from assistant.media import Fetcher
from assistant.settings import Settings
from assistant.store.accept import accept
from assistant.store.database import Database
from assistant.store.models import media as table
from assistant.types import Address, Media, MediaKind, Sender, Text
from tests.clocks import FakeClock
from tests.store.made import RULES

# --- files to send ---------------------------------------------------------------------------------------


def jpeg(width: int = 60, height: int = 40, colour: str = "teal", **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG", **options)
    return made.getvalue()


def with_secrets() -> bytes:
    """A phone's photo: on its side, with a place, a camera, a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}
    exif[0x010F] = "CameraOfAna"
    exif[0x0112] = 6
    profile = b"profile of Ana" * 20
    return jpeg(900, 600, exif=exif, comment=b"written by Ana", icc_profile=profile)


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, b"content of " + name.encode())
    return made.getvalue()


def bomb() -> bytes:
    """A picture of 900 megapixels in a few kilobytes: what it says of its size is true, its pixels are not worth decoding."""
    made = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(made, "PNG")
    return made.getvalue()


MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 64
OGG = b"OggS\x00\x02" + b"\x00" * 20 + b"OpusHead" + b"\x00" * 30


# --- a platform and the thing under test -----------------------------------------------------------------


@dataclass
class Platform:
    """A server that keeps files; what came in is remembered."""

    url: str = ""
    answers: dict[str, Callable[[web.Request], Any]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    sent: int = 0

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, request.headers.get("Authorization")))
        answer = self.answers[request.path](request)
        made: web.StreamResponse = await answer if asyncio.iscoroutine(answer) else answer
        return made

    def holds(self, path: str, body: bytes, status: int = 200) -> None:
        self.answers[path] = lambda _: web.Response(status=status, body=body)

    def redirects(self, path: str, to: str) -> None:
        self.answers[path] = lambda _: web.Response(status=302, headers={"Location": to})


@asynccontextmanager
async def listening() -> AsyncIterator[Platform]:
    made = Platform()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


class Gallery:
    """A channel that can be asked where a file is; `troubles` come first."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.troubles: list[Exception] = []
        self.told: dict[str, Any] = {}
        self.fetches = 0

    async def fetch(self, address: Address, wanted: Media) -> Download:
        self.fetches += 1
        if self.troubles:
            raise self.troubles.pop(0)
        offer: dict[str, Any] = {
            "url": f"{self.platform.url}/{wanted.ref}",
            "hosts": (self.platform.host,),
            "headers": {"Authorization": "Bearer of-ours"},
        }
        return Download(**(offer | self.told))


class House:
    """A store, a channel and a fetcher, with a clock that is moved by hand."""

    def __init__(self, folder: Path, database: Database, platform: Platform, http: Http, clock: FakeClock):
        self.database, self.platform, self.http, self.clock = database, platform, http, clock
        self.gallery = Gallery(platform)
        self.settings = Settings(data=folder, media_max_mb=2.0, media_image_max_mb=1.0)
        self.bus = MemoryBus(clock)
        self.fetcher = self.new_fetcher()
        self.numbers = iter(range(1, 1000))

    def new_fetcher(self, database: Any = None) -> Fetcher:
        channels: Any = {"post": self.gallery}
        return Fetcher(database or self.database, channels, self.http, self.bus, self.clock, self.settings)

    def event(self, *parts: Media | Text, peer: str = "ana", number: int | None = None) -> MessageReceived:
        return MessageReceived(
            address=Address(channel="post", account="office", peer=peer),
            sender=Sender(external_id=peer, name=peer.title()),
            external_id=f"m{number or next(self.numbers)}",
            sent_at=self.clock.now(),
            parts=parts,
        )

    async def accepted(self, *events: Any) -> None:
        await self.database.write(accept, list(events), self.clock.now(), RULES)

    async def receive(
        self, body: bytes, kind: MediaKind = MediaKind.IMAGE, *, peer: str = "ana", **more: Any
    ) -> MessageReceived:
        """A message with one file that the platform holds, accepted."""
        ref = f"f{next(self.numbers)}"
        self.platform.holds(f"/{ref}", body)
        event = self.event(Media(kind=kind, ref=ref, **more), peer=peer)
        await self.accepted(event)
        return event

    async def work(self, fetcher: Fetcher | None = None) -> None:
        """Everything that is due now is tried once."""
        while await (fetcher or self.fetcher).once():
            await (fetcher or self.fetcher).close(seconds=20)

    async def rows(self) -> list[Any]:
        return await self.database.read(
            lambda connection: connection.execute(select(table).order_by(table.c.id)).all()
        )

    async def row(self) -> Any:
        [row] = await self.rows()
        return row

    def on_disk(self) -> list[str]:
        """Every file of the media folder, thumbnails and leftovers too."""
        folder = self.settings.data / "media"
        return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != "sweeper")

    def content(self, row: Any) -> bytes:
        return self.fetcher.files.path(row.sha256).read_bytes()
