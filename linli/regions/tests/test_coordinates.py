"""Coordinate systems: known points, and there and back again."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.regions.rules import coordinates as c

inside = (st.floats(73.0, 137.0), st.floats(1.5, 55.0))


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_gcj02_at_known_points(wgs, gcj):
    assert c.from_wgs84(*wgs, system="gcj02") == pytest.approx(gcj, abs=1e-9)
    assert c.to_wgs84(*gcj, system="gcj02") == pytest.approx(wgs, abs=1e-7)


def test_bd09_at_a_known_point():
    assert c.gcj02_to_bd09(116.404, 39.915) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


@given(*inside)
@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_there_and_back_is_closer_than_a_millionth_degree(system, lng, lat):
    assert c.to_wgs84(*c.from_wgs84(lng, lat, system=system), system=system) == pytest.approx((lng, lat), abs=1e-6)


@given(*inside)
def test_the_shift_is_real_but_less_than_a_kilometre(lng, lat):
    east, north = (a - b for a, b in zip(c.wgs84_to_gcj02(lng, lat), (lng, lat), strict=True))
    assert 0 < math.hypot(east * math.cos(math.radians(lat)), north) < 0.02


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("point", [(2.35, 48.85), (-74.0, 40.7), (151.2, -33.9)])
def test_points_outside_china_are_unchanged(system, point):
    assert c.to_wgs84(*point, system=system) == point
    assert c.from_wgs84(*point, system=system) == point


def test_an_unknown_system_is_refused():
    with pytest.raises(c.UnknownSystemError):
        c.to_wgs84(112.0, 28.0, system="mars")


@pytest.mark.parametrize("point", [(math.nan, 0), (0, math.nan), (math.inf, 0), (180.1, 0), (0, -90.1)])
def test_positions_off_the_globe_are_none(point):
    assert not c.is_position(*point)
