"""GeoJSON → the outlines of divisions, with everything that is wrong in it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any, Final

from hotline.rules.boundaries import Polygon, Ring
from hotline.rules.coordinates import System, to_wgs84

MOST_FEATURES: Final = 5_000
MOST_POINTS: Final = 2_000_000
SHORTEST_RING: Final = 4  # positions, the first again at the end
CODES: Final = ("code", "adcode", "区划码", "行政区划代码")
NAMES: Final = ("name", "名称", "NAME")
# How files name CGCS2000 and WGS-84; any other system must be told by the operator.
KNOWN_CRS: Final = ("4490", "4326", "CRS84")


@dataclass(frozen=True, slots=True)
class Outline:
    """One division as a file draws it, in CGCS2000."""

    code: str
    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which feature; `fatal` keeps the file from being taken."""

    code: str  # of the feature; "" for the file
    key: str
    fatal: bool = True


def read(given: Any, system: System) -> tuple[list[Outline], list[Fault]]:
    """Every feature that can be drawn, and every fault."""
    faults = list(_file_faults(given))
    if faults:
        return [], faults
    outlines: list[Outline] = []
    seen: set[str] = set()
    for feature in given["features"]:
        outline, found = _outline(feature, system)
        faults += found
        if outline and outline.code in seen:
            faults.append(Fault(outline.code, "boundary.twice"))
        elif outline:
            seen.add(outline.code)
            outlines.append(outline)
    points = sum(len(ring) for one in outlines for polygon in one.polygons for ring in polygon)
    if points > MOST_POINTS:
        faults.append(Fault("", "boundary.too_many_points"))
    return outlines, faults


def _file_faults(given: Any) -> Iterator[Fault]:
    if not isinstance(given, dict) or not isinstance(given.get("features"), list):
        yield Fault("", "boundary.no_collection")
        return
    crs = given.get("crs")
    if crs is not None and not any(known in str(crs) for known in KNOWN_CRS):
        yield Fault("", "boundary.other_crs")
    if len(given["features"]) > MOST_FEATURES:
        yield Fault("", "boundary.too_many")


def _outline(feature: Any, system: System) -> tuple[Outline | None, list[Fault]]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None, [Fault("", "boundary.no_properties")]
    code = _first(properties, CODES)
    if not code:
        return None, [Fault("", "boundary.no_code")]
    parts = _parts(feature.get("geometry"))
    if not parts:
        return None, [Fault(code, "boundary.no_polygon")]
    rings = [ring for part in parts for ring in part]
    wrong = [key for ring in rings if (key := _ring_fault(ring))]
    if wrong:
        return None, [Fault(code, key) for key in dict.fromkeys(wrong)]
    polygons = tuple([_converted(ring, system) for ring in part] for part in parts)
    crossed = any(crosses_itself(ring) for polygon in polygons for ring in polygon)
    faults = [Fault(code, "boundary.crosses_itself", fatal=False)] if crossed else []
    return Outline(code, _first(properties, NAMES), polygons), faults


def _parts(geometry: Any) -> list[list[Any]]:
    """The polygons of a Polygon or a MultiPolygon, each a list of rings; else none."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if kind in {"Polygon", "MultiPolygon"} else None
    parts = [parts] if kind == "Polygon" else parts
    whole = isinstance(parts, list) and all(isinstance(part, list) and part for part in parts)
    return list(parts) if whole and parts else []


def _ring_fault(ring: Any) -> str:
    if not isinstance(ring, list) or not all(_is_position(one) for one in ring):
        return "boundary.not_a_position"
    if len(ring) < SHORTEST_RING:
        return "boundary.too_short"
    if ring[0][:2] != ring[-1][:2]:
        return "boundary.not_closed"
    return ""


def _is_position(one: Any) -> bool:
    if not isinstance(one, list) or len(one) < 2:
        return False
    pair = one[:2]
    if any(isinstance(part, bool) or not isinstance(part, int | float) for part in pair):
        return False
    return all(isfinite(part) for part in pair) and abs(pair[0]) <= 180 and abs(pair[1]) <= 90


def _converted(ring: Sequence[Any], system: System) -> Ring:
    points = (to_wgs84(float(x), float(y), system) for x, y, *_ in ring)
    return [(point.longitude, point.latitude) for point in points]


def _first(properties: Mapping[str, Any], names: Sequence[str]) -> str:
    said = (properties.get(name) for name in names)
    return next((str(value).strip() for value in said if value not in (None, "")), "")


def crosses_itself(ring: Ring) -> bool:
    """Two edges that are no neighbours meet. Edges are looked at from west to east."""
    edges = sorted(
        (
            (min(a[0], b[0]), max(a[0], b[0]), number, a, b)
            for number, (a, b) in enumerate(pairwise(ring))
        ),
    )
    last = len(edges) - 1
    open_ones: list[tuple[float, float, int, tuple[float, float], tuple[float, float]]] = []
    for edge in edges:
        open_ones = [one for one in open_ones if one[1] >= edge[0]]
        for other in open_ones:
            apart = abs(edge[2] - other[2])
            if apart not in {1, last} and _cross(edge[3], edge[4], other[3], other[4]):
                return True
        open_ones.append(edge)
    return False


def _cross(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]
) -> bool:
    """Each edge's ends lie on both sides of the other."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
