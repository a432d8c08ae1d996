"""Keeps the catalogs in step with the pages: `python -m tests.web.catalogs` after changing any text.

It reads every template and view, adds new texts to pt.po and es.po (empty), drops those that are gone, and compiles the .mo
files that the server reads. With `--missing` it prints the untranslated texts as JSON; with `--merge FILE` it takes
translations from such a JSON object, `{"pt": {"text": "…"}, "es": {…}}`; a plural is `["…", "…"]`.
"""

from __future__ import annotations

import argparse
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import adapters
from adapters.sandbox.knobs import KNOBS
from assistant.errors import AssistantError
from assistant.web.pages import HERE
from assistant.web.words import CATALOGS, LANGUAGES

METHODS = [("**.py", "python"), ("**.html", "jinja2.ext.babel_extract")]
OPTIONS = {"**.html": {"encoding": "utf-8", "trimmed": "true", "newstyle_gettext": "true"}}
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2), "trans": None}
FOLDERS = (HERE, Path(adapters.__path__[0]) / "sandbox" / "page")
"""Where pages are; the second is mounted beside the first."""
TRANSLATED = [language for language in LANGUAGES if language != "en"]
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The same in every file, so that compiling twice changes nothing."""


def wanted() -> Catalog:
    """Every text that the pages can show."""
    catalog = Catalog()
    for folder in FOLDERS:
        found = extract_from_dir(folder, METHODS, OPTIONS, keywords=KEYWORDS)
        for _file, _line, text, _comments, context in found:
            catalog.add(text, context=context)
    for sentence in sentences(AssistantError) | {knob.sentence for knob in KNOBS.values()}:
        catalog.add(sentence)
    return catalog


def sentences(kind: type[AssistantError]) -> set[str]:
    """What staff read for each error, in words of assistant/errors.py, which knows of no languages."""
    return {kind.staff}.union(*(sentences(one) for one in kind.__subclasses__()))


def empty(language: str) -> Catalog:
    """A catalog without texts. Two forms of a plural are enough: the third that CLDR knows is for millions."""
    catalog = Catalog(
        locale=language,
        project="messaging-assistant",
        copyright_holder="the contributors of this project",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
    )
    catalog.header_comment = "# Texts of the pages; made by python -m tests.web.catalogs."
    catalog._num_plurals, catalog._plural_expr = 2, "(n != 1)"
    return catalog


def kept(language: str) -> Catalog:
    """What is translated so far."""
    path = CATALOGS / f"{language}.po"
    if not path.exists():
        return empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalog with exactly the texts of now, in their alphabetical order."""
    old, new = kept(language), empty(language)
    for message in wanted():
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known is not None else "")
    return new


def missing(language: str) -> list[Any]:
    """Texts of the pages that this language does not have."""
    return [message.id for message in updated(language) if message.id and not _full(message.string)]


def po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=120, omit_header=False, sort_output=True, no_location=True)
    return file.getvalue()


def mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _full(string: Any) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true", help="print what is not translated, as JSON")
    parser.add_argument("--merge", type=Path, help="take translations from this JSON file")
    options = parser.parse_args()
    given = json.loads(options.merge.read_text()) if options.merge else {}
    CATALOGS.mkdir(exist_ok=True)
    left = {}
    for language in TRANSLATED:
        catalog = updated(language)
        for message in catalog:
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            if message.id and key in given.get(language, {}):
                text = given[language][key]
                message.string = tuple(text) if isinstance(text, list) else text
        (CATALOGS / f"{language}.po").write_bytes(po(catalog))
        (CATALOGS / f"{language}.mo").write_bytes(mo(catalog))
        left[language] = missing(language)
    if options.missing:
        print(json.dumps(left, ensure_ascii=False, indent=1))
    else:
        print({language: f"{len(texts)} not translated" for language, texts in left.items()})


if __name__ == "__main__":
    main()
