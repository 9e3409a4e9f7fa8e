"""Definitions of measures: a draft is made, looked at, and put in force; what was in force stays on record."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import facts
from linli.insight.models import Measure
from linli.insight.rules.counting import masks_of
from linli.insight.rules.wording import KINDS, REASONS
from linli.kernel import facts as journal
from linli.trust import api as trust

SAMPLE = Path(__file__).resolve().parents[1] / "sample" / "measures.json"
DEFINE = "insight.define"
LONGEST_CODE, LONGEST_NAME = 40, 60


class DefinitionRefusedError(events.RefusedError):
    """The definition counts nothing, or the same thing above and below."""

    sentence = _("Choose what is counted; it must be more than what the sample asks for already.")


class DefinitionUnreadableError(events.RefusedError):
    """The definition names something that there is not."""

    sentence = _("The measure has a code, name, period, mark, kind of unit or reason that is not known here.")


class NoDraftError(events.RefusedError):
    """There is no draft of this measure any more."""

    sentence = _("There is no draft of this measure; somebody put it in force or took it back.")


def plant_sample_measures(*, now: datetime) -> None:
    """Put the sample measures in force that a node does not have in any version."""
    sample = json.loads(SAMPLE.read_text("utf-8"))
    known = set(Measure.objects.values_list("code", flat=True))
    Measure.objects.bulk_create(
        [
            Measure(**row, number=1, tiers=list(KINDS), source=sample["source"], is_sample=True, made_at=now,
                    in_force_from=now)
            for row in sample["measures"] if row["code"] not in known
        ]
    )  # fmt: skip


def draft_measure(
    *,
    code: str,
    by: accounts.Actor,
    now: datetime,
    name: str,
    numerator: Sequence[str],
    denominator: Sequence[str],
    tiers: Sequence[str],
    reasons: Sequence[str],
    period: str,
) -> Measure:
    """Write the draft of a measure, a new one or the next version; it counts nowhere yet.

    Raises NotAllowed, DefinitionRefusedError.
    """
    trust.require(by, DEFINE)
    check_definition(
        code=code, name=name, numerator=numerator, denominator=denominator, tiers=tiers, reasons=reasons, period=period
    )
    said: Mapping[str, Any] = {
        "name": name, "numerator": list(numerator), "denominator": list(denominator), "tiers": list(tiers),
        "reasons": list(reasons), "period": Measure.Period(period).value, "made_at": now, "made_by_id": by.person_id,
    }  # fmt: skip
    with transaction.atomic():
        versions = Measure.objects.filter(code=code)
        newest = versions.aggregate(number=Max("number"), place=Max("place"))
        place = newest["place"] or (Measure.objects.aggregate(n=Max("place"))["n"] or 0) + 10
        draft, _new = Measure.objects.update_or_create(
            code=code, in_force_from=None, defaults=said,
            create_defaults={**said, "number": (newest["number"] or 0) + 1, "place": place},
        )  # fmt: skip
    return draft


def put_measure_in_force(*, code: str, by: accounts.Actor, now: datetime) -> Measure:
    """Let the draft count from now on, over every period: figures are always made by the version in force."""
    trust.require(by, DEFINE)
    with transaction.atomic():
        draft = Measure.objects.select_for_update().filter(code=code, in_force_from=None).first()
        if draft is None:
            raise NoDraftError
        draft.in_force_from = now
        draft.save(update_fields=["in_force_from"])
        told = facts.MeasureChanged(code=code, number=draft.number, by_person_id=by.person_id)
        journal.publish(told, now=now)
    return draft


def drop_draft(*, code: str, by: accounts.Actor) -> None:
    """Take a draft back; versions that were in force stay."""
    trust.require(by, DEFINE)
    Measure.objects.filter(code=code, in_force_from=None).delete()


def check_definition(
    *,
    code: str,
    name: str,
    numerator: Sequence[str],
    denominator: Sequence[str],
    tiers: Sequence[str],
    reasons: Sequence[str],
    period: str,
) -> None:
    """Return where a definition can be kept. Raises DefinitionRefusedError, DefinitionUnreadableError."""
    lists = ((numerator, events.MARKS), (denominator, events.MARKS), (tiers, KINDS), (reasons, REASONS))
    if not (
        _is_text(code, LONGEST_CODE)
        and _is_text(name, LONGEST_NAME)
        and period in Measure.Period.values
        and all(isinstance(said, list | tuple) and set(map(str, said)) <= set(known) for said, known in lists)
    ):
        raise DefinitionUnreadableError
    masks = masks_of(numerator, denominator, events.MARKS)
    if masks.hits == masks.sample:
        raise DefinitionRefusedError


def _is_text(said: object, longest: int) -> bool:
    return isinstance(said, str) and 0 < len(said.strip()) <= longest
