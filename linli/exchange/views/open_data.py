"""Open data: the public list, one data set with its files, and the page on which officers count and publish."""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.forms.sharing import DeidentifyForm, FirmForm, OpenSetForm
from linli.exchange.models import Deidentified, Edition, FirmSource, OpenSet
from linli.exchange.queries.opening import (
    DCAT,
    dcat_of,
    decisions_on,
    grade_of_table,
    lines_of,
    public_editions,
    public_sets,
)
from linli.exchange.queries.sight import open_sets_seen_by
from linli.exchange.rules import wording
from linli.exchange.rules.deidentified import WAYS
from linli.exchange.views.sharing import county_of
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.trust import api as trust

PUBLISH = "exchange.publish"
KEPT_BACK = "…"


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the public what there is to download."""
    return render(request, "exchange/open_list.html", {"sets": _all_shown(public_sets())})


@require_GET
def catalogue_dcat(request: HttpRequest) -> HttpResponse:
    """Return the open list as DCAT (JSON-LD)."""
    found = []
    rows = list(public_sets())
    decisions = decisions_on(rows, _today())
    for row in rows:
        edition, grade = public_editions(row)[0], grade_of_table(row, decisions.get(row.pk))
        found.append(dcat_of(row, edition, address=_address(request, row), grade=grade))
    body = {"@context": DCAT, "@type": "dcat:Catalog", "dct:title": _("Open data"), "dcat:dataset": found}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")


@require_GET
def dataset(request: HttpRequest, dataset_code: str) -> HttpResponse:
    """Show one data set: its description, its table, its editions."""
    row, edition = _edition(request, dataset_code)
    heads, *lines = lines_of(edition, kept_back=KEPT_BACK)
    lines[-1][1] = _("All")
    context = {
        "it": _all_shown([row])[0],
        "row": row,
        "edition": edition,
        "editions": public_editions(row),
        "columns": [{"label": _("Area"), "figure": False}, *({"label": one, "figure": True} for one in heads[2:-1]),
                    {"label": _("All"), "figure": True}],
        "lines": [line[1:] for line in lines],
        "csv_url": f"{reverse('exchange:dataset-file', args=[row.code, 'csv'])}?version={edition.version}",
        "json_url": f"{reverse('exchange:dataset-file', args=[row.code, 'json'])}?version={edition.version}",
    }  # fmt: skip
    return render(request, "exchange/open_set.html", context)


@require_GET
def dataset_file(request: HttpRequest, dataset_code: str, form: str) -> HttpResponse:
    """Hand out an edition as CSV or JSON; `version` asks for an older one."""
    row, edition = _edition(request, dataset_code)
    if form == "json":
        grade = grade_of_table(row, decisions_on([row], _today()).get(row.pk))
        about = {"@context": DCAT, **dcat_of(row, edition, address=_address(request, row), grade=grade)}
        body = {"metadata": about, "least": row.least, **edition.table}
        return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    if form != "csv":
        raise Http404
    out = StringIO()
    csv.writer(out).writerows(
        [kernel.safe_cell(cell) if isinstance(cell, str) else cell for cell in line] for line in lines_of(edition)
    )
    name = f'attachment; filename="{row.code}-{edition.version}.csv"'
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )  # fmt: skip


@trust.staff(PUBLISH)
def open_sets(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the data sets of the area with what waits for a look; describe a new one; register a firm."""
    held, act = actor.holdings_with(PUBLISH)[0], request.POST.get("act", "")
    today = timezone.localdate(kernel.now())
    form = OpenSetForm(request.POST if act == "describe" else None)
    firm = FirmForm(
        request.POST if act == "firm" else None,
        initial={"starts_on": today, "ends_on": today.replace(month=12, day=31)},
    )  # fmt: skip
    if (act == "describe" and _describe(request, form, held, actor)) or (
        act == "firm" and _register(request, firm, held, actor)
    ):
        return redirect("exchange:open-sets")
    rows = open_sets_seen_by(actor).filter(ended_at=None).order_by("title", "id")
    page = kernel.keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=20)
    drafts = Edition.objects.filter(of__in=[one.pk for one in page.items], published_at=None)
    waiting = {one.of_id: one for one in drafts}
    public = {one.pk for one in public_sets()}
    until = {"until": today.replace(month=12, day=31)}
    context = {
        **accounts.desk_shell(actor, "open-data"),
        "page": page,
        "sets": [
            {
                **one,
                "draft": _draft(waiting.get(one["it"].pk)),
                "public": one["it"].pk in public,
                "decide": DeidentifyForm(auto_id=f"{one['it'].code}-%s", initial=until),
            }
            for one in _all_shown(page.items)
        ],
        "form": form,
        "firm": firm,
        "firms": FirmSource.objects.filter(unit_id__in=actor.unit_ids).order_by("-id")[:50],
    }
    wrong = bool(form.errors or firm.errors)
    return render(request, "exchange/open_sets.html", context, status=422 if wrong else 200)


