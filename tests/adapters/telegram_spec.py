"""The Bot API as others wrote it down, as a judge: what a call or an object lacks, and what it has too much."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "platform-data" / "telegram-spec"
PLAIN = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": (int, float)}
# 2026-11-23, https://core.telegram.org/bots/api: the lengths that the specification only tells in prose.
LONGEST = {"text": 4096, "caption": 1024, "callback_data": 64, "secret_token": 256}
IN_BYTES = {"callback_data"}


@cache
def published() -> tuple[dict[str, Any], dict[str, Any]]:
    """Methods and types by name, with what came after the file; skips the test where the files are not."""
    if not FOLDER.is_dir():
        pytest.skip("the Bot API's specification (../shared/platform-data/telegram-spec) is not here")
    spec = json.loads((FOLDER / "api.json").read_text())
    delta = json.loads((FOLDER / "bot-api-10.3-delta.json").read_text())
    methods, types = spec["methods"], spec["types"]
    for name, more in delta["methods"].items():
        added = {**more.get("added_fields", {}), **more.get("fields", {})}
        known = methods.setdefault(name, {"name": name, "fields": []})
        known["fields"] += [
            {"name": key, "types": [field["type"]], "required": field.get("required", False)}
            for key, field in added.items()
        ]
    for key, kind in delta["types"]["Update"]["added_fields"].items():
        types["Update"]["fields"].append({"name": key, "types": [kind], "required": False})
    stopped = delta["types"]["MessageGenerationStopped"]
    types["MessageGenerationStopped"] = {
        "name": "MessageGenerationStopped",
        "fields": [
            {"name": key, "types": [kind.rstrip("?")], "required": not kind.endswith("?")}
            for key, kind in stopped.items()
        ],
    }
    return methods, types


def judge_call(method: str, params: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> list[str]:
    """What is wrong with a call; values that came in a form are read as JSON where the specification wants more than
    text. `files`: what was uploaded, by field."""
    methods, _ = published()
    known = next((name for name in methods if name.lower() == method.lower()), None)
    if known is None:
        return [f"{method}: no such method"]
    fields = {field["name"]: field for field in methods[known].get("fields", [])}
    uploads = dict(files or {})
    found = [f"{known}: unknown parameter {name}" for name in params if name not in fields]
    for name, field in fields.items():
        if field["required"] and name not in params and name not in uploads:
            found.append(f"{known}: {name} is missing")
    for name, value in params.items():
        if name in fields:
            read = _read(value, fields[name]["types"])
            found += _value(read, fields[name]["types"], f"{known}.{name}")
            attached = [text for text in _texts(read) if text.startswith("attach://")]
            found += [
                f"{known}.{name}: nothing attached as {text}" for text in attached if text[9:] not in uploads
            ]
    for name in uploads:
        if name not in fields and f"attach://{name}" not in list(_texts(list(params.values()))):
            found.append(f"{known}: the upload {name} is not used")
    return found


def judge_object(value: Any, kind: str, path: str = "") -> list[str]:
    """What is wrong with an object the server sends, all the way down."""
    _, types = published()
    found = types[kind]
    path = path or kind
    if "subtypes" in found:
        tries = [judge_object(value, name, path) for name in found["subtypes"]]
        return min(tries, key=len)
    if not isinstance(value, dict):
        return [f"{path}: not an object"]
    fields = {field["name"]: field for field in found.get("fields", [])}
    wrong = [f"{path}: unknown field {name}" for name in value if name not in fields]
    wrong += [
        f"{path}: {name} is missing"
        for name, field in fields.items()
        if field["required"] and name not in value
    ]
    for name, inner in value.items():
        if name in fields:
            wrong += _value(inner, fields[name]["types"], f"{path}.{name}")
    return wrong


def _value(value: Any, kinds: list[str], path: str) -> list[str]:
    tries = [_kind(value, kind, path) for kind in kinds]
    wrong = min(tries, key=len)
    longest = LONGEST.get(path.rpartition(".")[2])
    if longest and isinstance(value, str):
        length = (
            len(value.encode())
            if path.rpartition(".")[2] in IN_BYTES
            else len(value.encode("utf-16-le")) // 2
        )
        if length > longest:
            wrong = [*wrong, f"{path}: {length} is longer than {longest}"]
    return wrong


def _kind(value: Any, kind: str, path: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path}: not an array"]
        return [
            text
            for number, item in enumerate(value)
            for text in _value(item, [kind.removeprefix("Array of ")], f"{path}[{number}]")
        ]
    if kind in PLAIN:
        right = isinstance(value, PLAIN[kind]) and (
            kind in ("Boolean", "True") or not isinstance(value, bool)
        )  # type: ignore[arg-type]
        return [] if right else [f"{path}: {type(value).__name__} is no {kind}"]
    if kind == "InputFile":
        return [f"{path}: no file"]
    return judge_object(value, kind, path)


def _read(value: Any, kinds: list[str]) -> Any:
    """A form's text as what the specification wants there."""
    if not isinstance(value, str) or "String" in kinds:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
