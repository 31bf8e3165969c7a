"""What an undecided report is compared by, and the matters it is like."""

from hotline.records import ServiceRequest
from hotline.records.alike import Asked, LookAlike, Search, alike, asked, bears_upon, each_alike
from hotline.records.hot import lately
from hotline.records.rarity import NOTHING, Known, rarity
from hotline.records.signing import Signed
from hotline.rules.dedupe import Sketch
from hotline.rules.nearness import point_of

__all__ = [
    "NOTHING",
    "Asked",
    "Known",
    "LookAlike",
    "asked_of",
    "bears_upon",
    "each_alike",
    "lately",
    "look_alikes",
    "rarity",
    "sketch_of",
]


async def look_alikes(request: ServiceRequest, signed: Signed, *, known: Known) -> list[LookAlike]:
    """Earlier matters like this one, likest first, one an order."""
    return await alike(asked_of(request, signed, known), known)


def asked_of(request: ServiceRequest, signed: Signed, known: Known) -> Asked:
    """What is asked for one report."""
    search = Search(request.tenant_id, request.registered_at, signed, request.historical)
    return asked(search, sketch_of(request, signed), known)


def sketch_of(request: ServiceRequest, signed: Signed) -> Sketch:
    """The new report as the rule compares it."""
    return Sketch(
        id=request.id,
        county=request.county,
        township=request.township,
        kinds=frozenset(request.kinds),
        words=frozenset(signed.words),
        title_words=tuple(signed.title_words),
        opening=tuple(signed.opening),
        body_key=request.body_key,
        sender=request.sender_index,
        landmark=request.landmark,
        target=request.target,
        at=request.registered_at,
        point=point_of(request.longitude, request.latitude, request.accuracy_m),
        open=True,
    )
