"""督办移送的用语: no person and no words of the reporter leave by what is written in one."""

from typing import Final

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.records import Membership, Referral, ServiceRequest, Supplement, WorkOrder
from hotline.rules.redaction import leaks
from hotline.rules.rewriting import repeated
from hotline.rules.wording import plain

LONGEST: Final = 2000
SHORTEST: Final = 5


async def own_words(text: str, order: WorkOrder | None, pack: Pack) -> str:
    """信访工作条例 art. 30: told anew, or StepRefused; the material itself is never passed on."""
    said = plain(text)
    if len(said) < SHORTEST:
        raise StepRefused("reason.too_short", least=SHORTEST)
    if len(said) > LONGEST:
        raise StepRefused("reason.too_long", most=LONGEST)
    if found := leaks(said):
        raise StepRefused("referral.personal", kinds="、".join(found))
    if order is not None and await _repeats(said, order, pack):
        raise StepRefused("referral.reporters_words")
    return said


async def _repeats(said: str, order: WorkOrder, pack: Pack) -> bool:
    inside = Membership.filter(tenant_id=order.tenant_id, order_id=order.id, to_at__isnull=True)
    ids = [one.request_id for one in await inside]
    reports = await ServiceRequest.filter(tenant_id=order.tenant_id, id__in=ids)
    added = await Supplement.filter(tenant_id=order.tenant_id, request_id__in=ids)
    originals = [words for report in reports for words in (report.title, report.text)]
    originals += [supplement.text for supplement in added]
    allowed = [report.target for report in reports]
    allowed += [pack.gazetteer.label(code) for code in (order.county, order.township) if code]
    return repeated(said, originals, allowed)


async def words_for(one: Referral, text: str, pack: Pack) -> str:
    """The same for one that stands."""
    order = await WorkOrder.get_or_none(tenant_id=one.tenant_id, id=one.order_id)
    return await own_words(text, order, pack)
