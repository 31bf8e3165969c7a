"""Which way a message goes, and what became of it."""

from datetime import datetime
from pathlib import Path
from typing import Final

from hotline.policy.compose import brief, compose
from hotline.rules.masking import MOBILE
from hotline.rules.message import (
    DEPARTMENT,
    DUTY,
    MAIL,
    NOTICE,
    PARTNER,
    SHORT,
    WECHAT,
    Failed,
    Later,
    Outcome,
    Outgoing,
    Sent,
    Turned,
    Unreachable,
)
from hotline.rules.quiet import quiet_until
from hotline.settings import Settings
from notifications.channels import console, notice, partner, sms, smtp, wechat
from notifications.gateways import ProfileError, gateways
from notifications.wechat_api import Api
from notifications.wechat_templates import Approved, TemplatesError, templates

PATIENCE: Final = 6  # tries of one way, over half an hour, before another one is taken
AT_THE_DESK: Final = frozenset({DEPARTMENT, DUTY})


async def deliver(
    outgoing: Outgoing, settings: Settings, now: datetime, tokens: wechat.Tokens | None = None
) -> Outcome:
    """Word it and hand it over by the first way that is open; one way a try.

    Sent means that the next station took it, not that it was read. Who left two addresses is
    written to by the second when the first will never take it, or does not for a long time.
    """
    if outgoing.recipient == PARTNER:
        return await partner.send(outgoing, now, settings.outgoing_within)
    way, *others = [*ways(outgoing, settings), ""]
    outcome = await _by(way, outgoing, settings, now, tokens)
    if isinstance(outcome, Failed) and any(others) and _leads_nowhere(outcome, outgoing):
        return Turned(outcome.error, way)
    return outcome


def _leads_nowhere(failed: Failed, outgoing: Outgoing) -> bool:
    return failed.permanent or outgoing.attempts >= PATIENCE


def ways(outgoing: Outgoing, settings: Settings) -> list[str]:
    """The ways that are open: by which the person came, then the quieter ones first.

    A mail lights up no screen. What a person chose goes before everything.
    """
    is_open = {
        WECHAT: _approved(outgoing, settings) is not None,
        MAIL: bool(outgoing.email),
        SHORT: bool(settings.sms_gateways and MOBILE.fullmatch(outgoing.phone)),
        NOTICE: outgoing.recipient in AT_THE_DESK,
    }
    found = [way for way, it_is in is_open.items() if it_is and way not in outgoing.tried]
    return sorted(found, key=lambda way: way != outgoing.way)


def lane(outgoing: Outgoing, settings: Settings) -> str:
    """Whom a try has to wait for: what goes another way never does."""
    if outgoing.recipient == PARTNER:
        return f"{PARTNER}:{outgoing.partner}"
    return next(iter(ways(outgoing, settings)), "")


async def _by(
    way: str,
    outgoing: Outgoing,
    settings: Settings,
    now: datetime,
    tokens: wechat.Tokens | None,
) -> Outcome:
    match way:
        case "wechat":
            return await _by_wechat(outgoing, settings, tokens)
        case "mail":
            return await _by_mail(outgoing, settings)
        case "short":
            return await _short(outgoing, settings, now)
        case "notice":
            return notice.show(outgoing)
    return _no_way(outgoing)


async def _by_wechat(
    outgoing: Outgoing, settings: Settings, tokens: wechat.Tokens | None
) -> Outcome:
    approved = _approved(outgoing, settings)
    if approved is None or tokens is None:
        return Failed("wechat.no_template", permanent=True)
    api = Api(settings.wechat_api, settings.outgoing_within)
    return await wechat.send(outgoing, brief(outgoing), approved, api, tokens)


def _approved(outgoing: Outgoing, settings: Settings) -> Approved | None:
    """The account's template for this message; None without one, or while the file is broken."""
    if not (outgoing.openid and outgoing.account and settings.wechat_templates):
        return None
    try:
        known = templates(Path(settings.wechat_templates))
    except TemplatesError:
        return None
    return known.get((outgoing.account, outgoing.template))


async def _by_mail(outgoing: Outgoing, settings: Settings) -> Outcome:
    letter = compose(outgoing)
    if not settings.smtp_url:
        console.show(outgoing)
        return Sent(console.ROUTE, letter.version)
    return await smtp.send(outgoing, letter, smtp.server(settings))


async def _short(outgoing: Outgoing, settings: Settings, now: datetime) -> Outcome:
    until = quiet_until(now, settings.quiet_hours)
    if until and outgoing.recipient != DUTY:  # an emergency wakes whoever is on duty
        return Later(until)
    try:
        known = gateways(Path(settings.sms_gateways))
    except ProfileError:  # the operator mends the file, and what waits goes out
        return Failed("sms.profile", permanent=False)
    return await sms.send(outgoing, brief(outgoing), known, now, settings.outgoing_within)


def _no_way(outgoing: Outgoing) -> Outcome:
    """Without an address the message stays where it shows anyway: the progress page."""
    has_number = bool(outgoing.phone or outgoing.openid)
    return Unreachable("no.channel" if has_number else "no.contact")
