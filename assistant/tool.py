"""The Tool port: a typed async function and its docstring, made callable by the model."""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model

from .errors import ToolError, ToolRefused, ToolTimeout
from .types import Audience, ToolSpec

log = logging.getLogger(__name__)

RESULT_CHARACTERS = 4000
_NAME = re.compile(r"[a-z0-9_]{1,48}")
_EVERYWHERE = (Audience.PRIVATE, Audience.GROUP, Audience.PUBLIC)


class Effect(StrEnum):
    """What a call does to the world: nothing, something, something that costs money."""

    READ = "read"
    WRITE = "write"
    PAY = "pay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """For whom a tool runs. The model never sees it and cannot set it; no platform is named in it.

    `zone` is an IANA time zone. `taint`: this turn has read text nobody vouches for.
    """

    person: str
    conversation: str
    locale: str | None = None
    zone: str = "UTC"
    taint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One thing the model may call. `timeout` is in seconds; `result_limit` in characters."""

    name: str
    description: str
    schema: Mapping[str, Any]
    effect: Effect
    audience: tuple[Audience, ...]
    timeout: float
    result_limit: int
    function: Callable[..., Awaitable[str]]
    arguments: TypeAdapter[BaseModel]
    wants_caller: bool

    @classmethod
    def of(
        cls,
        function: Callable[..., Awaitable[str]],
        *,
        effect: Effect = Effect.READ,
        audience: tuple[Audience, ...] = _EVERYWHERE,
        timeout: float = 10.0,
        result_limit: int = RESULT_CHARACTERS,
    ) -> Tool:
        """Make a tool: the name, the types and the first paragraph of the docstring are what the model reads.

        A first parameter named `caller` receives the Caller and is not part of the schema. Raises TypeError for a
        function that is not async, has no docstring, or has a parameter without a type.
        """
        name = function.__name__
        description = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
        if not inspect.iscoroutinefunction(function) or not description or not _NAME.fullmatch(name):
            raise TypeError(
                f"tool {name}: needs an async function with a docstring and a name in small letters"
            )
        hints = get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {}
        parameters = list(inspect.signature(function).parameters.values())
        wants_caller = bool(parameters) and parameters[0].name == "caller"
        for parameter in parameters[wants_caller:]:
            if parameter.name not in hints or parameter.kind in (
                parameter.VAR_POSITIONAL,
                parameter.VAR_KEYWORD,
            ):
                raise TypeError(f"tool {name}: parameter {parameter.name} needs a type of its own")
            default = ... if parameter.default is parameter.empty else parameter.default
            if default is ... and type(None) in getattr(hints[parameter.name], "__args__", ()):
                default = None
            fields[parameter.name] = (hints[parameter.name], default)
        # Small models write 84 where "84" is asked for; that is not worth a refusal.
        config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
        adapter = TypeAdapter(create_model(name, __config__=config, **fields))
        return cls(
            name=name,
            description=description,
            schema=_plain(adapter.json_schema()),
            effect=effect,
            audience=audience,
            timeout=timeout,
            result_limit=result_limit,
            function=function,
            arguments=adapter,
            wants_caller=wants_caller,
        )

    @property
    def spec(self) -> ToolSpec:
        """What the model is told."""
        return ToolSpec(name=self.name, description=self.description, schema=self.schema)

    async def run(self, arguments: Mapping[str, Any], caller: Caller) -> str:
        """Validate, call, cut to the limit. Raises ToolRefused, ToolTimeout or ToolError, each with a sentence."""
        try:
            valid = self.arguments.validate_python(dict(arguments))
        except ValidationError as error:
            raise ToolRefused(self._refusal(error)) from None
        given = {key: getattr(valid, key) for key in type(valid).model_fields}
        try:
            async with asyncio.timeout(self.timeout):
                result = await (
                    self.function(caller, **given) if self.wants_caller else self.function(**given)
                )
        except ToolError:
            raise
        except TimeoutError:
            raise ToolTimeout(f"{self.name} took longer than {self.timeout:g} seconds.") from None
        except Exception as error:
            log.warning("tool failed", extra={"tool": self.name, "kind": type(error).__name__}, exc_info=True)
            raise ToolError(f"{self.name} failed.") from None
        if len(result) > self.result_limit:
            return result[: self.result_limit - 1] + "…"
        return result

    def _refusal(self, error: ValidationError) -> str:
        """The first problem as a sentence the model can act on; it names the argument, not what was in it."""
        problem = error.errors(include_input=False, include_url=False)[0]
        argument = ".".join(str(step) for step in problem["loc"])
        if problem["type"] == "missing":
            return f"{self.name} needs {argument}."
        if problem["type"] == "extra_forbidden":
            known = ", ".join(self.schema.get("properties", {})) or "no arguments"
            return f"{self.name} has no such argument; it takes {known}."
        what = problem["msg"].removeprefix("Value error, ")
        return f"{argument}: {what[:1].lower()}{what[1:]}."


def as_result(error: ToolError) -> str:
    """How a failed call reads for the model, in place of a result."""
    return f"error: {error}"


def _plain(schema: Any) -> Any:
    """A JSON schema without pydantic's titles and null branches: small models read few words best."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for key, value in schema.items():
        if key == "properties":
            kept[key] = {name: _plain(item) for name, item in value.items()}
        elif not (key == "title" or (key == "default" and value is None)):
            kept[key] = _plain(value)
    branches = [branch for branch in kept.get("anyOf", []) if branch != {"type": "null"}]
    if len(branches) == 1:
        del kept["anyOf"]
        kept = branches[0] | kept
    return kept
