"""奖励公开数据: how many rewards were paid in a year and how much; small counts hide their sum."""

from dataclasses import dataclass
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.figures import Bar
from hotline.lookups.names import kind_names
from hotline.policy.store import packs
from hotline.rules.suppression import LEAST, suppressed

# by the day of payment; what was paid back leaves the sum it was paid in
YEARS: Final = """
SELECT extract(year FROM c.paid_at AT TIME ZONE 'Asia/Shanghai')::int AS year,
  count(*) FILTER (WHERE c.tops_up_id IS NULL) AS paid,
  sum(c.sum_fen - coalesce(c.recover_fen, 0))::bigint AS fen,
  count(*) FILTER (WHERE c.honour <> '') AS honours
FROM reward_case c
WHERE c.tenant_id = $1 AND c.paid_at IS NOT NULL
  AND c.sum_fen > coalesce(c.recover_fen, 0) GROUP BY 1 ORDER BY 1 DESC
"""
BY_KIND: Final = """
SELECT split_part(k, '.', 1) AS name, count(DISTINCT c.id) AS n
FROM reward_case c JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
CROSS JOIN unnest(o.kinds) k
WHERE c.tenant_id = $1 AND c.paid_at IS NOT NULL AND c.sum_fen > coalesce(c.recover_fen, 0)
  AND c.tops_up_id IS NULL
  AND extract(year FROM c.paid_at AT TIME ZONE 'Asia/Shanghai') = $2 GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Year:
    """One year's; None where it would point at somebody."""

    year: int
    paid: int | None
    fen: int | None
    honours: int | None


@dataclass(frozen=True, slots=True)
class RewardFigures:
    """Of a whole tenant, the newest year first; the kinds are of the year asked for."""

    year: int
    years: tuple[Year, ...]
    by_kind: tuple[Bar, ...]


async def reward_figures(tenant_id: str, year: int) -> RewardFigures:
    """Without names, numbers, places or single sums."""
    pack = (await packs()).pack(tenant_id)
    years = tuple(_year(one) for one in await rows(YEARS, tenant_id))
    counted = {one["name"]: int(one["n"]) for one in await rows(BY_KIND, tenant_id, year)}
    shown = suppressed(counted)
    kinds = zip(kind_names(pack, counted), shown.values(), strict=True)
    return RewardFigures(year, years, tuple(Bar(kind, count) for kind, count in kinds))


def _year(one: dict[str, Any]) -> Year:
    if one["paid"] < LEAST:
        return Year(one["year"], None, None, None)
    honours = one["honours"] if one["honours"] == 0 or one["honours"] >= LEAST else None
    return Year(one["year"], one["paid"], one["fen"], honours)
