"""督察批次登记: what an inspection handed over on one day, item by item."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import InspectionBatch, Referral, new_id
from hotline.records.writing import add, gathering
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.inspection import Item, items
from hotline.rules.lifecycle import check_may
from hotline.rules.numbering import asked
from hotline.rules.redaction import mask
from hotline.rules.referral_stage import ReferralStage
from hotline.rules.terms import Aggregate, Step
from hotline.rules.wording import plain
from hotline.steps.append import Chain, Happening, append, begin
from hotline.steps.numbers import fresh_number
from hotline.steps.referral import ReferralChange, kind_of, record

KIND: Final = "inspection"
MOST_ITEMS: Final = 500
LONGEST_NAME: Final = 120
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Batch:
    """第几批, of which inspection, received when."""

    name: str
    level: str
    received_on: date


async def hand_batch(ask: Batch, *, by: Actor, now: datetime) -> str:
    """The number of a new batch. NotAllowed, StepRefused."""
    check_may(Step.HAND_BATCH, by)
    pack = (await packs()).pack(by.jurisdiction)
    name = plain(ask.name)[:LONGEST_NAME]
    if not name or ask.level not in {one.code for one in pack.referring.levels}:
        raise StepRefused("inspection.batch")
    if ask.received_on > now.astimezone(SHANGHAI).date():
        raise StepRefused("inspection.future")
    batch = InspectionBatch(
        id=new_id(),
        tenant_id=pack.tenant,
        jurisdiction=pack.jurisdiction,
        number=fresh_number(f"{pack.prefix}B", now),
        name=name,
        level=ask.level,
        received_on=ask.received_on,
        opened_by=by.id,
        opened_at=now,
    )
    async with transaction():
        await add(batch)
        await _record(batch, by, now, {"level": ask.level, "received_on": str(ask.received_on)})
    return str(batch.number)


async def take_items(number: str, text: str, *, by: Actor, now: datetime) -> tuple[int, int]:
    """How many lines became items, how many stood there already. StepRefused names a bad line."""
    check_may(Step.HAND_BATCH, by)
    sight = await sight_of(by)
    async with transaction(), gathering():
        found = InspectionBatch.filter(tenant_id=sight.tenant_id, number=asked(number))
        batch = await found.select_for_update(no_key=True).first()
        if batch is None or not sight.covers(batch.tenant_id, batch.jurisdiction):
            raise NotFound("batch")
        pack = (await packs()).pack(batch.jurisdiction)
        read = list(items(text, lambda name: _county(pack, name), _shaped(pack)))
        if bad := [str(one) for one in read if isinstance(one, int)]:
            raise StepRefused("inspection.lines", lines="、".join(bad[:20]))
        if not 0 < len(read) <= MOST_ITEMS:
            raise StepRefused("inspection.items", most=MOST_ITEMS)
        there = await _there(batch)
        new = {one.number: one for one in read if isinstance(one, Item) and one.number not in there}
        for item in new.values():
            await _take(batch, item, pack, by, now)
        await _record(batch, by, now, {"items": len(new)})
    return len(new), len(read) - len(new)


async def _take(batch: InspectionBatch, item: Item, pack: Pack, by: Actor, now: datetime) -> None:
    """The inspection's own wording, masked: whose complaint it was stays with the inspection."""
    one = Referral(
        id=new_id(),
        tenant_id=batch.tenant_id,
        jurisdiction=batch.jurisdiction,
        number=fresh_number(f"{pack.prefix}D", now),
        kind=KIND,
        batch_id=batch.id,
        foreign_number=item.number,
        stage=ReferralStage.OPENED.value,
        title=item.number,
        grounds=mask(plain(item.problem)).text[:LONGEST],
        facts={"county": item.county, **({"star": True} if item.star else {})},
        opened_by=by.id,
        opened_at=now,
        policy_version=pack.versions.get("referral"),
    )
    kind = kind_of(pack, KIND)
    change = ReferralChange(one, kind, pack, by, now, ReferralStage.OPENED)
    change.detail |= {"kind": KIND, "batch": batch.number, "foreign": item.number}
    await add(one)
    begin(Chain(one.tenant_id, Aggregate.REFERRAL, one.id))
    await record(change, Step.REFER)


async def _record(batch: InspectionBatch, by: Actor, now: datetime, detail: dict[str, Any]) -> None:
    chain = Chain(batch.tenant_id, Aggregate.REFERRAL, batch.id)
    happening = Happening(Step.HAND_BATCH, "handed", by, now)
    await append(chain, happening, {"batch": batch.number, **detail})


async def _there(batch: InspectionBatch) -> set[str]:
    found = await rows(
        "SELECT foreign_number FROM referral WHERE tenant_id = $1 AND batch_id = $2",
        *(batch.tenant_id, batch.id),
    )
    return {one["foreign_number"] for one in found}


def _county(pack: Pack, name: str) -> str | None:
    """A place of the jurisdiction by its name."""
    inside = (place for place in pack.gazetteer if place.level != "township")
    known = (place for place in inside if name in (place.name, place.short, *place.aliases))
    return next((one.code for one in known if _lies_in(pack, one.code)), None)


def _lies_in(pack: Pack, code: str) -> bool:
    return any(above.code == pack.code for above in pack.gazetteer.path(code))


def _shaped(pack: Pack) -> Any:
    """By the pack's own pattern of numbers, where it has one."""
    if pack.disclosure.number_pattern:
        return pack.disclosure.is_inspection_number
    return bool
