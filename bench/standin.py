"""The platform and the model of a bench in one small process: both answer at once and keep nothing.

`python -m bench.standin PORT`. A POST to …/chat/completions is streamed a short answer, any other POST is a Graph API call that
succeeds; GET answers with an empty list of models.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import secrets
import sys
from typing import Final

import uvloop

from .stream import chunk, piece

_LENGTH: Final = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_STREAM: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"
_WORDS: Final = ("Yes, ", "on Saturdays ", "from ten ", "to two.")
_USAGE: Final = {"prompt_tokens": 400, "completion_tokens": len(_WORDS), "total_tokens": 400 + len(_WORDS)}
_ANSWER: Final = (
    _STREAM
    + b"".join(chunk(piece(word)) for word in _WORDS)
    + chunk(piece("", "stop"))
    + chunk({"choices": [], "usage": _USAGE})
    + chunk(None)
    + b"0\r\n\r\n"
)
_RUN: Final = secrets.token_hex(4)
_numbers = itertools.count()


def _json(value: object) -> bytes:
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _graph() -> bytes:
    sent = {"id": f"wamid.{_RUN}{next(_numbers):012d}"}
    return _json({"messaging_product": "whatsapp", "success": True, "messages": [sent]})


async def _connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if length:
                await reader.readexactly(int(length[1]))
            if head.startswith(b"GET"):
                writer.write(_json({"object": "list", "data": [{"id": "model", "object": "model"}]}))
            elif b"/chat/completions" in head.split(b"\r\n", 1)[0]:
                writer.write(_ANSWER)
            else:
                writer.write(_graph())
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve(port: int) -> None:
    server = await asyncio.start_server(_connection, "127.0.0.1", port, backlog=1024, limit=2**22)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
