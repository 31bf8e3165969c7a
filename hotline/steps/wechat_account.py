"""公众号接入: an official account is added with fresh secrets, given new ones, and shut off."""

import json
import secrets
import string
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import WechatAccount, new_id
from hotline.records.sealing import Envelope, kek_envelope
from hotline.steps.channel import LONGEST_NAME, NAME_LETTERS, OVERLAP

LETTERS: Final = string.ascii_letters + string.digits
TOKEN_SIGNS, KEY_SIGNS = 32, 43  # what the platform's page takes
LONGEST_ID: Final = 64


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the platform's page wants; token and key are shown once, all of it is kept sealed."""

    app_id: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)  # EncodingAESKey; "" for plain mode
    app_secret: str = field(repr=False)


async def add_account(
    name: str, jurisdiction: str, app: tuple[str, str], now: datetime, *, plain: bool = False
) -> Secrets:
    """`app` is id and secret as the platform gave them. StepRefused for a bad or taken name."""
    _check(name, app)
    tenant_id, account_id = (await packs()).pack(jurisdiction).tenant, new_id()
    fresh = Secrets(app[0], _lot(TOKEN_SIGNS), "" if plain else _lot(KEY_SIGNS), app[1])
    envelope = kek_envelope(tenant_id, account_id)
    async with transaction():
        await _lock(name)
        if await WechatAccount.filter(name=name).exists():
            raise StepRefused("channel.name_taken", name=name)
        await WechatAccount.create(
            id=account_id,
            tenant_id=tenant_id,
            name=name,
            jurisdiction=jurisdiction,
            kek_id=envelope.kek_id,
            secrets=_sealed(envelope, fresh),
            created_at=now,
        )
    return fresh


async def renew_account(name: str, now: datetime, overlap: timedelta = OVERLAP) -> Secrets:
    """A new token and, in AES mode, a new key; those before stay good for `overlap`. NotFound.

    The platform speaks with what its page holds: it is changed there while both are taken.
    """
    async with transaction():
        await _lock(name)
        account = await _active(name)
        old = kek_envelope(account.tenant_id, account.id, account.kek_id)
        said = json.loads(old.unseal("secrets", account.secrets))
        held = Secrets(**{one.name: said[one.name] for one in fields(Secrets)})
        aes_key = _lot(KEY_SIGNS) if held.aes_key else ""
        fresh = replace(held, token=_lot(TOKEN_SIGNS), aes_key=aes_key)
        until = (now + overlap).isoformat()
        before = {"token": held.token, "aes_key": held.aes_key, "until": until}
        envelope = kek_envelope(account.tenant_id, account.id)
        await WechatAccount.filter(tenant_id=account.tenant_id, id=account.id).update(
            kek_id=envelope.kek_id,
            secrets=_sealed(envelope, fresh, before),
            token=None,
            token_until=None,
        )
    return fresh


async def retire_account(name: str) -> None:
    """Shut an account off; its reports stay. NotFound."""
    async with transaction():
        await _lock(name)
        account = await _active(name)
        await WechatAccount.filter(tenant_id=account.tenant_id, id=account.id).update(
            active=False, token=None, token_until=None
        )


def _check(name: str, app: tuple[str, str]) -> None:
    if not name or len(name) > LONGEST_NAME or not set(name) <= NAME_LETTERS:
        raise StepRefused("channel.bad_name", name=name)
    if not all(one and len(one) <= LONGEST_ID and set(one) <= set(LETTERS) for one in app):
        raise StepRefused("wechat.bad_app")


def _lot(length: int) -> str:
    """43 signs of base64 are a key of 32 bytes; the platform wants letters and digits alone."""
    while True:
        found = "".join(secrets.choice(LETTERS) for _ in range(length))
        if length != KEY_SIGNS or found[-1] in "AEIMQUYcgkosw048":  # no bits left over
            return found


def _sealed(envelope: Envelope, fresh: Secrets, before: dict[str, str] | None = None) -> bytes:
    held = asdict(fresh) | ({"previous": before} if before else {})
    return envelope.seal("secrets", json.dumps(held).encode())


async def _lock(name: str) -> None:
    await rows("SELECT pg_advisory_xact_lock(hashtext('wechat_account'), hashtext($1))", name)


async def _active(name: str) -> WechatAccount:
    account = await WechatAccount.filter(name=name, active=True).first()
    if account is None:
        raise NotFound("channel")
    return account
