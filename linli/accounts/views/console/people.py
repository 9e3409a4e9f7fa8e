"""People of the area: list, open an account, disable and enable it, give a new first password."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actions.first_password import first_password
from linli.accounts.actions.people import create_person, disable_person, enable_person, reset_password
from linli.accounts.forms import HoldingForm, PersonForm
from linli.accounts.models import Person
from linli.accounts.queries import console as lists
from linli.accounts.rules.actor import Actor
from linli.accounts.views.console.guard import attempt, attempt_here, console, page
from linli.kernel import api as kernel


@require_GET
@console
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the people, found by name or user name."""
    words = request.GET.get("q", "").strip()
    found = lists.people_page(actor, words=words, cursor=request.GET.get("cursor"))
    return page(request, actor, "people", {"tab": "people", "page": found, "words": words})


@require_http_methods(["GET", "POST"])
@console
def new_person(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open an account and show its first password once."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password, made = first_password(), []

        def deed() -> None:
            made.append(create_person(**form.cleaned_data, password=password, by=actor, now=kernel.now()))

        if attempt(form, "username", deed):
            _show_once(request, made[0], password)
            return redirect("accounts_person", person_id=made[0].pk)
    return page(request, actor, "new", {"tab": "people", "form": form, "title": _("New person")})


@require_GET
@console
def person(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """Show one person with all holdings, and a form for the next one."""
    who = person_or_404(actor, person_id)
    form = HoldingForm(actor=actor, initial={"valid_from": timezone.localdate(kernel.now())})
    context = {"tab": "people", "person": who, "holdings": lists.holdings_of(who), "holding_form": form}
    return page(request, actor, "person", context)


@require_POST
@console
def disable(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """Disable the account: its sessions and keys are dead at once."""
    who = person_or_404(actor, person_id)
    attempt_here(request, lambda: disable_person(person=who, by=actor, now=kernel.now()), _("The account is disabled."))
    return redirect("accounts_person", person_id=who.pk)


@require_POST
@console
def enable(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """Enable the account again."""
    who = person_or_404(actor, person_id)
    attempt_here(request, lambda: enable_person(person=who, by=actor, now=kernel.now()), _("The account is enabled."))
    return redirect("accounts_person", person_id=who.pk)


@require_POST
@console
def new_password(request: HttpRequest, actor: Actor, person_id: UUID) -> HttpResponse:
    """Give a new first password and show it once."""
    who, password = person_or_404(actor, person_id), first_password()
    attempt_here(
        request,
        lambda: reset_password(person=who, password=password, by=actor, now=kernel.now()),
        _first_password_of(who, password),
    )
    return redirect("accounts_person", person_id=who.pk)


def person_or_404(actor: Actor, person_id: UUID) -> Person:
    """Return a person of the area; others are not there."""
    who = lists.managed_person(actor, person_id)
    if who is None:
        raise Http404
    return who


def _show_once(request: HttpRequest, who: Person, password: str) -> None:
    messages.success(request, _first_password_of(who, password))


def _first_password_of(who: Person, password: str) -> str:
    template = _("First password of %(username)s: %(password)s. It is shown only now and must be changed at sign-in.")
    return template % {"username": who.username, "password": password}
