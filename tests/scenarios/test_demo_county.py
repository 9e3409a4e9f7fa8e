"""The demo county as a newcomer meets it: every desk of the named people has something on it."""

import pytest

from linli.accounts import api as accounts
from linli.events.models import Event, HotIssue, Link, PlaybookRun, PublicAnswer, Task, Whistle
from linli.kernel import api as kernel
from linli.site import demo

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_the_named_people_and_their_neighbours_find_what_is_theirs():
    """Planting takes long, so it is done once."""
    demo.plant(tell=[].append, seed=7, count=40, people=40, now=kernel.now())
    _the_named_people_have_work_on_their_desks()
    hot = HotIssue.objects.order_by("-heat").first()
    assert (hot.people, hot.community.name) == (7, "南苑社区"), "what seven neighbours report is hot at its place"
    token = accounts.phone_token(accounts.DEMO_NEIGHBOUR)
    assert Event.objects.filter(reporter_token=token).count() == 2


def _the_named_people_have_work_on_their_desks():
    community = min(accounts.units(kind="community"), key=lambda unit: unit.code)
    states = set(Event.objects.filter(lead_unit_id=community.id).values_list("state", flat=True))
    assert {"dispatched", "accepted", "in_progress", "submitted", "closed"} <= states
    assert Task.objects.filter(unit_id=community.id, state=Task.State.OPEN).count() == 2
    assert sorted(bool(one.arrived_at) for one in Whistle.objects.get().responses.all()) == [False, True]
    assert PlaybookRun.objects.filter(ended_at=None).count() == 1
    assert Link.objects.get().kind == Link.Kind.MERGED
    assert PublicAnswer.objects.count() == 3
