"""Sums as people write them, and the expression that the calculator takes for each."""

import random
from decimal import Decimal

from ...tools.calculate import written
from .slots import number

WORD_OPERATORS = {
    "en": {
        "+": ["plus", "and", "added to"],
        "-": ["minus", "less", "take away"],
        "*": ["times", "multiplied by", "x"],
        "/": ["divided by", "over"],
    },
    "pt": {
        "+": ["mais", "mais", "somado a"],
        "-": ["menos", "menos"],
        "*": ["vezes", "vezes", "multiplicado por", "x", "por"],
        "/": ["dividido por", "dividido por", "a dividir por", "sobre"],
    },
    "es": {
        "+": ["más", "más", "mas"],
        "-": ["menos", "menos"],
        "*": ["por", "por", "multiplicado por", "veces", "x"],
        "/": ["dividido por", "dividido entre", "entre", "dividido"],
    },
}
PERCENT = {
    "en": ("{a}% of {b}", "{a} % of {b}", "{a} percent of {b}", "{a} per cent of {b}"),
    "pt": ("{a}% de {b}", "{a} % de {b}", "{a} por cento de {b}", "{a} porcento de {b}"),
    "es": (
        "{a}% de {b}",
        "{a} % de {b}",
        "{a} por ciento de {b}",
        "el {a}% de {b}",
        "el {a} por ciento de {b}",
    ),
}
VERBS = {
    "en": (
        ("the sum of {a} and {b}", "+"),
        ("add {a} and {b}", "+"),
        ("add {a} to {b}", "+"),
        ("{a} multiplied with {b}", "*"),
        ("multiply {a} by {b}", "*"),
        ("multiply {a} and {b}", "*"),
        ("the product of {a} and {b}", "*"),
        ("divide {a} by {b}", "/"),
        ("subtract {b} from {a}", "-"),
        ("take {b} from {a}", "-"),
        ("take {b} away from {a}", "-"),
        ("deduct {b} from {a}", "-"),
        ("{b} subtracted from {a}", "-"),
        ("{a} reduced by {b}", "-"),
        ("the difference between {a} and {b}", "-"),
        ("the difference of {a} and {b}", "-"),
        ("multiply {a} with {b}", "*"),
        ("multiplying {a} by {b}", "*"),
        ("dividing {a} by {b}", "/"),
        ("the quotient of {a} and {b}", "/"),
        ("{a} split by {b}", "/"),
        ("adding {a} and {b}", "+"),
        ("adding {a} to {b}", "+"),
        ("{a} added to {b}", "+"),
        ("{a} increased by {b}", "+"),
        ("the total of {a} and {b}", "+"),
        ("sum {a} and {b}", "+"),
        ("{a} and {b} added together", "+"),
        ("{a} plus {b} together", "+"),
        ("I had {a} and spent {b}", "-"),
        ("I have {a} and lose {b}", "-"),
        ("I had {a} and got {b} more", "+"),
        ("{a} people pay {b} each", "*"),
        ("{a} boxes of {b}", "*"),
        ("{a} shared by {b}", "/"),
        ("{a} shared among {b}", "/"),
    ),
    "pt": (
        ("a soma de {a} e {b}", "+"),
        ("soma {a} com {b}", "+"),
        ("some {a} e {b}", "+"),
        ("somar {a} e {b}", "+"),
        ("multiplica {a} por {b}", "*"),
        ("multiplique {a} por {b}", "*"),
        ("o produto de {a} e {b}", "*"),
        ("divide {a} por {b}", "/"),
        ("divida {a} por {b}", "/"),
        ("subtrai {b} de {a}", "-"),
        ("subtraia {b} de {a}", "-"),
        ("subtrair {b} de {a}", "-"),
        ("tira {b} de {a}", "-"),
        ("tirar {b} de {a}", "-"),
        ("{a} tirando {b}", "-"),
        ("a diferença entre {a} e {b}", "-"),
        ("multiplicar {a} por {b}", "*"),
        ("multiplica {a} e {b}", "*"),
        ("{a} a multiplicar por {b}", "*"),
        ("a multiplicação de {a} por {b}", "*"),
        ("dividir {a} por {b}", "/"),
        ("a divisão de {a} por {b}", "/"),
        ("{a} repartido por {b}", "/"),
        ("somar {a} com {b}", "+"),
        ("some {a} com {b}", "+"),
        ("soma {a} e {b}", "+"),
        ("junta {a} e {b}", "+"),
        ("o total de {a} e {b}", "+"),
        ("adiciona {b} a {a}", "+"),
        ("{a} somado com {b}", "+"),
        ("tinha {a} e gastei {b}", "-"),
        ("tenho {a} e perco {b}", "-"),
        ("tinha {a} e ganhei {b}", "+"),
        ("{a} pessoas a {b} cada", "*"),
        ("{a} caixas de {b}", "*"),
        ("{a} dividido entre {b}", "/"),
        ("{a} repartido entre {b}", "/"),
    ),
    "es": (
        ("la suma de {a} y {b}", "+"),
        ("suma {a} y {b}", "+"),
        ("suma {a} con {b}", "+"),
        ("sumar {a} y {b}", "+"),
        ("multiplica {a} por {b}", "*"),
        ("el producto de {a} y {b}", "*"),
        ("divide {a} entre {b}", "/"),
        ("divide {a} por {b}", "/"),
        ("resta {b} de {a}", "-"),
        ("restar {b} de {a}", "-"),
        ("resta {b} a {a}", "-"),
        ("réstale {b} a {a}", "-"),
        ("quítale {b} a {a}", "-"),
        ("quita {b} de {a}", "-"),
        ("la diferencia entre {a} y {b}", "-"),
        ("la resta de {a} y {b}", "-"),
        ("multiplicar {a} por {b}", "*"),
        ("multiplique {a} por {b}", "*"),
        ("la multiplicación de {a} por {b}", "*"),
        ("dividir {a} entre {b}", "/"),
        ("dividir {a} por {b}", "/"),
        ("divida {a} entre {b}", "/"),
        ("la división de {a} entre {b}", "/"),
        ("reparte {a} entre {b}", "/"),
        ("sumar {a} con {b}", "+"),
        ("súmale {b} a {a}", "+"),
        ("agrega {b} a {a}", "+"),
        ("añade {b} a {a}", "+"),
        ("junta {a} y {b}", "+"),
        ("el total de {a} y {b}", "+"),
        ("{a} sumado a {b}", "+"),
        ("tenía {a} y gasté {b}", "-"),
        ("tengo {a} y pierdo {b}", "-"),
        ("tenía {a} y gané {b}", "+"),
        ("{a} personas a {b} cada una", "*"),
        ("{a} cajas de {b}", "*"),
        ("{a} repartido entre {b}", "/"),
        ("{a} a repartir entre {b}", "/"),
    ),
}
THREE = {
    "en": (
        ("add {a}, {b} and {c}", "+"),
        ("the sum of {a}, {b} and {c}", "+"),
        ("multiply {a}, {b} and {c}", "*"),
    ),
    "pt": (
        ("soma {a}, {b} e {c}", "+"),
        ("a soma de {a}, {b} e {c}", "+"),
        ("multiplica {a}, {b} e {c}", "*"),
    ),
    "es": (
        ("suma {a}, {b} y {c}", "+"),
        ("la suma de {a}, {b} y {c}", "+"),
        ("multiplica {a}, {b} y {c}", "*"),
    ),
}
SIGNS = {"+": ["+"], "-": ["-", "-", "−"], "*": ["*", "*", "x", "×", "X"], "/": ["/", "/", "÷", "/"]}


