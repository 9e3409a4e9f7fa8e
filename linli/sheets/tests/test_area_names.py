"""An area that the base keeps as a code becomes the part that a column asks for."""

import pytest

from linli.sheets.queries.area_names import area_namer
from tests.town import build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return build_town()


def test_each_level_has_its_own_name(town):
    grid, community = town.grids[0], town.divisions["nanyuan"]
    named = {level: area_namer(level)(grid.code) for level in ("street", "community", "grid", "group")}
    assert named == {
        "street": town.divisions["street"].name, "community": community.name, "grid": grid.name, "group": "",
    }  # fmt: skip
    assert area_namer("")(grid.code) == f"{named['street']}{named['community']}{named['grid']}"


def test_a_code_that_ends_above_the_level_names_nothing(town):
    community = town.divisions["nanyuan"]
    assert area_namer("grid")(community.code) == ""
    assert area_namer("community")(town.divisions["street"].code) == ""
    assert area_namer("street")("990102001001") == "", "what is not known here has no name here"
