"""The measures page: each measure raw and adjusted, one of them by month, unit and matter; the lists behind."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight import api as insight
from linli.insight import tables
from linli.insight.exports import lines_of, workbook
from linli.insight.forms import MeasureFilter
from linli.insight.queries.figures import LISTS
from linli.insight.rules.months import months_between
from linli.kernel import api as kernel
from linli.trust import api as trust

SEE, EXPORT = "insight.see", "insight.export"
KEPT = ("first", "last", "division", "kind", "unit", "matter", "measure")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 25


@trust.staff(SEE)
def measures(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show every measure, and the chosen one by month, kind of unit, unit and matter."""
    form, wanted = _asked(request, actor)
    known = insight.measures_in_force()
    found = {group: _figures(actor, wanted, known, group) for group in ("month", "unit", "matter")}
    chosen = next((one for one in known if one.code == request.GET.get("measure")), known[0] if known else None)
    totals = tables.together(found["month"].values(), known)
    context = {
        **accounts.desk_shell(actor, "measures"),
        "form": form,
        "narrowed": _narrowed(wanted),
        "rows": [_row(request, one, totals[one.code], chosen) for one in known],
        "chosen": chosen,
        "may_export": actor.can(EXPORT),
        "may_approve": actor.can("insight.approve") or actor.can("insight.exclude"),
        "query": urlencode(_kept(request)),
        "all_url": f"{reverse('insight:measures')}?{urlencode(_kept(request, unit='', matter=''))}",
    }
    if chosen:
        context |= _detail(request, chosen, wanted, found)
    return render(request, "insight/measures.html", context)


@trust.staff(SEE)
def behind(request: HttpRequest, actor: accounts.Actor, code: str) -> HttpResponse:
    """List the events behind a figure: its sample, hits, misses, or what was left out."""
    _form, wanted = _asked(request, actor)
    measure, which = insight.measure_in_force(code), request.GET.get("which", "sample")
    if measure is None or which not in LISTS:
        raise Http404
    rows = insight.listed(actor=actor, wanted=wanted, measure=measure, which=which)
    page = kernel.keyset_page(rows, order=("-event_id",), cursor=request.GET.get("cursor"), size=PAGE)
    labels = {"sample": _("All counted"), "hits": _("Hits"), "misses": _("The others"), "excluded": _("Left out")}
    tabs = [
        {"label": label, "url": _list(request, code, which=one), "current": one == which}
        for one, label in labels.items()
    ]
    context = {
        **accounts.desk_shell(actor, "measures"),
        "measure": measure,
        "tabs": tabs,
        "page": page,
        "marks": page.items,
        "narrowed": _narrowed(wanted),
        "wanted": wanted,
        "back": f"{reverse('insight:measures')}?{urlencode(_kept(request, measure=code))}",
    }
    return render(request, "insight/behind.html", context)


@trust.staff(EXPORT)
def export(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Hand out the figures that the address describes, as a spreadsheet."""
    _form, wanted = _asked(request, actor)
    known = insight.measures_in_force()
    units, matters = (_figures(actor, wanted, known, group) for group in ("unit", "matter"))
    names = {duty.code: duty.name for duty in events.matters_in_force()}
    by_unit = sorted((accounts.unit(key).name, row) for key, row in units.items() if key)
    by_matter = [(names.get(key, key), row) for key, row in sorted(matters.items(), key=lambda one: one[0])]
    heads = [_("Measure"), _("Raw"), _("Adjusted"), _("Hits"), _("Sample"), _("Left out")]
    content = workbook(
        wanted=wanted,
        measures=known,
        totals=tables.together(units.values(), known),
        sheets=[
            (_("By unit"), [_("Unit"), *heads], lines_of(by_unit, known)),
            (_("By matter"), [_("Matter"), *heads], lines_of(by_matter, known)),
        ],
    )
    name = f"measures-{wanted.first:%Y%m}-{wanted.last:%Y%m}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _figures(actor: accounts.Actor, wanted: insight.Wanted, known: list[insight.Definition], group: str) -> Any:
    return insight.figures(actor=actor, wanted=wanted, measures=known, group=group)


def _asked(request: HttpRequest, actor: accounts.Actor) -> tuple[MeasureFilter, insight.Wanted]:
    form = MeasureFilter(request.GET, actor=actor, today=timezone.localdate(kernel.now()))
    return form, form.wanted()


def _row(
    request: HttpRequest, one: insight.Definition, figure: insight.Figure, chosen: insight.Definition | None
) -> dict[str, Any]:
    return {
        "measure": one,
        "current": one is chosen,
        "url": f"?{urlencode(_kept(request, measure=one.code))}",
        "raw": tables.percent(figure.raw),
        "adjusted": tables.percent(figure.adjusted),
        "figure": figure,
        "hits": _list(request, one.code, which="hits"),
        "sample": _list(request, one.code, which="sample"),
        "left_out": _list(request, one.code, which="excluded"),
    }


def _detail(
    request: HttpRequest, chosen: insight.Definition, wanted: insight.Wanted, found: dict[str, Any]
) -> dict[str, Any]:
    months = months_between(wanted.first, wanted.last)
    rows = [found["month"].get(month, {}).get(chosen.code) for month in months]

    def narrowed(**more: Any) -> str:
        return f"?{urlencode(_kept(request, **more))}"

    return {
        "months": [_month(month) for month in months],
        "series": [
            {"name": _("Raw"), "values": [_per_cent(row and row.raw) for row in rows]},
            {"name": _("Adjusted"), "values": [_per_cent(row and row.adjusted) for row in rows], "tone": "green"},
        ],
        "columns": tables.columns(),
        "kinds": tables.by_kind(found["unit"], chosen),
        "units": tables.by_unit(found["unit"], chosen, narrowed),
        "matters": tables.by_matter(found["matter"], chosen, narrowed),
    }


def _month(month: date) -> str:
    return f"{month.year}-{month.month:02d}"


def _per_cent(share: insight.Share | None) -> float | None:
    return None if share is None or share.value is None else round(share.value * 100, 1)


def _narrowed(wanted: insight.Wanted) -> list[str]:
    names = {duty.code: duty.name for duty in events.matters_in_force()}
    unit = next((one.name for one in accounts.units() if one.id == wanted.unit_id), "")
    return [one for one in (unit, names.get(wanted.matter, wanted.matter)) if one]


def _list(request: HttpRequest, code: str, **more: str) -> str:
    return f"{reverse('insight:behind', args=[code])}?{urlencode(_kept(request, measure='', **more))}"


def _kept(request: HttpRequest, **more: Any) -> dict[str, str]:
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)} | more
    return {key: str(value) for key, value in kept.items() if value not in ("", None)}
