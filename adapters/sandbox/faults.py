"""What can be made to go wrong on a sandbox platform: the knobs that tests and the page turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

HOLD_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiFailure:
    """One refused send. `code` and `subcode` are Graph's; without them the platform's usual ones for `status`.

    `retry_after` in seconds is what a 429 asks for. `call` names the only call that is refused: a Bot API method, or
    messages, media, actions, comments, updates of the others; without one it is the next message.
    """

    status: int
    code: int | None = None
    subcode: int | None = None
    message: str | None = None
    retry_after: int | None = None
    call: str | None = None


@dataclass(slots=True, kw_only=True)
class Faults:
    """The state of one platform's knobs. All at rest: nothing goes wrong. Durations in seconds."""

    duplicates: int = 0
    """Extra copies of every webhook."""
    delay_seconds: float = 0.0
    """Wait before every webhook."""
    hold: int = 0
    """Keep the next so many things people do, and let them go in another order; after HOLD_SECONDS, what there is."""
    bad_signature: bool = False
    """Sign webhooks with a wrong secret."""
    drop_statuses: bool = False
    """Never send status, delivery, read or echo webhooks."""
    shuffle_statuses: bool = False
    """Report read before delivered before sent."""
    token_expired: bool = False
    """Refuse every call, as when the token was revoked."""
    hang_seconds: float = 0.0
    """Take a message, but answer the send only after this long."""
    lose_answers: int = 0
    """Take this many messages, but cut the connection instead of answering."""
    failures: deque[ApiFailure] = field(default_factory=deque)
    """What the next sends of messages are answered with; such a message is not taken. Typing is not affected."""
    random: Random = field(default_factory=lambda: Random(1))
    """Every random choice of the faults comes from here; `seed()` makes them the same again."""
    rested: Callable[[], None] = lambda: None
    """Called by `rest()`."""

    def seed(self, number: int) -> None:
        self.random = Random(number)

    def fail_next(
        self,
        status: int,
        *,
        code: int | None = None,
        subcode: int | None = None,
        message: str | None = None,
        retry_after: int | None = None,
        call: str | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the next `times` sends."""
        failure = ApiFailure(
            status=status, code=code, subcode=subcode, message=message, retry_after=retry_after, call=call
        )
        self.failures.extend([failure] * times)

    def next_failure(self, call: str = "", *, message: bool = True) -> ApiFailure | None:
        """The failure that is due for this call, taken off the list; `message`: the call sends a message."""
        for failure in self.failures:
            if failure.call == call or (failure.call is None and message):
                self.failures.remove(failure)
                return failure
        return None

    def lose_this_answer(self) -> bool:
        if self.lose_answers <= 0:
            return False
        self.lose_answers -= 1
        return True

    def rest(self) -> None:
        """Everything back to normal."""
        self.duplicates = 0
        self.delay_seconds = 0.0
        self.hold = 0
        self.bad_signature = False
        self.drop_statuses = False
        self.shuffle_statuses = False
        self.token_expired = False
        self.hang_seconds = 0.0
        self.lose_answers = 0
        self.failures.clear()
        self.rested()
