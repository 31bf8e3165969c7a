"""公开审核: what is proposed, and what is public, within one person's sight."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.sight import sight_of
from hotline.policy.store import Packs, packs
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.marking import Kept
from hotline.rules.terms import Finding, OrderStage

MOST: Final = 50

LISTED: Final = """
SELECT p.number, p.stage, p.jurisdiction, p.county, p.township, p.kind, p.finding, p.closing,
  p.title, p.problem, p.measure, p.inspection_number, p.verified, p.accountability,
  p.proposed_by, p.proposed_at, p.published_at,
  (SELECT t.due_on FROM public_term t WHERE t.tenant_id = p.tenant_id
    AND t.holder = 'publication' AND t.holder_id = p.id AND t.rule = 'withdraw'
    AND t.stopped_at IS NULL) AS withdraw_by,
  p.review_cause, p.review_at, p.kept,
  o.number AS order_number, s.name AS proposer
FROM publication p
JOIN work_order o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
LEFT JOIN staff s ON s.tenant_id = p.tenant_id AND s.id::text = p.proposed_by
WHERE p.tenant_id = $1 AND p.jurisdiction = ANY($2) AND p.stage = $3{own}
ORDER BY p.review_at NULLS LAST, coalesce(p.published_at, p.proposed_at) DESC, p.number LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One text for the public. `own`: the reader proposed it and so may not approve it."""

    number: str
    stage: str
    order: str
    place: str
    kind: Named
    finding: Finding
    closing: OrderStage
    title: str
    problem: str
    measure: str
    proposer: str
    own: bool
    proposed_at: datetime
    published_at: datetime | None
    review: str  # what happened to the order since it was worded; "" when nothing did
    review_at: datetime | None
    inspection: str  # 督察转办件编号; "" for what is in no table
    verified: str
    accountability: str
    withdraw_by: date | None  # until when it is taken back, or found to stand
    kept: tuple[Kept, ...]  # marks that the proposer kept: whoever approves looks at each


async def listed(by: Actor, stage: str) -> list[Listed]:
    """`stage`: proposed or published; the newest first."""
    sight = await sight_of(by)
    sql = LISTED.format(own=order_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), stage, MOST)
    known = await packs()
    return [_listed(known, by, one) for one in found]


def _listed(known: Packs, by: Actor, one: dict[str, Any]) -> Listed:
    pack = known.pack(one["jurisdiction"])
    return Listed(
        number=one["number"],
        stage=one["stage"],
        order=one["order_number"],
        place=place_label(pack, one["county"], one["township"]),
        kind=kind_names(pack, [one["kind"]])[0],
        finding=Finding(one["finding"]),
        closing=OrderStage(one["closing"]),
        title=one["title"],
        problem=one["problem"],
        measure=one["measure"],
        proposer=one["proposer"] or "",
        own=by.is_one_of(one["proposed_by"]),
        proposed_at=one["proposed_at"],
        published_at=one["published_at"],
        review=one["review_cause"] or "",
        review_at=one["review_at"],
        inspection=one["inspection_number"] or "",
        verified=one["verified"],
        accountability=one["accountability"],
        withdraw_by=one["withdraw_by"],
        kept=tuple(Kept(**kept) for kept in json.loads(one["kept"])),
    )
