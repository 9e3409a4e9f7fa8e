"""What is asked of people 收集清单 at the console: what asks for more than its purpose needs, and what was decided."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.activities import PURPOSES
from linli.trust.forms.ask_less import ExcessForm
from linli.trust.plugins import AUDIT, DECIDE
from linli.trust.queries.ask_less import is_sample, policy_in_force
from linli.trust.queries.asking import Asker, Judged
from linli.trust.rules.asking import KINDS, SENTENCES
from linli.trust.rules.assessments import months_later

SEE = (DECIDE, PURPOSES, AUDIT)
TABS = ("open", "all")
PROPOSED_MONTHS = 3


@require_GET
@trust.staff(*SEE)
def asking(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List what asks something of people, what weighs most on top."""
    return _page(request, actor)


@require_POST
@trust.staff(DECIDE)
def decide(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Decide about one finding; what is wrong with the decision stands beside it, nothing is lost."""
    form = ExcessForm(request.POST)
    if form.is_valid():
        try:
            trust.decide_excess(**form.cleaned_data, by=actor, now=kernel.now())
        except trust.ExcessRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Decided; it stands open again after that day if it is still found."))
            return redirect("trust_asking")
    return _page(request, actor, form)


def _page(request: HttpRequest, actor: accounts.Actor, form: ExcessForm | None = None) -> HttpResponse:
    today = timezone.localdate(kernel.now())
    tab = chosen if (chosen := request.GET.get("tab", "")) in TABS else TABS[0]
    all_of_them = trust.asked_of_people(today)
    shown = [one for one in all_of_them if tab == "all" or one.open_count]
    page, left = reverse("trust_asking"), sum(one.open_count for one in all_of_them)
    context = {
        **accounts.desk_shell(actor, "asking"),
        "askers": [_asker(one, form, today) for one in shown],
        "tabs": [
            {"label": _("To be judged") + f" {left}", "url": page, "current": tab == "open"},
            {"label": _("All that asks") + f" {len(all_of_them)}", "url": f"{page}?tab=all", "current": tab == "all"},
        ],
        "may_decide": actor.can(DECIDE),
        "rules": [{"sentence": SENTENCES[code], "it": one} for code, one in policy_in_force().rules.items()],
        "is_sample": is_sample(),
    }  # fmt: skip
    return render(request, "trust/asking.html", context, status=422 if form else 200)


def _asker(one: Asker, form: ExcessForm | None, today: date) -> dict[str, Any]:
    unit = accounts.unit(one.it.unit_id).name if one.it.unit_id else ""
    return {
        "it": one.it,
        "kind": KINDS[one.it.kind],
        "activity": one.activity,
        "unit": unit,
        "open": one.open_count,
        "elements": [str(each.label) for each in one.it.elements],
        "found": [_finding(each, form, today) for each in one.found],
    }


def _finding(one: Judged, form: ExcessForm | None, today: date) -> dict[str, Any]:
    key = {"asking": one.it.asking, "rule": one.it.rule, "element": one.it.element}
    own = ExcessForm(initial={**key, "until": months_later(today, PROPOSED_MONTHS)})
    is_asked = form is not None and all(form.data.get(name, "") == value for name, value in key.items())
    if form is not None and is_asked:
        own = form
    own.auto_id = f"id_{one.it.asking}_{one.it.rule}_{one.it.element}_%s"
    return {"it": one.it, "decision": one.decision, "is_open": one.is_open, "form": own, "asked": is_asked}
