"""The rules over looks 异常查阅规则: limits, campaigns, what the outcomes propose; and the officer's own page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.look_settings import announce_campaign, save_look_settings
from linli.trust.actions.review_looks import explain_looks
from linli.trust.forms.ledger import WordsForm
from linli.trust.forms.looks import CampaignForm, LookSettingsForm
from linli.trust.models import Campaign, HabitModel, LookSettings
from linli.trust.plugins import LOOK_RULES
from linli.trust.queries.look_memory import settings_in_force
from linli.trust.queries.look_reviews import proposals, reasons_of, reviews_asked_of
from linli.trust.rules.look_rules import RULES
from linli.trust.rules.look_settings import SettingsRefusedError
from linli.trust.rules.refusals import ReviewRefusedError
from linli.trust.states import looks as states

VERSIONS, CAMPAIGNS = 10, 20


@trust.staff(LOOK_RULES)
def look_rules(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show and change the rules; announce a campaign."""
    settings, act = settings_in_force(), request.POST.get("act")
    form = LookSettingsForm(request.POST if act == "rules" else None, settings=settings)
    campaign = CampaignForm(request.POST if act == "campaign" else None)
    if act and (done := _act(act, form, campaign, actor)):
        messages.success(request, done)
        return redirect("trust_look_rules")
    context: dict[str, Any] = {
        **accounts.desk_shell(actor, "look-rules"),
        "form": form,
        "rules": [{"label": rule.label, "fields": form.of_rule(code)} for code, rule in RULES.items()],
        "campaign": campaign,
        "campaigns": Campaign.objects.select_related("unit").order_by("-first_day", "-id")[:CAMPAIGNS],
        "proposals": [{"label": RULES[one.rule].label, "one": one} for one in proposals(settings)],
        "versions": LookSettings.objects.order_by("-number")[:VERSIONS],
        "model": HabitModel.objects.order_by("-trained_at").first(),
    }
    return render(request, "trust/look_rules.html", context, status=422 if form.errors or campaign.errors else 200)


def asked(request: HttpRequest) -> HttpResponse:
    """Show an officer what they were asked about their own looks, and take the explanation."""
    actor = accounts.actor_of(request)
    if actor.kind != "staff":
        return redirect_to_login(request.get_full_path())
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _explain(request, form, actor):
        messages.success(request, _("Your explanation stands with the question."))
        return redirect("trust_asked")
    reviews = list(reviews_asked_of(actor).prefetch_related("steps"))
    reasons = reasons_of(reviews)
    context = {
        **accounts.desk_shell(actor, "asked"),
        "form": form,
        "answered": request.POST.get("review", ""),
        "reviews": [
            {
                "row": row,
                "reasons": reasons.get(row.pk, ()),
                "asked": [step for step in row.steps.all() if step.step == "ask"],
                "open": "explain" in states.possible(row.state),
            }
            for row in reviews
        ],
    }
    response = render(request, "trust/asked.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


def _act(act: str, form: LookSettingsForm, campaign: CampaignForm, actor: accounts.Actor) -> str:
    """Do what the button says; return a sentence about it, or nothing where it was refused."""
    now = kernel.now()
    try:
        if act == "rules" and form.is_valid():
            save_look_settings(content=form.content(), by=actor, now=now)
            return _("The rules are in force as a new version.")
        if act == "campaign" and campaign.is_valid():
            announce_campaign(**campaign.said(), by=actor, now=now)
            return _("The campaign is announced.")
    except SettingsRefusedError as refused:
        form.add_error(None, str(refused))
    except ReviewRefusedError as refused:
        campaign.add_error(None, str(refused))
    return ""


def _explain(request: HttpRequest, form: WordsForm, actor: accounts.Actor) -> bool:
    try:
        review_id = UUID(request.POST.get("review", ""))
        explain_looks(review_id=review_id, words=form.cleaned_data["words"], by=actor, now=kernel.now())
    except ReviewRefusedError as refused:
        form.add_error(None, str(refused))
        return False
    except ValueError:
        form.add_error(None, _("This question is not there any more."))
        return False
    return True
