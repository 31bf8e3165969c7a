"""素材包: what may be told to the press of a span or story: published facts, cleared photos."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from hotline.database import rows
from hotline.lookups import public_photos
from hotline.lookups.names import place_label
from hotline.lookups.releases import DeskRelease
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import Line, as_csv

MOST: Final = 200
HEADER: Final = ("公开编号", "标题", "地点", "反映的主要问题", "调查处理结果", "公开日期")
# the matters of its clue, where it answers one; else what was public in its span, or lately
FACTS: Final = """
SELECT p.number, p.jurisdiction, p.county, p.township, p.title, p.problem, p.measure,
  p.published_at FROM release r JOIN publication p ON p.tenant_id = r.tenant_id
  AND p.stage = 'published' AND p.jurisdiction = ANY($3)
WHERE r.tenant_id = $1 AND r.number = $2 AND (
  CASE WHEN r.clue_id IS NOT NULL THEN p.order_id IN (
      SELECT m.order_id FROM membership m WHERE m.tenant_id = r.tenant_id
        AND m.request_id = r.clue_id AND m.to_at IS NULL
      UNION SELECT l.order_id FROM clue_link l WHERE l.tenant_id = r.tenant_id
        AND l.clue_id = r.clue_id AND l.removed_at IS NULL)
    WHEN r.since IS NOT NULL THEN (p.published_at AT TIME ZONE 'Asia/Shanghai')::date
      BETWEEN r.since AND r.until
    ELSE p.published_at > r.written_at - interval '92 days' END)
ORDER BY p.published_at DESC, p.number LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class Packed:
    """A ZIP file and its name."""

    name: str
    content: bytes


async def material_pack(by: Actor, release: DeskRelease) -> Packed:
    """Nothing in it is not public already: no report, no order's number, no original photo."""
    sight = await sight_of(by)
    found = await rows(FACTS, sight.tenant_id, release.number, sorted(sight.jurisdictions), MOST)
    photos = [
        (
            one["number"],
            place,
            await public_photos.public_copy(sight.tenant_id, one["number"], place),
        )
        for one in found
        for place in await public_photos.places(sight.tenant_id, one["number"])
    ]
    facts = await _facts(found)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        _add(packed, "release.txt", f"{release.title}\n\n{release.body}\n".encode())
        _add(packed, "facts.csv", facts)
        for number, place, content in photos:
            _add(packed, f"photos/{number}-{place}.jpg", content)
    return Packed(f"{release.number}.zip", out.getvalue())


async def _facts(found: Sequence[dict[str, Any]]) -> bytes:
    known = await packs()
    lines: list[Line] = [HEADER]
    for one in found:
        pack = known.pack(one["jurisdiction"])
        published: datetime = one["published_at"]
        place = place_label(pack, one["county"], one["township"])
        told = (one["number"], one["title"], place, one["problem"], one["measure"])
        lines.append((*told, published.astimezone(SHANGHAI).date().isoformat()))
    return as_csv(lines)


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    moment = datetime.now(UTC).timetuple()[:6]
    packed.writestr(zipfile.ZipInfo(name, (max(1980, moment[0]), *moment[1:])), content)
