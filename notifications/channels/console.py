"""Development: a line says that a message would have gone out. No address, no code, no text."""

from typing import Final

import structlog

from hotline.rules.message import Outgoing

ROUTE: Final = "console"

log = structlog.get_logger()


def show(outgoing: Outgoing) -> None:
    """Key and kind of recipient, nothing else."""
    log.info("message.shown", template=outgoing.template, recipient=outgoing.recipient)
