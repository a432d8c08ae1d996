"""Logs are JSON lines in which no secret, number or person's words can be read."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from assistant import log as logs
from assistant.log import Redactor

BOT_TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Logging set up as in production, writing here; undone afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    monkeypatch.setattr(logs, "redactor", Redactor())
    out = io.StringIO()
    logs.setup("DEBUG", out)
    yield out
    root.handlers[:], root.level = before[0], before[1]


def only_line(stream: io.StringIO) -> dict[str, Any]:
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1
    line: dict[str, Any] = json.loads(lines[0])
    return line


def test_a_record_is_one_json_object_with_its_fields(stream: io.StringIO) -> None:
    logging.getLogger("assistant.worker").info("turn answered", extra={"turn": "t1", "took_ms": 12})
    line = only_line(stream)
    assert {key: line[key] for key in ("level", "logger", "event", "turn", "took_ms")} == {
        "level": "info", "logger": "assistant.worker", "event": "turn answered", "turn": "t1", "took_ms": 12,
    }  # fmt: skip
    assert line["at"].endswith("Z")


@pytest.mark.parametrize(
    "message, secret",
    [
        (f"POST https://api.example/bot{BOT_TOKEN}/sendMessage", BOT_TOKEN.split(":")[1]),
        (f"token {BOT_TOKEN}", BOT_TOKEN.split(":")[1]),
        ("GET /me?access_token=EAAGm0PX4ZCps&fields=id", "EAAGm0PX4ZCps"),
        ("GET /me?fields=id&appsecret_proof=abcdef0123", "abcdef0123"),
        ("GET /webhooks/x?hub.verify_token=letmein&hub.mode=subscribe", "letmein"),
        ("Authorization: Bearer eyJhbGciOi.J9_x-y/z+1=", "eyJhbGciOi"),
        ("authorization: bearer EAAGm0PX4ZCps", "EAAGm0PX4ZCps"),
        ("sent to +351912345678", "351912345678"),
        ("sent to 351912345678, again", "351912345678"),
    ],
)
def test_tokens_and_numbers_are_masked_by_their_shape(stream: io.StringIO, message: str, secret: str) -> None:
    logging.getLogger("x").warning(message)
    assert secret not in stream.getvalue()
    assert "[" in only_line(stream)["event"]


def test_what_is_no_number_of_a_person_stays(stream: io.StringIO) -> None:
    logging.getLogger("x").info("took 12345 ms, id 0190b3a5-7c1e-7000-8000-123456789abc, at 1.123456789012")
    line = only_line(stream)
    assert line["event"] == "took 12345 ms, id 0190b3a5-7c1e-7000-8000-123456789abc, at 1.123456789012"


def test_registered_secrets_are_masked_everywhere(stream: io.StringIO) -> None:
    logs.redactor.register(["correct horse", "correct horse battery", "abc"])
    logging.getLogger("x").error("refused correct horse battery", extra={"url": "https://h/?q=correct horse", "n": ["abc"]})
    text = stream.getvalue()
    assert "correct horse" not in text
    assert "battery" not in text
    assert "abc" in text, "a secret of three letters would mask half the language"
    json.loads(text)


def test_arguments_and_fields_are_masked_like_the_message(stream: io.StringIO) -> None:
    logging.getLogger("x").info("to %s", "+351912345678", extra={"peer": "+5511987654321", "auth": "Bearer abcdef"})
    text = stream.getvalue()
    assert not any(secret in text for secret in ("912345678", "987654321", "abcdef"))


def test_an_exception_shows_where_and_not_what(stream: io.StringIO) -> None:
    try:
        raise ValueError("my diagnosis is confidential")
    except ValueError:
        logging.getLogger("x").exception("turn failed")
    line = only_line(stream)
    assert "diagnosis" not in stream.getvalue()
    assert line["error"] == "ValueError"
    assert any("test_logs.py" in frame for frame in line["trace"])


def test_a_message_with_line_breaks_stays_one_line(stream: io.StringIO) -> None:
    logging.getLogger("x").info("a\nb\u2028c", extra={"field": "d\ne"})
    assert len(stream.getvalue().split("\n")) == 2


def test_libraries_that_print_addresses_with_tokens_are_kept_quiet(stream: io.StringIO) -> None:
    for name in ("httpx", "httpcore", "aiohttp.access", "sqlalchemy.engine"):
        logging.getLogger(name).info("GET https://h/bot%s/getMe", BOT_TOKEN)
    assert stream.getvalue() == ""
