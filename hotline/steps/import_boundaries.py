"""边界入库: the outlines of divisions from a file of the operator's, checked, then in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.database import rows, transaction
from hotline.policy import outlines
from hotline.policy.store import packs
from hotline.records import Boundary
from hotline.rules.boundaries import packed
from hotline.rules.geojson import Outline


@dataclass(frozen=True, slots=True)
class FromFile:
    """What the operator says of a file."""

    version: str  # the digest of its bytes
    source: str
    review_number: str  # 审图号


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file's outlines."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]  # no place of the jurisdiction has this code


async def import_boundaries(
    jurisdiction: str, outlined: Iterable[Outline], about: FromFile, now: datetime
) -> Taken:
    """Those of the jurisdiction's own places; each takes the place of an earlier one. PolicyGap."""
    pack = (await packs()).pack(jurisdiction)
    known: list[Outline] = []
    unknown: list[str] = []
    for one in outlined:
        path = {place.code for place in pack.gazetteer.path(one.code)}
        (known.append(one) if jurisdiction in path else unknown.append(one.code))
    if not known:
        return Taken((), tuple(unknown))
    async with transaction():
        await rows(
            "DELETE FROM boundary WHERE tenant_id = $1 AND code = ANY($2)",
            pack.tenant,
            [one.code for one in known],
        )
        await Boundary.bulk_create([_row(one, pack.tenant, about, now) for one in known])
    outlines.forget()
    return Taken(tuple(one.code for one in known), tuple(unknown))


def _row(one: Outline, tenant_id: str, about: FromFile, now: datetime) -> Boundary:
    return Boundary(
        tenant_id=tenant_id,
        code=one.code,
        name=one.name[:120],
        rings=packed(one.polygons),
        source=about.source,
        review_number=about.review_number,
        version=about.version,
        imported_at=now,
    )
