"""Canned replies: texts that staff send often, by a short word and a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..errors import Conflict, NotFound
from .models import canned_replies

MOST: Final = 500
LONGEST: Final = 2000  # characters of a text
SHORTCUT: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
NAME: Final = "{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """One text. `shortcut` is written with a slash in front of it; `{name}` in the text is the person's name."""

    id: int
    shortcut: str
    language: str
    text: str


def every(connection: Connection) -> list[Canned]:
    """All of them, by shortcut; never more than MOST."""
    query = select(
        canned_replies.c.id, canned_replies.c.shortcut, canned_replies.c.language, canned_replies.c.text
    ).order_by(canned_replies.c.shortcut, canned_replies.c.language)
    return [Canned(**row) for row in connection.execute(query.limit(MOST)).mappings()]


def add(connection: Connection, shortcut: str, language: str, text: str, staff: int, now: datetime) -> int:
    """Returns its id. Raises Conflict when there is one of that word and language, or there are MOST."""
    if connection.execute(select(func.count()).select_from(canned_replies)).scalar_one() >= MOST:
        raise Conflict(f"there are {MOST} canned replies; delete some first")
    values = {"shortcut": shortcut, "language": language, "text": text, "staff": staff}
    try:
        with connection.begin_nested():
            made = connection.execute(
                insert(canned_replies)
                .values(**values, created_at=now, updated_at=now)
                .returning(canned_replies.c.id)
            )
            return int(made.scalar_one())
    except IntegrityError:
        raise Conflict("there is a canned reply of that word in that language") from None


def change(
    connection: Connection, number: int, shortcut: str, language: str, text: str, now: datetime
) -> None:
    """Raises NotFound; Conflict when another has that word and language."""
    try:
        with connection.begin_nested():
            done = connection.execute(
                update(canned_replies)
                .where(canned_replies.c.id == number)
                .values(shortcut=shortcut, language=language, text=text, updated_at=now)
            )
    except IntegrityError:
        raise Conflict("there is a canned reply of that word in that language") from None
    if done.rowcount == 0:
        raise NotFound("no such canned reply")


def remove(connection: Connection, number: int) -> bool:
    """Whether there was one."""
    return connection.execute(delete(canned_replies).where(canned_replies.c.id == number)).rowcount == 1


def for_language(texts: Sequence[Canned], language: str | None) -> list[Canned]:
    """One for each word: in that language where there is one, else in English, else in any."""
    best: dict[str, Canned] = {}
    for one in texts:
        known = best.get(one.shortcut)
        if known is None or _rank(one, language) < _rank(known, language):
            best[one.shortcut] = one
    return list(best.values())


def _rank(one: Canned, language: str | None) -> int:
    return 0 if one.language == (language or "en")[:2] else 1 if one.language == "en" else 2


def filled(text: str, name: str | None) -> str:
    """The text with the person's name in it; without a name the place closes up."""
    called = " ".join((name or "").split())
    if called:
        return text.replace(NAME, called)
    return text.replace(f" {NAME}", "").replace(NAME, "").strip()


def written_out(words: str, texts: Sequence[Canned], language: str | None, name: str | None) -> str:
    """What somebody wrote, or the canned reply that it names: `/hours`, alone and whole."""
    shortcut = words.removeprefix("/").lower()
    if not words.startswith("/") or not SHORTCUT.fullmatch(shortcut):
        return words
    found = [one for one in for_language(texts, language) if one.shortcut == shortcut]
    return filled(found[0].text, name) if found else words
