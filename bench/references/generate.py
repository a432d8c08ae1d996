"""transformers' own `generate`: one chat after another, or all of them in one padded batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..chats import Chat


class Generate:
    """Greedy, with transformers' default attention and cache. Stop tokens are ignored, as they are by our engine here."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(threads)
        self._torch = torch
        self._model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self._model.generation_config.eos_token_id = None

    def sequential(self, chats: Sequence[Chat]) -> list[list[int]]:
        """Each chat's new ids, computed alone."""
        return [self.padded([chat])[0] for chat in chats]

    def padded(self, chats: Sequence[Chat]) -> list[list[int]]:
        """All in one batch, padded on the left, until the longest is done; what a chat did not ask for is cut off."""
        torch = self._torch
        width = max(len(chat.ids) for chat in chats)
        ids = torch.tensor([[0] * (width - len(chat.ids)) + chat.ids for chat in chats])
        seen = torch.tensor([[0] * (width - len(chat.ids)) + [1] * len(chat.ids) for chat in chats])
        with torch.inference_mode():
            made = self._model.generate(
                ids,
                attention_mask=seen,
                do_sample=False,
                max_new_tokens=max(chat.new_tokens for chat in chats),
                pad_token_id=0,
            )
        answers: list[list[int]] = made[:, width:].tolist()
        return [answer[: chat.new_tokens] for answer, chat in zip(answers, chats, strict=True)]
