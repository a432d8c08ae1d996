"""Judging a request as strictly as Meta does: what a parameter may be, and the error for what it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .graph_errors import GraphError, whatsapp_error
from .params import units
from .payloads import Json


@dataclass(frozen=True, slots=True)
class Words:
    """A text of so many characters; `code` is the error for another length."""

    most: int
    least: int = 1
    code: int = 131009
    in_bytes: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, also as text; between the two."""

    least: float = float("-inf")
    most: float = float("inf")


@dataclass(frozen=True, slots=True)
class OneOf:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Shape
    most: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Parts:
    """An object: its keys, those that must be there, and groups of which exactly one must be."""

    keys: Mapping[str, Shape]
    needed: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anything:
    """Not judged here."""


Shape = Words | Flag | Number | OneOf | ListOf | Parts | Anything


def judge(value: Any, shape: Shape, path: str) -> None:
    """Raise GraphError naming the parameter that is wrong; `path` is how Meta would name this one."""
    match shape:
        case Words():
            _words(value, shape, path)
        case Flag() if not isinstance(value, bool):
            raise GraphError(400, 100, f"(#100) Param {path} must be a boolean.")
        case Number():
            _number(value, shape, path)
        case OneOf() if value not in shape.words:
            known = ", ".join(word.upper() for word in shape.words)
            raise GraphError(
                400, 100, f"(#100) Param {path} must be one of {{{known}}} - got something else."
            )
        case ListOf():
            if not isinstance(value, list):
                raise GraphError(400, 100, f"(#100) Param {path} must be an array.")
            _length(len(value), shape.least, shape.most, path, 131009)
            for number, item in enumerate(value):
                judge(item, shape.item, f"{path}[{number}]")
        case Parts():
            _parts(value, shape, path)


def _parts(value: Any, shape: Parts, path: str) -> None:
    if not isinstance(value, dict):
        raise GraphError(400, 100, f"(#100) Param {path} must be a JSON object.")
    for key, inner in value.items():
        if key not in shape.keys:
            raise unexpected(key, path)
        if inner is not None:  # clients of others write null for what they leave out
            judge(inner, shape.keys[key], inside(path, key))
    for key in shape.needed:
        if value.get(key) is None:
            raise missing(inside(path, key))
    if shape.one_of and sum(value.get(key) is not None for key in shape.one_of) != 1:
        raise GraphError(400, 100, f"(#100) Exactly one of {', '.join(shape.one_of)} is required on {path}.")


def inside(path: str, key: str) -> str:
    """The name of a key inside a parameter: interactive['body']."""
    return f"{path}['{key}']" if path else key


def unexpected(key: str, path: str) -> GraphError:
    where = f'param "{path}"' if path else "the request"
    return GraphError(400, 100, f'(#100) Unexpected key "{key}" on {where}.')


def missing(path: str) -> GraphError:
    return whatsapp_error(131008, "Required parameter is missing", f"Parameter '{path}' is mandatory.")


def _words(value: Any, shape: Words, path: str) -> None:
    if not isinstance(value, str):
        raise GraphError(400, 100, f"(#100) Param {path} must be a string.")
    count = len(value.encode()) if shape.in_bytes else units(value)
    if shape.least and not value.strip():
        raise missing(path)
    _length(count, shape.least, shape.most, path, shape.code)


def _number(value: Any, shape: Number, path: str) -> None:
    try:
        number = float(value) if not isinstance(value, bool) else None
    except (TypeError, ValueError):
        number = None
    if number is None:
        raise GraphError(400, 100, f"(#100) Param {path} must be a number.")
    if not shape.least <= number <= shape.most:
        raise whatsapp_error(131009, "Parameter value is not valid", f"{path} is out of range.")


def _length(count: int, least: int, most: int, path: str, code: int) -> None:
    if least <= count <= most:
        return
    if code == 100:
        raise GraphError(400, 100, f"(#100) Param {path} must be at most {most} characters long.")
    said = f"{path} length invalid. Min length: {least}, Max length: {most}"
    raise whatsapp_error(code, "Parameter value is not valid", said)


def keys_of(body: Json, allowed: frozenset[str]) -> None:
    """Raise for a key that the request itself does not know."""
    for key in body:
        if key not in allowed:
            raise unexpected(key, "")
