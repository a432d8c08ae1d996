"""The demo model's trainer: its loss is the plain model's, earlier weights carry over, its rate ends at zero."""

import itertools
import random
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from torch.nn import functional
from transformers import AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerFast

from assistant.demo import CHECKPOINT
from assistant.demo.evaluate import Speaker
from assistant.demo.generate import Generator
from assistant.demo.grammar.sums import result
from assistant.demo.induction import adopt, configuration, initialise
from assistant.demo.network import TargetLoss
from assistant.demo.rows import Encoder, batches
from assistant.demo.train import WARM_UP_SECONDS, Plan, Trained, schedule, seconds_until, train
from assistant.tools.calculate import evaluate as calculated


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerFast:
    """The shipped tokenizer."""
    found: PreTrainedTokenizerFast = AutoTokenizer.from_pretrained(str(CHECKPOINT))
    return found


def test_loss_at_the_targets_is_the_plain_models(tokenizer: PreTrainedTokenizerFast) -> None:
    model = LlamaForCausalLM.from_pretrained(str(CHECKPOINT), dtype=torch.float32)
    ids, where, wanted = next(batches(Encoder(tokenizer), len(tokenizer), 5, [0.1], 1024))
    loss, right = TargetLoss(model)(ids, where, wanted)
    loss.backward()
    ours = {name: parameter.grad.clone() for name, parameter in model.named_parameters()}
    model.zero_grad()
    logits = model(input_ids=ids).logits.flatten(0, 1)[where]
    plain = functional.cross_entropy(logits, wanted, reduction="sum")
    plain.backward()
    assert loss.item() == pytest.approx(plain.item(), rel=1e-4)
    assert int(right) == int((logits.argmax(-1) == wanted).sum())
    for name, parameter in model.named_parameters():
        assert float((ours[name] - parameter.grad).norm()) < 1e-3 * float(parameter.grad.norm()), name


def test_earlier_weights_say_the_same_in_a_larger_vocabulary(tmp_path: Path) -> None:
    small = PreTrainedTokenizerFast.from_pretrained(str(CHECKPOINT))
    small.add_tokens(["unheard", "ofword"])
    model = LlamaForCausalLM(configuration(len(small), small.get_vocab()))
    initialise(model)
    known = adopt(model, small, CHECKPOINT)
    assert known == len(small) - 2
    model.save_pretrained(str(tmp_path))
    small.save_pretrained(str(tmp_path))
    prompts = [_prompt(dialogue) for dialogue in _dialogues(CHECKPOINT, 6)]
    old, new = Speaker(CHECKPOINT).replies(prompts), Speaker(tmp_path).replies(prompts)
    assert sum(before == after for before, after in zip(old, new, strict=True)) >= 5


def test_rate_warms_up_and_ends_at_zero_by_the_clock() -> None:
    assert schedule(0.0, 0.0, 0.5) == pytest.approx(0.05)
    assert schedule(0.01, WARM_UP_SECONDS / 2, 0.5) == pytest.approx(0.55)
    assert schedule(0.5, 1e6, 0.5) == pytest.approx(1.0)
    assert schedule(0.75, 1e6, 0.5) == pytest.approx(0.5)
    assert schedule(1.0, 1e6, 0.5) == 0.0
    assert 0 < seconds_until("23:59") <= 24 * 3600


def test_two_processes_train_stop_by_themselves_and_resume(tmp_path: Path) -> None:
    plan = Plan(
        minutes=0.05,
        until=None,
        rate=0.1,
        decaying=0.5,
        seed=3,
        processes=2,
        tokens_per_step=1024,
        tokens_per_pass=512,
        compiled=False,
    )
    (tmp_path / "tokenizer.json").write_bytes((CHECKPOINT / "tokenizer.json").read_bytes())
    (tmp_path / "tokenizer_config.json").write_bytes((CHECKPOINT / "tokenizer_config.json").read_bytes())
    train(Trained(tmp_path, CHECKPOINT, seed=3), plan)
    resumed = Trained(tmp_path, None, seed=3)
    assert resumed.steps > 0
    assert resumed.tokens >= resumed.steps * 1024
    reference = LlamaForCausalLM.from_pretrained(str(CHECKPOINT), dtype=torch.float32)
    moved = [
        float((after - before).detach().abs().max())
        for after, before in zip(resumed.parameters, reference.parameters(), strict=True)
    ]
    assert all(distance > 0 for distance in moved)
    assert (tmp_path / "model.safetensors").stat().st_size == pytest.approx(
        (CHECKPOINT / "model.safetensors").stat().st_size, rel=0.01
    )


def test_invented_results_look_like_the_calculators() -> None:
    rng = random.Random(4)
    for _ in range(500):
        text = result(rng)
        if "E" not in text:
            assert calculated(text) == text


def _dialogues(folder: Path, count: int) -> list[list[list[int]]]:
    encoder = Encoder(PreTrainedTokenizerFast.from_pretrained(str(folder)))
    found = []
    for dialogue in itertools.islice(Generator(21), count):
        turns = []
        for message in dialogue[:2]:
            head = [encoder.start, *encoder.roles[message.role], encoder.end, *encoder.gap]
            turns.append([*head, *encoder.text(message.content), encoder.stop])
        opening = [encoder.start, *encoder.roles["assistant"], encoder.end, *encoder.gap]
        found.append([[encoder.begin], *turns, opening])
    return found


def _prompt(turns: list[list[int]]) -> list[int]:
    return [token for turn in turns for token in turn]
