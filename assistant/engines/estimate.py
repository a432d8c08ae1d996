"""Estimates the tokens of a prompt from its bytes, and learns the rate from what the server counted."""

from __future__ import annotations

import json
from collections import deque
from typing import Final

from ..types import Prompt

FIRST_RATE: Final = (
    0.5  # tokens per byte before anything was learnt: more than prose has in any large vocabulary
)
_FRAME: Final = 8  # tokens around one message: the role, its header and its end
_MARGIN: Final = 1.15
_REMEMBERED: Final = 64


class Estimate:
    """An upper estimate: the highest rate among the last answers, and a margin on top.

    Letters outside ASCII weigh more than their bytes: vocabularies know fewer of their words.
    """

    def __init__(self) -> None:
        self._rates: deque[float] = deque(maxlen=_REMEMBERED)
        self._rate = FIRST_RATE

    def tokens(self, prompt: Prompt) -> int:
        """How many tokens the prompt has at most, as far as one can tell from here."""
        messages, weight = _measure(prompt)
        return messages * _FRAME + int(weight * self._rate) + 1

    def learn(self, prompt: Prompt, tokens: int) -> None:
        """The server says that this prompt has so many tokens."""
        messages, weight = _measure(prompt)
        # A few words are nearly all frame: they say little about the rate.
        if tokens <= 0 or weight < 64:
            return
        self._rates.append(max(0.0, tokens - messages * _FRAME) / weight)
        self._rate = min(2.0, max(0.05, max(self._rates) * _MARGIN))


def _measure(prompt: Prompt) -> tuple[int, int]:
    """Messages, and their letters by weight."""
    texts = [slot.text for slot in prompt.slots if slot.text]
    messages = len(prompt.turns) + bool(texts)
    for turn in prompt.turns:
        texts.append(turn.text)
        texts += [f"{call.name} {_json(dict(call.arguments))}" for call in turn.calls]
    texts += [f"{tool.name} {tool.description} {_json(dict(tool.schema))}" for tool in prompt.tools]
    messages += len(prompt.tools)
    return messages, sum(map(_weight, texts))


def _weight(text: str) -> int:
    return len(text) if text.isascii() else 2 * len(text.encode("utf-8", "replace")) - len(text)


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
