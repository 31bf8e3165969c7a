"""来电处置: what became of a call: a report, or nothing, with the reason."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Step
from hotline.steps.take_call import locked_call, save_call

REPORT: Final = "report"
NOTHING: Final = "nothing"


async def settle_call(ref: str, request_id: UUID | None, by: Actor, now: datetime) -> None:
    """By whoever took it; twice is once. NotAllowed, NotFound, StepRefused."""
    check_may(Step.SETTLE_CALL, by)
    async with transaction():
        call = await locked_call(ref, by)
        if call.taken_at is None or str(call.staff_id) != by.id:
            raise NotAllowed(Step.SETTLE_CALL.value)
        if call.request_id and call.request_id == request_id:
            return
        if call.settled_at and call.settled_as == REPORT:
            raise StepRefused("call.settled")
        call.request_id = request_id
        call.settled_at, call.settled_as = now, REPORT if request_id else NOTHING
        await save_call(call, Step.SETTLE_CALL, by, now)
