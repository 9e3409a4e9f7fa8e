"""Who answers for which data, within how many days, and what nobody answers for 主管单位与答复时限."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.forms.owners import LimitForm, OwnerForm
from linli.exchange.rules import wording
from linli.exchange.views.sharing import county_of
from linli.kernel import api as kernel
from linli.trust import api as trust

OWNERS = "exchange.owners"


@trust.staff(OWNERS)
def owners(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List owners with their units, gaps first, and the limits; set either from a day on."""
    now, act = kernel.now(), request.POST.get("act", "")
    county = county_of(actor.holdings_with(OWNERS)[0].division_id)
    lines = exchange.owner_lines(division_id=county, now=now)
    today = {"from_on": timezone.localdate(now)}
    owner = OwnerForm(
        request.POST if act == "owner" else None, owners=[line.owner for line in lines if line.owner],
        initial=today | {"owner": request.GET.get("owner", "")}, auto_id="owner_%s",
    )  # fmt: skip
    limit = LimitForm(request.POST if act == "limit" else None, initial=today, auto_id="limit_%s")
    if (act == "owner" and _set(request, owner, actor, now)) or (act == "limit" and _set(request, limit, actor, now)):
        return redirect("exchange:owners")
    context = {
        **accounts.desk_shell(actor, "owners"), "owner": owner, "limit": limit,
        "gaps": [_shown(line) for line in lines if line.is_gap],
        "lines": [_shown(line) for line in lines if not line.is_gap],
        "limits": [{"it": one, "label": wording.words(wording.LIMITS, one.code)}
                   for one in exchange.limit_lines(now=now)],
    }  # fmt: skip
    wrong = owner.is_bound or limit.is_bound
    return render(request, "exchange/owners.html", context, status=422 if wrong else 200)


def _shown(line: exchange.OwnerLine) -> dict[str, Any]:
    between = pgettext("between names", ", ")
    return {
        "it": line, "how": wording.FOUND.get(line.how, ""), "elements": between.join(line.elements),
        "datasets": between.join(line.datasets),
    }  # fmt: skip


def _set(request: HttpRequest, form: Form, actor: accounts.Actor, now: datetime) -> bool:
    if not form.is_valid():
        return False
    said: dict[str, Any] = {**form.cleaned_data, "by": actor, "now": now}
    try:
        if "days" in said:
            exchange.set_answer_limit(**said)
        else:
            exchange.set_owner_unit(unit_id=said.pop("unit"), **said)
    except exchange.TermsRefusedError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    messages.success(request, _("Set; what was handed in before keeps its unit and its day."))
    return True
