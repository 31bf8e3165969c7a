"""派单: the facts of a matter as the pack's routing table asks for them, and its answer."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from hotline.policy.pack import Pack
from hotline.rules.explaining import detail_of
from hotline.rules.routing import Facts, Routed, Where, route

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
DECIDING: Final = ("routing", "departments", "kinds")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a matter when it is handed on. The words are masked and never kept."""

    kinds: tuple[str, ...]
    county: str | None
    township: str | None = None
    also: tuple[str, ...] = ()  # further counties of a cross-boundary matter (跨界)
    channel: str = ""
    wish: str = ""
    emergency: bool = False
    at: datetime | None = None
    trade: str = ""  # 行业, as the first report speaks of it
    target: str = field(default="", repr=False)
    told: tuple[str, ...] = field(default=(), repr=False)


def routed(pack: Pack, matter: Matter) -> Routed:
    """Who gets it by the pack's table."""
    return by_table(pack, facts_of(pack, matter))


def by_table(pack: Pack, facts: Facts) -> Routed:
    """Who gets what has these facts."""
    return route(pack.routing, pack.departments, facts)


def facts_of(pack: Pack, matter: Matter) -> Facts:
    """The matter as the table asks for it."""
    first = where(pack, matter.township or matter.county)
    others = (where(pack, county) for county in matter.also if county != matter.county)
    return Facts(
        kinds=matter.kinds,
        places=(first, *others),
        channel=matter.channel,
        wish=matter.wish,
        emergency=matter.emergency,
        hour=matter.at.astimezone(SHANGHAI).hour if matter.at else None,
        trade=matter.trade,
        said="\n".join((matter.target, *matter.told)),
        accused=accused_in(pack, matter),
    )


def accused_in(pack: Pack, matter: Matter) -> frozenset[str]:
    """The departments the matter is about, by any of its places."""
    found: Set[str] = frozenset()
    for place in (matter.township or matter.county, *matter.also):
        path = where(pack, place).path
        found |= pack.offices.accused(matter.target, matter.told, path)
    return frozenset(found)


def where(pack: Pack, code: str | None) -> Where:
    """The codes around a place, the widest first."""
    return Where(tuple(place.code for place in pack.gazetteer.path(code or "")))


def explained(pack: Pack, facts: Facts, answer: Routed) -> dict[str, Any]:
    """What the decision keeps about its reasons."""
    policy = {topic: tuple(map(str, pack.chains.get(topic, ()))) for topic in DECIDING}
    return detail_of(answer, facts, policy)
