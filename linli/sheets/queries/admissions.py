"""Applications to issue forms as somebody sees them, and as the public sees those on the list."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.sheets.models import Admission, AdmissionStep
from linli.sheets.queries.overlaps import on_list
from linli.sheets.rules.admission_states import ADMIT, DRAFT, ISSUE
from linli.sheets.rules.designs import columns_of
from linli.sheets.rules.issuing import FREQUENCIES, LEVELS
from linli.trust import api as trust

SEE = (ISSUE, ADMIT)
LONGEST_SEARCH = 60


def admissions_seen_by(actor: accounts.Actor) -> "QuerySet[Admission]":
    """Return the applications of the own unit, and those of the area that were handed in."""
    found = Admission.objects.none()
    for capability in SEE:
        if actor.can(capability):
            found |= trust.visible(actor, capability, Admission.objects.all())
    return found


def of_own_unit(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "of the unit of this holding"."""
    return Q(unit_id=holding.unit_id)


def handed_in_over_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "asked of people in the area of this holding, and no draft"."""
    return Q(division_id__in=regions.descendants(holding.division_id)) & ~Q(state=DRAFT)


def over_area(holding: accounts.ActorHolding) -> Q | None:
    """Return the condition "of the area of this holding"."""
    return Q(division_id__in=regions.descendants(holding.division_id))


def public_list(*, day: date, words: str = "") -> "QuerySet[Admission]":
    """Return the list of admitted forms; `words` are looked for in title, office, number and legal basis."""
    rows = on_list(day=day)
    for word in words[:LONGEST_SEARCH].split():
        said = Q(title__icontains=word) | Q(unit__name__icontains=word)
        rows = rows.filter(said | Q(list_number__icontains=word) | Q(basis__icontains=word))
    return rows


def public_line(row: Admission) -> dict[str, Any]:
    """Return a form of the list as anybody may read it: nobody's name is in it."""
    return {
        "number": row.list_number,
        "title": row.title,
        "office": str(getattr(row.unit, "name", "")),
        "area": str(getattr(row.division, "name", "")),
        "basis": row.basis,
        "levels": [str(LEVELS[level]) for level in row.levels if level in LEVELS],
        "frequency": str(FREQUENCIES.get(row.frequency, "")),
        "days": row.days,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "columns": [one.header for one in columns_of(row.columns)],
    }


def history_of(row: Admission) -> list[AdmissionStep]:
    """Return the steps of an application, oldest first."""
    return list(row.steps.select_related("unit").order_by("at", "id"))
