"""Actors, holdings and entries for the tests of trust."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_town, make_unit
from linli.trust import api as trust
from linli.trust.actions.record import compose

NOW = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
PERSON = UUID("0190c0de-0000-7000-8000-000000000001")


def a_holding(*capabilities, unit_id=1, number=1, unit_kind="street", division_id=1):
    return accounts.ActorHolding(
        holding_id=UUID(int=number),
        unit_id=unit_id,
        unit_name="南苑街道办事处",
        unit_kind=unit_kind,
        post_code="street_officer",
        post_name="街道干部",
        division_id=division_id,
        grid_id=None,
        capabilities=frozenset(capabilities),
    )


def an_actor(*holdings, person_id=PERSON, kind="staff"):
    return accounts.Actor(person_id=person_id, name="李青", kind=kind, holdings=holdings)


def a_use(**changes):
    content = {
        "by": an_actor(a_holding("events.read")),
        "action": "read",
        "purpose": "handle",
        "subjects": ["a" * 64],
        "object_kind": "events.event",
        "object_id": "南苑-20261122-0007",
        "elements": ["name", "phone"],
        "now": NOW,
    }
    return {**content, **changes}


def record_uses(count, **changes):
    """Append entries in one transaction, fast."""
    leaves = [compose(**a_use(object_id=str(number), **changes)) for number in range(count)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust_record(leaf, digest) FROM unnest(%s::text[], %s::bytea[]) AS given(leaf, digest)",
            [[leaf.text for leaf in leaves], [leaf.digest for leaf in leaves]],
        )
    return [leaf.id for leaf in leaves]


def record_and_seal(*counts):
    """Append as many entries as each count says, and seal after each."""
    for count in counts:
        record_uses(count)
        trust.seal_once(now=NOW)


def a_tree():
    """A centre, two streets below it, two communities below each: seven units, the centre first."""
    county = make_town().county
    centre = make_unit("top", "centre", "centre", county)
    units = [centre]
    for street in ("south", "north"):
        units.append(make_unit(street, street, "street", county, parent_id=centre.pk))
        parent = units[-1].pk
        units += [make_unit(f"{street}-{n}", f"{street}-{n}", "community", county, parent_id=parent) for n in (1, 2)]
    return units
