"""Coordinate systems used in China: WGS-84 inside the house, GCJ-02 and BD-09 converted at the edge.

GCJ-02 shifts WGS-84 by 50 to 700 m inside China; BD-09 shifts GCJ-02 once more. The formulas are the public ones that
map libraries use; the way back is found by iteration, to better than 1e-9 degrees (0.1 mm). All values are degrees.
"""

import math
from typing import Literal

System = Literal["wgs84", "gcj02", "bd09"]

_AXIS = 6378245.0  # Krasovsky 1940, in metres
_ECCENTRICITY = 0.00669342162296594323
_BD_TURN = math.pi * 3000.0 / 180.0
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_CLOSE = 1e-10
_ROUNDS = 30


class UnknownSystemError(ValueError):
    """The name of a coordinate system is not one of wgs84, gcj02, bd09."""


def is_position(lng: float, lat: float) -> bool:
    """Return whether both are finite and in range: longitude -180..180, latitude -90..90."""
    return -180.0 <= lng <= 180.0 and -90.0 <= lat <= 90.0  # noqa: PLR2004  NaN and infinity fail the comparison


def in_china(lng: float, lat: float) -> bool:
    """Return whether the point lies in the rectangle inside which GCJ-02 differs from WGS-84."""
    return _WEST <= lng <= _EAST and _SOUTH <= lat <= _NORTH


def to_wgs84(lng: float, lat: float, *, system: System) -> tuple[float, float]:
    """Return the point in WGS-84. Points outside China are returned unchanged."""
    if system == "wgs84":
        return lng, lat
    if system == "gcj02":
        return gcj02_to_wgs84(lng, lat)
    if system == "bd09":
        return gcj02_to_wgs84(*bd09_to_gcj02(lng, lat))
    raise UnknownSystemError(system)


def from_wgs84(lng: float, lat: float, *, system: System) -> tuple[float, float]:
    """Return a WGS-84 point in the given system. Points outside China are returned unchanged."""
    if system == "wgs84":
        return lng, lat
    if system == "gcj02":
        return wgs84_to_gcj02(lng, lat)
    if system == "bd09":
        return gcj02_to_bd09(*wgs84_to_gcj02(lng, lat))
    raise UnknownSystemError(system)


def wgs84_to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    """Shift a WGS-84 point to GCJ-02."""
    if not in_china(lng, lat):
        return lng, lat
    east, north = _shift(lng, lat)
    return lng + east, lat + north


def gcj02_to_wgs84(lng: float, lat: float) -> tuple[float, float]:
    """Find the WGS-84 point whose GCJ-02 is the one given, by fixed-point iteration."""
    if not in_china(lng, lat):
        return lng, lat
    x, y = lng, lat
    for _ in range(_ROUNDS):
        east, north = _shift(x, y)
        step = max(abs(lng - east - x), abs(lat - north - y))
        x, y = lng - east, lat - north
        if step < _CLOSE:
            break
    return x, y


def gcj02_to_bd09(lng: float, lat: float) -> tuple[float, float]:
    """Shift a GCJ-02 point to BD-09."""
    if not in_china(lng, lat):
        return lng, lat
    return _to_bd(lng, lat)


def bd09_to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    """Find the GCJ-02 point whose BD-09 is the one given, by fixed-point iteration."""
    if not in_china(lng, lat):
        return lng, lat
    x, y = lng - 0.0065, lat - 0.006
    for _ in range(_ROUNDS):
        bd_x, bd_y = _to_bd(x, y)
        x, y = x + lng - bd_x, y + lat - bd_y
        if max(abs(lng - bd_x), abs(lat - bd_y)) < _CLOSE:
            break
    return x, y


def _shift(lng: float, lat: float) -> tuple[float, float]:
    x, y = lng - 105.0, lat - 35.0
    north, east = _north(x, y), _east(x, y)
    radians = lat / 180.0 * math.pi
    magic = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    root = math.sqrt(magic)
    north = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (magic * root) * math.pi)
    east = east * 180.0 / (_AXIS / root * math.cos(radians) * math.pi)
    return east, north


def _north(x: float, y: float) -> float:
    base = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return base + _waves(x, 6.0, 2.0) + _waves_long(y, 20.0, 40.0, 160.0, 320.0)


def _east(x: float, y: float) -> float:
    base = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return base + _waves(x, 6.0, 2.0) + _waves_long(x, 20.0, 40.0, 150.0, 300.0)


def _waves(x: float, short: float, long: float) -> float:
    return (20.0 * math.sin(short * x * math.pi) + 20.0 * math.sin(long * x * math.pi)) * 2.0 / 3.0


def _waves_long(v: float, a: float, b: float, c: float, d: float) -> float:
    sin, pi = math.sin, math.pi
    near = (a * sin(v * pi) + b * sin(v / 3.0 * pi)) * 2.0 / 3.0
    period = 12.0
    return near + (c * sin(v / period * pi) + d * sin(v * pi / 30.0)) * 2.0 / 3.0


def _to_bd(lng: float, lat: float) -> tuple[float, float]:
    radius = math.hypot(lng, lat) + 0.00002 * math.sin(lat * _BD_TURN)
    angle = math.atan2(lat, lng) + 0.000003 * math.cos(lng * _BD_TURN)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006
