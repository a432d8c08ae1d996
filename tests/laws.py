"""The laws of the house: each a function of the repository's root that returns one sentence per breach."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

Law = Callable[[Path], list[str]]

FLOORS = {
    **dict.fromkeys(
        (
            "types",
            "events",
            "language",
            "errors",
            "clock",
            "markup",
            "split",
            "settings",
            "log",
            "metrics",
            "addresses",
            "http",
            "",
        ),
        0,
    ),
    **dict.fromkeys(("channel", "capabilities", "bus", "engine", "tool", "painter", "host"), 1),
    **dict.fromkeys(("store", "buses", "engines", "tools", "painters"), 2),
    **dict.fromkeys(
        (
            "inbound",
            "turn",
            "toolloop",
            "summary",
            "trials",
            "deliver",
            "lookback",
            "prompt",
            "policy",
            "speech",
            "calls",
            "literals",
            "media",
            "pictures",
            "asks",
            "orders",
            "presence",
            "growing",
            "commands",
            "breaker",
            "pressure",
            "reports",
            "published",
        ),
        3,
    ),
    **dict.fromkeys(("web", "worker", "polling"), 4),
    **dict.fromkeys(("app", "cli", "checks", "overview", "demonstration", "__main__"), 5),
}
"""Modules and packages of assistant/ by floor; `demo` has rules of its own (see _demo_breach)."""
DETACHED = {2, 4}
"""Floors whose members do not import one another."""

CHANNELS = re.compile("|".join(("whatsapp", "messenger", "instagram", "telegram", "facebook")), re.IGNORECASE)

MODEL_FAMILY = ("torch", "transformers", "accelerate", "bitsandbytes", "safetensors", "tokenizers")
MODEL_HOMES = ("assistant/engines/*/", "assistant/demo/")
HOMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("sqlalchemy", "alembic"), ("assistant/store/", "migrations/")),
    "asyncpg": ("assistant/store/",),
    "redis": ("assistant/buses/redis.py",),
    "telegram": ("adapters/telegram.py", "adapters/_telegram"),
    "aiohttp.web": ("assistant/web/", "adapters/sandbox/"),
    **dict.fromkeys(MODEL_FAMILY, MODEL_HOMES),
}
"""Third-party modules and the only places that import them."""

LONGEST = 600
NO_NOUN = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
UNFINISHED = re.compile(rf"\b(?:TO{''}DO|FIX{''}ME|XX{''}X|HA{''}CK)\b")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


# --- reading the tree ------------------------------------------------------------------------------------


@cache
def _parsed(path: Path, stamp: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def tree_of(path: Path) -> ast.Module:
    return _parsed(path, path.stat().st_mtime_ns)


def sources(root: Path, *folders: str) -> Iterator[tuple[str, Path]]:
    """Every Python file below `folders`: its path from the root, and where it is."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), path


def imported(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, absolute module) for every import in the file `name`; `from a import b` yields a and a.b."""
    package = name.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join(base + (node.module.split(".") if node.module else []))
            yield node.lineno, module
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def first_sentence(tree: ast.Module) -> str:
    """The first sentence of a module's docstring, without its full stop; empty when there is none."""
    paragraph = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])", paragraph)[0].rstrip(".")


def _room(name: str) -> str:
    """`assistant/store/queue.py` -> `store`, `assistant/turn.py` -> `turn`."""
    parts = name.removesuffix(".py").split("/")
    return "" if parts[1] == "__init__" else parts[1]


# --- the laws --------------------------------------------------------------------------------------------


def floors(root: Path) -> list[str]:
    """A floor of assistant/ imports only lower floors, and never adapters/."""
    found = []
    for name, path in sources(root, "assistant"):
        room = _room(name)
        if room != "demo" and room not in FLOORS:
            found.append(
                f"{name}: {room} stands on no floor; give it one in tests/laws.py and pyproject.toml"
            )
            continue
        for line, module in imported(name, tree_of(path)):
            steps = module.split(".")
            if steps[0] == "adapters":
                found.append(f"{name}:{line}: assistant/ imports adapters")
            elif steps[0] == "assistant" and len(steps) > 1:
                breach = _breach(room, steps[1], steps)
                if breach:
                    found.append(f"{name}:{line}: {breach}")
    return sorted(set(found))


