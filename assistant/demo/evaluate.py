"""Measures the demo model's gates on a set of dialogues: what `assistant demo eval` runs and prints."""

import json
import re
import time
from collections import defaultdict
from collections.abc import Generator as Steps
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from . import CHECKPOINT
from .grammar.replies import WEEKDAYS
from .grammar.slots import plain
from .rows import Encoder

DEVELOPMENT: Final = Path(__file__).resolve().parent / "development.jsonl"
SETS: Final = {"development": DEVELOPMENT, "blind": DEVELOPMENT.with_name("blind.jsonl")}
GATES: Final[dict[str, tuple[str, float | None]]] = {
    "name_acknowledged": ("name acknowledged", None),
    "name_recall": ("name recall", 0.95),
    "tool_call": ("tool call exactly right", 0.98),
    "no_call": ("no call where none is due", 0.98),
    "result_used": ("tool result used", 0.98),
    "language": ("right language", 0.98),
    "pointer": ("unknown: honest pointer", 0.95),
    "identity": ("identity", 0.90),
    "chat": ("small talk", None),
}
WORDS: Final = {
    "en": "i am you are the is it and not have has your can how help only a to my in of we do for this what result"
    " hello hi sorry nice meet welcome goodbye told yet glad thank speak right name me here see tool",
    "pt": "eu sou você voce é são sao o os um uma e não nao seu sua como posso ajudar para de em que sei pouco me meu"
    " olá ola prazer ainda disse nome obrigado tchau desculpe horas hoje peça dono maior só aqui estou falo fico"
    " ferramenta resultado nada certo sinto ao conhecer do da tenho isso",
    "es": "yo soy tú usted es son el los un una y no su tu cómo como puedo ayudarte para de en que sé poco me mi"
    " hola mucho gusto todavía has dicho nombre gracias adiós siento horas hoy pide dueño grande solo aquí estoy"
    " hablo alegra herramienta resultado nada acuerdo lo al del tengo eso las ayudar",
}
_LISTS: Final = {language: frozenset(words.split()) for language, words in WORDS.items()}


@dataclass(slots=True)
class Figures:
    """Hits and misses per gate, with the misses kept for reading."""

    hits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def count(self, gate: str, ok: bool, asked: str, got: str) -> None:
        """Record one check."""
        self.total[gate] += 1
        self.hits[gate] += ok
        if not ok:
            self.misses.append((gate, asked, got))

    def share(self, gate: str) -> float | None:
        """Share of hits, None when nothing was checked."""
        return self.hits[gate] / self.total[gate] if self.total[gate] else None


def parse_call(reply: str) -> dict[str, Any] | None:
    """The tool call a reply consists of, None for ordinary text."""
    try:
        call = json.loads(reply)
    except ValueError:
        return None
    if (
        isinstance(call, dict)
        and isinstance(call.get("name"), str)
        and isinstance(call.get("parameters"), dict)
    ):
        return call
    return None


def looks_like_call(reply: str) -> bool:
    """Whether a reply has anything call-shaped in it."""
    return "{" in reply or '"name"' in reply or "<|python_tag|>" in reply


