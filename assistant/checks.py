"""`assistant check`: every missing or wrong setting in one sentence, and what to do about it."""

from __future__ import annotations

import asyncio
import importlib.util
from enum import Enum

from pydantic import SecretStr

from . import app, overview
from .channel import Probes
from .errors import AssistantError, ModelUnusable, SettingsError
from .settings import PREFIX, EngineKind, ImagesKind, Section, Settings, SettingsFile
from .store import migrate
from .store.database import Database


def explain() -> list[str]:
    """Every setting as lines to print: its variable, its default, what it does; channels after the core."""
    lines = [
        "In assistant.toml the same keys in small letters, a channel's under [channel]; a variable wins."
    ]
    sections: list[tuple[str, type[Section]]] = [("", Settings)]
    sections += [(name, channel.Settings) for name, channel in sorted(app.known_channels().items())]
    for name, model in sections:
        lines += ["", f"[{name}]" if name else "The assistant"]
        for field, about in model.model_fields.items():
            variable = PREFIX + (f"{name}_{field}" if name else field).upper()
            default = about.get_default(call_default_factory=True)
            shown = (
                ""
                if isinstance(default, SecretStr) or default in (None, "")
                else f" (default {_short(default)})"
            )
            lines.append(f"  {variable}{shown}: {about.description}")
    return lines


def _short(value: object) -> str:
    text = value.value if isinstance(value, Enum) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


async def run(file: SettingsFile, settings: Settings, *, online: bool) -> int:
    """Print one line a finding; 0 when nothing stands in the way, 2 otherwise."""
    problems: list[str] = []
    notes: list[str] = []
    await _channels(file, settings, problems, notes)
    await _model(settings, problems, notes)
    if settings.images is ImagesKind.OPENAI and not settings.images_url:
        problems.append(
            "images_url (ASSISTANT_IMAGES_URL) is missing: images=openai needs http://host:port/v1"
        )
    await _database(settings, problems, notes)
    await _redis(settings, problems, notes)
    if online:
        await _platforms(file, settings.public_url, problems, notes)
    for note in notes:
        print(f"ok    {note}")
    for problem in problems:
        print(f"WRONG {problem}")
    print("Nothing stands in the way." if not problems else f"{len(problems)} to mend.")
    return 2 if problems else 0


async def _channels(file: SettingsFile, settings: Settings, problems: list[str], notes: list[str]) -> None:
    outside = False
    parts = app.channel_settings(file)
    page = app.own_page(app.known_channels())
    for name, part in sorted(parts.items()):
        if name == page:
            continue
        if part.configured():
            async with app.one_channel(name, part) as channel:
                outside = outside or not overview.polls(channel)
                how = "it" if overview.polls(channel) else "its webhook is"
                notes.append(f"channel {name} is configured; {how} {overview.hears(channel)}")
        elif part.partly():
            for field in part.missing():
                described = type(part).model_fields[field].description or "see the README"
                problems.append(
                    f"{name}.{field} (ASSISTANT_{name.upper()}_{field.upper()}) is missing: {described}"
                )
        elif part.enabled:
            notes.append(f"channel {name} is off; to use it set {', '.join(part.required)}")
    if outside and not settings.public_url.startswith("https://"):
        problems.append(
            "public_url (ASSISTANT_PUBLIC_URL) is not an https address: platforms send webhooks only to https; "
            "set the address of your proxy or tunnel"
        )


async def _model(settings: Settings, problems: list[str], notes: list[str]) -> None:
    if settings.engine is EngineKind.OPENAI:
        if not settings.engine_url:
            problems.append(
                "engine_url (ASSISTANT_ENGINE_URL) is missing: engine=openai needs http://host:port/v1"
            )
        else:
            notes.append(f"answers come from {settings.model} at an OpenAI-compatible server")
        return
    if importlib.util.find_spec("torch") is None:
        problems.append(
            "engine=local needs PyTorch and transformers: pip install 'messaging-assistant[local]'"
        )
        return
    from .engines import presets

    try:
        preset = presets.resolve(settings)
    except (ModelUnusable, SettingsError) as error:
        problems.append(f"model (ASSISTANT_MODEL): {error}")
        return
    known = f"model {settings.model}" + (f": {preset.note}" if preset.note else "")
    if preset.name == "demo":
        notes.append(known)
        return
    from .engines import planner

    try:
        plan = await planner.prepare(settings)
    except (ModelUnusable, SettingsError) as error:
        notes.append(f"{known}; whether it fits here cannot be said: {error}")
        return
    fitting = next((option for option in plan.options if option.fits), None)
    if fitting is None:
        need, room = plan.options[0].demand.total / 1e9, plan.options[0].room / 1e9
        problems.append(
            f"{known} needs about {need:.1f} GB of memory and this machine has {room:.1f} GB free; "
            f"`assistant models plan` says what can run it"
        )
    elif not fitting.good:
        notes.append(f"{known} fits but is too slow here for conversations; see `assistant models plan`")
    else:
        notes.append(f"{known} fits: {fitting.most} conversations of {plan.wish.context:,} tokens at once")


async def _database(settings: Settings, problems: list[str], notes: list[str]) -> None:
    try:
        database = Database(settings.resolved_database_url())
        if database.file is not None and not database.file.exists():
            notes.append(f"the database {database.file} is made at the first start")
            return
        database.open()
        try:
            version = await database.read(migrate.current)
        finally:
            await database.close()
    except SettingsError as error:
        problems.append(str(error))
    except (AssistantError, OSError) as error:
        problems.append(
            f"database_url (ASSISTANT_DATABASE_URL): the database does not answer ({type(error).__name__}); "
            "start it, or check host, user and password"
        )
    else:
        if version == migrate.newest():
            notes.append(f"the database answers, schema {version}")
        else:
            problems.append("the database schema is not this version's: run `assistant migrate`")


async def _redis(settings: Settings, problems: list[str], notes: list[str]) -> None:
    url = settings.redis_url.get_secret_value()
    if not url:
        notes.append("no Redis: one process does everything")
        return
    host, _, port = url.split("://", 1)[-1].rpartition("@")[2].split("/")[0].partition(":")
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host or "localhost", int(port or 6379)), 3)
        writer.close()
    except (OSError, ValueError, TimeoutError):
        problems.append(
            "redis_url (ASSISTANT_REDIS_URL): Redis does not answer; start it, or check host and port"
        )
    else:
        notes.append("Redis answers")


async def _platforms(file: SettingsFile, public_url: str, problems: list[str], notes: list[str]) -> None:
    for name, part in app.channel_settings(file).items():
        if not part.configured():
            continue
        async with app.one_channel(name, part) as channel:
            if isinstance(channel, Probes):
                for probe in await channel.probe(public_url):
                    (notes if probe.ok else problems).append(f"{name}: {probe.sentence}")
