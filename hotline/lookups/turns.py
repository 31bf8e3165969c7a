"""往来: what was said between the house and a reporter, masked; staff have no name there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows

TURNS: Final = """
SELECT t.request_id, t.by, t.at, t.text, s.name FROM turn t
LEFT JOIN staff s ON s.tenant_id = t.tenant_id AND s.id::text = t.by
WHERE t.tenant_id = $1 AND t.request_id = ANY($2) ORDER BY t.at, t.id
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn. `who`: a member of staff's name, "" for the reporter."""

    by_reporter: bool
    who: str = field(repr=False)
    at: datetime
    text: str = field(repr=False)


async def turns(tenant_id: str, requests: Sequence[UUID]) -> dict[UUID, list[Said]]:
    """Report → what was said, the oldest first."""
    found: dict[UUID, list[Said]] = {one: [] for one in requests}
    for one in await rows(TURNS, tenant_id, list(requests)):
        said = Said(one["by"] is None, one["name"] or "", one["at"], one["text"])
        found[one["request_id"]].append(said)
    return found
