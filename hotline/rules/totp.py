"""两步验证: one-time codes by RFC 6238 (HOTP over SHA-1, six digits, thirty seconds)."""

import base64
import hmac
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

DIGITS: Final = 6
EVERY: Final = 30  # seconds
DRIFT: Final = 1  # steps a telephone's clock may be before or behind


def step_of(now: datetime) -> int:
    """Which thirty seconds since 1970 it is."""
    return int(now.timestamp()) // EVERY


def code_at(secret: bytes, step: int) -> str:
    """The code of one step (RFC 4226, 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_that_fits(secret: bytes, typed: str, now: datetime, after: int) -> int | None:
    """The step whose code was typed, later than the one used last; None when none fits."""
    at = step_of(now)
    fitting = (
        step
        for step in range(at - DRIFT, at + DRIFT + 1)
        if step > after and hmac.compare_digest(code_at(secret, step), typed)
    )
    return next(fitting, None)


def plain_code(typed: str) -> str:
    """As typed from a telephone's screen: without the spaces in it; "" when it is no code."""
    digits = "".join(typed.split())
    return digits if digits.isascii() and digits.isdigit() and len(digits) == DIGITS else ""


def as_text(secret: bytes) -> str:
    """Base32 in groups of four, to be typed by hand."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address(secret: bytes, issuer: str, login: str) -> str:
    """What an authenticator reads from the picture."""
    asked = {"secret": as_text(secret).replace(" ", ""), "issuer": issuer, "digits": DIGITS}
    return f"otpauth://totp/{quote(f'{issuer}:{login}')}?{urlencode(asked)}"
