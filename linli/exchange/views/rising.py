"""What was allowed before the grade of its data rose: one page for the data officer, and the owner's new decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import tables
from linli.exchange.forms.sharing import WordsForm
from linli.exchange.queries.sight import APPROVE
from linli.exchange.views.grants import one_grant
from linli.kernel import api as kernel
from linli.trust import api as trust


@trust.staff("trust.grades")
def risen(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show all that is in force on lower grades than those of now, what stands still first."""
    found = exchange.all_risen(kernel.now())
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "risen"),
        "columns": tables.risen_columns(),
        "rows": [line for one in found for line in tables.risen_rows(one)],
        "stopped": sum(one.stops for one in found),
        "grading": reverse("desk:grading"),
    }
    return render(request, "exchange/risen.html", context)


@require_POST
@trust.staff(APPROVE)
def anew(request: HttpRequest, actor: accounts.Actor, grant_id: UUID) -> HttpResponse:
    """Decide a grant anew: with which of its elements it goes on, and why."""
    row, form = one_grant(actor, grant_id), WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        exchange.decide_anew(
            grant_id=row.pk, elements=request.POST.getlist("elements"), words=words, by=actor, now=kernel.now()
        )
        messages.success(request, _("Decided; it counts from the next call on."))
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:grant", grant_id=row.pk)
