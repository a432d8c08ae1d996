"""Segments to token ids and ids back to text: contents can never become control tokens, characters never break."""

from __future__ import annotations

import codecs
import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tokenizers import AddedToken, Tokenizer

from ...errors import EngineError, ModelUnusable
from .. import checkpoint
from ..checkpoint import CONTROL_TOKENS, is_control
from ..stops import Stops
from .template import TEMPLATE, Template

_STOPS: Final = ("<|eot_id|>", "<|eom_id|>", "<|end_of_text|>")
_CACHED_CONTENTS: Final = 4096
_CACHED_LENGTH: Final = 4096
_ANCHOR: Final = "\ue020\ue021\ue022"
_BYTE: Final = re.compile(r"<0x([0-9A-Fa-f]{2})>")


class Tokens:
    """One model's tokenizer. Contents are encoded as they are: `<|eot_id|>` in a message becomes ordinary letters.

    With a `template`, text between two control tokens is encoded as one run, whoever wrote its parts: only then are
    the ids those of the whole text. `stops` are then the ids that end an answer, beside those the template writes.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        *,
        vocabulary: int,
        template: Template | None = None,
        stops: Iterable[int] = (),
    ) -> None:
        # What transformers calls split_special_tokens=True.
        tokenizer.encode_special_tokens = True
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.vocabulary = vocabulary
        self._template = template
        self._spelling = Spelling.of(tokenizer)
        added = tokenizer.get_added_tokens_decoder()
        if template is not None:
            added = {at: token for at, token in added.items() if is_control(token.content, token.special)}
        self._controls = {token.content: at for at, token in added.items()}
        self._control_ids = frozenset(added)
        self._added = sorted(added.values(), key=lambda token: -len(token.content))
        self._cut: dict[str, list[tuple[str | None, str]]] = {}
        # Ids that are never shown. An added token may also be a word of the answer, such as `<tool_call>`.
        self._silent = frozenset(at for at, token in added.items() if template is None or token.special)
        if template is None:
            self._check_llama3()
            self.stops = frozenset(self._controls[name] for name in _STOPS if name in self._controls)
        else:
            # A token that is not "special" would be matched even in contents.
            tokenizer.add_special_tokens([t.content for t in added.values() if not t.special])
            tokenizer.add_tokens([AddedToken(_ANCHOR, special=False, normalized=False)])
            ends = {self._controls[name] for name in template.ends} | set(stops)
            self.stops = frozenset(at for at in ends if 0 <= at < vocabulary)
        self._contents: OrderedDict[tuple[str, bool], list[int]] = OrderedDict()
        self._bytes: dict[int, bytes] = {}

    def _check_llama3(self) -> None:
        for name in CONTROL_TOKENS:
            if name not in self._controls:
                raise ModelUnusable(f"the tokenizer has no {name}: this is not a Llama 3 chat model")
        if max(self._controls[name] for name in CONTROL_TOKENS) >= self.vocabulary:
            raise ModelUnusable("the tokenizer has more tokens than the model: they do not belong together")

    @classmethod
    def load(cls, folder: Path, *, vocabulary: int) -> Tokens:
        """The tokenizer of a model folder. Raises ModelUnusable."""
        found = checkpoint.look(folder)
        template = None if found.llama3 else Template.of(found)
        probe = [] if template is None else template.probe()
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            whole = tokenizer.encode("".join(text for _, text in probe), add_special_tokens=False).ids
            tokens = cls(tokenizer, vocabulary=vocabulary, template=template, stops=found.stops)
        except ModelUnusable:
            raise
        except Exception as error:  # the library raises bare Exception for a file it cannot read
            raise ModelUnusable(
                f"the tokenizer in {folder} cannot be read ({type(error).__name__})"
            ) from None
        if any(at >= vocabulary for at in whole):
            raise ModelUnusable(
                f"the tokenizer in {folder} has more tokens than the model: they do not belong together"
            )
        if tokens.encode(probe) != whole:
            raise ModelUnusable(
                f"the tokenizer in {folder} reads a conversation otherwise in parts than as a whole: "
                "use another release, or engine=openai"
            )
        return tokens

    def encode(self, segments: Iterable[Sequence[Any]]) -> list[int]:
        """Ids of a framed prompt; each content is encoded once and remembered."""
        ids: list[int] = []
        run = ""
        for kind, text in segments:
            if self._template is None:
                ids += [self._controls[text]] if kind else self._run(text)
            elif kind == TEMPLATE:
                for name, piece in self._pieces(text):
                    if name is None:
                        run += piece
                        continue
                    ids += self._run(run, anchored=bool(ids))
                    ids.append(self._controls[name])
                    run = ""
            else:
                run += text
        ids += self._run(run, anchored=bool(ids))
        if any(at >= self.vocabulary for at in ids):
            raise EngineError("the tokenizer made an id the model does not know")
        return ids

    def _pieces(self, text: str) -> list[tuple[str | None, str]]:
        """The template's text, cut into control tokens by name and the text between them."""
        known = self._cut.get(text)
        if known is not None:
            return known
        pieces: list[tuple[str | None, str]] = []
        at = 0
        for match in _written(token for token in self._added if token.content in text).finditer(text):
            pieces += [(None, text[at : match.start()]), (match.group(match.lastindex or 0), match[0])]
            at = match.end()
        pieces.append((None, text[at:]))
        if len(self._cut) < _CACHED_CONTENTS:  # what templates write is little and comes again and again
            self._cut[text] = pieces
        return pieces

    def _run(self, text: str, *, anchored: bool = False) -> list[int]:
        """Ids of a text without control tokens. `anchored`: it follows one, so no space is put before its first word."""
        if not text:
            return []
        known = self._contents.get((text, anchored))
        if known is not None:
            self._contents.move_to_end((text, anchored))
            return known
        asked = _ANCHOR + text.replace(_ANCHOR, "") if anchored else text
        found = self._tokenizer.encode(asked, add_special_tokens=False).ids
        # Belt and braces: a vocabulary may spell a control token out of ordinary pieces.
        ids = [at for at in (found[1:] if anchored else found) if at not in self._control_ids]
        if len(text) <= _CACHED_LENGTH:
            self._contents[text, anchored] = ids
            if len(self._contents) > _CACHED_CONTENTS:
                self._contents.popitem(last=False)
        return ids

    @property
    def leading_space(self) -> bool:
        """Whether a text's first word is spelled with a space that is not part of the text."""
        return self._spelling.leading_space

    def serialized(self) -> str:
        """The tokenizer as the text of its file, for libraries that read it themselves."""
        text: str = self._tokenizer.to_str()
        start = text.index("[", text.index('"added_tokens"'))
        added, end = json.JSONDecoder().raw_decode(text, start)
        # Our own anchor, and what a text model has left of one that also sees.
        known = [item for item in added if item["id"] < self.vocabulary]
        return text[:start] + json.dumps(known) + text[end:]

    def bytes_of(self, token: int) -> bytes:
        """What a token spells; nothing for control tokens and ids without a spelling."""
        known = self._bytes.get(token)
        if known is None:
            piece = None if token in self._silent else self._tokenizer.id_to_token(token)
            if piece is None:
                known = b""
            elif token in self._control_ids:
                known = piece.encode()
            else:
                known = self._spelling.bytes_of(piece)
            self._bytes[token] = known
        return known


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a vocabulary writes bytes: byte by byte in letters of its own, or in words with ▁ for a space."""

    alphabet: Mapping[str, int] | None
    byte_tokens: bool = False
    leading_space: bool = False

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Spelling:
        """As the tokenizer's decoder says. Raises ModelUnusable for a kind that is neither."""
        steps = list(_steps(json.loads(tokenizer.decoder.__getstate__()) if tokenizer.decoder else {}))
        kinds = {step.get("type") for step in steps}
        if "ByteLevel" in kinds:
            return cls({letter: byte for byte, letter in byte_letters().items()})
        spaces = [step for step in steps if step.get("type") == "Replace" and step.get("content") == " "]
        if not spaces and "Metaspace" not in kinds:
            raise ModelUnusable(
                f"the tokenizer joins its pieces in a way the local engine does not know "
                f"({', '.join(sorted(map(str, kinds)))}): use engine=openai"
            )
        leading = any(
            (step.get("type") == "Strip" and step.get("start", 0) > 0)
            or (step.get("type") == "Metaspace" and step.get("prepend_scheme", "always") != "never")
            for step in steps
        )
        return cls(None, byte_tokens="ByteFallback" in kinds, leading_space=leading)

    def bytes_of(self, piece: str) -> bytes:
        if self.alphabet is None:
            byte = _BYTE.fullmatch(piece) if self.byte_tokens else None
            return bytes([int(byte[1], 16)]) if byte else piece.replace("▁", " ").encode()
        try:
            return bytes(self.alphabet[letter] for letter in piece)
        except KeyError:
            return piece.encode()


