"""Scenarios as YAML: read strictly, every mistake with its line and what is known there; and written again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from . import steps, words
from .knobs import KNOBS, KnobKind
from .scenarios import Caller, Scenario, ScenarioError
from .steps import Act, Step
from .words import FAULTS, PERSON, RESERVED, WORLD, Word

MOST_BYTES = 64 * 1024
MOST_STEPS = 500
MOST_PHONES = 20
_TOP = ("name", "shows", "seed", "phones", "steps")
_PHONE = {
    "channel": words.one_of(*words.CHANNELS),
    "name": words.text,
    "locale": words.text,
    "username": words.text,
    "group": words.text,
}
_NO_VALUE = object()


def read(written: str, *, slug: str = "") -> Scenario:
    """The scenario that a text describes. Raises ScenarioError for the first mistake."""
    if len(written.encode()) > MOST_BYTES:
        raise ScenarioError(0, f"a scenario has at most {MOST_BYTES // 1024} kB")
    top = _mapping(_root(written), "the scenario", _TOP)
    for needed in ("name", "phones", "steps"):
        if needed not in top:
            raise ScenarioError(1, f"{needed} is missing; a scenario has {', '.join(_TOP)}")
    phones = _phones(top["phones"])
    return Scenario(
        name=_value(top["name"], words.text),
        shows=_value(top["shows"], words.text) if "shows" in top else "",
        seed=_value(top["seed"], words.whole(0, 2**31)) if "seed" in top else 1,
        phones=phones,
        steps=_steps(top["steps"], {phone.key: phone for phone in phones}),
        slug=slug,
    )


def _root(written: str) -> yaml.Node:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=yaml.SafeLoader)):
            raise ScenarioError(0, "aliases (*name) are not taken in a scenario")
        root = yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ScenarioError(mark.line + 1 if mark else 0, f"this is no YAML: {error.problem}") from None
    except yaml.YAMLError:
        raise ScenarioError(0, "this is no YAML: it holds characters that YAML does not take") from None
    except RecursionError:
        raise ScenarioError(0, "this is nested too deeply") from None
    if root is None:
        raise ScenarioError(0, f"the scenario is empty; it has {', '.join(_TOP)}")
    return root


# --- nodes -----------------------------------------------------------------------------------------------


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _mapping(node: yaml.Node, what: str, known: Iterable[str] | None = None) -> dict[str, yaml.Node]:
    """The entries of a mapping; a key twice, or one not in `known`, is an error."""
    if not isinstance(node, yaml.MappingNode):
        raise ScenarioError(_line(node), f"{what} needs names with values: name: value")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            raise ScenarioError(_line(key), f"{what} has something that is no name")
        if name in found:
            raise ScenarioError(_line(key), f"{name} stands here twice")
        if known is not None and name not in known:
            raise ScenarioError(_line(key), f"{what} has no {name}; known are {', '.join(known)}")
        found[name] = value
    return found


def _plain(node: yaml.Node, *, as_written: bool) -> Any:
    """A scalar, or a list of scalars, as YAML understands it; `as_written`: 12:30, 1.50 and yes are texts."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, as_written=as_written) for item in node.value]
    if not isinstance(node, yaml.ScalarNode):
        raise ScenarioError(_line(node), "a single value is needed here")
    if node.tag.endswith(":timestamp") or (as_written and node.tag.endswith((":int", ":float", ":bool"))):
        return node.value
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError):
        raise ScenarioError(_line(node), "this value is not understood") from None


def _value(node: yaml.Node, read_one: words.Read) -> Any:
    try:
        return read_one(_plain(node, as_written=read_one in words.TEXTUAL))
    except ValueError as error:
        raise ScenarioError(_line(node), str(error)) from None


# --- phones ----------------------------------------------------------------------------------------------


def _phones(node: yaml.Node) -> tuple[Caller, ...]:
    found = []
    for key, entry in _mapping(node, "phones").items():
        if key in RESERVED:
            raise ScenarioError(_line(entry), f"no phone is called {key}: that is a step")
        given = _mapping(entry, f"the phone {key}", _PHONE)
        if "channel" not in given:
            raise ScenarioError(_line(entry), f"the phone {key} has no channel")
        values = {name: _value(value, _PHONE[name]) for name, value in given.items()}
        if values.get("group") and values["channel"] != "telegram":
            raise ScenarioError(_line(given["group"]), "only Telegram has groups here")
        found.append(Caller(**{"key": key, "name": key, **values}))
    if len(found) > MOST_PHONES:
        raise ScenarioError(
            _line(node), f"a scenario has at most {MOST_PHONES} phones; more people make a burst"
        )
    return tuple(found)


# --- steps -----------------------------------------------------------------------------------------------


