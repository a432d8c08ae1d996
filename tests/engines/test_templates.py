"""Our frame makes, token by token, what the official chat template of each Llama 3 release makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.exceptions import TemplateError
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from assistant.engines.local.engine import LocalEngine
from assistant.engines.local.frame import FIXED_DATE, Frame
from assistant.engines.local.tokens import Tokens
from assistant.engines.presets import PRESETS
from assistant.types import Prompt, Role, Slot, SlotKind, ToolCall, ToolSpec, Turn

FOLDER = Path(__file__).parent / "templates"
RELEASES = ("llama-3", "llama-3.1", "llama-3.2", "llama-3.3")
MODELS = {name: next(n for n in PRESETS if n.startswith(name + "-")) for name in RELEASES}
WITH_TOOLS = RELEASES[1:]
PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# The 256 control tokens of the releases, in their order; the first has id 128000 in the real vocabulary.
NAMED = {
    0: "<|begin_of_text|>",
    1: "<|end_of_text|>",
    4: "<|finetune_right_pad_id|>",
    6: "<|start_header_id|>",
    7: "<|end_header_id|>",
    8: "<|eom_id|>",
    9: "<|eot_id|>",
    10: "<|python_tag|>",
}


def tokenizer(release: str) -> Tokenizer:
    """A small byte-level vocabulary, cut into words like the real one, with the release's control tokens at its end."""
    found = Tokenizer(models.BPE(ignore_merges=True))
    found.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    found.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1200,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        special_tokens=[],
    )
    found.train_from_iterator(
        [*(path.read_text() for path in sorted(FOLDER.iterdir())), "\n\n" * 50], trainer
    )
    unnamed = ("<|eom_id|>", "<|python_tag|>", "<|finetune_right_pad_id|>") if release == "llama-3" else ()
    names, reserved = [], 0
    for at in range(256):
        name = NAMED.get(at, "")
        if not name or name in unnamed:
            name, reserved = f"<|reserved_special_token_{reserved}|>", reserved + 1
        names.append(name)
    found.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in names])
    return found


class Official:
    """A release: its template over the tokenizer, and our frame over the same."""

    def __init__(self, release: str) -> None:
        preset = PRESETS[MODELS[release]]
        self.dates = preset.dates
        self.frame = Frame(tools=preset.tools, result_role=preset.result_role, dates=preset.dates)
        self.template = PreTrainedTokenizerFast(
            tokenizer_object=tokenizer(release),
            bos_token="<|begin_of_text|>",
            chat_template=(FOLDER / f"{release}.jinja").read_text(),
        )
        self.tokens = Tokens(tokenizer(release), vocabulary=self.template.vocab_size + 256)

    def theirs(self, prompt: Prompt, *, dated: bool = True, **more: Any) -> list[int]:
        system = "\n".join(slot.text.strip() for slot in prompt.slots if slot.text.strip())
        messages = [{"role": "system", "content": system}] if system else []
        date = {"date_string": FIXED_DATE} if self.dates and dated else {}
        done = self.template.apply_chat_template(
            [*messages, *map(message, prompt.turns)],
            tools=[schema(tool) for tool in prompt.tools] or None,
            tools_in_user_message=False,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            **(date | more),
        )
        return list(done["input_ids"])

    def ours(self, prompt: Prompt, **more: Any) -> list[int]:
        return self.tokens.encode(replace(self.frame, **more).segments(prompt))

    def spelled(self, ids: Iterable[int]) -> str:
        return self.template.decode(list(ids), skip_special_tokens=False, clean_up_tokenization_spaces=False)


def message(turn: Turn) -> dict[str, Any]:
    if not turn.calls:
        return {"role": turn.role.value, "content": turn.text}
    calls = [
        {"type": "function", "function": {"name": call.name, "arguments": dict(call.arguments)}}
        for call in turn.calls
    ]
    return {"role": "assistant", "content": turn.text, "tool_calls": calls}


def schema(tool: ToolSpec) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.schema}
    return {"type": "function", "function": function}


OFFICIAL = {release: Official(release) for release in RELEASES}
TOOLS = (
    ToolSpec(
        name="get_time",
        description="The time in a city, say “Évora”.",
        schema={
            "type": "object",
            "properties": {"city": {"type": "string", "description": "Its <name> & land"}},
            "required": ["city"],
        },
    ),
    ToolSpec(name="calculate", description="Sums.", schema={"type": "object", "properties": {}}),
)
SYSTEM = (
    Slot(kind=SlotKind.PERSONA, text=" You are Ada.\n"),
    Slot(kind=SlotKind.SAFETY, text=""),
    Slot(kind=SlotKind.HINT, text="Short."),
    Slot(kind=SlotKind.SUMMARY, text="She is Ana."),
)
CHAT = (
    Turn(role=Role.USER, text="  Olá, tudo bem? \n"),
    Turn(role=Role.ASSISTANT, text="Tudo.\n\nE você?"),
    Turn(role=Role.USER, text="12345 'quotes' don't\tmatter  \n\n\n ok"),
)
CALLED = (
    Turn(role=Role.USER, text="What time is it in Évora?"),
    Turn(
        role=Role.ASSISTANT,
        text="",
        calls=(ToolCall(name="get_time", arguments={"city": "Évora", "n": 2.5}),),
    ),
    Turn(role=Role.TOOL, text='  12:00 "sharp"\n'),
    Turn(role=Role.ASSISTANT, text="It is noon."),
    Turn(role=Role.USER, text="Thanks"),
)


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("slots", [SYSTEM, (), SYSTEM[:1]], ids=["system", "no system", "persona"])
@pytest.mark.parametrize("turns", [CHAT, CHAT[:1], CHAT[2:]], ids=["chat", "one turn", "odd spaces"])
def test_a_chat_is_framed_as_by_the_official_template(
    release: str, slots: tuple[Slot, ...], turns: tuple[Turn, ...]
) -> None:
    prompt, official = Prompt(slots=slots, turns=turns), OFFICIAL[release]
    assert official.spelled(official.ours(prompt)) == official.spelled(official.theirs(prompt))
    assert official.ours(prompt) == official.theirs(prompt)


