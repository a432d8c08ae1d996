"""Reading the parameters of an API call from a query, a form or a JSON body, and counting text as platforms do."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from .payloads import Json
from .pieces import File
from .wire import saw_body


async def form_or_json(
    request: web.Request, nested: frozenset[str], files: dict[str, File] | None = None
) -> Json | None:
    """The body's parameters; None when it is not a JSON object. In a form the `nested` ones are JSON text.

    What is uploaded goes into `files` by the name of its field.
    """
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = await request.post()
        uploaded: dict[str, File] = {}
        for key, value in form.items():
            if isinstance(value, web.FileField):
                with value.file as opened:
                    data = opened.read()
                uploaded[key] = File(data=data, mime=value.content_type, name=value.filename)
        if files is not None:
            files |= uploaded
        found: Json | None = {
            key: decoded(key, value, nested) for key, value in form.items() if isinstance(value, str)
        }
        saw_body(None, found, uploaded)
        return found
    raw = await request.read()
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    found = body if isinstance(body, dict) else None
    saw_body(raw, found, {})
    return found


def decoded(name: str, value: str, nested: frozenset[str]) -> Any:
    """A form value; only parameters known to be objects are parsed, for a text may look like JSON."""
    if name not in nested:
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value


def units(text: str) -> int:
    """UTF-16 code units: what Telegram counts, and the stricter reading of Meta's "characters"."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
