"""坐标: published pairs, and there and back again all over the five jurisdictions."""

import pytest

from hotline.rules.coordinates import Point, System, from_wgs84, metres, to_wgs84

# WGS-84, then GCJ-02: printed in the tests of the public converters eviltransform and
# coordtransform.
PUBLISHED = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
# The same place in GCJ-02 and in BD-09, printed in the tests of coordtransform.
PUBLISHED_BAIDU = ((116.404, 39.915), (116.41036949371029, 39.92133699351021))


@pytest.mark.parametrize(("true", "shown"), PUBLISHED)
def test_gcj02_gives_the_published_pairs_both_ways(
    true: tuple[float, float], shown: tuple[float, float]
) -> None:
    assert metres(Point(*from_wgs84(Point(*true), System.GCJ02)), Point(*shown)) < 0.1
    assert metres(to_wgs84(*shown, System.GCJ02), Point(*true)) < 0.1


def test_bd09_gives_the_published_pair_both_ways() -> None:
    gaode, baidu = PUBLISHED_BAIDU
    true = to_wgs84(*gaode, System.GCJ02)
    assert metres(to_wgs84(*baidu, System.BD09), true) < 0.1
    assert metres(Point(*from_wgs84(true, System.BD09)), Point(*baidu)) < 0.1


@pytest.mark.parametrize("system", [System.GCJ02, System.BD09])
def test_there_and_back_is_the_same_place_within_half_a_metre(system: System) -> None:
    worst = 0.0
    for step in range(2000):
        true = Point(104.9 + step % 50 * 0.52, 24.7 + step // 50 * 0.53)
        back = to_wgs84(*from_wgs84(true, system), system)
        worst = max(worst, metres(true, back))
    assert worst < 0.5


def test_the_shift_is_some_hundred_metres_where_the_five_jurisdictions_lie() -> None:
    for place in (Point(107.52, 26.26), Point(106.55, 29.56), Point(125.32, 43.9)):
        assert 400 < metres(place, Point(*from_wgs84(place, System.GCJ02))) < 700


@pytest.mark.parametrize("system", [System.WGS84, System.CGCS2000])
def test_cgcs2000_is_taken_as_wgs84(system: System) -> None:
    assert to_wgs84(107.52, 26.26, system, 30.0) == Point(107.52, 26.26, 30.0)


@pytest.mark.parametrize("system", list(System))
def test_outside_china_nothing_is_shifted(system: System) -> None:
    assert to_wgs84(-0.1276, 51.5072, system) == Point(-0.1276, 51.5072)


def test_a_degree_of_the_meridian_is_a_hundred_and_eleven_kilometres() -> None:
    assert metres(Point(107, 26), Point(107, 27)) == pytest.approx(111_195, abs=5)
    assert metres(Point(107, 26), Point(107, 26)) == 0
