"""Points by the figures: does the boundary index find the county of a point?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from hotline.commands.evaluation.files import Row
from hotline.commands.evaluation.measures import rounded, share
from hotline.commands.launch.words import Trouble
from hotline.commands.places import outlines_of
from hotline.rules.boundaries import Boundaries, Boundary
from hotline.rules.coordinates import System

LONGITUDE: Final = ("lon", "lng", "longitude", "x")
LATITUDE: Final = ("lat", "latitude", "y")
CODE: Final = ("county_code", "code", "county")


def hit(rows: Sequence[Row], boundaries: Boundaries) -> dict[str, float]:
    """The figures of `evaluate points`."""
    right = sum(
        boundaries.at(float(_column(row, LONGITUDE)), float(_column(row, LATITUDE)))
        == str(_column(row, CODE))
        for row in rows
    )
    return {"n": len(rows), "right": rounded(share(right, len(rows)))}


def boundaries_of(path: Path) -> Boundaries:
    """From the same file, read the same way, as `places import` takes."""
    outlined, _ = outlines_of(path, System.CGCS2000)
    return Boundaries(Boundary(one.code, one.polygons) for one in outlined)


def _column(row: Row, names: Sequence[str]) -> Any:
    for name in names:
        if row.get(name) not in (None, ""):
            return row[name]
    raise Trouble(f"缺少列：{'/'.join(names)}", f"no column {' or '.join(names)}")
