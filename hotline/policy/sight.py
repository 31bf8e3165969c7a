"""视野 by the packs in force: a jurisdiction sees itself and what lies in it."""

from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight, department_of_sight


async def sight_of(by: Actor) -> Sight:
    """What a member of staff may see. PolicyGap for a jurisdiction without a pack."""
    known = await packs()
    own = known.pack(by.jurisdiction)
    inside = {
        pack.code
        for pack in known.by_code.values()
        if pack.tenant == own.tenant
        and any(place.code == own.code for place in pack.gazetteer.path(pack.code))
    }
    whose = by.account if by.kinds else None  # else many see the same
    return Sight(own.tenant, frozenset(inside), department_of_sight(by), by.kinds, whose)
