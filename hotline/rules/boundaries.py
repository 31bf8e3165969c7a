"""边界: in which division does a point lie? Polygons come from the installation, none from us."""

import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, floor, hypot, inf, radians
from typing import Final, TypeAlias

from hotline.rules.coordinates import EARTH_M, Point

Ring = Sequence[tuple[float, float]]
Polygon = Sequence[Ring]  # the outer ring, then its holes

CELL: Final = 0.1  # degrees, about ten kilometres: few divisions meet in one cell
DEGREE_M: Final = radians(EARTH_M)
STEP: Final = 1_000_000  # a packed coordinate counts millionths of a degree, some ten centimetres


@dataclass(frozen=True, slots=True)
class Boundary:
    """One division's polygons in longitude and latitude, CGCS2000 or WGS-84."""

    code: str
    polygons: tuple[Polygon, ...]


# x, y, x, y: a pair takes sixteen bytes, a tuple more than a hundred
Flat: TypeAlias = "array[float]"


class Boundaries:
    """Divisions by point: a grid tells which to look at, the rings which it is."""

    def __init__(self, boundaries: Iterable[Boundary] = ()) -> None:
        cells: defaultdict[tuple[int, int], list[tuple[str, list[Flat]]]] = defaultdict(list)
        self._rings: defaultdict[str, list[Flat]] = defaultdict(list)
        for boundary in boundaries:
            for polygon in boundary.polygons:
                rings = [array("d", (part for pair in ring for part in pair)) for ring in polygon]
                self._rings[boundary.code] += rings
                for cell in _cells(rings[0]):
                    cells[cell].append((boundary.code, rings))
        self._cells = dict(cells)

    def __len__(self) -> int:
        return len(self._rings)

    def __contains__(self, code: str) -> bool:
        return code in self._rings

    def at(self, longitude: float, latitude: float) -> str | None:
        """The code of the division; None outside them all. On a border the first one given."""
        cell = (floor(longitude / CELL), floor(latitude / CELL))
        for code, rings in self._cells.get(cell, ()):
            if _inside(rings, longitude, latitude):
                return code
        return None

    def metres_to_border(self, code: str, point: Point) -> float:
        """To the nearest border of a division, from within or from without."""
        east = DEGREE_M * cos(radians(point.latitude))
        nearest = inf
        for ring in self._rings.get(code, ()):
            for x1, y1, x2, y2 in _edges(ring):
                start = ((x1 - point.longitude) * east, (y1 - point.latitude) * DEGREE_M)
                end = ((x2 - point.longitude) * east, (y2 - point.latitude) * DEGREE_M)
                nearest = min(nearest, _from_origin(start, end))
        return nearest


def packed(polygons: Iterable[Polygon]) -> bytes:
    """As the database holds them: whole millionths of a degree, compressed."""
    whole = [
        [[(round(x * STEP), round(y * STEP)) for x, y in ring] for ring in polygon]
        for polygon in polygons
    ]
    return zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 9)


def unpacked(code: str, rings: bytes) -> Boundary:
    """What `packed` made."""
    whole = json.loads(zlib.decompress(rings))
    return Boundary(
        code,
        tuple([[(x / STEP, y / STEP) for x, y in ring] for ring in polygon] for polygon in whole),
    )


def _cells(ring: Flat) -> Iterable[tuple[int, int]]:
    """Every cell of the ring's bounding box."""
    across = [floor(x / CELL) for x in ring[::2]]
    up = [floor(y / CELL) for y in ring[1::2]]
    return product(range(min(across), max(across) + 1), range(min(up), max(up) + 1))


def _edges(ring: Flat) -> Iterator[tuple[float, float, float, float]]:
    return zip(ring[0:-2:2], ring[1:-2:2], ring[2::2], ring[3::2], strict=True)


def _inside(rings: Sequence[Flat], x: float, y: float) -> bool:
    """Odd crossings of the outer ring, and none of a hole."""
    return _crossed(rings[0], x, y) and not any(_crossed(hole, x, y) for hole in rings[1:])


def _crossed(ring: Flat, x: float, y: float) -> bool:
    odd = False
    for x1, y1, x2, y2 in _edges(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _from_origin(start: tuple[float, float], end: tuple[float, float]) -> float:
    """From (0, 0) to the nearest point of an edge."""
    (x, y), across, up = start, end[0] - start[0], end[1] - start[1]
    length = across * across + up * up
    along = max(0.0, min(1.0, -(x * across + y * up) / length)) if length else 0.0
    return hypot(x + along * across, y + along * up)
