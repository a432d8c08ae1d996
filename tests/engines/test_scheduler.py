"""Promises of the slot engine's inside: identity with generate, seeds, reuse, cancel, ends."""

from __future__ import annotations

import random

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import ContextTooLong, Overloaded
from tests.engines.tiny import CONTEXT, Bench, model

torch.set_num_threads(1)  # two threads on busy cores wait for one another
NET = model()
SYSTEM = "You are Ada, a friendly assistant. Answer briefly. " * 2
TEXTS = [SYSTEM + "Hello world " * count + str(count) for count in range(9)]


@pytest.mark.parametrize("chunk", [16, 64, 512])
def test_greedy_rows_of_a_mixed_batch_are_those_of_generate(chunk: int) -> None:
    bench = Bench(NET, slots=4, chunk=chunk)
    counts = {f"r{at}": 5 + 3 * (at % 4) for at in range(len(TEXTS))}
    for at, text in enumerate(TEXTS):
        bench.add(f"r{at}", text, {"temperature": 0, "max_tokens": counts[f"r{at}"]})
        bench.scheduler.step()
    bench.run()
    assert not bench.out.errors
    for at, text in enumerate(TEXTS):
        assert bench.out.texts[f"r{at}"] == bench.generate(text, counts[f"r{at}"])
        assert bench.out.ends[f"r{at}"]["usage"]["completion"] == counts[f"r{at}"]
    assert any(end["usage"]["cached"] > 50 for end in bench.out.ends.values()), "the shared prefix was copied"


def test_repetition_penalty_is_that_of_generate() -> None:
    bench = Bench(NET)
    for at in range(3):
        bench.add(
            f"r{at}", TEXTS[at], {"temperature": 0, "max_tokens": 20, "repetition_penalty": 1.0 + at / 5}
        )
    bench.run()
    for at in range(3):
        wanted = bench.generate(TEXTS[at], 20, repetition_penalty=1.0 + at / 5)
        assert bench.out.texts[f"r{at}"] == wanted


def test_the_same_seed_gives_the_same_text_alone_and_in_a_full_batch() -> None:
    sampling = {"temperature": 1.3, "top_p": 0.9, "seed": 7, "max_tokens": 24}
    alone = Bench(NET)
    alone.add("it", TEXTS[3], sampling)
    alone.run()
    batch = Bench(NET)
    for at in range(7):
        other = {
            "temperature": at / 3,
            "top_k": at,
            "seed": at,
            "max_tokens": 30,
            "repetition_penalty": 1 + at / 10,
        }
        batch.add(f"r{at}", TEXTS[at], other)
        if at == 3:
            batch.scheduler.step()
            batch.add("it", TEXTS[3], sampling)
    batch.run()
    assert batch.out.texts["it"] == alone.out.texts["it"]
    other_seed = Bench(NET)
    other_seed.add("it", TEXTS[3], sampling | {"seed": 8})
    other_seed.run()
    assert other_seed.out.texts["it"] != alone.out.texts["it"]


def test_sampled_tokens_follow_their_distribution() -> None:
    from assistant.engines.local.sampler import Rule, sample

    logits = torch.tensor([2.0, 1.0, 0.0, -1.0, -9.0]).repeat(4000, 1)
    rules = [Rule({"temperature": 1.0, "top_k": 3, "seed": seed}, []) for seed in range(4000)]
    drawn = sample(logits.clone(), rules)
    shares = torch.tensor([2.0, 1.0, 0.0]).softmax(-1)
    assert max(drawn) == 2
    for token, share in enumerate(shares.tolist()):
        assert abs(drawn.count(token) / 4000 - share) < 0.03
    nucleus = sample(
        logits.clone(), [Rule({"temperature": 1.0, "top_p": 0.6, "seed": s}, []) for s in range(4000)]
    )
    assert max(nucleus) == 0


def test_a_conversation_goes_on_where_it_was_with_the_same_text_as_from_scratch() -> None:
    kept = Bench(NET, slots=3)
    text = SYSTEM
    for turn in range(4):
        text += f" turn {turn}: Hello world"
        kept.add(f"t{turn}", text, {"temperature": 0}, conversation="c")
        kept.add(
            f"other{turn}", f"{SYSTEM} somebody else {turn}", {"temperature": 0}, conversation=f"o{turn}"
        )
        kept.run()
        assert kept.out.texts[f"t{turn}"] == kept.generate(text, 8)
        usage = kept.out.ends[f"t{turn}"]["usage"]
        if turn:
            assert usage["prompt"] - usage["cached"] < 60, "only the new turn is computed"
        text += kept.out.texts[f"t{turn}"]


