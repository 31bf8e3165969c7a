"""媒体线索 as the press desk acts on it: the clue's report locked, within the doer's sight."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from hotline.errors import NotFound
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import MediaClue, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.terms import Step
from hotline.steps.own import in_sight
from hotline.steps.public_terms import CLUE, Held
from hotline.steps.transition import RequestChange, Target, request_transition


@dataclass(frozen=True, slots=True)
class ClueChange:
    """The clue beside its report, and the rules it is judged by."""

    clue: MediaClue
    change: RequestChange
    pack: Pack

    @property
    def held(self) -> Held:
        """Whose terms run until the press has its answer."""
        return Held(self.clue.tenant_id, CLUE, self.clue.id)


@asynccontextmanager
async def clue_transition(
    number: str, step: Step, by: Actor, now: datetime
) -> AsyncIterator[ClueChange]:
    """NotFound beyond sight or for what is no clue; NotAllowed for others than the press desk."""
    tenant = (await sight_of(by)).tenant_id
    report = await ServiceRequest.get_or_none(tenant_id=tenant, number=asked(number))
    if report is None or not await in_sight(report, by):
        raise NotFound("clue")
    async with request_transition(Target(report.tenant_id, report.id), step, by, now) as change:
        clue = await MediaClue.get_or_none(tenant_id=report.tenant_id, id=report.id)
        if clue is None:
            raise NotFound("clue")
        yield ClueChange(clue, change, (await packs()).pack(change.request.jurisdiction))
