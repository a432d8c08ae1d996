"""What Meta itself wrote down of a message to WhatsApp, as two judges: its OpenAPI schemas and its 50 examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.services import library

EXAMPLES = Path(__file__).parents[1] / "payloads" / "meta-openapi" / "outbound-message-examples.json"
OPENAPI = (
    Path(__file__).parents[3]
    / "shared"
    / "platform-data"
    / "meta-openapi"
    / "business-messaging-api_v23.0.yaml"
)
NEWER = ("biz_opaque_callback_data", "recipient", "audio.voice")
"""What the description of v23 lacks: it came later, or was left out there."""
UNSHOWN = ("image.caption",)
"""What the schemas take and no example happens to have."""
MISTOLD = ("location", "contacts", "template")
"""Types whose own examples the schemas refuse."""


@cache
def examples() -> dict[str, Any]:
    """Meta's messages by name."""
    found: dict[str, Any] = json.loads(EXAMPLES.read_text())
    return found


@cache
def _schemas() -> dict[str, Any]:
    if not OPENAPI.is_file():
        pytest.skip("Meta's OpenAPI (../shared/platform-data/meta-openapi) is not here")
    yaml = library("yaml", "make test installs it")
    loaded = yaml.load(OPENAPI.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found: dict[str, Any] = loaded["components"]["schemas"]
    return found


# --- the schemas -----------------------------------------------------------------------------------------


def judge_by_schema(message: dict[str, Any]) -> list[str]:
    """What Meta's schema of the message's type says against it; nothing for types it tells wrongly."""
    kind = message.get("type", "text")
    mapping = _schemas()["Message"]["discriminator"]["mapping"]
    if kind not in mapping:
        return [f"type: {kind} is unknown"]
    if kind in MISTOLD:
        return []
    return list(_wrong(_without_newer(message), {"$ref": mapping[kind]}, "message"))


def _wrong(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    schema = _merged(schema)
    if "oneOf" in schema:
        tries = [list(_wrong(value, one, path)) for one in schema["oneOf"]]
        if all(tries):
            yield from min(tries, key=len)
            return
    types = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": (int, float),
    }
    expected = types.get(schema.get("type", ""))
    if expected is not None and not isinstance(value, expected):  # type: ignore[arg-type]
        yield f"{path}: {type(value).__name__} instead of {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if isinstance(value, dict):
        yield from _wrong_object(value, schema, path)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**6):
            yield f"{path}: {len(value)} items"
        for number, item in enumerate(value):
            yield from _wrong(item, schema.get("items", {}), f"{path}[{number}]")
    if isinstance(value, str):
        if len(value) > schema.get("maxLength", 10**6):
            yield f"{path}: {len(value)} characters, {schema['maxLength']} are taken"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{path}: does not look like {schema['pattern']}"


def _wrong_object(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{path}: {name} is missing"
    for name, inner in value.items():
        if name in properties:
            yield from _wrong(inner, properties[name], f"{path}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{path}: unknown {name}"


def _merged(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its references followed and its allOf joined: as written, additionalProperties refuses everything."""
    if "$ref" in schema:
        return _merged(_schemas()[schema["$ref"].rpartition("/")[2]])
    if "allOf" not in schema:
        return schema
    found: dict[str, Any] = {key: value for key, value in schema.items() if key != "allOf"}
    found["properties"], found["required"] = (
        dict(found.get("properties", {})),
        list(found.get("required", [])),
    )
    for part in map(_merged, schema["allOf"]):
        found["properties"] |= part.get("properties", {})
        found["required"] += part.get("required", [])
        found |= {key: value for key, value in part.items() if key not in ("properties", "required")}
    return found


# --- the examples ----------------------------------------------------------------------------------------


def judge_by_examples(message: dict[str, Any]) -> list[str]:
    """The keys of a message that no example of its type has, and the types nobody has an example of."""
    if "status" in message:
        like = [one for one in examples().values() if "status" in one]
    else:
        kind = (message.get("type", "text"), message.get("interactive", {}).get("type"))
        like = [
            one
            for one in examples().values()
            if (one.get("type", "text"), one.get("interactive", {}).get("type")) == kind
        ]
        if not like:
            return [f"type: no example of {kind}"]
    known = {path for one in like for path in paths(one)}
    return sorted(set(paths(_without_newer(message))) - known - set(UNSHOWN))


def paths(value: Any, path: str = "") -> Iterator[str]:
    """Every path of keys in a JSON value; positions in lists do not count."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}.{key}".lstrip(".")
            yield from paths(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for item in value:
            yield from paths(item, path)


def _without_newer(message: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(json.dumps(message))
    for path in NEWER:
        *above, name = path.split(".")
        place = found
        for key in above:
            place = place.get(key, {})
        place.pop(name, None)
    if "recipient" in message and "to" not in message:
        found["to"] = message["recipient"]
    return found