def test_a_side_pass_reads_a_conversation_and_leaves_it_as_it_was() -> None:
    bench = Bench(NET, slots=3)
    bench.add("t", TEXTS[5], {"temperature": 0}, conversation="c")
    bench.run()
    slot = bench.table.of("c")
    assert slot is not None
    before = slot.known.tolist()
    bench.add("side", TEXTS[5] + " summary", {"temperature": 0}, fork_of="c", conversation="c")
    bench.run()
    assert bench.out.ends["side"]["usage"]["cached"] > 100
    assert bench.out.texts["side"] == bench.generate(TEXTS[5] + " summary", 8)
    after = bench.table.of("c")
    assert after is slot
    assert slot.known.tolist() == before


def test_the_longest_unused_conversation_makes_room() -> None:
    bench = Bench(NET, slots=2)
    for name in ("a", "b", "a", "c"):
        bench.add(
            f"{name}{bench.scheduler.totals['prompt_tokens']}",
            f"{name} Hello",
            {"temperature": 0},
            conversation=name,
        )
        bench.run()
    assert bench.table.of("a") is not None
    assert bench.table.of("b") is None
    assert bench.table.of("c") is not None


def test_a_cancelled_request_frees_its_slot_at_once_and_ends() -> None:
    bench = Bench(NET, slots=1)
    bench.add("long", TEXTS[0], {"temperature": 0, "max_tokens": 100})
    bench.add("next", TEXTS[1], {"temperature": 0})
    for _ in range(6):
        bench.scheduler.step()
    bench.scheduler.cancel("long")
    bench.scheduler.cancel("never heard of")
    bench.scheduler.step()
    assert bench.out.ends["long"]["finish"] == "cancelled"
    assert bench.table.slots[0].taken
    bench.run()
    assert bench.out.texts["next"] == bench.generate(TEXTS[1], 8)
    assert bench.table.free == 1


def test_a_deadline_ends_the_waiting_with_overloaded_and_the_running_with_what_they_have() -> None:
    now = [0.0]
    bench = Bench(NET, slots=1, now=lambda: now[0])
    bench.add("running", TEXTS[0], {"max_tokens": 100, "temperature": 0}, deadline=5)
    bench.add("waiting", TEXTS[1], deadline=5)
    for _ in range(10):
        bench.scheduler.step()
    now[0] = 6.0
    bench.run()
    assert bench.out.ends["running"]["finish"] == "cancelled"
    assert bench.out.texts["running"]
    assert isinstance(bench.out.errors["waiting"], Overloaded)


def test_people_come_before_background_work() -> None:
    bench = Bench(NET, slots=1)
    bench.add("first", TEXTS[0])
    bench.scheduler.step()
    bench.add("background", TEXTS[1], lane="background")
    bench.add("person", TEXTS[2], lane="interactive")
    bench.run()
    assert list(bench.out.ends) == ["first", "person", "background"]


def test_a_full_queue_and_a_long_prompt_are_refused_before_the_model() -> None:
    bench = Bench(NET, slots=1, queue=2)
    for at in range(4):
        bench.add(f"r{at}", TEXTS[0])
    assert isinstance(bench.out.errors["r2"], Overloaded)
    bench.run()
    bench.add("long again", "x" * 2 * CONTEXT)
    error = bench.out.errors["long again"]
    assert isinstance(error, ContextTooLong)
    assert error.tokens == 2 * CONTEXT + 1
    assert error.limit == CONTEXT - 8


def test_a_failing_step_ends_its_requests_and_the_engine_goes_on() -> None:
    bench = Bench(NET, slots=2)
    bench.add("a", TEXTS[0], {"temperature": 0})
    bench.add("b", TEXTS[1], {"temperature": 0})
    bench.add("later", TEXTS[2], {"temperature": 0})
    for _ in range(5):
        bench.scheduler.step()
    real, calls = bench.scheduler._forward, []

    def broken(rows: object, pieces: object, shared: int = 0) -> torch.Tensor:
        calls.append(pieces)
        raise torch.OutOfMemoryError("out of memory")

    bench.scheduler._forward = broken  # type: ignore[assignment]
    bench.scheduler.step()
    bench.scheduler._forward = real
    bench.run()
    assert calls
    assert {*bench.out.errors, *bench.out.ends} == {"a", "b", "later"}
    assert bench.out.texts["later"] == bench.generate(TEXTS[2], 8)


def test_a_device_that_fails_again_and_again_ends_the_process() -> None:
    bench = Bench(NET)

    def broken(rows: object, pieces: object, shared: int = 0) -> torch.Tensor:
        raise RuntimeError("illegal memory access")

    bench.scheduler._forward = broken  # type: ignore[assignment]

    def go_on() -> None:
        for at in range(10):
            bench.add(f"r{at}", TEXTS[0])
            bench.scheduler.step()

    with pytest.raises(RuntimeError, match="illegal"):
        go_on()


