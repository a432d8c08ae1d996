"""A painter without a model: composes a small scene of the words it knows, the same for the same seed, while one types."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PIL import Image

from ..painter import Picture
from .jpeg import Made, encode
from .sketch_shapes import GROUND, LEAF, SIGNS, SKY, SQUARE, WATER, Draw, Pen, darker, lighter
from .sketch_words import Colour, Scene, Thing, understood

NOTE = "sketch: shows the way, understands a few words"
FINER = 2
"""Pixels drawn for each one shown, along either side: edges become smooth."""
STROKES = 24
"""Brush strokes of one step."""
HORIZON = 600.0


class Stopped(Exception):
    """Nobody wants the picture any more."""


class SketchPainter:
    """Draws in threads of its own; one that is cancelled ends before its next shape."""

    def __init__(self, *, threads: int = 2) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sketch")
        self.drawing = 0

    @property
    def note(self) -> str:
        return NOTE

    async def paint(self, prompt: str, *, seed: int, size: int, steps: int) -> Picture:
        stop = threading.Event()

        def work() -> bytes:
            return encode(
                drawn(prompt, seed=seed, size=size, steps=steps, stopped=stop.is_set), Made.BY_PROGRAM
            )

        self.drawing += 1
        job = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return Picture(jpeg=await asyncio.shield(job), size=size)
        except asyncio.CancelledError:
            stop.set()
            with contextlib.suppress(Stopped):
                await job
            raise
        finally:
            self.drawing -= 1

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def drawn(
    prompt: str, *, seed: int, size: int, steps: int, stopped: Callable[[], bool] = lambda: False
) -> Image.Image:
    """The picture, `size` pixels square. Raises Stopped before the next shape once `stopped` is true."""
    scene = understood(prompt)
    image = Image.new("RGB", (size * FINER, size * FINER))
    pen = Pen(image)
    for paint in _layers(scene, seed, steps):
        if stopped():
            raise Stopped
        paint(pen)
    return image.resize((size, size), Image.Resampling.BOX)


Layer = Callable[[Pen], None]


def _layers(scene: Scene, seed: int, steps: int) -> list[Layer]:
    """From the back to the front. What a word adds depends on the word and the seed alone, so that the rest stays."""
    if scene.has(*WATER) and not scene.has("sea", "river"):
        scene.things.insert(0, Thing(noun="sea"))
    top, bottom = _sky(scene)
    layers: list[Layer] = [lambda pen: _gradient(pen, top, bottom)]
    for step in range(max(1, steps)):
        layers.append(partial(_brush, top, bottom, random.Random(f"{seed} air {step}")))
    layers += [_wide(thing, seed) for thing in scene.things if thing.noun in _WIDE]
    if scene.has("sea") and scene.has(*GROUND) and not scene.has("beach"):
        layers.append(lambda pen: _shore(pen, LEAF, seed))
    if not scene.has(*_WIDE) and scene.has(*GROUND):
        layers.append(lambda pen: _land(pen, LEAF, seed))
    for number, word in enumerate(scene.unknown):
        layers.append(partial(_stroke, word, random.Random(f"{seed} {word} {number}")))
    for nouns, (low, high) in (
        (SKY, (110, 300)),
        (WATER, (700, 900)),
        (GROUND, (740, 900)),
        (SIGNS, (380, 620)),
    ):
        placed: list[tuple[float, Layer]] = []
        for thing in scene.things:
            if thing.noun in nouns:
                placed += _placed(thing, nouns[thing.noun], low, high, seed)
        layers += [layer for _, layer in sorted(placed, key=lambda one: one[0])]  # who stands nearer covers
    if scene.moods & {"rain", "snow"}:
        layers.append(lambda pen: _falling(pen, "snow" in scene.moods, random.Random(f"{seed} falling")))
    return layers


def _placed(
    thing: Thing, look: tuple[Draw, Colour, float], low: float, high: float, seed: int
) -> list[tuple[float, Layer]]:
    """Side by side over the width, each moved a little; many are drawn smaller."""
    draw, usual, size = look
    size *= thing.scale * (1 if thing.count < 4 else 0.75 if thing.count < 7 else 0.55)
    colour = thing.colour or usual
    shift = random.Random(f"{seed} {thing.noun}").uniform(-0.2, 0.2)
    part = SQUARE / (thing.count + 1)
    found: list[tuple[float, Layer]] = []
    for number in range(thing.count):
        chance = random.Random(f"{seed} {thing.noun} {number}")
        x = part * (number + 1 + shift + chance.uniform(-0.12, 0.12))
        y = chance.uniform(low, high)
        found.append((y, partial(_draw, draw, x, y, size, colour, chance)))
    return found


def _draw(
    draw: Draw, x: float, y: float, size: float, colour: Colour, chance: random.Random, pen: Pen
) -> None:
    draw(pen, x, y, size, colour, chance)


# --- the background --------------------------------------------------------------------------------------

_BLUE: Colour = (58, 128, 180)


def _sky(scene: Scene) -> tuple[Colour, Colour]:
    if scene.wash is not None:
        return lighter(scene.wash, 0.15), lighter(scene.wash, 0.6)
    if "night" in scene.moods or scene.has("moon", "star"):
        return (20, 26, 58), (64, 70, 116)
    if "sunset" in scene.moods:
        return (116, 84, 146), (250, 176, 110)
    if scene.moods & {"rain", "snow"}:
        return (140, 152, 164), (206, 212, 218)
    if not (scene.things or scene.moods):
        return (238, 234, 226), (250, 248, 242)
    return (126, 184, 226), (222, 238, 244)


def _between(first: Colour, second: Colour, part: float) -> Colour:
    red, green, blue = (round(one + (two - one) * part) for one, two in zip(first, second, strict=True))
    return (red, green, blue)


def _gradient(pen: Pen, top: Colour, bottom: Colour) -> None:
    bands = 100
    for band in range(bands):
        pen.box(0, band * SQUARE / bands, SQUARE, SQUARE / bands + 1, _between(top, bottom, band / bands))


def _brush(top: Colour, bottom: Colour, chance: random.Random, pen: Pen) -> None:
    for _ in range(STROKES):
        x, y, wide = chance.uniform(-100, SQUARE), chance.uniform(0, SQUARE), chance.uniform(120, 340)
        colour = lighter(_between(top, bottom, y / SQUARE), chance.uniform(0.0, 0.25))
        pen.line(
            [(x, y), (x + wide / 2, y + chance.uniform(-14, 14)), (x + wide, y)],
            colour,
            chance.uniform(5, 16),
            50,
        )


def _wide(thing: Thing, seed: int) -> Layer:
    draw, usual = _WIDE[thing.noun]
    return lambda pen: draw(pen, thing.colour or usual, seed)


def _mountain(pen: Pen, colour: Colour, seed: int) -> None:
    chance = random.Random(f"{seed} mountain")
    for number in range(4):
        x, high, wide = (
            number * 300 + chance.uniform(-60, 60),
            chance.uniform(220, 400),
            chance.uniform(220, 330),
        )
        peak = HORIZON + 60 - high
        pen.shape(
            [(x - wide, HORIZON + 60), (x, peak), (x + wide, HORIZON + 60)],
            darker(colour, 0.8 + 0.08 * number),
        )
        pen.shape(
            [(x - wide * 0.2, peak + high * 0.2), (x, peak), (x + wide * 0.2, peak + high * 0.2)],
            (246, 248, 252),
        )
    _land(pen, LEAF, seed)


def _hill(pen: Pen, colour: Colour, seed: int) -> None:
    chance = random.Random(f"{seed} hill")
    for number in range(3):
        pen.oval(
            number * 450 + chance.uniform(-80, 80),
            900,
            430,
            chance.uniform(260, 360),
            darker(colour, 0.85 + 0.07 * number),
        )
    pen.box(0, 860, SQUARE, 140, colour)


def _land(pen: Pen, colour: Colour, seed: int) -> None:
    chance = random.Random(f"{seed} land")
    edge = [(x * 100.0, HORIZON + chance.uniform(-14, 14)) for x in range(11)]
    pen.shape([*edge, (SQUARE, SQUARE), (0, SQUARE)], lighter(colour, 0.2))
    for _ in range(60):
        x, y = chance.uniform(0, SQUARE), chance.uniform(HORIZON + 30, SQUARE)
        pen.line([(x, y), (x + chance.uniform(-8, 8), y - 16)], darker(colour, 0.9), 4, 120)


def _sea(pen: Pen, colour: Colour, seed: int) -> None:
    chance = random.Random(f"{seed} sea")
    for row in range(9):
        y = HORIZON + 20 + row * 45
        wave = [(x * 50.0, y + math.sin(x * 0.9 + row + chance.random()) * 9) for x in range(21)]
        pen.shape([*wave, (SQUARE, SQUARE), (0, SQUARE)], darker(colour, 1.0 - row * 0.045))
        pen.line(wave, lighter(colour, 0.5), 4, 110)


def _river(pen: Pen, colour: Colour, seed: int) -> None:
    _land(pen, LEAF, seed)
    left, right = [], []
    for step in range(21):
        y = HORIZON + step * 20
        middle, half = 520 + math.sin(step * 0.55 + seed % 7) * (20 + step * 6), 14 + step * 8.5
        left.append((middle - half, y))
        right.append((middle + half, y))
    pen.shape([*left, *reversed(right)], colour)


def _road(pen: Pen, colour: Colour, seed: int) -> None:
    _land(pen, LEAF, seed)
    pen.shape([(480, HORIZON), (520, HORIZON), (820, SQUARE), (180, SQUARE)], colour)
    for step in range(6):
        y = HORIZON + 20 + step * 64
        pen.box(498 - step, y, 4 + step * 2.5, 20 + step * 5, (246, 240, 214))


def _shore(pen: Pen, colour: Colour, seed: int) -> None:
    chance = random.Random(f"{seed} shore")
    edge = [(x * 100.0, 745 + chance.uniform(-18, 18)) for x in range(11)]
    pen.shape([*edge, (SQUARE, SQUARE), (0, SQUARE)], lighter(colour, 0.2))


_WIDE: dict[str, tuple[Callable[[Pen, Colour, int], None], Colour]] = {
    "mountain": (_mountain, (132, 132, 150)),
    "hill": (_hill, (112, 164, 96)),
    "grass": (_land, LEAF),
    "road": (_road, (112, 112, 118)),
    "river": (_river, (84, 150, 196)),
    "sea": (_sea, _BLUE),
    "beach": (_shore, (236, 212, 160)),
}


def _stroke(word: str, chance: random.Random, pen: Pen) -> None:
    """A word it does not know: a soft stroke whose colour and way are the word's own, longer with each letter."""
    tint: Colour = (chance.randint(90, 220), chance.randint(90, 200), chance.randint(90, 220))
    x, y, angle = chance.uniform(150, 850), chance.uniform(200, 800), chance.uniform(0, math.tau)
    points = [(x, y)]
    for _ in range(4 + 2 * len(word)):
        angle += chance.uniform(-0.5, 0.5)
        x, y = x + math.cos(angle) * 34, y + math.sin(angle) * 34
        points.append((x, y))
    pen.line(points, tint, chance.uniform(22, 44))


def _falling(pen: Pen, snow: bool, chance: random.Random) -> None:
    for _ in range(150):
        x, y = chance.uniform(0, SQUARE), chance.uniform(0, SQUARE)
        if snow:
            pen.oval(x, y, 6, 6, (255, 255, 255), 220)
        else:
            pen.line([(x, y), (x - 8, y + 30)], (214, 226, 238), 3, 150)
