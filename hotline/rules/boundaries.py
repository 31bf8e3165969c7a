"""边界: in which division does a point lie? Polygons come from the installation, none from us."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import floor
from typing import Final

Ring = Sequence[tuple[float, float]]
Polygon = Sequence[Ring]  # the outer ring, then its holes

CELL: Final = 0.1  # degrees, about ten kilometres: few divisions meet in one cell


@dataclass(frozen=True, slots=True)
class Boundary:
    """One division's polygons in longitude and latitude, CGCS2000 or WGS-84."""

    code: str
    polygons: tuple[Polygon, ...]


class Boundaries:
    """Divisions by point: a grid tells which to look at, the rings which it is."""

    def __init__(self, boundaries: Iterable[Boundary]) -> None:
        self._cells: defaultdict[tuple[int, int], list[tuple[str, Polygon]]] = defaultdict(list)
        for boundary in boundaries:
            for polygon in boundary.polygons:
                for cell in _cells(polygon[0]):
                    self._cells[cell].append((boundary.code, polygon))

    def at(self, longitude: float, latitude: float) -> str | None:
        """The code of the division; None outside them all. On a border the first one given."""
        cell = (floor(longitude / CELL), floor(latitude / CELL))
        for code, polygon in self._cells.get(cell, ()):
            if _inside(polygon, longitude, latitude):
                return code
        return None


def _cells(ring: Ring) -> Iterable[tuple[int, int]]:
    """Every cell of the ring's bounding box."""
    across = [floor(point[0] / CELL) for point in ring]
    up = [floor(point[1] / CELL) for point in ring]
    return product(range(min(across), max(across) + 1), range(min(up), max(up) + 1))


def _inside(polygon: Polygon, x: float, y: float) -> bool:
    """Odd crossings of the outer ring, and none of a hole."""
    return _crossed(polygon[0], x, y) and not any(_crossed(hole, x, y) for hole in polygon[1:])


def _crossed(ring: Ring, x: float, y: float) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd
