"""Which way a message goes, and what became of it."""

from hotline.rules.message import DEPARTMENT, Outcome, Outgoing, Sent, Unreachable
from hotline.settings import Settings
from notifications.channels import console, smtp
from notifications.compose import compose


async def deliver(outgoing: Outgoing, settings: Settings) -> Outcome:
    """Word it and hand it over. Sent means that the next station took it, not that it was read."""
    if refused := _no_way(outgoing, settings):
        return refused
    letter = compose(outgoing)
    if not settings.smtp_url:
        console.show(outgoing)
        return Sent(console.ROUTE, letter.version)
    return await smtp.send(outgoing, letter, smtp.server(settings))


def _no_way(outgoing: Outgoing, settings: Settings) -> Unreachable | None:
    """Without an address the message stays where it shows anyway: progress page or desk."""
    if outgoing.email:
        return None
    if outgoing.recipient == DEPARTMENT:
        return Unreachable("no.address") if settings.smtp_url else None
    return Unreachable("no.channel" if outgoing.has_phone else "no.contact")
