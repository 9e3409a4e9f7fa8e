"""The auditor's page 使用台账: the entries one may see, newest first, and whether the newest part is whole."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.seal import why_sealing_stops
from linli.trust.forms.ledger import LedgerFilter, WordsForm
from linli.trust.models import LedgerEntry
from linli.trust.plugins import AUDIT
from linli.trust.queries.witnesses import head_state
from linli.trust.tables import conflict_line, ledger_columns, ledger_rows, witness_line

PAGE = 50


@never_cache
@require_GET
@trust.needs(AUDIT)
def ledger(request: HttpRequest) -> HttpResponse:
    """Show one part of the ledger. Looking into it is entered into it."""
    actor, now, state = accounts.actor_of(request), kernel.now(), head_state()
    form = LedgerFilter(request.GET)
    rows = trust.visible(actor, AUDIT, LedgerEntry.objects.all())
    rows = rows.filter(form.condition()) if form.is_valid() else rows.none()
    page, problem = _page(rows, request.GET.get("cursor"))
    trust.record(
        by=actor,
        action="search",
        purpose="audit",
        subjects=(),
        object_kind="trust.ledger",
        object_id=str(form.data.get("object", ""))[:100],
        elements=sorted(form.changed_data) if form.is_bound else (),
        now=now,
    )
    context = {
        "form": form,
        "page": page,
        "problem": problem,
        "columns": ledger_columns(),
        "rows": ledger_rows(page.items),
        "check": trust.verify_newest(),
        "newest": state,
        "signed": [witness_line(one) for one in state.signatures],
        "conflicts": [{"it": one, "sentence": conflict_line(one)} for one in state.problems],
        "words": WordsForm(),
        "stops": why_sealing_stops(now=now),
        **accounts.desk_shell(actor, "ledger"),
    }
    return render(request, "trust/ledger.html", context, status=200 if form.is_valid() and not problem else 422)


def _page(rows: QuerySet[LedgerEntry], cursor: str | None) -> tuple[kernel.Page[LedgerEntry], str]:
    try:
        return kernel.keyset_page(rows, order=("-id",), cursor=cursor, size=PAGE), ""
    except kernel.CursorError as error:
        return kernel.keyset_page(rows, order=("-id",), cursor=None, size=PAGE), str(error)
