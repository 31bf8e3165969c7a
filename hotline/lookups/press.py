"""媒体联系人: whom the authority reaches at an outlet; for its own press desk alone."""

from dataclasses import dataclass
from typing import Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.records.handles import handle
from hotline.rules.actor import Actor

KIND: Final = "press"
CONTACTS: Final = """
SELECT id, outlet, name, reach FROM press_contact
WHERE tenant_id = $1 AND jurisdiction = $2 ORDER BY outlet, name, id
"""


@dataclass(frozen=True, slots=True)
class PressContact:
    """One person at one outlet. `handle` names it outside the house."""

    handle: str
    outlet: str
    name: str
    reach: str


async def press_contacts(by: Actor) -> list[PressContact]:
    """Of the doer's own jurisdiction."""
    tenant_id = (await sight_of(by)).tenant_id
    return [
        PressContact(handle(KIND, one["id"]), one["outlet"], one["name"], one["reach"])
        for one in await rows(CONTACTS, tenant_id, by.jurisdiction)
    ]
