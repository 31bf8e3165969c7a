"""Two made-up squares that carry the codes of two neighbouring cities, as a GeoJSON file's content.

虚构: no real border runs there.
"""

from typing import Any

WEST, EAST, SOUTH, NORTH = 107.0, 107.5, 26.0, 26.5
MIDDLE = {"longitude": 107.25, "latitude": 26.25, "system": "cgcs2000", "accuracy_m": 30}
NEXT_DOOR = {"longitude": 107.75, "latitude": 26.25, "system": "cgcs2000", "accuracy_m": 30}


def square(code: str, west: float, name: str = "") -> dict[str, Any]:
    """Half a degree each way, from its western side."""
    corners = [(west, SOUTH), (west + 0.5, SOUTH), (west + 0.5, NORTH), (west, NORTH)]
    ring = [list(corner) for corner in (*corners, corners[0])]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A FeatureCollection of these."""
    return {"type": "FeatureCollection", "features": list(features), **more}


def two_cities() -> dict[str, Any]:
    """都匀市's code to the west, 福泉市's to the east."""
    return collection(square("522701", WEST, "都匀市"), square("522702", EAST, "福泉市"))
