"""Machines that show a key: whose it is, what it may do, and how often in a minute."""

import re
from typing import Final

from starlette.requests import Request

from hotline.errors import HotlineError, NotFound
from hotline.lookups.api_key import KeyHolder, key_holder
from hotline.policy.pack import Pack
from hotline.policy.store import Packs
from hotline.rules.terms import Scope
from hotline.steps.allowance import spend
from webforms.visit import current

BEARER: Final = "bearer "
# as it is, or in the quotes of a structured header
ID: Final = r'([!#-~]{1,100}|"[!#-~]{1,100}")'


class NoKey(HotlineError):
    """No key, or none that is good now."""


class NoScope(HotlineError):
    """A good key, but not for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.value)
        self.scope = scope


class BadId(HotlineError):
    """An Idempotency-Key is missing where one is needed, or is no such thing."""


async def let_in(key: str, scope: Scope) -> KeyHolder:
    """Whose key it is. NoKey, NoScope, TooMany; a wrong scope counts as a call too."""
    now = current().now
    holder = await key_holder(key, now)
    if holder is None:
        raise NoKey
    await spend(holder.tenant_id, holder.channel, holder.per_minute, now)
    if scope not in holder.scopes:
        raise NoScope(scope)
    return holder


def bearer(request: Request) -> str:
    """The key in the Authorization header, or "" for none."""
    said = request.headers.get("authorization", "")
    return said[len(BEARER) :].strip() if said[: len(BEARER)].lower() == BEARER else ""


def idempotency_key(request: Request) -> str:
    """The sender's own id of what it sends, "" when it says none. BadId."""
    said = request.headers.get("idempotency-key", "")
    found = re.fullmatch(ID, said)
    if said and found is None:
        raise BadId
    return said.strip('"')


def asked_pack(known: Packs, asked: str) -> Pack | None:
    """The serving pack that is named, else the only province; None when one must be named."""
    serving = known.serving()
    if not asked:
        tenants = known.tenants()
        return tenants[0] if len(tenants) == 1 else None
    for pack in serving:
        if pack.code == asked:
            return pack
    raise NotFound("jurisdiction")


def packs_within(known: Packs, pack: Pack) -> list[str]:
    """The pack itself and every pack of its tenant that lies in it."""
    return [
        one.code
        for one in known.serving()
        if one.tenant == pack.tenant
        and pack.code in {place.code for place in one.gazetteer.path(one.code)}
    ]
