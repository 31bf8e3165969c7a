"""公开到期提醒: a result to be published, a publication to be withdrawn: near its end, on its last
day and past it, once each; overdue upwards too. A clock that was away tells where it stands now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import rows, transaction
from hotline.rules.disclosing import CREATE, WITHDRAW
from hotline.rules.terms import Role
from hotline.steps.tell_seated import About, Matter, seated, tell_seated
from hotline.steps.warn_due import OVERDUE, PAGE

WORDS: Final = {  # by term and level, each written out: no wording is left over
    CREATE: {1: "duty.publish_soon", 2: "duty.publish_today", OVERDUE: "duty.publish_late"},
    WITHDRAW: {1: "duty.withdraw_soon", 2: "duty.withdraw_today", OVERDUE: "duty.withdraw_late"},
}
# the last fifth of a term is near its end
DUE: Final = """
SELECT t.tenant_id, t.id, t.jurisdiction, t.rule, w.level, o.id AS order_id, o.kinds, o.historical
FROM public_term t
LEFT JOIN publication p ON t.holder = 'publication' AND p.tenant_id = t.tenant_id
  AND p.id = t.holder_id
JOIN work_order o ON o.tenant_id = t.tenant_id AND o.id = coalesce(p.order_id, t.holder_id)
CROSS JOIN LATERAL (SELECT CASE WHEN t.due_at < $1 THEN 3
  WHEN t.due_on <= ($1 AT TIME ZONE 'Asia/Shanghai')::date THEN 2
  WHEN t.due_at - (t.due_at - t.started_at) / 5 <= $1 THEN 1 ELSE 0 END AS level) w
WHERE t.stopped_at IS NULL AND t.rule = ANY($2) AND t.warned < w.level
  AND (p.id IS NOT NULL OR o.stage NOT IN ('withdrawn', 'merged', 'forwarded'))
ORDER BY t.due_at LIMIT $3 FOR UPDATE OF t SKIP LOCKED
"""
TOLD: Final = """
UPDATE public_term t SET warned = g.level FROM unnest($1::text[], $2::uuid[], $3::int[])
  AS g(tenant_id, id, level) WHERE t.tenant_id = g.tenant_id AND t.id = g.id
"""


@dataclass(frozen=True, slots=True)
class Warned:
    """How many terms were told of, and how many nobody is there to be told of."""

    terms: int
    unheard: int


async def warn_public(now: datetime) -> Warned:
    """One page of what is due to be told; may run twice, may run beside another."""
    async with transaction():
        found = await rows(DUE, now, list(WORDS), PAGE)
        tenants, ids = [one["tenant_id"] for one in found], [one["id"] for one in found]
        await rows(TOLD, tenants, ids, [one["level"] for one in found])
        heard = [await _tell(one, now) for one in found if not one["historical"]]
    return Warned(len(found), heard.count(False))


async def _tell(one: dict[str, Any], now: datetime) -> bool:
    """The publisher's desk; of what is overdue, or where it has nobody, its supervisors."""
    where = one["tenant_id"], one["jurisdiction"]
    matter = Matter(*where, one["kinds"], one["order_id"])
    told = await seated(matter, Role.PUBLISHER)
    if one["level"] == OVERDUE or not told:
        told += [who for who in await seated(matter, Role.SUPERVISOR) if who not in told]
    template = WORDS[one["rule"]][one["level"]]
    thread = f"public:{one['id']}"
    about = About(*where, thread, order_id=one["order_id"], seq=one["level"])
    await tell_seated(told, template, about, now)
    return bool(told)
