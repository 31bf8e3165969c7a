"""疑似重复: matters like what is being typed, likest first, with the reasons.

Staff see every matter within sight. A citizen sees a matter only when it is public already or
when three have reported it, and then only its kinds, township and month: anything more would tell
the accused that somebody complained.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import new_id
from hotline.records.alike import LookAlike, Search, alike, asked
from hotline.records.rarity import rarity
from hotline.records.sealing import body_key
from hotline.records.signing import signed
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.dedupe import SAME_SENDER, Sketch
from hotline.rules.lifecycle import OVER
from hotline.rules.normalise import body_key_text, tidy
from hotline.rules.redaction import mask
from hotline.rules.terms import OrderStage, Relation

MOST: Final = 5
ENOUGH_REPORTERS: Final = 3
TITLE: Final = 60

ORDERS: Final = """
SELECT o.id, o.number, o.jurisdiction, o.stage, o.title, o.county, o.township, o.kinds,
  o.opened_at, o.report_count, p.number AS publication, f.landmark, f.target FROM work_order o
JOIN service_request f ON f.tenant_id = o.tenant_id AND f.id = o.first_request_id
LEFT JOIN publication p ON p.tenant_id = o.tenant_id AND p.order_id = o.id
  AND p.stage = 'published'
WHERE o.tenant_id = $1 AND o.id = ANY($2) AND NOT o.historical
"""
# Whoever files twice is one reporter, and all who left no number are one: nobody makes a matter
# visible alone. A part of a large matter says enough.
REPORTERS: Final = """
SELECT m.order_id AS id, count(DISTINCT coalesce(r.sender_index, '')) AS reporters
FROM unnest($2::uuid[]) AS o(id) CROSS JOIN LATERAL (
  SELECT order_id, request_id FROM membership
  WHERE tenant_id = $1 AND order_id = o.id AND to_at IS NULL LIMIT 300) m
JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
GROUP BY m.order_id
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What is typed so far."""

    text: str = field(repr=False)
    county: str = ""
    township: str = ""
    kinds: tuple[str, ...] = ()
    landmark: str = field(default="", repr=False)
    source: str = ""
    own: frozenset[str] = frozenset()  # orders of the same sender, as far as the history tells


@dataclass(frozen=True, slots=True)
class Alike:
    """One matter for a desk. `can_join`: it is still open."""

    number: str
    stage: OrderStage
    title: str
    county: str | None
    township: str | None
    kinds: tuple[Named, ...]
    opened_at: datetime
    report_count: int
    relation: Relation
    score: float
    reasons: tuple[str, ...]
    can_join: bool
    landmark: str
    target: str


@dataclass(frozen=True, slots=True)
class PublicAlike:
    """One matter for a citizen. `publication` is "" unless it can be read in the ledger.

    `order` is for the sealed draft, and for no page.
    """

    kinds: tuple[Named, ...]
    place: str
    month: str
    publication: str
    order: str


async def look_alikes(told: Told, by: Actor, now: datetime) -> tuple[Alike, ...]:
    """For a desk, within its sight; the sender's own matters first.

    Who sent what is never asked of the reports themselves: it would tell what came by a door of
    stricter secrecy, and who wants a reward.
    """
    sight = await sight_of(by)
    found = await _found(sight.tenant_id, told, now)
    orders = await _orders(sight.tenant_id, found)
    seen = [one for one in found if one.order_id in orders]
    shown = [one for one in seen if orders[one.order_id]["jurisdiction"] in sight.jurisdictions]
    shown.sort(key=lambda one: one.order_number not in told.own)
    known = await packs()
    return tuple(
        _alike(one, row, kind_names(known.pack(row["jurisdiction"]), row["kinds"]), told.own)
        for one in shown[:MOST]
        for row in (orders[one.order_id],)
    )


async def public_look_alikes(tenant_id: str, told: Told, now: datetime) -> tuple[PublicAlike, ...]:
    """For a citizen, before the report is sent. The same look-ups whatever there is to be found."""
    found = [one for one in await _found(tenant_id, told, now) if one.likeness.one_matter]
    orders = await _orders(tenant_id, found)
    known, reporters = await packs(), await _reporters(tenant_id, found)
    shown = [
        _public(known.pack(row["jurisdiction"]), row)
        for row in (orders[one.order_id] for one in found if one.order_id in orders)
        if row["publication"] or reporters.get(row["id"], 0) >= ENOUGH_REPORTERS
    ]
    return tuple(shown[:MOST])


def _public(pack: Pack, row: dict[str, Any]) -> PublicAlike:
    return PublicAlike(
        kinds=kind_names(pack, row["kinds"]),
        place=place_label(pack, row["county"], row["township"]),
        month=f"{row['opened_at'].astimezone(SHANGHAI):%Y-%m}",
        publication=row["publication"] or "",
        order=row["number"],
    )


async def _found(tenant_id: str, told: Told, now: datetime) -> list[LookAlike]:
    text = mask(tidy(told.text)).text
    title = text.split("\n", 1)[0][:TITLE]
    numbers = signed(title, text)
    if not numbers.grams:
        return []
    search = Search(tenant_id, now, numbers)
    known = await rarity(now)
    return await alike(asked(search, _sketch(search, told), known), known)


async def _orders(tenant_id: str, found: list[LookAlike]) -> dict[Any, dict[str, Any]]:
    ids = [one.order_id for one in found]
    return {row["id"]: row for row in await rows(ORDERS, tenant_id, ids)}


async def _reporters(tenant_id: str, found: list[LookAlike]) -> dict[Any, int]:
    ids = [one.order_id for one in found]
    return {row["id"]: row["reporters"] for row in await rows(REPORTERS, tenant_id, ids)}


def _sketch(search: Search, told: Told) -> Sketch:
    return Sketch(
        id=new_id(),
        county=told.county or None,
        township=told.township or None,
        kinds=frozenset(told.kinds),
        words=frozenset(search.signed.words),
        title_words=tuple(search.signed.title_words),
        opening=tuple(search.signed.opening),
        body_key=body_key(search.tenant_id, body_key_text(told.text)),
        sender=None,
        landmark=mask(tidy(told.landmark)).text,
        target=mask(tidy(told.source)).text,
        at=search.at,
        open=True,
    )


def _alike(
    one: LookAlike, row: dict[str, Any], kinds: tuple[Named, ...], own: frozenset[str]
) -> Alike:
    stage = OrderStage(row["stage"])
    reasons = tuple(one.likeness.reasons)
    return Alike(
        number=row["number"],
        stage=stage,
        title=row["title"],
        county=row["county"],
        township=row["township"],
        kinds=kinds,
        opened_at=row["opened_at"],
        report_count=row["report_count"],
        relation=one.likeness.relation,
        score=one.likeness.score,
        reasons=(SAME_SENDER, *reasons) if row["number"] in own else reasons,
        can_join=stage not in OVER,
        landmark=row["landmark"],
        target=row["target"],
    )
