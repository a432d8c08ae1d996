"""The few words that the sketch understands in English, Portuguese and Spanish, and the scene that a text makes of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TypeVar

Colour = tuple[int, int, int]
MOST_WORDS = 60
MOST_OF_A_KIND = 12
STEM = 3
"""Letters from which the beginning of a word is taken for it: the picture must not wait for the last one."""

_COLOURS: dict[Colour, str] = {
    (214, 64, 58): "red vermelho vermelha rojo roja",
    (238, 137, 52): "orange laranja naranja",
    (245, 200, 66): "yellow amarelo amarela amarillo amarilla",
    (84, 158, 84): "green verde",
    (58, 118, 196): "blue azul",
    (118, 86, 176): "purple violet roxo roxa violeta morado morada",
    (232, 140, 176): "pink rosado rosada",
    (128, 88, 58): "brown marrom castanho castanha marron cafe",
    (42, 42, 48): "black preto preta negro negra",
    (250, 250, 246): "white branco branca blanco blanca",
    (146, 150, 154): "grey gray cinza cinzento gris",
    (222, 178, 72): "gold golden dourado dourada dorado dorada",
    (150, 214, 232): "turquoise turquesa",
}
_NOUNS: dict[str, str] = {
    "sun": "sun sol",
    "moon": "moon lua luna",
    "star": "star estrela estrella",
    "cloud": "cloud nuvem nube",
    "bird": "bird passaro ave pajaro",
    "balloon": "balloon balao globo",
    "sea": "sea ocean lake mar oceano lago",
    "river": "river rio",
    "mountain": "mountain montanha montana",
    "hill": "hill colina",
    "beach": "beach sand praia areia playa arena",
    "grass": "grass field meadow grama campo prado hierba",
    "road": "road street path estrada rua caminho carretera calle camino",
    "house": "house home casa",
    "tree": "tree arvore arbol",
    "flower": "flower flor",
    "boat": "boat ship barco navio veleiro velero",
    "fish": "fish peixe pez",
    "cat": "cat gato gata",
    "person": "person man woman child pessoa homem mulher crianca persona hombre mujer nino nina",
    "car": "car carro coche auto",
    "heart": "heart coracao corazon",
    "circle": "circle ball circulo bola pelota",
    "square": "square box quadrado caixa cuadrado caja",
    "triangle": "triangle triangulo",
}
_PLURALS = {
    "nuvens": "cloud",
    "baloes": "balloon",
    "coracoes": "heart",
    "corazones": "heart",
    "people": "person",
    "men": "person",
    "women": "person",
    "children": "person",
    "homens": "person",
    "mares": "sea",
    "peces": "fish",
    "arboles": "tree",
    "flores": "flower",
    "aves": "bird",
}
_MOODS: dict[str, str] = {
    "night": "night dark noite noche",
    "sunset": "sunset sunrise dawn dusk entardecer amanhecer anoitecer atardecer amanecer",
    "rain": "rain rainy chuva lluvia",
    "snow": "snow winter neve inverno nieve invierno",
}
_NUMBERS: dict[int, str] = {
    1: "a an one um uma un una uno",
    2: "two pair dois duas dos",
    3: "three some tres alguns algumas algunos algunas",
    4: "four quatro cuatro",
    5: "five several cinco varios varias",
    6: "six seis",
    7: "seven sete siete",
    8: "eight many oito ocho muitos muitas muchos muchas",
    9: "nine nove nueve",
    10: "ten dez diez",
    12: "twelve dozen doze duzia doce docena",
}
_SIZES: dict[float, str] = {
    1.6: "big large huge great grande enorme grandes",
    0.6: "small little tiny pequeno pequena pequenos pequenas",
}
_SMALL = frozenset(
    "the of in on at and with by over under to is are near next behind front beside between above below there draw paint "
    "picture image me please some os as o e de da do das dos em no na nos nas ao com sobre sob perto junto lado atras "
    "frente entre acima abaixo beira desenhe desenha pinte imagem el la los las y del al en con por para que cerca "
    "detras delante debajo encima dibuja dibuje imagen".split()
)
"""Words that say nothing about what is seen."""
_ENGLISH_COLOURS = frozenset(
    "red orange yellow green blue purple violet pink brown black white grey gray gold golden".split()
)
_ENGLISH_SIZES = frozenset("big large huge great small little tiny".split())

T = TypeVar("T")


def _by_word(table: dict[T, str]) -> dict[str, T]:
    return {word: value for value, words in table.items() for word in words.split()}


COLOURS, NUMBERS, SIZES = _by_word(_COLOURS), _by_word(_NUMBERS), _by_word(_SIZES)
MOODS = _by_word(_MOODS)
PLURALS = {f"{word}s": noun for word, noun in _by_word(_NOUNS).items()} | _PLURALS
NOUNS = PLURALS | _by_word(_NOUNS)
_ALL = frozenset([*NOUNS, *COLOURS, *NUMBERS, *SIZES, *MOODS])
_BEGINNINGS = [*_by_word(_NOUNS), *COLOURS, *MOODS]
_WIDE = frozenset({"sea", "river", "mountain", "hill", "beach", "grass", "road"})
"""Nouns that fill the width of the picture: more than one of them is the same."""


@dataclass(slots=True, kw_only=True)
class Thing:
    """So many of one noun. `scale` 1.0 is the usual size."""

    noun: str
    count: int = 1
    colour: Colour | None = None
    scale: float = 1.0


@dataclass(slots=True, kw_only=True)
class Scene:
    """What is to be drawn. `wash`: a colour that belongs to no noun; `unknown`: words that only leave a brush stroke."""

    things: list[Thing] = field(default_factory=list)
    moods: set[str] = field(default_factory=set)
    wash: Colour | None = None
    unknown: list[str] = field(default_factory=list)

    def has(self, *nouns: str) -> bool:
        return any(thing.noun in nouns for thing in self.things)


def understood(text: str) -> Scene:
    """The scene of a text that may end in the middle of a word."""
    scene = Scene()
    words = _words(text)
    count: int | None = None
    colour: Colour | None = None
    scale: float | None = None
    described: Thing | None = None  # what an adjective after its noun belongs to
    for word in words:
        if word.isdecimal() or word in NUMBERS:
            count = min(MOST_OF_A_KIND, max(1, int(word) if word.isdecimal() else NUMBERS[word]))
            described = None
        elif word in COLOURS:
            if described is not None and word not in _ENGLISH_COLOURS:
                described.colour = COLOURS[word]
            else:
                colour = COLOURS[word]
        elif word in SIZES:
            if described is not None and word not in _ENGLISH_SIZES:
                described.scale = SIZES[word]
            else:
                scale = SIZES[word]
        elif word in MOODS:
            scene.moods.add(MOODS[word])
        elif word in NOUNS:
            several = 3 if word in PLURALS and NOUNS[word] not in _WIDE else 1
            described = Thing(noun=NOUNS[word], count=count or several, colour=colour, scale=scale or 1.0)
            scene.things.append(described)
            count = colour = scale = None
        else:
            described = None
            if word not in _SMALL:
                scene.unknown.append(word)
    if colour is not None and described is not None and described.colour is None:
        described.colour = colour
    else:
        scene.wash = colour
    return scene


def _words(text: str) -> list[str]:
    """The last words of the text, without accents; adjectives in the plural lose their s."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"[^\W_]+", plain)[-MOST_WORDS:]
    if found and plain[-1:].isalnum():
        found[-1] = _begun(found[-1])
    return [_known(word) for word in found]


def _known(word: str) -> str:
    for cut in (word, word.removesuffix("s"), word.removesuffix("es")):
        if cut in _ALL:
            return cut
    return word[:24]


def _begun(word: str) -> str:
    """The first word that begins like the one that is still being typed; the word itself when it is one."""
    if len(word) < STEM or _known(word) in _ALL or word in _SMALL:
        return word
    return next((known for known in _BEGINNINGS if known.startswith(word)), word)
