"""The command line: every command an operator has, its help, and what it prints when something is missing."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from . import __version__, log
from .clock import SystemClock
from .errors import AssistantError, ModelUnusable, SettingsError, StoreUnavailable
from .settings import Quantize, Settings, SettingsFile

Command = Callable[[argparse.Namespace, SettingsFile, Settings], Coroutine[Any, Any, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 not done, 2 a setting or argument is wrong."""
    options = _parser().parse_args(arguments)
    try:
        file = SettingsFile.read(options.config)
        settings = file.core()
        log.setup(settings.log_level)
        return _run(options.run(options, file, settings))
    except (SettingsError, ModelUnusable) as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 2
    except StoreUnavailable as error:
        where = "database_url (ASSISTANT_DATABASE_URL)"
        print(
            f"assistant: the database cannot be reached ({error}); is it running, and is {where} right?",
            file=sys.stderr,
        )
        return 1
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `assistant settings | head`: the reader has seen enough
        return 0
    except Exception:
        # As a line of the log, which tells the place alone: the words of an error may be those of a person.
        logging.getLogger(__name__).exception("the command failed")
        return 1
    finally:
        _let_go_of_stdout()


def _let_go_of_stdout() -> None:
    """What could not be written to a full disk or a reader that left must not become the exit status."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(*lines: str) -> None:
    """Tell whoever watches a server. That nobody can read it stops nothing."""
    with contextlib.suppress(OSError):
        for line in lines:
            print(line)
        sys.stdout.flush()


def _run(coroutine: Coroutine[Any, Any, int]) -> int:
    import uvloop

    return uvloop.run(coroutine)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assistant", description="A messaging assistant that anybody can host.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"assistant {__version__}")
    parser.add_argument(
        "--config", metavar="FILE", help="settings file (default: assistant.toml here, if there is one)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        command.set_defaults(run=run)
        return command

    demo = add(
        "demo", _demo, "show everything with three people, stand-ins for the platforms and the demo model"
    )
    demo.add_argument(
        "--once", action="store_true", help="exit after the conversation; 0 only if all was delivered"
    )
    demo.add_argument(
        "action",
        nargs="?",
        choices=["show", "eval"],
        default="show",
        help="eval: measure the demo model's gates",
    )
    demo.add_argument("--quick", action="store_true", help="eval: every fourth dialogue only")
    demo.add_argument(
        "--set", default="development", metavar="SET", help="eval: development, blind or a JSON-lines file"
    )
    demo.add_argument("--misses", action="store_true", help="eval: also print what went wrong")
    demo.add_argument(
        "--checkpoint", type=Path, metavar="DIR", help="eval: another folder than the shipped one"
    )
    up = add("up", _up, "run web server and worker in one process with your settings")
    up.add_argument(
        "--sandbox",
        action="store_true",
        help="with stand-ins of all platforms (the default without channels)",
    )
    up.add_argument(
        "--sandbox-beside-real",
        action="store_true",
        help="the same beside channels that are set up for real, which are left alone",
    )
    add("serve", _serve, "run the web server alone: webhooks, web chat, dashboard")
    add("work", _work, "run a worker alone: the model and the sends")
    add("migrate", _migrate, "bring the database schema to this version (up and demo do it themselves)")
    check = add("check", _check, "name every missing or wrong setting, and what to do")
    check.add_argument("--online", action="store_true", help="also ask the platforms whether tokens work")
    sandbox = add(
        "sandbox", _sandbox, "play a scenario on stand-ins of the platforms, or list those that are shipped"
    )
    sandbox.add_argument("action", choices=["play", "list"])
    sandbox.add_argument("scenario", nargs="?", help="play: a YAML file, or the name of a shipped one")
    add("settings", _settings, "list every setting: its variable, its default, what it does")
    channels = add("channels", _channels, "list the channels, or register our webhook with one")
    channels.add_argument("action", nargs="?", choices=["list", "register"], default="list")
    channels.add_argument("channel", nargs="?", help="the channel to register")
    channels.add_argument("--online", action="store_true", help="ask the platforms, too")
    _model_commands(add("models", _models, "list the models known by name, or plan how to run one"))
    export = add("export", _export, "write everything kept of one person as JSON to stdout")
    export.add_argument("alias", help="the person's number, username or platform id")
    export.add_argument(
        "--zip",
        type=Path,
        metavar="FILE",
        help="write an archive for the person instead: messages, profile, files and a page to read",
    )
    erase = add("erase", _erase, "delete everything kept of one person, with a receipt")
    erase.add_argument("alias", nargs="?", help="the person's number, username or platform id")
    erase.add_argument("--yes", action="store_true", help="do it without asking")
    erase.add_argument(
        "--again",
        action="store_true",
        help="erase again who was erased before (after a backup was restored; migrate and up do it, too)",
    )
    staff = add(
        "staff", _staff, "make a link for the first administrator, or let staff in who lost their password"
    )
    staff.add_argument("action", choices=["setup", "reset"])
    staff.add_argument("email", nargs="?", help="reset: whose password is replaced and second factor removed")
    return parser


_PLANS = """examples:
  assistant models plan                                  the configured model, on this machine
  assistant models plan llama-3-70b --quantize 4bit      4-bit weights only
  assistant models plan llama-3.1-8b --context 32768 --conversations 50
  assistant models plan llama-3.1-405b --gpu H100 --gpus 8
  assistant models plan Qwen/Qwen3-8B --gpu 24GB --json
