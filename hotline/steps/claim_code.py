"""领奖验证码: for whoever gave a real name, sent to the address that was given with it.

Nobody is told whether name and number belong together: only the code's arrival tells.
"""

import hmac
import json
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import row, transaction
from hotline.errors import NotFound
from hotline.policy.store import packs
from hotline.records import ClaimCode, ServiceRequest, Vault, new_id
from hotline.records.sealing import UnreadableError, claim_code_hash, open_envelope
from hotline.rules.normalise import tidy
from hotline.rules.report import Contact, contact_of
from hotline.rules.terms import Secrecy
from hotline.steps.outbox import send_code
from hotline.steps.prove_claim import NO_ID, NOBODY, Claimant

DIGITS: Final = 8
LIFE: Final = timedelta(minutes=30)
NEWEST: Final = """
SELECT c.id, c.hash, c.request_id FROM claim_code c
JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.request_id
WHERE c.tenant_id = $1 AND r.number = $2 AND c.used_at IS NULL AND c.expires_at > $3
ORDER BY c.made_at DESC LIMIT 1
"""


async def ask_code(number: str, name: str, now: datetime) -> None:
    """Sent when the name is the one that was given; silent in any case."""
    tenant_id = (await packs()).tenant_of_number(number)
    request = await ServiceRequest.get_or_none(tenant_id=tenant_id, number=number)
    if request is None or request.secrecy != Secrecy.REAL_NAME:
        return
    contact = await _contact(request)
    if contact.is_empty() or not _same(contact.name, name):
        return
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    async with transaction():
        await ClaimCode.create(
            id=new_id(),
            tenant_id=tenant_id,
            request_id=request.id,
            hash=claim_code_hash(tenant_id, request.id, code),
            made_at=now,
            expires_at=now + LIFE,
        )
        await send_code(request, "request.reward_code", code, now)


async def proved_by_code(number: str, code: str, now: datetime) -> Claimant:
    """Once, within half an hour. NotFound for whatever is wrong."""
    tenant_id = (await packs()).tenant_of_number(number)
    found = await row(NEWEST, tenant_id, number, now)
    request_id: UUID = found["request_id"] if found else NO_ID
    stored = bytes(found["hash"]) if found else NOBODY
    right = hmac.compare_digest(stored, claim_code_hash(tenant_id, request_id, code))
    if found is None or not right:
        raise NotFound("claim")
    unused = ClaimCode.filter(tenant_id=tenant_id, id=found["id"], used_at__isnull=True)
    if await unused.update(used_at=now) != 1:
        raise NotFound("claim")
    return Claimant(tenant_id, request_id, "name")


async def _contact(request: ServiceRequest) -> Contact:
    vault = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    if vault.contact is None:
        return Contact()
    try:
        key = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
    except UnreadableError:
        return Contact()
    return contact_of(json.loads(key.unseal("contact", vault.contact)))


def _same(given: str, typed: str) -> bool:
    one, other = ("".join(tidy(name).split()).encode() for name in (given, typed))
    return bool(one) and hmac.compare_digest(one, other)
