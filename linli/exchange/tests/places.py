"""A town with a registry, two departments that share data, and who works there. All fictional."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_holding, make_person, make_post, make_unit
from linli.exchange import api as exchange
from linli.registry.tests import factories as base
from tests.snapshot import kept

NOW, TODAY, WU_ID, WU_PHONE = base.NOW, base.TODAY, base.WU_ID, base.WU_PHONE
POSTS = {
    "asker": ("exchange.apply", "exchange.use"),
    "owner": ("exchange.approve", "exchange.answer"),
    "worker": ("exchange.correct", "registry.see", "registry.reveal", "exchange.answer"),
    "data": ("exchange.oversee", "exchange.publish", "exchange.approve", "exchange.answer"),
}
UNITS = (("gaj", "公安局"), ("mzj", "民政局"), ("wjj", "卫生健康局"))
PEOPLE = (
    ("asker", "asker", "mzj"),
    ("colleague", "asker", "mzj"),
    ("police", "owner", "gaj"),
    ("police2", "owner", "gaj"),
    ("health", "asker", "wjj"),
    ("worker", "worker", "community"),
    ("neighbour", "worker", "community"),
    ("data", "data", "centre"),
    ("data2", "data", "centre"),
)


kept_wu = kept(base.make_wu)


@dataclass
class Place:
    """The ground with units, holdings and people by short name; old Wu in its first grid."""

    ground: Any
    units: dict[str, Any] = field(default_factory=dict)
    holdings: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    @property
    def county(self):
        return self.ground.town.county.pk

    @property
    def community(self):
        return self.ground.town.community.pk

    def actor(self, name, on=TODAY):
        return accounts.actor_for(self.people[name], on=on)


def make_place():
    ground = base.make_ground()
    place = Place(ground, dict(ground.town.units))
    for code, name in UNITS:
        place.units[code] = make_unit(code, name, "department", ground.town.county)
    posts = {code: make_post(f"x-{code}", held) for code, held in POSTS.items()}
    for key, post, unit in PEOPLE:
        area = ground.town.community if unit == "community" else ground.town.county
        place.people[key] = make_person(key, key)
        place.holdings[key] = make_holding(
            place.people[key], place.units[unit], posts[post], division_id=area.pk, valid_from=date(2026, 1, 1)
        )
    return place


def asked(place, **more):
    terms = {
        "kind": "person", "elements": ("birth_date", "name"), "division_id": place.county, "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=30), "quota": 100, "ways": ("verify", "query", "batch"), "purpose": "serve",
    }  # fmt: skip
    return exchange.Asked(**{**terms, **more})


def applied(place, by="asker", unit="mzj", now=NOW, **more):
    (row,) = exchange.draft_application(
        asked=asked(place, **more), basis="老年人权益保障法第三十三条", words="发放高龄津贴前核对年龄",
        unit_id=place.units[unit].pk, by=place.actor(by), now=now,
    )  # fmt: skip
    return exchange.submit_application(application_id=row.pk, by=place.actor(by), now=now)


def granted(place, by="asker", unit="mzj", now=NOW, **more):
    row = applied(place, by, unit, now, **more)
    return exchange.approve_application(application_id=row.pk, by=place.actor("police"), now=now)


def call(place, grant, *, by="asker", now=NOW, purpose="serve", key=None):
    return exchange.Call(grant=grant.number, purpose=purpose, by=place.actor(by, on=now.date()), now=now, key=key)
