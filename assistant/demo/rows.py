"""Turns dialogues into rows of token ids with their targets, and rows into batches."""

import random
from collections.abc import Iterator
from typing import Final

import torch
from transformers import PreTrainedTokenizerFast

from .generate import Generator
from .scene import Message

Row = tuple[list[int], list[int]]
"""Token ids, and the positions whose token is a target."""
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
"""Ids (rows x length), flat positions that predict, and the tokens they should predict."""

LONGEST: Final = 768


class Encoder:
    """Turns dialogues into ids by the Llama 3 frame, content never able to form a control token."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self.tokenizer = tokenizer
        vocabulary = tokenizer.get_vocab()
        self.begin = vocabulary["<|begin_of_text|>"]
        self.start = vocabulary["<|start_header_id|>"]
        self.end = vocabulary["<|end_header_id|>"]
        self.stop = vocabulary["<|eot_id|>"]
        self.pad = vocabulary["<|finetune_right_pad_id|>"]
        self.gap = self.text("\n\n")
        self.roles = {role: self.text(role) for role in ("system", "user", "assistant", "ipython")}

    def text(self, content: str) -> list[int]:
        """Ids of plain content."""
        ids: list[int] = self.tokenizer(content, add_special_tokens=False, split_special_tokens=True)[
            "input_ids"
        ]
        return ids

    def row(self, dialogue: list[Message]) -> Row:
        """Ids of a dialogue and its target positions."""
        ids = [self.begin]
        targets: list[int] = []
        contents = self.tokenizer(
            [message.content for message in dialogue], add_special_tokens=False, split_special_tokens=True
        )["input_ids"]
        for message, content in zip(dialogue, contents, strict=True):
            ids += [self.start, *self.roles[message.role], self.end, *self.gap]
            if message.learn:
                targets.extend(range(len(ids), len(ids) + len(content) + 1))
            ids += [*content, self.stop]
        return ids, targets


def copy_row(rng: random.Random, size: int, length: int = 192) -> Row:
    """Random tokens with segments that come back: practice for the copy circuit."""
    ids = [rng.randrange(size - 8) if rng.random() < 0.5 else rng.randrange(256) for _ in range(24)]
    targets: list[int] = []
    while len(ids) < length:
        start = rng.randrange(len(ids) - 4)
        segment = ids[start : start + rng.randint(4, 15)]
        targets.extend(range(len(ids) + 2, len(ids) + len(segment)))
        ids += segment
        ids += [rng.randrange(size - 8) for _ in range(rng.randint(0, 3))]
    return ids[:length], [at for at in targets if at < length]


def batches(encoder: Encoder, size: int, seed: int, share: "list[float]", budget: int) -> Iterator[Batch]:
    """Endless batches of about `budget` tokens, rows of like length together; `share[0]` is the copy share."""
    generator = Generator(seed)
    rng = random.Random(seed + 1)
    while True:
        rows: list[Row] = []
        while len(rows) < 640:
            if rng.random() < share[0]:
                rows.append(copy_row(rng, size))
                continue
            row = encoder.row(generator.dialogue())
            if len(row[0]) <= LONGEST and row[1]:
                rows.append(row)
        rows.sort(key=lambda row: len(row[0]))
        groups: list[list[Row]] = [[]]
        for row in rows:
            width = (len(row[0]) + 31) // 32 * 32
            if groups[-1] and width * (len(groups[-1]) + 1) > budget:
                groups.append([])
            groups[-1].append(row)
        rng.shuffle(groups)
        for group in groups:
            width = (max(len(ids) for ids, _ in group) + 31) // 32 * 32
            ids = torch.full((len(group), width), encoder.pad, dtype=torch.long)
            where: list[int] = []
            wanted: list[int] = []
            for at, (row_ids, targets) in enumerate(group):
                ids[at, : len(row_ids)] = torch.tensor(row_ids)
                where.extend(at * width + target - 1 for target in targets)
                wanted.extend(row_ids[target] for target in targets)
            yield ids, torch.tensor(where), torch.tensor(wanted)
