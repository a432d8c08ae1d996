"""Phone numbers and e-mail addresses taken out of a text, by plain patterns that rather take too much."""

from __future__ import annotations

import re

EMAIL, PHONE = "[email]", "[phone]"
_EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\d.,])(?:\+|00)?\(?\d(?:[\s().\-/\u2010-\u2015\u00a0]{0,2}\d){6,16}(?!\d)")
_DATE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:[\sT]+\d{1,2}(?:[:.]\d{2})?)?|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
)
FEWEST_DIGITS = 8
FEWEST_WITH_PREFIX = 7


def scrub(text: str) -> str:
    """The text with [email] and [phone] in their place; dates, times and amounts stay."""
    return _NUMBER.sub(_phone, _EMAIL.sub(EMAIL, text))


def _phone(match: re.Match[str]) -> str:
    found = match[0]
    digits = sum(character.isdigit() for character in found)
    prefixed = found.startswith(("+", "00"))
    if _DATE.fullmatch(found.strip()) or digits < (FEWEST_WITH_PREFIX if prefixed else FEWEST_DIGITS):
        return found
    return PHONE
