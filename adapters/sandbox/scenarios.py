"""Scenarios: people with phones, what they do step by step and what is expected; those that come with the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

from .steps import Step

FOLDER = Path(__file__).parent / "scenarios"


class ScenarioError(Exception):
    """A scenario that cannot be read. `line` is where, 0 for the file as a whole; the text says what is known there."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}" if line else problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A person of a scenario: `key` is how its steps call them, `name` what the phone shows; the rest as in
    Sandbox.phone(). With `group` (Telegram) everything is said and heard in the group of that name."""

    key: str
    channel: str
    name: str
    locale: str = "en"
    username: str | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`name` is short, `shows` one sentence of what there is to see; `seed` makes every random choice the same again.

    `slug` is the file's name without its ending, empty for one that came from elsewhere.
    """

    name: str
    shows: str
    phones: tuple[Caller, ...]
    steps: tuple[Step, ...]
    seed: int = 1
    slug: str = ""

    def caller(self, key: str) -> Caller:
        return next(phone for phone in self.phones if phone.key == key)


def load(path: Path) -> Scenario:
    """Read a file. Raises ScenarioError, also for one that cannot be opened."""
    from .scenario_yaml import read

    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(0, f"it cannot be read ({type(error).__name__})") from None
    return read(written, slug=path.stem)


def find(name: str) -> Scenario:
    """The scenario of a file, or the shipped one of that slug. Raises SettingsError naming the place of a mistake."""
    path = Path(name)
    if not path.exists() and (FOLDER / f"{name}.yaml").is_file():
        path = FOLDER / f"{name}.yaml"
    try:
        return load(path)
    except ScenarioError as error:
        raise SettingsError(f"{path.name}: {error}") from None


def shipped() -> dict[str, Scenario]:
    """The scenarios that come with the sandbox, by slug, in the order of their names."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}