def _breach(room: str, target: str, steps: list[str]) -> str | None:
    if target == room or (target not in FLOORS and target != "demo"):
        return None
    if "demo" in (room, target):
        return _demo_breach(room, target, steps)
    if FLOORS[target] > FLOORS[room]:
        return f"floor {FLOORS[room]} ({room or 'assistant'}) imports floor {FLOORS[target]} ({target})"
    if FLOORS[target] == FLOORS[room] and FLOORS[room] in DETACHED:
        return f"{room} imports {target} on the same floor"
    return None


def _demo_breach(room: str, target: str, steps: list[str]) -> str | None:
    """demo/__init__ (two constants) is for everybody; the rest of demo/ stands on floor 2 and is for itself and cli."""
    if room == "demo":
        return f"demo imports floor {FLOORS[target]} ({target})" if FLOORS[target] > 2 else None
    inner = len(steps) > 2 and steps[2].islower()
    return None if not inner or FLOORS[room] == 5 else f"{room} imports the inside of demo"


def adapters_keep_apart(root: Path) -> list[str]:
    """An adapter sees floors 0 and 1 and private modules beside it; the sandbox sees no adapter at all."""
    found = []
    for name, path in sources(root, "adapters"):
        sandbox = name.startswith("adapters/sandbox/")
        own = name.removesuffix(".py").split("/")[1]
        for line, module in imported(name, tree_of(path)):
            steps = module.split(".")
            if steps[0] == "assistant" and FLOORS.get(steps[1] if len(steps) > 1 else "", 0) > 1:
                found.append(f"{name}:{line}: an adapter imports {module}")
            elif steps[0] == "adapters" and len(steps) > 1 and steps[1] != own:
                private = steps[1].startswith("_")
                if sandbox or (not private and _exists(root, "adapters", steps[1])):
                    found.append(f"{name}:{line}: imports the adapter module {steps[1]}")
    return sorted(set(found))


def _exists(root: Path, *steps: str) -> bool:
    path = root.joinpath(*steps)
    return path.is_dir() or path.with_suffix(".py").exists()


def third_party_homes(root: Path) -> list[str]:
    """Each third-party library is imported in one place only."""
    found = []
    for name, path in sources(root, "assistant", "adapters", "migrations"):
        for line, module in imported(name, tree_of(path)):
            for library, homes in HOMES.items():
                inside = module == library or module.startswith(library + ".")
                if inside and not any(_lives_in(name, home) for home in homes):
                    found.append(f"{name}:{line}: imports {library}, whose home is {' or '.join(homes)}")
    return sorted(set(found))


def _lives_in(name: str, home: str) -> bool:
    return re.match(re.escape(home).replace(r"\*", "[^/]+"), name) is not None


def one_outbound_session(root: Path) -> list[str]:
    """Only http.py opens a client session: every request has its timeouts, its guard and its trace."""
    return [
        f"{name}:{node.lineno}: opens a client session of its own; assistant/http.py has the one"
        for name, path in sources(root, "assistant", "adapters")
        if name != "assistant/http.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "ClientSession"
    ]


def no_channel_names(root: Path) -> list[str]:
    """No channel's name appears in assistant/ (what the demo model was trained on may mention them)."""
    found = []
    for suffix in ("*.py", "*.html", "*.js", "*.css"):
        for path in sorted((root / "assistant").rglob(suffix)):
            name = path.relative_to(root).as_posix()
            if name.startswith("assistant/demo/") or "/vendor/" in name:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                hit = CHANNELS.search(line)
                if hit:
                    found.append(f"{name}:{number}: names the channel {hit[0]}")
    return found


