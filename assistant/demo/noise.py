"""How people really type: fillers, typos, lost accents, casing and punctuation, never inside a slot."""

import random
import unicodedata

from .grammar.expand import Piece

PREFIXES = {
    "en": "hey, |so |well, |um |please |ok, |sorry, |excuse me, |listen, |hi, |one question: |by the way, |ok so |"
    "hello, |yes, |look, |hmm |and |now |question: |sorry but |oh |thanks! |actually ".split("|"),
    "pt": "ei, |então |bem, |hum |por favor |ok, |desculpa, |com licença, |olha, |oi, |uma pergunta: |aliás, |olá, |"
    "sim, |diz-me, |tá, |e |agora |me diz, |bom, |desculpe, |oi! |por favor, |só uma dúvida: |obrigado! ".split(
        "|"
    ),
    "es": "oye, |entonces |bueno, |eh |por favor |ok, |perdón, |disculpa, |mira, |hola, |una pregunta: |por cierto, |"
    "sí, |a ver, |vale, |y |ahora |dime, |bien, |disculpe, |hola! |por favor, |una duda: |gracias! |oiga, ".split(
        "|"
    ),
}
SUFFIXES = {
    "en": " please|, please|, thanks| thanks| pls| :)|, ok|, mate|, my friend|, if you can| ...|, thank you".split(
        "|"
    ),
    "pt": " por favor|, por favor|, obrigado| obrigada| pf| :)|, tá|, amigo|, viu|, se puder|...| pfv|, faz favor".split(
        "|"
    ),
    "es": " por favor|, por favor|, gracias| gracias| porfa| :)|, ok|, amigo|, vale|, si puedes|...|, porfis".split(
        "|"
    ),
}
INSERTED = {
    "en": "just really actually maybe um like now please the a so well ok quickly".split(),
    "pt": "só mesmo talvez tipo agora aí hum bem pois rapidinho logo então".split(),
    "es": "solo realmente quizás tipo ahora eh bien pues rápido entonces ya mismo".split(),
}
EMOJI = ["🙂", "😊", "👍", "😂", "🙏", "❤️", "😅", "👋", "🤔", "✨"]
NEEDED = frozenset(
    "my me mine i you your not don't no name meu minha meus me eu você teu seu nome não nao mi mí yo tú tu su nombre"
    " of from by over to and minus plus times por entre de a e y mais menos vezes más".split()
)
"""Without one of these words a message can mean something else: noise leaves them in."""
NEIGHBOURS = "qwertyuiopasdfghjklzxcvbnm"


def unaccented(text: str) -> str:
    """The text without accents, as many people type it; letters such as ß stay."""
    decomposed = unicodedata.normalize("NFD", text)
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", kept)


def _typo(text: str, rng: random.Random) -> str:
    letters = [at for at, character in enumerate(text) if character.isalpha()]
    if len(letters) < 5:
        return text
    at = rng.choice(letters)
    kind = rng.random()
    if kind < 0.3:
        return text[:at] + text[at + 1 :]
    if kind < 0.55:
        return text[:at] + text[at] + text[at:]
    if kind < 0.8 and at + 1 < len(text) and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rng.choice(NEIGHBOURS) + text[at + 1 :]


def _words(text: str, rng: random.Random, language: str) -> str:
    spaces = [at for at, character in enumerate(text) if character == " " and 0 < at < len(text) - 1]
    if not spaces:
        return text
    at = rng.choice(spaces)
    draw = rng.random()
    if draw < 0.55:
        return text[:at] + " " + rng.choice(INSERTED[language]) + text[at:]
    if draw < 0.9 and len(spaces) >= 4:
        following = text.find(" ", at + 1)
        if text[at + 1 : following if following > 0 else None].strip(",.;:?!").casefold() in NEEDED:
            return text
        return text[:at] + (text[following:] if following > 0 else text[at:])
    return text[:at] + rng.choice(["  ", "\n", " "]) + text[at + 1 :]


def spoil(
    pieces: list[Piece],
    *,
    rng: random.Random,
    language: str,
    casing: str,
    question: bool,
    fillers: float = 1.0,
) -> str:
    """Join the pieces into one message, disturbing template text only.

    `casing` is "lower", "sentence", "upper" or "as written"; slot contents arrive in their final case.
    """
    template = sum(len(text) for text, slot in pieces if not slot)
    whole = list(pieces)
    if rng.random() < 0.16 * fillers:
        whole.insert(0, (rng.choice(PREFIXES[language]), ""))
    if rng.random() < 0.13 * fillers:
        whole.append((rng.choice(SUFFIXES[language]), ""))
    if template > 8 and rng.random() < 0.28:
        candidates = [at for at, (text, slot) in enumerate(whole) if not slot and len(text) > 5]
        if candidates:
            at = rng.choice(candidates)
            text = whole[at][0]
            text = _typo(text, rng) if rng.random() < 0.5 else _words(text, rng, language)
            whole[at] = (text, "")
    strip = language != "en" and rng.random() < 0.35
    parts: list[str] = []
    for text, slot in whole:
        if not slot:
            text = unaccented(text) if strip else text
            if casing == "lower":
                text = text.lower()
            elif casing == "upper":
                text = text.upper()
        parts.append(text)
    message = "".join(parts).strip()
    ends_open = message[-1:].isalnum() or message[-1:] in "%)'"
    draw = rng.random()
    if ends_open and question and draw < 0.55:
        message += rng.choice(["?", "?", "?", "?", "?", "?", " ?", "??", "?!"])
        if language == "es" and rng.random() < 0.45:
            message = "¿" + message
    elif ends_open and (draw > 0.9 or (not question and draw < 0.4)):
        message += rng.choice([".", ".", ".", "!", "!", "...", ""])
    if rng.random() < 0.03:
        message += " " + rng.choice(EMOJI)
    if casing == "sentence":
        start = 1 if message.startswith("¿") else 0
        message = message[:start] + message[start : start + 1].upper() + message[start + 1 :]
    return message
