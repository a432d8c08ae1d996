"""Logs are JSON lines in which no secret, number or person's words can be read."""

from __future__ import annotations

import asyncio
import gc
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
    logging.getLogger("assistant.x").warning(message)
    assert secret not in stream.getvalue()
    assert "[" in only_line(stream)["event"]


def test_what_is_no_number_of_a_person_stays(stream: io.StringIO) -> None:
    logging.getLogger("assistant.x").info(
        "took 12345 ms, id 0190b3a5-7c1e-7000-8000-123456789abc, at 1.123456789012"
    )
    line = only_line(stream)
    assert line["event"] == "took 12345 ms, id 0190b3a5-7c1e-7000-8000-123456789abc, at 1.123456789012"


def test_registered_secrets_are_masked_everywhere(stream: io.StringIO) -> None:
    logs.redactor.register(["correct horse", "correct horse battery", "abc"])
    logging.getLogger("assistant.x").error(
        "refused correct horse battery", extra={"url": "https://h/?q=correct horse", "n": ["abc"]}
    )
    text = stream.getvalue()
    assert "correct horse" not in text
    assert "battery" not in text
    assert "abc" in text, "a secret of three letters would mask half the language"
    json.loads(text)


def test_arguments_and_fields_are_masked_like_the_message(stream: io.StringIO) -> None:
    logging.getLogger("assistant.x").info(
        "to %s", "+351912345678", extra={"peer": "+5511987654321", "auth": "Bearer abcdef"}
    )
    text = stream.getvalue()
    assert not any(secret in text for secret in ("912345678", "987654321", "abcdef"))


def test_an_exception_shows_where_and_not_what(stream: io.StringIO) -> None:
    try:
        raise ValueError("my diagnosis is confidential")
    except ValueError:
        logging.getLogger("assistant.x").exception("turn failed")
    line = only_line(stream)
    assert "diagnosis" not in stream.getvalue()
    assert line["error"] == "ValueError"
    assert any("test_logs.py" in frame for frame in line["trace"])


def test_a_message_with_line_breaks_stays_one_line(stream: io.StringIO) -> None:
    logging.getLogger("assistant.x").info("a\nb\u2028c", extra={"field": "d\ne"})
    assert len(stream.getvalue().split("\n")) == 2


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore", "aiohttp.access", "sqlalchemy.engine", "markdown_it", "a.new.one"]
)
def test_libraries_say_nothing_below_a_warning(stream: io.StringIO, name: str) -> None:
    """At DEBUG and INFO they print addresses with tokens, and what people wrote."""
    logging.getLogger(name).info("GET https://h/bot%s/getMe", BOT_TOKEN)
    logging.getLogger(name).debug("my diagnosis is confidential")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("something is wrong")
    assert only_line(stream)["event"] == "something is wrong"


class Broken(io.StringIO):
    """A full disk, or a pipe whose reader left."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_is_no_trouble_and_shows_nothing_elsewhere(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.setup("DEBUG", Broken())
    logging.getLogger("assistant.x").error("to %s", "+351912345678")
    assert capsys.readouterr() == ("", "")


def test_a_record_that_cannot_be_made_is_told_without_its_words(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.setup("DEBUG", stream)  # pytest's own handler, which raises, is not in its way
    logging.getLogger("assistant.x").error("%d words", "my diagnosis")
    assert only_line(stream)["event"] == "a record could not be written"
    assert "diagnosis" not in stream.getvalue()
    assert capsys.readouterr() == ("", "")


async def test_what_fails_in_the_background_is_told_by_place_and_not_by_its_words(
    stream: io.StringIO,
) -> None:
    async def failing() -> None:
        raise ValueError("my diagnosis is confidential")

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.loop_failed)
    try:
        task = asyncio.create_task(failing())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()
    finally:
        loop.set_exception_handler(None)
    line = only_line(stream)
    assert (line["event"], line["error"]) == ("something failed in the background", "ValueError")
    assert "diagnosis" not in stream.getvalue() and any("test_logs.py" in frame for frame in line["trace"])
