"""Errors as the Bot API words them."""

from __future__ import annotations

from http import HTTPStatus

from .faults import ApiFailure
from .payloads import Json


class ApiError(Exception):
    """An error as the Bot API words it."""

    def __init__(self, code: int, description: str, *, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters is not None:
            self.body["parameters"] = parameters


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def told(failure: ApiFailure) -> ApiError:
    """The error a fault knob asks for."""
    if failure.retry_after is not None or failure.status == 429:
        wait = failure.retry_after or 1
        description = failure.message or f"Too Many Requests: retry after {wait}"
        return ApiError(failure.status, description, parameters={"retry_after": wait})
    usual = {401: "Unauthorized", 403: "Forbidden: bot was blocked by the user"}
    description = failure.message or usual.get(failure.status) or HTTPStatus(failure.status).phrase
    return ApiError(failure.status, description)
