"""`assistant channels`: every channel in one table, whether it can run, how it hears, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from . import app
from .channel import Channel, Overhears, Polls, Probe, Probes
from .clock import SystemClock
from .errors import AssistantError, SettingsError
from .settings import Settings, SettingsFile
from .store import accounts
from .store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One channel. `findings` are what its platform said, and what our own database says of it."""

    name: str
    state: str
    hears: str
    findings: tuple[Probe, ...] = ()


async def gather(file: SettingsFile, settings: Settings, *, online: bool) -> list[Row]:
    """A row for each known channel; `online` asks the platforms of those that are configured."""
    held = await _held_up(settings)
    known = app.known_channels()
    page = app.own_page(known)
    rows = []
    for name, part in sorted(app.channel_settings(file).items()):
        if name == page:
            rows.append(Row(name=name, state="ready", hears="its own page, /chat"))
        elif not part.configured():
            missing = "needs " + ", ".join(part.missing())
            rows.append(Row(name=name, state=missing if part.enabled else "off", hears=""))
        else:
            async with app.one_channel(name, part) as channel:
                findings = [Probe(ok=False, sentence=reason) for reason in held.get(name, ())]
                if online and isinstance(channel, Probes):
                    findings += await channel.probe(settings.public_url)
                rows.append(Row(name=name, state="ready", hears=hears(channel), findings=tuple(findings)))
    return rows


def polls(channel: Channel) -> bool:
    """Whether the channel needs no public address."""
    return isinstance(channel, Polls) and channel.polling()


def hears(channel: Channel) -> str:
    """How the channel's messages reach us: the paths of its webhooks, or that we ask."""
    if polls(channel):
        return "asks the platform"
    if isinstance(channel, Overhears):
        return ", ".join(f"/webhooks/{name}" for name in channel.overhears)
    return f"/webhooks/{channel.name}"


async def _held_up(settings: Settings) -> dict[str, list[str]]:
    """Why sends of a channel's accounts wait, as far as the database can be asked."""
    try:
        database = Database(settings.resolved_database_url())
        if database.file is not None and not database.file.exists():
            return {}
        database.open()
        try:
            states = await database.read(accounts.held_up, SystemClock().now())
        finally:
            await database.close()
    except (AssistantError, SettingsError, OSError):
        return {}
    found: dict[str, list[str]] = {}
    for one in states:
        reasons = found.setdefault(one.channel, [])
        if one.paused_reason:
            reasons.append(one.paused_reason)
        if one.silent_since is not None:
            reasons.append(f"The platform does not answer since {one.silent_since:%Y-%m-%d %H:%M} UTC.")
    return found


def show(rows: list[Row]) -> None:
    """Print the table, and below it what was found, a line each."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("channel", "hears by", "state"):
        table.add_column(title)
    for row in rows:
        table.add_row(row.name, row.hears, row.state)
    Console().print(table)
    for row in rows:
        for finding in row.findings:
            print(f"{'ok   ' if finding.ok else 'WRONG'} {row.name}: {finding.sentence}")
