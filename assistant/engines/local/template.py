"""From a Prompt to segments through a model's own chat template: contents are taken out before, put back after."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ...errors import EngineError, ModelUnusable
from ...types import Prompt, Role, Slot, SlotKind, ToolCall, ToolSpec, Turn
from ..checkpoint import Checkpoint

TEMPLATE: Final = 2
"""The kind of a segment that the template wrote: control tokens count in it. See `Segment` in frame.py."""

Segment = tuple[int, str]

# A held content travels through the template as private letters that no filter changes: trim, title, split.
_OPEN, _OPEN_JSON, _CLOSE, _DIGITS = "\ue000", "\ue001", "\ue002", "\ue010"
_HELD: Final = re.compile(f"([{_OPEN}{_OPEN_JSON}])([\ue010-\ue019]+){_CLOSE}")
_BROKEN: Final = re.compile("[\ue000-\ue002\ue010-\ue019]")
_ESCAPED: Final = re.compile(r"\\u(e00[0-2]|e01[0-9])")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_. -]*")
_TAG: Final = re.compile(r"<\|[^|<>\s]+\|>|<<?/?[A-Za-z_][\w.-]*>?>|\[/?[A-Z_]+\]")
_TODAY: Final = datetime(
    2024, 7, 26, tzinfo=UTC
)  # a date that moves would change the prefix of every conversation
_NOTHING: Final = "…"


class _Refused(Exception):
    """The template does not take this conversation."""


@dataclass(slots=True)
class _Contents:
    """Texts on their way past the template. `hold` gives what stands for a text."""

    marks: re.Pattern[str] | None = None
    texts: list[str] = field(default_factory=list)

    def hold(self, text: str) -> str:
        text = clean(text, self.marks)
        if not text:
            return ""
        self.texts.append(text)
        digits = "".join(chr(ord(_DIGITS) + int(digit)) for digit in str(len(self.texts) - 1))
        return f"{_OPEN}{digits}{_CLOSE}"

    def hold_all(self, value: Any, controls: Iterable[str]) -> Any:
        """A value of tools or calls with every text held that is more than a plain word; templates look at words."""
        if isinstance(value, str):
            plain = _PLAIN.fullmatch(value) and not any(name in value for name in controls)
            return value if plain else self.hold(value)
        if isinstance(value, Mapping):
            return {
                self.hold_all(str(name), controls): self.hold_all(item, controls)
                for name, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.hold_all(item, controls) for item in value]
        return value if value is None or isinstance(value, bool | int | float) else self.hold(str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A chat template that was tried out: how it takes the system text and tools, and which control tokens it writes.

    `own_system`: it has a turn for the system text; otherwise that stands before the first user's words. `parts`: it
    wants contents as lists of parts. `ends`: control tokens between an answer and the next user's words. `marks`:
    marks that are ordinary text to the tokenizer and are therefore taken out of contents.
    """

    compiled: jinja2.Template
    words: Mapping[str, str]
    controls: tuple[str, ...]
    own_system: bool = True
    parts: bool = False
    tools: bool = False
    ends: frozenset[str] = frozenset()
    marks: re.Pattern[str] | None = None

    @classmethod
    def of(cls, found: Checkpoint) -> Template:
        """Compile and try out the template of a folder. Raises ModelUnusable when it cannot be used safely."""
        what = f"the chat template of the model in {found.folder}"
        controls = tuple(sorted(found.controls, key=lambda name: (-len(name), name)))
        try:
            compiled = _environment().from_string(found.template)
        except jinja2.TemplateError as error:
            raise ModelUnusable(f"{what} cannot be read ({type(error).__name__})") from None
        template = _tried(cls(compiled=compiled, words=found.words, controls=controls), what)
        template._check_borders(what)
        if template._takes_tools():
            template = replace(template, tools=True)
        return replace(template, marks=template._ordinary_marks(), ends=template._ends())

    def segments(self, prompt: Prompt) -> list[Segment]:
        """The whole prompt, ending where the answer begins."""
        try:
            return self._render(prompt, flat=not self.tools)
        except _Refused:
            pass
        try:  # calls without results and the like: told as ordinary turns
            return self._render(prompt, flat=True)
        except _Refused as error:
            raise EngineError(
                f"the model's chat template does not take this conversation ({error})"
            ) from None

    def pieces(self, text: str) -> list[tuple[bool, str]]:
        """What the template wrote, cut into control tokens (True) and the text between them."""
        found, at = [], 0
        for match in _pattern([name for name in self.controls if name in text]).finditer(text):
            found += [(False, text[at : match.start()]), (True, match[0])]
            at = match.end()
        return [(is_name, piece) for is_name, piece in [*found, (False, text[at:])] if piece]

    def probe(self) -> list[Segment]:
        """A short conversation that shows how turns are framed."""
        return self.segments(_PROBE)

    # --- rendering -------------------------------------------------------------------------------------

    def _render(self, prompt: Prompt, *, flat: bool) -> list[Segment]:
        contents = _Contents(self.marks)
        messages = self._messages(prompt, contents, flat)
        specs = None if flat or not prompt.tools else [_tool(tool) for tool in prompt.tools]
        try:
            text = self.compiled.render(
                **self.words,
                messages=messages,
                tools=contents.hold_all(specs, self.controls),
                add_generation_prompt=True,
                enable_thinking=False,
                date_string=_TODAY.strftime("%d %b %Y"),
            )
        except Exception as error:  # a template is a program of strangers: it may fail in any way
            raise _Refused(type(error).__name__) from None
        return self._cut(text, contents)

    def _cut(self, text: str, contents: _Contents) -> list[Segment]:
        begin = self.words.get("bos_token", "")
        while begin and text.startswith(begin * 2):
            text = text.removeprefix(begin)
        segments: list[Segment] = []
        at = 0
        for match in _HELD.finditer(text):
            held = contents.texts[int("".join(str(ord(digit) - ord(_DIGITS)) for digit in match[2]))]
            if match[1] == _OPEN_JSON:
                held = json.dumps(held, ensure_ascii=False)[1:-1]
            segments += [(TEMPLATE, text[at : match.start()]), (False, held)]
            at = match.end()
        segments.append((TEMPLATE, text[at:]))
        if any(kind == TEMPLATE and _BROKEN.search(piece) for kind, piece in segments):
            raise _Refused("a content was broken apart")
        return [(kind, piece) for kind, piece in segments if piece]

    def _messages(self, prompt: Prompt, contents: _Contents, flat: bool) -> list[dict[str, Any]]:
        """Turns that alternate, begin with a user's and end with a user's or a tool's: every template takes these."""
        system = contents.hold("\n".join(_system(prompt)))
        messages: list[dict[str, Any]] = []
        for turn in prompt.turns:
            if not flat and turn.calls:
                messages.append(self._call(turn, contents, len(messages)))
            elif not flat and turn.role is Role.TOOL:
                ids = [call["id"] for message in messages for call in message.get("tool_calls", ())]
                told = sum(message["role"] == "tool" for message in messages)
                if told >= len(ids):
                    raise _Refused("a result without a call")
                messages.append({"role": "tool", "content": contents.hold(turn.text) or _NOTHING})
                messages[-1]["tool_call_id"] = ids[told]
            else:
                role = Role.USER if turn.role is Role.TOOL else turn.role
                held = contents.hold(_told(turn)) or _NOTHING
                if messages and messages[-1]["role"] == role.value and "tool_calls" not in messages[-1]:
                    messages[-1]["content"] += "\n\n" + held
                else:
                    messages.append({"role": role.value, "content": held})
        if not messages or messages[0]["role"] != "user":
            messages.insert(0, {"role": "user", "content": _NOTHING})
        if messages[-1]["role"] == "assistant":
            messages.append({"role": "user", "content": _NOTHING})
        if system and not self.own_system:
            messages[0]["content"] = f"{system}\n\n{messages[0]['content']}"
        elif system:
            messages.insert(0, {"role": "system", "content": system})
        if self.parts:
            for message in messages:
                message["content"] = [{"type": "text", "text": message["content"]}]
        return messages

    def _call(self, turn: Turn, contents: _Contents, at: int) -> dict[str, Any]:
        calls = []
        for number, call in enumerate(turn.calls):
            function = {"name": call.name, "arguments": call.arguments}
            held = contents.hold_all(function, self.controls)
            # Nine letters and digits: Mistral's templates take no other id.
            calls.append({"id": f"c{at:05}{number:03}"[:9], "type": "function", "function": held})
        return {"role": "assistant", "content": "", "tool_calls": calls}

    # --- trying out ------------------------------------------------------------------------------------

    def _check_borders(self, what: str) -> None:
        """Whatever ends a content must be a control token, as nobody can write one into a message."""
        segments = self.probe()
        for at, text in self._after(segments, _WORDS):
            first = next(iter(self.pieces(text.lstrip(' \n\t"'))), (False, ""))
            if not first[0]:
                shown = " ".join(text.split())[:40]
                raise ModelUnusable(
                    f"{what} ends turns with ordinary text ('{shown}'), which anybody could write into a message: "
                    "use a release whose marks are control tokens, or engine=openai"
                )
            if at == len(segments) - 1 and "<think>" in text and "</think>" not in text:
                raise ModelUnusable(
                    f"{what} makes it think aloud before it answers, which people would read: "
                    "use a release that answers at once, or engine=openai"
                )

    def _takes_tools(self) -> bool:
        """Whether tools, calls and results all arrive, and nothing in a result can pass for what follows it."""
        for prompt in (_TOOL_PROBE, replace(_TOOL_PROBE, turns=_TOOL_PROBE.turns[:3])):
            try:
                segments = replace(self, tools=True)._render(prompt, flat=False)
            except _Refused:
                return False
            said = [text for kind, text in segments if kind != TEMPLATE]
            written = "".join(text for kind, text in segments if kind == TEMPLATE)
            if said.count(_RESULT) != 1 or _ARGUMENT not in said or _DESCRIPTION not in said:
                return False
            if written.count(_TOOL) < 2 or not _in_order(said, (_WORDS[0], _RESULT)):
                return False
            for _, text in self._after(segments, (_RESULT,)):
                if not any(is_name for is_name, _ in self.pieces(text)):
                    return False
        return True

    def _after(self, segments: Sequence[Segment], contents: Sequence[str]) -> list[tuple[int, str]]:
        """The template's text after each of these contents, with its place."""
        places = [at for at, (kind, text) in enumerate(segments) if kind != TEMPLATE and text in contents]
        ends = [at + 1 for at in places]
        return [
            (at, segments[at][1] if at < len(segments) and segments[at][0] == TEMPLATE else "") for at in ends
        ]

    def _ordinary_marks(self) -> re.Pattern[str] | None:
        segments = self.probe()
        if self.tools:
            segments += self._render(_TOOL_PROBE, flat=False)
        found: set[str] = set()
        for kind, text in segments:
            if kind == TEMPLATE:
                for is_name, piece in self.pieces(text):
                    found.update(() if is_name else _TAG.findall(piece))
        return _pattern(sorted(found, key=lambda mark: (-len(mark), mark))) if found else None

    def _ends(self) -> frozenset[str]:
        (_, text) = self._after(self.probe(), (_WORDS[1],))[0]
        return frozenset(piece for is_name, piece in self.pieces(text) if is_name)


