"""Anchors, the heads they cover, and their export: one file a tenant, outside the tables."""

import contextlib
import json
import os
from datetime import date
from pathlib import Path
from uuid import UUID

from hotline.database import rows
from hotline.records.history import Anchor
from hotline.rules.anchoring import FIRST, Head, Line, bound, line_from
from hotline.settings import settings

HEADS = """
SELECT DISTINCT ON (aggregate, aggregate_id) aggregate, aggregate_id, seq, digest FROM event
WHERE tenant_id = $1 AND id >= $2 AND id < $3 ORDER BY aggregate, aggregate_id, seq DESC
"""


async def heads_between(tenant_id: str, after: date | None, day: date) -> list[Head]:
    """The head of each chain that grew between two anchors."""
    since: UUID = bound(after) if after else FIRST
    found = await rows(HEADS, tenant_id, since, bound(day))
    return [
        Head(one["aggregate"], one["aggregate_id"], one["seq"], bytes(one["digest"]))
        for one in found
    ]


async def anchors_of(tenant_id: str) -> list[Line]:
    """Every stored anchor, oldest first."""
    found = await Anchor.filter(tenant_id=tenant_id).order_by("day")
    return [Line(tenant_id, one.day, one.heads, bytes(one.digest)) for one in found]


def exported(tenant_id: str) -> list[Line]:
    """Every exported anchor; a line cut short by a crash is none and is written once more."""
    path, found = _file(tenant_id), []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        with contextlib.suppress(ValueError):
            found.append(line_from(json.loads(line)))
    return found


def export(lines: list[Line]) -> None:
    """Append anchors to their tenants' files, on disk before this returns."""
    for line in lines:
        path = _file(line.tenant_id)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line.exported()).join(("\n" if _is_torn(path) else "", "\n")))
            file.flush()
            os.fsync(file.fileno())


def _is_torn(path: Path) -> bool:
    return not (path.read_bytes() or b"\n").endswith(b"\n")


def _file(tenant_id: str) -> Path:
    return settings().home / "anchors" / f"{tenant_id}.jsonl"
