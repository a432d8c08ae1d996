"""Makes random requests, sensible and senseless, from a seed: texts, ids, sampling, grammars, tools, lanes, deadlines."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any, Final

ODD: Final = (
    float("nan"),
    float("inf"),
    float("-inf"),
    -1.0,
    0.0,
    1e-9,
    1e-300,
    0.5,
    1,
    2.5,
    100.0,
    1e308,
    True,
)
TEXT: Final = 'aeé😀ñ  <|eot_id|>\x00\n{["name":<|python_tag|>]}\'();,2'
WORDS: Final = (
    " you",
    " the",
    " name",
    "Hello",
    " world",
    " 42",
    " é",
    "\n\n",
    " 😀",
    "<|eot_id|>",
    " tell me",
)
CONVERSATIONS: Final = tuple(f"c{at}" for at in range(9))
GRAMMARS: Final = (
    'start: "yes" | "no"',
    "start: /[a-z]{1,20}/",
    '{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}',
    '{"enum": ["red", "green"]}',
    "start: ",
    "no grammar at all",
    "{}",
    '{"type": "object", "properties": 5}',
    'start: start "a"',
    "start: missing",
    "\x00",
)
TOOLS: Final[tuple[dict[str, Any], ...]] = (
    {
        "specs": [
            {"name": "get_time", "schema": {"type": "object", "properties": {"city": {"type": "string"}}}}
        ]
    },
    {"specs": [{"name": "add", "schema": {}}, {"name": 'quo"te', "schema": {"properties": {"x": {}}}}]},
    {"specs": [{"name": "odd", "schema": {"properties": 5}}]},
    {"specs": [{"name": "odd", "schema": {"type": "no type"}}]},
    {"specs": []},
    {"no": "specs"},
    {"specs": [{"schema": {}}]},
)
BAD_IDS: Final[tuple[list[Any], ...]] = (
    [-1],
    [10**9],
    [5, 2**70],
    [None],
    ["x"],
    [1.5, float("nan")],
    [True],
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `plain`: greedy, without anything that ends or steers it, so that generate writes the same."""

    name: str
    body: dict[str, Any]
    plain: bool


@dataclass
class Maker:
    """Draws requests for a model of `vocabulary` ids and `context` tokens."""

    chance: random.Random
    vocabulary: int
    context: int
    made: int = 0
    recent: list[str] = field(default_factory=list)

    def __call__(self) -> Asked:
        """The next request; some have the id of one that may still run."""
        chance = self.chance
        self.made += 1
        if self.recent and chance.random() < 0.04:
            name = chance.choice(self.recent[-6:])
        else:
            name = f"r{self.made}"
            self.recent = [*self.recent[-12:], name]
        body: dict[str, Any] = {
            "lane": chance.choice(("interactive", "interactive", "live", "background", "?"))
        }
        prompt = self.prompt(body)
        plain = prompt and chance.random() < 0.4
        body["sampling"] = self.greedy() if plain else self.sampling()
        if chance.random() < 0.5:
            body["conversation"] = chance.choice(CONVERSATIONS)
        if chance.random() < 0.15:
            body["fork_of"] = chance.choice((*CONVERSATIONS, "nobody"))
        if not plain:
            if chance.random() < 0.2:
                body["deadline"] = chance.choice(
                    (None, -1, 0, 0.2, 1.0, 5.0, 1e9, float("inf"), float("nan"), "x")
                )
            if chance.random() < 0.25:
                body["tools"] = chance.choice(TOOLS)
        return Asked(name, body, plain)

    def call(self) -> Asked:
        """A question that the demo model answers with a tool call, whose tool may make no sense."""
        chance = self.chance
        self.made += 1
        system = (
            f"You are Ada, a friendly assistant.\nTools: {chance.choice(('get_time', 'calculate, get_time'))}"
        )
        question = chance.choice(
            ("What time is it?", "Que horas são em Lisboa?", "How much is 12 plus 30?", "Hello")
        )
        turns = (("system", system), ("user", question))
        segments = [(True, "<|begin_of_text|>")]
        for role, text in (*turns, ("assistant", "")):
            segments += [
                (True, "<|start_header_id|>"),
                (False, role),
                (True, "<|end_header_id|>"),
                (False, "\n\n" + text),
            ]
            segments += [(True, "<|eot_id|>")] if text else []
        sampling = {"max_tokens": 30, "temperature": chance.choice((0, 0, 0.7)), "seed": chance.randrange(9)}
        plain = chance.random() < 0.3 and sampling["temperature"] == 0
        tools = {} if plain else {"tools": chance.choice(TOOLS)}
        return Asked(
            f"r{self.made}", {"segments": segments, "sampling": sampling, "lane": "live", **tools}, plain
        )

    def prompt(self, body: dict[str, Any]) -> bool:
        """Put a prompt into the body; whether it is one that can be answered."""
        chance, kind = self.chance, self.chance.random()
        if kind < 0.04:
            body["ids"] = chance.choice(([], *BAD_IDS))
            return False
        if kind < 0.08:  # around the edge of what fits, and far beyond
            size = chance.choice(
                (self.context - 9, self.context - 8, self.context - 7, self.context, 5 * self.context)
            )
            body["ids"] = self.ids(size)
            return False
        if kind < 0.5:
            body["ids"] = self.ids(chance.randint(1, self.context // 2))
        elif kind < 0.7:  # a beginning that many share
            body["ids"] = [3 + at % 50 for at in range(chance.randint(1, self.context // 2))] + self.ids(2)
        elif kind < 0.75:
            body["segments"] = chance.choice(
                ([], [(False, "")], [(True, "<|no control|>")], [(False, "\ud800")], 7)
            )
            return False
        else:
            text = "".join(chance.choices(TEXT if chance.random() < 0.3 else WORDS, k=chance.randint(1, 12)))
            body["segments"] = [(True, "<|begin_of_text|>"), (False, text)]
        return True

    def ids(self, count: int) -> list[int]:
        return [self.chance.randrange(self.vocabulary) for _ in range(count)]

    def greedy(self) -> dict[str, Any]:
        chance = self.chance
        found: dict[str, Any] = {"max_tokens": chance.randint(1, 16), "temperature": 0}
        if chance.random() < 0.2:
            found |= {"temperature": chance.choice(ODD), "top_k": 1}
        if chance.random() < 0.2:
            found["logprobs"] = chance.choice((0, 1, 5, 10**6))
        return found

    def sampling(self) -> dict[str, Any]:
        """Anything. Seeds are always numbers: a run with the same seed is the same run."""
        chance = self.chance
        found: dict[str, Any] = {"seed": chance.choice((0, -7, 2**63 - 1, chance.randrange(1000)))}
        if chance.random() < 0.9:
            found["max_tokens"] = chance.choice((0, -5, 1, 3, 8, 20, None, 2**40, self.context))
            if chance.random() < 0.7:
                found["max_tokens"] = chance.randint(1, 12)
        for name in ("temperature", "top_p", "top_k", "repetition_penalty"):
            if chance.random() < 0.6:
                found[name] = chance.choice((*ODD, 2**40, -(2**40), None, "x"))
        if chance.random() < 0.2:
            found["stop"] = chance.choices(
                ("a", " ", "é", "you", "", "\n", "never seen", "x" * 300), k=chance.randint(1, 4)
            )
        if chance.random() < 0.02:
            found["stop"] = [None, 5]
        if chance.random() < 0.1:
            found["logprobs"] = chance.choice((1, 3, 100, 10**9, -1, "x"))
        if chance.random() < 0.1:
            found["grammar"] = chance.choice(GRAMMARS)
        return found
