"""The README's table of channels is what the code declares; and no adapter grows beyond what one reader can hold.

`python -m tests.test_readme_table` writes the table anew.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections import Counter
from pathlib import Path

import adapters
from assistant.app import known_channels
from assistant.capabilities import table

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- channels: written by python -m tests.test_readme_table -->", "<!-- end of channels -->"
MOST = 900
AIM = 600
LARGER = {"telegram": 2250, "whatsapp": 1700}
"""Adapters of the two platforms with the most to say; they may only shrink towards MOST."""


def written(readme: str) -> str:
    """The README with the table between its marks as the code declares it."""
    head, begin, rest = readme.partition(BEGIN)
    _, end, tail = rest.partition(END)
    assert begin and end, f"README.md lacks the marks {BEGIN} and {END}"
    return f"{head}{BEGIN}\n{table(known_channels().values())}{END}{tail}"


def test_the_readme_says_of_every_channel_exactly_what_the_code_declares() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == written(readme), "write it anew: .venv/bin/python -m tests.test_readme_table"


def test_the_table_has_a_column_for_every_channel_and_no_empty_cell() -> None:
    lines = table(known_channels().values()).splitlines()
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == len(known_channels()) + 1
        assert all(cells[0 if number else 1 :])
    for channel in known_channels().values():
        assert channel.title in lines[0]


def sizes() -> Counter[str]:
    """Lines of each adapter: its public file and the private ones that bear its name; shared ones are nobody's."""
    modules = [module.name for module in pkgutil.iter_modules(adapters.__path__) if not module.ispkg]
    found: Counter[str] = Counter()
    for name in modules:
        owner = max(
            (one for one in known_channels() if name == one or re.match(rf"_{one}(?:_|$)", name)),
            key=len,
            default=None,
        )
        if owner is not None:
            source = (ROOT / "adapters" / f"{name}.py").read_text(encoding="utf-8")
            found[owner] += len(source.splitlines())
    return found


def test_an_adapter_can_be_read_in_one_sitting() -> None:
    found = sizes()
    assert set(found) == set(known_channels())
    for name, lines in found.most_common():
        print(f"{name:<16}{lines:>6} lines{'' if lines <= AIM else f', above the aim of {AIM}'}")
    assert {name: lines for name, lines in found.items() if lines > LARGER.get(name, MOST)} == {}


if __name__ == "__main__":
    before = README.read_text(encoding="utf-8")
    README.write_text(written(before), encoding="utf-8")
    sys.stdout.write("README.md is up to date\n" if before == written(before) else "README.md was written\n")
