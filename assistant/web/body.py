"""Reading a request's body once, up to a limit and not for ever; and its form, file or WebhookRequest shape."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, StreamReader, web
from aiohttp.client_exceptions import ClientError

from ..errors import TooLarge
from ..types import WebhookRequest

READ_SECONDS = 10.0
FORM_BYTES = 16 * 1024
MOST_FIELDS = 40
UPLOAD_SECONDS = 300.0
CHUNK_BYTES = 256 * 1024


async def read_capped(request: web.Request, limit: int) -> bytes:
    """The raw body. Raises TooLarge beyond `limit` bytes, HTTPRequestTimeout for a client slower than READ_SECONDS."""
    length = request.content_length
    if length is not None and length > limit:
        raise TooLarge(f"the body has {length} bytes, the limit is {limit}")
    content = request.content
    if content.is_eof():  # small bodies have arrived with their headers: the usual case
        body = content.read_nowait()
    else:
        body = await _read_slowly(content, limit)
    if len(body) > limit:
        raise TooLarge(f"the body is longer than the limit of {limit} bytes")
    return body


async def _read_slowly(content: StreamReader, limit: int) -> bytes:
    collected = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            while len(collected) <= limit:
                chunk = await content.readany()
                if not chunk:
                    break
                collected += chunk
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ClientError, ConnectionError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None
    return bytes(collected)


async def read_form(request: web.Request, limit: int = FORM_BYTES) -> dict[str, str]:
    """The fields of a plain HTML form of at most `limit` bytes."""
    return dict(await read_fields(request, limit))


async def read_fields(
    request: web.Request, limit: int = FORM_BYTES, most: int = MOST_FIELDS
) -> list[tuple[str, str]]:
    """The same one by one, for a form in which a name comes several times; 400 for more than `most` fields."""
    body = await read_capped(request, limit)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most, errors="strict")
    except ValueError:
        raise web.HTTPBadRequest from None
    if any("\0" in text for field in fields for text in field):
        raise web.HTTPBadRequest  # nobody types it, and PostgreSQL keeps no such text
    return fields


async def read_upload(request: web.Request, limit: int, into: Path) -> tuple[dict[str, str], str | None]:
    """The fields of a form with a file, and the file's name; its content is in `into`. None: no file was chosen.

    Raises TooLarge for a file of more than `limit` bytes, HTTPRequestTimeout for a client slower than UPLOAD_SECONDS, and
    HTTPBadRequest for what is no such form.
    """
    if request.content_type != "multipart/form-data":
        raise web.HTTPBadRequest
    if (request.content_length or 0) > limit + FORM_BYTES:
        raise TooLarge("the form is longer than the largest file")
    fields: dict[str, str] = {}
    name: str | None = None
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            async for part in await request.multipart():
                if not isinstance(part, BodyPartReader) or not part.name or len(fields) > MOST_FIELDS:
                    raise web.HTTPBadRequest
                if part.filename is None:
                    fields[part.name] = (await _capped(part, FORM_BYTES)).decode()
                elif part.filename:
                    if name is not None:
                        raise web.HTTPBadRequest
                    name = part.filename
                    await _into(part, limit, into)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ClientError, ConnectionError, ValueError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None
    if any("\0" in text for text in (name or "", *fields, *fields.values())):
        raise web.HTTPBadRequest
    return fields, name


async def _capped(part: BodyPartReader, limit: int) -> bytes:
    collected = bytearray()
    while chunk := await part.read_chunk():
        collected += chunk
        if len(collected) > limit:
            raise TooLarge(f"a field is longer than the limit of {limit} bytes")
    return bytes(collected)


async def _into(part: BodyPartReader, limit: int, path: Path) -> None:
    """Write a file as it comes, in a thread: a disk may be slow."""
    size = 0
    with await asyncio.to_thread(path.open, "wb") as file:
        while chunk := await part.read_chunk(CHUNK_BYTES):
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"the file is longer than the limit of {limit} bytes")
            await asyncio.to_thread(file.write, chunk)


def webhook_request(request: web.Request, body: bytes) -> WebhookRequest:
    """The request as an adapter sees it."""
    query = dict(request.query) if request.query_string else {}
    return WebhookRequest(method=request.method, headers=_Headers(request), query=query, body=body)


class _Headers(Mapping[str, tuple[str, ...]]):
    """Header names in lower case with every value; looked up when asked for, as an adapter reads one or two."""

    def __init__(self, request: web.Request) -> None:
        self._headers = request.headers

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return tuple(self._headers.getall(name))

    def __iter__(self) -> Iterator[str]:
        return iter({name.lower() for name in self._headers})

    def __len__(self) -> int:
        return len({name.lower() for name in self._headers})