@pytest.mark.parametrize("release", WITH_TOOLS)
@pytest.mark.parametrize("slots", [SYSTEM, ()], ids=["system", "no system"])
@pytest.mark.parametrize("tools", [TOOLS, TOOLS[1:], ()], ids=["two tools", "one tool", "no tools"])
@pytest.mark.parametrize("turns", [CALLED, CALLED[:3], CALLED[:1]], ids=["whole", "result", "question"])
def test_tools_calls_and_results_are_framed_as_by_the_official_template(
    release: str, slots: tuple[Slot, ...], tools: tuple[ToolSpec, ...], turns: tuple[Turn, ...]
) -> None:
    prompt, official = Prompt(slots=slots, turns=turns, tools=tools), OFFICIAL[release]
    assert official.spelled(official.ours(prompt)) == official.spelled(official.theirs(prompt))
    assert official.ours(prompt) == official.theirs(prompt)


@pytest.mark.parametrize("release", WITH_TOOLS)
def test_another_date_is_framed_as_by_the_official_template(release: str) -> None:
    prompt, official = Prompt(slots=SYSTEM, turns=CHAT), OFFICIAL[release]
    date = "01 Jan 2030"
    assert official.ours(prompt, date=date) == official.theirs(prompt, date_string=date)
    assert official.ours(prompt) != official.ours(prompt, date=date)


@pytest.mark.parametrize("release", ["llama-3.1", "llama-3.3"])
def test_the_fixed_date_is_the_templates_own_default(release: str) -> None:
    prompt, official = Prompt(slots=SYSTEM, turns=CHAT), OFFICIAL[release]
    assert official.ours(prompt) == official.theirs(prompt, dated=False)


SPACES = st.sampled_from(
    [" ", "\n", "\r\n", "\t", "\u00a0", "\u2003", "\u200b", "\x85", "\x1c", "\x0b", "\ufeff", "\u3000"]
)
WORDS = st.sampled_from(["Ana", "42", "!", "…", "não", "你好", "'s", "`x`", "{", "[", "👍🏽", "<b>", "don't"])
TEXTS = st.lists(st.one_of(SPACES, WORDS, st.text(max_size=3)), min_size=1, max_size=8).map("".join)


@pytest.mark.parametrize("release", RELEASES)
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), system=TEXTS)
def test_strange_white_space_is_framed_as_by_the_official_template(
    release: str, texts: list[str], system: str
) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    system = system.encode("utf-8", "replace").decode()
    turns = tuple(
        Turn(role=Role.ASSISTANT if at % 2 else Role.USER, text=text) for at, text in enumerate(texts)
    )
    official = OFFICIAL[release]
    prompt = Prompt(slots=(Slot(kind=SlotKind.PERSONA, text=system),), turns=turns)
    theirs = official.theirs(prompt)
    assert official.ours(prompt) == theirs, official.spelled(theirs)


@pytest.mark.parametrize("release", WITH_TOOLS)
def test_where_the_templates_know_one_call_a_turn_ours_knows_several(release: str) -> None:
    """The deviation: the official templates refuse such a turn; models write the calls with semicolons between."""
    calls = (ToolCall(name="get_time", arguments={"city": "Évora"}), ToolCall(name="calculate", arguments={}))
    turns = (CALLED[0], Turn(role=Role.ASSISTANT, text="", calls=calls), CALLED[2], CALLED[2])
    prompt, official = Prompt(slots=SYSTEM, turns=turns, tools=TOOLS), OFFICIAL[release]
    with pytest.raises(TemplateError):
        official.theirs(prompt)
    text = official.spelled(official.ours(prompt))
    both = '{"name": "get_time", "parameters": {"city": "Évora"}}; {"name": "calculate", "parameters": {}}<|eot_id|>'
    assert both in text


@pytest.mark.parametrize("release", RELEASES)
def test_control_tokens_have_the_ids_of_the_release(release: str) -> None:
    official = OFFICIAL[release]
    first = official.template.convert_tokens_to_ids("<|begin_of_text|>")
    for at, name in NAMED.items():
        if release != "llama-3" or name not in ("<|eom_id|>", "<|python_tag|>", "<|finetune_right_pad_id|>"):
            assert official.template.convert_tokens_to_ids(name) == first + at
    stops = {"<|eot_id|>", "<|end_of_text|>"} | ({"<|eom_id|>"} if release != "llama-3" else set())
    assert official.tokens.stops == set(official.template.convert_tokens_to_ids(sorted(stops)))


def test_models_that_speak_llamas_own_language_are_told_days_and_summaries_and_the_demo_model_is_not() -> (
    None
):
    assert not LocalEngine(PRESETS["demo"]).facts.notes
    for name in MODELS.values():
        assert LocalEngine(PRESETS[name]).facts.notes
