"""本人的来件: what a person reported by the same openid; known without the query code."""

from typing import Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.lookups.progress import Progress, progress_of
from hotline.policy.store import packs
from hotline.records import ServiceRequest
from hotline.records.sealing import blind_index
from hotline.rules.terms import Channel

MOST: Final = 3
# an anonymous report has no sender: it is found by number and code alone
OWN: Final = """
SELECT id FROM service_request WHERE tenant_id = $1 AND sender_index = $2 AND channel = $3
  AND ($4 = '' OR number = $4) ORDER BY registered_at DESC LIMIT $5
"""


async def latest_reports(tenant_id: str, openid: str, number: str = "") -> list[Progress]:
    """The last ones, the newest first."""
    index, channel = blind_index(tenant_id, "openid", openid), Channel.WECHAT.value
    known = await packs()
    found = await rows(OWN, tenant_id, index, channel, number, MOST)
    requests = [await ServiceRequest.get(tenant_id=tenant_id, id=one["id"]) for one in found]
    return [await progress_of(request, known) for request in requests]


async def own_report(tenant_id: str, openid: str, number: str) -> Progress:
    """The newest, or the one of this number. NotFound for another's as for an unknown one."""
    found = await latest_reports(tenant_id, openid, number)
    if not found:
        raise NotFound("report")
    return found[0]
