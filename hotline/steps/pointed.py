"""反映人指认: the matter a reporter pointed at before sending, beside what the rule has found."""

from dataclasses import replace

from hotline.records import WorkOrder
from hotline.records.alike import LookAlike
from hotline.rules.chosen import CHOSEN, as_chosen
from hotline.rules.dedupe import Likeness
from hotline.rules.terms import Relation


async def with_word(alike: list[LookAlike], tenant_id: str, number: str) -> list[LookAlike]:
    """The matter pointed at comes first; one the rule did not find is shown to a person."""
    if not number:
        return alike
    others = [one for one in alike if one.order_number != number]
    for one in alike:
        if one.order_number == number:
            return [replace(one, likeness=as_chosen(one.likeness)), *others]
    order = await WorkOrder.get_or_none(tenant_id=tenant_id, number=number)
    if order is None:
        return alike
    word = Likeness("new", Relation.SAME, 0.0, (CHOSEN,))
    return [LookAlike(order.id, order.number, order.first_request_id, word), *others]
