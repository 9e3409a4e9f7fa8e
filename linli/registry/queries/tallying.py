"""Numbers by area, counted in the database: one query for each kind of record, however many columns and areas.

What is kept sealed is opened for the few who have such a value at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Aggregate, Count, DecimalField, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry.models import Entity
from linli.registry.queries.choosing import condition_of, rule_of, said_as
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.sight import SEE, parts_seen_by
from linli.registry.rules.filling import Figure, Tally
from linli.registry.rules.masks import Clearance, ledger_word
from linli.registry.rules.refusals import WishRefusedError
from linli.registry.rules.tagging import TagRule, holds
from linli.trust import api as trust

Number = int | float
LEVELS = ("county", "street", "community", "grid")
_AMOUNT = DecimalField(max_digits=20, decimal_places=4)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One figure that may be counted: its place, its conditions, and these as the database can tell them, if it can."""

    place: int
    figure: Figure
    rule: TagRule
    told: Q | None


def tally_of(
    *, figures: Sequence[Figure], level: str, areas: Sequence[int], viewer: accounts.Actor,
    clearances: Mapping[str, Clearance], on: date,
) -> Tally:  # fmt: skip
    """Return the numbers of each area, of who lives there, as far as a viewer sees and reads.

    `areas` are grids, or divisions of one `level` of LEVELS.
    """
    asked, closed = _sorted_out(figures, clearances, on)
    numbers: dict[tuple[int, int], Number] = {(one.place, area): 0 for one in asked for area in areas}
    with trust.sight(viewer, SEE):
        for kind in dict.fromkeys(one.figure.kind for one in asked):
            some = [one for one in asked if one.figure.kind == kind]
            for rows in parts_seen_by(viewer, kind):
                here = rows.filter(merged_into=None, **{f"{level}_id__in": list(areas)})
                for key, number in _counted(here, some, f"{level}_id", on):
                    numbers[key] += number
    words = [(one.figure.kind, code) for one in asked for code in one.figure.elements]
    return Tally(
        numbers, closed, tuple(dict.fromkeys(ledger_word(kind, code, "plain") for kind, code in words)),
        tuple(elements_of(kind)[code].grade for kind, code in words),
    )  # fmt: skip


def _sorted_out(
    figures: Sequence[Figure], clearances: Mapping[str, Clearance], on: date
) -> tuple[list[_Asked], dict[int, str]]:
    asked, closed = [], {}
    for place, one in enumerate(figures):
        known = elements_of(one.kind)
        total = known.get(one.total)
        try:
            rule = rule_of(one.kind, one.where, clearances[one.kind])
        except WishRefusedError as refused:
            closed[place] = str(refused)
            continue
        if one.total and (total is None or total.type != "number"):
            closed[place] = _("The base does not keep this.")
        elif total and clearances[one.kind].of(total) != "plain":
            closed[place] = str(WishRefusedError.not_yours(total.label))
        else:
            each = [condition_of(part, known[part.element], on) for part in rule.parts]
            is_open = None not in each and not (total and total.is_sealed)
            asked.append(_Asked(place, one, rule, Q(*filter(None, each)) if is_open else None))
    return asked, closed


def _counted(
    rows: "QuerySet[Entity]", asked: Sequence[_Asked], area: str, on: date
) -> Iterable[tuple[tuple[int, int], Number]]:
    """Yield what these records add to each figure of each area: a query for the open ones, one for the sealed ones."""
    if some := [one for one in asked if one.told is not None]:
        said = {name: value for one in some for code in one.figure.elements for name, value in said_as(code).items()}
        sums = {f"figure_{one.place}": _aggregate(one.figure, one.told) for one in some}
        for row in rows.order_by().alias(**said).values(area).annotate(**sums):
            yield from (((one.place, row[area]), _plain(row[f"figure_{one.place}"])) for one in some)
    for one in asked:
        if one.told is None:
            yield from _opened(rows, one, area, on)


def _aggregate(figure: Figure, only: Q | None) -> Aggregate:
    only = only or Q()
    if code := figure.total:
        return Sum(Cast(f"said_{code}", _AMOUNT), filter=only & Q(attributes__has_key=code))
    return Count("id", filter=only or None)


def _opened(
    rows: "QuerySet[Entity]", one: _Asked, area: str, on: date
) -> Iterable[tuple[tuple[int, int], Number]]:  # fmt: skip
    having = rows.order_by().filter(attributes__has_keys=one.figure.elements).only("id", "attributes", "sealed", area)
    for row in having:
        whole = row.whole()
        if not one.rule.parts or holds(one.rule, whole, on):
            number: Number = 1
            if one.figure.total:
                number = 0
                with suppress(InvalidOperation):
                    number = _plain(Decimal(str(whole[one.figure.total])))
            yield (one.place, getattr(row, area)), number


def _plain(number: Any) -> Number:
    """Return a number without a needless point; nothing is nought."""
    if number is None or isinstance(number, int):
        return number or 0
    return int(number) if number == number.to_integral_value() else float(number)
