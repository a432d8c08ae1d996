"""The chats that engine benches run: a system prompt, words of their own, and how many tokens each asks for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.engines import checkpoint
from assistant.engines.local.frame import Frame
from assistant.engines.local.tokens import Tokens
from assistant.types import Prompt, Role, Slot, SlotKind, Turn

SYSTEM_TOKENS: Final = 256
OWN_TOKENS: Final = (20, 200)
NEW_TOKENS: Final = (16, 48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """`ids` are those of `prompt` as the engine frames it. Useful tokens are the `new_tokens` it asks for, no more."""

    prompt: Prompt
    ids: list[int]
    new_tokens: int


class Words:
    """Texts of exactly so many tokens, from words that one model's tokenizer writes as one token each."""

    def __init__(self, folder: Path, words: Sequence[str], frame: Frame, seed: int) -> None:
        self._tokens = Tokens.load(folder, vocabulary=int(checkpoint.read_config(folder)["vocab_size"]))
        self._frame = frame
        self._chance = random.Random(seed)
        # At the beginning of a text a word stands without its space.
        self._words = [word for word in words if self._size(word) == self._size(f" {word}") == 1]
        if len(self._words) < 4:
            raise SystemExit(f"the tokenizer in {folder} writes hardly any of the bench's words as one token")

    def text(self, tokens: int) -> str:
        return " ".join(self._chance.choices(self._words, k=tokens))

    def chat(self, system: str, own: int = 0) -> Chat:
        """`own` tokens of its own, 0: as many as chance says."""
        turn = Turn(role=Role.USER, text=self.text(own or self._chance.randint(*OWN_TOKENS)))
        prompt = Prompt(slots=(Slot(kind=SlotKind.PERSONA, text=system),), turns=(turn,))
        return Chat(prompt=prompt, ids=self.ids(prompt), new_tokens=self._chance.randint(*NEW_TOKENS))

    def chats(self, count: int, system: str | None) -> list[Chat]:
        """Without `system` each chat has one of its own, of the same length."""
        return [self.chat(self.text(SYSTEM_TOKENS) if system is None else system, 0) for _ in range(count)]

    def ids(self, prompt: Prompt) -> list[int]:
        return self._tokens.encode(self._frame.segments(prompt))

    def spell(self, ids: Sequence[int]) -> str:
        """As the engine shows it: it holds half characters back."""
        return b"".join(map(self._tokens.bytes_of, ids)).decode("utf-8", "ignore")

    def _size(self, text: str) -> int:
        return len(self._tokens.encode([(False, text)]))


def useful(chats: Sequence[Chat]) -> int:
    """What counts, for everybody alike: the tokens the chats asked for."""
    return sum(chat.new_tokens for chat in chats)
