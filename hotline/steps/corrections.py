"""更正: what was already said on the strength of a join that is undone.

What was sent or published stays in the history. What was not yet sent is taken back; the reporter
of what was sent is told so, without a word of others; a publication goes before a publisher again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.records import Publication, ServiceRequest, WorkOrder
from hotline.records.writing import gathering
from hotline.rules.actor import Actor
from hotline.rules.terms import Aggregate, Step
from hotline.steps import public_versions
from hotline.steps.append import Chain, Happening, append
from hotline.steps.desk import pack_of
from hotline.steps.outbox import tell_reporter
from hotline.steps.publications import PROPOSED, PUBLISHED, doubted

# told with the order the report was in; a message under way is left to whoever carries it
ABOUT_ORDER: Final = (
    "request.joined", "request.again", "request.answered", "request.closed", "request.redo",
)  # fmt: skip
# $2 and $3: the reports, and since when each belonged to the other matter
TAKEN_BACK: Final = """
UPDATE message m SET state = 'withdrawn', sealed_fill = NULL
FROM unnest($2::uuid[], $3::timestamptz[]) AS g(id, since)
WHERE m.tenant_id = $1 AND m.request_id = g.id AND m.state = 'queued' AND m.template = ANY($4)
  AND m.created_at >= g.since AND (m.leased_until IS NULL OR m.leased_until < $5)
"""
# one message tells of all that came meanwhile: it is left while any of them is still there
NOT_JOINED: Final = """
UPDATE message SET state = 'withdrawn' WHERE tenant_id = $1 AND order_id = $2
  AND template = 'order.joined' AND created_at <= $3 AND state = 'queued'
  AND (leased_until IS NULL OR leased_until < $4)
  AND NOT EXISTS (SELECT FROM membership m WHERE m.tenant_id = $1 AND m.order_id = $2
    AND m.to_at IS NULL AND m.from_at >= message.created_at)
"""
ANSWERED: Final = """
SELECT DISTINCT g.id FROM unnest($2::uuid[], $3::timestamptz[]) AS g(id, since)
JOIN event e ON e.tenant_id = $1 AND e.aggregate = 'request' AND e.aggregate_id = g.id
WHERE e.step = 'answer' AND e.at >= g.since
"""


async def take_back(tenant_id: str, since: Mapping[UUID, datetime], now: datetime) -> None:
    """What the reporters were to be told of the other matter, and nobody has yet carried."""
    which = list(since), list(since.values())
    await rows(TAKEN_BACK, tenant_id, *which, list(ABOUT_ORDER), now)


async def not_joined(order: WorkOrder, since: datetime, now: datetime) -> None:
    """The department need not hear of a report that is gone again."""
    await rows(NOT_JOINED, order.tenant_id, order.id, since, now)


async def answered(tenant_id: str, since: Mapping[UUID, datetime]) -> frozenset[UUID]:
    """Of these reports those whose reporters were given an answer that was to another matter."""
    found = await rows(ANSWERED, tenant_id, list(since), list(since.values()))
    return frozenset(one["id"] for one in found)


async def tell_apart(
    requests: Sequence[ServiceRequest], answered_ids: frozenset[UUID], now: datetime
) -> None:
    """The correction to each reporter: handled by itself; an answer given was not to this."""
    async with gathering():
        for request in requests:
            is_answered = request.id in answered_ids
            key = "request.separated_answered" if is_answered else "request.separated"
            await tell_reporter(request, key, now)


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
    pack = await pack_of(order)
    for publication in found:
        changed = _changed(publication, order)
        detail = {"order": order.number, "before": {n: getattr(publication, n) for n in changed}}
        await Publication.filter(tenant_id=order.tenant_id, id=publication.id).update(
            review_cause=step.value, review_at=now, **changed
        )
        chain = Chain(order.tenant_id, Aggregate.PUBLICATION, publication.id)
        await append(chain, Happening(step, publication.stage, by, now), detail)
        if changed and publication.stage == PUBLISHED:
            worded = publication.update_from_dict(changed)
            await public_versions.shown(worded, by, now, step.value)
        await doubted(publication, pack, step, now)
    return len(found)


def _changed(publication: Publication, order: WorkOrder) -> dict[str, Any]:
    right = {"kind": order.kinds[0], "county": order.county, "township": order.township}
    return {name: value for name, value in right.items() if getattr(publication, name) != value}
