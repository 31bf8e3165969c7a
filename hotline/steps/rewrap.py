"""换钥: every data key and secret from an older key-encryption key to the one in force.

Ten score rows a transaction, each row only if it still lies under the key it was read with: what
stops goes on where it stopped, and whoever writes the row meanwhile is not written over.
"""

from dataclasses import dataclass
from typing import Any, Final

from hotline.database import name_under, rows, transaction
from hotline.records.sealing import UnreadableError, kek_envelope, rewrapped
from hotline.settings import keys

AT_ONCE: Final = 200
# one data key a row, wrapped; what lies under the data key stays as it is
WRAPPED: Final = (
    "vault", "draft", "attachment", "held_delivery", "batch_import", "phone_call",
    "wechat_message", "reward_claim", "public_photo", "desk_export", "day_key",
)  # fmt: skip
# sealed by the key-encryption key itself: column → the field its seal is bound to
DIRECT: Final[dict[str, dict[str, str]]] = {
    "hook_channel": {"secret": "secret", "previous": "secret", "call_secret": "call_secret"},
    "partner_file": {"address": "address"},
    "duty_watch": {"phone": "phone"},
    "wechat_account": {"secrets": "secrets", "token": "token"},
    "second_factor": {"secret": "secret"},
}
TABLES: Final = (*WRAPPED, *DIRECT)
CONNECTED: Final = """
SELECT count(*) AS n FROM pg_stat_activity
WHERE datname = current_database() AND application_name = $1
"""


@dataclass(frozen=True, slots=True)
class Lying:
    """How many rows of a table lie under a key, and whether the key at hand opens the newest."""

    table: str
    kek_id: str
    many: int
    opens: bool


async def lying() -> list[Lying]:
    """By table and key; what was erased is under no key any more."""
    found = []
    for table in TABLES:
        counts = await rows(
            f"SELECT kek_id, count(*) AS n FROM {table}"  # noqa: S608 (names of ours)
            f"{_standing(table)} GROUP BY kek_id ORDER BY kek_id"
        )
        for one in counts:
            opens = await _opens(table, one["kek_id"])
            found.append(Lying(table, one["kek_id"], int(one["n"]), opens))
    return found


async def sealing_under(kek_id: str) -> int:
    """How many connections there are of processes that seal under it, for they began before the
    key in force was made.
    """
    (found,) = await rows(CONNECTED, name_under(kek_id))
    return int(found["n"])


async def _opens(table: str, kek_id: str) -> bool:
    """A fresh keys file may call another key by the same name: only opening tells."""
    newest = await rows(
        f"SELECT tenant_id, id, kek_id, {', '.join(_columns(table))} FROM {table}"  # noqa: S608
        f"{_standing(table)} AND kek_id = $1 ORDER BY id DESC LIMIT 1",
        kek_id,
    )
    try:
        return all(_moved(table, one) for one in newest)
    except UnreadableError:
        return False


async def rewrap(table: str) -> int:
    """The next rows of one table; how many were moved. UnreadableError: a key is not here."""
    columns = _columns(table)
    async with transaction():
        batch = await rows(
            f"SELECT tenant_id, id, kek_id, {', '.join(columns)} FROM {table}"  # noqa: S608
            f"{_standing(table)} AND kek_id <> $1 LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED",
            keys().current_kek,
        )
        for one in batch:
            await _move(table, one)
    return len(batch)


async def _move(table: str, one: dict[str, Any]) -> None:
    fresh = _moved(table, one)
    places = ", ".join(f"{name} = ${at}" for at, name in enumerate(fresh, 4))
    await rows(
        f"UPDATE {table} SET kek_id = $3, {places} WHERE tenant_id = $1 AND id = $2",  # noqa: S608
        one["tenant_id"],
        one["id"],
        keys().current_kek,
        *fresh.values(),
    )


def _moved(table: str, one: dict[str, Any]) -> dict[str, bytes | None]:
    """The columns as they are under the key in force."""
    return _rewrapped(one) if table in WRAPPED else _resealed(one, DIRECT[table])


def _rewrapped(one: dict[str, Any]) -> dict[str, bytes | None]:
    where = (one["tenant_id"], one["id"])
    return {"wrapped_key": rewrapped(*where, one["kek_id"], bytes(one["wrapped_key"]))}


def _resealed(one: dict[str, Any], fields: dict[str, str]) -> dict[str, bytes | None]:
    old = kek_envelope(one["tenant_id"], one["id"], one["kek_id"])
    new = kek_envelope(one["tenant_id"], one["id"])
    sealed = {column: one[column] for column in fields}
    return {
        column: new.seal(fields[column], old.unseal(fields[column], bytes(held))) if held else None
        for column, held in sealed.items()
    }


def _columns(table: str) -> tuple[str, ...]:
    return ("wrapped_key",) if table in WRAPPED else tuple(DIRECT[table])


def _standing(table: str) -> str:
    return " WHERE wrapped_key IS NOT NULL" if table in WRAPPED else " WHERE TRUE"
