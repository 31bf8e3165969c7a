"""Points by the figures: does the boundary index find the county of a point?"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from hotline.commands.evaluation.files import Row
from hotline.commands.evaluation.measures import rounded, share
from hotline.commands.launch.words import Trouble
from hotline.rules.boundaries import Boundaries, Boundary, Polygon

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
    """From a GeoJSON FeatureCollection whose features have a `code`."""
    collection = json.loads(path.read_text(encoding="utf-8-sig"))
    return Boundaries(
        Boundary(str(feature["properties"]["code"]), tuple(_polygons(feature["geometry"])))
        for feature in collection["features"]
    )


def _polygons(geometry: dict[str, Any]) -> Iterable[Polygon]:
    parts = geometry["coordinates"]
    for part in parts if geometry["type"] == "MultiPolygon" else [parts]:
        yield [[(point[0], point[1]) for point in ring] for ring in part]


def _column(row: Row, names: Sequence[str]) -> Any:
    for name in names:
        if row.get(name) not in (None, ""):
            return row[name]
    raise Trouble(f"缺少列：{'/'.join(names)}", f"no column {' or '.join(names)}")