def _steps(node: yaml.Node, phones: Mapping[str, Caller]) -> tuple[Step, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise ScenarioError(_line(node), "steps is a list: one “- …” for each step")
    if len(node.value) > MOST_STEPS:
        raise ScenarioError(_line(node), f"a scenario has at most {MOST_STEPS} steps")
    return tuple(_step(item, phones) for item in node.value)


def _step(node: yaml.Node, phones: Mapping[str, Caller]) -> Step:
    entries = _mapping(node, "a step", [*phones, "faults", *WORLD])
    if len(entries) != 1:
        raise ScenarioError(_line(node), "a step does one thing; begin the next with “- ”")
    ((subject, value),) = entries.items()
    if subject == "faults":
        return Step(act=_faults(value), line=_line(node))
    if subject in WORLD:
        return Step(act=_act(subject, WORLD[subject], value, {}), line=_line(node))
    return Step(act=_person_act(subject, value), who=subject, line=_line(node))


def _person_act(who: str, node: yaml.Node) -> Act:
    if isinstance(node, yaml.ScalarNode) and node.value in PERSON:  # `- ana: blocks`
        return _act(node.value, PERSON[node.value], None, {}, line=_line(node))
    entries = _mapping(node, f"what {who} does")
    verbs = [name for name in entries if name in PERSON]
    if len(verbs) != 1:
        problem = (
            f"{who} does {' and '.join(verbs)} in one step; make two" if verbs else f"what does {who} do?"
        )
        unknown = next((name for name in entries if name not in PERSON), "")
        if not verbs and unknown:
            problem = f"nobody knows how {who} “{unknown}”"
        raise ScenarioError(_line(node), f"{problem}; known are {', '.join(PERSON)}")
    (verb,) = verbs
    return _act(verb, PERSON[verb], entries.pop(verb), entries)


def _act(
    name: str, word: Word, value: yaml.Node | None, beside: Mapping[str, yaml.Node], *, line: int = 0
) -> Act:
    """A step from the word's own value (a single one, or names with values) and what stands beside it."""
    given: dict[str, yaml.Node] = {}
    if isinstance(value, yaml.MappingNode):
        given = _mapping(value, name, word.known())
    elif value is not None and not (isinstance(value, yaml.ScalarNode) and value.tag.endswith(":null")):
        given = {word.key_of(word.first): value}
    elif value is not None and name == "reacts":
        given = {word.first: value}
    for key, node in beside.items():
        if key not in word.known() or key in given:
            raise ScenarioError(_line(node), f"{name} has no {key} here; known are {', '.join(word.known())}")
        given[key] = node
    values = {
        word.field_of(key): _value(node, word.fields[word.field_of(key)]) for key, node in given.items()
    }
    try:
        act: Act = word.make(**values)
    except TypeError:
        needed = [field.name for field in dataclasses.fields(word.make) if _required(field)]
        missing = ", ".join(word.key_of(field) for field in needed if field not in values)
        raise ScenarioError(
            line or (_line(value) if value is not None else 0), f"{name} needs {missing}"
        ) from None
    return act


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _faults(node: yaml.Node) -> Act:
    if isinstance(node, yaml.ScalarNode):
        _value(node, words.one_of("rest"))
        return steps.TurnsKnobs()
    given = _mapping(node, "faults", FAULTS)
    values = {name: _value(value, FAULTS[name]) for name, value in given.items()}
    extra = {
        name: values.pop(name)
        for name in ("channel", "status", "code", "retry_after", "times")
        if name in values
    }
    if "status" not in extra and (
        alone := [name for name in ("code", "retry_after", "times") if name in extra]
    ):
        raise ScenarioError(
            _line(given[alone[0]]), f"{alone[0]} belongs to a status: how the next sends are refused"
        )
    if not values and "status" not in extra:
        raise ScenarioError(_line(node), "no fault is named; faults: rest puts everything at rest")
    return steps.TurnsKnobs(values=tuple(values.items()), **extra)


# --- writing ---------------------------------------------------------------------------------------------


def write(scenario: Scenario) -> str:
    """The scenario as YAML that `read` understands."""
    found: dict[str, Any] = {"name": scenario.name}
    if scenario.shows:
        found["shows"] = scenario.shows
    found["seed"] = scenario.seed
    found["phones"] = {phone.key: _written_phone(phone) for phone in scenario.phones}
    found["steps"] = [_written_step(step) for step in scenario.steps]
    return str(
        yaml.dump(
            found,
            Dumper=yaml.SafeDumper,
            allow_unicode=True,
            sort_keys=False,
            width=110,
            default_flow_style=None,
        )
    )


def _written_phone(phone: Caller) -> dict[str, Any]:
    found: dict[str, Any] = {"channel": phone.channel}
    if phone.name != phone.key:
        found["name"] = phone.name
    if phone.locale != "en":
        found["locale"] = phone.locale
    for name in ("username", "group"):
        if getattr(phone, name):
            found[name] = getattr(phone, name)
    return found


def _written_step(step: Step) -> dict[str, Any]:
    act = step.act
    if isinstance(act, steps.TurnsKnobs):
        return {"faults": _written_faults(act)}
    known = PERSON if step.who else WORLD
    verb, word = next((name, word) for name, word in known.items() if word.make is type(act))
    given = {
        word.key_of(field.name): _written(getattr(act, field.name))
        for field in dataclasses.fields(act)
        if field.name == word.first or _required(field) or getattr(act, field.name) != field.default
    }
    first = word.key_of(word.first)
    main = given.pop(first)
    if step.who:
        return {step.who: {verb: main, **given}}
    if not given:
        return {verb: main}
    return {verb: given if main == "" else {first: main, **given}}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else list(value)
    if hasattr(value, "total_seconds"):
        return steps.told_span(value)
    return value


def _written_faults(act: steps.TurnsKnobs) -> Any:
    if not act.values and not act.status and not act.channel:
        return "rest"
    found: dict[str, Any] = {"channel": act.channel} if act.channel else {}
    found |= {name: _known_kind(name, value) for name, value in act.values}
    if act.status:
        found |= {"status": act.status}
        found |= {"code": act.code} if act.code is not None else {}
        found |= {"retry_after": act.retry_after} if act.retry_after is not None else {}
        found |= {"times": act.times} if act.times != 1 else {}
    return found


def _known_kind(name: str, value: float) -> Any:
    kind = KNOBS[name].kind
    if kind is KnobKind.SWITCH:
        return bool(value)
    return int(value) if kind is KnobKind.COUNT else value
