"""transformers' continuous batching, started once and kept, so that the pages of the system prompt stay warm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ..chats import Chat

PAGE: Final = 256
BLOCKS: Final = 150
BATCH_TOKENS: Final = 512
_PATIENCE_SECONDS: Final = 300.0


class Continuous:
    """`at_once`: so many requests share a pass at most; 0 leaves it to the library, which then takes all.

    On a CPU its attention builds one mask over the keys of all requests together, so that fewer at once can be faster.
    """

    def __init__(self, folder: Path, threads: int, at_once: int = 0) -> None:
        import torch
        from transformers import AutoModelForCausalLM, GenerationConfig
        from transformers.generation.configuration_utils import ContinuousBatchingConfig

        torch.set_num_threads(threads)
        model: Any = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="sdpa"
        ).eval()
        self._batches: Any = model.init_continuous_batching(
            generation_config=GenerationConfig(do_sample=False, eos_token_id=-1, pad_token_id=0),
            continuous_batching_config=ContinuousBatchingConfig(
                page_size=PAGE,
                num_blocks=BLOCKS,
                max_batch_tokens=BATCH_TOKENS,
                max_requests_per_batch=at_once or None,
            ),
        )
        self._batches.start()

    def run(self, chats: Sequence[Chat]) -> list[list[int]]:
        """Each chat's new ids. Every request asks for its own number of tokens, none for the longest."""
        order = {
            self._batches.add_request(list(chat.ids), max_new_tokens=chat.new_tokens): at
            for at, chat in enumerate(chats)
        }
        if None in order:
            raise RuntimeError("transformers' continuous batching has died")
        answers: list[list[int]] = [[] for _ in chats]
        while order:
            output = self._batches.get_result(timeout=_PATIENCE_SECONDS)
            if output is None:
                raise RuntimeError("transformers' continuous batching gave no answer in five minutes")
            if output.is_finished():
                answers[order.pop(output.request_id)] = list(output.generated_tokens)
        return answers

    def close(self) -> None:
        self._batches.stop(block=True, timeout=30.0)
