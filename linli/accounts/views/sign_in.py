"""Signing in for staff: allauth's page behind the lock of a name that was tried wrongly too often."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.accounts.actions.sign_ins import note_sign_in
from linli.accounts.models import SignIn
from linli.accounts.queries.sign_ins import sign_in_locked_until
from linli.kernel import api as kernel


class SignInView(LoginView):  # type: ignore[misc]  # allauth has no types
    """User name and password, or a passkey."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse a locked name without looking at the password."""
        username, now = request.POST.get("login", ""), kernel.now()
        if until := sign_in_locked_until(username, now=now):
            address = get_adapter().get_client_ip(request)
            browser = request.headers.get("User-Agent", "")
            note_sign_in(username=username, result=SignIn.Result.LOCKED, address=address, now=now, browser=browser)
            return _locked(request, until, now)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


def no_password(request: HttpRequest) -> HttpResponse:
    """Answer who has no password, a resident for example: there is none to change here."""
    messages.info(request, _("Your account has no password. You sign in with a code or a passkey."))
    return redirect("/")


def _locked(request: HttpRequest, until: datetime, now: datetime) -> HttpResponse:
    seconds = max(1, int((until - now).total_seconds()))
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "This name was tried with a wrong password too often. Try again in %(n)d minute, or ask your administrator.",
        "This name was tried with a wrong password too often. Try again in %(n)d minutes, or ask your administrator.",
        minutes,
    ) % {"n": minutes}
    response = render(request, "accounts/wait.html", {"sentence": sentence}, status=429)
    response["Retry-After"] = str(seconds)
    return response
