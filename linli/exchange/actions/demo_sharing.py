"""Plant what the demo county shares and corrects, through the same doors as real officers. All fictional."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.exchange.actions.answer import approve_application
from linli.exchange.actions.apply import draft_application, submit_application
from linli.exchange.actions.correct import Finding, confirm_correction, propose_correction
from linli.exchange.actions.open_data import Described, count_edition, describe_set, publish_edition
from linli.exchange.actions.use import Call, verify_one
from linli.exchange.models import Application, OwnerUnit
from linli.exchange.queries.owners import SHIPPED
from linli.exchange.rules.sharing_refusals import RefusedError
from linli.exchange.rules.terms import QUERY, VERIFY, Asked
from linli.registry import api as registry

TEXTS = Path(__file__).resolve().parents[1] / "sample" / "demo.json"


@transaction.atomic
def plant_demo_sharing(*, county_id: int, now: datetime) -> bool:
    """Plant two applications (one waiting, one granted and used), two corrections and an open data set.

    Returns whether anything was planted: not without people in the base, and only once.
    """
    people = registry.look_through(wanted=registry.Wanted(), by=accounts.SYSTEM, now=now).items
    if not people or Application.objects.exists():
        return False
    said = json.loads(TEXTS.read_text(encoding="utf-8"))
    _name_owners()
    with_post = _finder(now)
    asker, civil, police = (with_post("exchange.apply", unit) for unit in ("csgl", "mzj", "gaj"))
    data = with_post("exchange.publish", "centre")
    _apply(said["waiting"], county_id, asker, now - timedelta(days=3))
    granted = _apply(said["granted"], county_id, civil, now - timedelta(days=20))
    grant = approve_application(application_id=granted.pk, by=police, now=now - timedelta(days=17))
    _use(grant.number, civil, people, now)
    _correct(said["corrections"], with_post, police, now)
    described = Described(division_id=county_id, **said["open"])
    row = describe_set(described=described, by=data, now=now)
    publish_edition(edition_id=count_edition(set_id=row.pk, by=data, now=now).pk, by=data, now=now)
    return True


def _name_owners() -> None:
    """Say which units of the demo county answer for the departments that the dictionary names."""
    owners = json.loads(SHIPPED.read_text(encoding="utf-8"))["owners"]
    known = {owner: unit.id for owner, code in owners.items() if (unit := accounts.unit_by_code(code))}
    OwnerUnit.objects.bulk_create(
        [OwnerUnit(owner=key, unit_id=unit) for key, unit in known.items()], ignore_conflicts=True
    )


def _finder(now: datetime) -> Callable[[str, str], accounts.Actor]:
    def with_post(capability: str, code: str) -> accounts.Actor:
        unit = accounts.unit_by_code(code)
        ids = [unit.id] if unit else []
        return accounts.actors_with(capability, on=timezone.localdate(now), unit_ids=ids)[0]

    return with_post


def _apply(said: dict[str, Any], county_id: int, by: accounts.Actor, now: datetime) -> Application:
    day = timezone.localdate(now)
    asked = Asked(
        kind="person", elements=tuple(said["elements"]), lifted=tuple(said["lifted"]), division_id=county_id,
        starts_on=day, ends_on=day + timedelta(days=365), quota=said["quota"], ways=(VERIFY, QUERY),
        purpose=said["purpose"],
    )  # fmt: skip
    unit_id = by.holdings_with("exchange.apply")[0].unit_id
    (row,) = draft_application(
        asked=asked, basis=said["basis"], words=said["words"], unit_id=unit_id, by=by, now=now
    )  # fmt: skip
    return submit_application(application_id=row.pk, by=by, now=now)


def _use(grant: str, by: accounts.Actor, people: Any, now: datetime) -> None:
    """Verify the age of some people on the last days, by their id numbers."""
    condition = registry.Condition(registry.AGE, ">=", 80)
    reach = registry.Reach("person", ("citizen_id",), _county(by), {}, frozenset({"citizen_id"}))
    for back, brief in enumerate(people[:12]):
        at = now - timedelta(days=back)
        errand = registry.Errand(by=accounts.SYSTEM, purpose="serve", case=grant, action="exchange.query")
        given = registry.release_known(reach=reach, entity_id=brief.id, errand=errand, now=at)
        if given and given.values:
            verify_one(call=Call(grant, "serve", by, at), whom=dict(given.values), asked=condition)


def _county(by: accounts.Actor) -> int:
    return by.holdings[0].division_id


def _correct(said: list[dict[str, str]], with_post: Any, police: accounts.Actor, now: datetime) -> None:
    """Let the first community find two things wrong about its people; the second waits for its owner."""
    first = min((unit for unit in accounts.units(kind="community")), key=lambda unit: unit.code)
    worker = with_post("exchange.correct", first.code)
    wanted = registry.Wanted(community_id=first.division_id)
    briefs = registry.look_through(wanted=wanted, by=worker, now=now).items
    done = 0
    for brief in briefs:
        one = said[done]
        at = now - timedelta(days=6 if one["owner"] else 1)
        finding = Finding(brief.id, one["element"], one["value"], one["evidence"], timezone.localdate(at))
        try:
            row = propose_correction(finding=finding, by=worker, now=at)
        except RefusedError:
            continue
        if one["owner"]:  # now: the base was planted a moment ago and knows nothing of days before
            confirm_correction(correction_id=row.pk, by=police, now=now, words=one["answer"])
        done += 1
        if done == len(said):
            return
