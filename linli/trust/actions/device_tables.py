"""A table of devices is taken in as drafts: each good row by itself, the others come back with what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.trust.actions.devices import save_device
from linli.trust.actions.guard import require
from linli.trust.queries.activities import register_on
from linli.trust.queries.ask_less import policy_in_force
from linli.trust.rules.ask_less import Policy
from linli.trust.rules.device_rows import DeviceRow
from linli.trust.rules.devices import DeviceDraft, DeviceRefusedError
from linli.trust.rules.refusals import NotAllowed
from linli.trust.states.devices import KEEP

K = TypeVar("K")
TEXTS = ("name", "operator", "address", "necessity", "alternative", "filed_as", "signs")


@dataclass(frozen=True, slots=True)
class TakenDevices:
    """How many drafts were made, and the rows that were left out with their problem."""

    made: int
    wrong: tuple[DeviceRow, ...]


def take_devices(*, rows: Iterable[DeviceRow], by: accounts.Actor, now: datetime) -> TakenDevices:
    """Write each good row down as a draft 批量登记; nobody is asked to decide by that. Raises NotAllowed."""
    require(by, KEEP)
    policy, made, wrong = policy_in_force(), 0, []
    for row in rows:
        try:
            with transaction.atomic():
                save_device(draft=_draft(row.said, policy, timezone.localdate(now)), by=by, now=now)
            made += 1
        except DeviceRefusedError as refused:
            wrong.append(replace(row, problem=str(refused)))
        except NotAllowed:
            wrong.append(replace(row, problem=_("This unit or community is not yours to write for.")))
    return TakenDevices(made, tuple(wrong))


def _draft(said: Mapping[str, str], policy: Policy, today: date) -> DeviceDraft:
    kinds = {code: {code, one.name} for code, one in policy.kinds.items()}
    places = {code: {code, one.name} for code, one in policy.places.items()}
    units = {one.id: {one.code, one.name} for one in accounts.units() if one.is_open}
    purposes = {code: {code, str(one.name)} for code, one in register_on(today).items()}
    areas = {one.id: {one.code, one.name} for one in _areas()}
    return DeviceDraft(
        kind=_one(kinds, said["kind"]), place=_one(places, said["place"]), unit_id=_one(units, said["unit"]),
        division_id=_one(areas, said["area"]), purpose=_one(purposes, said["purpose"]),
        retention_days=_number(said.get("retention_days", "1")), people=_number(said.get("people", "0")),
        **{name: said.get(name, "") for name in TEXTS},
    )  # fmt: skip


def _areas() -> list[regions.DivisionInfo]:
    tops = regions.children(None)
    return [regions.division(one) for top in tops for one in regions.descendants(top.id)]


def _one(known: Mapping[K, set[str]], word: str) -> K:
    found = [code for code, words in known.items() if word and word in words]
    if len(found) != 1:
        raise DeviceRefusedError(_("“%(word)s” is unknown, or stands for several.") % {"word": word})
    return found[0]


def _number(text: str) -> int:
    if not (text or "0").isdecimal():
        raise DeviceRefusedError(_("“%(word)s” is no number.") % {"word": text})
    return int(text or 0)
