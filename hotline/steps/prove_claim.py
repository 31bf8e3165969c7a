"""领取核验: number, code and secret together, or nothing; counting tries is the door's."""

import hmac
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from hotline.database import row
from hotline.errors import NotFound
from hotline.policy.store import packs
from hotline.records.sealing import code_hash, peppered_secret
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind
from hotline.steps.hashing import matches

NOBODY: Final = bytes(32)
NO_ID: Final = UUID(int=0)
HELD: Final = """
SELECT r.id, r.code_hash, s.hash FROM service_request r
LEFT JOIN reward_secret s ON s.tenant_id = r.tenant_id AND s.id = r.id
WHERE r.tenant_id = $1 AND r.number = $2
"""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Whoever proved to be the reporter of a report, and by what."""

    tenant_id: str
    request_id: UUID
    proof: Literal["secret", "name"]

    @property
    def actor(self) -> Actor:
        """As the reporter of this report."""
        return Actor(ActorKind.REPORTER, str(self.request_id))


async def proved(number: str, code: str, words: str) -> Claimant:
    """NotFound for whatever is wrong, or was never there; the same work for all. TooMany."""
    tenant_id = (await packs()).tenant_of_number(number)
    found = await row(HELD, tenant_id, number)
    stored = bytes(found["code_hash"] or NOBODY) if found else NOBODY
    right_code = hmac.compare_digest(stored, code_hash(tenant_id, number, code))
    request_id: UUID = found["id"] if found else NO_ID
    slow = found["hash"] if found else None
    right_words = await matches(slow, peppered_secret(tenant_id, request_id, words))
    if found is None or not (right_code and right_words):
        raise NotFound("claim")
    return Claimant(tenant_id, request_id, "secret")