def test_stop_strings_end_a_text_before_them_wherever_tokens_fall() -> None:
    plain = Bench(NET)
    plain.add("r", TEXTS[4], {"temperature": 0, "max_tokens": 40})
    plain.run()
    whole = plain.out.texts["r"]
    stop = whole[10:13]
    bench = Bench(NET)
    bench.add("r", TEXTS[4], {"temperature": 0, "max_tokens": 40, "stop": [stop, "never"]})
    bench.run()
    assert bench.out.ends["r"]["finish"] == "stop"
    assert bench.out.texts["r"] == whole[: whole.find(stop)]


odd = st.one_of(st.none(), st.floats(), st.integers(-(2**40), 2**40), st.text(max_size=3), st.booleans())


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.text(max_size=40),
            st.fixed_dictionaries(
                {},
                optional={
                    "temperature": odd,
                    "top_p": odd,
                    "top_k": odd,
                    "repetition_penalty": odd,
                    "seed": odd,
                    "max_tokens": st.one_of(st.none(), st.integers(-5, 2**40)),
                    "stop": st.lists(st.text(max_size=3), max_size=2),
                },
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 2**31),
)
def test_nothing_that_is_asked_kills_the_engine(
    requests: list[tuple[str, dict[str, object]]], seed: int
) -> None:
    bench = Bench(NET, slots=2)
    chance = random.Random(seed)
    for at, (text, sampling) in enumerate(requests):
        text = text.encode("utf-8", "replace").decode()
        sampling = sampling | ({"max_tokens": 20} if (sampling.get("max_tokens") or 0) > 20 else {})
        bench.add(f"r{at}", text, sampling, conversation=chance.choice([None, "c"]))
        bench.scheduler.step()
    bench.run()
    assert len(bench.out.ends) + len(bench.out.errors) == len(requests)
    assert bench.table.free == 2
    bench.add("after", TEXTS[0], {"temperature": 0})
    bench.run()
    assert bench.out.texts["after"] == bench.generate(TEXTS[0], 8)


def test_the_first_delta_tells_the_likeliest_first_tokens() -> None:
    bench = Bench(NET)
    bench.add("r", TEXTS[1], {"temperature": 2.0, "seed": 1, "logprobs": 5})
    bench.add("without", TEXTS[1], {"temperature": 2.0, "seed": 1})
    told: list[dict[str, object]] = []
    real = bench.out.reply

    def reply(request_id: str, body: dict[str, object], *, last: bool = False) -> None:
        if "logprobs" in body:
            told.append(body)
        real(request_id, body, last=last)

    bench.out.reply = reply  # type: ignore[assignment,method-assign]
    bench.run()
    assert len(told) == 1
    ids = torch.tensor([bench.ids(TEXTS[1])])
    wanted = NET(ids).logits[0, -1].log_softmax(-1).topk(5)
    first = told[0]["logprobs"]
    assert isinstance(first, list)
    assert [value for _, value in first] == pytest.approx(wanted.values.tolist(), abs=1e-4)
    assert bench.out.texts["r"] == bench.out.texts["without"]


def test_a_person_never_waits_for_background_work_to_end() -> None:
    bench = Bench(NET, slots=1)
    bench.add("background", TEXTS[1], {"temperature": 0, "max_tokens": 60}, lane="background")
    for _ in range(20):
        bench.scheduler.step()
    written = bench.out.texts["background"]
    bench.add("person", TEXTS[2], {"temperature": 0})
    bench.scheduler.step()
    bench.scheduler.step()
    assert "person" in bench.out.texts, "the first token is there within two steps of a prompt of one chunk"
    bench.run()
    assert list(bench.out.ends) == ["person", "background"]
    assert bench.out.texts["background"].startswith(written)
    assert bench.out.texts["background"] == bench.generate(TEXTS[1], 60)
    assert bench.out.ends["background"]["usage"]["prompt"] == len(bench.ids(TEXTS[1]))


def test_a_person_s_first_token_comes_one_step_later_at_most_beside_a_full_background_lane() -> None:
    def steps_to_first(background: int) -> int:
        bench = Bench(NET, slots=4, chunk=512)
        for at in range(background):
            lane = "background"
            bench.add(f"b{at}", TEXTS[8] + str(at), {"temperature": 0, "max_tokens": 50}, lane=lane)
        for _ in range(5):
            bench.scheduler.step()
        bench.add("person", TEXTS[2], {"temperature": 0})
        for count in range(1, 50):
            bench.scheduler.step()
            if "person" in bench.out.texts:
                return count
        raise AssertionError("no first token")

    assert steps_to_first(12) <= steps_to_first(0) + 1


