"""Standard Webhooks: the headers a sender puts on what it sends."""

import base64
import hmac
from datetime import datetime
from hashlib import sha256
from typing import Final

VERSION: Final = "v1"


def sign(said_id: str, body: bytes, secret: bytes, now: datetime) -> dict[str, str]:
    """The headers a sender puts on a delivery."""
    timestamp = str(int(now.timestamp()))
    message = f"{said_id}.{timestamp}.".encode() + body
    mac = base64.b64encode(hmac.digest(secret, message, sha256)).decode()
    return {
        "webhook-id": said_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"{VERSION},{mac}",
    }
