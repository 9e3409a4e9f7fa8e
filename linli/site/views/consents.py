"""Consents 同意管理: a resident agrees and withdraws with one tap each; an officer writes down what was signed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.consents import ConsentForm
from linli.site.views.looks import crumbs, own
from linli.site.views.shell import desk
from linli.site.views.wards import whom
from linli.trust import api as trust

HISTORY = 30
WITHDRAW, SEPARATE = "withdraw", "separate"


@own
def consents(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what rests on consent in the words that count; agree, withdraw."""
    now = kernel.now()
    about = whom(request, actor, now)
    token = about.of.token
    if request.method == "POST":
        form = ConsentForm(request.POST)
        if form.is_valid():
            _told(request, _own_deed(form.cleaned_data, actor, about.ward, now))
        return redirect(reverse("site:consents") + about.tail)
    context = {
        "asked": trust.asked_of(token, on=timezone.localdate(now)) if token else [],
        "history": trust.consents_of(token)[:HISTORY] if token else [],
        "is_confirmed": bool(token),
        "whom": about,
        "crumbs": crumbs(_("What I agreed to")),
    }
    return render(request, "site/resident/consents.html", context)


@desk(registry.CONFIRM)
def counter(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Write down at the counter what somebody signed or withdrew."""
    now = kernel.now()
    if request.method == "POST":
        form = ConsentForm(request.POST)
        if form.is_valid():
            _told(request, _counter_deed(form.cleaned_data, entity_id, actor, now))
        return redirect("desk:consents", entity_id)
    asked = registry.consents_at_counter(entity_id=entity_id, by=actor, now=now)
    brief = registry.look_at(entity_id=entity_id, by=actor, now=now)
    signers = registry.guardians_at_counter(entity_id=entity_id, by=actor, now=now)
    context = {
        **accounts.desk_shell(actor, "base"), "asked": asked, "brief": brief, "signers": signers,
        "needs_guardian": registry.needs_guardian(entity_id, now),
    }  # fmt: skip
    return render(request, "site/desk/consents.html", context)


def _own_deed(said: dict[str, Any], actor: accounts.Actor, ward: UUID | None, now: datetime) -> str:
    """Do it; return what speaks against it."""
    try:
        if said["deed"] == WITHDRAW:
            trust.withdraw_own_consent(code=said["code"], by=actor, now=now, ward=ward)
        else:
            trust.give_own_consent(
                code=said["code"], version=said["version"] or 0, separate=said["deed"] == SEPARATE, by=actor, now=now,
                ward=ward,
            )  # fmt: skip
    except trust.ConsentRefusedError as refused:
        return str(refused)
    return ""


def _counter_deed(said: dict[str, Any], entity_id: UUID, actor: accounts.Actor, now: datetime) -> str:
    """Do it; return what speaks against it."""
    try:
        if said["deed"] == WITHDRAW:
            registry.withdraw_at_counter(entity_id=entity_id, code=said["code"], by=actor, now=now)
        else:
            registry.agree_at_counter(
                entity_id=entity_id, code=said["code"], version=said["version"] or 0,
                separate=said["deed"] == SEPARATE, paper=said["paper"], by=actor, now=now,
                guardianship=said["signer"],
            )  # fmt: skip
    except (trust.ConsentRefusedError, registry.GuardianRefusedError) as refused:
        return str(refused)
    return ""


def _told(request: HttpRequest, problem: str) -> None:
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("It is written down and counts from now on."))
