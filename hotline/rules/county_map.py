"""县域图: outlines on a whole-number grid, so that neighbours meet; or a tile a county."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Final

from hotline.rules.boundaries import Polygon

WIDTH: Final = 320
GRIDS: Final = (320, 240, 160, 110, 80)  # points across; the finest that is light enough
MOST_CHARACTERS: Final = 9_000
ACROSS: Final = 6  # tiles in a row
TILE: Final = 52
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One county as drawn: a path, and where its middle lies."""

    code: str
    path: str
    middle: Spot


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map, in units of its own box."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def drawn(outlines: Mapping[str, Iterable[Polygon]]) -> Drawing:
    """Every county on one grid, as fine as a light page allows."""
    rings = {
        code: [ring for one in polygons for ring in one] for code, polygons in outlines.items()
    }
    spots = [spot for of in rings.values() for ring in of for spot in ring]
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    flat = cos(radians((south + north) / 2))  # a degree of longitude is shorter up north
    wide = max((east - west) * flat, 1e-6)
    drawing = Drawing(0, 0, ())
    for grid in GRIDS:
        step = wide / grid

        def place(spot: tuple[float, float], step: float = step) -> Spot:
            return round((spot[0] - west) * flat / step), round((north - spot[1]) / step)

        shapes = tuple(
            _shape(code, [[place(spot) for spot in ring] for ring in of])
            for code, of in sorted(rings.items())
        )
        drawing = Drawing(grid, max(1, round((north - south) / step)), shapes)
        if sum(len(shape.path) for shape in shapes) <= MOST_CHARACTERS:
            break
    return drawing


def tiles(groups: Iterable[Sequence[str]]) -> dict[str, Spot]:
    """Without outlines: each prefecture begins a row of squares, in the order of the codes."""
    found: dict[str, Spot] = {}
    row = 0
    for codes in groups:
        for place, code in enumerate(codes):
            found[code] = (place % ACROSS, row + place // ACROSS)
        row += -(-len(codes) // ACROSS)
    return found


def _shape(code: str, rings: list[list[Spot]]) -> Shape:
    kept = [ring for ring in map(_plain, rings) if len(ring) > 2]
    largest = max(kept or rings, key=len)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    middle = ((min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2)
    return Shape(code, "".join(map(_path, kept or rings)), middle)


def _plain(ring: list[Spot]) -> list[Spot]:
    """Without what stands twice and what lies on the way."""
    once = [ring[0], *(after for before, after in pairwise(ring) if after != before)]
    kept: list[Spot] = []
    for spot in once:
        while len(kept) > 1 and _is_between(kept[-2], kept[-1], spot):
            kept.pop()
        kept.append(spot)
    return kept


def _is_between(one: Spot, spot: Spot, other: Spot) -> bool:
    return (spot[0] - one[0]) * (other[1] - one[1]) == (spot[1] - one[1]) * (other[0] - one[0])


def _path(ring: list[Spot]) -> str:
    """Relative steps: a few signs each."""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-")
