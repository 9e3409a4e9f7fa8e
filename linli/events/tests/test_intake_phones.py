"""Any phone that a draft may carry is taken."""

import pytest

from linli.events.models import Event
from tests.town import report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("phone", "marked"), [("0731-88880000", False), ("+86 138 0000 1111", True), ("", False)])
def test_a_report_is_taken_with_any_good_phone(town, phone, marked):
    event = Event.objects.get(number=report(town, phone=phone).number)
    assert bool(event.reporter_token) is marked
