"""The whole sandbox: one server with the stand-ins of all platforms, the settings that point at it, and the phones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from aiohttp import web

from assistant.clock import Clock, MovableClock
from assistant.errors import SettingsError
from assistant.http import Http

from . import knobs
from .agent import AgentPlatform
from .agent_api import AgentApi
from .bot import Telegram
from .botapi import BotApi
from .graph import Graph
from .happenings import Happening, Kind, Stream
from .meta import MetaPlatform, WhatsApp
from .pages import Instagram, Messenger
from .phones import Phone
from .platform import Platform
from .posts import Feed
from .steps import told_span
from .wire import Caller, Signature, Wire, recording

MOST_PEOPLE = 200


class Sandbox:
    """All platforms on this machine, with fresh random secrets. Everything runs in the caller's loop.

    `spared`: channels that are set up with real tokens beside it; it gives no settings for them and sends them nothing.
    `feed` is the Page's wall, `agent` WhatsApp's other door, which has no webhook and is in no list of channels.
    Time can be moved forward when `clock` is a MovableClock, which it is when none is given; the assistant follows
    only where it was given the same.
    Either `await Sandbox.start()`, or mount `application()` under a prefix of another server and say `mounted_at()`.
    """

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.clock = clock or MovableClock()
        self.stream = Stream()
        self.wire = Wire(clock=self.clock)
        self.base_url = ""
        self.spared: frozenset[str] = frozenset()
        self._http = Http()
        self._runner: web.AppRunner | None = None
        self.whatsapp = WhatsApp(http=self._http, stream=self.stream, clock=self.clock)
        self.messenger = Messenger(http=self._http, stream=self.stream, clock=self.clock)
        self.instagram = Instagram(http=self._http, stream=self.stream, clock=self.clock)
        self.telegram = Telegram(http=self._http, stream=self.stream, clock=self.clock)
        self.agent = AgentPlatform(http=self._http, stream=self.stream, clock=self.clock)
        self.agent_api = AgentApi(self.agent)
        self.feed = Feed(page=self.messenger)
        self.platforms: dict[str, Platform] = {
            platform.channel: platform
            for platform in (self.whatsapp, self.messenger, self.instagram, self.telegram)
        }
        for platform in (*self.platforms.values(), self.agent):
            platform.wire = self.wire

    @classmethod
    async def start(cls, host: str = "127.0.0.1", port: int = 0, *, clock: Clock | None = None) -> Sandbox:
        """Open the server; port 0 takes a free one. Graph is under /graph, the Bot API under /telegram, the Agent
        Platform under /agents."""
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
        """All APIs as one aiohttp application."""
        graph = Graph(
            whatsapp=self.whatsapp, messenger=self.messenger, instagram=self.instagram, feed=self.feed
        )
        app = web.Application()
        for prefix, part, caller in (
            ("/graph", graph.application(), self._graph_caller),
            ("/telegram", BotApi(self.telegram).application(), lambda _: self._caller(self.telegram)),
            ("/agents", self.agent_api.application(), lambda _: self._caller(self.agent)),
        ):
            part.middlewares.append(recording(lambda: self.wire, caller))
            app.add_subapp(prefix, part)
        return app

    def _caller(self, platform: Platform, signature: Signature = Signature.NONE) -> Caller:
        return Caller(
            channel=platform.channel,
            signature=signature,
            secrets=platform.tokens(),
            person=platform.name_of,
        )

    def _graph_caller(self, request: web.Request) -> Caller:
        """Whose token it is, or else whose node; neither: nobody's."""
        given = request.headers.get("Authorization", "") + request.query.get("access_token", "")
        node = request.match_info.get("node", "") or request.match_info.get("channel", "")
        metas = [platform for platform in self.platforms.values() if isinstance(platform, MetaPlatform)]
        for platform in metas:
            if platform.access_token in given or node in (platform.account, platform.channel):
                proof = request.query.get("appsecret_proof")
                if proof is None:
                    return self._caller(platform)
                fits = platform.proof_fits(proof)
                return self._caller(platform, Signature.VALID if fits else Signature.WRONG)
        return Caller(channel="")

    def mounted_at(self, base_url: str) -> None:
        """Where `application()` can be reached, with its prefix."""
        self.base_url = base_url.rstrip("/")
        self.agent.base_url = self.agent_url
        for platform in self.platforms.values():
            if isinstance(platform, MetaPlatform):
                platform.graph_url = self.graph_url

    @property
    def graph_url(self) -> str:
        return f"{self.base_url}/graph"

    @property
    def telegram_url(self) -> str:
        return f"{self.base_url}/telegram"

    @property
    def agent_url(self) -> str:
        """The Agent Platform's host: its API begins with /agent/v1 below."""
        return f"{self.base_url}/agents"

    def environment(self) -> dict[str, str]:
        """The ordinary settings that point our adapters at the sandbox."""
        if not self.base_url:
            raise SettingsError("the sandbox has no address yet; call start() or mounted_at() first")
        found: dict[str, str] = {}
        for platform in self.platforms.values():
            found |= platform.environment(self.base_url)
        found |= self.feed.environment(self.base_url)
        spared = tuple(f"ASSISTANT_{channel.upper()}_" for channel in self.spared)
        return {name: value for name, value in found.items() if not name.startswith(spared)}

    async def connect(self, base_url: str, channels: Iterable[str] | None = None) -> None:
        """Our server listens at `base_url`: make the handshakes and send webhooks there from now on.

        Raises SettingsError naming the platform when a handshake fails; Instagram, unless it was named, is left out
        where the server does not know it. To follow a server to another address, call it again.
        """
        for channel in self._not_spared() if channels is None else channels:
            try:
                await self.platform(channel).connect(f"{base_url.rstrip('/')}/webhooks/{channel}")
            except SettingsError:
                if channels is not None or channel != self.instagram.channel:
                    raise

    def _not_spared(self) -> list[str]:
        return [channel for channel in self.platforms if channel not in self.spared]

    def platform(self, channel: str) -> Platform:
        """The platform of that name. Raises SettingsError for a name the sandbox does not have."""
        if channel not in self.platforms:
            raise SettingsError(f"the sandbox has no {channel}; it has {', '.join(self.platforms)}")
        return self.platforms[channel]

    def phone(self, channel: str, name: str, *, locale: str = "en", username: str | None = None) -> Phone:
        """A person on a platform; the same name gives the same phone."""
        if channel in (self.agent.channel, "whatsappagent"):
            return self.agent.phone(name, locale=locale)
        return self.platform(channel).phone(name, locale=locale, username=username)

    # --- what goes wrong, and time ---

    def turn(self, channel: str, name: str, value: float) -> None:
        """Set a fault (see knobs.KNOBS). Raises LookupError for an unknown one, ValueError for a value out of limits."""
        knobs.turn(self.platform(channel), name, value)

    def rest(self, channel: str = "") -> None:
        """All faults of a channel, or of every one, back to normal."""
        for platform in [self.platform(channel)] if channel else self.platforms.values():
            platform.faults.rest()

    def refuse(
        self,
        channel: str,
        status: int,
        *,
        code: int | None = None,
        retry_after: int | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the next sends in a way of its own; see Faults.fail_next."""
        platform = self.platform(channel)
        platform.faults.fail_next(status, code=code, retry_after=retry_after, times=times)
        said = {"status": status, "code": code, "retry_after": retry_after, "times": times}
        text = " ".join(f"{name}={value}" for name, value in said.items() if value is not None)
        platform.happened(Kind.FAULT, text="refuse", status=text)

    def seed(self, number: int) -> None:
        """Make every random choice of the faults and bursts the same again."""
        for platform in (*self.platforms.values(), self.agent):
            platform.faults.seed(number)

    async def travel(self, by: timedelta) -> None:
        """Move time forward for everything that shares the sandbox's clock. Raises SettingsError where it stands fast."""
        if not isinstance(self.clock, MovableClock):
            raise SettingsError("time cannot be moved here: the sandbox was started with a clock of its own")
        await self.clock.move(by)
        self.stream.emit(
            Happening(kind=Kind.TIME, channel="", person="", at=self.clock.now(), text=told_span(by))
        )

    async def burst(
        self, channel: str, people: int, says: Sequence[str] = ("Hello, I am number {number}",)
    ) -> list[Phone]:
        """So many new people write at once; {number} in the words is theirs. Comes back when all were delivered."""
        if not 1 <= people <= MOST_PEOPLE:
            raise ValueError(f"a burst has 1 to {MOST_PEOPLE} people")
        platform = self.platform(channel)
        platform.happened(Kind.BURST, text="\n".join(says), status=str(people))
        phones = [platform.add_phone(f"Person {number}") for number in range(1, people + 1)]
        order = list(range(people))
        platform.faults.random.shuffle(order)
        async with asyncio.TaskGroup() as group:
            for place in order:
                words = says[place % len(says)].replace("{number}", str(place + 1))
                group.create_task(phones[place].say(words))
        return phones

    def subscribe(self, listener: Callable[[Happening], None]) -> Callable[[], None]:
        """Call `listener` with everything that happens; the answer ends that."""
        return self.stream.subscribe(listener)

    async def close(self) -> None:
        for platform in (*self.platforms.values(), self.agent):
            await platform.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self._http.close()
