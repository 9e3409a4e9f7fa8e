"""Plants the fictional demo county through the doors of the domains, from the ground up."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.exchange import api as exchange
from linli.insight import api as insight
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

SEED, EVENTS, PEOPLE = 20260601, 3000, 3000
PAST = timedelta(days=91)
STEP = 500
Tell = Callable[[str], object]


def plant_when_empty(tell: Tell) -> None:
    """Plant the county where there is no unit yet; a node that has been used is left alone."""
    if not accounts.units():
        plant(tell=tell, seed=SEED, count=EVENTS, now=kernel.now())


def plant(*, tell: Tell, seed: int, count: int, now: datetime, people: int = PEOPLE) -> dict[str, int]:
    """Plant code tables, the county, its staff, its people, the sample duty list and `count` events of 90 days.

    What is there already stays, but for events: each call brings its own. Without events nobody works on any.
    Returns how much was planted of each.
    """
    kernel.load_shipped_codes()
    county = regions.plant_demo_county(seed=seed, now=now)
    staff = accounts.plant_demo_staff(seed=seed, now=now)
    base = registry.plant_demo_base(county_id=county.county_id, seed=seed, people=people, now=now, news=count > 0)
    exchange.plant_demo_sharing(county_id=county.county_id, now=now)
    exchange.plant_demo_sources(county_id=county.county_id, seed=seed, people=people, now=now)
    trust.load_disclosure_classes()
    trust.plant_demo_devices(now=now)
    events.plant_sample_playbooks(now=now - PAST)
    events.plant_sample_group_policy(now=now - PAST)
    tell(_("The demo county stands; %(count)d events of its last 90 days follow.") % {"count": count})
    done = 0
    for planted in events.plant_demo_events(seed=seed, count=count, now=now):
        if (done + planted) // STEP > done // STEP:
            tell(f"{done + planted} / {count}")
        done += planted
    if count:
        accounts.plant_demo_roster(staff=staff, seed=seed, now=now)
        _look_after(seed, now)
    return {
        "divisions": county.divisions,
        "grids": county.grids,
        "units": len(staff.units),
        "people": len(staff.people),
        "residents": base.people,
        "events": done,
    }


def _look_after(seed: int, now: datetime) -> None:
    """Let the named people have a busy week; let the county supervise, call back, ask volunteers, and measure."""
    events.plant_demo_desks(now=now)
    events.plant_demo_supervision(seed=seed, now=now)
    insight.plant_demo_measures(seed=seed, now=now)
    _look_too_far(now)
    events.find_hot(now=now)


def _look_too_far(now: datetime) -> None:
    """Let a community worker open a whole list of people one evening, without a case: the auditor has one to review."""
    day = timezone.localdate(now - timedelta(days=1))
    evening = timezone.make_aware(datetime.combine(day, time(21, 40)))
    staff = accounts.actors_with("registry.reveal", on=day)
    seen = next((one for one in staff if one.holdings[0].unit_kind == "community"), None)
    if seen is None:
        return
    wanted = registry.Wanted(kind="person")
    people = registry.look_through(wanted=wanted, by=seen, now=evening).items[:15]
    for number, one in enumerate(people):
        at = evening + timedelta(seconds=25 * (number + 1))
        registry.open_card(entity_id=one.id, by=seen, purpose="serve", now=at)
    trust.seal_waiting(now=now)
    trust.watch_looks(now=now)
