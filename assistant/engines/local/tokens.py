"""Segments to token ids and ids back to text: contents can never become control tokens, characters never break."""

from __future__ import annotations

import codecs
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from tokenizers import Tokenizer

from ...errors import EngineError, ModelUnusable
from ..checkpoint import CONTROL_TOKENS

_STOPS: Final = ("<|eot_id|>", "<|eom_id|>", "<|end_of_text|>")
_CACHED_CONTENTS: Final = 4096
_CACHED_LENGTH: Final = 4096


class Tokens:
    """One model's tokenizer. Contents are encoded as they are: `<|eot_id|>` in a message becomes ordinary letters."""

    def __init__(self, tokenizer: Tokenizer, *, vocabulary: int) -> None:
        # What transformers calls split_special_tokens=True.
        tokenizer.encode_special_tokens = True
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        added = tokenizer.get_added_tokens_decoder()
        self._controls = {token.content: at for at, token in added.items()}
        self._control_ids = frozenset(added)
        for name in CONTROL_TOKENS:
            if name not in self._controls:
                raise ModelUnusable(f"the tokenizer has no {name}: this is not a Llama 3 chat model")
        if max(self._controls[name] for name in CONTROL_TOKENS) >= vocabulary:
            raise ModelUnusable("the tokenizer has more tokens than the model: they do not belong together")
        self.vocabulary = vocabulary
        self.stops = frozenset(self._controls[name] for name in _STOPS if name in self._controls)
        self._contents: OrderedDict[str, list[int]] = OrderedDict()
        self._bytes: dict[int, bytes] = {}
        self._alphabet = {letter: byte for byte, letter in byte_letters().items()}

    @classmethod
    def load(cls, folder: Path, *, vocabulary: int) -> Tokens:
        try:
            return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), vocabulary=vocabulary)
        except ModelUnusable:
            raise
        except Exception as error:  # the library raises bare Exception for a file it cannot read
            raise ModelUnusable(
                f"the tokenizer in {folder} cannot be read ({type(error).__name__})"
            ) from None

    def encode(self, segments: Iterable[Sequence[Any]]) -> list[int]:
        """Ids of a framed prompt; each content is encoded once and remembered."""
        ids: list[int] = []
        for is_control, text in segments:
            if is_control:
                ids.append(self._controls[text])
            else:
                ids += self._content(text)
        if any(at >= self.vocabulary for at in ids):
            raise EngineError("the tokenizer made an id the model does not know")
        return ids

    def _content(self, text: str) -> list[int]:
        known = self._contents.get(text)
        if known is not None:
            self._contents.move_to_end(text)
            return known
        found = self._tokenizer.encode(text, add_special_tokens=False).ids
        # Belt and braces: an added token that is not "special" would be matched even in plain text.
        ids = [at for at in found if at not in self._control_ids]
        if len(text) <= _CACHED_LENGTH:
            self._contents[text] = ids
            if len(self._contents) > _CACHED_CONTENTS:
                self._contents.popitem(last=False)
        return ids

    def bytes_of(self, token: int) -> bytes:
        """What a token spells; nothing for control tokens and ids without a spelling."""
        known = self._bytes.get(token)
        if known is None:
            piece = None if token in self._control_ids else self._tokenizer.id_to_token(token)
            known = b"" if piece is None else self._spelled(piece)
            self._bytes[token] = known
        return known

    def _spelled(self, piece: str) -> bytes:
        try:
            return bytes(self._alphabet[letter] for letter in piece)
        except KeyError:
            return piece.encode()


class Detokenizer:
    """One answer's text as it grows. Holds back half characters and whatever may become a stop string."""

    def __init__(self, tokens: Tokens, stop: Sequence[str]) -> None:
        self._tokens = tokens
        self._stop = tuple(text for text in stop if text)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.stopped = False

    def push(self, token: int) -> str:
        """The text that became certain with this token; `stopped` when a stop string was found."""
        text = self._decoder.decode(self._tokens.bytes_of(token))
        if not self._stop:
            return text
        if self.stopped or not text:
            return ""
        self._held += text
        found = min((at for at in map(self._held.find, self._stop) if at >= 0), default=-1)
        if found >= 0:
            self.stopped = True
            text, self._held = self._held[:found], ""
            return text
        keep = max(_overlap(self._held, stop) for stop in self._stop)
        text, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return text

    def finish(self) -> str:
        """What was held back for a stop string that never came; a half character is dropped."""
        text, self._held = self._held, ""
        return text


def _overlap(text: str, stop: str) -> int:
    """How many last characters of `text` begin `stop`."""
    for size in range(min(len(stop) - 1, len(text)), 0, -1):
        if text.endswith(stop[:size]):
            return size
    return 0


def byte_letters() -> dict[int, str]:
    """The letter by which byte-level vocabularies write each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    rest = (byte for byte in range(256) if byte not in letters)
    return letters | {byte: chr(256 + at) for at, byte in enumerate(rest)}
