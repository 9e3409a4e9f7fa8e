"""Switch how pages look, for people without JavaScript; the choice lives in one cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from linli.kernel.rules import look

A_YEAR = 365 * 24 * 3600


@require_POST
def switch_look(request: HttpRequest) -> HttpResponse:
    """Turn one choice on or off and go back to the page it was asked on."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if safe else "/")
    chosen = look.toggle_look(look.read_look(request.COOKIES.get(look.COOKIE, "")), request.POST.get("choice", ""))
    response.set_cookie(look.COOKIE, chosen, max_age=A_YEAR, samesite="Lax")
    return response
