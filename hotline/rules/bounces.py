"""退信: a delivery status notification (RFC 3464) read for what it says of one of our mails."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from typing import Final

REFERENCE: Final = re.compile(r"<([0-9a-f]{16,128})@[^<>\s]+>")
STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
LONGEST: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of the mail of a reference."""

    reference: str
    status: str  # 5.1.1
    permanent: bool


def bounce(raw: bytes) -> Bounce | None:
    """None for what is no notification, or none of ours."""
    mail = message_from_bytes(raw[:LONGEST], policy=default)
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(mail.walk())
    reference = next(filter(None, map(_reference, parts)), "")
    status, failed = _status(parts)
    if not (reference and status):
        return None
    return Bounce(reference, status, failed and status.startswith("5"))


def _reference(part: Message) -> str:
    """From the headers of the mail that came back; never from the notification's own."""
    headers = part.get_payload(decode=True)
    whole = part.get_payload()
    returned: object = None
    if part.get_content_type() == "text/rfc822-headers" and isinstance(headers, bytes):
        returned = message_from_bytes(headers, policy=default)
    elif part.get_content_type() == "message/rfc822" and isinstance(whole, list):
        returned = whole[0]
    if not isinstance(returned, Message):
        return ""
    found = REFERENCE.search(str(returned.get("Message-ID", "")))
    return found[1] if found else ""


def _status(parts: Sequence[Message]) -> tuple[str, bool]:
    """The worst status of a recipient, and whether it is final."""
    said = [
        (found[0], str(block.get("Action", "")).strip().lower() == "failed")
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in _blocks(part)
        if (found := STATUS.search(str(block.get("Status", ""))))
    ]
    return max(said, default=("", False))


def _blocks(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (one for one in payload if isinstance(one, EmailMessage | Message))
