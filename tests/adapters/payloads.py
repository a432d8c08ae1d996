"""Every payload the tests know, by channel: written by others or after the platforms' pages; signed, renewed, spoiled."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson

import adapters
from adapters._graph import sign
from assistant.channel import Channel, Example, Overhears, OwnPage, Polls, Services
from assistant.events import MessageReceived
from assistant.types import WebhookRequest
from tests.adapters.api import NoHttp, RecordingBus
from tests.clocks import FakeClock

FOLDER = Path(__file__).parents[1] / "payloads"
META = "whatsapp"
"""The channel whose webhooks others have written down for us."""

MESSAGE, ANY = frozenset({"MessageReceived"}), frozenset({"Unread", "AccountNotice", "IdentityChanged"})
_PYWA: dict[str, frozenset[str]] = {
    **dict.fromkeys(("message", "callback_button", "callback_selection", "flow_completion"), MESSAGE),
    "call_permission_update": MESSAGE,
    "deleted_message": frozenset({"MessageDeleted"}),
    "edited_message": frozenset({"MessageEdited"}),
    "message_status": frozenset({"StatusChanged"}),
    "outgoing_message": frozenset({"StaffWrote", "MessageEdited", "MessageDeleted"}),
}
_TIMES = frozenset({"timestamp", "date", "edit_date", "created_time", "time", "watermark"})
_SIGNATURE = "x-hub-signature-256"


@dataclass(frozen=True, slots=True)
class Payload:
    """One webhook's body. `expect`: one of these kinds of event must be in it; "-" stands for no event at all."""

    channel: str
    name: str
    expect: frozenset[str]
    body: Any


# --- channels --------------------------------------------------------------------------------------------


@cache
def kinds() -> dict[str, type[Channel]]:
    """Every channel in `adapters/`, by name."""
    names = [module.name for module in pkgutil.iter_modules(adapters.__path__) if not module.ispkg]
    found = [importlib.import_module(f"adapters.{name}").CHANNEL for name in names if name[0] != "_"]
    return {kind.name: kind for kind in found}


@cache
def made(name: str) -> Channel:
    """The channel with the settings of its example; it cannot reach any network."""
    kind = kinds()[name]
    services = Services(http=NoHttp(), bus=RecordingBus(), clock=FakeClock())  # type: ignore[arg-type]
    return kind(kind.example().settings, services)


def served() -> list[str]:
    """The channels that the platforms' door serves, or whose events come through another one's."""
    return [
        name for name in sorted(kinds()) if not isinstance(made(name), OwnPage) and not _polls(made(name))
    ]


def _polls(channel: Channel) -> bool:
    return isinstance(channel, Polls) and channel.polling()


def doors(name: str) -> tuple[str, ...]:
    """The channels at whose webhooks the events of `name` arrive."""
    channel = made(name)
    return channel.overhears if isinstance(channel, Overhears) else (name,)


@cache
def account(name: str) -> str:
    (event,) = made(name).parse(kinds()[name].example().request)
    assert isinstance(event, MessageReceived)
    return event.address.account


def signed(door: str, body: bytes) -> WebhookRequest:
    """`body` as the platform would send it to the webhook of `door`."""
    example = kinds()[door].example()
    headers = dict(example.request.headers)
    if _SIGNATURE in headers:
        headers[_SIGNATURE] = (sign(_secret(example), body),)
    return replace(example.request, headers=headers, body=body)


def _secret(example: Example) -> str:
    """The one of a channel's secrets that signs its webhooks."""
    given = example.request.headers[_SIGNATURE][0]
    return next(key for key in example.settings.secrets() if sign(key, example.request.body) == given)


# --- payloads --------------------------------------------------------------------------------------------


@cache
def payloads_of(name: str) -> tuple[Payload, ...]:
    """Every payload of a channel, ours in it being the account of its example; at least that example."""
    example = Payload(name, "its example", MESSAGE, orjson.loads(kinds()[name].example().request.body))
    found = [example, *_written(name)]
    if name == META:
        found += [*_by_pywa(), *_by_meta()]
    return tuple(found)


def _written(name: str) -> Iterator[Payload]:
    path = FOLDER / "written" / f"{name}.json"
    if not path.exists():
        return
    app = getattr(kinds()[name].example().settings, "app_id", "") or "4242"
    text = path.read_text(encoding="utf-8").replace("@ACCOUNT@", account(name)).replace("@APP@", str(app))
    for title, entry in orjson.loads(text).items():
        yield Payload(name, title, frozenset(entry["expect"].split("|")), entry["body"])


def _by_pywa() -> Iterator[Payload]:
    for path in sorted((FOLDER / "pywa-webhooks").glob("*.json")):
        text = path.read_text(encoding="utf-8").replace("1122334455667", account(META))
        for title, body in orjson.loads(text).items():
            expect = _PYWA.get(path.stem, ANY)
            if "reaction" in title:
                expect = frozenset({"Reacted"})
            yield Payload(META, f"{path.stem}: {title}", expect, body)


def _by_meta() -> Iterator[Payload]:
    text = (FOLDER / "meta-openapi" / "webhook-examples.json").read_text(encoding="utf-8")
    for title, body in orjson.loads(text).items():
        expect = MESSAGE
        if "Reaction" in title:
            expect = frozenset({"Reacted"})
        elif "System" in title or "Group" in title:
            expect = ANY | MESSAGE
        yield Payload(META, f"Meta: {title}", expect, body)


def fresh(value: Any, now: datetime) -> Any:
    """The same as if it happened `now`: what is older than a day is kept without an answer."""
    if isinstance(value, list):
        return [fresh(item, now) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _renewed(inner, now) if key in _TIMES else fresh(inner, now) for key, inner in value.items()}


def _renewed(value: Any, now: datetime) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdigit():
        return value
    moment = int(now.timestamp()) * (1000 if int(value) > 10**11 else 1)
    return str(moment) if isinstance(value, str) else moment


# --- spoiling --------------------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (None, 7, "x", [])


def spoiled(value: Any) -> Iterator[Any]:
    """Every copy of `value` with one key or element taken out, or replaced by null, a number, a string or a list."""
    if not isinstance(value, dict | list):
        return
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        without = value.copy()
        del without[key]
        yield without
        for other in (*WRONG, *spoiled(inner)):
            changed = value.copy()
            changed[key] = other
            yield changed


def batches(payloads: list[Payload]) -> Iterator[bytes]:
    """Bodies that hold the entries of many payloads at once, one for each kind of object; few platforms batch."""
    together: dict[str, list[Any]] = {}
    for payload in payloads:
        for root in payload.body if isinstance(payload.body, list) else [payload.body]:
            if isinstance(root.get("entry"), list):
                together.setdefault(root["object"], []).extend(root["entry"])
    for kind, entries in together.items():
        yield orjson.dumps({"object": kind, "entry": entries})
