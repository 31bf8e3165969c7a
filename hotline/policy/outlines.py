"""The boundaries an installation imported, as one index a tenant, held in the process's memory."""

import time
from typing import Final

from hotline.database import row, rows
from hotline.rules.boundaries import Boundaries, unpacked

FRESH_FOR: Final = 5.0  # seconds between looks for a newer import

_held: dict[str, tuple[float, str, Boundaries]] = {}


async def outlines(tenant_id: str) -> Boundaries:
    """Every boundary of the tenant; none where nobody imported any. Re-read after an import."""
    held = _held.get(tenant_id)
    now = time.monotonic()
    if held and now - held[0] < FRESH_FOR:
        return held[2]
    if held:  # one asks anew; whoever comes meanwhile takes what is held
        _held[tenant_id] = (now, held[1], held[2])
    mark = await _mark(tenant_id)
    found = held[2] if held and held[1] == mark else await _read(tenant_id)
    _held[tenant_id] = (now, mark, found)
    return found


def forget() -> None:
    """Read afresh next time: after an import in this process, and between tests."""
    _held.clear()


async def _mark(tenant_id: str) -> str:
    found = await row(
        "SELECT count(*) || ':' || coalesce(max(imported_at)::text, '') AS mark FROM boundary"
        " WHERE tenant_id = $1",
        tenant_id,
    )
    return str(found["mark"]) if found else ""


async def _read(tenant_id: str) -> Boundaries:
    stored = await rows(
        "SELECT code, rings FROM boundary WHERE tenant_id = $1 ORDER BY code", tenant_id
    )
    return Boundaries(unpacked(one["code"], bytes(one["rings"])) for one in stored)
