"""Sends a person who still has to change a first password or set up a second factor there, before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.accounts.adapters import DUTIES
from linli.accounts.queries import duties

_PAGES = {duties.PASSWORD: "account_change_password", duties.SECOND_FACTOR: "mfa_index"}
_OPEN = ("/accounts/", "/static/", "/health", "/i18n/")


class DutiesMiddleware:
    """Reads the duties from the session; costs no query, and nothing at all for a visitor without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass, or send the person to the first duty."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(_OPEN):
            for duty in request.session.get(DUTIES, []):
                return redirect(_PAGES[duty])
        return self.get_response(request)
