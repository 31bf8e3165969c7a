"""The matter as the routing table asks for it, from what its reports say now."""

from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, accused_in
from hotline.records import ServiceRequest, WorkOrder

# Membership is the only truth of who belongs to a matter: whoever is accused by one of its reports
# is accused by the matter, and no longer when that report moves out.
SAID: Final = """
SELECT r.channel, r.wish, r.title, r.text, r.target, coalesce(r.occurred_at, r.registered_at) AS at
FROM membership m JOIN service_request r ON r.tenant_id = m.tenant_id AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL
ORDER BY m.relation <> 'first', m.from_at
"""


async def matter_of(order: WorkOrder) -> Matter:
    """An order with everything its reports say; the first one's door and wish count."""
    said = await rows(SAID, order.tenant_id, order.id)
    first = said[0] if said else {"channel": "", "wish": "", "at": order.opened_at}
    return Matter(
        kinds=tuple(order.kinds),
        county=order.county,
        township=order.township,
        also=tuple(order.also),
        channel=first["channel"],
        wish=first["wish"],
        emergency=order.emergency,
        at=first["at"],
        trade=order.industry or "",
        target="\n".join(one["target"] for one in said if one["target"]),
        told=tuple(words for one in said for words in (one["title"], one["text"])),
    )


async def accused_by(order: WorkOrder, pack: Pack) -> frozenset[str]:
    """The departments that the reports of an order are about (回避)."""
    return accused_in(pack, await matter_of(order))


def matter_from(order: WorkOrder, request: ServiceRequest) -> Matter:
    """A new order, by its one report."""
    return Matter(
        kinds=tuple(order.kinds),
        county=order.county,
        township=order.township,
        also=tuple(order.also),
        channel=request.channel,
        wish=request.wish,
        emergency=order.emergency,
        at=request.occurred_at or request.registered_at,
        trade=order.industry or "",
        target=request.target,
        told=(request.title, request.text),
    )


def blames_lead(request: ServiceRequest, order: WorkOrder, pack: Pack) -> bool:
    """Whether a report is about the department that leads the order it would join."""
    return bool(order.lead) and order.lead in accused_in(pack, matter_from(order, request))


async def may_join(request: ServiceRequest, order_id: UUID, pack: Pack) -> bool:
    """False where the report would reach the department it is about. Most name none at all."""
    said = (request.title, request.text)
    if not accused_in(pack, Matter((), request.county, target=request.target, told=said)):
        return True
    order = await WorkOrder.get(tenant_id=request.tenant_id, id=order_id)
    return not blames_lead(request, order, pack)
