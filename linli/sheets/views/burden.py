"""The burden meter: what forms cost, by issuing office and month; the rules for issuing forms in versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets import exports
from linli.sheets.actions.issuing import decide_rules
from linli.sheets.forms.issuing import RulesForm
from linli.sheets.queries.admissions import SEE
from linli.sheets.queries.burden import figures
from linli.sheets.queries.issuing import rule_versions, rules_at
from linli.sheets.rules.admission_states import ADMIT
from linli.sheets.rules.burden import Burden, by_month, by_office, months_within, period_of, together
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.views.admissions import shell
from linli.trust import api as trust


@trust.staff(*SEE)
def burden(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the burden of each office in a period, as a table and by month as a chart with its table."""
    now = kernel.now()
    first, end = period_of(request.GET.get("period", ""), timezone.localdate(now))
    rules, months = rules_at(now), months_within(first, end)
    rows = figures(actor=actor, first=first, end=end, now=now)
    offices, course = by_office(rows, rules), by_month(rows, months, rules)
    context = {
        **shell(actor, "burden"), "first": first, "last": months[-1], "rules": rules, "all": together("", rows, rules),
        "offices": offices, "columns": _columns(), "lines": [exports.burden_line(one) for one in offices],
        "months": [f"{month:%Y-%m}" for month in months], "series": _series(course),
        "is_long": len(months) > 1, "periods": _periods(timezone.localdate(now), request.GET.get("period", "")),
        "period": request.GET.get("period", ""), "is_own": not actor.can(ADMIT),
        "is_sample": not rule_versions().exists(),
    }  # fmt: skip
    return render(request, "sheets/burden.html", context)


@trust.staff(*SEE)
def burden_file(request: HttpRequest, actor: accounts.Actor, layout: str) -> HttpResponse:
    """Hand out the table of the meter; nobody is in it."""
    now = kernel.now()
    first, end = period_of(request.GET.get("period", ""), timezone.localdate(now))
    rows = by_office(figures(actor=actor, first=first, end=end, now=now), rules_at(now))
    return exports.burden_file(rows, f"burden-{first:%Y%m}", layout)


@trust.staff(ADMIT)
def issuing_rules(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the rules that hold with their versions, and decide new ones."""
    now = kernel.now()
    form = RulesForm(request.POST or None, rules=rules_at(now))
    if request.method == "POST" and form.is_valid() and _decided(form, actor):
        messages.success(request, _("Decided; it holds from now on. What is on the list stays as it is."))
        return redirect("sheets:issuing-rules")
    context = {**shell(actor, "issuing-rules"), "form": form, "versions": rule_versions()[:50]}
    return render(request, "sheets/issuing_rules.html", context, status=422 if form.errors else 200)


def _decided(form: RulesForm, actor: accounts.Actor) -> bool:
    try:
        decide_rules(rules=form.rules(), words=form.cleaned_data["words"], by=actor, now=kernel.now())
    except SheetRefusedError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _columns() -> list[dict[str, Any]]:
    first, *figures_of = exports.burden_heads()
    return [{"label": first, "figure": False}, *({"label": one, "figure": True} for one in figures_of)]


def _series(course: list[Burden]) -> list[dict[str, Any]]:
    return [
        {"name": _("Filled by machine"), "values": [one.filled for one in course], "tone": "green"},
        {"name": _("Typed by hand"), "values": [one.typed for one in course], "tone": "amber"},
    ]


def _periods(today: Any, chosen: str) -> list[dict[str, Any]]:
    quarter = f"{today.year}-Q{(today.month + 2) // 3}"
    offered = [
        ("", _("This month")), (quarter, _("This quarter")), (str(today.year), _("This year")),
        (str(today.year - 1), _("Last year")),
    ]  # fmt: skip
    return [{"label": label, "url": f"?period={code}", "current": code == chosen} for code, label in offered]
