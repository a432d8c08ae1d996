"""The composition root: from settings to a running system. The only place that knows concrete classes."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import importlib
import ipaddress
import logging
import os
import pkgutil
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any, TextIO, cast

from pydantic import SecretStr

from . import log as logs
from .bus import Bus
from .channel import Channel, OwnPage, Services
from .clock import Clock, MovableClock, SystemClock
from .deliver import Deliverer
from .engine import Engine
from .errors import SettingsError, StoreUnavailable
from .http import Http
from .inbound import Acceptor, Inbound
from .media import Fetcher
from .painter import Painter
from .polling import Poller
from .pressure import Pressure, Watch
from .settings import ChannelSettings, EngineKind, ImagesKind, Settings, SettingsFile, variable
from .store import accept, accounts, messages, migrate, secret_files, sessions
from .store.database import Database
from .tools import builtin
from .trials import Trials
from .turn import Answerer
from .worker import Worker

SANDBOX_PAGE = "/sandbox"

log = logging.getLogger(__name__)


# --- channels --------------------------------------------------------------------------------------------


def adapters_package() -> ModuleType:
    """Our own `adapters`; PyPI has a package of that name, and which one is found depends on the installation."""
    package = importlib.import_module("adapters")
    if not getattr(package, "OURS", False):
        raise SettingsError(
            f"the package 'adapters' found at {package.__file__} is not the assistant's; "
            "uninstall the PyPI package 'adapters' or run the assistant in its own virtual environment"
        )
    return package


def known_channels() -> dict[str, type[Channel]]:
    """Every channel this installation has: one module each in `adapters/`, without a leading underscore."""
    package = adapters_package()
    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        if not module.ispkg and not module.name.startswith("_"):
            channel = importlib.import_module(f"adapters.{module.name}").CHANNEL
            found[channel.name] = channel
    return found


def channel_settings(file: SettingsFile) -> dict[str, ChannelSettings]:
    """The settings of every known channel, configured or not. Raises SettingsError for a misspelt section."""
    known = known_channels()
    if unknown := file.unknown_sections(set(known)):
        raise SettingsError(
            f"[{unknown[0]}] in the settings file is no channel; known are {', '.join(sorted(known))}"
        )
    return {name: file.section(name, channel.Settings) for name, channel in known.items()}


def own_page(known: Mapping[str, type[Channel]]) -> str:
    """The name of the channel that is our own web page."""
    return next(name for name, channel in known.items() if issubclass(channel, OwnPage))


# --- the running system ----------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Runtime:
    """Everything a process shares; `engine` and `worker` only where it works, `inbound` only where it serves."""

    settings: Settings
    database: Database
    bus: Bus
    http: Http
    clock: Clock
    channels: dict[str, Channel]
    page: str
    pressure: Pressure
    sandbox: Any = None
    absent: dict[str, ChannelSettings] = field(default_factory=dict)
    engine: Engine | None = None
    inbound: Inbound | None = None
    worker: Worker | None = None
    address: str = ""

    async def not_ready(self) -> list[str]:
        """Why this process cannot do its work now; empty when it can."""
        reasons = []
        try:
            if not migrate.suffices(await self.database.read(migrate.current)):
                reasons.append("the database schema is older than this version; run `assistant migrate`")
        except Exception as error:
            reasons.append(f"the database is not reachable ({type(error).__name__})")
        if self.engine is not None:
            health = await self.engine.health()
            if not health.ready:
                reasons.append(health.sentence)
        return reasons

    def warnings(self) -> list[str]:
        """What is wrong and yet no reason to send requests elsewhere."""
        said = self.pressure.sentences()
        if not self.bus.connected():
            said.append("redis is not reachable: messages are found a second later and pages are not live")
        return said

    def note(self) -> str:
        """The label that belongs beside this model's answers."""
        if self.engine is not None:
            return self.engine.facts.note
        return (
            demo_label() if self.settings.engine is EngineKind.LOCAL and self.settings.model == "demo" else ""
        )


def demo_label() -> str:
    from .demo import LABEL

    return LABEL


