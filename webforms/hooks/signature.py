"""Standard Webhooks: is this delivery from the sender it names, and of this moment?"""

import base64
import binascii
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from hotline.errors import HotlineError
from hotline.rules.standard_webhooks import VERSION

TOLERANCE: Final = timedelta(minutes=5)  # both ways: clocks differ, copies grow old
MARK: Final = b"webhook-"
HEADERS: Final = (b"webhook-id", b"webhook-timestamp", b"webhook-signature")
LONGEST_ID: Final = 128
MOST_SIGNATURES: Final = 8  # several during a change-over; more is somebody trying
LONGEST_TIMESTAMP: Final = 12


class NotSigned(HotlineError):
    """401: not signed by this sender, or not now. `key` names the wording, `field` the header."""

    def __init__(self, field: str, key: str) -> None:
        super().__init__(f"{field}: {key}")
        self.field = field
        self.key = key


@dataclass(frozen=True, slots=True)
class Signed:
    """The three headers of a delivery."""

    id: str
    timestamp: str
    signatures: str


def signed(headers: Iterable[tuple[bytes, bytes]]) -> Signed:
    """The headers as sent. NotSigned when one is missing."""
    sent = {name: value.decode("latin-1") for name, value in headers if name.startswith(MARK)}
    found = [sent.get(name, "") for name in HEADERS]
    if "" in found:
        raise NotSigned(HEADERS[found.index("")].decode(), "signature.missing")
    if len(found[0]) > LONGEST_ID or not (found[0].isascii() and found[0].isprintable()):
        raise NotSigned("webhook-id", "signature.bad_id")
    return Signed(*found)


def check(said: Signed, body: bytes, secrets: tuple[bytes, ...], now: datetime) -> None:
    """NotSigned unless one of the signatures is made of exactly this with one of the secrets."""
    _check_time(said.timestamp, now)
    message = b"%s.%s." % (said.id.encode(), said.timestamp.encode()) + body
    wanted = [hmac.digest(secret, message, sha256) for secret in secrets]
    given = _given(said.signatures)
    # every pair is compared, so that the time taken tells nothing
    if not any([hmac.compare_digest(one, other) for one in wanted for other in given]):  # noqa: C419
        raise NotSigned("webhook-signature", "signature.wrong")


def _check_time(timestamp: str, now: datetime) -> None:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_TIMESTAMP):
        raise NotSigned("webhook-timestamp", "signature.bad_time")
    age = now.astimezone(UTC).timestamp() - int(timestamp)
    if abs(age) > TOLERANCE.total_seconds():
        raise NotSigned("webhook-timestamp", "signature.stale")


def _given(signatures: str) -> list[bytes]:
    return [
        mac
        for one in signatures.split(" ")[:MOST_SIGNATURES]
        if one.startswith(f"{VERSION},") and (mac := _decoded(one.partition(",")[2]))
    ]


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
