"""收到之日: from which day a report's own terms are counted."""

from datetime import datetime
from typing import Final

from hotline.rules.terms import Channel

PAPER: Final = frozenset({Channel.LETTER, Channel.VISIT})


def received(channel: Channel, registered_at: datetime, arrived_at: datetime | None) -> datetime:
    """A paper when it reached the authority; all else when it was registered.

    信访工作条例 arts 22-23 count from receipt: a letter left lying loses its days to the office,
    not to its writer. What a partner says of its own receipt moves nothing: it had not come to us.
    """
    if channel not in PAPER or arrived_at is None:
        return registered_at
    return min(arrived_at, registered_at)
