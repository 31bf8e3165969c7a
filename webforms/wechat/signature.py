"""签名: is this request from the platform, and of this moment? SHA-1 is the platform's choice.

In plain mode the signature does not cover the body: it is good for one message alone, which the
step that stores it checks (a nonce seen before with another message is refused).
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from hotline.errors import HotlineError

TOLERANCE: Final = timedelta(minutes=5)
LONGEST: Final = 128
LONGEST_TIMESTAMP: Final = 12


class NotSigned(HotlineError):
    """401: not signed with this account's token, or not now. `key` names the wording."""

    def __init__(self, field: str, key: str) -> None:
        super().__init__(f"{field}: {key}")
        self.field = field
        self.key = key


def signature(token: str, *parts: str) -> str:
    """Of the parts in order."""
    said = "".join(sorted((token, *parts)))
    return hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()


def check(query: Mapping[str, str], token: str, now: datetime, encrypted: str = "") -> None:
    """NotSigned unless made with the token, over the encrypted body too where there is one."""
    name = "msg_signature" if encrypted else "signature"
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    given = query.get(name, "")
    if not (timestamp and nonce and given) or len(nonce) > LONGEST:
        raise NotSigned(name, "signature.missing")
    parts = (timestamp, nonce, encrypted) if encrypted else (timestamp, nonce)
    if not hmac.compare_digest(signature(token, *parts).encode(), given.encode()):
        raise NotSigned(name, "signature.wrong")
    _check_time(timestamp, now)


def _check_time(timestamp: str, now: datetime) -> None:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_TIMESTAMP):
        raise NotSigned("timestamp", "signature.bad_time")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise NotSigned("timestamp", "signature.stale")
