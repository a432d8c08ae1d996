"""The whole sandbox: one server with the stand-ins of all platforms, the settings that point at it, and the phones."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from aiohttp import web

from assistant.clock import Clock, SystemClock
from assistant.errors import SettingsError
from assistant.http import Http

from .bot import Telegram
from .botapi import BotApi
from .graph import Graph
from .happenings import Happening, Stream
from .meta import Messenger, WhatsApp
from .phones import Phone
from .platform import Platform


class Sandbox:
    """WhatsApp, Messenger and Telegram on this machine, with fresh random secrets. Everything runs in the caller's loop.

    Either `await Sandbox.start()`, or mount `application()` under a prefix of another server and say `mounted_at()`.
    """

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.stream = Stream()
        self.base_url = ""
        self._http = Http()
        self._runner: web.AppRunner | None = None
        self.whatsapp = WhatsApp(http=self._http, stream=self.stream, clock=self.clock)
        self.messenger = Messenger(http=self._http, stream=self.stream, clock=self.clock)
        self.telegram = Telegram(http=self._http, stream=self.stream, clock=self.clock)
        self.platforms: dict[str, Platform] = {
            platform.channel: platform for platform in (self.whatsapp, self.messenger, self.telegram)
        }

    @classmethod
    async def start(cls, host: str = "127.0.0.1", port: int = 0, *, clock: Clock | None = None) -> Sandbox:
        """Open the server; port 0 takes a free one. Graph is under /graph, the Bot API under /telegram."""
        sandbox = cls(clock=clock)
        runner = web.AppRunner(
            sandbox.application(), handle_signals=False, access_log=None, shutdown_timeout=1.0
        )
        sandbox._runner = runner
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await sandbox.close()
            raise SettingsError(f"the sandbox cannot listen on {host}:{port}; is the port taken?") from None
        sandbox.mounted_at(f"http://{host}:{runner.addresses[0][1]}")
        return sandbox

    def application(self) -> web.Application:
        """Both APIs as one aiohttp application."""
        app = web.Application()
        app.add_subapp("/graph", Graph(whatsapp=self.whatsapp, messenger=self.messenger).application())
        app.add_subapp("/telegram", BotApi(self.telegram).application())
        return app

    def mounted_at(self, base_url: str) -> None:
        """Where `application()` can be reached, with its prefix."""
        self.base_url = base_url.rstrip("/")

    @property
    def graph_url(self) -> str:
        return f"{self.base_url}/graph"

    @property
    def telegram_url(self) -> str:
        return f"{self.base_url}/telegram"

    def environment(self) -> dict[str, str]:
        """The ordinary settings that point our adapters at the sandbox."""
        if not self.base_url:
            raise SettingsError("the sandbox has no address yet; call start() or mounted_at() first")
        found: dict[str, str] = {}
        for platform in self.platforms.values():
            found |= platform.environment(self.base_url)
        return found

    async def connect(self, base_url: str, channels: Iterable[str] | None = None) -> None:
        """Our server listens at `base_url`: make the handshakes and send webhooks there from now on.

        Raises SettingsError naming the platform when a handshake fails. To follow a server to another address, call
        it again.
        """
        for channel in self.platforms if channels is None else channels:
            await self.platform(channel).connect(f"{base_url.rstrip('/')}/webhooks/{channel}")

    def platform(self, channel: str) -> Platform:
        """The platform of that name. Raises SettingsError for a name the sandbox does not have."""
        if channel not in self.platforms:
            raise SettingsError(f"the sandbox has no {channel}; it has {', '.join(self.platforms)}")
        return self.platforms[channel]

    def phone(self, channel: str, name: str, *, locale: str = "en", username: str | None = None) -> Phone:
        """A person on a platform; the same name gives the same phone."""
        return self.platform(channel).phone(name, locale=locale, username=username)

    def subscribe(self, listener: Callable[[Happening], None]) -> Callable[[], None]:
        """Call `listener` with everything that happens; the answer ends that."""
        return self.stream.subscribe(listener)

    async def close(self) -> None:
        for platform in self.platforms.values():
            await platform.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self._http.close()
