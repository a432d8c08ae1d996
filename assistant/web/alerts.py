"""What staff should know at once, on every page that shows it: paused accounts, silent platforms, a full disk, long waits."""

from __future__ import annotations

from ..store import accounts
from .context import WebContext, channel_title


async def alerts(context: WebContext) -> list[str]:
    """A sentence each; nothing when all is well."""
    return alerts_of(context, await context.database.read(accounts.held_up, context.clock.now()))


def alerts_of(context: WebContext, held_up: list[accounts.AccountState]) -> list[str]:
    """The same, where `accounts.held_up` was read already."""
    said = []
    for one in held_up:
        title = channel_title(context, one.channel)
        if one.paused_reason:
            said.append(f"{title} is paused: {one.paused_reason}")
        if one.silent_since is not None:
            said.append(f"{title} does not answer; what we write waits and is tried now and then.")
    return said + [f"{sentence[0].upper()}{sentence[1:]}." for sentence in context.warnings()]