def same_call(call: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Exactly equal, but for the case of a city."""

    def shape(value: dict[str, Any]) -> tuple[str, dict[str, str]]:
        parameters = {key: str(text) for key, text in value["parameters"].items()}
        if "city" in parameters:
            parameters["city"] = parameters["city"].casefold()
        return value["name"], parameters

    return shape(call) == shape(wanted)


def speaks(reply: str, language: str) -> bool:
    """Whether the function words of a reply fit the language at least as well as any other."""
    words = re.findall(r"[^\W\d_]+", reply.casefold())
    score = {name: sum(word in listed for word in words) for name, listed in _LISTS.items()}
    return score[language] > 0 and score[language] == max(score.values())


def key_part(result: str) -> str:
    """What an answer must repeat of a result: the HH:MM, else the first number, else nothing."""
    if result.startswith("error"):
        return ""
    found = re.search(r"\b\d{1,2}:\d{2}\b", result) or re.search(r"-?\d+(?:\.\d+)?", result)
    return found[0] if found else ""


def right_day(reply: str, result: str) -> bool:
    """Whether a reply names no weekday but the one of the result, in whichever language."""
    said = set(re.findall(r"[^\W\d_]+(?:-feira)?", reply.casefold()))
    return all(
        english in result
        for names in WEEKDAYS.values()
        for name, english in zip(names, WEEKDAYS["en"], strict=True)
        if name.casefold() in said
    )


def points_on(reply: str) -> bool:
    """Whether a reply says honestly that this is beyond it and who can help."""
    return any(word in plain(reply) for word in ("llama", "owner", "dono", "dueno"))


class Judge:
    """Walks the items of a set and judges every reply."""

    def __init__(self, encoder: Encoder, figures: Figures) -> None:
        self.encoder = encoder
        self.figures = figures

    def turn_ids(self, role: str, content: str) -> list[int]:
        """Ids of one closed turn."""
        encoder = self.encoder
        head = [encoder.start, *encoder.roles[role], encoder.end, *encoder.gap]
        return [*head, *encoder.text(content.strip()), encoder.stop]

    def walk(self, item: dict[str, Any]) -> Steps[list[int], str, None]:
        """Yield prompts, receive replies, count checks."""
        encoder, figures = self.encoder, self.figures
        system = item["system"]
        if item.get("tools") and "Tools:" not in system:
            system += "\nTools: get_time, calculate"
        opening = [encoder.start, *encoder.roles["assistant"], encoder.end, *encoder.gap]
        ids = [encoder.begin, *self.turn_ids("system", system)]
        for number, turn in enumerate(item["turns"]):
            asked, expect = turn["user"], turn.get("expect", {})
            language = turn.get("lang", item["lang"])
            ids += self.turn_ids("user", asked)
            reply = yield ids + opening
            ids += self.turn_ids("assistant", reply)
            if "tool" in expect:
                call = parse_call(reply)
                figures.count("tool_call", call is not None and same_call(call, expect["tool"]), asked, reply)
                if call is not None:
                    ids += self.turn_ids("ipython", expect["result"])
                    reply = yield ids + opening
                    ids += self.turn_ids("assistant", reply)
                    result = expect["result"]
                    used = (
                        key_part(result) in reply and not looks_like_call(reply) and right_day(reply, result)
                    )
                    figures.count("result_used", used, f"{asked} <- {result}", reply)
            else:
                figures.count("no_call", not looks_like_call(reply), asked, reply)
            if not looks_like_call(reply):
                figures.count("language", speaks(reply, language), asked, reply)
            last = number == len(item["turns"]) - 1
            if "contains" in expect:
                gate = {"recall": "name_recall" if last else "name_acknowledged", "identity": "identity"}.get(
                    item["kind"], "chat"
                )
                ok = all(part.casefold() in reply.casefold() for part in expect["contains"])
                figures.count(gate, ok, asked, reply)
            if expect.get("pointer"):
                figures.count("pointer", points_on(reply), asked, reply)


class Speaker:
    """Batched greedy generation with transformers."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(str(folder))
        self.model = AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32)
        self.model.eval()
        self.encoder = Encoder(self.tokenizer)

    @torch.inference_mode()
    def replies(self, prompts: list[list[int]], size: int = 32) -> list[str]:
        """Greedy replies, prompts of like length together."""
        order = sorted(range(len(prompts)), key=lambda at: len(prompts[at]))
        answers = [""] * len(prompts)
        for begin in range(0, len(order), size):
            members = order[begin : begin + size]
            width = max(len(prompts[at]) for at in members)
            ids = torch.full((len(members), width), self.encoder.pad)
            mask = torch.zeros((len(members), width), dtype=torch.long)
            for row, at in enumerate(members):
                ids[row, width - len(prompts[at]) :] = torch.tensor(prompts[at])
                mask[row, width - len(prompts[at]) :] = 1
            made = self.model.generate(input_ids=ids, attention_mask=mask, max_new_tokens=96, do_sample=False)
            texts = self.tokenizer.batch_decode(made[:, width:], skip_special_tokens=True)
            for at, text in zip(members, texts, strict=True):
                answers[at] = text.strip()
        return answers


def evaluate(items: list[dict[str, Any]], speaker: Speaker) -> Figures:
    """Run every item of a set against the model."""
    figures = Figures()
    judge = Judge(speaker.encoder, figures)
    waiting: list[tuple[Steps[list[int], str, None], list[int]]] = []
    for item in items:
        steps = judge.walk(item)
        waiting.append((steps, next(steps)))
    while waiting:
        answers = speaker.replies([prompt for _, prompt in waiting])
        following = []
        for (steps, _), answer in zip(waiting, answers, strict=True):
            try:
                following.append((steps, steps.send(answer)))
            except StopIteration:
                continue
        waiting = following
    return figures


def read_set(path: Path) -> list[dict[str, Any]]:
    """The items of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(figures: Figures) -> list[str]:
    """The gate table: figure, goal, met or missed by how much."""
    rows = [f"{'gate':<28}{'figure':>8}{'of':>12}{'goal':>7}"]
    for gate, (title, goal) in GATES.items():
        share = figures.share(gate)
        if share is None:
            continue
        row = f"{title:<28}{share:>8.1%}{f'{figures.hits[gate]}/{figures.total[gate]}':>12}"
        if goal is not None:
            verdict = "met" if share >= goal else f"missed by {(goal - share) * 100:.1f} points"
            row += f"{goal:>7.0%}  {verdict}"
        rows.append(row)
    return rows


def met(figures: Figures) -> bool:
    """Whether every gate that has a goal and was measured is met."""
    return all(
        share >= goal
        for gate, (_, goal) in GATES.items()
        if goal is not None and (share := figures.share(gate)) is not None
    )


def run(name: str, *, checkpoint: Path = CHECKPOINT, quick: bool = False, misses: bool = False) -> bool:
    """Measure a set by name or file, print the table and, if wanted, what went wrong; whether all gates are met."""
    torch.set_num_threads(1)  # fastest beside other work: the steps are tiny
    items = read_set(SETS.get(name, Path(name)))
    items = items[::4] if quick else items
    began = time.monotonic()
    figures = evaluate(items, Speaker(checkpoint))
    if misses:
        for gate, asked, got in figures.misses:
            print(f"{gate}: {asked!r} -> {got!r}")
    print("\n".join(table(figures)))
    print(f"{len(items)} dialogues in {time.monotonic() - began:.0f} s")
    return met(figures)
