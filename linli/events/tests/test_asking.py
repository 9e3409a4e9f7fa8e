"""What the interface for apps asks is what its description says."""

from datetime import date

from linli.events.plugins.asking import ELEMENTS, InterfaceAsker
from linli.events.rest.open311_schema import FIELDS
from linli.events.rules.open311 import ASKED_FIELDS


def test_every_field_of_the_interface_is_known_to_ask_for_something_or_nothing():
    assert set(FIELDS) - set(ASKED_FIELDS) == {"api_key", "jurisdiction_id", "service_code"}
    assert set(ASKED_FIELDS) <= set(FIELDS)
    (asking,) = InterfaceAsker().askings(day=date(2026, 11, 23))
    assert {one.code for one in asking.elements} == set(ELEMENTS)
