"""督办移送送出: handed over with the documents its kind wants; nothing of the report goes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.errors import StepRefused
from hotline.policy.sight import sight_of
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.referral import ReferralKind, check_addressees, check_documents
from hotline.rules.terms import Step
from hotline.steps.addressing import chosen
from hotline.steps.matters import accused_by
from hotline.steps.recused import check_not_recused
from hotline.steps.referral import Asked, ReferralChange, referral_transition, tell_addressees
from hotline.steps.referral_words import words_for


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes along; to whom and why, where that was not said when it was opened."""

    documents: Sequence[str] = ()
    addressees: tuple[str, ...] = ()
    named: str = ""
    grounds: str = ""
    order: str = ""  # 督察交办: the order by which it is handled


async def send_referral(which: Asked, said: Sending, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.SEND_REFERRAL, by, now) as change:
        one = change.referral
        if said.order:
            await _tie(change, said.order)
        if not one.addressees:
            await _address(change, said)
        if not one.grounds:
            one.grounds = await words_for(one, said.grounds, change.pack)
        one.documents = with_documents(change.kind, one.documents, said.documents)
        check_documents(change.kind, one.documents)
        one.sent_at = now
        change.detail |= {"documents": one.documents, "to": one.addressees}
        await tell_addressees(change)


async def _address(change: ReferralChange, said: Sending) -> None:
    """敏感问题, which the service opened: a person says to whom it goes."""
    one, pack = change.referral, change.pack
    order = await WorkOrder.get_or_none(tenant_id=one.tenant_id, id=one.order_id)
    place = (order.lead, order.county) if order else (None, one.facts.get("county"))
    one.addressees = chosen(change.kind, pack, place, (said.addressees, said.named))
    accused = await accused_by(order, pack) if order else frozenset()
    check_addressees(change.kind, one.addressees, accused, one.concerns or "")


async def _tie(change: ReferralChange, number: str) -> None:
    """An inspection item and the order by which it is handled. StepRefused for none in sight."""
    one, sight = change.referral, await sight_of(change.by)
    if one.batch_id is None or one.order_id is not None:  # what it is about stays what it is about
        raise StepRefused("referral.tied")
    order = await WorkOrder.get_or_none(tenant_id=one.tenant_id, number=asked(number.strip()))
    if order is None or not sight.covers(order.tenant_id, order.jurisdiction):
        raise StepRefused("referral.no_order")
    if not sight.takes(order.kinds, order.handler_id):
        raise StepRefused("referral.no_order")
    await check_not_recused(order.tenant_id, order.id, change.by)
    one.order_id = order.id
    change.detail |= {"order": order.number}


def with_documents(kind: ReferralKind, before: Sequence[str], ready: Sequence[str]) -> list[str]:
    """Those on file, in the row's order. StepRefused for what the row does not name."""
    known = [one.code for one in kind.documents]
    if set(ready) - set(known):
        raise StepRefused("referral.document_unknown")
    return [code for code in known if code in {*before, *ready}]
