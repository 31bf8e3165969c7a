"""公众号: which official accounts there are, and one's secrets, held for a few seconds."""

import json
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.records import WechatAccount
from hotline.records.sealing import kek_envelope

FRESH_FOR: Final = 3.0  # seconds a changed or retired account may still be known as it was
MOST_HELD: Final = 256  # names that somebody made up must not fill the memory


@dataclass(frozen=True, slots=True)
class Pair:
    """What the platform's page held before; taken until then."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """An account whose requests can be checked."""

    tenant_id: str
    id: UUID
    name: str
    jurisdiction: str
    app_id: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)  # "" in plain mode
    app_secret: str = field(repr=False)
    previous: Pair | None = field(default=None, repr=False)

    def before(self, now: datetime) -> "Account | None":
        """As the platform knew it before the secrets were changed; None once that is over."""
        one = self.previous
        if one is None or one.until <= now:
            return None
        return replace(self, token=one.token, aes_key=one.aes_key, previous=None)

    @property
    def channel(self) -> str:
        """How its deliveries are told from others'."""
        return f"wechat:{self.name}"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the operator sees it; never with a secret."""

    name: str
    jurisdiction: str
    active: bool
    created_at: datetime


_held: dict[str, tuple[float, Account | None]] = {}


async def wechat_account(name: str) -> Account | None:
    """The active account of this name; None for an unknown and for a retired one alike."""
    if not name.isprintable():
        return None
    now = time.monotonic()
    if (held := _held.get(name)) and now < held[0]:
        return held[1]
    found = await _read(name)
    if len(_held) >= MOST_HELD:
        _held.clear()
    _held[name] = (now + FRESH_FOR, found)
    return found


async def wechat_accounts() -> list[AccountRow]:
    """Every account, the retired ones too."""
    return [
        AccountRow(one.name, one.jurisdiction, one.active, one.created_at)
        for one in await WechatAccount.all().order_by("name")
    ]


def forget() -> None:
    """Read afresh next time: between tests, and after a change in this process."""
    _held.clear()


async def _read(name: str) -> Account | None:
    one = await WechatAccount.filter(name=name, active=True).first()
    if one is None:
        return None
    sealed = kek_envelope(one.tenant_id, one.id, one.kek_id).unseal("secrets", one.secrets)
    held = json.loads(sealed)
    if before := held.pop("previous", None):
        until = datetime.fromisoformat(before.pop("until"))
        held["previous"] = Pair(**before, until=until)
    return Account(one.tenant_id, one.id, one.name, one.jurisdiction, **held)
