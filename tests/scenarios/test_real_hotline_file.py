"""Story: 1,145 real hotline messages run through the whole intake; ten of them are brought to their end.

The messages stay outside the project. Nothing of what they say may be printed: assertions compare numbers only, and
functions are given ids, as a failing test prints what it was called with.
"""

import csv
import gzip
import io
import json
import os
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts.models import Holding
from linli.events import api as events
from linli.events.models import Event, Track
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust import api as trust
from linli.trust.models import LedgerEntry

SHARED = Path(os.environ.get("LINLI_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
FILE = SHARED / "complaints" / "complaints_dev.csv.gz"
MOST_SECONDS = 60
ENDED = 10
SHOWN = (
    "state", "handler_id", "checker_id", "accepted_at", "accept_due", "contacted_at", "contact_due", "submitted_at",
    "handle_due",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not FILE.exists(), reason=f"the real messages are not here ({FILE.name} under LINLI_SHARED_DATA)"
    ),
]


def test_real_messages_go_through_intake_and_ten_to_their_end(transactional_db, clock):
    _county()
    first, seconds = _import()
    wanted = _raw_rows()
    assert wanted >= 1100
    assert (first["read"], first["made"] + first["skipped"]) == (wanted, wanted)
    assert first["made"] >= 0.99 * wanted
    assert seconds < MOST_SECONDS
    _every_event_has_an_owner_and_clocks(first["made"])

    chosen = _ten_of_both_kinds()
    for event_id in chosen:
        _bring_to_its_end(event_id, clock)
    closed = Event.objects.filter(state="closed")
    assert closed.count() == ENDED
    assert len({*closed.values_list("handler_id", flat=True)}) > 1, "different people"
    _sealed_and_whole(first["made"])

    again, _seconds = _import()
    assert (again["read"], again["made"]) == (wanted, 0)
    sys.stdout.write(f"{wanted} real rows in {seconds:.1f} s, {first['made']} taken\n")


def _county():
    now = kernel.now()
    regions.plant_demo_county(now=now)
    accounts.plant_demo_staff(seed=7, now=now)
    events.plant_sample_duties(now=now)


def _import():
    said, began = StringIO(), time.perf_counter()
    call_command("import", "hotline", str(FILE), "--json", stdout=said, stderr=StringIO())
    return json.loads(said.getvalue().splitlines()[-1]), time.perf_counter() - began


def _raw_rows():
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return sum(row["has_raw"] == "1" for row in csv.DictReader(io.StringIO(file.read())))


def _every_event_has_an_owner_and_clocks(made):
    rows = list(Event.objects.values("state", "lead_unit_id", "accept_due", "contact_due", "handle_due", "reported_at"))
    assert len(rows) == made
    calendar = regions.calendar()
    for row in rows:
        assert row["lead_unit_id"]
        assert row["reported_at"] < row["accept_due"] <= row["handle_due"]
        assert calendar.is_working_day(timezone.localdate(row["handle_due"]))
    states = {row["state"] for row in rows}
    assert states <= {"dispatched", "screening"}
    steps = Track.objects.count()
    assert steps == 2 * made, "each has its two first lines"
    assert LedgerEntry.objects.filter(object_kind="event").count() == made


def _ten_of_both_kinds():
    waiting = list(Event.objects.filter(state="screening").order_by("id").values_list("id", flat=True)[: ENDED // 2])
    given = Event.objects.filter(state="dispatched").order_by("id").values_list("id", flat=True)
    return [*given[: ENDED - len(waiting)], *waiting]


def _who_may(capability, event_id):
    """Return somebody who may do this on this event by their post, and has not handled it."""
    event = Event.objects.get(pk=event_id)
    for holding in Holding.objects.filter(ended_at=None).select_related("person").order_by("id"):
        actor = accounts.actor_for(holding.person, on=kernel.now().date())
        if actor.person_id not in event.handlers and trust.may(actor, capability, event):
            return actor
    raise AssertionError(f"nobody may {capability} at {event.lead_unit.kind}")


def _give_to_a_unit(event_id):
    """Let a dispatcher take the first candidate; what would stay with the centre goes to a department."""
    event = Event.objects.get(pk=event_id)
    code = event.candidates[0]["code"] if event.candidates else event.matter.code
    dispatcher = _who_may("events.dispatch", event_id)
    given = events.dispatch_event(event_id=event_id, by=dispatcher, now=kernel.now(), matter_code=code)
    if given.lead_unit.kind == "centre":
        unit = accounts.unit_by_code("csgl").id
        given = events.dispatch_event(
            event_id=event_id, by=dispatcher, now=kernel.now(), matter_code=code, unit_id=unit
        )
    began = given.accept_due > kernel.now()
    assert began, "the clocks of the unit begin when it gets the event"


def _bring_to_its_end(event_id, clock):
    clock.later(minutes=1)
    event = Event.objects.select_related("lead_unit").get(pk=event_id)
    if event.state == "screening" or event.lead_unit.kind == "centre":
        _give_to_a_unit(event_id)
    handler = _who_may("events.handle", event_id)
    clock.later(minutes=2)
    events.accept_event(event_id=event_id, by=handler, now=kernel.now())
    events.note_contact(event_id=event_id, by=handler, now=kernel.now(), words="已联系。")
    clock.later(minutes=2)
    events.start_event(event_id=event_id, by=handler, now=kernel.now())
    events.submit_result(event_id=event_id, by=handler, now=kernel.now(), answer="已办好。")
    checker = _who_may("events.check", event_id)
    events.check_result(event_id=event_id, by=checker, now=kernel.now(), passed=True)
    events.close_event(event_id=event_id, by=checker, now=kernel.now(), reason="solved")
    _is_whole(event_id)


def _is_whole(event_id):
    tracks = list(Track.objects.filter(event_id=event_id).order_by("id").values_list("step", "at"))
    steps, moments = [step for step, _at in tracks], [at for _step, at in tracks]
    assert steps[0] == "report"
    assert steps[-6:] == ["accept", "contact", "start", "submit", "pass", "close"]
    assert moments == sorted(moments)
    row = Event.objects.values(*SHOWN).get(pk=event_id)
    assert row["state"] == "closed"
    assert row["handler_id"] != row["checker_id"]
    assert row["accepted_at"] <= row["accept_due"]
    assert row["contacted_at"] <= row["contact_due"]
    assert row["submitted_at"] <= row["handle_due"]
    written = LedgerEntry.objects.filter(object_id=str(event_id)).order_by("id").values_list("elements", flat=True)
    assert [one[0] for one in written] == ["report", *steps[2:]]


def _sealed_and_whole(made):
    while trust.seal_once(now=kernel.now()):
        pass
    checked = trust.verify_ledger()
    assert checked.ok
    assert (checked.unsealed, checked.sealed >= made) == (0, True)
