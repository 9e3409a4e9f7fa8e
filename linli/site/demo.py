"""Plants the fictional demo county through the doors of the domains, from the ground up."""

from collections.abc import Callable
from datetime import datetime

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions

SEED, EVENTS = 20260601, 3000
Tell = Callable[[str], object]


def plant_when_empty(tell: Tell) -> None:
    """Plant the county where there is no unit yet; a node that has been used is left alone."""
    if not accounts.units():
        plant(tell=tell, seed=SEED, count=EVENTS, now=kernel.now())


def plant(*, tell: Tell, seed: int, count: int, now: datetime) -> None:
    """Plant code tables, the county, its staff, the sample duty list and `count` events of the last 90 days."""
    kernel.load_shipped_codes()
    regions.plant_demo_county(seed=seed, now=now)
    accounts.plant_demo_staff(seed=seed, now=now)
    events.plant_sample_duties(now=now)
    tell(f"the fictional county stands; {count} events of its last 90 days follow")
    done = 0
    for planted in events.plant_demo_events(seed=seed, count=count, now=now):
        done += planted
        if done % 500 == 0:
            tell(f"{done} of {count} events")
