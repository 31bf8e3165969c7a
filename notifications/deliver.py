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
from notifications.channels import console, sms, smtp, wechat
from notifications.compose import brief, compose
from notifications.gateways import ProfileError, gateways
from notifications.wechat_api import Api
from notifications.wechat_templates import Approved, TemplatesError, templates

MAIL: Final = "mail"
SHORT: Final = "short"
MOBILE: Final = re.compile(r"1[3-9]\d{9}")  # a landline takes no short message


async def deliver(
    outgoing: Outgoing, settings: Settings, now: datetime, tokens: wechat.Tokens | None = None
) -> Outcome:
    """Word it and hand it over. Sent means that the next station took it, not that it was read.

    Who left two addresses is written to by the second when the first will never take it. Who came
    by WeChat is answered there first; `tokens` opens that way.
    """
    outcome: Outcome | None = None
    if tokens and (approved := _approved(outgoing, settings)):
        api = Api(settings.wechat_api, settings.outgoing_within)
        outcome = await wechat.send(outgoing, brief(outgoing), approved, api, tokens)
        if not _is_over(outcome):
            return outcome
    for way in _ways(outgoing, settings):
        outcome = await _by(way, outgoing, settings, now)
        if not _is_over(outcome):
            return outcome
    return outcome or _no_way(outgoing, settings)


def _is_over(outcome: Outcome) -> bool:
    """This way will never lead there; another may."""
    return isinstance(outcome, Failed) and outcome.permanent


def _approved(outgoing: Outgoing, settings: Settings) -> Approved | None:
    """The account's template for this message; None without one, or while the file is broken."""
    if not (outgoing.openid and outgoing.account and settings.wechat_templates):
        return None
    try:
        known = templates(Path(settings.wechat_templates))
    except TemplatesError:
        return None
    return known.get((outgoing.account, outgoing.template))


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
    return await sms.send(outgoing, brief(outgoing), known, now, settings.outgoing_within)


def _no_way(outgoing: Outgoing, settings: Settings) -> Outcome:
    """Without an address the message stays where it shows anyway: progress page or desk."""
    if outgoing.recipient == DEPARTMENT:
        if settings.smtp_url:
            return Unreachable("no.address")
        console.show(outgoing)
        return Sent(console.ROUTE, compose(outgoing).version)
    has_number = bool(outgoing.phone or outgoing.openid)
    return Unreachable("no.channel" if has_number else "no.contact")
