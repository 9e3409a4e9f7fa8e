"""Deletions at the desk 删除审批: what is proposed, what was deleted and why, and how long what is kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.forms.deletions import DecideForm, ProposeForm, RetentionForm
from linli.site.views.shell import desk

DELETE = "registry.delete"
TABS = ("proposed", "done", "refused")
SHOWN = 100


@desk(DELETE)
def deletions(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the deletions of the area in one state, and the rules of how long what is kept."""
    tab = tab if (tab := request.GET.get("tab", "")) in TABS else TABS[0]
    rows = registry.deletions_seen_by(actor, tab)[:SHOWN]
    labels = dict(registry.Deletion.State.choices)
    context = {
        **accounts.desk_shell(actor, "deletions"), "tab": tab,
        "tabs": [{"label": labels[one], "url": f"?tab={one}", "current": one == tab} for one in TABS],
        "rows": [_row(one, actor) for one in rows],
        "rules": [_rule(one) for one in registry.RetentionRule.objects.order_by("kind", "element", "id")],
    }  # fmt: skip
    return render(request, "site/desk/deletions.html", context)


@require_POST
@desk(DELETE)
def decide(request: HttpRequest, actor: accounts.Actor, deletion_id: UUID) -> HttpResponse:
    """Decide a proposal of somebody else."""
    form = DecideForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            row = registry.decide_deletion(
                deletion_id=deletion_id, approved=said["approved"], words=said["words"], by=actor, now=kernel.now()
            )
        except registry.DeletionRefusedError as refused:
            messages.error(request, str(refused))
        else:
            done = _("It is deleted; what remains is the entry here and in the ledger.")
            messages.success(request, done if row.state == "done" else _("It is kept, with your reason."))
    return redirect("desk:deletions")


@require_POST
@desk(DELETE)
def propose(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Propose that a record, or an element of it, is deleted; somebody else decides."""
    kind = registry.look_at(entity_id=entity_id, by=actor, now=kernel.now()).kind
    form = ProposeForm(request.POST, kind=kind)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("desk:base-card", entity_id)
    try:
        registry.propose_deletion(entity_id=entity_id, **form.cleaned_data, by=actor, now=kernel.now())
    except registry.DeletionRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("desk:base-card", entity_id)
    messages.success(request, _("The deletion is proposed; somebody else decides it."))
    return redirect("desk:deletions")


@require_POST
@desk(DELETE)
def retention(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Change how long something is kept."""
    form = RetentionForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(f"{reverse('desk:deletions')}#rules")
    try:
        registry.change_retention(**form.cleaned_data, by=actor, now=kernel.now())
    except registry.DeletionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The rule holds from the next night on."))
    return redirect(f"{reverse('desk:deletions')}#rules")


def _row(one: registry.Deletion, actor: accounts.Actor) -> dict[str, Any]:
    elements = registry.elements_of(one.kind)
    return {
        "it": one,
        "kind": registry.KINDS[one.kind].label,
        "element": elements[one.element].label if one.element in elements else one.element,
        "reason": registry.REASONS.get(one.reason, one.reason),
        "area": regions.division(one.community_id).name if one.community_id else "",
        "url": reverse("desk:base-card", args=[one.entity_id]) if one.entity_id else "",
        "own": actor.person_id == one.proposed_by_id,
        "count": sum(one.removed.values()),
    }


def _rule(one: registry.RetentionRule) -> dict[str, Any]:
    words = {"seen": _("since it was last said"), "unheard": _("since any source spoke of it"),
             "died": _("since the death")}  # fmt: skip
    elements = registry.elements_of(one.kind)
    name = elements[one.element].label if one.element in elements else _("the whole record")
    return {"it": one, "kind": registry.KINDS[one.kind].label, "name": name, "after": words[one.after]}
