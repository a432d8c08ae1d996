"""Reads Markdown as the assistant's models write it: CommonMark with tables, whose words are all kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_BARE = re.compile(r"://[^\s<>\[\]`|\\^{}\"]+")
_SCHEME_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9])https?$", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An address written out is no place for emphasis: its underscores and asterisks are part of it."""
    if not state.src.startswith("://", state.pos):
        return False
    if not _SCHEME_BEFORE.search(state.src[max(0, state.pos - 6) : state.pos]):
        return False
    found = _BARE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    address = found[0]
    while address[-1] in "*_~.,;:!?'" or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    if len(address) <= 3:
        return False
    if not silent:
        state.pending += address
    state.pos += len(address)
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.before("text", "bare_address", _bare_address)
    return parser


PARSER = _parser()


def parsed(text: str) -> tuple[list[Token], list[tuple[str, str]]]:
    """The tokens, and every definition of a link: as it was written, and its address."""
    text = re.sub(r"\r\n?", "\n", text)
    environment: dict[str, object] = {}
    tokens = PARSER.parse(text, environment)
    lines = text.split("\n")
    if _mend_rows(tokens, lines):
        environment = {}
        tokens = PARSER.parse("\n".join(lines), environment)
    references, repeated = environment.get("references"), environment.get("duplicate_refs")
    found = list(references.values()) if isinstance(references, dict) else []
    found += repeated if isinstance(repeated, list) else []
    return tokens, [
        ("\n".join(lines[one["map"][0] : one["map"][1]]).strip(), str(one["href"])) for one in found
    ]


def _mend_rows(tokens: Sequence[Token], lines: list[str]) -> bool:
    """Cells beyond a table's columns would be dropped, which happens when a cell holds a bar: make them one cell."""
    changed = False
    for index, token in enumerate(tokens):
        if token.type != "table_open" or token.map is None:
            continue
        head = next(later for later in range(index, len(tokens)) if tokens[later].type == "thead_close")
        columns = sum(one.type == "th_open" for one in tokens[index:head])
        for number in range(token.map[0] + 2, min(token.map[1], len(lines))):
            bars = [found.start() for found in _PIPE.finditer(lines[number].rstrip().removesuffix("|"))]
            if bars and not lines[number][: bars[0]].strip(" \t>"):
                bars = bars[1:]
            for at in reversed(bars[columns - 1 :]):
                lines[number] = lines[number][:at] + "\\" + lines[number][at:]
                changed = True
    return changed