def test_prompts_are_computed_in_smaller_chunks_where_they_would_hold_up_running_answers() -> None:
    now = [0.0]
    bench = Bench(NET, slots=4, chunk=200, now=lambda: now[0])
    real, chunks = bench.scheduler._forward, []

    def slow(rows: object, pieces: list[object] = [], shared: int = 0) -> torch.Tensor:  # noqa: B006
        count = sum(len(piece.ids) for piece in pieces)  # type: ignore[attr-defined]
        now[0] += 0.01 * max(1, count)
        chunks.append((bool(rows), count))
        return real(rows, pieces, shared)  # type: ignore[arg-type]

    bench.scheduler._forward = slow  # type: ignore[assignment]
    bench.add("first", "x" * 200, {"temperature": 0, "max_tokens": 50})
    bench.scheduler.step()
    bench.scheduler.step()
    bench.add("second", "y" * 200, {"temperature": 0})
    bench.run()
    assert chunks[:2] == [(False, 64), (False, 137)], "the first pass finds out how fast this machine is"
    beside = [count for rows, count in chunks if rows and count]
    assert beside
    assert max(beside) == 32, "0.25 s are 25 tokens here, and fewer than 32 are not worth a pass"


def test_unknown_token_ids_and_an_empty_prompt_are_refused_before_the_model() -> None:
    bench = Bench(NET)
    for name, ids in {"empty": [], "high": [1, 10**6], "low": [-1], "good": [5, 6]}.items():
        bench.scheduler.add(name, {"ids": ids, "sampling": {"max_tokens": 2}})
    bench.run()
    assert set(bench.out.errors) == {"empty", "high", "low"}
    assert set(bench.out.ends) == {"good"}


@pytest.mark.parametrize("size", [5, 300, 4096])
def test_what_is_drawn_is_the_same_from_the_first_few_tokens_and_from_all_of_them(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.engines.local import sampler

    torch.manual_seed(size)
    peaked, flat = torch.randn(40, size) * 6, torch.randn(40, size) * 0.1
    logits = torch.cat([peaked, flat])
    wanted: list[list[int]] = []
    for stages in ((), (8,), (64, 1024)):
        monkeypatch.setattr(sampler, "_STAGES", stages)
        rules = [
            sampler.Rule(
                {
                    "temperature": 0.3 + seed % 7 / 3,
                    "top_p": 0.2 + seed % 9 / 10,
                    "top_k": seed % 5 * 30,
                    "seed": seed,
                },
                [],
            )
            for seed in range(80)
        ]
        wanted.append(sampler.sample(logits.clone(), rules))
    assert wanted[0] == wanted[1] == wanted[2]


def test_masked_rows_say_only_what_they_may_and_the_others_what_they_like() -> None:
    import numpy as np

    from assistant.engines.local.sampler import Rule, sample

    torch.manual_seed(1)
    logits = torch.randn(6, 100)
    may = {1: [3, 50], 4: [99]}
    allowed = {}
    for row, ids in may.items():
        bits = np.zeros(128, dtype=np.uint8)
        bits[ids] = 1
        allowed[row] = np.packbits(bits, bitorder="little").tobytes()
    for rules in (
        [Rule({"temperature": 0}, [])] * 6,
        [Rule({"temperature": 2, "seed": 1}, []) for _ in range(6)],
    ):
        got = sample(logits.clone(), rules, allowed)
        free = sample(logits.clone(), [Rule({"temperature": 0}, [])] * 6)
        assert got[1] in (3, 50)
        assert got[4] == 99
        if rules[0].greedy:
            assert [got[row] for row in (0, 2, 3, 5)] == [free[row] for row in (0, 2, 3, 5)]
    everywhere = dict.fromkeys(range(6), allowed[1])
    assert set(sample(logits.clone(), [Rule({"temperature": 0}, [])] * 6, everywhere)) <= {3, 50}


def test_no_pass_of_a_slow_machine_takes_as_long_as_one_that_hangs() -> None:
    """Eight billion weights on two cores: a whole chunk would take minutes, and the supervisor would kill the process."""
    now, longest = [0.0], [0.0]
    bench = Bench(NET, slots=2, chunk=512, now=lambda: now[0])
    real = bench.scheduler._forward

    def slow(rows: object, pieces: list[object] = [], shared: int = 0) -> torch.Tensor:  # noqa: B006
        took = 0.15 * max(1, sum(len(piece.ids) for piece in pieces))  # type: ignore[attr-defined]
        longest[0] = max(longest[0], took)
        now[0] += took
        return real(rows, pieces, shared)  # type: ignore[arg-type]

    bench.scheduler._forward = slow  # type: ignore[assignment]
    for at in range(3):
        bench.add(f"r{at}", f"{at}" + "x" * 220, {"temperature": 0, "max_tokens": 4})
    bench.run()
    assert len(bench.out.ends) == 3
    assert longest[0] < 15, "a process is killed after 60 seconds without a step"
