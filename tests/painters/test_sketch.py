"""The sketch: what it understands, that it evolves, and that it can be stopped in the middle."""

from __future__ import annotations

import asyncio
import io
import threading

import pytest
from PIL import Image, ImageChops

from assistant.painter import Painter
from assistant.painters import sketch
from assistant.painters.jpeg import Made, encode
from assistant.painters.sketch import SketchPainter, Stopped, drawn
from assistant.painters.sketch_words import understood

RED, BLUE, GREEN = (214, 64, 58), (58, 118, 196), (84, 158, 84)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("three red houses by the sea", [("house", 3, RED), ("sea", 1, None)]),
        ("três casas vermelhas e o mar azul", [("house", 3, RED), ("sea", 1, BLUE)]),
        ("tres casas rojas y un árbol verde", [("house", 3, RED), ("tree", 1, GREEN)]),
        ("a blue boat, 5 fish", [("boat", 1, BLUE), ("fish", 5, None)]),
        ("400 stars", [("star", 12, None)]),
        ("um coração vermelho", [("heart", 1, RED)]),
        ("two flowers and people", [("flower", 2, None), ("person", 3, None)]),
    ],
)
def test_nouns_numbers_and_colours_of_three_languages_are_understood(
    text: str, things: list[tuple[str, int, object]]
) -> None:
    assert [(thing.noun, thing.count, thing.colour) for thing in understood(text).things] == things


def test_a_word_that_is_still_typed_is_taken_for_what_begins_like_it() -> None:
    assert [thing.noun for thing in understood("a red hou").things] == ["house"]
    assert understood("a red hou ").unknown == ["hou"]


def test_any_text_becomes_a_picture() -> None:
    for text in ("", "🦆🦆", "zorgle " * 400, "\u202emar", "<script>", "1 2 3 4", "٣ houses", "²"):
        assert drawn(text, seed=1, size=32, steps=1).size == (32, 32)


def test_the_same_seed_keeps_what_was_drawn_when_words_are_added() -> None:
    def picture(text: str, seed: int) -> Image.Image:
        return drawn(text, seed=seed, size=128, steps=1)

    house = picture("a house", 7)
    assert ImageChops.difference(house, picture("a house", 7)).getbbox() is None
    assert ImageChops.difference(house, picture("a house", 8)).getbbox() is not None
    more = ImageChops.difference(house, picture("a house and a sun", 7)).getbbox()
    assert more is not None and more[3] < 70, "only the sky has changed"


async def test_a_picture_is_a_jpeg_of_the_size_that_says_a_program_made_it() -> None:
    painter = SketchPainter()
    assert isinstance(painter, Painter)
    made = await painter.paint("a sun", seed=1, size=256, steps=2)
    with Image.open(io.BytesIO(made.jpeg)) as image:
        assert (image.format, image.size, made.size) == ("JPEG", (256, 256), 256)
    assert b"digitalsourcetype/algorithmicMedia" in made.jpeg
    await painter.close()


def test_the_drawing_ends_before_its_next_shape_once_nobody_wants_it() -> None:
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(Stopped):
        drawn("three houses", seed=1, size=64, steps=1000, stopped=stopped)
    assert asked == 4


async def test_cancelling_ends_the_work_in_the_thread_too() -> None:
    painter = SketchPainter(threads=1)
    task = asyncio.create_task(painter.paint("a house", seed=1, size=512, steps=20_000))
    while not painter.drawing:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert painter.drawing == 0
    # The only thread is free again: its steps would take minutes.
    assert (await painter.paint("a house", seed=1, size=64, steps=1)).size == 64
    await painter.close()


async def test_it_draws_in_threads_of_its_own_and_not_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    painter = SketchPainter(threads=1)
    seen: list[str] = []

    def noted(image: Image.Image, made: Made) -> bytes:
        seen.append(threading.current_thread().name)
        return encode(image, made)

    monkeypatch.setattr(sketch, "encode", noted)
    await painter.paint("a sun", seed=1, size=64, steps=1)
    await painter.close()
    assert len(seen) == 1 and seen[0].startswith("sketch")
