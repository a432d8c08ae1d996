"""Promises of the planner: its numbers are the published and the measured ones, and every answer adds up."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoModelForCausalLM, LlamaConfig, Qwen2Config
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from assistant.engines import hub, machines, planner, presets, report, servers, shapes, sizes
from assistant.engines.local import measure
from assistant.engines.planner import Plan, Subject, Wish
from assistant.errors import ModelUnusable, SettingsError
from assistant.settings import Quantize, Settings

ROOT = Path(__file__).resolve().parent.parent.parent

PUBLISHED = {
    "llama-3-8b": (8_030_261_248, 131_072),
    "llama-3-70b": (70_553_706_496, 327_680),
    "llama-3.1-8b": (8_030_261_248, 131_072),
    "llama-3.1-70b": (70_553_706_496, 327_680),
    "llama-3.1-405b": (405_853_388_800, 516_096),
    "llama-3.2-1b": (1_235_814_400, 32_768),
    "llama-3.2-3b": (3_212_749_824, 114_688),
    "llama-3.3-70b": (70_553_706_496, 327_680),
}


def subject(name: str) -> Subject:
    preset, config = presets.PRESETS[name], shapes.CONFIGS[name]
    return Subject(
        name=name, source=preset.source, config=config, tensors=sizes.llama(config), longest=preset.context
    )


def on_cpu(gigabytes: float, *, read: int = 0) -> machines.Machine:
    room = sizes.Room(cuda=False, free=(int(gigabytes * 1e9),))
    return machines.Machine(name=f"{gigabytes} GB", room=room, read=read, here=True)


# --- numbers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_preset_has_its_published_size(name: str) -> None:
    tensors = sizes.llama(shapes.CONFIGS[name])
    assert (tensors.parameters, sizes.cache_bytes(tensors, number=2)) == PUBLISHED[name]
    assert presets.PRESETS[name].parameters == tensors.parameters
    assert presets.PRESETS[name].context == shapes.CONFIGS[name]["max_position_embeddings"]


def test_every_preset_has_its_configuration() -> None:
    assert set(shapes.CONFIGS) == set(presets.PRESETS) - {"demo"} == set(servers.CHECKPOINTS)


@pytest.mark.parametrize("name", ["llama-3-8b", "llama-3.2-3b", "llama-3.1-405b"])
def test_the_arithmetic_is_what_the_meta_device_counts(name: str) -> None:
    assert measure.tensors(shapes.CONFIGS[name]) == sizes.llama(shapes.CONFIGS[name])


SMALL = {
    "vocab_size": 640, "hidden_size": 256, "intermediate_size": 704, "num_hidden_layers": 2,
    "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 64, "max_position_embeddings": 256,
}  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["mistral", "qwen2", "qwen3", "gemma", "gemma2", "gemma3_text", "phi3", "mixtral"]
)
def test_other_families_are_counted_like_the_real_thing(kind: str) -> None:
    config = CONFIG_MAPPING[kind](**SMALL, pad_token_id=0)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32).eval()
    counted = measure.tensors(config.to_dict())
    assert counted.parameters == sum(weight.numel() for weight in model.parameters())
    with torch.inference_mode():
        kept = model(input_ids=torch.ones((1, 10), dtype=torch.long), use_cache=True).past_key_values
    assert counted.cache * 10 == sum(layer.keys.numel() + layer.values.numel() for layer in kept.layers)
    assert 0 < counted.plain < counted.parameters


def test_what_is_no_chat_model_is_refused_in_one_sentence() -> None:
    with pytest.raises(ModelUnusable, match="'mamba' cannot be laid out"):
        measure.tensors(CONFIG_MAPPING["mamba"](num_hidden_layers=1).to_dict())
    with pytest.raises(ModelUnusable, match="'nonsense' are not known"):
        measure.tensors({"model_type": "nonsense"})


def held(model: Any) -> int:
    """Bytes of everything a model holds, the scales of bitsandbytes included, each storage once."""
    found: dict[int, int] = {}

    def add(value: Any) -> None:
        if isinstance(value, torch.Tensor):
            found[value.data_ptr()] = value.numel() * value.element_size()
        elif hasattr(value, "absmax") or type(value).__name__ == "MatmulLtState":
            for part in vars(value).values():
                add(part)

    for weight in [*model.parameters(), *model.buffers()]:
        add(weight)
        add(getattr(weight, "quant_state", None))
    for module in model.modules():
        add(getattr(module, "state", None))
    return sum(found.values())


@pytest.mark.parametrize("quantize", [Quantize.EIGHT, Quantize.FOUR])
@pytest.mark.parametrize("config", [
    LlamaConfig(**SMALL, tie_word_embeddings=False), LlamaConfig(**SMALL, tie_word_embeddings=True), Qwen2Config(**SMALL),
], ids=["llama", "tied", "biases"])  # fmt: skip
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::FutureWarning", "ignore::DeprecationWarning")
def test_quantized_weights_take_what_bitsandbytes_takes(
    config: Any, quantize: Quantize, tmp_path: Path
) -> None:
    from assistant.engines.local.weights import _quantization

    AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16).save_pretrained(tmp_path)
    model = AutoModelForCausalLM.from_pretrained(
        tmp_path,
        dtype=torch.bfloat16,
        device_map={"": "cpu"},
        quantization_config=_quantization(quantize.value, torch.bfloat16),
    )
    with torch.inference_mode():
        model(torch.ones((1, 4), dtype=torch.long))  # 8 bit makes its scales now
    planned = sizes.weight_bytes(measure.tensors(config.to_dict()), quantize)
    assert planned == pytest.approx(held(model), rel=0.02)


# --- decisions -------------------------------------------------------------------------------------------

BOXES = st.one_of(
    st.builds(on_cpu, st.floats(1, 2000), read=st.sampled_from([0, 10**10, 10**12])),
    st.builds(machines.of, st.sampled_from(machines.GPUS), st.sampled_from([1, 2, 3, 4, 8])),
    st.builds(
        lambda free: machines.Machine(
            name="odd",
            gpus=tuple(machines.Gpu(name="odd", memory=size) for size in free),
            room=sizes.Room(cuda=True, free=tuple(free)),
        ),
        st.lists(st.integers(10**9, 3 * 10**11), min_size=1, max_size=8),
    ),
)


@given(
    name=st.sampled_from(list(PUBLISHED)),
    machine=BOXES,
    share=st.floats(0.01, 1),
    conversations=st.integers(0, 500),
    quantize=st.sampled_from([None, *Quantize]),
)
def test_every_answer_adds_up_and_nothing_that_does_not_fit_is_recommended(
    name: str, machine: machines.Machine, share: float, conversations: int, quantize: Quantize | None
) -> None:
    model = subject(name)
    wish = Wish(context=max(1, int(model.longest * share)), conversations=conversations, quantize=quantize)
    made = planner.plan(model, machine, wish)
    for found in (*made.options, *made.smallest):
        assert quantize in (None, found.quantize)
        assert found.demand.total == found.demand.weights + found.demand.cache + found.demand.workspace
        assert found.fits <= (found.demand.total <= found.room)
        assert list(found.by_length.values()) == sorted(found.by_length.values(), reverse=True)
        assert found.demand.conversations == (conversations or max(1, found.most)) or found in made.smallest
    assert all(found.fits for found in made.smallest)
    if made.best is not None:
        assert made.best.fits and made.best in made.options
        assert made.best.demand.total / len(machine.room.free) <= min(machine.room.free)
        assert not made.smallest and not made.smallest_served
    for server in (*made.served, *made.smallest_served):
        assert server.demand.total <= server.memory < server.gpu.memory
        assert server.gpus in (1, 2, 4, 8) and model.tensors.kv_heads % server.gpus == 0
        assert server.demand.conversations in ([conversations] if conversations else [4, 1])
        assert server.demand.conversations <= server.most
    for server in made.served:
        assert server.gpus * server.copies <= len(machine.gpus) and server.memory < min(machine.room.free)
    assert made.recommended in (None, made.best, *made.served)
    json.dumps(report.plan_json(made))


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("quantize", Quantize)
def test_no_smaller_machine_of_the_table_would_do(name: str, quantize: Quantize) -> None:
    model, wish = subject(name), Wish(context=8192, conversations=4, quantize=quantize)
    (found,) = planner.plan(model, on_cpu(0.5), wish).smallest
    for gpu, count in machines.by_size():
        machine = machines.of(gpu, count)
        if machine.name == found.machine:
            break
        assert not planner.option(model, machine, wish, quantize).fits
    assert found.fits


def plan(name: str, machine: machines.Machine, **wish: Any) -> Plan:
    return planner.plan(subject(name), machine, Wish(**{"context": 8192, **wish}))


def test_the_finest_weights_that_leave_room_for_people_are_chosen() -> None:
    assert plan("llama-3-8b", machines.asked("H100", 1)).best.quantize is Quantize.NONE  # type: ignore[union-attr]
    assert plan("llama-3-70b", machines.asked("H100", 1)).best.quantize is Quantize.FOUR  # type: ignore[union-attr]
    assert plan("llama-3.1-8b", machines.asked("16GB", 1)).best.quantize is Quantize.EIGHT  # type: ignore[union-attr]
    assert plan("llama-3.1-8b", machines.asked("12GB", 1)).best.quantize is Quantize.FOUR  # type: ignore[union-attr]
    assert plan("llama-3.1-405b", machines.asked("H200", 1)).recommended is None


def test_several_gpus_are_better_used_by_a_server() -> None:
    made = plan("llama-3.1-405b", machines.asked("H100", 8))
    assert made.recommended is made.server
    assert made.server is not None and (made.server.gpus, made.server.precision.value) == (8, "fp8")
    commands = report.commands(made)
    assert "--tensor-parallel-size 8 --max-model-len 8192" in commands["vllm"]
    assert "ASSISTANT_ENGINE=openai" in commands["assistant"]


def test_one_very_long_conversation_is_served_where_four_do_not_fit() -> None:
    made = plan("llama-3.3-70b", machines.asked("H100", 2), context=131_072)
    assert made.recommended is made.server is not None and made.server.demand.conversations == 1


def test_eight_gpus_and_a_small_model_are_several_servers() -> None:
    server = plan("llama-3.1-8b", machines.asked("H100", 8)).server
    assert server is not None and (server.gpus, server.copies) == (1, 8)


def test_gpus_without_fp8_are_not_told_to_use_it() -> None:
    made = plan("llama-3.3-70b", machines.asked("A100", 2))
    assert {server.precision.value for server in made.served} == {"int4"}
    assert made.recommended is made.best


def test_a_model_that_a_cpu_reads_too_slowly_is_not_recommended_on_it() -> None:
    assert plan("llama-3-8b", on_cpu(64, read=10**10)).recommended is None
    quick = plan("llama-3-8b", on_cpu(64, read=4 * 10**11))
    assert quick.best is not None and quick.best.quantize is Quantize.NONE


def test_a_cpu_is_judged_by_what_its_products_take_and_not_by_its_memory_alone() -> None:
    machine = replace(
        on_cpu(64, read=10**12), products={"bfloat16": 2 * 10**9, "4bit": 10**11, "8bit": 10**8}
    )
    best = plan("llama-3.1-8b", machine).best
    assert best is not None and best.quantize is Quantize.FOUR
    head, linear = 128_256 * 4096 / (2 * 10**9), (8_030_261_248 - 2 * 128_256 * 4096) / 10**11
    assert best.ceiling == pytest.approx(1 / (head + linear), rel=0.01)
    other = replace(machine, products={"bfloat16": 2 * 10**9, "4bit": 10**11, "8bit": 10**12})
    best = plan("llama-3.1-8b", other).best
    assert best is not None and best.quantize is Quantize.EIGHT


def test_this_machine_knows_what_its_products_take() -> None:
    speeds = measure.speeds()
    assert set(speeds) == {"read", "float32", "bfloat16", "8bit", "4bit"}
    assert all(speed > 10**5 for speed in speeds.values())


def test_more_people_than_fit_need_a_larger_machine() -> None:
    made = plan("llama-3.1-8b", machines.asked("24GB", 1), conversations=64)
    assert made.recommended is None and all(found.demand.conversations == 64 for found in made.smallest)


@pytest.mark.parametrize(("text", "name"), [
    ("NVIDIA H100 80GB HBM3", "H100 80 GB"), ("NVIDIA A100-SXM4-80GB", "A100 80 GB"), ("NVIDIA L4", "L4 24 GB"),
    ("NVIDIA GeForce RTX 4090", "RTX 4090 24 GB"), ("NVIDIA L40S", "L40S 48 GB"), ("NVIDIA H200", "H200 141 GB"),
    ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "RTX PRO 6000 96 GB"), ("NVIDIA B200", "B200 180 GB"),
    ("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada 48 GB"), ("rtx 5090", "RTX 5090 32 GB"),
])  # fmt: skip
def test_a_gpu_is_known_by_what_its_driver_calls_it(text: str, name: str) -> None:
    found = machines.named(text)
    assert found is not None and found.name == name


def test_a_gpu_is_asked_for_by_size_or_name() -> None:
    assert machines.asked("80GB", 2).room.free == (80 * 10**9,) * 2
    assert machines.asked("24 GiB", 1).room.free == (24 * 2**30,)
    assert machines.asked("a100 40GB", 1).room.free == (40 * 10**9,)
    assert machines.asked("H100 80GB", 1) == machines.asked("h100", 1)
    for wrong in ("", "toaster", "0GB", "H900"):
        with pytest.raises(SettingsError, match="--gpu"):
            machines.asked(wrong, 1)


# --- from a name -----------------------------------------------------------------------------------------


def prepare(*arguments: Any, **more: Any) -> Plan:
    return asyncio.run(planner.prepare(*arguments, **more))


def test_without_a_name_the_configured_model_is_planned() -> None:
    made = prepare(
        Settings(model="llama-3.1-8b", quantize="4bit", engine_context=4096, engine_slots=3), gpu="24GB"
    )
    assert made.subject.name == "llama-3.1-8b" and made.best is not None
    assert (made.best.quantize, made.best.demand.conversations, made.wish.context) == (Quantize.FOUR, 3, 4096)
    assert report.local_command(made, made.best) == (
        "ASSISTANT_MODEL=llama-3.1-8b ASSISTANT_QUANTIZE=4bit ASSISTANT_ENGINE_CONTEXT=4096 "
        "ASSISTANT_ENGINE_SLOTS=3 assistant up"
    )


def test_the_demo_model_runs_on_this_machine() -> None:
    made = prepare(Settings())
    assert made.subject.tensors.parameters == presets.resolve(Settings()).parameters
    assert made.machine.here and made.best is not None and made.recommended is made.best


def test_a_folder_needs_only_its_configuration(tmp_path: Path) -> None:
    config = CONFIG_MAPPING["qwen3"](**SMALL).to_dict()
    (tmp_path / "config.json").write_text(json.dumps(config))
    made = prepare(Settings(), str(tmp_path), gpu="8GB")
    assert made.subject.tensors == measure.tensors(config)
    assert (made.subject.longest, made.subject.refused) == (256, "")


def test_a_model_the_local_engine_refuses_is_planned_for_a_server(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(CONFIG_MAPPING["olmo2"](**SMALL).to_dict()))
    made = prepare(Settings(), str(tmp_path), gpu="8GB")
    assert "olmo2" in made.subject.refused
    assert made.best is None and made.recommended is made.server is not None


def test_a_quantized_checkpoint_is_not_counted_twice(tmp_path: Path) -> None:
    config = {**shapes.CONFIGS["llama-3-8b"], "quantization_config": {"quant_method": "awq"}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelUnusable, match="is quantized already"):
        prepare(Settings(), str(tmp_path))


@pytest.mark.parametrize(("name", "says"), [
    ("lama-3-70b", "did you mean llama-3-70b"),
    ("Llama 3.1 405B", "did you mean llama-3.1-405b"),
    ("zzz", "presets are demo, llama-3-8b"),
])  # fmt: skip
def test_a_misspelt_name_lists_near_ones(name: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        prepare(Settings(), name)


def test_impossible_wishes_are_refused_before_anything_is_counted(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="takes at most 8192 tokens"):
        prepare(Settings(), "llama-3-8b", context=100_000)
    with pytest.raises(SettingsError, match="say with --gpu which"):
        prepare(Settings(), "llama-3-8b", gpus=2)
    with pytest.raises(ModelUnusable, match=r"does not exist or has no config\.json"):
        prepare(Settings(), str(tmp_path / "no"))
    (tmp_path / "config.json").write_text("[1")
    with pytest.raises(ModelUnusable, match="cannot be read"):
        prepare(Settings(), str(tmp_path))


def test_without_torch_a_llama_is_planned_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(planner, "installed", lambda library: False)
    assert prepare(Settings(), "llama-3.1-405b", gpu="H200", gpus=8).recommended is not None
    (tmp_path / "config.json").write_text(json.dumps(CONFIG_MAPPING["qwen3"](**SMALL).to_dict()))
    with pytest.raises(ModelUnusable, match="pip install"):
        prepare(Settings(), str(tmp_path))


@pytest.fixture
async def own_hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[None]:
    """A hub of our own behind HF_ENDPOINT, an empty cache and no token."""
    config = json.dumps(shapes.CONFIGS["llama-3.2-1b"])

    async def answer(request: web.Request) -> web.Response:
        match request.path:
            case "/acme/tiny/raw/main/config.json":
                return web.Response(text=config)
            case "/acme/old/raw/main/config.json":
                raise web.HTTPTemporaryRedirect("/acme/tiny/raw/main/config.json")
            case "/acme/away/raw/main/config.json":
                raise web.HTTPTemporaryRedirect("http://localhost:9/acme/tiny/raw/main/config.json")
            case "/acme/closed/raw/main/config.json":
                known = request.headers.get("Authorization") == "Bearer of-a-test"
                return web.Response(text=config) if known else web.Response(status=401)
            case "/acme/broken/raw/main/config.json":
                return web.Response(text="<html>")
            case _:
                return web.Response(status=404)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    monkeypatch.setenv("HF_ENDPOINT", f"http://{host}:{port}")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    for name in ("HF_HUB_CACHE", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    yield
    await runner.cleanup()


@pytest.mark.usefixtures("own_hub")
async def test_a_hub_id_is_asked_for_its_configuration_alone() -> None:
    made = await planner.prepare(Settings(), "acme/tiny", gpu="24GB")
    assert made.subject.tensors.parameters == 1_235_814_400 and made.subject.source == "acme/tiny"


@pytest.mark.usefixtures("own_hub")
async def test_a_model_that_was_renamed_is_found() -> None:
    assert (await hub.configuration("acme/old"))["num_hidden_layers"] == 16


@pytest.mark.usefixtures("own_hub")
async def test_a_licensed_model_is_asked_for_with_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "of-a-test")
    assert (await hub.configuration("acme/closed"))["num_hidden_layers"] == 16


@pytest.mark.usefixtures("own_hub")
@pytest.mark.parametrize(("name", "says"), [
    ("acme/none", "has no such model"), ("acme/closed", "set HF_TOKEN"), ("acme/broken", "cannot be read"),
    ("acme/away", "answered with 307"),
])  # fmt: skip
async def test_what_the_hub_refuses_is_said_with_what_to_do(name: str, says: str) -> None:
    with pytest.raises(ModelUnusable, match=says):
        await hub.configuration(name)


@pytest.mark.usefixtures("own_hub")
async def test_a_downloaded_copy_is_enough_without_a_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnusable, match="cannot be reached"):
        await hub.configuration("acme/tiny")
    kept = tmp_path / "hub" / "models--acme--tiny" / "snapshots" / "abc"
    kept.mkdir(parents=True)
    (kept / "config.json").write_text(json.dumps(shapes.CONFIGS["llama-3.2-3b"]))
    assert (await hub.configuration("acme/tiny"))["num_hidden_layers"] == 28


def test_the_command_line_never_imports_torch() -> None:
    code = (
        "import sys; from assistant.cli import main; main(['models', 'plan', 'llama-3.2-1b', '--gpu', '24GB']);"
        "assert not {'torch', 'transformers', 'accelerate', 'bitsandbytes'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def test_sizes_and_measuring_need_nothing_but_the_model_libraries() -> None:
    code = (
        "import sys\n"
        "for name in ('pydantic', 'pydantic_settings', 'orjson', 'aiohttp', 'rich', 'sqlalchemy'):\n"
        "    sys.modules[name] = None\n"
        "from assistant.engines import shapes, sizes\n"
        "from assistant.engines.local import measure\n"
        "assert measure.tensors(shapes.CONFIGS['llama-3.2-1b']) == sizes.llama(shapes.CONFIGS['llama-3.2-1b'])\n"
        "assert measure.room().total > 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
