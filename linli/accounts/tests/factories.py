"""People, units and posts for tests, the same every time."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts.actions.messages import add_notice_address
from linli.accounts.actions.sign_ins import note_sign_in
from linli.accounts.models import Holding, Message, Person, Post, Unit
from linli.regions import api as regions
from tests.snapshot import kept

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PASSWORD = "a long enough secret"


@dataclass
class Town:
    """A county with one street and two communities, and a second street."""

    county: regions.Division
    street: regions.Division
    community: regions.Division
    other_community: regions.Division
    other_street: regions.Division
    units: dict[str, Unit] = field(default_factory=dict)


@kept
def make_town():
    make_division("990000000000", "示例省")
    make_division("990100000000", "示例市")
    county = make_division("990101000000", "青禾县")
    street = make_division("990101001000", "南苑街道")
    town = Town(
        county=county,
        street=street,
        community=make_division("990101001001", "学府社区"),
        other_community=make_division("990101001002", "兰亭社区"),
        other_street=make_division("990101002000", "北关街道"),
    )
    town.units = {
        "centre": make_unit("centre", "县社会治理中心", "centre", county),
        "street": make_unit("street", "南苑街道办事处", "street", street),
        "community": make_unit("community", "学府社区居委会", "community", town.community),
    }
    return town


def make_division(code, name):
    return regions.add_division(code=code, name=name, valid_from=date(2020, 1, 1), by="tests", now=NOW)


def make_unit(code, name, kind, division, **more):
    return accounts.create_unit(
        code=code, name=name, kind=kind, division_id=division.pk, by=accounts.SYSTEM, now=NOW, **more
    )


def make_post(code="administrator", capabilities=("accounts.manage",), **more):
    return accounts.save_post(code=code, name=code, capabilities=capabilities, by=accounts.SYSTEM, now=NOW, **more)


def make_person(username="wang", name="王一", password=None, **more):
    more.setdefault("must_change_password", False)
    return accounts.create_person(username=username, name=name, password=password, by=accounts.SYSTEM, now=NOW, **more)


def make_holding(person, unit, post=None, **more) -> Holding:
    post = post or Post.objects.filter(code="administrator").first() or make_post()
    return accounts.open_holding(person=person, post=post, unit=unit, by=accounts.SYSTEM, now=NOW, **more)


def actor(person: Person):
    return accounts.actor_for(person, on=NOW.date())


def lend(holding, to, *, by, days=7, capabilities=None, now=NOW):
    """Let somebody cover for a holding until the end of so many days."""
    ends = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min)) + timedelta(days=days)
    return accounts.lend_holding(
        holding_id=holding.pk, to=to.pk, first=timezone.localdate(now), ends_at=ends, why="leave", by=by, now=now,
        capabilities=capabilities,
    )  # fmt: skip


def try_to_sign_in(result, at, **more):
    """Write an attempt down: done, wrong or locked."""
    more = {"username": "wang", "address": "10.1.2.3", "browser": "Mozilla/5.0 (Windows NT 10.0)", **more}
    note_sign_in(result=result, now=at, **more)


def tell_at(unit, by, phone="13800001111"):
    """Let a unit be told of things at a telephone."""
    add_notice_address(unit=unit, channel="console", address=phone, by=by, now=NOW)


def texts_told():
    """Return kind and text of each message, in the order they were made."""
    return [(one.kind, one.text.reveal()) for one in Message.objects.order_by("id")]
