"""公开 has rows and a history of its own beside the order's, and terms of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.records import Publication, PublicTerm, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.disclosing import CREATE, WITHDRAW
from hotline.rules.numbering import asked
from hotline.rules.terms import Aggregate, OrderStage, Step
from hotline.steps import public_terms, public_versions
from hotline.steps.append import Chain, Happening, append
from hotline.steps.desk import pack_of
from hotline.steps.public_terms import Ending, Held
from hotline.steps.transition import OrderChange

PROPOSED: Final = "proposed"
PUBLISHED: Final = "published"
RETRACTED: Final = "retracted"
FINISHED: Final = frozenset({OrderStage.ANSWERED, OrderStage.CLOSED, OrderStage.CLOSED_INTERIM})


async def publication_at(tenant_id: str, number: str, *stages: str) -> Publication:
    """The publication of a number, if it stands at one of these stages."""
    found = await Publication.get_or_none(
        tenant_id=tenant_id, number=asked(number), stage__in=stages
    )
    if found is None:
        raise NotFound("publication")
    return found


async def record(
    change: OrderChange, publication: Publication, step: Step, detail: Mapping[str, Any]
) -> None:
    """One event in the publication's history, named in the order's."""
    change.detail |= {"publication": publication.number, "stage": publication.stage}
    chain = Chain(publication.tenant_id, Aggregate.PUBLICATION, publication.id)
    await append(chain, Happening(step, publication.stage, change.by, change.now), detail)


async def result_formed(order: WorkOrder, pack: Pack, step: Step, now: datetime) -> None:
    """信息形成或者变更: from here the days count in which it becomes public."""
    if not order.historical:
        await public_terms.begin(_of_order(order), pack, CREATE, step.value, now)


async def result_undone(order: WorkOrder, by: Actor, now: datetime) -> None:
    """重办: there is no result any more that could be published."""
    await public_terms.end(_of_order(order), (CREATE,), Ending("undone", by, now))


async def result_public(order: WorkOrder, by: Actor, now: datetime) -> None:
    """It is public: the term ends."""
    await public_terms.end(_of_order(order), (CREATE,), Ending("published", by, now))


async def result_withheld(order: WorkOrder, why: str, by: Actor, now: datetime) -> int:
    """不予公开; 0 where no term was running."""
    return await public_terms.end(_of_order(order), (CREATE,), Ending("withheld", by, now, why))


async def basis_changed(order: WorkOrder, pack: Pack, step: Step, by: Actor, now: datetime) -> int:
    """待复核: what is public, or proposed, was worded on what no longer holds. Returns how many."""
    found = await Publication.filter(
        tenant_id=order.tenant_id, order_id=order.id, stage__in=(PROPOSED, PUBLISHED)
    )
    for publication in found:
        if publication.review_cause is None:
            await Publication.filter(tenant_id=order.tenant_id, id=publication.id).update(
                review_cause=step.value, review_at=now
            )
            chain = Chain(order.tenant_id, Aggregate.PUBLICATION, publication.id)
            told = {"order": order.number}
            await append(chain, Happening(step, publication.stage, by, now), told)
        await doubted(publication, pack, step, now)
    return len(found)


async def doubted(publication: Publication, pack: Pack, step: Step, now: datetime) -> None:
    """行政处罚法 a48: the days begin in which it is withdrawn, or found to stand."""
    if publication.stage == PUBLISHED:
        held = Held(publication.tenant_id, public_terms.PUBLICATION, publication.id)
        await public_terms.begin(held, pack, WITHDRAW, step.value, now)


async def doubt_ended(publication: Publication, ending: Ending) -> None:
    """It was withdrawn, or it stands."""
    held = Held(publication.tenant_id, public_terms.PUBLICATION, publication.id)
    await public_terms.end(held, (WITHDRAW,), ending)


async def found_otherwise(order: WorkOrder, by: Actor, now: datetime) -> None:
    """查实结论 is another than the one that is public."""
    public = Publication.filter(tenant_id=order.tenant_id, order_id=order.id, stage=PUBLISHED)
    if await public.exclude(finding=order.finding).exists():
        await basis_changed(order, await pack_of(order), Step.FIND, by, now)


async def closed_otherwise(order: WorkOrder, stage: OrderStage, pack: Pack, now: datetime) -> None:
    """阶段性办结 is public and the matter is 办结 now: the newer result has its days."""
    public = Publication.filter(tenant_id=order.tenant_id, order_id=order.id, stage=PUBLISHED)
    if await public.exclude(closing=stage.value).exists():
        await result_formed(order, pack, Step.CLOSE, now)


async def check_free(order: WorkOrder) -> None:
    """One proposal at a time; beside what is public, one only where there is a newer result."""
    of_order = Publication.filter(tenant_id=order.tenant_id, order_id=order.id)
    if await of_order.filter(stage=PROPOSED).exists():
        raise StepRefused("disclose.already")
    newer = PublicTerm.filter(
        tenant_id=order.tenant_id, holder_id=order.id, rule=CREATE, stopped_at=None
    )
    if await of_order.filter(stage=PUBLISHED).exists() and not await newer.exists():
        raise StepRefused("disclose.already")


async def earlier_of(order: WorkOrder) -> UUID | None:
    """What was public of this matter before."""
    was = Publication.filter(tenant_id=order.tenant_id, order_id=order.id)
    last = await was.exclude(published_at=None).order_by("-published_at").first()
    return last.id if last else None


async def replace_standing(change: OrderChange) -> None:
    """再次公开: what was public of the matter till now goes as the newer comes."""
    order, by, now = change.order, change.by, change.now
    for one in await Publication.filter(
        tenant_id=order.tenant_id, order_id=order.id, stage=PUBLISHED
    ):
        await Publication.filter(tenant_id=one.tenant_id, id=one.id).update(
            stage=RETRACTED, retracted_at=now, review_cause=None, review_at=None
        )
        one.stage = RETRACTED
        await public_versions.gone(one, by, now, "")
        await doubt_ended(one, Ending("replaced", by, now))
        await record(change, one, Step.RETRACT, {"replaced": True})


def _of_order(order: WorkOrder) -> Held:
    return Held(order.tenant_id, public_terms.ORDER, order.id)
