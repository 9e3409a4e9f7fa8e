"""The burden meter 基层表格负担: figures of forms by issuing office. No row says who filled anything."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry import api as registry
from linli.sheets import states
from linli.sheets.models import Answer, Delivery, Form
from linli.sheets.queries.issuing import rules_at, working_days_between
from linli.sheets.rules.admission_states import ADMIT, ISSUE
from linli.sheets.rules.burden import FormFigures
from linli.sheets.rules.issuing import ONCE, IssuingRules
from linli.trust import api as trust

BACK = timedelta(days=366)  # so far back it counts as asked again
AT_ONCE = 5000
LISTED = ("admission__unit__name", "admission__frequency")  # nothing where a form is not on the list


def figures(*, actor: accounts.Actor, first: date, end: date, now: datetime) -> list[FormFigures]:
    """Return the figures of the forms that were brought from one day up to, not including, another.

    Who oversees an area gets all of its forms, an issuing office its own. A fixed number of queries.
    """
    rows = _forms(actor).filter(made_at__gte=_begin(first), made_at__lt=_begin(end)).exclude(state=states.DROPPED)
    forms: list[Any] = list(rows.values("pk", "issuer", "digest", "made_at", "due", *LISTED))
    keys = [row["pk"] for row in forms]
    sent = _deliveries(keys)
    again, known = _asked_again(_forms(actor), keys, since=_begin(first) - BACK)
    rules, own = rules_at(now), None if actor.can(ADMIT) else _own_names(actor)
    found = [_figures(row, sent.get(row["pk"]), rules) for row in forms]
    counted = [
        FormFigures(**one, again=again[row["pk"]], known=known[row["pk"]])
        for row, one in zip(forms, found, strict=True)
    ]
    return [one for one in counted if own is None or one.office in own]


def _forms(actor: accounts.Actor) -> "QuerySet[Form]":
    """Return the forms that are counted: those of the area, whoever issued them, so that both sides read one figure."""
    if actor.can(ADMIT):
        return trust.visible(actor, ADMIT, Form.objects.all())
    areas = {one for held in actor.holdings_with(ISSUE) for one in regions.descendants(held.division_id)}
    return Form.objects.filter(division_id__in=areas)


def _own_names(actor: accounts.Actor) -> set[str]:
    return {held.unit_name for held in actor.holdings_with(ISSUE)}


def _figures(row: dict[str, Any], sent: dict[str, Any] | None, rules: IssuingRules) -> dict[str, Any]:
    brought = timezone.localdate(row["made_at"])
    office = (row["admission__unit__name"] or row["issuer"].strip()) or _("office not named")
    return {
        "office": office, "month": brought.replace(day=1), "digest": row["digest"], "is_delivered": sent is not None,
        "is_listed": row["admission__frequency"] is not None,
        "least": rules.least_days[row["admission__frequency"] or ONCE],
        "notice": working_days_between(brought, row["due"]) if row["due"] else None,
        "cells": sent["cells"] if sent else 0, "filled": sent["filled"] if sent else 0,
        "typed": sent["typed"] if sent else 0,
    }  # fmt: skip


def _deliveries(keys: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the counts of the newest delivery of each form."""
    rows = Delivery.objects.filter(form__in=keys).order_by("form_id", "-at", "-id").distinct("form_id")
    return {row["form_id"]: dict(row) for row in rows.values("form_id", "cells", "filled", "typed")}


def _asked_again(
    rows: "QuerySet[Form]", keys: Sequence[UUID], *, since: datetime
) -> tuple[Counter[UUID], Counter[UUID]]:
    """Return by form how many typed cells were typed before in another form, and how many the base held already."""
    of, what, which = "line__entity_id", "column__element", "line__part__form_id"
    of_records = Answer.objects.filter(at__gte=since, line__part__form__in=rows, line__entity__isnull=False)
    typed = of_records.exclude(column__element="")
    asked = typed.order_by().values_list(of, what, which).annotate(first=Min("at"))
    wanted, seen = set(keys), dict[tuple[UUID, str], datetime]()
    again, own = Counter[UUID](), list[tuple[UUID, tuple[UUID, str, datetime]]]()
    for entity, element, form, at in sorted(asked, key=lambda one: one[3]):
        if form in wanted:
            again[form] += seen.get((entity, element), at) < at  # what one visit answers for many forms is asked once
            if element.count(".") == 1:  # an element of the very record: the base can say whether it had it
                own.append((form, (entity, element.rpartition(".")[2], at)))
        seen.setdefault((entity, element), at)
    return again, _known(own)


def _known(own: Sequence[tuple[UUID, tuple[UUID, str, datetime]]]) -> Counter[UUID]:
    known = Counter[UUID]()
    for begin in range(0, len(own), AT_ONCE):
        some = own[begin : begin + AT_ONCE]
        known.update(some[place][0] for place in registry.known_before([asked for _form, asked in some]))
    return known


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
