"""慢速: in a flood a report waits its turn or brings a small sum; it is kept either way."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.rules.work import bits_for, is_proved
from hotline.steps.flood import Flood, Sender, flood_of, slot
from webforms import cookies
from webforms.citizen.answers import Answers
from webforms.submissions import Form
from webforms.visit import address, current

TRAP: Final = "website"  # 蜜罐: a field that no person sees
TICKET: Final = 2 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Turn:
    """When this report may go, and the sum that lets it go at once."""

    ticket: str
    challenge: str
    bits: int
    seconds: int


def sender_of(tenant_id: str, answers: Answers) -> Sender:
    """Whoever is at the form, as a flood would know them."""
    phone = "" if answers.secrecy == "anonymous" else answers.phone
    return Sender(tenant_id, address(), phone, answers.text)


def turn_of(form: Form, sender: Sender, draft: UUID) -> Turn | None:
    """None: it goes now, as on every usual day."""
    now = current().now
    flood = flood_of(sender, now) or (_trapped(now) if form.raw(TRAP) else None)
    if flood is None:
        return None
    held = cookies.unsealed(form.raw("ticket"), seconds=TICKET)
    if held.get("draft") != str(draft):
        drawn = _drawn(flood, draft, now)
        return _turn(cookies.sealed(drawn), drawn, now)
    if now.timestamp() >= float(held["at"]):
        return None
    if is_proved(held["challenge"], form.raw("work"), int(held["bits"])):
        return None
    return _turn(form.raw("ticket"), held, now)


def _trapped(now: datetime) -> Flood:
    return Flood(now + timedelta(seconds=1), 1, 1, now)


def _drawn(flood: Flood, draft: UUID, now: datetime) -> dict[str, str]:
    return {
        "draft": str(draft),
        "at": str(slot(flood, now).timestamp()),
        "challenge": secrets.token_hex(8),
        "bits": str(bits_for(flood.count, flood.most)),
    }


def _turn(ticket: str, held: dict[str, str], now: datetime) -> Turn:
    left = int(float(held["at"]) - now.timestamp()) + 1
    return Turn(ticket, held["challenge"], int(held["bits"]), left)
