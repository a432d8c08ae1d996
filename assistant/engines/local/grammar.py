"""Masks that keep an answer within a grammar: a tool call once begun, or a whole answer when a caller asks for it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...errors import EngineError
from .tokens import Tokens

log = logging.getLogger(__name__)

_OPENING: Final = 96  # bytes of an answer after which it is no call any more
_JSON_CALL: Final = re.compile(rb'\s*(?:<\|python_tag\|>)?\s*(?:\[\s*)?\{\s*"(?:name|type|function)"\s*:')
_PYTHON_CALL: Final = re.compile(rb"\s*(?:<\|python_tag\|>)?\s*\[\s*[A-Za-z_]\w*\s*\(")
_MAY_BE_CALL: Final = re.compile(rb"\s*(?:$|[<\[{])")
_STYLE: Final = {"whitespace_pattern": r"[ \n\t]{0,12}"}  # a pretty printer's, but no page of nothing


class Grammars:
    """Compiles grammars for one tokenizer. Without llguidance there are none, and calls are checked when they are read."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._made: dict[str, Any] = {}
        self._library: Any = None
        self._tokenizer: Any = None
        self._looked = False

    @property
    def available(self) -> bool:
        self._look()
        return self._library is not None

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        try:
            import llguidance
        except ImportError:
            log.warning(
                "llguidance is not installed: tool calls are not kept to their schemas while they are written"
            )
            return
        try:
            self._tokenizer = llguidance.LLTokenizer(
                self._tokens.serialized(),
                n_vocab=self._tokens.vocabulary,
                eos_token=sorted(self._tokens.stops),
            )
        except Exception:
            log.exception("this tokenizer cannot be used for grammars")
            return
        self._library = llguidance

    def whole(self, grammar: str) -> Mask:
        """The mask of an answer that is nothing but `grammar`, a JSON schema or Lark. Raises EngineError."""
        if not self.available:
            raise EngineError("answers by a grammar need the package llguidance")
        matcher = self._matcher(grammar)
        if matcher.is_error():
            raise EngineError("the grammar of this request cannot be used")
        return Mask(matcher)

    def call(self, tools: Mapping[str, Any], ids: Sequence[int]) -> Mask | None:
        """The mask of a call that began with `ids`; None where it is in a spelling that the grammar does not know."""
        if not self.available:
            return None
        text = b"".join(map(self._tokens.bytes_of, ids))
        python = _PYTHON_CALL.match(text) is not None
        words = str(tools.get("arguments", "parameters"))
        source = _pythonic(tools["specs"]) if python else _json_calls(tools["specs"], words)
        matcher = self._matcher(source)
        spelled = [at for at in ids if self._tokens.bytes_of(at)]
        if matcher.is_error() or matcher.try_consume_tokens(spelled) < len(spelled):
            return None
        return Mask(matcher)

    def _matcher(self, source: str) -> Any:
        """A fresh matcher. Compiling takes milliseconds in which every row waits, a copy takes none."""
        known = self._made.get(source)
        if known is None:
            make = self._library.LLMatcher
            is_schema = source.lstrip().startswith("{")
            grammar = make.grammar_from_json_schema(source) if is_schema else make.grammar_from_lark(source)
            known = make(self._tokenizer, grammar, log_level=0)
            if len(self._made) >= 256:
                self._made.clear()
            self._made[source] = known
        return known.deep_copy()


class Mask:
    """Where one answer stands in its grammar."""

    __slots__ = ("_matcher",)

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher

    @property
    def complete(self) -> bool:
        """Nothing can follow what is written."""
        return bool(self._matcher.is_stopped() and not self._matcher.is_error())

    def allowed(self) -> bytes | None:
        """Which tokens may come next, a bit each, lowest bit first; None when the grammar broke down over its size."""
        if self._matcher.is_error() or self._matcher.is_stopped():
            return None
        bits: bytes = self._matcher.compute_bitmask()
        return bits if any(bits) else None

    def took(self, token: int) -> None:
        """This token was chosen."""
        if not self._matcher.is_error() and not self._matcher.is_stopped():
            self._matcher.try_consume_tokens([token])


class Watch:
    """Looks at the beginning of an answer for a tool call."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen = b""

    def push(self, spelled: bytes) -> bool | None:
        """True once a call has begun, False once it cannot be one any more, None while that is open."""
        self._seen += spelled
        if _JSON_CALL.match(self._seen) or _PYTHON_CALL.match(self._seen):
            return True
        return None if len(self._seen) < _OPENING and _MAY_BE_CALL.match(self._seen) else False


def _json_calls(specs: Sequence[Mapping[str, Any]], arguments: str) -> str:
    """Lark: calls as JSON objects, one or several, alone or in a list; `arguments`: how the model calls these."""
    rules = []
    for at, spec in enumerate(specs):
        schema = dict(spec["schema"])
        schema.setdefault("type", "object")
        schema.setdefault("additionalProperties", False)
        call: dict[str, Any] = {
            "type": "object",
            "properties": {"name": {"const": spec["name"]}, arguments: schema},
            "required": ["name", arguments],
            "additionalProperties": False,
            "x-guidance": _STYLE,
        }
        function = call | {
            "properties": {"type": {"const": "function"}, **call["properties"]},
            "required": ["type", "name", arguments],
        }
        rules.append(f"call{at}: %json {json.dumps(call)} | %json {json.dumps(function)}")
    any_call = " | ".join(f"call{at}" for at in range(len(specs)))
    return "\n".join(
        [
            'start: SPACE? (calls | "[" SPACE? any (SPACE? "," SPACE? any)* SPACE? "]")',
            'calls: any (SPACE? ";" SPACE? any)*',
            f"any: {any_call}",
            "SPACE: /[ \\n]{1,4}/",
            *rules,
        ]
    )


def _pythonic(specs: Sequence[Mapping[str, Any]]) -> str:
    """Lark: a list of calls like Python's, each with its own arguments by name."""
    rules = []
    for at, spec in enumerate(specs):
        names = list(dict(spec["schema"]).get("properties") or {})
        if names:
            given = " | ".join(json.dumps(name) for name in names)
            rules.append(f'call{at}: "{spec["name"]}" "(" (arg{at} ("," SPACE? arg{at})*)? ")"')
            rules.append(f'arg{at}: ({given}) "=" value')
        else:
            rules.append(f'call{at}: "{spec["name"]}" "(" ")"')
    any_call = " | ".join(f"call{at}" for at in range(len(specs)))
    return "\n".join(
        [
            'start: SPACE? "[" any ("," SPACE? any)* "]"',
            f"any: {any_call}",
            "value: TEXT | NUMBER | WORD | list | map",
            'list: "[" (value ("," SPACE? value)*)? "]"',
            'map: "{" (TEXT ":" SPACE? value ("," SPACE? TEXT ":" SPACE? value)*)? "}"',
            r"""TEXT: /"([^"\\\n]|\\["\\nt])*"/ | /'([^'\\\n]|\\['\\nt])*'/""",
            r"NUMBER: /-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?/",
            'WORD: "True" | "False" | "None"',
            "SPACE: / {1,2}/",
            *rules,
        ]
    )
