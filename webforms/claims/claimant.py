"""Who was proved to be a reporter, for a quarter of an hour, in a sealed cookie."""

from typing import Final, Literal
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from hotline.steps.prove_claim import Claimant
from webforms import cookies
from webforms.visit import current

OPEN_FOR: Final = 15 * 60  # seconds


def open_claim(response: Response, claimant: Claimant) -> None:
    """Remember who it is."""
    held = {
        "tenant": claimant.tenant_id,
        "request": str(claimant.request_id),
        "proof": claimant.proof,
    }
    value = cookies.sealed(held)
    cookies.put(response, cookies.CLAIM, value, seconds=OPEN_FOR, secure=current().secure)


def shown(request: Request) -> Claimant | None:
    """Whoever the cookie opens the claim for."""
    held = cookies.unsealed(request.cookies.get(cookies.CLAIM, ""), seconds=OPEN_FOR)
    if "request" not in held or "proof" not in held:
        return None
    proof: Literal["secret", "name"] = "name" if held["proof"] == "name" else "secret"
    return Claimant(held["tenant"], UUID(held["request"]), proof)
