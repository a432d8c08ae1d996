"""Errors as the Graph API words them: code, subcode, type and trace id in a body of the real shape."""

from __future__ import annotations

import secrets

from aiohttp import web

from .faults import ApiFailure
from .payloads import Json


class GraphError(Exception):
    """An error as Graph words it. `details` is WhatsApp's sentence in error_data."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        subcode: int | None = None,
        details: str | None = None,
        kind: str = "OAuthException",
        transient: bool = False,
    ) -> None:
        super().__init__(message)
        error: Json = {"message": message, "type": kind, "code": code}
        if subcode is not None:
            error["error_subcode"] = subcode
        if details is not None:
            error["error_data"] = {"messaging_product": "whatsapp", "details": details}
        if transient:
            error["is_transient"] = True
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        self.status = status
        self.body: Json = {"error": error}


def refusal(error: GraphError) -> web.Response:
    response = web.json_response(error.body, status=error.status)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = (
            'OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token"'
        )
    return response


def bad_token() -> GraphError:
    return GraphError(401, 190, "Invalid OAuth access token - Cannot parse access token")


def expired_token() -> GraphError:
    said = "Error validating access token: Session has expired on Sunday, 22-Nov-26 00:00:00 PST."
    return GraphError(401, 190, said, subcode=463)


def no_object(method: str, node: str) -> GraphError:
    return GraphError(
        400,
        100,
        f"Unsupported {method.lower()} request. Object with ID '{node}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation",
        subcode=33,
        kind="GraphMethodException",
    )


def whatsapp_error(code: int, message: str, details: str, *, status: int = 400) -> GraphError:
    return GraphError(status, code, f"(#{code}) {message}", details=details)


def told(failure: ApiFailure, *, throughput: int) -> GraphError:
    """The error a fault knob asks for; `throughput` is the platform's code for going too fast."""
    usual = {
        401: (190, "Invalid OAuth access token - Cannot parse access token"),
        403: (10, "(#10) Application does not have permission for this action"),
        429: (throughput, f"(#{throughput}) Rate limit hit"),
    }
    fallback = (2, "An unexpected error has occurred. Please retry your request later.")
    code, message = usual.get(
        failure.status, (100, "(#100) Invalid parameter") if failure.status < 500 else fallback
    )
    if failure.code is not None:
        code, message = failure.code, f"(#{failure.code}) Told to fail by the sandbox"
    return GraphError(
        failure.status,
        code,
        failure.message or message,
        subcode=failure.subcode,
        details=failure.message,
        transient=failure.status >= 500,
    )
