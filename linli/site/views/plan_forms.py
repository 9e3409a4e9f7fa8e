"""Writing a draft of a plan in stages, or of the rules for duplicates; what holds now is where it begins."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.forms.plans import PlanForm, Rules, Stages, WordsForm, as_rows, rules_of, stages_of
from linli.site.views.shell import desk

MANAGE = "events.standards"


@desk(MANAGE)
def write_plan(request: HttpRequest, actor: accounts.Actor, code: str = "") -> HttpResponse:
    """Show and keep a plan: a new one, or another version of the one with this code."""
    newest = next((one for one in events.playbook_versions() if one.code == code), None)
    if code and newest is None:
        raise Http404
    said = {"name": newest.name, "matter_codes": newest.matter_codes} if newest else {}
    stages = [{"place": place, **row} for place, row in enumerate(newest.stages if newest else [], 1)]
    form = PlanForm(request.POST or None, initial=said)
    rows = Stages(request.POST or None, initial=stages, prefix="stages")
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            events.draft_plan(code=code, stages=stages_of(rows), by=actor, now=kernel.now(), **form.cleaned_data)
        except events.RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return _kept(request)
    context = {"form": form, "rows": rows, "plan": newest, "heading": newest.name if newest else _("New plan")}
    return _page(request, actor, "site/desk/plan_form.html", context)


@desk(MANAGE)
def write_rules(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show and keep the rules for duplicates and recurrence."""
    now = kernel.now()
    form = WordsForm(request.POST or None)
    rows = Rules(request.POST or None, initial=as_rows(events.group_rules(now)), prefix="rules")
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            events.draft_group_rules(rules=rules_of(rows), by=actor, now=now, words=form.cleaned_data["words"])
        except events.RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return _kept(request)
    return _page(request, actor, "site/desk/rules_form.html", {"form": form, "rows": rows})


def _kept(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The draft is kept. Look at it, then put it in force."))
    return redirect("desk:plans")


def _page(request: HttpRequest, actor: accounts.Actor, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {**accounts.desk_shell(actor, "plans"), **context}
    return render(
        request, template, context, status=422 if context["form"].errors or any(context["rows"].errors) else 200
    )
