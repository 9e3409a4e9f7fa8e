"""Who takes and leaves a post, and keys for other systems."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts.actions.holdings import end_holding, open_holding
from linli.accounts.actions.tokens import issue_token, revoke_token
from linli.accounts.forms import HoldingForm
from linli.accounts.models import ApiToken, Holding
from linli.accounts.queries import console as lists
from linli.accounts.rules.actor import Actor
from linli.accounts.views.console.guard import attempt, attempt_here, console, page
from linli.accounts.views.console.people import person_or_404
from linli.kernel import api as kernel


@require_POST
@console
def new_holding(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """Give the person a post."""
    who = person_or_404(actor, person_id)
    form = HoldingForm(request.POST, actor=actor)

    def deed() -> None:
        open_holding(person=who, **form.cleaned_data, by=actor, now=kernel.now())

    if form.is_valid() and _once(form, deed):
        messages.success(request, _("The post is given."))
        return redirect("accounts_person", person_id=who.pk)
    context = {"tab": "people", "person": who, "holdings": lists.holdings_of(who), "holding_form": form, "form": form}
    return page(request, actor, "person", context)


@require_POST
@console
def end(request: HttpRequest, actor: Actor, holding_id: UUID) -> HttpResponse:
    """End a holding at once."""
    held = _holding_or_404(actor, holding_id)
    attempt_here(request, lambda: end_holding(holding=held, by=actor, now=kernel.now()), _("The post is ended."))
    return redirect("accounts_person", person_id=held.person_id)


@require_POST
@console
def new_token(request: HttpRequest, actor: Actor, holding_id: UUID) -> HttpResponse:
    """Issue a key for the holding and show it once."""
    held = _holding_or_404(actor, holding_id)
    name = request.POST.get("name", "").strip()[:100] or held.unit.name
    issued = issue_token(holding=held, name=name, by=actor, now=kernel.now())
    messages.success(request, _("The key, shown only now: %(key)s") % {"key": issued.raw})
    return redirect("accounts_person", person_id=held.person_id)


@require_POST
@console
def revoke(request: HttpRequest, actor: Actor, token_id: UUID) -> HttpResponse:
    """Revoke a key at once."""
    token = get_object_or_404(ApiToken.objects.select_related("holding"), pk=token_id)
    held = _holding_or_404(actor, token.holding_id)
    attempt_here(request, lambda: revoke_token(token=token, by=actor, now=kernel.now()), _("The key is revoked."))
    return redirect("accounts_person", person_id=held.person_id)


def _holding_or_404(actor: Actor, holding_id: UUID) -> Holding:
    held = lists.managed_holding(actor, holding_id)
    if held is None:
        raise Http404
    return held


def _once(form: HoldingForm, deed: object) -> bool:
    """Do it, unless the person holds this very post already."""
    try:
        with transaction.atomic():
            return attempt(form, "post", deed)  # type: ignore[arg-type]
    except IntegrityError:
        form.add_error("post", _("This person already holds this post in this unit from that day."))
        return False
