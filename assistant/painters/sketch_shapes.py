"""How each noun of the sketch looks: a few shapes around a point, in a square of 1000 by 1000."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from .sketch_words import Colour

SQUARE = 1000
Point = tuple[float, float]
INK: Colour = (46, 44, 52)
LEAF: Colour = (76, 140, 78)
WOOD: Colour = (112, 78, 52)


class Pen:
    """Draws in the square, whatever the picture's size in pixels is."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image, "RGBA")
        self._scale = image.width / SQUARE

    def shape(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=(*colour, alpha))

    def line(self, points: Sequence[Point], colour: Colour, width: float, alpha: int = 255) -> None:
        scaled = [(x * self._scale, y * self._scale) for x, y in points]
        pixels = max(1, round(width * self._scale))
        self._draw.line(scaled, fill=(*colour, alpha), width=pixels, joint="curve")

    def oval(self, x: float, y: float, wide: float, high: float, colour: Colour, alpha: int = 255) -> None:
        box = [
            (x - wide) * self._scale,
            (y - high) * self._scale,
            (x + wide) * self._scale,
            (y + high) * self._scale,
        ]
        self._draw.ellipse(box, fill=(*colour, alpha))

    def box(self, x: float, y: float, wide: float, high: float, colour: Colour, alpha: int = 255) -> None:
        self.shape([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], colour, alpha)


Draw = Callable[[Pen, float, float, float, Colour, random.Random], None]
"""Draws one thing whose foot, or middle in the sky, is at the point; the size is about half of its height."""


def darker(colour: Colour, by: float = 0.75) -> Colour:
    return (round(colour[0] * by), round(colour[1] * by), round(colour[2] * by))


def lighter(colour: Colour, by: float = 0.4) -> Colour:
    red, green, blue = (round(one + (255 - one) * by) for one in colour)
    return (red, green, blue)


def _sun(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.oval(x, y, size * 1.5, size * 1.5, lighter(colour), 90)
    for ray in range(12):
        angle = ray * math.pi / 6
        inner, outer = size * 1.15, size * 1.5
        ends = [(x + math.cos(angle) * far, y + math.sin(angle) * far) for far in (inner, outer)]
        pen.line(ends, colour, size * 0.09)
    pen.oval(x, y, size, size, colour)


def _moon(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.oval(x, y, size * 1.4, size * 1.4, lighter(colour), 40)
    pen.oval(x, y, size, size, colour)
    for dx, dy, wide in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.3, -0.35, 0.12)):
        pen.oval(x + dx * size, y + dy * size, wide * size, wide * size, darker(colour, 0.9))


