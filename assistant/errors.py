"""Every error this system raises, as one closed tree that says what happens next.

AssistantError
├ SettingsError                 names the key; exit 2
├ WebhookError: BadSignature 403 · BadPayload 200, kept · UnknownAccount 404 · TooLarge 413 · TooBusy 503 ↻
├ SendError: Throttled ↻ · Unavailable ↻ · Uncertain (settle first) · Rejected · WindowClosed · RecipientGone
│            · Misconfigured (channel pauses, staff are told)
├ EngineError: Overloaded ↻ · ContextTooLong · EngineDead ↻ · Cancelled · ModelUnusable (exit 2)
├ PaintError: PainterDead ↻ · PaintRefused
├ ToolError: ToolTimeout · ToolRefused
└ StoreError: NotFound · Conflict ↻ (Collision) · StoreUnavailable 503 ↻

A message may name a key, a code, a size or a file. It never holds what a person wrote, a number or a token.
"""

from __future__ import annotations

from typing import ClassVar


class AssistantError(Exception):
    """Base of the tree. `retryable`: trying again later may help. `staff`: the sentence staff read."""

    retryable: ClassVar[bool] = False
    http_status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    staff: ClassVar[str] = "Something went wrong inside the assistant; the log names the place."


class SettingsError(AssistantError):
    """A setting is missing or wrong. The message names the key and what to do."""

    code = "settings"
    staff = "A setting is missing or wrong."


# --- webhooks --------------------------------------------------------------------------------------------


class WebhookError(AssistantError):
    code = "webhook"


class BadSignature(WebhookError):
    http_status = 403
    code = "bad_signature"
    staff = "A webhook came without a valid signature and was refused."


class BadPayload(WebhookError):
    """Correctly signed, but not readable: kept raw, answered 200 so that the platform does not repeat it for days."""

    http_status = 200
    code = "bad_payload"
    staff = "A webhook could not be read; it is kept as it came."


class UnknownAccount(WebhookError):
    http_status = 404
    code = "unknown_account"
    staff = "A webhook came for a channel or account that is not configured here."


class TooLarge(WebhookError):
    http_status = 413
    code = "too_large"
    staff = "A webhook was larger than the limit and was refused."


class TooBusy(WebhookError):
    """More is asked than can be answered: only messages of conversations we know are taken."""

    retryable = True
    http_status = 503
    code = "too_busy"
    staff = "Messages of new people are refused for now; platforms keep them and send them again."


# --- sending ---------------------------------------------------------------------------------------------


class SendError(AssistantError):
    """A platform did not take a message. `vendor_code` is its code, for staff."""

    code = "send"

    def __init__(self, message: str = "", *, vendor_code: str | None = None) -> None:
        super().__init__(message or type(self).staff)
        self.vendor_code = vendor_code


class Throttled(SendError):
    """The platform asks us to slow down. `retry_after` in seconds, None when it did not say.

    `account_wide`: all sends of the account wait, not only this conversation's.
    """

    retryable = True
    code = "throttled"
    staff = "The platform asked us to slow down; the message waits and is sent again."

    def __init__(
        self,
        message: str = "",
        *,
        retry_after: float | None = None,
        account_wide: bool = False,
        vendor_code: str | None = None,
    ) -> None:
        super().__init__(message, vendor_code=vendor_code)
        self.retry_after = retry_after
        self.account_wide = account_wide


class Unavailable(SendError):
    """Certainly not delivered: never reached the platform, or it said that it did not take it."""

    retryable = True
    code = "unavailable"
    staff = "The platform could not be reached; the message is sent again."


class Uncertain(SendError):
    """Maybe delivered: the request left, no clear answer came. Settled by an echo or status before any resend."""

    code = "uncertain"
    staff = "The platform gave no clear answer; the message may have been delivered."


class Rejected(SendError):
    code = "rejected"
    staff = "The platform refused this message; sending it again would not help."


class WindowClosed(SendError):
    code = "window_closed"
    staff = "The platform's reply window has closed; the person has to write first, or a template is needed."


class RecipientGone(SendError):
    code = "recipient_gone"
    staff = "The person cannot be reached: blocked us, left, or no longer exists there."


class Misconfigured(SendError):
    code = "misconfigured"
    staff = "The platform refuses our account or token; the channel is paused until the settings are mended."


# --- engine ----------------------------------------------------------------------------------------------


class EngineError(AssistantError):
    code = "engine"
    staff = "The model could not answer."


class Overloaded(EngineError):
    retryable = True
    http_status = 503
    code = "overloaded"
    staff = "The model is busy; the turn waits."

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message or type(self).staff)
        self.retry_after = retry_after


class ContextTooLong(EngineError):
    """The prompt does not fit; `tokens` and `limit` say by how much."""

    code = "context_too_long"
    staff = "The conversation does not fit into the model's context."

    def __init__(self, *, tokens: int, limit: int) -> None:
        super().__init__(f"the prompt has {tokens} tokens, the model takes {limit}")
        self.tokens = tokens
        self.limit = limit


class EngineDead(EngineError):
    retryable = True
    http_status = 503
    code = "engine_dead"
    staff = "The model's process stopped; it is restarted and the turn runs again."


class Cancelled(EngineError):
    code = "cancelled"
    staff = "The answer was stopped."


class ModelUnusable(EngineError):
    """The model cannot run here: missing, not a chat model, or too large. One sentence with the sizes; exit 2."""

    code = "model_unusable"
    staff = "The model cannot be loaded on this machine."


# --- pictures --------------------------------------------------------------------------------------------


class PaintError(AssistantError):
    """No picture was drawn; `staff` is what the person at the page reads."""

    code = "paint"
    staff = "The picture could not be drawn."


class PainterDead(PaintError):
    retryable = True
    http_status = 503
    code = "painter_dead"
    staff = "No pictures can be drawn right now: the image engine does not answer. Try again in a moment."


class PaintRefused(PaintError):
    code = "paint_refused"
    staff = "The image engine would not draw this. Try other words."


# --- tools -----------------------------------------------------------------------------------------------


class ToolError(AssistantError):
    """A tool failed; the text goes to the model, so it says what is wrong with the request."""

    code = "tool"


class ToolTimeout(ToolError):
    code = "tool_timeout"


class ToolRefused(ToolError):
    code = "tool_refused"


# --- store -----------------------------------------------------------------------------------------------


class StoreError(AssistantError):
    code = "store"


class NotFound(StoreError):
    http_status = 404
    code = "not_found"
    staff = "There is no such thing here (any more)."


class Conflict(StoreError):
    """Somebody else changed it first; for a turn: the lease was lost and nothing was written."""

    retryable = True
    http_status = 409
    code = "conflict"
    staff = "Somebody else changed this first; reload and try again."


class Collision(Conflict):
    """The database ended one of two transactions that met; the same one, run again, succeeds."""

    code = "collision"


class StoreUnavailable(StoreError):
    retryable = True
    http_status = 503
    code = "store_unavailable"
    staff = "The database is not reachable; platforms keep their messages and send them again."
