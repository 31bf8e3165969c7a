"""专项行动: a label with its days, opened, laid over orders and taken off again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import Campaign, CampaignOrder, WorkOrder, new_id
from hotline.records.own_kinds import order_kinds
from hotline.records.writing import add
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.numbering import asked
from hotline.rules.terms import Aggregate, Step
from hotline.rules.wording import plain
from hotline.steps.append import Chain, Happening, append
from hotline.steps.numbers import fresh_number
from hotline.steps.own import in_sight

LONGEST_NAME: Final = 120
LONGEST_SOURCE: Final = 400
LONGEST_DAYS: Final = 3 * 366
AT_ONCE: Final = 2000
# 纳入: the orders of its days and kinds that are not under it yet
FITTING: Final = """
SELECT o.id FROM work_order o WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2)
  AND NOT o.historical AND o.stage NOT IN ('withdrawn', 'merged')
  AND (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $3 AND $4
  AND (cardinality($5::text[]) = 0 OR EXISTS (SELECT FROM unnest(o.kinds) k
    WHERE split_part(k, '.', 1) = ANY($5) OR k = ANY($5)))
  AND NOT EXISTS (SELECT FROM campaign_order c WHERE c.tenant_id = $1 AND c.campaign_id = $6
    AND c.order_id = o.id){own}
ORDER BY o.opened_at LIMIT $7
"""


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """Its name, its days, the kinds it is about (none: all), and what it rests on."""

    name: str
    from_on: date
    to_on: date
    kinds: tuple[str, ...] = ()
    source: str = ""
    reward: str = ""  # the reward scheme laid over it, by its code


async def open_campaign(ask: NewCampaign, *, by: Actor, now: datetime) -> str:
    """Its number. NotAllowed, StepRefused."""
    check_may(Step.CAMPAIGN, by)
    pack = (await packs()).pack(by.jurisdiction)
    name = plain(ask.name)[:LONGEST_NAME]
    if not name:
        raise StepRefused("campaign.name")
    if not 0 <= (ask.to_on - ask.from_on).days <= LONGEST_DAYS:
        raise StepRefused("campaign.days")
    if set(ask.kinds) - {kind.code for kind in pack.lexicon.kinds}:
        raise StepRefused("campaign.kinds")
    if ask.reward and ask.reward not in {one.code for one in pack.rewards if one.campaign}:
        raise StepRefused("campaign.reward")
    campaign = Campaign(
        id=new_id(),
        tenant_id=pack.tenant,
        jurisdiction=pack.jurisdiction,
        number=fresh_number(f"{pack.prefix}C", now),
        name=name,
        source=plain(ask.source)[:LONGEST_SOURCE],
        kinds=list(ask.kinds),
        from_on=ask.from_on,
        to_on=ask.to_on,
        reward=ask.reward,
        opened_by=by.id,
        opened_at=now,
    )
    async with transaction():
        await add(campaign)
        await _record(
            campaign, by, now, {"name": name, "kinds": campaign.kinds, "reward": ask.reward}
        )
    return str(campaign.number)


async def gather(number: str, *, by: Actor, now: datetime) -> int:
    """How many orders of its days and kinds came under it; one that was taken off stays off."""
    async with transaction():
        campaign = await _locked(number, by)
        sight = await sight_of(by)
        found = await rows(
            FITTING.format(own=order_kinds(sight)),
            *(campaign.tenant_id, sorted(sight.jurisdictions)),
            *(campaign.from_on, campaign.to_on, campaign.kinds, campaign.id, AT_ONCE),
        )
        await CampaignOrder.bulk_create([_laid(campaign, one["id"], by, now) for one in found])
        await _record(campaign, by, now, {"gathered": len(found)})
    return len(found)


async def lay(number: str, order_number: str, *, by: Actor, now: datetime) -> None:
    """Over one order, whatever its day and kind. NotFound, StepRefused."""
    async with transaction():
        campaign = await _locked(number, by)
        order = await _order(campaign, order_number, by)
        if await _standing(campaign, order).exists():
            raise StepRefused("campaign.already")
        await _laid(campaign, order.id, by, now).save(force_create=True)
        await _record(campaign, by, now, {"order": order.number})


async def take_off(number: str, order_number: str, *, by: Actor, now: datetime) -> None:
    """From one order. NotFound, StepRefused."""
    async with transaction():
        campaign = await _locked(number, by)
        order = await _order(campaign, order_number, by)
        if not await _standing(campaign, order).update(to_at=now):
            raise StepRefused("campaign.not_under")
        await _record(campaign, by, now, {"order": order.number, "off": True})


async def _locked(number: str, by: Actor) -> Campaign:
    check_may(Step.CAMPAIGN, by)
    sight = await sight_of(by)
    found = Campaign.filter(tenant_id=sight.tenant_id, number=asked(number))
    campaign = await found.select_for_update(no_key=True).first()
    if campaign is None or not sight.covers(campaign.tenant_id, campaign.jurisdiction):
        raise NotFound("campaign")
    return campaign


async def _order(campaign: Campaign, number: str, by: Actor) -> WorkOrder:
    order = await WorkOrder.get_or_none(tenant_id=campaign.tenant_id, number=asked(number.strip()))
    if order is None or not await in_sight(order, by):
        raise StepRefused("campaign.no_order")
    return order


def _standing(campaign: Campaign, order: WorkOrder) -> Any:
    return CampaignOrder.filter(
        tenant_id=campaign.tenant_id, campaign_id=campaign.id, order_id=order.id, to_at__isnull=True
    )


def _laid(campaign: Campaign, order_id: Any, by: Actor, now: datetime) -> CampaignOrder:
    return CampaignOrder(
        id=new_id(),
        tenant_id=campaign.tenant_id,
        campaign_id=campaign.id,
        order_id=order_id,
        by=by.id,
        from_at=now,
    )


async def _record(campaign: Campaign, by: Actor, now: datetime, detail: dict[str, Any]) -> None:
    chain = Chain(campaign.tenant_id, Aggregate.REFERRAL, campaign.id)
    happening = Happening(Step.CAMPAIGN, "campaign", by, now)
    await append(chain, happening, {"campaign": campaign.number, **detail})
