"""坐席: an agent says at which extension of which line they sit; one seat a person."""

from datetime import datetime

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import HookChannel, Seat, new_id
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Channel, Step

LONGEST = 32


async def take_seat(line: str, extension: str, by: Actor, now: datetime) -> None:
    """Whoever sat there before is up. NotAllowed, NotFound, StepRefused."""
    check_may(Step.TAKE_CALL, by)
    if not (extension.isascii() and extension.isalnum() and len(extension) <= LONGEST):
        raise StepRefused("seat.extension")
    sight = await sight_of(by)
    known = HookChannel.filter(
        tenant_id=sight.tenant_id,
        name=line,
        kind=Channel.PHONE.value,
        active=True,
        jurisdiction__in=sorted(sight.jurisdictions),
    )
    if not await known.exists():
        raise NotFound("line")
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext($1))", f"seats:{line}")
        await Seat.filter(tenant_id=sight.tenant_id, line=line, extension=extension).delete()
        await Seat.filter(tenant_id=sight.tenant_id, staff_id=by.id).delete()
        await Seat.create(
            id=new_id(),
            tenant_id=sight.tenant_id,
            line=line,
            extension=extension,
            staff_id=by.id,
            seated_at=now,
        )


async def leave_seat(by: Actor) -> None:
    """No call rings for this person."""
    check_may(Step.TAKE_CALL, by)
    sight = await sight_of(by)
    await Seat.filter(tenant_id=sight.tenant_id, staff_id=by.id).delete()
