"""Promises of the slots: budget, what is kept where, the attic, and a cache whose slots do not lie together."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from assistant.engines.local import varlen
from assistant.engines.local.attic import Attic
from assistant.engines.local.cache import Plan, SlotCache, Span
from assistant.engines.local.forward import Forward
from assistant.engines.local.slots import Table
from assistant.errors import Overloaded
from tests.engines.test_scheduler import NET, SYSTEM, TEXTS
from tests.engines.tiny import CONTEXT, Bench, model

GREEDY = {"temperature": 0}


def kept_values(bench: Bench, name: str) -> list[torch.Tensor]:
    slot = bench.table.of(name)
    assert slot is not None
    return bench.cache.take_out(slot.index, slot.length)


@pytest.mark.parametrize("fork", [True, False], ids=["fork of it", "of nobody"])
def test_a_side_pass_leaves_every_byte_of_the_conversation(fork: bool) -> None:
    bench = Bench(NET, slots=3 if fork else 6)
    bench.add("t", TEXTS[5], GREEDY, conversation="c")
    bench.run()
    before = kept_values(bench, "c")
    for at in range(4):
        bench.add(f"side{at}", f"{TEXTS[5]} summary {at}", GREEDY, fork_of="c" if fork else None)
    bench.run()
    after = kept_values(bench, "c")
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("flat", [False, True])
def test_a_conversation_that_made_room_comes_back_from_the_attic(flat: bool) -> None:
    bench = Bench(model(), slots=1, flat=flat, attic=Attic(2**24))
    bench.add("first", TEXTS[2], GREEDY, conversation="a")
    bench.run()
    for at in range(3):
        bench.add(f"other{at}", f"Somebody else {at}", GREEDY, conversation=f"o{at}")
        bench.run()
    assert bench.table.of("a") is None
    assert len(bench.table.attic) == 3
    text = TEXTS[2] + bench.out.texts["first"] + " and then?"
    bench.add("again", text, GREEDY, conversation="a")
    bench.run()
    usage = bench.out.ends["again"]["usage"]
    assert usage["cached"] >= len(bench.ids(TEXTS[2])), "nothing was computed twice"
    assert bench.out.texts["again"] == bench.generate(text, 8)


def test_the_attic_never_grows_beyond_its_limit() -> None:
    one = [torch.zeros(1000)]
    attic = Attic(10_000)
    for at in range(10):
        attic.put(f"c{at}", np.zeros(3, dtype=np.int32), one)
        assert attic.size <= 10_000
    assert attic.take("c0") is None
    assert attic.take("c9") is not None
    attic.put("huge", np.zeros(3, dtype=np.int32), [torch.zeros(10_000)])
    assert attic.take("huge") is None
    assert Attic(0).open is False


@pytest.mark.parametrize("flat", [False, True])
def test_held_and_promised_tokens_stay_within_the_budget(flat: bool) -> None:
    bench = Bench(NET, slots=8, budget=2 * CONTEXT, flat=flat)
    for at in range(12):
        bench.add(f"r{at}", TEXTS[at % 9], {"temperature": 0, "max_tokens": 30}, conversation=f"c{at}")
    while bench.scheduler.busy:
        bench.scheduler.step()
        held = sum(slot.reserved if slot.taken else slot.length for slot in bench.table)
        assert held <= 2 * CONTEXT
    assert not bench.out.errors
    for at in range(12):
        assert bench.out.texts[f"r{at}"] == bench.generate(TEXTS[at % 9], 30)


def test_a_queue_that_would_fill_the_memory_many_times_is_overloaded_and_says_when() -> None:
    bench = Bench(NET, slots=1, queue=10_000)
    for at in range(200):
        bench.add(f"r{at}", TEXTS[8], {"max_tokens": 40})
    refused = [error for error in bench.out.errors.values() if isinstance(error, Overloaded)]
    assert refused
    assert all(error.retry_after is not None and 2 <= error.retry_after <= 60 for error in refused)
    assert len(refused) + 1 < 200


def test_rows_in_slots_apart_from_one_another_are_those_of_generate() -> None:
    """What a GPU does: nothing ever moves, masks and gathers instead of views."""
    bench = Bench(model(), slots=6, flat=True)
    for at, text in enumerate(TEXTS):
        bench.add(
            f"r{at}", text, {"temperature": 0, "max_tokens": 5 + 4 * (at % 3)}, conversation=f"c{at % 4}"
        )
        bench.scheduler.step()
    bench.run()
    assert not bench.out.errors
    for at, text in enumerate(TEXTS):
        assert bench.out.texts[f"r{at}"] == bench.generate(text, 5 + 4 * (at % 3))


def test_varlen_sequences_name_the_queries_and_keys_of_every_row_and_prompt() -> None:
    """What the flash kernels are told, read back with plain indexing."""
    width, shares, size = 16, 2, 4
    torch.manual_seed(0)
    key, value = torch.randn(2, 3, width, shares, size).unbind()
    query = torch.randn(4, 7, size)
    plan = Plan([2, 0], [9, 3], [Span(1, 4, 2, 5)], flat=True)
    found = varlen.sequences(plan, width, torch.device("cpu"))
    wanted = varlen.masked(query, key, value, plan, None, None, None)
    flat_key, flat_value = key.view(-1, shares, size), value.view(-1, shares, size)
    pieces = []
    for at in range(len(found.used)):
        first, end = found.queries[at : at + 2].tolist()
        start, used = int(found.keys[at]), int(found.used[at])
        count = end - first
        mask = torch.ones(count, used, dtype=torch.bool).tril(used - count)
        keys, values = flat_key[start : start + used], flat_value[start : start + used]
        pieces.append(
            torch.nn.functional.scaled_dot_product_attention(
                query[None, :, first:end],
                keys.transpose(0, 1)[None],
                values.transpose(0, 1)[None],
                attn_mask=mask,
                enable_gqa=True,
            )[0].transpose(0, 1)
        )
    assert torch.allclose(torch.cat(pieces), wanted, atol=1e-5)
    assert found.longest_query == 5
    assert found.longest_key == 10


@pytest.mark.parametrize("flat", [False, True])
def test_memory_of_forgotten_slots_goes_back_to_the_system(flat: bool) -> None:
    cache = SlotCache(slots=4, context=4096, flat=flat)
    cache.plan = Plan([], [], [Span(2, 0, 0, 4000)], flat=flat)
    states = torch.ones(1, 8, 4000, 64)
    store, _ = cache.update(states, states, 0)
    assert float(cache.part(store, 2, 4000).sum()) == 8 * 4000 * 64
    cache.free(2)
    assert float(cache.part(store, 2, 4000)[..., 100:3900, :].abs().sum() if not flat else 0.0) == 0.0


def test_the_best_source_of_a_prefix_is_not_the_one_that_makes_room() -> None:
    table = Table(cache=SlotCache(slots=3, context=64), context=64)
    ids = np.arange(40, dtype=np.int32)
    for at, name in enumerate(("old with the prefix", "newer", "newest")):
        slot = table.take(name, ids + (100 if at else 0), 50)
        assert slot is not None
        slot.ids[:40], slot.length = ids + (100 if at else 0), 40
        table.release(slot, ran=False)
    slot = table.take("somebody", ids[:30], 40)
    assert slot is not None
    assert slot.length == 0
    kept = table.of("old with the prefix")
    assert kept is not None
    assert kept.length == 40


def test_fused_norms_are_the_model_s_own_numbers() -> None:
    from assistant.engines.local.fuse import fuse

    net = model(seed=3)
    ids = torch.arange(20)[None]
    with torch.inference_mode():
        before = net(ids).logits
        assert fuse(net) == 2 * 2 + 1
        after = net(ids).logits
    assert torch.equal(before, after)
    assert Forward(net, SlotCache(slots=1, context=8)) is not None
    assert SYSTEM


def test_a_cpu_has_more_slots_than_would_fit_full_and_a_budget_that_keeps_them_within_its_memory() -> None:
    from assistant.engines import sizes
    from assistant.engines.local.weights import places
    from assistant.errors import ModelUnusable

    one_billion = sizes.llama(
        {
            "hidden_size": 2048,
            "intermediate_size": 8192,
            "num_hidden_layers": 16,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "vocab_size": 128256,
            "tie_word_embeddings": True,
        }
    )
    asked = {"name": "it", "context": 8192, "quantize": "none"}
    room = sizes.Room(cuda=False, free=(12 * 10**9,))
    slots, budget = places(one_billion, room, wanted=0, **asked)  # type: ignore[arg-type]
    fitting = sizes.most_conversations(one_billion, room, quantize="none", context=8192)
    assert (slots, budget) == (32, fitting * 8192)
    assert fitting < 32
    assert places(one_billion, room, wanted=2, **asked) == (2, 2 * 8192)  # type: ignore[arg-type]
    gpu = sizes.Room(cuda=True, free=(12 * 10**9,))
    slots, budget = places(one_billion, gpu, wanted=0, **asked)  # type: ignore[arg-type]
    assert budget == slots * 8192
    with pytest.raises(ModelUnusable, match=r"needs about \d+\.\d GB of memory .* 3\.0 GB free"):
        places(one_billion, sizes.Room(cuda=False, free=(3 * 10**9,)), wanted=0, **asked)  # type: ignore[arg-type]


def test_joined_maps_are_the_maps_they_were_in_whatever_order_they_are_asked() -> None:
    from assistant.engines.local.join import join

    net = model(seed=4)
    ids = torch.arange(20)[None]
    layer = net.model.layers[0].self_attn
    states = torch.randn(1, 5, 64)
    with torch.inference_mode():
        before, apart = net(ids).logits, [layer.q_proj(states), layer.k_proj(states), layer.v_proj(states)]
        size = sum(weight.numel() for weight in net.parameters())
        assert join(net) == 2 * 2
        assert sum(weight.numel() for weight in net.parameters()) == size
        again = {name: getattr(layer, f"{name}_proj")(states) for name in "vqk"}
        alone = layer.k_proj(states)
        after = net(ids).logits
    assert torch.allclose(before, after, atol=1e-4)
    for name, wanted in zip("qkv", apart, strict=True):
        assert torch.allclose(again[name], wanted, atol=1e-5)
    assert torch.allclose(alone, apart[1], atol=1e-5)
    bench = Bench(net)
    bench.add("r", TEXTS[1], GREEDY)
    bench.run()
    assert bench.out.texts["r"] == bench.generate(TEXTS[1], 8)