@contextlib.asynccontextmanager
async def running(
    settings: Settings, file: SettingsFile, *, serve: bool, work: bool, sandbox: Any = None
) -> AsyncIterator[Runtime]:
    """Start what this process does, yield it, stop it in the order in which nothing is lost.

    With `sandbox`, the stand-ins that the channels' settings point at, their page is served too, and their clock is
    everybody's: moving it forward does not sign staff out.
    """
    _spare_memory()
    clock: Clock = SystemClock() if sandbox is None else sandbox.clock
    parts = channel_settings(file)
    configured = _configured(settings, parts)
    logs.redactor.register(secret for part in configured.values() for secret in part.secrets())
    logs.redactor.register(
        [
            settings.redis_url.get_secret_value(),
            settings.engine_key.get_secret_value(),
            settings.images_key.get_secret_value(),
            _password(settings),
        ]
    )
    async with contextlib.AsyncExitStack() as stack:
        database = Database(settings.resolved_database_url())
        database.open()
        stack.push_async_callback(database.close)
        if isinstance(clock, MovableClock):
            clock.before_moves(lambda by: database.write(sessions.carry, by))
        bus = make_bus(settings)
        await bus.start()
        stack.push_async_callback(bus.close)
        http = Http(platforms=_addresses(configured))
        stack.push_async_callback(http.close)
        known = known_channels()
        services = Services(http=http, bus=bus, clock=clock)
        runtime = Runtime(
            settings=settings,
            database=database,
            bus=bus,
            http=http,
            clock=clock,
            channels={name: known[name](part, services) for name, part in configured.items()},
            page=own_page(known),
            absent={name: part for name, part in parts.items() if name not in configured},
            pressure=Pressure(settings),
            sandbox=sandbox,
        )
        if serve:
            acceptor = Acceptor(
                database,
                bus,
                clock,
                _rules(settings, runtime.channels),
                lambda: runtime.pressure.closed_to_strangers,
            )
            acceptor.start()
            stack.push_async_callback(acceptor.close)
            runtime.inbound = Inbound(runtime.channels, acceptor)
            poller = Poller(_process_name(), runtime.channels, acceptor, database, clock)
            poller.start()
            stack.push_async_callback(poller.close)
        if work:
            runtime.engine = make_engine(settings, http)
            stack.push_async_callback(runtime.engine.close)
            await runtime.engine.start()
            runtime.worker = make_worker(runtime, runtime.engine)
        await _need_schema(database)
        if runtime.worker is not None:
            for name in runtime.channels:  # a restart is how an operator says that the settings are mended
                await database.write(accounts.resume, name, by_hand=False)
            runtime.worker.start()
            stack.push_async_callback(runtime.worker.close)
        watch = Watch(
            database=database,
            bus=bus,
            clock=clock,
            settings=settings,
            pressure=runtime.pressure,
            engine=runtime.engine,
            channels=runtime.channels if work else None,
        )
        watch.start()
        stack.push_async_callback(watch.close)
        if runtime.inbound is not None:
            await stack.enter_async_context(_web(runtime, runtime.inbound))
        elif settings.worker_port:
            await stack.enter_async_context(_figures(runtime))
        _spare_the_collector()
        yield runtime


async def _need_schema(database: Database) -> None:
    """Raise SettingsError when the tables are older than this program; newer ones are fine (migrations/README.md)."""
    with contextlib.suppress(StoreUnavailable):  # it may come yet; /readyz tells
        if not migrate.suffices(await database.read(migrate.current)):
            raise SettingsError(
                "the database's tables are older than this version; run `assistant migrate` first"
            )


def _spare_memory() -> None:
    """Give back what was used once: two heaps for all threads, and large pieces in memory of their own.

    glibc otherwise makes a heap for each thread and keeps, for as long as the process lives, what a burst of long
    conversations once needed. Other systems' libraries are left as they are.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for option, value in ((_ARENA_MAX, 2), (_MMAP_THRESHOLD, 128 * 1024), (_TRIM_THRESHOLD, 1024 * 1024)):
            mallopt(option, value)


_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1  # malloc.h of glibc


def _spare_the_collector() -> None:
    """What was loaded at the start lives as long as the process: garbage collection need not visit it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def make_bus(settings: Settings) -> Bus:
    url = settings.redis_url.get_secret_value()
    if url:
        from .buses.redis import RedisBus

        return RedisBus(url)
    from .buses.memory import MemoryBus

    return MemoryBus()


