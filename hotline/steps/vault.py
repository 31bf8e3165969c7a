"""The sealed half of a report, opened for the step at hand alone."""

from hotline.errors import StepRefused
from hotline.records import ServiceRequest, Vault
from hotline.records.sealing import Envelope, UnreadableError, open_envelope


async def opened(request: ServiceRequest) -> tuple[Vault, Envelope]:
    """Row and data key. StepRefused once the key was destroyed."""
    vault = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    try:
        key = open_envelope(request.tenant_id, request.id, vault.kek_id, vault.wrapped_key)
    except UnreadableError as erased:
        raise StepRefused("request.erased") from erased
    return vault, key


async def is_erased(request: ServiceRequest) -> bool:
    """Whether its data key was destroyed; one that lies under a key not at hand was not."""
    gone = Vault.filter(tenant_id=request.tenant_id, id=request.id, wrapped_key__isnull=True)
    return bool(await gone.exists())