def _star(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    points = []
    for corner in range(10):
        far = size if corner % 2 == 0 else size * 0.42
        angle = corner * math.pi / 5 - math.pi / 2
        points.append((x + math.cos(angle) * far, y + math.sin(angle) * far))
    pen.shape(points, colour)


def _cloud(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    for dx, dy, far in ((-0.9, 0.15, 0.55), (-0.3, -0.2, 0.75), (0.45, -0.1, 0.65), (1.0, 0.2, 0.45)):
        pen.oval(x + dx * size, y + dy * size, far * size, far * size * 0.8, colour)
    pen.box(x - size, y + size * 0.2, size * 2.05, size * 0.37, colour)


def _bird(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.line(
        [
            (x - size, y - size * 0.4),
            (x - size * 0.4, y - size * 0.5),
            (x, y),
            (x + size * 0.4, y - size * 0.5),
            (x + size, y - size * 0.4),
        ],
        colour,
        size * 0.16,
    )


def _balloon(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.line([(x, y + size), (x + size * 0.2, y + size * 2), (x, y + size * 2.8)], INK, size * 0.05)
    pen.oval(x, y, size * 0.85, size, colour)
    pen.oval(x - size * 0.3, y - size * 0.4, size * 0.16, size * 0.25, lighter(colour, 0.7), 170)


def _house(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    wall = lighter(colour, 0.12)
    pen.box(x - size, y - size * 1.3, size * 2, size * 1.3, wall)
    pen.shape(
        [(x - size * 1.25, y - size * 1.25), (x, y - size * 2.3), (x + size * 1.25, y - size * 1.25)],
        darker(colour, 0.6),
    )
    pen.box(x - size * 0.22, y - size * 0.75, size * 0.44, size * 0.75, WOOD)
    for dx in (-0.75, 0.4):
        pen.box(x + dx * size, y - size, size * 0.36, size * 0.36, (250, 236, 180))


def _tree(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.box(x - size * 0.14, y - size * 0.95, size * 0.28, size * 0.95, WOOD)
    for dx, dy, far in ((-0.45, -1.15, 0.6), (0.45, -1.2, 0.6), (0.0, -1.75, 0.7)):
        pen.oval(x + dx * size, y + dy * size, far * size, far * size, darker(colour, 0.92 + dx * 0.15))


def _flower(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.line([(x, y), (x, y - size * 1.5)], LEAF, size * 0.12)
    pen.oval(x + size * 0.25, y - size * 0.6, size * 0.25, size * 0.1, LEAF)
    for petal in range(6):
        angle = petal * math.pi / 3
        pen.oval(
            x + math.cos(angle) * size * 0.36,
            y - size * 1.6 + math.sin(angle) * size * 0.36,
            size * 0.27,
            size * 0.27,
            colour,
        )
    pen.oval(x, y - size * 1.6, size * 0.24, size * 0.24, (245, 206, 84))


def _boat(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.line([(x, y - size * 0.3), (x, y - size * 2)], WOOD, size * 0.09)
    pen.shape(
        [(x + size * 0.1, y - size * 1.95), (x + size * 0.1, y - size * 0.5), (x + size, y - size * 0.5)],
        (250, 248, 240),
    )
    pen.shape(
        [
            (x - size * 0.1, y - size * 1.6),
            (x - size * 0.1, y - size * 0.5),
            (x - size * 0.75, y - size * 0.5),
        ],
        lighter(colour, 0.6),
    )
    pen.shape(
        [
            (x - size * 1.2, y - size * 0.4),
            (x + size * 1.2, y - size * 0.4),
            (x + size * 0.8, y + size * 0.1),
            (x - size * 0.8, y + size * 0.1),
        ],
        colour,
    )


def _fish(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.shape(
        [(x - size * 0.7, y), (x - size * 1.3, y - size * 0.5), (x - size * 1.3, y + size * 0.5)],
        darker(colour),
    )
    pen.oval(x, y, size, size * 0.5, colour)
    pen.oval(x + size * 0.55, y - size * 0.1, size * 0.1, size * 0.1, INK)


def _cat(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.line(
        [
            (x + size * 0.5, y - size * 0.2),
            (x + size * 1.1, y - size * 0.5),
            (x + size * 1.0, y - size * 1.2),
        ],
        colour,
        size * 0.16,
    )
    pen.oval(x, y - size * 0.55, size * 0.6, size * 0.6, colour)
    pen.oval(x, y - size * 1.3, size * 0.45, size * 0.4, colour)
    for side in (-1, 1):
        ear = x + side * size * 0.28
        pen.shape(
            [
                (ear - size * 0.16, y - size * 1.5),
                (ear + size * 0.16, y - size * 1.5),
                (ear + side * size * 0.1, y - size * 1.95),
            ],
            colour,
        )
        pen.oval(x + side * size * 0.17, y - size * 1.33, size * 0.07, size * 0.09, lighter(LEAF, 0.5))


def _person(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    skin = chance.choice(((241, 206, 174), (198, 142, 100), (124, 82, 56)))
    for side in (-1, 1):
        pen.line(
            [(x + side * size * 0.15, y - size * 0.8), (x + side * size * 0.22, y)], (58, 66, 92), size * 0.2
        )
        pen.line([(x, y - size * 1.45), (x + side * size * 0.55, y - size * 0.95)], skin, size * 0.14)
    pen.shape(
        [
            (x - size * 0.3, y - size * 1.6),
            (x + size * 0.3, y - size * 1.6),
            (x + size * 0.36, y - size * 0.7),
            (x - size * 0.36, y - size * 0.7),
        ],
        colour,
    )
    pen.oval(x, y - size * 1.92, size * 0.27, size * 0.3, skin)


def _car(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.shape(
        [
            (x - size * 0.7, y - size * 0.6),
            (x - size * 0.4, y - size * 1.1),
            (x + size * 0.4, y - size * 1.1),
            (x + size * 0.8, y - size * 0.6),
        ],
        lighter(colour),
    )
    pen.box(x - size * 1.3, y - size * 0.65, size * 2.6, size * 0.5, colour)
    for side in (-1, 1):
        pen.oval(x + side * size * 0.75, y - size * 0.15, size * 0.26, size * 0.26, INK)


def _heart(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    points = []
    for step in range(60):
        t = step * math.pi / 30
        across = 16 * math.sin(t) ** 3
        up = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((x + across * size / 15, y - up * size / 15))
    pen.shape(points, colour)


def _circle(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.oval(x, y, size, size, colour)


def _square(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.box(x - size, y - size, size * 2, size * 2, colour)


def _triangle(pen: Pen, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    pen.shape([(x, y - size), (x + size, y + size * 0.8), (x - size, y + size * 0.8)], colour)


SKY: dict[str, tuple[Draw, Colour, float]] = {
    "sun": (_sun, (246, 190, 60), 85),
    "moon": (_moon, (238, 234, 214), 75),
    "star": (_star, (250, 226, 130), 30),
    "cloud": (_cloud, (250, 250, 252), 80),
    "balloon": (_balloon, (214, 64, 58), 62),
    "bird": (_bird, INK, 42),
}
GROUND: dict[str, tuple[Draw, Colour, float]] = {
    "house": (_house, (208, 150, 104), 105),
    "tree": (_tree, LEAF, 105),
    "car": (_car, (66, 116, 190), 85),
    "person": (_person, (190, 82, 74), 88),
    "cat": (_cat, (92, 86, 92), 62),
    "flower": (_flower, (222, 104, 150), 60),
}
WATER: dict[str, tuple[Draw, Colour, float]] = {
    "boat": (_boat, (176, 74, 58), 85),
    "fish": (_fish, (238, 137, 52), 46),
}
SIGNS: dict[str, tuple[Draw, Colour, float]] = {
    "heart": (_heart, (206, 56, 76), 95),
    "circle": (_circle, (84, 130, 190), 90),
    "square": (_square, (226, 168, 72), 80),
    "triangle": (_triangle, (96, 160, 122), 95),
}
"""What each noun of a place is drawn by, in which colour if none is named, and how large."""
