"""Codes of the second factor: secrets, the picture an app scans, which time step a code belongs to, recovery codes."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final

import pyotp
import segno

ISSUER = "Assistant"
STEP_SECONDS = 30
DRIFT = 1
"""Steps that a phone's clock may be off, either way."""
DIGITS = 6
SECRET_LENGTH = 32
RECOVERY_CODES = 10
_RECOVERY_BYTES = 10
_ALPHABET: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def new_secret() -> str:
    """160 bits as an authenticator app takes them."""
    return pyotp.random_base32(SECRET_LENGTH)


def is_secret(text: str) -> bool:
    """Whether `new_secret` could have made this."""
    return len(text) == SECRET_LENGTH and _ALPHABET.issuperset(text)


def uri(secret: str, email: str) -> str:
    """What the picture says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture(secret: str, email: str) -> str:
    """A QR code as a data: address for an <img>; black on white in the dark too, as cameras want it."""
    return segno.make(uri(secret, email), error="m").svg_data_uri(
        scale=5, border=4, dark="#000", light="#fff"
    )


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, None when it is no code of this moment."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    here = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step), code):
            found = step
    return found


def digits(text: str) -> str:
    """What was typed, without the space that apps show in the middle."""
    return "".join(text.split())


def recovery_codes() -> list[str]:
    """80 bits each, in groups of four."""
    made = [
        base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)
    ]
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in made]


def plain(code: str) -> str:
    """A recovery code as it is hashed, however it was typed."""
    return "".join(character for character in code.lower() if character.isalnum())
