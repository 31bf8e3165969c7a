"""更正联系方式: an address put right by a person, sealed beside what was given; then sent again.

Neither the old nor the new address stands in the history: only which kind was put right, and why.
"""

import json
from typing import Final

from hotline.errors import StepRefused
from hotline.records import Vault
from hotline.records.sealing import open_envelope
from hotline.rules.masking import EMAIL
from hotline.rules.message import MAIL, SHORT
from hotline.rules.normalise import phone_digits
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.messages import Handled, handling
from hotline.steps.ready import corrected_in
from hotline.steps.resend import waits_again

FIELDS: Final = {MAIL: "email", SHORT: "phone"}


async def readdress(one: Handled, way: str, address: str, why: str) -> None:
    """NotAllowed, NotFound, StepRefused, UnreadableError once the report was erased."""
    said = _checked(way, address.strip())
    async with handling(one, Step.READDRESS) as (message, change):
        if message.request_id is None:
            raise StepRefused("message.no_address")
        change.detail |= {"field": FIELDS[way], "reason": reason(why)}
        vault = await Vault.get(tenant_id=message.tenant_id, id=message.request_id)
        envelope = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
        right = {**corrected_in(envelope, vault), FIELDS[way]: said}
        sealed = envelope.seal("corrected", json.dumps(right).encode())
        await Vault.filter(tenant_id=vault.tenant_id, id=vault.id).update(corrected=sealed)
        await waits_again(message, one.now, way)


def _checked(way: str, address: str) -> str:
    if way == MAIL and EMAIL.fullmatch(address):
        return address
    digits = phone_digits(address) if way == SHORT else None
    if not digits:
        raise StepRefused("message.bad_address")
    return digits
