"""The contract of a channel, run on every module in adapters/: a new channel joins by existing."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

import adapters
from assistant.channel import (
    Challenges,
    Channel,
    Deletes,
    Drafts,
    Edits,
    Example,
    Fetches,
    LooksBack,
    MarksRead,
    Polls,
    Reacts,
    Services,
    ShowsTyping,
)
from assistant.errors import BadPayload, BadSignature
from assistant.events import Event, MessageReceived, Unread
from assistant.settings import ChannelSettings
from assistant.types import Capabilities, Text, WebhookRequest
from tests.adapters.api import NoHttp, RecordingBus
from tests.clocks import FakeClock


def discovered() -> list[str]:
    """The modules of `adapters/` that are channels."""
    modules = pkgutil.iter_modules(adapters.__path__)
    return sorted(module.name for module in modules if not module.ispkg and module.name[0] != "_")


NAMES = discovered()
SECRET_ONLY = {"telegram", "webchat"}
"""Channels whose webhook proves itself by a secret alone; every other channel signs the body."""

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    10**18,
    1e300,
    "",
    "\x00",
    "x" * 2000,
    [],
    {},
    [[]],
    [None],
    {"id": {}},
    "é😀",
]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture(params=NAMES)
def kind(request: pytest.FixtureRequest) -> type[Channel]:
    found: type[Channel] = importlib.import_module(f"adapters.{request.param}").CHANNEL
    return found


@pytest.fixture
def example(kind: type[Channel]) -> Example:
    return kind.example()


@pytest.fixture
def channel(kind: type[Channel], example: Example) -> Channel:
    services = Services(http=NoHttp(), bus=RecordingBus(), clock=FakeClock())  # type: ignore[arg-type]
    return kind(example.settings, services)


def with_body(example: Example, body: bytes) -> WebhookRequest:
    return replace(example.request, body=body)


def with_header(example: Example, name: str, *values: str) -> WebhookRequest:
    return replace(example.request, headers={**example.request.headers, name: values})


def parsed(channel: Channel, request: WebhookRequest) -> list[Event] | None:
    """The events, or None for BadPayload; anything else that is raised fails the test."""
    try:
        events = channel.parse(request)
    except BadPayload:
        return None
    assert isinstance(events, list)
    for event in events:
        if isinstance(event, Unread):
            assert not event.reason.startswith("bug"), event.reason
    return events


# --- shape -----------------------------------------------------------------------------------------------


def test_names_are_filled_in(kind: type[Channel]) -> None:
    assert kind.name == kind.__module__.rsplit(".", 1)[1]
    assert kind.title
    assert kind.hint.endswith(".")
    assert isinstance(kind.caps, Capabilities)


def test_what_is_declared_is_implemented_and_nothing_else(channel: Channel) -> None:
    caps = channel.caps
    assert isinstance(channel, Channel)
    declared = {
        ShowsTyping: caps.typing_every is not None,
        MarksRead: caps.mark_read,
        Fetches: caps.media,
        Edits: caps.edit,
        Deletes: caps.delete,
        LooksBack: caps.look_back,
        Reacts: caps.reactions,
        Drafts: caps.drafts_every is not None,
        Polls: caps.polling,
    }
    for ability, is_declared in declared.items():
        assert isinstance(channel, ability) == is_declared, ability.__name__
    assert (caps.caption_limit > 0) <= bool(caps.media_out)


def test_settings_are_documented_and_secrets_are_secret(kind: type[Channel]) -> None:
    fields = kind.Settings.model_fields
    assert set(kind.Settings.required) <= set(fields)
    for name, field in fields.items():
        assert field.description, name
        if any(word in name for word in ("secret", "token", "key", "password")):
            assert isinstance(field.get_default(call_default_factory=True), SecretStr), name  # type: ignore[call-arg]


def test_without_settings_the_channel_is_off(kind: type[Channel]) -> None:
    empty = kind.Settings()
    assert empty.missing() == list(kind.Settings.required)
    assert not empty.configured()
    assert not empty.partly()


def test_settings_of_another_channel_are_refused(kind: type[Channel], channel: Channel) -> None:
    with pytest.raises(TypeError):
        kind(ChannelSettings(), channel.services)  # type: ignore[attr-defined]


# --- the example -----------------------------------------------------------------------------------------


def test_example_is_one_authentic_message(channel: Channel, example: Example) -> None:
    assert example.settings.configured()
    channel.authenticate(example.request)
    (event,) = channel.parse(example.request)
    assert isinstance(event, MessageReceived)
    assert event.parts == (Text(text=example.text),)
    assert event.address.channel == channel.name
    assert event.addressed
    assert event.sender.aliases
    assert event.external_id
    assert event.sent_at.utcoffset() is not None


def test_parsing_is_pure(channel: Channel, example: Example) -> None:
    first, second = channel.parse(example.request), channel.parse(example.request)
    assert first == second
    assert not inspect.iscoroutinefunction(channel.parse)


# --- signatures ------------------------------------------------------------------------------------------


def refused(channel: Channel, request: WebhookRequest) -> None:
    with pytest.raises(BadSignature):
        channel.authenticate(request)


def test_any_changed_byte_of_the_body_is_refused(channel: Channel, example: Example) -> None:
    body = example.request.body
    if channel.name in SECRET_ONLY:
        channel.authenticate(with_body(example, b"{}"))
        return
    for index in range(len(body)):
        for change in (0x01, 0x20, 0x80):
            refused(
                channel, with_body(example, body[:index] + bytes([body[index] ^ change]) + body[index + 1 :])
            )
    for other in (b"", body + b" ", body[:-1], body * 2):
        refused(channel, with_body(example, other))


def test_any_changed_character_of_the_proof_is_refused(channel: Channel, example: Example) -> None:
    ((name, (value,)),) = example.request.headers.items()
    for index, character in enumerate(value):
        for change in (0x01, 0x20, 0x80):
            changed = value[:index] + chr(ord(character) ^ change) + value[index + 1 :]
            refused(channel, with_header(example, name, changed))
    for other in (
        "",
        " ",
        value + "0",
        value[:-1],
        value * 2,
        "é" * 64,
        "\udce9",
        "\x00",
        "sha256=" + "é" * 64,
    ):
        refused(channel, with_header(example, name, other))


def test_a_missing_or_repeated_proof_is_refused(channel: Channel, example: Example) -> None:
    ((name, (value,)),) = example.request.headers.items()
    refused(channel, replace(example.request, headers={}))
    refused(channel, with_header(example, name))
    refused(channel, with_header(example, name, value, value))
    refused(channel, with_header(example, name, "", value))


def test_without_a_secret_nothing_is_authentic(
    kind: type[Channel], channel: Channel, example: Example
) -> None:
    bare = kind(kind.Settings(), channel.services)  # type: ignore[attr-defined]
    refused(bare, example.request)
    refused(bare, replace(example.request, headers=dict.fromkeys(example.request.headers, ("",))))


def test_handshake_answers_only_to_the_right_word(channel: Channel, example: Example) -> None:
    if not isinstance(channel, Challenges):
        return
    word = example.settings.verify_token.get_secret_value()  # type: ignore[attr-defined]
    right = {"hub.mode": "subscribe", "hub.verify_token": word, "hub.challenge": "1158201444"}
    assert channel.challenge(WebhookRequest(method="GET", headers={}, query=right)) == "1158201444"
    wrong: list[dict[str, str]] = [{key: right[key] for key in right if key != gone} for gone in right]
    wrong += [right | {"hub.verify_token": other} for other in ("", word + "x", "é", "\udce9")]
    wrong += [right | {"hub.challenge": other} for other in ("", "<b>", "1\n", "a" * 201, "é")]
    wrong += [{}, right | {"hub.mode": "unsubscribe"}]
    for query in wrong:
        with pytest.raises(BadSignature):
            channel.challenge(WebhookRequest(method="GET", headers={}, query=query))


# --- payloads --------------------------------------------------------------------------------------------


def _without(value: Any) -> Iterator[Any]:
    """Every copy of `value` with one key or element removed, or replaced by something of the wrong kind."""
    if isinstance(value, dict | list):
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for key, inner in pairs:
            yield _copy(value, key)
            for other in VALUES:
                yield _copy(value, key, other)
            for changed in _without(inner):
                yield _copy(value, key, changed)


_GONE = object()


def _copy(value: Any, key: Any, new: Any = _GONE) -> Any:
    copied = value.copy()
    if new is _GONE:
        del copied[key]
    else:
        copied[key] = new
    return copied


def test_missing_and_misplaced_values_cost_at_most_the_item(channel: Channel, example: Example) -> None:
    for changed in _without(orjson.loads(example.request.body)):
        parsed(channel, with_body(example, orjson.dumps(changed)))


def test_truncated_bodies_are_bad_payloads(channel: Channel, example: Example) -> None:
    for length in range(len(example.request.body)):
        assert parsed(channel, with_body(example, example.request.body[:length])) is None


@QUICK
@given(value=JSON)
def test_any_json_is_read_or_refused(channel: Channel, example: Example, value: Any) -> None:
    parsed(channel, with_body(example, json.dumps(value).encode()))


@QUICK
@given(body=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(channel: Channel, example: Example, body: bytes) -> None:
    parsed(channel, with_body(example, body))


@QUICK
@given(data=st.data())
def test_any_value_anywhere_in_the_example_is_survived(
    channel: Channel, example: Example, data: st.DataObject
) -> None:
    value = orjson.loads(example.request.body)
    place = value
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    parsed(channel, with_body(example, json.dumps(value).encode()))


@pytest.mark.parametrize("depth", [300, 900, 5000])
def test_deep_nesting_is_survived(channel: Channel, example: Example, depth: int) -> None:
    value = orjson.loads(example.request.body)
    key = next(key for key, inner in value.items() if isinstance(inner, list | dict | str))
    nested = b"[" * depth + b"]" * depth
    body = orjson.dumps(value | {key: "@@"}).replace(b'"@@"', nested)
    parsed(channel, with_body(example, body))


def test_a_half_emoji_or_a_nul_in_the_text_does_not_lose_the_message(
    channel: Channel, example: Example
) -> None:
    value = orjson.dumps(example.text)
    for odd in (rb'"a \ud83d b"', rb'"a \ude00 b"', rb'"a \u0000 b"', rb'"a \\ud83d b"'):
        body = example.request.body.replace(value, odd)
        assert body != example.request.body
        (event,) = channel.parse(with_body(example, body))
        assert isinstance(event, MessageReceived)
        (part,) = event.parts
        assert isinstance(part, Text)
        assert "\x00" not in part.text
        part.text.encode()
        assert part.text in ("a \ufffd b", "a \\ud83d b")
