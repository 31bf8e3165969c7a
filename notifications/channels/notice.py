"""站内通知: a message to a desk is there once its time has come; the desk's page shows it."""

from typing import Final

from hotline.policy.compose import compose
from hotline.rules.message import Outgoing, Sent

ROUTE: Final = "notice"


def show(outgoing: Outgoing) -> Sent:
    """Nothing is handed over: the row itself is what is read. Worded once, so that it can be."""
    return Sent(ROUTE, compose(outgoing).version)
