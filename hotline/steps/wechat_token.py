"""接口凭证: one access token an account for all processes; who finds it gone renews it alone."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotFound
from hotline.records import WechatAccount
from hotline.records.sealing import kek_envelope

MARGIN: Final = timedelta(minutes=5)  # renewed before it ends

Renew = Callable[[bool], Awaitable[tuple[str, int]]]  # forced or not → token, seconds


async def shared_token(
    where: tuple[str, UUID], renew: Renew, now: datetime, *, refused: str = ""
) -> str:
    """The token that stands. `refused`: one the platform takes no more. NotFound."""
    held = _held(await _account(where), now)
    if held and held != refused:
        return held
    async with transaction():  # the lock: the others wait, and find the new one
        account = await _account(where, lock=True)
        held = _held(account, now)
        if held and held != refused:
            return held
        token, seconds = await renew(bool(held))
        await _keep(account, token, now + timedelta(seconds=seconds) - MARGIN)
    return token


async def _account(where: tuple[str, UUID], *, lock: bool = False) -> WechatAccount:
    found = WechatAccount.filter(tenant_id=where[0], id=where[1], active=True)
    account = await (found.select_for_update().first() if lock else found.first())
    if account is None:
        raise NotFound("channel")
    return account


def _held(account: WechatAccount, now: datetime) -> str:
    if account.token is None or account.token_until is None or account.token_until <= now:
        return ""
    envelope = kek_envelope(account.tenant_id, account.id, account.kek_id)
    return envelope.unseal("token", account.token).decode()


async def _keep(account: WechatAccount, token: str, until: datetime) -> None:
    envelope = kek_envelope(account.tenant_id, account.id, account.kek_id)
    await WechatAccount.filter(tenant_id=account.tenant_id, id=account.id).update(
        token=envelope.seal("token", token.encode()), token_until=until
    )
