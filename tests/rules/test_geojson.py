"""GeoJSON: what can be drawn is drawn, what is wrong is said (made-up squares)."""

from copy import deepcopy
from typing import Any

import pytest

from hotline.rules.boundaries import Boundaries, Boundary
from hotline.rules.coordinates import Point, System, from_wgs84, metres
from hotline.rules.geojson import MOST_FEATURES, read
from tests.support.outlines import collection, square, two_cities


def said(given: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.key) for fault in read(given, System.CGCS2000)[1]]


def test_every_feature_becomes_an_outline() -> None:
    outlined, faults = read(two_cities(), System.CGCS2000)
    assert [(one.code, one.name) for one in outlined] == [
        ("522701", "都匀市"),
        ("522702", "福泉市"),
    ]
    assert faults == []
    found = Boundaries(Boundary(one.code, one.polygons) for one in outlined)
    assert found.at(107.25, 26.25) == "522701"
    assert found.at(107.75, 26.25) == "522702"


def test_a_multipolygon_with_an_island_is_one_outline() -> None:
    feature = square("1", 107.0)
    parts = [square("1", west)["geometry"]["coordinates"] for west in (107.0, 109.0)]
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    [outline], _ = read(collection(feature), System.CGCS2000)
    found = Boundaries([Boundary(outline.code, outline.polygons)])
    assert (found.at(107.1, 26.1), found.at(109.1, 26.1), found.at(108.1, 26.1)) == ("1", "1", None)


def test_a_file_in_gcj02_is_led_to_cgcs2000() -> None:
    feature = square("1", 107.0)
    true = Point(*feature["geometry"]["coordinates"][0][0])
    ring = feature["geometry"]["coordinates"][0]
    shifted = [list(from_wgs84(Point(*corner), System.GCJ02)) for corner in ring]
    feature["geometry"]["coordinates"] = [shifted]
    [outline], _ = read(collection(feature), System.GCJ02)
    assert metres(Point(*outline.polygons[0][0][0]), true) < 0.5


@pytest.mark.parametrize(
    "given", [None, [], {}, {"features": {}}, {"type": "Feature"}, "FeatureCollection"]
)
def test_what_is_no_collection_is_not_read(given: Any) -> None:
    assert said(given) == [("", "boundary.no_collection")]


def test_another_coordinate_system_is_never_taken_as_ours() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    assert said(collection(square("1", 107.0), crs=crs)) == [("", "boundary.other_crs")]
    crs["properties"] = {"name": "urn:ogc:def:crs:EPSG::4490"}
    assert said(collection(square("1", 107.0), crs=crs)) == []


def test_too_many_features_are_refused() -> None:
    assert said(collection(*[{}] * (MOST_FEATURES + 1))) == [("", "boundary.too_many")]


@pytest.mark.parametrize(
    ("ring", "key"),
    [
        ([[107, 26], [108, 26], [107, 27]], "boundary.too_short"),
        ([[107, 26], [108, 26], [108, 27], [107, 27]], "boundary.not_closed"),
        ([[107, 26], [108, 26], [108, 97], [107, 26]], "boundary.not_a_position"),
        ([[107, 26], [190, 26], [108, 27], [107, 26]], "boundary.not_a_position"),
        ([[107, 26], ["108", 26], [108, 27], [107, 26]], "boundary.not_a_position"),
        ([[107, 26], [True, 26], [108, 27], [107, 26]], "boundary.not_a_position"),
        ([[107, 26], [108], [108, 27], [107, 26]], "boundary.not_a_position"),
        ([[107, 26], None, [108, 27], [107, 26]], "boundary.not_a_position"),
    ],
)
def test_a_wrong_ring_leaves_its_feature_out_and_the_others_in(ring: list[Any], key: str) -> None:
    wrong = square("2", 107.0)
    wrong["geometry"]["coordinates"] = [ring]
    outlined, faults = read(collection(square("1", 107.0), wrong), System.CGCS2000)
    assert [one.code for one in outlined] == ["1"]
    assert [(fault.code, fault.key, fault.fatal) for fault in faults] == [("2", key, True)]


def test_a_ring_that_crosses_itself_is_reported_and_taken() -> None:
    feature = square("1", 107.0)
    feature["geometry"]["coordinates"] = [[[107, 26], [108, 27], [108, 26], [107, 27], [107, 26]]]
    outlined, faults = read(collection(feature), System.CGCS2000)
    assert len(outlined) == 1
    assert [(fault.key, fault.fatal) for fault in faults] == [("boundary.crosses_itself", False)]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"properties": None}, "boundary.no_properties"),
        ({"properties": {"name": "x"}}, "boundary.no_code"),
        ({"geometry": None}, "boundary.no_polygon"),
        ({"geometry": {"type": "Point", "coordinates": [107, 26]}}, "boundary.no_polygon"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "boundary.no_polygon"),
        ({"geometry": {"type": "MultiPolygon", "coordinates": [[]]}}, "boundary.no_polygon"),
    ],
)
def test_a_feature_without_code_or_shape_is_named(change: dict[str, Any], key: str) -> None:
    feature = {**deepcopy(square("1", 107.0)), **change}
    assert [found for _, found in said(collection(feature))] == [key]


def test_a_code_that_stands_twice_is_reported() -> None:
    assert said(collection(square("1", 107.0), square("1", 108.0))) == [("1", "boundary.twice")]