def clean(text: str, marks: re.Pattern[str] | None = None) -> str:
    """A content as it may enter a frame: stripped, lone surrogates replaced, marks taken out until none is left."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    while marks is not None and marks.search(text):
        text = marks.sub("", text)
    return text.strip()


def _tried(template: Template, what: str) -> Template:
    """The template with the way of telling that loses nothing. Raises ModelUnusable."""
    reason = ""
    for parts in (False, True):
        for own_system in (True, False):
            candidate = replace(template, parts=parts, own_system=own_system)
            try:
                said = [text for kind, text in candidate._render(_PROBE, flat=True) if kind != TEMPLATE]
            except _Refused as error:
                reason = reason or str(error)
                continue
            if sorted(said) == sorted((_SYSTEM, *_WORDS)) and _in_order(said, _WORDS):
                return candidate
            reason = reason or "contents are lost, doubled or moved"
    raise ModelUnusable(
        f"{what} does not take a plain conversation ({reason}): use another release, or engine=openai"
    )


def _in_order(said: Sequence[str], wanted: Sequence[str]) -> bool:
    return [text for text in said if text in wanted] == list(wanted)


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names)) or "(?!)")


def _system(prompt: Prompt) -> list[str]:
    texts = [clean(slot.text) for kind in SlotKind for slot in prompt.slots if slot.kind is kind]
    return [text for text in texts if text]


def _tool(tool: ToolSpec) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.schema}
    return {"type": "function", "function": function}


def _told(turn: Turn) -> str:
    """A turn as plain text, for templates that know no tools."""
    if turn.role is Role.TOOL:
        return f"Result: {turn.text}"
    if not turn.calls:
        return turn.text
    calls = [{"name": call.name, "parameters": call.arguments} for call in turn.calls]
    return "; ".join(json.dumps(call, ensure_ascii=False, default=dict) for call in calls)


def _environment() -> ImmutableSandboxedEnvironment:
    """What chat templates expect to find, and nothing else of this process."""
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, jinja2.ext.loopcontrols]
    )
    environment.filters["tojson"] = _to_json
    environment.globals["raise_exception"] = _raise
    environment.globals["strftime_now"] = _TODAY.strftime
    environment.globals["dict"] = lambda *pairs, **named: dict(*pairs, **named)  # the class has more doors
    return environment


class _Generation(jinja2.ext.Extension):
    """`{% generation %}` marks what a model learns from in training; for us it is just its contents."""

    tags: Final = {"generation"}  # type: ignore[misc]

    def parse(self, parser: Any) -> Any:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _to_json(
    value: Any,
    ensure_ascii: bool = False,
    indent: Any = None,
    separators: Any = None,
    sort_keys: bool = False,
) -> str:
    text = json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace(_OPEN, _OPEN_JSON)


def _raise(message: str) -> None:
    raise jinja2.TemplateError(message)


_SYSTEM: Final = "Be short"
_WORDS: Final = ("First question", "First answer", "Second question")
_TOOL, _DESCRIPTION, _ARGUMENT, _RESULT = "probe_tool", "Looks (here)", "Évora, (far)", "It is: warm"
_PROBE: Final = Prompt(
    slots=(Slot(kind=SlotKind.PERSONA, text=_SYSTEM),),
    turns=(
        Turn(role=Role.USER, text=_WORDS[0]),
        Turn(role=Role.ASSISTANT, text=_WORDS[1]),
        Turn(role=Role.USER, text=_WORDS[2]),
    ),
)
_TOOL_PROBE: Final = Prompt(
    slots=_PROBE.slots,
    turns=(
        _PROBE.turns[0],
        Turn(role=Role.ASSISTANT, text="", calls=(ToolCall(name=_TOOL, arguments={"place": _ARGUMENT}),)),
        Turn(role=Role.TOOL, text=_RESULT),
        *_PROBE.turns[1:],
    ),
    tools=(
        ToolSpec(
            name=_TOOL,
            description=_DESCRIPTION,
            schema={"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]},
        ),
    ),
)
