"""Looks that are told later by law 暂缓告知: who proposed and decided which, on what basis, until when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.defer import DEFER
from linli.trust.forms.deferrals import DeferralForm
from linli.trust.models import Deferral
from linli.trust.plugins import AUDIT
from linli.trust.queries.deferrals import kept_deferrals

SHOWN = 100


@trust.staff(DEFER, AUDIT)
def deferrals(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List them, and take a proposal. Reading the list is entered into the ledger."""
    now, form = kernel.now(), DeferralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trust.propose_deferral(**form.cleaned_data, by=actor, now=now)
        except trust.DeferralRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Proposed. Nothing is held back before somebody else decides."))
            return redirect("trust_deferrals")
    trust.record(
        by=actor, action="read", purpose="audit", subjects=(), object_kind="deferral", object_id="list", elements=(),
        now=now,
    )  # fmt: skip
    context = {
        **accounts.desk_shell(actor, "deferrals"), "form": form, "may_decide": actor.can(DEFER),
        "rows": [_row(one, actor, now) for one in kept_deferrals()[:SHOWN]],
    }  # fmt: skip
    return render(request, "trust/deferrals.html", context, status=422 if form.errors else 200)


@require_POST
@trust.staff(DEFER)
def decide(request: HttpRequest, actor: accounts.Actor, deferral_id: UUID) -> HttpResponse:
    """Approve or refuse what somebody else proposed."""
    approved = request.POST.get("approved") == "1"
    try:
        trust.decide_deferral(deferral_id=deferral_id, approved=approved, by=actor, now=kernel.now())
    except trust.DeferralRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Decided; both names and the basis stay in this list."))
    return redirect("trust_deferrals")


def _row(one: Deferral, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    is_open = one.state == Deferral.State.PROPOSED
    return {"it": one, "is_own": one.proposed_by_id == actor.person_id, "is_open": is_open,
            "is_over": not is_open and one.until <= now}  # fmt: skip
