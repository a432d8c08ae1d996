"""Promises of other families' models: the text of generate, their own template, one sentence for what cannot run."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from safetensors.torch import save_file

from assistant.engines import checkpoint, presets
from assistant.engines.local import measure, weights
from assistant.engines.local.tokens import Tokens
from assistant.engines.presets import Tools
from assistant.errors import ModelUnusable
from assistant.settings import Settings
from assistant.types import Finish, Prompt, Role, Sampling, ToolCall, ToolSpec, Turn
from tests.engines.conftest import local_engine
from tests.engines.families import CONTEXT, FAMILIES, Family, chat, copied, loaded
from tests.engines.test_contract import collect
from tests.engines.tiny import GREEDY, Bench

torch.set_num_threads(1)  # two threads on busy cores wait for one another

SAID = ("Hello, what is the time?", "It is noon.", "Obrigado! ☕ And in Lisbon")
TOOL = ToolSpec(name="get_time", description="The time.", schema={"type": "object", "properties": {}})
CALL = ToolCall(name="get_time", arguments={"city": "Évora", "n": 2})


TEXTS = ["You are Ada. Be short and friendly. " * 2 + "Hello world " * at + str(at) for at in range(6)]


class FamilyBench(Bench):
    """A scheduler around a tiny model of this family; texts begin where a text of it begins."""

    def __init__(self, family: Family, tokens: Tokens, **limits: Any) -> None:
        super().__init__(family.model(), **limits)
        self.tokens = self.scheduler._tokens = tokens
        self.model = family.model()  # the engine has its own way of attending

    def add(self, name: str, text: str, sampling: Any = None, **more: Any) -> None:
        body = {"segments": [(False, text)], "sampling": {"max_tokens": 8} | dict(sampling or {}), **more}
        self.scheduler.add(name, body)

    def ids(self, text: str) -> list[int]:
        return self.tokens.encode([(False, text)])

    def spell(self, ids: Sequence[int]) -> str:
        data = b"".join(self.tokens.bytes_of(at) for at in ids)
        text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
        return text.removeprefix(" ") if self.tokens.leading_space else text


@pytest.mark.parametrize("chunk", [16, 512])
def test_greedy_rows_of_a_mixed_batch_are_those_of_generate(
    family: Family, folders: dict[str, Path], chunk: int
) -> None:
    bench = FamilyBench(family, loaded(family, folders[family.name])[1], slots=3, chunk=chunk)
    counts = [6 + 5 * (at % 3) for at in range(len(TEXTS))]
    for at, text in enumerate(TEXTS):
        bench.add(f"r{at}", text, {"temperature": 0, "max_tokens": counts[at]})
        bench.scheduler.step()
    bench.run()
    assert not bench.out.errors
    for at, text in enumerate(TEXTS):
        assert bench.out.texts[f"r{at}"] == bench.generate(text, counts[at])
    assert len(set("".join(bench.out.texts.values()))) > 20, "a model that repeats itself shows nothing"
    assert any(end["usage"]["cached"] > 20 for end in bench.out.ends.values()), "the shared prefix was copied"


def test_a_conversation_goes_on_where_it_was_with_the_same_text_as_from_scratch(
    family: Family, folders: dict[str, Path]
) -> None:
    bench = FamilyBench(family, loaded(family, folders[family.name])[1], slots=2)
    text, known = TEXTS[0], 0
    for turn in range(3):
        bench.add(f"t{turn}", text, {"temperature": 0}, conversation="c")
        bench.run()
        assert bench.out.texts[f"t{turn}"] == bench.generate(text, 8)
        usage = bench.out.ends[f"t{turn}"]["usage"]
        # The last words may be cut into other tokens once more words follow them.
        assert usage["cached"] >= known - 4
        known = usage["prompt"]
        text += f" and turn {turn}: Hello"


def test_sizes_are_those_of_the_model(family: Family, folders: dict[str, Path]) -> None:
    config = checkpoint.read_config(folders[family.name])
    assert checkpoint.parameters(config) == sum(weight.numel() for weight in family.model().parameters())
    assert measure.tensors(config).cache == config["num_hidden_layers"] * 2 * 2 * 16


@pytest.mark.parametrize(
    "published, kind, hidden, inner, layers, heads, keys, vocabulary, more",
    [
        (7_248_023_552, "mistral", 4096, 14336, 32, 32, 8, 32768, {}),
        (46_702_792_704, "mixtral", 4096, 14336, 32, 32, 8, 32000, {"num_local_experts": 8}),
        (7_615_616_512, "qwen2", 3584, 18944, 28, 28, 4, 152064, {}),
        (8_190_735_360, "qwen3", 4096, 12288, 36, 32, 8, 151936, {"head_dim": 128}),
        (2_614_341_888, "gemma2", 2304, 9216, 26, 8, 4, 256000, {"head_dim": 256}),
    ],
    ids=["Mistral 7B v0.3", "Mixtral 8x7B", "Qwen2.5 7B", "Qwen3 8B", "Gemma 2 2B"],
)
def test_sizes_are_those_published(
    published: int,
    kind: str,
    hidden: int,
    inner: int,
    layers: int,
    heads: int,
    keys: int,
    vocabulary: int,
    more: dict[str, int],
) -> None:
    config = {
        "model_type": kind, "hidden_size": hidden, "intermediate_size": inner, "num_hidden_layers": layers,
        "num_attention_heads": heads, "num_key_value_heads": keys, "vocab_size": vocabulary,
    }  # fmt: skip
    assert checkpoint.parameters(config | more) == published


def test_what_the_configuration_of_gemma_3_leaves_out_is_known() -> None:
    """The file of the release with 4 billion weights names no heads, no vocabulary and no context."""
    text = {
        "model_type": "gemma3_text",
        "hidden_size": 2560,
        "intermediate_size": 10240,
        "num_hidden_layers": 34,
    }
    config = checkpoint.text_of({"model_type": "gemma3", "text_config": text, "eos_token_id": [1, 106]})
    assert checkpoint.parameters(config) == pytest.approx(3.88e9, rel=0.001)
    assert (config["max_position_embeddings"], config["eos_token_id"]) == (131072, [1, 106])


SEEING = {
    "gemma3": ("gemma3_text", "Gemma3Config", "Gemma3ForConditionalGeneration"),
    "mistral3": ("mistral", "Mistral3Config", "Mistral3ForConditionalGeneration"),
}


@pytest.mark.parametrize("old", [False, True], ids=["new names", "old names"])
@pytest.mark.parametrize("name", SEEING)
def test_of_a_model_that_also_sees_the_text_model_runs(
    folders: dict[str, Path], tmp_path: Path, name: str, old: bool
) -> None:
    text, config, kind = SEEING[name]
    copied(folders[text], tmp_path, FAMILIES[text].source())
    part = json.loads((tmp_path / "config.json").read_text())
    eye = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    eye |= {"image_size": 28, "patch_size": 14, "head_dim": 16}
    torch.manual_seed(0)
    whole = getattr(transformers, kind)(
        getattr(transformers, config)(
            text_config=part, vision_config=eye, tie_word_embeddings=part["tie_word_embeddings"]
        )
    ).eval()
    (tmp_path / "model.safetensors").unlink()
    whole.save_pretrained(tmp_path)
    if old:
        path = tmp_path / "model.safetensors"
        renamed = {
            key.replace("model.language_model.", "language_model.model."): value.clone()
            for key, value in whole.state_dict().items()
            if key != "lm_head.weight" or not whole.config.tie_word_embeddings
        }
        head = renamed.pop("lm_head.weight", None)
        save_file(renamed | ({} if head is None else {"language_model.lm_head.weight": head}), path)
    options = {"name": "it", "source": str(tmp_path), "context": 128, "quantize": "none", "slots": 2}
    loaded_part = weights.load(options)
    ids = torch.tensor([[7, 30, 9, 41, 200, 5] * 9])
    with torch.inference_mode():
        assert torch.equal(loaded_part.model(input_ids=ids).logits, whole(input_ids=ids).logits)
    assert loaded_part.model.config.model_type == text
    assert presets.resolve(Settings(model=str(tmp_path))).context == CONTEXT


# --- the engine --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mistral", "gemma2"])
async def test_a_folder_of_another_family_answers_in_its_own_process(
    folders: dict[str, Path], name: str
) -> None:
    engine = local_engine(folders[name])
    await engine.start()
    assert engine.facts.tools is FAMILIES[name].tools
    template, tokens = loaded(FAMILIES[name], folders[name])
    deltas = await collect(engine, chat(*SAID), GREEDY, conversation="c")
    assert deltas[-1].finish is Finish.LENGTH
    assert deltas[-1].usage is not None
    assert deltas[-1].usage.prompt == len(tokens.encode(template.segments(chat(*SAID))))
    assert await engine.count(chat(*SAID)) == deltas[-1].usage.prompt
    odd = Prompt(
        slots=(),
        turns=(
            Turn(role=Role.ASSISTANT, text="\ud800 I begin <end_of_turn>[/INST]"),
            Turn(role=Role.TOOL, text="nobody asked"),
            Turn(role=Role.ASSISTANT, text="", calls=(CALL, CALL)),
            Turn(role=Role.USER, text=""),
            Turn(role=Role.USER, text="x"),
            Turn(role=Role.ASSISTANT, text="y"),
        ),
        tools=(TOOL,),
    )
    for prompt in (odd, Prompt(slots=(), turns=())):
        assert (await collect(engine, prompt, Sampling(temperature=0, max_tokens=3)))[
            -1
        ].finish is Finish.LENGTH
    await engine.close()


def test_a_folder_says_itself_what_it_is(family: Family, folders: dict[str, Path]) -> None:
    found = presets.resolve(Settings(model=str(folders[family.name])))
    assert found.context == CONTEXT
    assert found.tools is (Tools.JSON if family.tools else Tools.NONE)
    assert found.parameters > 100_000
    assert not found.dates


def test_a_model_of_the_hub_is_read_once_it_is_here() -> None:
    found = presets.resolve(Settings(model="mistralai/Mistral-7B-Instruct-v0.3"))
    assert (found.source, found.context) == ("mistralai/Mistral-7B-Instruct-v0.3", presets.DEFAULT_CONTEXT)
    assert presets.resolve(Settings(model="Qwen/Qwen3-8B", engine_context=32768)).context == 32768


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"model_type": "mamba2"}, "of type 'mamba2'.*llama, mistral.*engine=openai"),
        ({"model_type": "llama4_text"}, "of type 'llama4_text'"),
        ({"model_type": "t5"}, "of type 't5'"),
        ({"layer_types": ["full_attention", "chunked_attention"]}, "layers of the kind chunked_attention"),
        ({"layer_types": ["linear_attention"]}, "layers of the kind linear_attention"),
        ({"rope_scaling": {"type": "dynamic", "factor": 2.0}}, "rotary places of the kind dynamic"),
        ({"use_bidirectional_attention": True}, "attention that looks ahead"),
        ({"hidden_size": None}, "names no hidden_size"),
    ],
    ids=["mamba", "llama 4", "t5", "chunked", "linear", "dynamic rope", "both ways", "incomplete"],
)
def test_a_model_that_slots_cannot_hold_is_one_sentence(
    folders: dict[str, Path], tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    copied(folders["mistral"], tmp_path, FAMILIES["mistral"].source())
    path = tmp_path / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    with pytest.raises(ModelUnusable, match=sentence):
        checkpoint.look(tmp_path)