def _spoken(rng: random.Random, text: str, language: str) -> str:
    """A decimal as people of that language write it."""
    return text.replace(".", ",") if language != "en" and rng.random() < 0.65 else text


def result(rng: random.Random) -> str:
    """A result as the calculator writes it: at most twelve significant digits, now and then huge or negative."""
    draw = rng.random()
    if draw < 0.62:
        text = number(rng, decimals=0.2)
    elif draw < 0.72:
        text = str(rng.randint(100_000, 10 ** rng.randint(6, 13)))
    elif draw < 0.82:
        whole = str(rng.randint(0, 10 ** rng.randint(1, 5) - 1))
        text = whole + "." + "".join(rng.choice("0123456789") for _ in range(max(1, 12 - len(whole))))
    elif draw < 0.94:
        whole, repeated = (
            str(rng.randint(0, 10 ** rng.randint(1, 4) - 1)),
            str(rng.choice([3, 6, 1, 9, 36, 142857])),
        )
        digits = (repeated * 12)[: 12 - len(whole)]
        text = whole + "." + (digits[:-1] + str(rng.randint(1, 9)) if rng.random() < 0.5 else digits)
    elif draw < 0.97:
        text = str(rng.randint(1, 99)) + "0" * rng.randint(3, 15)
    else:
        text = f"{rng.randint(1, 9)}.{rng.randint(1, 99999)}E+{rng.randint(30, 200)}"
    return written(Decimal("-" + text if rng.random() < 0.08 else text))


def arithmetic(rng: random.Random, language: str) -> tuple[str, str]:
    """A sum as a person writes it and the expression the calculator takes."""
    draw = rng.random()
    first, second = number(rng), number(rng)
    second = first if rng.random() < 0.08 else second
    if draw < 0.09:
        rate = number(rng, decimals=0.06) if rng.random() < 0.2 else str(rng.randint(1, 99))
        frame = rng.choice(PERCENT[language])
        text = frame.format(a=_spoken(rng, rate, language), b=_spoken(rng, second, language))
        return text, f"{rate} / 100 * {second}"
    if draw < 0.11:
        third = number(rng)
        frame, sign = rng.choice(THREE[language])
        spoken = {
            key: _spoken(rng, term, language) for key, term in zip("abc", (first, second, third), strict=True)
        }
        if not any("," in term for term in spoken.values()):
            return frame.format(**spoken), f"{first} {sign} {second} {sign} {third}"
    if draw < 0.25:
        frame, sign = rng.choice(VERBS[language])
        text = frame.format(a=_spoken(rng, first, language), b=_spoken(rng, second, language))
        return text, f"{first} {sign} {second}"
    terms = [first, second]
    draw = rng.random()
    if draw < 0.42:
        terms.append(number(rng))
    if draw < 0.07:
        terms.append(number(rng))
    signs = [rng.choice("+-*/") for _ in terms[1:]]
    wordy = rng.random() < 0.5
    spaced = rng.random() < 0.55
    said, expression = _spoken(rng, terms[0], language), terms[0]
    for sign, term in zip(signs, terms[1:], strict=True):
        if wordy:
            shown = f" {rng.choice(WORD_OPERATORS[language][sign])} "
        else:
            shown = rng.choice(SIGNS[sign])
            shown = f" {shown} " if spaced else shown
        said += shown + _spoken(rng, term, language)
        expression += f" {sign} {term}"
    return said, expression
