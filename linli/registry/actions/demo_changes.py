"""What happened in the demo county of late, so that its communities find something on their desks. All made up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from linli.accounts import api as accounts
from linli.registry.actions.relate import Tie, end_relation, relate
from linli.registry.actions.take_in import Statement, take_in
from linli.registry.models import Relation
from linli.registry.rules.demo import DemoBase
from linli.registry.rules.demo_week import MOST, told_of_late
from linli.registry.rules.kinds import LIVES_IN

LATE = timedelta(days=8)  # the base was loaded so long ago; what follows is news
RUN = "demo-week"


def plant_demo_changes(base: DemoBase, ids: Mapping[tuple[str, str], UUID], *, now: datetime) -> None:
    """Let departments and visits tell of deaths, benefits, births, a new address, rentals and shops of ten days."""
    told = list(told_of_late(base, day=timezone.localdate(now - LATE)))
    for number, (source, kind, key, values) in enumerate(told):
        at = now - LATE + (number + 1) * LATE / (len(told) + 2)
        said = [Statement(key, values, at)]
        take_in(source=source, kind=kind, statements=said, run=RUN, by=accounts.SYSTEM, now=at)
    _move(base, ids, now)


def _move(base: DemoBase, ids: Mapping[tuple[str, str], UUID], now: datetime) -> None:
    """Let some people move into a home at the other end of the list, which is in another community."""
    houses = [ids["house", key] for key, _values in base.said.get(("housing", "house"), ()) if ("house", key) in ids]
    at, today = now - timedelta(hours=5), timezone.localdate(now)
    rows = Relation.objects.filter(bond=LIVES_IN, retracted_at=None, valid_to=None, valid_from__lt=today)
    movers = list(rows.order_by("start_id")[: MOST * 3 : MOST // 4])
    for number, row in enumerate(movers):
        end_relation(relation_id=row.id, on=today, by=accounts.SYSTEM, now=at)
        ties = [Tie(LIVES_IN, row.start_id, houses[-1 - number % len(houses)], today)]
        relate(ties=ties, source="visits", by=accounts.SYSTEM, now=at + timedelta(minutes=number))
