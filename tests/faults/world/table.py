"""The one table of named faults: a test says which it shows with `fault`, and `shown_by` points at tests elsewhere."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[3]
T = TypeVar("T", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong, what holds all the same, and the test that shows it: "tests/…/test_x.py::test_y"."""

    name: str
    promise: str
    test: str

    @property
    def group(self) -> str:
        return self.name.partition(":")[0]


FAULTS: dict[str, Fault] = {}


def fault(name: str, *, promise: str) -> Callable[[T], T]:
    """Mark a test as the one that shows what `name` ("Redis: killed") does not break. May stand several times."""

    def marked(test: T) -> T:
        file = test.__module__.replace(".", "/")
        _enter(Fault(name=name, promise=promise, test=f"{file}.py::{test.__name__}"))
        return test

    return marked


def shown_by(test: str, name: str, promise: str) -> None:
    """The same for a test that has its place elsewhere."""
    _enter(Fault(name=name, promise=promise, test=test))


def _enter(made: Fault) -> None:
    known = FAULTS.setdefault(made.name, made)
    if known != made:
        raise ValueError(f"two tests show {made.name}: {known.test} and {made.test}")


def gather() -> list[Fault]:
    """Every fault, by group and name; importing the tests of this folder enters theirs."""
    package = importlib.import_module(__package__)
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("test_") or module.name == "elsewhere":
            importlib.import_module(f"{__package__}.{module.name}")
    return sorted(FAULTS.values(), key=lambda one: (one.group.lower(), one.name.lower()))


def exists(test: str) -> bool:
    """Whether there is such a test in such a file."""
    file, _, name = test.partition("::")
    path = ROOT / file
    return path.is_file() and f"def {name}(" in path.read_text(encoding="utf-8")
