"""A chat server that costs next to nothing: prepared events at a steady pace, for measuring what clients cost."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Any, Final

_HEAD: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    b"Connection: keep-alive\r\n\r\n"
)
_TOKENS: Final = re.compile(rb'"max_tokens":\s*(\d+)')
_LENGTH: Final = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)


def chunk(event: dict[str, Any] | None) -> bytes:
    """An event in a chunk of its own; None: [DONE]."""
    data = b"data: " + (b"[DONE]" if event is None else json.dumps(event).encode()) + b"\n\n"
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def piece(text: str, finish: str | None = None) -> dict[str, Any]:
    """An event with everything that vLLM writes into one."""
    return {
        "id": "chatcmpl-4f1d2c3b4a5968778695a4b3c2d1e0f0",
        "object": "chat.completion.chunk",
        "created": 1795532001,
        "model": "model",
        "choices": [{"index": 0, "delta": {"content": text}, "logprobs": None, "finish_reason": finish}],
    }


async def serve(port: int, pause: float) -> None:
    """Answer every POST with as many tokens as it asks for, one each `pause` seconds; 0: as fast as they go out."""
    token = chunk(piece(" word"))
    loop = asyncio.get_running_loop()

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length[1])) if length else b""
                if not body:
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    continue
                asked = _TOKENS.search(body)
                count = int(asked[1]) if asked else 1
                usage = {"prompt_tokens": 9, "completion_tokens": count, "total_tokens": count + 9}
                writer.write(_HEAD)
                due = loop.time()
                for _ in range(count):
                    writer.write(token)
                    due += pause
                    await asyncio.sleep(max(0.0, due - loop.time()))
                    await writer.drain()
                last = chunk(piece("", "length")) + chunk({"choices": [], "usage": usage}) + chunk(None)
                writer.write(last + b"0\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(connection, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(int(sys.argv[1]), float(sys.argv[2])))
