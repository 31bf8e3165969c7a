"""人工研判: a person decides what the intake could not, under the same matter lock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import lock_places, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import Clock, ServiceRequest
from hotline.records.sealing import UnreadableError
from hotline.rules.accepting import is_at_desk
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, RequestStage, Step
from hotline.steps.clocks import since, start_request_clocks
from hotline.steps.find import check_kinds
from hotline.steps.matter import Deciding
from hotline.steps.own import check_own
from hotline.steps.staged_files import take_in_files
from hotline.steps.transition import Target, locked_request
from hotline.steps.understand import Choice, Understood, keep, understand, with_desk_choice

# what a person may decide; a report the intake still has is left to it
WAITING: Final = frozenset({RequestStage.TRIAGE, RequestStage.REFUSED})


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which step, with which choice of place and kinds, if any; whom else it concerns."""

    step: Step
    choice: Choice | None = None
    near: str | None = None  # the county of the order it joins
    early: bool = False  # may be taken before the intake has looked


@asynccontextmanager
async def deciding(
    target: Target, judgement: Judgement, by: Actor, now: datetime
) -> AsyncIterator[Deciding]:
    """One decision of a person in one transaction. The sealed report is read before the lock."""
    check_may(judgement.step, by)
    request = await ServiceRequest.get_or_none(tenant_id=target.tenant_id, id=target.id)
    if request is None:
        raise NotFound("request")
    found = await _understood(request, judgement, now)
    async with transaction():
        await lock_places(target.tenant_id, found.located.county, judgement.near)
        request = await locked_request(target)
        await check_own(request, None, by)
        await check_body(request, by)
        _check_waiting(request, judgement)
        await keep(request, found)
        request.also = list(judgement.choice.also) if judgement.choice else []
        await take_in_files(request, now)
        await _start_terms(request, found.pack)
        yield Deciding(request, found.pack, by, now)


async def _understood(request: ServiceRequest, judgement: Judgement, now: datetime) -> Understood:
    try:
        found = await understand(request, now)
    except UnreadableError as erased:
        raise StepRefused("request.erased") from erased
    if judgement.choice is None:
        return found
    pack = (await packs()).serving_county(request.tenant_id, judgement.choice.county)
    _check_choice(judgement.choice, pack)
    return with_desk_choice(found, judgement.choice, pack)


async def check_body(request: ServiceRequest, by: Actor) -> None:
    """分别受理: what another accepting body has is not decided here. NotFound."""
    if by.kind is ActorKind.STAFF:
        bodies = (await packs()).pack(by.jurisdiction).accepting
        if not is_at_desk(bodies, by.department, request.body):
            raise NotFound("request")


def _check_choice(choice: Choice, pack: Pack) -> None:
    if pack.gazetteer.county_of(choice.county) != choice.county:
        raise StepRefused("place.unknown_code")
    if choice.township and pack.gazetteer.county_of(choice.township) != choice.county:
        raise StepRefused("place.conflict")
    if any(pack.gazetteer.county_of(code) != code for code in choice.also):
        raise StepRefused("place.unknown_code")
    check_kinds(choice.kinds, pack)


def _check_waiting(request: ServiceRequest, judgement: Judgement) -> None:
    stage = RequestStage(request.stage)
    if stage in WAITING or (judgement.early and stage is RequestStage.RECEIVED):
        return
    raise StepRefused("request.not_now", stage=stage.value, step=judgement.step.value)


async def _start_terms(request: ServiceRequest, pack: Pack) -> None:
    """A report that reaches a person before the intake could read it has no term yet."""
    if not await Clock.exists(tenant_id=request.tenant_id, holder_id=request.id):
        await start_request_clocks(request, pack, Step.REGISTER, since(request))
