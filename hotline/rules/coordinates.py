"""坐标: a position told in any of the systems in use, led to CGCS2000, which is WGS-84 to us."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Final

EARTH_M: Final = 6_371_008.8  # mean radius
_KRASOVSKY_M: Final = 6_378_245.0  # the ellipsoid GCJ-02 is reckoned on
_ECCENTRICITY: Final = 0.006_693_421_622_965_943
_ROUNDS: Final = 6  # each round leaves about a thousandth of the error
_BD_TURN: Final = pi * 3000 / 180

Pair = tuple[float, float]


class System(StrEnum):
    """坐标系 a position may be told in."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"  # 高德, 腾讯, 微信
    BD09 = "bd09"  # 百度


@dataclass(frozen=True, slots=True)
class Point:
    """A position in CGCS2000 or WGS-84, and how far off it may be."""

    longitude: float
    latitude: float
    accuracy_m: float | None = None


def to_wgs84(
    longitude: float, latitude: float, system: System, accuracy_m: float | None = None
) -> Point:
    """The same place in WGS-84. GCJ-02 and BD-09 shift nothing outside China."""
    if system in _FORWARD and in_china(longitude, latitude):
        longitude, latitude = _back((longitude, latitude), _FORWARD[system])
    return Point(longitude, latitude, accuracy_m)


def from_wgs84(point: Point, system: System) -> Pair:
    """Longitude and latitude as that system's maps would show them."""
    told = (point.longitude, point.latitude)
    return _FORWARD[system](told) if system in _FORWARD and in_china(*told) else told


def in_china(longitude: float, latitude: float) -> bool:
    """The box inside which the shifted systems shift."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def metres(a: Point, b: Point) -> float:
    """As the crow flies."""
    north, south = radians(a.latitude), radians(b.latitude)
    across = sin(radians(b.longitude - a.longitude) / 2) ** 2
    up = sin((south - north) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(up + cos(north) * cos(south) * across)))


def _back(told: Pair, forward: Callable[[Pair], Pair]) -> Pair:
    """The place that `forward` leads to what was told, closer with every round."""
    longitude, latitude = told
    for _ in range(_ROUNDS):
        shown = forward((longitude, latitude))
        longitude += told[0] - shown[0]
        latitude += told[1] - shown[1]
    return longitude, latitude


def _gcj02(true: Pair) -> Pair:
    """WGS-84 as it is shown in GCJ-02: a shift of up to some hundred metres, by place."""
    x, y = true[0] - 105, true[1] - 35
    waves = (20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    east += (20 * _wave(x, 1) + 40 * _wave(x, 3) + 150 * _wave(x, 12) + 300 * _wave(x, 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    north += (20 * _wave(y, 1) + 40 * _wave(y, 3) + 160 * _wave(y, 12) + 320 * _wave(y, 30)) * 2 / 3
    flat = 1 - _ECCENTRICITY * sin(radians(true[1])) ** 2
    meridian = _KRASOVSKY_M * (1 - _ECCENTRICITY) / (flat * sqrt(flat)) * pi / 180
    parallel = _KRASOVSKY_M / sqrt(flat) * cos(radians(true[1])) * pi / 180
    return true[0] + east / parallel, true[1] + north / meridian


def _wave(distance: float, length: int) -> float:
    return sin(distance * pi / length)


def _bd09(true: Pair) -> Pair:
    """GCJ-02 turned and moved once more."""
    x, y = _gcj02(true)
    far = hypot(x, y) + 0.00002 * sin(y * _BD_TURN)
    angle = atan2(y, x) + 0.000003 * cos(x * _BD_TURN)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


_FORWARD: Final = {System.GCJ02: _gcj02, System.BD09: _bd09}
