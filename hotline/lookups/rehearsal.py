"""派单演练: a draft table over past orders, and the alarms of the table in force."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.matters import matter_of
from hotline.policy.draft import TOPIC, Drafted, Topics, drafted
from hotline.policy.pack import Pack
from hotline.policy.routes import facts_of
from hotline.policy.store import Packs, chain, contents, packs
from hotline.rules.rehearsing import Past, Rehearsal, Table, rehearse
from hotline.rules.routing import Rule

MOST: Final = 100_000
QUIET_AFTER: Final = timedelta(days=180)

# the first report's door, wish and words, as when the order was opened
ORDERS: Final = """
SELECT o.number, o.county, o.township, o.also, o.kinds, o.emergency, o.industry, r.channel, r.wish,
  r.title, r.text, r.target, coalesce(r.occurred_at, r.registered_at) AS at
FROM work_order o
JOIN service_request r ON r.tenant_id = o.tenant_id AND r.id = o.first_request_id
WHERE o.tenant_id = $1 AND o.jurisdiction = $2 AND o.opened_at >= $3
ORDER BY o.opened_at DESC LIMIT $4
"""
SINCE: Final = """
SELECT min(imported_at) AS since FROM policy_version WHERE jurisdiction = $1 AND topic = $2
"""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a draft would change for one jurisdiction, and what of it does not compile."""

    pack: Pack
    draft: Drafted
    found: Rehearsal


@dataclass(frozen=True, slots=True)
class Alarm:
    """A row in force that no longer compiles (`what` says why) or that nothing met for long."""

    jurisdiction: str
    row: int
    about: str
    what: str
    broken: bool


async def rehearsal(
    jurisdiction: str, content: Mapping[str, Any], text: str, since: datetime, most: int = MOST
) -> tuple[Rehearsed, ...]:
    """For the jurisdiction and whichever inherits from it, the widest first."""
    topics, known = await contents(), await packs()
    return tuple(
        [
            await _rehearsed(pack, drafted(pack, topics, jurisdiction, content, text), since, most)
            for pack in _inheriting(known, topics, jurisdiction)
        ]
    )


async def _rehearsed(pack: Pack, draft: Drafted, since: datetime, most: int) -> Rehearsed:
    return Rehearsed(pack, draft, await run_over(pack, draft.pack, since, most))


async def run_over(before: Pack, after: Pack, since: datetime, most: int = MOST) -> Rehearsal:
    """Past orders under both packs."""
    past = await _past(before, since, most)
    old, new = (Table(one.routing, one.departments) for one in (before, after))
    return await asyncio.to_thread(rehearse, old, new, past)


async def alarms(jurisdictions: frozenset[str], now: datetime, most: int = MOST) -> list[Alarm]:
    """Of the tables in force. Rows nobody met are told of the jurisdiction's own rows alone."""
    topics, known = await contents(), await packs()
    found: list[Alarm] = []
    for pack in known.serving():
        if pack.code in jurisdictions:
            found += broken(pack)
            found += [alarm async for alarm in _quiet(pack, topics, now, most)]
    return found


async def broken_rows() -> list[Alarm]:
    """Of every table in force."""
    return [alarm for pack in (await packs()).serving() for alarm in broken(pack)]


def broken(pack: Pack) -> list[Alarm]:
    """Rows in force that no longer compile: the orders that meet them wait for a person."""
    return [
        Alarm(pack.code, rule.row, about(rule), rule.broken, broken=True)
        for rule in pack.routing
        if rule.broken
    ]


async def _quiet(pack: Pack, topics: Topics, now: datetime, most: int) -> AsyncIterator[Alarm]:
    own = topics.get(pack.code, {}).get(TOPIC)
    (first,) = await rows(SINCE, pack.code, TOPIC)
    since = now - QUIET_AFTER
    if own is None or first["since"] is None or first["since"] > since:
        return  # too young to say
    table = Table(pack.routing, pack.departments)
    past = await _past(pack, since, most)
    found = await asyncio.to_thread(rehearse, table, table, past)
    for rule in pack.routing[: len(own["rule"])]:
        if rule.row in found.unmatched and not rule.broken:
            what = f"no order in {QUIET_AFTER.days} days"
            yield Alarm(pack.code, rule.row, about(rule), what, broken=False)


async def _past(pack: Pack, since: datetime, most: int) -> list[Past]:
    found = await rows(ORDERS, pack.tenant, pack.code, since, most)
    return [Past(one["number"], facts_of(pack, matter_of(one))) for one in found]


def _inheriting(known: Packs, topics: Topics, jurisdiction: str) -> Iterator[Pack]:
    for pack in known.serving():
        if jurisdiction in chain(pack.code, topics):
            yield pack


def about(rule: Rule) -> str:
    """A row by its kind and place."""
    return " ".join(filter(None, (rule.kind or "any", rule.place)))
