"""The overlap report of a form that is applied for: what the base holds of it, and which forms ask the same."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from linli.regions import api as regions
from linli.registry import api as registry
from linli.sheets.models import Admission
from linli.sheets.queries.issuing import rules_at
from linli.sheets.rules.admission_states import ADMITTED
from linli.sheets.rules.designs import DesignColumn, columns_of
from linli.sheets.rules.overlap import Held, Other, Overlap, Wanted, overlap
from linli.sheets.rules.wording import path_words

NAME = "name"


def report_on(row: Admission, *, now: datetime) -> Overlap:
    """Return the overlap report of an application. At most one query for each kind of record, and one for the list."""
    columns = columns_of(row.columns)
    others = tuple(other_of(one) for one in on_list(day=timezone.localdate(now)).exclude(pk=row.pk))
    wanted = Wanted(row.title, columns, row.list_number or "", others)
    return overlap(wanted, base_of(columns, row.division_id), rules_at(now))


def base_of(columns: Iterable[DesignColumn], division_id: int) -> dict[str, Held]:
    """Return for each element path what the base of an area holds of it."""
    shares: dict[str, dict[str, float]] = {}
    found = {}
    for element in {one.element for one in columns if one.element}:
        kind, code = registry.kind_at(element), element.rpartition(".")[2]
        known = registry.elements_of(kind).get(code)
        if known is None:
            continue
        if kind not in shares:
            shares[kind] = registry.known_shares(kind=kind, division_id=division_id)
        is_key = element.count(".") == 1 and (known.identifies or code == NAME)
        label = path_words(element, known.label)
        found[element] = Held(label, known.owner, shares[kind].get(code, 0.0), is_key)
    return found


def on_list(*, day: date) -> "QuerySet[Admission]":
    """Return the admitted forms that are valid on a day, in the order of the list."""
    rows = Admission.objects.filter(state=ADMITTED, valid_from__lte=day, valid_until__gte=day)
    return rows.select_related("unit", "division").order_by("unit__name", "list_number")


def other_of(row: Admission) -> Other:
    """Return a form of the list as the rules compare it."""
    return Other(row.list_number or row.number, row.title, str(row.unit), columns_of(row.columns))


def county_of(division_id: int) -> int:
    """Return the county of a division, or the division itself where it lies above or beside one."""
    path = regions.division(division_id).path
    return next((one for one in path if regions.division(one).level == regions.Level.COUNTY), division_id)
