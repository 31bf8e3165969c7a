"""公开: a handled matter told anew for the public; proposed by one person, approved by another."""

from collections.abc import Set
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final

from hotline.errors import NotAllowed, StepRefused
from hotline.policy.pack import Pack
from hotline.records import Publication, Supplement, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.completeness import check_finding
from hotline.rules.marking import Kept, undecided
from hotline.rules.redaction import mask
from hotline.rules.rewriting import repeated
from hotline.rules.sight import is_lead
from hotline.rules.terms import OrderStage, Role, Step
from hotline.rules.wording import plain
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.inspected import Inspected, as_inspected, check_inspected, words_of
from hotline.steps.members import locked_members
from hotline.steps.numbers import fresh_number
from hotline.steps.public_versions import shown
from hotline.steps.publications import (
    FINISHED,
    PROPOSED,
    PUBLISHED,
    check_free,
    earlier_of,
    publication_at,
    record,
    replace_standing,
    result_public,
)
from hotline.steps.transition import OrderChange, Target

LONGEST_TITLE: Final = 60
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the public reads: a title, what was wrong, what was done about it."""

    title: str
    problem: str
    measure: str
    kept: tuple[Kept, ...] = ()  # marks that were looked at and may stay
    inspected: Inspected | None = None

    def cleaned(self) -> "Proposal":
        """The same, in one form of writing."""
        return replace(
            self, title=plain(self.title), problem=plain(self.problem), measure=plain(self.measure)
        )


async def propose(target: Target, ask: Proposal, *, by: Actor, now: datetime) -> str:
    """By the department that leads or a publisher. Returns the publication's own number."""
    ask = ask.cleaned()
    _check_words(ask)
    check_inspected(ask.inspected)
    async with desk_transition(target, Step.DISCLOSE, by, now) as change:
        order = change.order
        if Role.PUBLISHER not in by.roles and not is_lead(by, order.lead):
            raise NotAllowed(Step.DISCLOSE.value)
        await _check_order(order)
        pack = await pack_of(order)
        await _check_rewritten(order, ask, pack)
        publication = await _propose(change, ask, pack)
        await record(change, publication, Step.DISCLOSE, {"order": order.number})
    return str(publication.number)


async def approve(
    tenant_id: str, number: str, *, by: Actor, now: datetime, kept: Set[int] = frozenset()
) -> None:
    """By a publisher who did not propose it: from now on it is public.

    `kept`: which of the marks that the proposer kept this second person keeps too.
    """
    publication = await publication_at(tenant_id, number, PROPOSED)
    target = Target(tenant_id, publication.order_id)
    async with desk_transition(target, Step.DISCLOSE, by, now) as change:
        publication = await publication_at(tenant_id, number, PROPOSED)
        if Role.PUBLISHER not in by.roles:
            raise NotAllowed(Step.DISCLOSE.value)
        if by.is_one_of(publication.proposed_by):
            raise StepRefused("disclose.own_proposal")
        _check_finished(change.order)
        _check_kept(publication, kept)
        publication.stage, publication.closing = PUBLISHED, change.order.stage
        publication.finding = change.order.finding
        await replace_standing(change)
        await Publication.filter(tenant_id=tenant_id, id=publication.id).update(
            stage=PUBLISHED,
            closing=change.order.stage,
            finding=change.order.finding,
            approved_by=by.id,
            published_at=now,
            review_cause=None,  # whoever approves has looked at it as it stands
            review_at=None,
        )
        await shown(publication, by, now)
        await result_public(change.order, by, now)
        await record(change, publication, Step.DISCLOSE, {"approved": True})


def _check_words(ask: Proposal) -> None:
    for name, most in (("title", LONGEST_TITLE), ("problem", LONGEST), ("measure", LONGEST)):
        words = getattr(ask, name)
        if not words:
            raise StepRefused("disclose.empty", field=name)
        if len(words) > most:
            raise StepRefused("disclose.too_long", field=name, most=most)
        if found := undecided(name, words, ask.kept):
            kinds = sorted({mark.kind for mark in found})
            raise StepRefused("disclose.personal", field=name, kinds=kinds)


def _check_kept(publication: Publication, kept: Set[int]) -> None:
    """What one person kept, another keeps too or it is not published."""
    stays = tuple(Kept(**one) for one in publication.kept)
    if not set(range(len(stays))) <= kept:
        raise StepRefused("disclose.unconfirmed")
    told = (publication.title, publication.problem, publication.measure)
    _check_words(Proposal(*told, kept=stays))
    check_inspected(Inspected("", publication.verified or "", publication.accountability or ""))


async def _check_order(order: WorkOrder) -> None:
    _check_finished(order)
    check_finding(order.finding)
    await check_free(order)


def _check_finished(order: WorkOrder) -> None:
    if OrderStage(order.stage) not in FINISHED:
        raise StepRefused("order.not_now", stage=order.stage, step=Step.DISCLOSE.value)


async def _check_rewritten(order: WorkOrder, ask: Proposal, pack: Pack) -> None:
    members = await locked_members(order)
    added = Supplement.filter(
        tenant_id=order.tenant_id, request_id__in=[member.id for member in members]
    )
    originals = [words for member in members for words in (member.title, member.text)]
    originals += [supplement.text for supplement in await added]
    allowed = [member.target for member in members]
    allowed += [pack.gazetteer.label(place) for place in (order.county, order.township) if place]
    told = {name: getattr(ask, name) for name in ("title", "problem", "measure")}
    for name, words in (told | words_of(ask.inspected)).items():
        if repeated(words, originals, allowed):
            raise StepRefused("disclose.reporters_words", field=name)


async def _propose(change: OrderChange, ask: Proposal, pack: Pack) -> Publication:
    order = change.order
    return await Publication.create(
        id=new_id(),
        tenant_id=order.tenant_id,
        jurisdiction=order.jurisdiction,
        number=fresh_number(f"{pack.prefix}P", change.now),
        order_id=order.id,
        earlier_id=await earlier_of(order),
        county=order.county,
        township=order.township,
        kind=order.kinds[0],
        finding=order.finding,
        closing=order.stage,
        stage=PROPOSED,
        title=ask.title,
        problem=ask.problem,
        measure=ask.measure,
        kept=[asdict(replace(one, why=mask(one.why).text)) for one in ask.kept],
        **await as_inspected(order, ask.inspected, pack),
        proposed_by=change.by.id,
        proposed_at=change.now,
    )
