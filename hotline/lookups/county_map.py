"""县域图: the counties of a jurisdiction by imported outlines, with counts none of which points."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotline.database import row, rows
from hotline.lookups.figures import by_county
from hotline.policy.pack import Pack
from hotline.rules.boundaries import unpacked
from hotline.rules.county_map import Drawing, drawn, tiles
from hotline.rules.places import Place

MARK: Final = """
SELECT count(*) || ':' || coalesce(max(imported_at)::text, '') AS mark,
  string_agg(DISTINCT nullif(review_number, ''), '、') AS reviewed
FROM boundary WHERE tenant_id = $1 AND code = ANY($2)
"""
RINGS: Final = "SELECT code, rings FROM boundary WHERE tenant_id = $1 AND code = ANY($2)"
PUBLISHED: Final = """
SELECT county AS code, count(*) AS n FROM publication
WHERE tenant_id = $1 AND stage = 'published' AND county IS NOT NULL GROUP BY 1
"""

_held: dict[tuple[str, str], tuple[str, Drawing]] = {}


@dataclass(frozen=True, slots=True)
class County:
    """One county; `reports` None: too few to be told, or hidden to keep such a one."""

    code: str
    name: str
    above: str  # the prefecture's name
    reports: int | None
    published: int
    tile: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CountyMap:
    """What the page draws; without a drawing it lays tiles."""

    counties: tuple[County, ...]
    drawing: Drawing | None
    reviewed: str  # 审图号, printed under the map


async def county_map(pack: Pack, since: date, until: date) -> CountyMap:
    """Reports registered on these days and matters public today, by county."""
    codes = sorted(place.code for place in _inside(pack))
    told = await by_county(pack.tenant, since, until)
    public = {one["code"]: int(one["n"]) for one in await rows(PUBLISHED, pack.tenant)}
    laid = tiles(_groups(pack, codes))
    drawing, reviewed = await _drawing(pack, codes)
    counties = tuple(
        County(
            code=code,
            name=_name(pack, code),
            above=_above(pack, code),
            reports=told.get(code, 0),
            published=public.get(code, 0),
            tile=laid[code],
        )
        for code in codes
    )
    return CountyMap(counties, drawing, reviewed)


async def blank_map(pack: Pack) -> CountyMap:
    """The counties and where they lie, with nothing counted."""
    codes = sorted(place.code for place in _inside(pack))
    laid = tiles(_groups(pack, codes))
    drawing, reviewed = await _drawing(pack, codes)
    counties = tuple(
        County(code, _name(pack, code), _above(pack, code), None, 0, laid[code]) for code in codes
    )
    return CountyMap(counties, drawing, reviewed)


async def _drawing(pack: Pack, codes: list[str]) -> tuple[Drawing | None, str]:
    """Drawn once an import; only when every county has its outline: a gap would mislead."""
    found = await row(MARK, pack.tenant, codes)
    if found is None or not str(found["mark"]).startswith(f"{len(codes)}:"):
        return None, ""
    key, mark = (pack.tenant, pack.code), str(found["mark"])
    if key not in _held or _held[key][0] != mark:
        stored = await rows(RINGS, pack.tenant, codes)
        outlined = {
            one["code"]: unpacked(one["code"], bytes(one["rings"])).polygons for one in stored
        }
        _held[key] = (mark, await asyncio.to_thread(drawn, outlined))
    return _held[key][1], str(found["reviewed"] or "")


def _inside(pack: Pack) -> list[Place]:
    path = pack.gazetteer.path
    return [
        county
        for county in pack.gazetteer.counties()
        if any(place.code == pack.code for place in path(county.code))
    ]


def _groups(pack: Pack, codes: list[str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for code in codes:
        groups.setdefault(_above(pack, code), []).append(code)
    return list(groups.values())


def _name(pack: Pack, code: str) -> str:
    place = pack.gazetteer.get(code)
    return place.short if place else code


def _above(pack: Pack, code: str) -> str:
    place = pack.gazetteer.get(code)
    above = pack.gazetteer.get(place.parent) if place else None
    return above.name if above else ""
