"""媒体线索: the outlet's side of a 来件, kept beside it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.records import MediaClue, ServiceRequest


@dataclass(frozen=True, slots=True)
class Clue:
    """Where and when it was printed or posted. `headline` is the outlet's, not a reporter's."""

    outlet: str
    url: str
    published_at: datetime | None
    headline: str


async def keep_clue(tenant_id: str, request_id: UUID, clue: Clue) -> None:
    """Once a report, however often it is sent. The first public day decides rewards later."""
    async with transaction():
        report = await ServiceRequest.filter(tenant_id=tenant_id, id=request_id).select_for_update()
        if report and not await MediaClue.exists(tenant_id=tenant_id, id=request_id):
            await MediaClue.create(
                tenant_id=tenant_id,
                id=request_id,
                outlet=clue.outlet,
                url=clue.url,
                published_at=clue.published_at,
                first_public_at=clue.published_at or report[0].registered_at,
                headline=clue.headline,
            )
