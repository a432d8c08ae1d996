"""The demo model: its data, its tokenizer, its frame, and a sample of what the shipped checkpoint can do."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.demo import CHECKPOINT, LABEL
from assistant.demo.evaluate import DEVELOPMENT, Figures, Speaker, evaluate, met, parse_call, read_set, table
from assistant.demo.generate import Generator
from assistant.demo.grammar.frames import FRAMES, RULES
from assistant.demo.grammar.slots import HELD_OUT, plain
from assistant.demo.grammar.sums import arithmetic

SPECIALS = ("<|eot_id|>", "<|start_header_id|>", "<|begin_of_text|>", "<|python_tag|>", "<|end_of_text|>")
TOOLS = [{"type": "function", "function": {"name": name}} for name in ("get_time", "calculate")]


@pytest.fixture(scope="module")
def speaker() -> Speaker:
    """The shipped checkpoint."""
    return Speaker(CHECKPOINT)


def test_same_seed_gives_same_dialogues() -> None:
    first = [message.content for dialogue in itertools.islice(Generator(7), 60) for message in dialogue]
    second = [message.content for dialogue in itertools.islice(Generator(7), 60) for message in dialogue]
    other = [message.content for dialogue in itertools.islice(Generator(8), 60) for message in dialogue]
    assert first == second
    assert first != other


def test_names_kept_for_evaluation_never_appear() -> None:
    for dialogue in itertools.islice(Generator(11), 2000):
        for message in dialogue:
            assert not HELD_OUT & set(re.findall(r"\w+", plain(message.content)))


def test_every_call_is_exact_and_answered() -> None:
    calls = 0
    for dialogue in itertools.islice(Generator(12), 600):
        for at, message in enumerate(dialogue):
            call = parse_call(message.content) if message.role == "assistant" else None
            if call:
                calls += 1
                assert dialogue[at + 1].role == "ipython"
                assert dialogue[at + 2].role == "assistant"
                if call["name"] == "calculate":
                    expression = call["parameters"]["expression"]
                    assert re.fullmatch(r"[\d.]+( [-+*/] [\d.]+){1,3}", expression)
    assert calls > 100


def test_every_frame_parses_and_every_rule_exists() -> None:
    for language, intents in FRAMES.items():
        for frame in itertools.chain.from_iterable(intents.values()):
            for rule in re.findall(r"<(\w+)>", frame):
                assert rule in RULES[language], frame


def test_sums_are_written_with_plain_digits() -> None:
    rng = Generator(1).rng
    for language in ("en", "pt", "es"):
        for _ in range(200):
            _, expression = arithmetic(rng, language)
            assert expression.isascii()


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_tokenizer_round_trips_any_text(text: str) -> None:
    tokenizer = _tokenizer()
    ids = tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert tokenizer.decode(ids, clean_up_tokenization_spaces=False) == text


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=20), special=st.sampled_from(SPECIALS))
def test_user_text_cannot_become_a_control_token(text: str, special: str) -> None:
    tokenizer = _tokenizer()
    forbidden = set(tokenizer.convert_tokens_to_ids(list(SPECIALS)))
    ids = tokenizer(text + special + text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert not forbidden & set(ids)


def test_chat_template_is_the_llama_3_frame() -> None:
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": "You are Ada."},
        {"role": "user", "content": "time in Lisbon?"},
        {
            "role": "assistant",
            "tool_calls": [
                {"type": "function", "function": {"name": "get_time", "arguments": {"city": "Lisbon"}}}
            ],
        },
        {"role": "tool", "content": "14:32, Monday 23 November 2026, Lisbon"},
    ]
    text = _tokenizer().apply_chat_template(messages, tools=TOOLS, add_generation_prompt=True, tokenize=False)

    def turn(role: str, content: str) -> str:
        return f"<|start_header_id|>{role}<|end_header_id|>\n\n{content}<|eot_id|>"

    assert text == (
        "<|begin_of_text|>"
        + turn("system", "You are Ada.\nTools: get_time, calculate")
        + turn("user", "time in Lisbon?")
        + turn("assistant", '{"name": "get_time", "parameters": {"city": "Lisbon"}}')
        + turn("ipython", "14:32, Monday 23 November 2026, Lisbon")
        + "<|start_header_id|>assistant<|end_header_id|>\n\n"
    )


def test_template_and_hand_made_ids_agree(speaker: Speaker) -> None:
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Olá!\nsou a Ana"}]
    made = speaker.tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=True)[
        "input_ids"
    ]
    encoder = speaker.encoder
    expected = [encoder.begin]
    for message in messages:
        expected += [encoder.start, *encoder.roles[message["role"]], encoder.end, *encoder.gap]
        expected += [*encoder.text(message["content"]), encoder.stop]
    expected += [encoder.start, *encoder.roles["assistant"], encoder.end, *encoder.gap]
    assert made == expected


def test_checkpoint_is_small_plain_and_labelled(speaker: Speaker) -> None:
    assert (CHECKPOINT / "model.safetensors").stat().st_size <= 10_000_000
    assert speaker.model.config.architectures == ["LlamaForCausalLM"]
    vocabulary = speaker.tokenizer.get_vocab()
    stops = {vocabulary[name] for name in ("<|eot_id|>", "<|eom_id|>", "<|end_of_text|>")}
    assert set(speaker.model.generation_config.eos_token_id) == stops
    assert LABEL in (Path(CHECKPOINT).parent / "CARD.md").read_text(encoding="utf-8")


def test_checkpoint_passes_a_sample(speaker: Speaker) -> None:
    """A quarter of the development set; each floor lies about one dialogue below what was measured."""
    figures = evaluate(read_set(DEVELOPMENT)[::4], speaker)
    floors = {
        "name_recall": 0.83,
        "tool_call": 0.94,
        "no_call": 0.98,
        "result_used": 0.94,
        "language": 0.95,
        "pointer": 0.87,
        "identity": 0.85,
    }
    missed = {
        gate: figures.share(gate) for gate, floor in floors.items() if (figures.share(gate) or 0.0) < floor
    }
    assert not missed, figures.misses


def test_gate_table_says_goal_and_by_how_much_it_was_missed() -> None:
    figures = Figures()
    for ok in (True, True, True, False):
        figures.count("name_recall", ok, "asked", "got")
    figures.count("no_call", True, "asked", "got")
    rows = table(figures)
    assert "75.0%" in rows[1] and "3/4" in rows[1] and rows[1].endswith("missed by 20.0 points")
    assert rows[2].endswith("met")
    assert not met(figures)


def _tokenizer() -> Any:
    if not _CACHE:
        from transformers import AutoTokenizer

        _CACHE.append(AutoTokenizer.from_pretrained(str(CHECKPOINT)))
    return _CACHE[0]


_CACHE: list[Any] = []
