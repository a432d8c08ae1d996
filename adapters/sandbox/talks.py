"""What the people of the demo say: three of them, each on a channel and in a language of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a person writes before waiting for a reply; several texts are a burst that should become one answer.

    `expects`: the reply is right when it holds one of these words (compared without case); empty: any reply will do.
    """

    texts: tuple[str, ...]
    expects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    channel: str
    locale: str
    lines: tuple[Line, ...]


DEMO = (
    Person(
        name="Ana",
        channel="whatsapp",
        locale="en",
        lines=(
            Line(texts=("Hi, my name is Ana",), expects=("Ana",)),
            Line(texts=("What is 128 times 46?",), expects=("5888", "5,888")),
            Line(texts=("What time is it in Tokyo?",), expects=(":",)),
            Line(texts=("thanks", "you are fast", "how are you today?")),
            Line(texts=("What is my name?",), expects=("Ana",)),
        ),
    ),
    Person(
        name="João",
        channel="messenger",
        locale="pt",
        lines=(
            Line(texts=("Oi, meu nome é João",), expects=("João",)),
            Line(texts=("Quanto é 75 mais 230?",), expects=("305",)),
            Line(texts=("Que horas são em Lisboa?",), expects=(":",)),
            Line(texts=("obrigado", "que legal", "como você está?")),
            Line(texts=("Qual é o meu nome?",), expects=("João",)),
        ),
    ),
    Person(
        name="Lucía",
        channel="telegram",
        locale="es",
        lines=(
            Line(texts=("Hola, me llamo Lucía",), expects=("Lucía",)),
            Line(texts=("¿Cuánto es 960 dividido entre 8?",), expects=("120",)),
            Line(texts=("¿Qué hora es en Madrid?",), expects=(":",)),
            Line(texts=("gracias", "qué bien", "¿cómo estás?")),
            Line(texts=("¿Cómo me llamo?",), expects=("Lucía",)),
        ),
    ),
)
