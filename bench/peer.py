"""Our engine and llama.cpp on a model of 100 million random weights, on which a binding's own cost no longer shows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from assistant.engines.local.frame import Frame
from assistant.engines.presets import Preset, Tools

from . import port
from .chats import SYSTEM_TOKENS, Chat, Words, useful
from .references import llamacpp, random_model
from .references.generate import Generate
from .report import Row
from .track import Plan, Results, Speeds, Track, started, times, times_busy

CACHE: Final = Path(__file__).resolve().parent.parent / "build" / "bench"


async def beside_llamacpp(plan: Plan, threads: int, results: Results) -> None:
    """Both on the same chats in turn. Where llama.cpp cannot be had the figure is None and the table says why."""
    folder, track = CACHE / "llamacpp", Track()
    try:
        await track.call(llamacpp.install, folder)
        model: Path = await track.call(random_model.make, CACHE / "llama-100m")
        written: Path = await track.call(llamacpp.convert, model, folder)
        await llama_rounds(plan, threads, model, folder, written, track, results)
    except llamacpp.NotHereError as error:
        row = Row(figure="× llama.cpp, 8 chats, 100M model", ours="", reference=f"{error}")
        results.goal("x_llamacpp_8", None, "≥ 1.0×", False, row)


async def llama_rounds(
    plan: Plan, threads: int, model: Path, folder: Path, written: Path, track: Track, results: Results
) -> None:
    words = Words(model, random_model.words(), Frame(), seed=5)
    preset = Preset(name=model.name, source=str(model), context=random_model.CONTEXT, tools=Tools.NONE)
    system, count = words.text(SYSTEM_TOKENS), plan.llama_chats
    names = ("ours", "theirs", "ours apart", "theirs apart")
    speeds = {name: Speeds() for name in names}
    async with AsyncExitStack() as stack:
        peer: llamacpp.LlamaCpp = await track.call(
            lambda: llamacpp.LlamaCpp(
                folder, written, chats=count, positions=random_model.CONTEXT, threads=threads
            )
        )
        stack.push_async_callback(track.call, peer.close)
        engine, pid = await stack.enter_async_context(started(preset, count, threads))
        warm = [replace(words.chat(system, 20), new_tokens=2) for _ in range(count)]
        await port.together(engine, warm)
        await track.call(peer.run, warm)
        alike = _alike(warm)
        texts: list[str] = []
        answers: list[list[int]] = []
        for _ in range(plan.llama_rounds):
            chats = words.chats(count, system)
            total = useful(chats)
            texts = await track.time(speeds["ours"], total, port.together(engine, chats), pid)
            theirs = track.call(peer.run, chats, alike)
            answers = await track.time(speeds["theirs"], total, theirs, peer.pid)
            if plan.everything:
                own = words.chats(count, None)
                await track.time(speeds["ours apart"], useful(own), port.together(engine, own), pid)
                theirs = track.call(peer.run, own)
                await track.time(speeds["theirs apart"], useful(own), theirs, peer.pid)
    plain: Generate = await track.call(Generate, model, threads)
    sample = chats[: 2 if plan.everything else 1]
    wanted = await track.call(plain.sequential, sample)
    same = sum(one == other for one, other in zip(answers, wanted, strict=False))
    ours_same = sum(text == words.spell(ids) for text, ids in zip(texts, wanted, strict=False))
    tell_llama(speeds, results, same=same, ours_same=ours_same, of=len(sample), count=count)


def _alike(chats: Sequence[Chat]) -> int:
    """How many first ids all of them share."""
    first = chats[0].ids
    return min(
        next((at for at, (a, b) in enumerate(zip(first, chat.ids, strict=False)) if a != b), len(first))
        for chat in chats[1:]
    )


def tell_llama(
    speeds: dict[str, Speeds], results: Results, *, same: int, ours_same: int, of: int, count: int
) -> None:
    for ours, theirs, title in (
        ("ours", "theirs", "system prompt known to both"),
        ("ours apart", "theirs apart", "nothing known"),
    ):
        if not speeds[ours].wall:
            continue
        ratio = times(speeds[ours], speeds[theirs])
        busy = times_busy(speeds[ours], speeds[theirs])
        row = Row(
            figure=f"× llama.cpp, {count} chats, 100M model, {title}",
            ours=f"{ratio:.2f}× ({busy:.2f}× by processor time), {speeds[ours].median:.1f}/s",
            reference=f"{speeds[theirs].median:.1f}/s",
        )
        if ours == "ours":
            results.goal("x_llamacpp_8", ratio, "≥ 1.0×", ratio >= 1.0, row)
        else:
            results.figures["x_llamacpp_8_apart"] = round(ratio, 3)
            results.rows.append(row)
    results.rows.append(
        Row(figure="  same tokens as generate", ours=f"{ours_same} of {of}", reference=f"{same} of {of}")
    )
