"""How every server's words of refusal are read; the wordings are as their sources and bug reports have them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.engines import refusals
from assistant.errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

TOO_LONG = {
    "vllm": (
        (
            "You passed 901 input tokens and requested 16 output tokens. However, the model's context length is only 256 "
            "tokens, resulting in a maximum input length of 240 tokens. Please reduce the length of the input prompt. "
            "(parameter=input_tokens, value=901)"
        ),
        901,
        256,
    ),
    "vllm-0.9": (
        (
            "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in the "
            "messages, 10000 in the completion). Please reduce the length of the messages or completion."
        ),
        122946,
        16384,
    ),
    "vllm-max-tokens": (
        (
            "'max_tokens' or 'max_completion_tokens' is too large: 512. This model's maximum context length is 256 tokens "
            "and your request has 100 input tokens (512 > 256 - 100)."
        ),
        257,
        256,
    ),
    "openai": (
        (
            '{"error":{"message":"This model\'s maximum context length is 128000 tokens. However, your messages resulted '
            'in 130000 tokens. Please reduce the length.","code":"context_length_exceeded"}}'
        ),
        130000,
        128000,
    ),
    "sglang": (
        "The input (61709 tokens) is longer than the model's context length (40960 tokens).",
        61709,
        40960,
    ),
    "sglang-total": (
        (
            "Requested token count exceeds the model's maximum context length of 64000 tokens. You requested a total of "
            "71897 tokens: 7897 tokens from the input messages and 64000 tokens for the completion."
        ),
        71897,
        64000,
    ),
    "llama.cpp-2025": (
        (
            '{"error":{"code":400,"message":"the request exceeds the available context size. try increasing the context '
            'size or enable context shift","type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}}'
        ),
        14429,
        8192,
    ),
    "llama.cpp": (
        "request (14429 tokens) exceeds the available context size (8192 tokens), try increasing it",
        14429,
        8192,
    ),
    "ollama": ("prompt too long; exceeded max context length by 40 tokens", 1000, 960),
    "tgi": (
        (
            '{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 1512. Given: 1600 `inputs` '
            'tokens and 1024 `max_new_tokens`","error_type":"validation"}'
        ),
        1600,
        1512,
    ),
    "tgi-inputs": (
        "Input validation error: `inputs` must have less than 1024 tokens. Given: 1872",
        1872,
        1024,
    ),
    "llama-cpp-python": ("Requested tokens (2285) exceed context window of 2048", 2285, 2048),
    "transformers": ("No requests can be scheduled and no requests can be offloaded.", 1000, 700),
    "somebody": ("the prompt is too long", 1000, 700),
}


def read(status: int, text: str, retry_after: float | None = None) -> EngineError:
    return refusals.refusal(status, text, retry_after=retry_after, context=700, estimate=1000)


@pytest.mark.parametrize("text, tokens, limit", TOO_LONG.values(), ids=TOO_LONG)
def test_a_prompt_that_does_not_fit_is_told_with_its_numbers(text: str, tokens: int, limit: int) -> None:
    error = read(400, text)
    assert isinstance(error, ContextTooLong)
    assert (error.tokens, error.limit) == (tokens, limit)
    streamed = refusals.in_stream({"message": text}, context=700, estimate=1000)
    assert isinstance(streamed, ContextTooLong)


@pytest.mark.parametrize(
    "status, text, error",
    [
        (400, "Conversation roles must alternate user/assistant", EngineError),
        (401, "", ModelUnusable),
        (404, "The model `x` does not exist", ModelUnusable),
        (404, "Not Found", EngineError),
        (408, "", EngineDead),
        (429, "Model is overloaded", Overloaded),
        (500, "secret", EngineDead),
        (502, "<html>", EngineDead),
        (503, "Loading model", Overloaded),
        (503, '{"error":"CB worker is dead and cannot accept request 1: boom"}', EngineDead),
    ],
)
def test_a_status_says_what_happens_next(status: int, text: str, error: type[EngineError]) -> None:
    found = read(status, text)
    assert type(found) is error
    assert "secret" not in str(found), "the server's words may quote the prompt"


@pytest.mark.parametrize(
    "error, kind",
    [
        ({"message": "boom", "code": 500}, EngineDead),
        ("boom", EngineDead),
        (None, EngineDead),
        ({"message": "later", "code": 429}, Overloaded),
        ({"message": "later", "code": "503"}, Overloaded),
        ({"message": "CB worker died", "code": 503}, EngineDead),
    ],
)
def test_errors_in_a_stream_are_read_alike(error: object, kind: type[EngineError]) -> None:
    assert type(refusals.in_stream(error, context=700, estimate=1000)) is kind


EVERYTHING = {"model", "messages", "stream", "max_tokens", "stop", "seed", "tools"} | refusals.EXTRAS


@pytest.mark.parametrize(
    "text, fields",
    [
        ("Unexpected fields in the request: {'top_k', 'cache_salt'}", {"top_k", "cache_salt"}),
        ("Unknown parameter: 'user'.", {"user"}),
        ("Unrecognized request argument supplied: top_k", {"top_k"}),
        ("Unsupported parameter: 'stop' is not supported with this model.", {"stop"}),
        ("You are not allowed to request logprobs from this model", {"logprobs"}),
        ("the user must stop", refusals.EXTRAS),
        ("bad request", refusals.EXTRAS),
        (
            "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            {"max_tokens"},
        ),
        (
            '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
            {"tool_choice"},
        ),
        ("registry.example/library/llama3:latest does not support tools", {"tools"}),
        ("tools param requires --jinja flag", {"tools"}),
    ],
)
def test_the_fields_that_a_server_names_are_left_out_or_all_extras(text: str, fields: set[str]) -> None:
    assert refusals.unwanted(text, EVERYTHING) == fields


def test_what_was_not_sent_is_not_left_out_again() -> None:
    bare = {"model", "messages", "stream", "max_tokens"}
    assert refusals.unwanted("bad request", bare) == set()
    assert refusals.unwanted("Unknown parameter: 'user'.", bare) == set()


@pytest.mark.parametrize(
    "value, seconds",
    [
        ("7", 7.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("Tue, 24 Nov 2026 12:00:30 -0000", 30.0),
        ("99999999", 3600.0),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert refusals.retry_after({} if value is None else {"Retry-After": value}, NOW) == seconds
