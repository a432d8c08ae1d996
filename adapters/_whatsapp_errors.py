"""What WhatsApp's error codes mean for a message: the table of the Cloud API."""

from __future__ import annotations

from assistant.errors import (
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Unavailable,
    WindowClosed,
)

from . import _graph

PAIR_RATE = 131056

# 2026-11-24, https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
CODES: dict[int, type[SendError]] = {
    1: Unavailable,
    2: Unavailable,
    130429: Throttled,  # throughput of the number
    130472: Rejected,  # the person is part of a marketing experiment
    130497: Rejected,  # not to this country: one person must not pause the channel
    131000: Unavailable,
    131005: Misconfigured,
    131008: Rejected,
    131009: Rejected,
    131016: Unavailable,
    131020: Rejected,  # a group with a single member
    131021: Rejected,  # sender is recipient
    131026: RecipientGone,  # no WhatsApp, too old a client, terms not accepted, or blocked us
    131030: Rejected,  # a test number may only write to numbers on its allow-list
    131031: Misconfigured,  # account locked
    131037: Misconfigured,  # the number's display name is not approved
    131041: RecipientGone,  # no such group, or we are not in it
    131042: Misconfigured,  # billing
    131044: Misconfigured,
    131045: Misconfigured,  # number not registered
    131047: WindowClosed,
    131048: Misconfigured,  # spam restriction of the number
    131049: Rejected,
    131050: Rejected,
    131051: Rejected,
    131052: Rejected,  # Meta could not fetch what the person sent
    131053: Rejected,  # our file
    PAIR_RATE: Throttled,  # too many messages to this person
    131057: Throttled,  # maintenance, at most a minute
    131059: Rejected,
    131062: Rejected,  # this kind of message cannot go to a BSUID
    131063: Rejected,
    131064: Misconfigured,  # messaging limit after violations with templates
    131207: RecipientGone,  # the group was suspended
    131208: Throttled,  # too many group operations
    131215: Rejected,  # not eligible for groups
    133010: Misconfigured,
    135000: Unavailable,
    137000: Rejected,  # identity key mismatch
}
_ACCOUNT_WIDE = frozenset({130429, 131057})
_WAITS = {131057: 60.0}

ERRORS = _graph.Errors(
    codes=CODES,
    exact={
        (100, 33): Misconfigured
    },  # the path's object is our own number: wrong id, or a token without rights on it
    account_wide=_ACCOUNT_WIDE,
    wait_seconds=_WAITS,
)
FILE_ERRORS = _graph.Errors(  # the path's object is a file: gone after 7 days, or not ours
    codes=CODES, exact={(100, 33): Rejected}, account_wide=_ACCOUNT_WIDE, wait_seconds=_WAITS
)


class PairRate:
    """Seconds to wait for one person after "too many": 1, 4, 16, 64, 256, as Meta advises; a success forgets them. 2026-11-24,
    https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
    """

    LONGEST = 4  # 4 ** 4 seconds
    KEPT = 10_000

    def __init__(self) -> None:
        self._refused: dict[str, int] = {}

    def refused(self, key: str, error: Throttled) -> Throttled:
        """The same error with the seconds to wait for this conversation."""
        if error.vendor_code != str(PAIR_RATE):
            return error
        times = self._refused.pop(key, 0)
        self._refused[key] = min(times + 1, self.LONGEST)
        if len(self._refused) > self.KEPT:
            self._refused.pop(next(iter(self._refused)))
        return Throttled(str(error), retry_after=4.0**times, vendor_code=error.vendor_code)

    def passed(self, key: str) -> None:
        self._refused.pop(key, None)
