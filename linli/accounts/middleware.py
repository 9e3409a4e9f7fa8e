"""What stands between a session and the pages: it ends in time, and first duties come before anything else."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from linli.accounts.adapters import DUTIES, GUARD
from linli.accounts.queries import duties
from linli.accounts.rules import guard
from linli.kernel import api as kernel

_PAGES = {duties.PASSWORD: "account_change_password", duties.SECOND_FACTOR: "mfa_index"}
_ENDED = {
    "idle": _("You were signed out because nothing was done for a while. Sign in to go on."),
    "browser": _("This session began in another browser, so it was ended. Sign in to go on."),
}
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


class SessionGuard:
    """Ends a session of staff that was not used for long, or that another browser brings. Costs one write a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass, or end the session and show where to sign in."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not (kept := request.session.get(GUARD)):
            return self.get_response(request)
        now, browser = kernel.now(), request.headers.get("User-Agent", "")
        idle = timedelta(minutes=settings.LINLI_IDLE_MINUTES)
        if why := guard.ending(kept, browser, now=now, idle=idle):
            logout(request)
            messages.warning(request, _ENDED[why])
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if guard.is_to_note(kept, now=now):
            request.session[GUARD] = {**kept, "used": now.timestamp()}
        return self.get_response(request)
