"""The demo staff come, and go again before a node is opened to the public."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from linli.accounts.actions.first_password import first_password
from linli.accounts.actions.holdings import open_holding
from linli.accounts.actions.people import create_person, disable_person
from linli.accounts.actions.posts import plant_sample_posts
from linli.accounts.actions.residents import resident_by_phone
from linli.accounts.actions.units import create_unit
from linli.accounts.models import Person, Post, Unit
from linli.accounts.queries.demo import demo_file, demo_password
from linli.accounts.rules.actor import SYSTEM, Actor
from linli.accounts.rules.demo_staff import DEMO_NEIGHBOUR, DemoPerson, DemoPlace, DemoStaff, DemoUnit, demo_staff
from linli.regions import api as regions

CATALOGUE = Path(__file__).resolve().parents[1] / "sample" / "units.json"
COUNTY = "990101"


@transaction.atomic
def plant_demo_staff(*, seed: int, now: datetime, county: str = COUNTY) -> DemoStaff:
    """Open the units of the demo county and employ its people; what is there already stays as it is.

    One password for the role accounts is made at random and written to `demo-accounts.json` in the data folder, for
    the owner of the node only. Raises LookupError where the county has not been planted by regions.
    """
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    staff = demo_staff(places=list(_places(county)), catalogue=catalogue, seed=seed)
    posts = {post.code: post for post in plant_sample_posts(now=now)}
    units = _open_units(staff.units, now)
    password = demo_password() or first_password()
    _employ(staff.people, units, posts, make_password(password), now)
    _neighbour(now)
    _write_down(staff, posts, units, password)
    return staff


@transaction.atomic
def retire_demo_staff(*, by: Actor, now: datetime) -> int:
    """Disable every demo account and forget the password. Returns how many there were."""
    people = list(Person.objects.filter(is_demo=True, is_active=True))
    for person in people:
        disable_person(person=person, by=by, now=now)
    transaction.on_commit(lambda: demo_file().unlink(missing_ok=True))
    return len(people)


def _places(county: str) -> Iterator[DemoPlace]:
    root = regions.division_by_code(county)
    if root is None:
        raise LookupError(f"There is no county {county}: plant the regions first.")
    yield DemoPlace(root.id, root.code, root.name, "county")
    streets = regions.children(root.id)
    for street in streets:
        yield DemoPlace(street.id, street.code, street.name, "street")
    for street in streets:
        for community in regions.children(street.id):
            yield DemoPlace(community.id, community.code, community.name, "community")


def _open_units(wanted: Sequence[DemoUnit], now: datetime) -> dict[str, Unit]:
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[unit.code for unit in wanted])}
    for unit in wanted:
        if unit.code not in units:
            units[unit.code] = create_unit(
                code=unit.code,
                name=unit.name,
                kind=unit.kind,
                division_id=unit.division_id,
                parent_id=units[unit.parent].pk if unit.parent else None,
                phone=unit.phone,
                by=SYSTEM,
                now=now,
            )
    return units


def _employ(
    people: Sequence[DemoPerson],
    units: Mapping[str, Unit],
    posts: Mapping[str, Post],
    hashed: str,
    now: datetime,
) -> None:
    here = set(Person.objects.filter(is_demo=True).values_list("username", flat=True))
    for wanted in people:
        if wanted.username in here:
            continue
        person = create_person(username=wanted.username, name=wanted.name, is_demo=True, by=SYSTEM, now=now)
        if wanted.is_role:
            person.password = hashed
            person.save(update_fields=["password"])
        open_holding(
            person=person,
            post=posts[wanted.post],
            unit=units[wanted.unit],
            valid_from=timezone.localdate(now).replace(month=1, day=1),
            by=SYSTEM,
            now=now,
        )


def _neighbour(now: datetime) -> None:
    """Let a resident with a made-up telephone have signed in."""
    neighbour = resident_by_phone(phone=DEMO_NEIGHBOUR, now=now)
    Person.objects.filter(pk=neighbour.pk).update(is_demo=True)


def _write_down(staff: DemoStaff, posts: Mapping[str, Post], units: Mapping[str, Unit], password: str) -> None:
    accounts = [
        {"username": who.username, "name": who.name, "post": posts[who.post].name, "unit": units[who.unit].name}
        for who in staff.people
        if who.is_role
    ]
    path = demo_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"password": password, "accounts": accounts}, ensure_ascii=False, indent=2)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
