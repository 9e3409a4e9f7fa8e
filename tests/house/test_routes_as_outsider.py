"""No route without a row filter: an outsider walks through every address and must read none of the town's secrets."""

import importlib.util

import pytest
from django.test import override_settings

from tests.house import leaky_urls
from tests.house.reading import refuse
from tests.house.routes import Secret, UnknownRouteError, Visitor, fill, leaks, routes, unknown_routes, walk

pytestmark = pytest.mark.slow

SERVER_ERROR = 500
LEAKY = override_settings(ROOT_URLCONF="tests.house.leaky_urls")


@pytest.fixture
def town(db, caplog):
    """Build the town; without one only a house without own addresses may pass."""
    if importlib.util.find_spec("tests.town") is None:
        if not [route for route in routes() if ":" in route.key]:
            pytest.skip("there is no address of the house yet")
        pytest.fail("tests/town.py is missing: nobody watches the addresses of the house")
    caplog.set_level("WARNING", logger="linli.requests")  # a line for each of many thousand requests
    return importlib.import_module("tests.town").build()


def walk_as(visitor, town):
    return walk(visitor, town.values, getattr(town, "queries", None))


def test_every_address_is_known(town):
    refuse(unknown_routes(town.values), "Give tests/town.py a value for the parameters of the new address.")


def test_outsiders_read_no_secret(town):
    assert town.secrets
    assert any(visitor.person is None and not visitor.headers for visitor in town.outsiders), "a guest walks too"
    assert any(visitor.person is not None for visitor in town.outsiders)
    found = []
    for visitor in town.outsiders:
        for answer in walk_as(visitor, town):
            found += [f"{visitor.name}: {answer.request} shows {s.what}" for s in leaks(answer, town.secrets)]
            found += [f"{visitor.name}: {answer.request} fails"] if answer.status >= SERVER_ERROR else []
    refuse(found, "Ask trust.api.visible() for the rows and trust.api.may() for the page.")


@LEAKY
@pytest.mark.django_db
def test_every_hole_of_a_leaky_house_is_found():
    secret = Secret(leaky_urls.SECRET, "a name and a number")
    answers = list(walk(Visitor("guest"), {"pond_id": [1], "fish_id": [2]}, {"asked": ["all=1"]}))
    found = {answer.route.key for answer in answers if leaks(answer, [secret])}
    assert found == {"json", "header", "escaped", "packed", "squeezed", "posted", "asked", "pond:elsewhere"}
    assert {a.route.key for a in answers if a.status >= SERVER_ERROR} == {"broken"}
    assert "GET /pond/fish/2/" in {answer.request for answer in answers}


@LEAKY
def test_an_address_with_an_unknown_parameter_is_named():
    assert len(unknown_routes({"pond_id": [1]})) == 1
    assert unknown_routes({"pond_id": [1], "pond:fish": [{"fish_id": 2}]}) == []
    assert unknown_routes({"pond_id": [1], "pond:fish": [{"id": 2}]}) != []


@LEAKY
def test_a_parameter_that_says_nothing_needs_its_own_route():
    route = next(route for route in routes() if route.key == "pond:fish")
    vague = type(route)(route.key, "fish/%(id)s/", ("id",))
    with pytest.raises(UnknownRouteError):
        fill(vague, {"id": [1]})
    assert fill(vague, {"pond:fish": [{"id": 1}]}) == [{"id": 1}]