def make_engine(settings: Settings, http: Http) -> Engine:
    """The configured engine, not yet started. Raises ModelUnusable, SettingsError."""
    if settings.engine is EngineKind.OPENAI:
        from .engines.openai import OpenAIEngine

        return OpenAIEngine.from_settings(settings, http)
    from .engines.local.engine import LocalEngine

    return LocalEngine.from_settings(settings)


def make_painter(settings: Settings, http: Http) -> Painter | None:
    """The configured painter, None when no pictures are drawn. Raises SettingsError."""
    if settings.images is ImagesKind.OPENAI:
        from .painters.openai import OpenAIPainter

        return OpenAIPainter.from_settings(settings, http)
    if settings.images is ImagesKind.SKETCH:
        from .painters.sketch import SketchPainter

        return SketchPainter(threads=settings.images_at_once)
    return None


def _process_name() -> str:
    """This process among all that share the database."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"


def make_worker(runtime: Runtime, engine: Engine) -> Worker:
    tools = builtin()
    if unknown := sorted(set(runtime.settings.tools) - set(tools)):
        raise SettingsError(
            f"tools (ASSISTANT_TOOLS): there is no tool {unknown[0]}; known are {', '.join(sorted(tools))}"
        )
    name = _process_name()
    return Worker(
        name=name,
        database=runtime.database,
        bus=runtime.bus,
        clock=runtime.clock,
        settings=runtime.settings,
        answerer=Answerer(
            database=runtime.database,
            channels=runtime.channels,
            engine=engine,
            tools=tools,
            bus=runtime.bus,
            clock=runtime.clock,
            settings=runtime.settings,
            pressure=runtime.pressure,
        ),
        deliverer=Deliverer(runtime.database, runtime.channels, runtime.bus, runtime.clock, runtime.settings),
        fetcher=Fetcher(
            runtime.database, runtime.channels, runtime.http, runtime.bus, runtime.clock, runtime.settings
        ),
        trials=Trials(name, engine, runtime.database, runtime.bus, runtime.clock),
    )


@contextlib.asynccontextmanager
async def _web(runtime: Runtime, inbound: Inbound) -> AsyncIterator[None]:
    from .web.context import Absent
    from .web.server import WebContext, make_app, serve

    known = known_channels()
    page = cast(OwnPage, runtime.channels[runtime.page])
    painter = make_painter(runtime.settings, runtime.http)
    context = WebContext(
        settings=runtime.settings,
        database=runtime.database,
        bus=runtime.bus,
        clock=runtime.clock,
        inbound=inbound,
        page_channel=runtime.page,
        new_visitor=page.new_visitor,
        visitor_address=page.visitor_address,
        sender=page.sender,
        cookie_of=page.cookie_of,
        page_origins=page.origins(),
        painter=painter,
        engine_note=runtime.note,
        ready=runtime.not_ready,
        warnings=runtime.warnings,
        setup_token_file=runtime.settings.data / "setup-token",
        sandbox=runtime.sandbox is not None,
        metrics_open=runtime.settings.metrics_public,
        absent={
            name: Absent(
                title=known[name].title,
                off=not part.enabled,
                missing=tuple(
                    (variable(one, name), type(part).model_fields[one].description or "")
                    for one in part.missing()
                ),
                own_webhook=not hasattr(known[name], "overhears"),
            )
            for name, part in runtime.absent.items()
        },
    )
    application = make_app(context)
    if runtime.sandbox is not None:
        application.add_subapp(SANDBOX_PAGE, sandbox_page(runtime.sandbox))
    runner, port = await serve(application, runtime.settings.host, runtime.settings.port)
    everywhere = (
        ipaddress.ip_address(runtime.settings.host).is_unspecified if _is_ip(runtime.settings.host) else False
    )
    host = "127.0.0.1" if everywhere else runtime.settings.host
    runtime.address = f"http://{host}:{port}"
    try:
        yield
    finally:
        await runner.cleanup()
        if painter is not None:
            await painter.close()


@contextlib.asynccontextmanager
async def _figures(runtime: Runtime) -> AsyncIterator[None]:
    """Health and metrics of a process that has no web side."""
    from .web.health import Health, serve_alone

    health = Health(
        ready=runtime.not_ready, warnings=runtime.warnings, metrics_open=runtime.settings.metrics_public
    )
    runner = await serve_alone(health, runtime.settings.host, runtime.settings.worker_port)
    try:
        yield
    finally:
        await runner.cleanup()


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _configured(settings: Settings, parts: dict[str, ChannelSettings]) -> dict[str, ChannelSettings]:
    """The channels that can run. Our own page makes its secret itself, once, and keeps it in the data folder."""
    page = own_page(known_channels())
    if parts[page].enabled and parts[page].missing():
        parts[page] = parts[page].model_copy(update={"secret": SecretStr(_page_secret(settings))})
    return {name: part for name, part in parts.items() if part.configured()}


def _page_secret(settings: Settings) -> str:
    path = settings.data / "page-secret"
    try:
        kept = secret_files.kept(path, lambda: secrets.token_urlsafe(32).encode())
    except OSError as error:
        raise SettingsError(
            f"the secret of the web page cannot be kept in {path} ({error.strerror}); check data (ASSISTANT_DATA)"
        ) from None
    return kept.decode().strip()


def _addresses(configured: Mapping[str, ChannelSettings]) -> set[str]:
    """Every address that the channels' settings name: tokens are sent to no other server."""
    values = (value for part in configured.values() for value in part.model_dump().values())
    return {value for value in values if isinstance(value, str) and value.startswith(("http://", "https://"))}


