"""规则版本: what stands or stood in force on a topic, who put it there, and how two differ."""

import difflib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.policy.store import contents
from hotline.policy.writing import as_toml

LISTED: Final = """
SELECT p.version, p.valid_from, p.enacted, p.imported_at, p.sha256, s.name AS who,
  d.detail->>'reason' AS reason, d.detail->>'replaces' AS replaces
FROM policy_version p
LEFT JOIN event e ON p.enacted AND e.tenant_id = p.tenant_id AND e.aggregate = 'policy'
  AND e.aggregate_id = p.id
LEFT JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
LEFT JOIN staff s ON s.tenant_id = e.tenant_id AND s.id::text = e.actor_id
WHERE p.jurisdiction = $1 AND p.topic = $2
ORDER BY p.enacted DESC, p.valid_from DESC, p.imported_at DESC
"""
CONTENT: Final = """
SELECT content FROM policy_version WHERE jurisdiction = $1 AND topic = $2 AND version = $3
"""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version. `enacted`: put in force at a desk; else it came with a file."""

    version: str
    valid_from: date
    enacted: bool
    imported_at: datetime
    sha256: str
    who: str
    reason: str
    replaces: str
    in_force: bool
    scheduled: bool


async def versions(jurisdiction: str, topic: str, today: date) -> tuple[VersionRow, ...]:
    """What a person put in force first, the newest day first."""
    stands = (await contents()).get(jurisdiction, {}).get(topic)
    now = str(stands["version"]) if stands else ""
    found = await rows(LISTED, jurisdiction, topic)
    return tuple(_listed(one, now, today) for one in found)


def _listed(one: dict[str, Any], now: str, today: date) -> VersionRow:
    given: dict[str, Any] = {name: "" if value is None else value for name, value in one.items()}
    return VersionRow(**given, in_force=one["version"] == now, scheduled=one["valid_from"] > today)


async def content_of(jurisdiction: str, topic: str, version: str) -> dict[str, Any]:
    """The whole of one version."""
    found = await rows(CONTENT, jurisdiction, topic, version)
    if not found:
        raise NotFound("policy")
    content: dict[str, Any] = json.loads(found[0]["content"])
    return content


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Lines that go (-) and come (+), row by row."""
    lines = difflib.unified_diff(
        as_toml(before).splitlines(), as_toml(after).splitlines(), lineterm="", n=0
    )
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