@require_POST
@trust.staff(PUBLISH)
def open_set_act(request: HttpRequest, actor: accounts.Actor, set_id: UUID) -> HttpResponse:
    """Count the next edition, publish the one that was looked at, or take the set off the list."""
    if not open_sets_seen_by(actor).filter(pk=set_id).exists():
        raise Http404
    act, now = request.POST.get("act"), kernel.now()
    try:
        if act == "count":
            exchange.count_edition(set_id=set_id, by=actor, now=now)
            messages.success(request, _("Counted; look at it, then publish it."))
        elif act == "deidentify":
            _deidentify(request, set_id, actor)
        elif act == "publish":
            exchange.publish_edition(edition_id=_draft_of(set_id).pk, by=actor, now=now)
            messages.success(request, _("Published."))
        else:
            exchange.end_set(set_id=set_id, by=actor, now=now)
            messages.success(request, _("Taken off the list."))
    except (exchange.RefusedError, exchange.TermsRefusedError) as refused:
        messages.error(request, str(refused))
    return redirect("exchange:open-sets")


def _deidentify(request: HttpRequest, set_id: UUID, actor: accounts.Actor) -> None:
    """Decide on the newest edition. Raises RefusedError, also for what the form does not take."""
    form = DeidentifyForm(request.POST)
    if not form.is_valid():
        raise exchange.RefusedError(" ".join(str(words) for said in form.errors.values() for words in said))
    exchange.decide_deidentified(
        set_id=set_id, said=exchange.Deidentifying(**form.cleaned_data), by=actor, now=kernel.now()
    )
    messages.success(request, _("Decided; the table bears the lower grade until then."))


def _describe(request: HttpRequest, form: OpenSetForm, held: accounts.ActorHolding, actor: accounts.Actor) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    kind, _dot, element = said.pop("element").partition(".")
    described = exchange.Described(kind=kind, element=element, division_id=county_of(held.division_id), **said)
    try:
        exchange.describe_set(described=described, by=actor, now=kernel.now())
    except exchange.TermsRefusedError as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, _("Described; count its first edition."))
    return True


def _register(request: HttpRequest, form: FirmForm, held: accounts.ActorHolding, actor: accounts.Actor) -> bool:
    if not form.is_valid():
        return False
    try:
        exchange.register_firm(
            contract=exchange.Contract(**form.cleaned_data), unit_id=held.unit_id, by=actor, now=kernel.now()
        )  # fmt: skip
    except exchange.TermsRefusedError as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, _("Registered; it is a source like the others."))
    return True


def _draft_of(set_id: UUID) -> Edition:
    edition = Edition.objects.filter(of_id=set_id, published_at=None).first()
    if edition is None:
        raise exchange.RefusedError(_("There is no edition to publish; count one first."))
    return edition


def _all_shown(rows: Iterable[OpenSet]) -> list[dict[str, Any]]:
    rows = list(rows)
    decisions = decisions_on(rows, _today())
    return [_shown(row, decisions.get(row.pk)) for row in rows]


def _shown(row: OpenSet, decision: Deidentified | None) -> dict[str, Any]:
    return {
        "it": row,
        "unit": accounts.unit(row.unit_id).name,
        "area": regions.division(row.division_id).name,
        "by": wording.words(wording.AREAS, row.by),
        "cycle": wording.words(wording.CYCLES, row.cycle),
        "url": reverse("exchange:open-dataset", args=[row.code]),
        "grade": trust.GRADE_WORDS[grade_of_table(row, decision)],
        "decision": decision,
        "way": WAYS[decision.way] if decision else "",
    }


def _draft(edition: Edition | None) -> dict[str, Any] | None:
    """Return an edition that waits for a look, as a table."""
    if edition is None:
        return None
    heads, *lines = lines_of(edition, kept_back=KEPT_BACK)
    lines[-1][1] = _("All")
    columns = [{"label": _("Area"), "figure": False}, *({"label": one, "figure": True} for one in heads[2:-1]),
               {"label": _("All"), "figure": True}]  # fmt: skip
    return {"it": edition, "columns": columns, "lines": [line[1:] for line in lines]}


def _edition(request: HttpRequest, dataset_code: str) -> tuple[OpenSet, Edition]:
    row = public_sets().filter(code=dataset_code).first()
    if row is None:
        raise Http404
    editions, version = public_editions(row), request.GET.get("version", "")
    edition = editions.filter(version=int(version[:6])).first() if version.isdecimal() else editions.first()
    if edition is None:
        raise Http404
    return row, edition


def _today() -> date:
    return timezone.localdate(kernel.now())


def _address(request: HttpRequest, row: OpenSet) -> str:
    return request.build_absolute_uri(reverse("exchange:open-dataset", args=[row.code]))
