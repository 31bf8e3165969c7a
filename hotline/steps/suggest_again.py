"""疑似重复, again: what waits for a person was shown an order that has parted or merged since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.records import ServiceRequest
from hotline.records.signing import signed
from hotline.rules.terms import RequestStage
from hotline.steps.candidates import look_alikes, rarity
from hotline.steps.decide import suggestion

MOST: Final = 40  # a hot matter's waiting reports are suggested the living order all the same
WAITING: Final = """
SELECT r.id FROM service_request r WHERE r.tenant_id = $1 AND r.stage = 'triage'
  AND coalesce(r.triage_cause, '') NOT IN ('alike.chosen', 'alike.hot')
  AND EXISTS (SELECT FROM jsonb_array_elements(r.suggestions) s WHERE s ->> 'number' = ANY($2))
ORDER BY r.registered_at LIMIT $3
"""


async def suggest_again(tenant_id: str, numbers: Sequence[str], now: datetime) -> None:
    """After the step that parted or merged has been written; a report decided meanwhile is left."""
    known = await rarity(now)
    for one in await rows(WAITING, tenant_id, list(numbers), MOST):
        request = await ServiceRequest.get(tenant_id=tenant_id, id=one["id"])
        alike = await look_alikes(request, signed(request.title, request.text), known=known)
        waiting = ServiceRequest.filter(
            tenant_id=tenant_id, id=request.id, stage=RequestStage.TRIAGE.value
        )
        await waiting.update(suggestions=[suggestion(found) for found in alike])