class Detokenizer:
    """One answer's text as it grows. Holds back half characters and whatever may become a stop string."""

    def __init__(self, tokens: Tokens, stop: Sequence[str]) -> None:
        self._tokens = tokens
        self._stops = Stops(stop)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._first = tokens.leading_space

    @property
    def stopped(self) -> bool:
        """A stop string was found."""
        return self._stops.found

    def push(self, token: int) -> str:
        """The text that became certain with this token."""
        text = self._decoder.decode(self._tokens.bytes_of(token))
        if self._first and text:
            self._first = False
            text = text.removeprefix(" ")
        return self._stops.feed(text)

    def finish(self) -> str:
        """What was held back for a stop string that never came; a half character is dropped."""
        return self._stops.end()


def _steps(decoder: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A decoder's steps, one by one."""
    if decoder.get("type") == "Sequence":
        for step in decoder["decoders"]:
            yield from _steps(step)
    elif decoder:
        yield decoder


def _written(added: Iterable[AddedToken]) -> re.Pattern[str]:
    """Finds these, the longest first, in a template's text as the tokenizer would, with the space they eat."""
    return re.compile(
        "|".join(
            (r"\s*" if token.lstrip else "")
            + f"({re.escape(token.content)})"
            + (r"\s*" if token.rstrip else "")
            for token in added
        )
        or "(?!)"
    )


def byte_letters() -> dict[int, str]:
    """The letter by which byte-level vocabularies write each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    rest = (byte for byte in range(256) if byte not in letters)
    return letters | {byte: chr(256 + at) for at, byte in enumerate(rest)}