"""


def _model_commands(models: argparse.ArgumentParser) -> None:
    models.set_defaults(json=False)
    actions = models.add_subparsers(metavar="ACTION")
    listing = actions.add_parser(
        "list", help="list the models known by name (the default)", allow_abbrev=False
    )
    text = "say what a model takes and how to run it, from its configuration alone; nothing is downloaded for presets"
    plan = actions.add_parser(
        "plan",
        help=text,
        description=text,
        epilog=_PLANS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    plan.set_defaults(run=_plan)
    plan.add_argument(
        "name", nargs="?", help="a preset, a hub id or a folder (default: the configured model)"
    )
    plan.add_argument("--quantize", choices=list(Quantize), type=Quantize, help="only these weights")
    plan.add_argument("--context", type=_positive, default=0, metavar="N", help="tokens of one conversation")
    plan.add_argument("--conversations", type=_positive, default=0, metavar="N", help="so many at once")
    plan.add_argument(
        "--gpu", default="", metavar="GPU", help="on another machine: its GPU, such as 80GB or H100"
    )
    plan.add_argument(
        "--gpus", type=_positive, default=0, metavar="N", help="and how many of them (default: 1)"
    )
    for command in (listing, plan):
        command.add_argument("--json", action="store_true", help="one JSON object instead of text")


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return int(text)


# --- running ---------------------------------------------------------------------------------------------


async def _up(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from . import app, demonstration

    channels = app.channel_settings(file)
    page = app.own_page(app.known_channels())
    channels.pop(page)
    asked = options.sandbox or options.sandbox_beside_real
    if not asked and any(part.configured() for part in channels.values()):
        return await _stay(file, settings, serve=True, work=True)
    real = demonstration.real_channels(channels)
    if not options.sandbox_beside_real:
        demonstration.refuse_beside(real)
    if not asked:
        print(
            "No channel is configured: starting web chat and the sandbox. "
            "`assistant check` says what a channel needs."
        )
    if real:
        print(f"Set up for real and left alone by the sandbox: {', '.join(sorted(real))}.")
    async with demonstration.sandbox(spared=real) as sandbox:
        return await _stay(file, settings, serve=True, work=True, sandbox=sandbox)


async def _serve(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    return await _stay(file, settings, serve=True, work=False)


async def _work(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    return await _stay(file, settings, serve=False, work=True)


async def _stay(
    file: SettingsFile, settings: Settings, *, serve: bool, work: bool, sandbox: Any = None
) -> int:
    from . import app

    if serve and work:
        await _upgrade(settings)
    asyncio.get_running_loop().set_exception_handler(log.loop_failed)
    stop = asyncio.create_task(app.forever())
    start = app.running(settings, file, serve=serve, work=work, sandbox=sandbox)
    async with start as runtime:
        if sandbox is not None:
            await sandbox.connect(runtime.address)
        await _greet(runtime)
        await stop
        _say("Stopping: open turns end or are given back.")
    return 0


async def _greet(runtime: Any) -> None:
    """Say where everything is; the addresses a newcomer opens first."""
    from .web.auth import ensure_setup_token

    lines = [f"The model is the {note}."] if (note := runtime.note()) else []
    if not runtime.address:
        _say(*lines, "Working.")
        return
    lines += [f"Web chat   {runtime.address}/chat", f"Dashboard  {runtime.address}/admin"]
    if runtime.sandbox is not None:
        lines.append(f"Phones     {runtime.address}/sandbox")
    lines += [
        f"Webhook    {runtime.address}/webhooks/{name}"
        for name in sorted(set(runtime.channels) - {runtime.page})
    ]
    token = await ensure_setup_token(runtime.settings.data / "setup-token", runtime.database)
    if token:
        lines.append(f"First administrator (once): {runtime.address}/setup?token={token}")
    _say(*lines)


async def _demo(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    if options.action == "eval":
        return await asyncio.to_thread(_measure, options)
    from . import demonstration

    return await demonstration.run(once=options.once, port=settings.port)


async def _sandbox(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from . import app, demonstration

    if options.action == "list":
        for slug, scenario in app.shipped_scenarios().items():
            print(f"{slug:<28} {scenario.shows}")
        return 0
    if not options.scenario:
        raise SettingsError(
            "sandbox play: name a scenario; `assistant sandbox list` shows those that are shipped"
        )
    return await demonstration.play(options.scenario)


def _measure(options: argparse.Namespace) -> int:
    from .demo import CHECKPOINT, evaluate

    if options.set not in evaluate.SETS and not Path(options.set).is_file():
        raise SettingsError(
            f"demo eval: --set is one of {', '.join(evaluate.SETS)}, or a file; there is no {options.set}"
        )
    checkpoint = options.checkpoint or CHECKPOINT
    return (
        0
        if evaluate.run(options.set, checkpoint=checkpoint, quick=options.quick, misses=options.misses)
        else 1
    )


# --- setting up ------------------------------------------------------------------------------------------


async def _upgrade(settings: Settings) -> str:
    """Bring the schema to this version, then forget again whom a restored database still knows. Returns the version."""
    from .store import erasing, migrate

    async with _store(settings) as database:
        version: str = await database.write(migrate.upgrade)
        count = await erasing.reapply(database, settings.data, now=SystemClock().now())
    if count:
        _say(f"People who had been erased were in the database again and were erased again: {count}.")
    return version


async def _migrate(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    print(f"The database schema is at version {await _upgrade(settings)}.")
    return 0


async def _check(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from . import checks

    return await checks.run(file, settings, online=options.online)


async def _settings(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from . import checks

    for line in checks.explain():
        print(line)
    return 0


async def _channels(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from . import app
    from .channel import Registers

    parts = app.channel_settings(file)
    if options.action == "list":
        from . import overview

        overview.show(await overview.gather(file, settings, online=options.online))
        return 0
    if options.channel not in parts:
        raise SettingsError(f"channels register: name one of {', '.join(sorted(parts))}")
    if not settings.public_url:
        raise SettingsError(
            "public_url (ASSISTANT_PUBLIC_URL): set the https address under which platforms reach us"
        )
    part = parts[options.channel]
    if not part.configured():
        raise SettingsError(f"{options.channel} is not configured; missing: {', '.join(part.missing())}")
    async with app.one_channel(options.channel, part) as channel:
        if not isinstance(channel, Registers):
            print(
                f"{options.channel}: enter {settings.public_url}/webhooks/{options.channel} in the platform's console."
            )
            return 1
        print(await channel.register(settings.public_url))
    return 0


async def _models(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from .engines import report

    if options.json:
        print(_dumps(report.models_json()))
    else:
        report.models()
    return 0


async def _plan(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from .engines import planner, report

    made = await planner.prepare(
        settings,
        options.name,
        quantize=options.quantize,
        context=options.context,
        conversations=options.conversations,
        gpu=options.gpu,
        gpus=options.gpus,
    )
    if options.json:
        print(_dumps(report.plan_json(made)))
    else:
        report.plan(made)
    return 0


async def _staff(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from .store.database import Database
    from .web.auth import ensure_setup_token

    if options.action == "reset" and not options.email:
        raise SettingsError("staff reset: add the e-mail address of the account")
    database = Database(settings.resolved_database_url())
    database.open()
    try:
        if options.action == "reset":
            return await _reset(database, options.email)
        token = await ensure_setup_token(settings.data / "setup-token", database)
    finally:
        await database.close()
    if token is None:
        print("There is an administrator already; they can add others in the dashboard.")
        return 1
    print(f"Open /setup?token={token} on this server to create the first administrator.")
    return 0


async def _reset(database: Any, email: str) -> int:
    """The way in for somebody who lost everything, for whoever can run commands on the server."""
    import secrets
    from datetime import UTC

    from .store import audit, staff
    from .web.auth import hash_password

    password = secrets.token_urlsafe(12)
    number = await database.write(staff.reset, email, await hash_password(password))
    if number is None:
        print("No account that may sign in has this address.", file=sys.stderr)
        return 1
    await database.write(
        audit.append,
        now=datetime.now(UTC),
        actor="operator",
        action="staff.reset",
        target=f"staff:{number}",
    )
    print(f"Sign in with this password and change it at /account: {password}")
    return 0


# --- one person's data -----------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Any]:
    from .store.database import Database

    database = Database(settings.resolved_database_url())
    database.open()
    try:
        yield database
    finally:
        await database.close()


async def _export(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from .store import people

    async with _store(settings) as database:
        found = await database.read(people.find, options.alias)
        if not found:
            print("Nobody is known by that alias.", file=sys.stderr)
            return 1
        if options.zip is not None:
            return await _archive(database, settings, found, options.zip)
        written = []
        for person in found:
            await database.write(_on_record, "person.exported", person)
            written.append(await database.read(people.export, person))
    json.dump(written, sys.stdout, ensure_ascii=False, indent=1, default=_json)
    print()
    return 0


async def _archive(database: Any, settings: Settings, found: Sequence[int], target: Path) -> int:
    from .web.archive import archive

    if len(found) > 1:
        print(
            f"{len(found)} people are known by that alias; their archives are made one by one in the dashboard.",
            file=sys.stderr,
        )
        return 1
    try:
        handle = await asyncio.to_thread(os.open, target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        print(f"The archive cannot be written there ({error.strerror}).", file=sys.stderr)
        return 1
    with os.fdopen(handle, "wb") as written:
        await database.write(_on_record, "person.exported", found[0])
        made = await archive(database, settings.data, found[0], now=SystemClock().now(), title=str)
        with made:
            await asyncio.to_thread(shutil.copyfileobj, made, written)
    print(f"Written to {target}. It holds personal data: give it to this person alone.")
    return 0


async def _erase(options: argparse.Namespace, file: SettingsFile, settings: Settings) -> int:
    from .store import erasing, people

    if options.again == (options.alias is not None):
        print("Name one person, or add --again alone.", file=sys.stderr)
        return 2
    if options.again:
        async with _store(settings) as database:
            count = await erasing.reapply(database, settings.data, now=SystemClock().now(), actor="cli")
        print(f"Erased again: {count}.")
        return 0
    if not options.yes:
        if (
            not sys.stdin.isatty()
            or (await asyncio.to_thread(input, "Delete everything kept of this person? [y/N] "))
            .strip()
            .lower()
            != "y"
        ):
            print("Nothing was deleted. Add --yes to delete without asking.", file=sys.stderr)
            return 1
    async with _store(settings) as database:
        found = await database.read(people.find, options.alias)
        for person in found:
            receipt = await erasing.erase(
                database, settings.data, person, actor="cli", now=SystemClock().now()
            )
            counts = ", ".join(f"{count} {table}" for table, count in receipt.counts().items() if count)
            print(f"Receipt {receipt.id}. Deleted: {counts}.")
            if not receipt.log_emptied:
                print(
                    "The database's log still holds old pages; a running worker empties it within the hour."
                )
    if not found:
        print("Nobody is known by that alias; nothing was deleted.", file=sys.stderr)
        return 1
    return 0


def _on_record(connection: Any, action: str, person: int) -> None:
    from .store import audit

    audit.append(connection, now=SystemClock().now(), actor="cli", action=action, target=f"person:{person}")


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_json)


def _json(value: object) -> str:
    return (
        value.isoformat()
        if isinstance(value, datetime)
        else str(value)
        if isinstance(value, Path)
        else repr(value)
    )
