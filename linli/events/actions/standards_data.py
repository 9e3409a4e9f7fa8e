"""A draft of the standards made from plain data, as a file carries them from one node to another."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.actions.duty import ITEM_FIELDS, add_duty_list
from linli.events.models import AreaDuty, DispatchRule, DutyList
from linli.events.rules.refusals import RefusedError
from linli.regions import api as regions


class UnknownAreaError(RefusedError):
    """The data name a division that is not known here."""

    def __init__(self, code: str) -> None:
        """Say which."""
        super().__init__(code)
        self.sentence = _("The standards name the division %(code)s, which is not known here.") % {"code": code}


def draft_from_data(*, data: Mapping[str, Any], by: accounts.Actor, now: datetime) -> DutyList:
    """Make a draft that says what the data say (see `standards_data`). Raises UnknownAreaError and NotAllowed."""
    items = [{key: item[key] for key in ITEM_FIELDS if key in item} for item in data.get("matters", ())]
    with transaction.atomic():
        draft = add_duty_list(name=data["name"], source=data.get("source", ""), items=items, by=by, now=now)
        AreaDuty.objects.bulk_create(
            AreaDuty(
                duty_list=draft, matter_code=area["matter"], division_id=_division(area["division"]), lead=area["lead"]
            )
            for area in data.get("areas", ())
        )
        DispatchRule.objects.bulk_create(
            DispatchRule(
                duty_list=draft, place=place, name=rule["name"], target=rule["target"], note=rule.get("note", ""),
                conditions=_conditions(rule.get("conditions", {})),
            )
            for place, rule in enumerate(data.get("rules", ()), start=1)
        )  # fmt: skip
    return draft


def _conditions(said: Mapping[str, Any]) -> dict[str, Any]:
    if not said.get("areas"):
        return dict(said)
    return {**said, "areas": [_division(code) for code in said["areas"]]}


def _division(code: str) -> int:
    found = regions.division_by_code(str(code))
    if found is None:
        raise UnknownAreaError(str(code))
    return found.id
