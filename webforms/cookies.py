"""Cookies: their names, their signing and how they are set. None is needed to read public pages."""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from starlette.responses import Response

from hotline.settings import keys
from webforms.signed import opened, signed

VISITOR: Final = "visitor"  # a random id, signed: form tokens hang on it
STAFF: Final = "staff"  # the token of a staff session
DRAFT: Final = "draft"  # the token of a sealed draft
PROGRESS: Final = "progress"  # number and code of the report being looked at, sealed
CLAIM: Final = "claim"  # whoever proved to be a reporter, for the time of a claim; sealed
LANGUAGE: Final = "language"
ELDER: Final = "elder"

PLAIN: Final = re.compile(r"[\w.=-]*", re.ASCII)  # all that our own values are made of
YEAR: Final = 365 * 24 * 3600
PURPOSE: Final = b"visitor"


def fresh_token() -> str:
    """A random token (256 bits)."""
    return secrets.token_urlsafe(32)


def signed_visitor(visitor: str) -> str:
    """The visitor cookie's value."""
    return signed(PURPOSE, visitor)


def opened_visitor(cookie: str) -> str:
    """The visitor's id, or "" if the cookie is missing, not ours, or of years ago."""
    return opened(PURPOSE, cookie, seconds=YEAR)


def sealed(values: Mapping[str, str]) -> str:
    """Values that only this service can read back."""
    return _vault().encrypt(json.dumps(dict(values)).encode()).decode()


def unsealed(cookie: str, *, seconds: int) -> dict[str, str]:
    """The values of a sealed cookie; empty if it is missing, foreign or older than `seconds`."""
    try:
        found = json.loads(_vault().decrypt(cookie.encode(), ttl=seconds))
    except (InvalidToken, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()}


def put(response: Response, name: str, value: str, *, seconds: int, secure: bool) -> None:
    """Set a cookie: out of reach of scripts, not sent from other sites."""
    if not PLAIN.fullmatch(value):
        raise ValueError(name)
    said = f"{name}={value}; HttpOnly; Max-Age={seconds}; Path=/; SameSite=lax"
    whole = f"{said}; Secure" if secure else said
    response.raw_headers.append((b"set-cookie", whole.encode("latin-1")))


def drop(response: Response, name: str) -> None:
    """Forget a cookie."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax")


def _vault() -> Fernet:
    derived = hashlib.blake2b(b"sealed cookie", key=keys().web, digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