def no_long_files(root: Path) -> list[str]:
    """No module is longer than LONGEST lines."""
    found = []
    for name, path in sources(root, "assistant", "adapters", "bench", "tests"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            found.append(f"{name}: {lines} lines; split it by noun")
    return found


def names_with_a_noun(root: Path) -> list[str]:
    """No module or package is called utils, helpers, common or manager."""
    return [
        f"{name}: says nothing about what is in it"
        for name, _ in sources(root, "assistant", "adapters", "migrations", "bench", "tests")
        if NO_NOUN & set(name.removesuffix(".py").strip("_").replace("/_", "/").split("/"))
    ]


def docstrings(root: Path) -> list[str]:
    """Every module says in its first line what it is; empty __init__ files of tests may stay empty."""
    return [
        f"{name}: has no docstring"
        for name, path in sources(root, "assistant", "adapters", "bench", "tests")
        if not first_sentence(tree_of(path)) and path.stat().st_size
    ]


def no_untyped_metadata(root: Path) -> list[str]:
    """No field or parameter `metadata` that is a bag of anything."""
    found = []
    for name, path in sources(root, "assistant", "adapters"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.AnnAssign):
                target, annotation = ast.unparse(node.target).split(".")[-1], node.annotation
            elif isinstance(node, ast.arg) and node.annotation is not None:
                target, annotation = node.arg, node.annotation
            else:
                continue
            if target == "metadata" and re.match(
                r"(typing\.)?(dict|Dict|Mapping|MutableMapping|Any)\b", ast.unparse(annotation)
            ):
                found.append(f"{name}:{node.lineno}: metadata is a bag of anything; name its fields")
    return found


def errors_live_at_home(root: Path) -> list[str]:
    """Every class of the error tree stands in assistant/errors.py."""
    family = {"AssistantError"}
    classes = [
        (name, node)
        for name, path in sources(root, "assistant", "adapters")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    ]
    while True:
        grown = {
            node.name
            for _, node in classes
            if any(ast.unparse(base).split(".")[-1] in family for base in node.bases)
        }
        if grown <= family:
            break
        family |= grown
    return [
        f"{name}:{node.lineno}: the error {node.name} belongs into assistant/errors.py"
        for name, node in classes
        if node.name in family and name != "assistant/errors.py"
    ]


def parsing_is_pure(root: Path) -> list[str]:
    """Functions named parse… in adapters/ await nothing and use no clock, network or bus."""
    found = []
    for name, path in sources(root, "adapters"):
        for function in ast.walk(tree_of(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if not re.match(r"_?parse(_|$)", function.name):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
                    found.append(f"{name}:{node.lineno}: {function.name} awaits")
                elif isinstance(node, ast.Attribute) and node.attr in (
                    "http",
                    "bus",
                    "clock",
                    "_http",
                    "_bus",
                    "_clock",
                ):
                    found.append(f"{name}:{node.lineno}: {function.name} uses {node.attr}")
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    if node.func.attr in CLOCKS and not node.args and not node.keywords:
                        found.append(f"{name}:{node.lineno}: {function.name} reads the clock")
    return sorted(set(found))


def readme_says_where(root: Path) -> list[str]:
    """README's "Where is…?" table has a row for each module of assistant/ and adapters/: its first sentence."""
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.exists() else ""
    rows = [" ".join(line.split()) for line in text.splitlines() if line.startswith("|")]
    found = []
    for folder in ("assistant", "adapters"):
        for path in sorted((root / folder).iterdir()):
            module = path / "__init__.py" if path.is_dir() else path
            if module.suffix != ".py" or not module.exists() or path.name in ("__init__.py", "__main__.py"):
                continue
            name = f"{folder}/{path.name}" + ("/" if path.is_dir() else "")
            sentence = first_sentence(tree_of(module)).replace("|", "\\|")
            if not any(f"`{name}`" in row and sentence in row for row in rows):
                found.append(f"README.md lacks the row: | `{name}` | {sentence} |")
    return found


def nothing_unfinished(root: Path) -> list[str]:
    """No marks of work left for later."""
    found = []
    for name, path in sources(root, "assistant", "adapters", "migrations", "bench", "tests"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if UNFINISHED.search(line) or "raise NotImplemented" + "Error" in line:
                found.append(f"{name}:{number}: {line.strip()[:60]}")
    return found


LAWS: tuple[Law, ...] = (
    floors,
    adapters_keep_apart,
    third_party_homes,
    one_outbound_session,
    no_channel_names,
    no_long_files,
    names_with_a_noun,
    docstrings,
    no_untyped_metadata,
    errors_live_at_home,
    parsing_is_pure,
    readme_says_where,
    nothing_unfinished,
)
