"""Nobody who chose Portuguese or Spanish meets English: every text of every page is translated, and the files fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.web.words import CATALOGS, accepted
from tests.web.catalogs import FOLDERS, TRANSLATED, kept, missing, mo, updated

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TEMPLATES = sorted(path for folder in FOLDERS for path in (folder / "templates").glob("*.html"))
NAMES = {
    "Assistant",
    "CSV",
    "JSON",
    "JSONL",
    "SFT",
    "DPO",
    "API",
    "TOTP",
    "ID",
    "IP",
    "URL",
    "ZIP",
    "ms",
    "s",
    "kB",
    "MB",
    "HTTP",
    "v",
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_the_server_reads_is_what_was_translated(language: str) -> None:
    assert (CATALOGS / f"{language}.mo").read_bytes() == mo(kept(language)), (
        "run python -m tests.web.catalogs"
    )
    assert {message.id for message in kept(language)} == {message.id for message in updated(language)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_places_of_values(language: str) -> None:
    for message in kept(language):
        if not message.id or isinstance(message.id, tuple | list):
            continue
        assert sorted(PLACE.findall(message.id)) == sorted(PLACE.findall(str(message.string))), message.id


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_words_that_cannot_be_translated(template: Path) -> None:
    text = template.read_text()
    text = re.sub(r"{%-?\s*trans.*?{%-?\s*endtrans\s*-?%}", " ", text, flags=re.DOTALL)
    text = re.sub(
        r"{% block (?:look|body_data) %}.*?{% endblock %}", " ", text, flags=re.DOTALL
    )  # attributes
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    for name in ("title", "aria-label", "placeholder", "alt"):
        for value in re.findall(rf'\s{name}="([^"]*)"', text):
            words = re.search(r"[A-Z][a-z]|[a-z] [a-z]", value)  # an example such as person:12 is no word
            assert words is None, f"{name}: {value}"
    text = re.sub(
        r"<(script|style|code|pre|kbd)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>|<[^>]*>|&\w+;",
        " ",
        text,
        flags=re.DOTALL,
    )
    text = re.sub(
        r"""[\w-]+="[^"]*"|/admin[\w/]*""", " ", text
    )  # attributes that a macro writes, and addresses
    bare = set(re.findall(r"[A-Za-z][A-Za-z'’-]*", text)) - NAMES
    assert not bare, bare


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("de,es;q=0.5", "es"),
        ("", "en"),
        ("fr", "en"),
        ("en;q=0.1,es;q=x", "en"),
    ],
)
def test_the_browser_says_which_language(header: str, language: str) -> None:
    assert accepted(header) == language
