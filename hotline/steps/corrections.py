"""更正: what was already said on the strength of a join that is undone.

What was sent or published stays in the history. What was not yet sent is taken back; the reporter
of what was sent is told so, without a word of others; a publication goes before a publisher again.
"""

from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.records import Publication, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.outbox import tell_reporter
from hotline.steps.publications import PROPOSED, PUBLISHED

# told with the order the report was in; a message under way is left to whoever carries it
ABOUT_ORDER: Final = (
    "request.joined", "request.again", "request.answered", "request.closed", "request.redo",
)  # fmt: skip
TAKEN_BACK: Final = """
UPDATE message SET state = 'withdrawn', sealed_fill = NULL WHERE tenant_id = $1
  AND request_id = $2 AND state = 'queued' AND template = ANY($3) AND created_at >= $4
  AND (leased_until IS NULL OR leased_until < $5)
"""
# one message tells of all that came meanwhile: it is left while any of them is still there
NOT_JOINED: Final = """
UPDATE message SET state = 'withdrawn' WHERE tenant_id = $1 AND order_id = $2
  AND template = 'order.joined' AND created_at <= $3 AND state = 'queued'
  AND (leased_until IS NULL OR leased_until < $4)
  AND NOT EXISTS (SELECT FROM membership m WHERE m.tenant_id = $1 AND m.order_id = $2
    AND m.to_at IS NULL AND m.from_at >= message.created_at)
"""
WAS_ANSWERED: Final = """
SELECT 1 AS found FROM event WHERE tenant_id = $1 AND aggregate = 'request' AND aggregate_id = $2
  AND step = 'answer' AND at >= $3 LIMIT 1
"""


async def take_back(request: ServiceRequest, since: datetime, now: datetime) -> None:
    """What the reporter was to be told of the other matter, and nobody has yet carried."""
    await rows(TAKEN_BACK, request.tenant_id, request.id, list(ABOUT_ORDER), since, now)


async def not_joined(order: WorkOrder, since: datetime, now: datetime) -> None:
    """The department need not hear of a report that is gone again."""
    await rows(NOT_JOINED, order.tenant_id, order.id, since, now)


async def was_answered(request: ServiceRequest, since: datetime) -> bool:
    """Whether the reporter was given an answer that was to another matter."""
    found = await row(WAS_ANSWERED, request.tenant_id, request.id, since)
    return found is not None


async def tell_apart(request: ServiceRequest, since: datetime, now: datetime) -> None:
    """The correction to one reporter: handled by itself; an answer given was not to this."""
    answered = await was_answered(request, since)
    await tell_reporter(
        request, "request.separated_answered" if answered else "request.separated", now
    )


async def publish_again(
    order: WorkOrder, since: datetime, step: Step, by: Actor, now: datetime
) -> int:
    """待复核: whatever was worded with what has gone; its kind and place are put right at once."""
    standing = Publication.filter(
        tenant_id=order.tenant_id,
        order_id=order.id,
        stage__in=(PROPOSED, PUBLISHED),
        proposed_at__gte=since,
    )
    found = await standing
    for publication in found:
        changed = _changed(publication, order)
        detail = {"order": order.number, "before": {n: getattr(publication, n) for n in changed}}
        await Publication.filter(tenant_id=order.tenant_id, id=publication.id).update(
            review_cause=step.value, review_at=now, **changed
        )
        chain = Chain(order.tenant_id, Aggregate.PUBLICATION, publication.id)
        await append(chain, Happening(step, publication.stage, by, now), detail)
    return len(found)


def _changed(publication: Publication, order: WorkOrder) -> dict[str, Any]:
    right = {"kind": order.kinds[0], "county": order.county, "township": order.township}
    return {name: value for name, value in right.items() if getattr(publication, name) != value}
