"""派单事实: a row of an order, with its first report, as the routing table is asked about it."""

from collections.abc import Mapping
from typing import Any

from hotline.policy.routes import Matter


def matter_of(one: Mapping[str, Any]) -> Matter:
    """By the columns as they are called there."""
    return Matter(
        kinds=tuple(one["kinds"]),
        county=one["county"],
        township=one["township"],
        also=tuple(one["also"]),
        channel=one["channel"],
        wish=one["wish"],
        emergency=one["emergency"],
        at=one["at"],
        trade=one["industry"] or "",
        target=one["target"],
        told=(one["title"], one["text"]),
    )
