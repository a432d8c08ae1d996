"""Which of the languages of our fixed texts a person writes: English, Portuguese or Spanish; by their own small words."""

from __future__ import annotations

import re
from typing import Final

from .types import Part, Text

LANGUAGES: Final = {"en": "English", "pt": "Português", "es": "Español"}

# Words that one of the three languages has and the two others have not, as people type them, with and without accents.
_WORDS: Final = {
    "en": "the you your is are was what how when where who why do does did can could would will my i i'm it's and "
    "have has with this that there please thanks thank hello hi hey good morning from not don't of to for",
    "pt": "você vc voce eu meu minha não nao é são sao você's qual quais quem onde quando porque obrigado obrigada oi olá "
    "ola bom dia boa tarde noite tenho tem fazer uma um isso esta está ao pelo pela dos das com em na nas nos mais "
    "também tambem fala faz quero preciso gostaria posso pode ajuda horas agora hoje chamo sou estou tudo bem seu sua dele isto qual foi ser tenha vou",
    "es": "usted tú tu yo mi mis es son cuál cual quién quien dónde donde cuándo cuando por qué gracias hola buenos días "
    "buenas tardes noches tengo tiene hacer una un eso está el la los las con en del al más también tambien habla hace "
    "quiero necesito quisiera puedo puede ayuda hora ahora hoy y pero muy llamo soy estoy todo bien tu su esto fue voy nombre tengo",
}
_OWN: Final = {
    language: frozenset(words.split())
    - frozenset(word for other, others in _WORDS.items() if other != language for word in others.split())
    for language, words in _WORDS.items()
}
_SIGNS: Final = {"pt": re.compile("[ãõç]"), "es": re.compile("[ñ¿¡]")}
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


def supported(tag: str | None) -> str | None:
    """The language of a tag such as pt-BR, when it is one of ours."""
    code = (tag or "").replace("_", "-").split("-")[0].casefold()
    return code if code in LANGUAGES else None


def guess(text: str) -> str | None:
    """The language with the most words of its own in a text; None when none or two of them stand out."""
    low = text.casefold()[:2000]
    words = _TOKEN.findall(low)
    scores = {language: sum(word in own for word in words) for language, own in _OWN.items()}
    for language, signs in _SIGNS.items():
        scores[language] += 2 * len(signs.findall(low))
    best, second = sorted(scores.values(), reverse=True)[:2]
    return max(scores, key=lambda language: scores[language]) if best > second else None


def of_parts(parts: tuple[Part, ...]) -> str | None:
    """The language of what a message says in words."""
    return guess(" ".join(part.text for part in parts if isinstance(part, Text)))