def _rules(settings: Settings, channels: Mapping[str, Channel]) -> accept.Rules:
    return accept.Rules(
        debounce=timedelta(seconds=settings.debounce_seconds),
        debounce_cap=timedelta(seconds=settings.debounce_cap_seconds),
        staff_quiet=timedelta(hours=settings.hand_back_hours),
        windows={
            name: channel.caps.reply_window for name, channel in channels.items() if channel.caps.reply_window
        },
    )


def _password(settings: Settings) -> str:
    url = settings.resolved_database_url()
    return url.split("://", 1)[-1].rpartition("@")[0].partition(":")[2]


async def forever() -> None:
    """Wait for SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


@contextlib.asynccontextmanager
async def one_channel(name: str, part: ChannelSettings) -> AsyncIterator[Channel]:
    """One adapter by itself, for a command that talks to its platform."""
    from .buses.memory import MemoryBus

    logs.redactor.register(part.secrets())
    http = Http()
    try:
        yield known_channels()[name](part, Services(http=http, bus=MemoryBus(), clock=SystemClock()))
    finally:
        await http.close()


def sandbox_class() -> Any:
    """The local stand-ins of the platforms; loaded by name, as every adapter."""
    adapters_package()
    return importlib.import_module("adapters.sandbox").Sandbox


def sandbox_page(sandbox: Any) -> Any:
    """The page on which people try the channels, as a sub-application; see adapters/sandbox/page."""
    from .web.door import Door

    page = importlib.import_module("adapters.sandbox.page")
    return page.application(sandbox, Door(SANDBOX_PAGE, page.HERE))


def find_scenario(name: str) -> Any:
    """A scenario by its file, or by the name of one that is shipped. Raises SettingsError."""
    adapters_package()
    return importlib.import_module("adapters.sandbox.scenarios").find(name)


def shipped_scenarios() -> dict[str, Any]:
    """The scenarios that come with the sandbox, by name."""
    adapters_package()
    found: dict[str, Any] = importlib.import_module("adapters.sandbox.scenarios").shipped()
    return found


async def play_scenario(sandbox: Any, scenario: Any, out: TextIO) -> bool:
    """Play it, print every step as it ends, and say whether all came out."""
    playing = importlib.import_module("adapters.sandbox.playing")
    return bool(await playing.show(sandbox, scenario, out))


async def play_transcript(sandbox: Any, out: TextIO, database: Database) -> Any:
    """Let the sandbox's people talk and print what happens; the result knows whether all was answered."""

    async def first_token(channel: str, peer: str) -> datetime | None:
        return await database.read(messages.first_token_at, channel, peer)

    transcript = importlib.import_module("adapters.sandbox.transcript")
    return await transcript.play(sandbox, out, first_token=first_token)
