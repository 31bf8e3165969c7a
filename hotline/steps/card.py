"""监督员证、网格员证: a number issued for some days, and taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import ReporterCard, new_id
from hotline.rules.actor import Actor
from hotline.rules.cards import CardKind, card_number
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append


@dataclass(frozen=True, slots=True)
class NewCard:
    """Whose it is stands in the authority's own list, not here."""

    kind: CardKind
    number: str
    first: date
    last: date | None = None


async def issue_card(ask: NewCard, *, by: Actor, now: datetime) -> str:
    """The number as it is kept. NotAllowed, StepRefused."""
    check_may(Step.CARD, by)
    number = card_number(ask.number)
    if ask.last is not None and ask.last < ask.first:
        raise StepRefused("card.bad_days")
    tenant = (await packs()).pack(by.jurisdiction).tenant
    async with transaction():
        if await ReporterCard.exists(tenant_id=tenant, number=number):
            raise StepRefused("card.known")
        card = await ReporterCard.create(
            id=new_id(),
            tenant_id=tenant,
            jurisdiction=by.jurisdiction,
            kind=ask.kind.value,
            number=number,
            valid_from=ask.first,
            valid_to=ask.last,
            made_by=by.id,
            made_at=now,
        )
        await _say(card, by, now, {"card": ask.kind, "from": ask.first, "to": ask.last})
    return number


async def revoke_card(number: str, *, by: Actor, now: datetime) -> None:
    """From now on it proves nothing; what it proved stays."""
    check_may(Step.CARD, by)
    tenant = (await packs()).pack(by.jurisdiction).tenant
    async with transaction():
        held = ReporterCard.filter(tenant_id=tenant, number=card_number(number), revoked_at=None)
        card = await held.select_for_update().first()
        if card is None or card.jurisdiction != by.jurisdiction:
            raise NotFound("card")
        await ReporterCard.filter(tenant_id=tenant, id=card.id).update(revoked_at=now)
        await _say(card, by, now, {"card": card.kind, "ended": now})


async def _say(card: ReporterCard, by: Actor, now: datetime, detail: dict[str, object]) -> None:
    chain = Chain(card.tenant_id, Aggregate.STAFF, card.id)
    await append(chain, Happening(Step.CARD, "active", by, now), detail)
