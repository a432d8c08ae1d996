"""Structured logs on stdout, one JSON object a line, with every known secret and number masked."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import sys
import time
from collections.abc import Iterable
from typing import Any

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_BOT_TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{20,}")
_QUERY_TOKEN = re.compile(r"(access_token|appsecret_proof|hub\.verify_token|token|key)=[^&\s\"']+")
_BEARER = re.compile(r"(?i)bearer\s+[A-Za-z0-9._~+/=-]+")
_LONG_NUMBER = re.compile(r"(?<![\w.-])\+?\d{9,15}(?![\w.-])")


OURS = ("assistant", "adapters")
"""The packages whose records of every level may be written."""


class Redactor:
    """Masks secrets in text. Adapters' secrets are registered at start; shapes of tokens are masked in any case."""

    def __init__(self) -> None:
        self._secrets: tuple[str, ...] = ()

    def register(self, secrets: Iterable[str]) -> None:
        kept = {*self._secrets, *(secret for secret in secrets if len(secret) >= 4)}
        self._secrets = tuple(sorted(kept, key=len, reverse=True))

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, "[secret]")
        text = _BOT_TOKEN.sub("[token]", text)
        text = _QUERY_TOKEN.sub(r"\1=[secret]", text)
        return _BEARER.sub("Bearer [secret]", text)


redactor = Redactor()


class JsonFormatter(logging.Formatter):
    """One line per record: time, level, logger, event, and the fields given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "at": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _frames(record)
        text = redactor.clean(json.dumps(line, default=str, ensure_ascii=False))
        return _LONG_NUMBER.sub("[number]", text)


def _frames(record: logging.LogRecord) -> list[str]:
    """Where it happened, without the exception's text: that may quote what a person wrote."""
    frames = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-8:]


class Out(logging.StreamHandler[Any]):
    """Writes to stdout. A full disk or a reader that left stops nothing, and puts no record in clear on stderr."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        error = sys.exc_info()[0]
        if error is None or issubclass(error, OSError):
            return
        with contextlib.suppress(Exception):
            self.stream.write(
                json.dumps({"level": "error", "logger": record.name, "event": "a record could not be written",
                            "error": error.__name__}) + "\n"
            )  # fmt: skip
            self.flush()


def loop_failed(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An event loop's exception handler: asyncio's own prints the exception, and with it what a person may have written."""
    error = context.get("exception")
    logging.getLogger("asyncio").error(
        "something failed in the background",
        exc_info=error if isinstance(error, BaseException) else None,
        extra={"what": context.get("message")},
    )


def setup(level: str = "INFO", stream: Any = None) -> None:
    """Send every logger's records to stdout as JSON. `level` is ours: libraries print addresses with tokens, and words."""
    handler = Out(stream or sys.stdout)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    chosen = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    root.setLevel(max(chosen, logging.WARNING))
    for ours in OURS:
        logging.getLogger(ours).setLevel(chosen)
