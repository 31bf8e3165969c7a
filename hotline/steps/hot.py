"""热点: while one kind at one place is hot, what is like no matter by its words waits for a person.

Its terms run on. The desk sees it beside the order that the others belong to, and settles many at
once.
"""

from datetime import datetime
from typing import Final

from hotline.records import ServiceRequest
from hotline.records.alike import LookAlike
from hotline.records.rarity import Known
from hotline.rules.dedupe import SAME_COUNTY, SAME_KIND, SAME_TOWNSHIP, Likeness
from hotline.rules.hot import SAME_SPOT, spot_of, spots
from hotline.rules.terms import Relation

HOT: Final = "alike.hot"


async def hot_matter(request: ServiceRequest, known: Known, now: datetime) -> LookAlike | None:
    """The matter that is hot at a report's place, by kind and place alone, whatever it says.

    None for an emergency: it waits for nobody.
    """
    spot = spot_of(request.tenant_id, request.county, request.township, request.kinds)
    if spot is None or known.lately is None or request.historical or request.emergency:
        return None
    found = await known.lately.running(spot, now)
    if found is None:
        return None
    reasons = (SAME_SPOT, SAME_TOWNSHIP if spot.township else SAME_COUNTY, SAME_KIND)
    like = Likeness("suggest", Relation.SAME, 0.0, reasons)
    return LookAlike(found.id, found.number, request.id, like)


def count(request: ServiceRequest, known: Known) -> None:
    """One more of its kinds at its place, now that it is decided."""
    if known.lately is not None and not request.historical:
        where = request.tenant_id, request.county, request.township
        known.lately.note(spots(*where, request.kinds))
