"""The bracket grammar of the demo model: `[a|b|]` alternatives, `<rule>` references, `{slot}` contents."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

Piece = tuple[str, str]
"""A stretch of text and the slot that produced it ("" for template text)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Literal template text."""

    value: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place filled with random content."""

    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A reference to another list of frames of the same language."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, drawn uniformly."""

    options: "tuple[tuple[Node, ...], ...]"


Node = Text | Slot | Rule | Choice


def lines(block: str) -> tuple[str, ...]:
    """Split a block of frames, one per line, ignoring indentation and empty lines."""
    return tuple(line.strip() for line in block.splitlines() if line.strip())


def blocks(source: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Apply `lines` to every block of a mapping."""
    return {name: lines(block) for name, block in source.items()}


@cache
def parse(frame: str) -> tuple[Node, ...]:
    """Parse one frame; raises ValueError when a bracket is left open."""
    nodes, end = _sequence(frame, 0, inside=False)
    if end != len(frame):
        raise ValueError(f"unbalanced frame: {frame}")
    return nodes


def _sequence(frame: str, start: int, *, inside: bool) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    literal: list[str] = []
    at = start

    def flush() -> None:
        if literal:
            nodes.append(Text("".join(literal)))
            literal.clear()

    while at < len(frame):
        character = frame[at]
        if inside and character in "|]":
            break
        if character == "[":
            flush()
            options: list[tuple[Node, ...]] = []
            while True:
                option, at = _sequence(frame, at + 1, inside=True)
                options.append(option)
                if at >= len(frame):
                    raise ValueError(f"unbalanced frame: {frame}")
                if frame[at] == "]":
                    break
            nodes.append(Choice(tuple(options)))
            at += 1
        elif character in "{<":
            flush()
            closing = frame.index("}" if character == "{" else ">", at)
            name = frame[at + 1 : closing]
            nodes.append(Slot(name) if character == "{" else Rule(name))
            at = closing + 1
        else:
            literal.append(character)
            at += 1
    flush()
    return tuple(nodes), at


def expand(
    frame: str,
    *,
    rules: Mapping[str, Sequence[str]],
    fill: Callable[[str], str],
    rng: random.Random,
) -> list[Piece]:
    """Draw one sentence from a frame as pieces, so that noise can spare the slots."""
    pieces: list[Piece] = []

    def walk(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Text):
                pieces.append((node.value, ""))
            elif isinstance(node, Slot):
                pieces.append((fill(node.name), node.name))
            elif isinstance(node, Rule):
                walk(parse(rng.choice(rules[node.name])))
            else:
                walk(rng.choice(node.options))

    walk(parse(frame))
    return pieces


def count(frame: str, rules: Mapping[str, Sequence[str]]) -> int:
    """How many different sentences a frame can give, slots counted once."""

    def size(nodes: tuple[Node, ...]) -> int:
        total = 1
        for node in nodes:
            if isinstance(node, Rule):
                total *= sum(count(line, rules) for line in rules[node.name])
            elif isinstance(node, Choice):
                total *= sum(size(option) for option in node.options)
        return total

    return size(parse(frame))
