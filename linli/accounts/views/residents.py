"""Residents sign in with their phone: number, then code."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts import slots
from linli.accounts.actions.residents import check_phone_code, send_phone_code
from linli.accounts.forms import CodeForm, PhoneForm
from linli.accounts.models import Person
from linli.accounts.plugins.console import ConsoleChannel
from linli.accounts.queries.demo import is_demo_node
from linli.accounts.rules import refusals
from linli.kernel import api as kernel

PHONE = "accounts.phone"
TAIL = "accounts.phone_tail"
STAY = 30 * 24 * 3600
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the phone and send a code."""
    form = PhoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _send(request, form.cleaned_data["phone"])
            except refusals.AccountRefusedError as refusal:
                form.add_error("phone", str(refusal))
                status = 429 if isinstance(refusal, refusals.TooSoonError) else 422
            else:
                return redirect(_with_next(request, "accounts_enter_code"))
    return render(request, "accounts/enter.html", {"form": form, "next": _next(request)}, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code and open the session."""
    phone = request.session.get(PHONE)
    if phone is None:
        return redirect(_with_next(request, "accounts_enter"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                person = check_phone_code(phone=phone, code=form.cleaned_data["code"], now=kernel.now())
            except refusals.AccountRefusedError as refusal:
                form.add_error("code", str(refusal))
            else:
                return _welcome(request, person, phone)
    context = {"form": form, "next": _next(request), "tail": phone[-4:], "shown": _shown_in_demo(phone)}
    return render(request, "accounts/enter_code.html", context, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the resident's session."""
    logout(request)
    return redirect("/")


def _send(request: HttpRequest, phone: str) -> None:
    request.session[PHONE] = phone
    send_phone_code(phone=phone, source=get_adapter().get_client_ip(request), now=kernel.now())


def _welcome(request: HttpRequest, person: Person, phone: str) -> HttpResponse:
    login(request, person, backend=BACKEND)
    request.session.pop(PHONE, None)
    request.session[TAIL] = phone[-4:]
    request.session.set_expiry(STAY)
    return redirect(_next(request) or "/")


def _shown_in_demo(phone: str) -> str | None:
    """Return the message itself on a demo node, where no phone rings."""
    channel = slots.channels.get(settings.LINLI_CHANNEL)
    if isinstance(channel, ConsoleChannel) and is_demo_node():
        return channel.last_message(phone)
    return None


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_safe else ""


def _with_next(request: HttpRequest, name: str) -> str:
    target = _next(request)
    return reverse(name) + (f"?{urlencode({'next': target})}" if target else "")
