"""Which way a message goes, and what became of it."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final

from hotline.rules.message import (
    DEPARTMENT,
    Failed,
    Later,
    Outcome,
    Outgoing,
    Sent,
    Unreachable,
)
from hotline.rules.quiet import quiet_until
from hotline.settings import Settings
from notifications.channels import console, sms, smtp
from notifications.compose import brief, compose
from notifications.gateways import ProfileError, gateways

MAIL: Final = "mail"
SHORT: Final = "short"
MOBILE: Final = re.compile(r"1[3-9]\d{9}")  # a landline takes no short message


async def deliver(outgoing: Outgoing, settings: Settings, now: datetime) -> Outcome:
    """Word it and hand it over. Sent means that the next station took it, not that it was read.

    Who left two addresses is written to by the second when the first will never take it.
    """
    ways = _ways(outgoing, settings)
    if not ways:
        return _no_way(outgoing, settings)
    outcome: Outcome = Unreachable("no.channel")
    for way in ways:
        outcome = await _by(way, outgoing, settings, now)
        if not (isinstance(outcome, Failed) and outcome.permanent):
            return outcome
    return outcome


def _ways(outgoing: Outgoing, settings: Settings) -> list[str]:
    """The ways that are open, the quieter one first: a mail lights up no screen."""
    open_ways = []
    if outgoing.email:
        open_ways.append(MAIL)
    if settings.sms_gateways and MOBILE.fullmatch(outgoing.phone):
        open_ways.append(SHORT)
    return open_ways


async def _by(way: str, outgoing: Outgoing, settings: Settings, now: datetime) -> Outcome:
    if way == SHORT:
        return await _short(outgoing, settings, now)
    letter = compose(outgoing)
    if not settings.smtp_url:
        console.show(outgoing)
        return Sent(console.ROUTE, letter.version)
    return await smtp.send(outgoing, letter, smtp.server(settings))


async def _short(outgoing: Outgoing, settings: Settings, now: datetime) -> Outcome:
    if until := quiet_until(now, settings.quiet_hours):
        return Later(until)
    try:
        known = gateways(Path(settings.sms_gateways))
    except ProfileError:  # the operator mends the file, and what waits goes out
        return Failed("sms.profile", permanent=False)
    return await sms.send(outgoing, brief(outgoing), known, now)


def _no_way(outgoing: Outgoing, settings: Settings) -> Outcome:
    """Without an address the message stays where it shows anyway: progress page or desk."""
    if outgoing.recipient == DEPARTMENT:
        if settings.smtp_url:
            return Unreachable("no.address")
        console.show(outgoing)
        return Sent(console.ROUTE, compose(outgoing).version)
    has_number = bool(outgoing.phone or outgoing.has_openid)
    return Unreachable("no.channel" if has_number else "no.contact")
