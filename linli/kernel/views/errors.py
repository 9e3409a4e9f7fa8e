"""Error pages: what happened, what is safe, what to do. They need neither the database nor the session."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.rules.limits import TooManyRequestsError
from linli.kernel.rules.logs import request_id

SENTENCES: dict[int, tuple[str | Promise, str | Promise]] = {
    400: (
        _("This request was not understood"),
        _("Something in the address or the form was not as expected; please go back and try again."),
    ),
    403: (
        _("You may not see this"),
        _("Your post does not include this; if you need it for your work, ask the administrator of your unit."),
    ),
    404: (
        _("There is nothing here"),
        _("The page was moved or the address was mistyped; please check it or start from the home page."),
    ),
    413: (
        _("This is too large"),
        _("What you sent is larger than can be taken; please send fewer or smaller files."),
    ),
    429: (
        _("That was too often"),
        _("Too many requests came from you in a short time; please wait a little and try again."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("The failure was noted; what you had already submitted is safe. Please try again in a few minutes."),
    ),
}
INTERFACES = "/api/"
DESK = "/desk/"  # who works there goes back there
STALE_FORM = _("This form was open for too long; please load the page again and submit once more.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show 400, or 413 when the body was too large."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Show 403."""
    return error_page(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's signature
    """Show 403 for a form without its token."""
    return error_page(request, 403, sentence=STALE_FORM)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Show 404."""
    return error_page(request, 404)


def too_many_requests(request: HttpRequest, exception: TooManyRequestsError | None = None) -> HttpResponse:
    """Show 429 and say when to come again. The throttles of sign-in call it without an exception."""
    response = error_page(request, 429)
    response["Retry-After"] = str((exception or TooManyRequestsError()).retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Show 500."""
    return error_page(request, 500)


def error_page(request: HttpRequest, status: int, *, sentence: str | Promise = "") -> HttpResponse:
    """Return the page, or JSON to a program that does not want a page."""
    title, usual = SENTENCES[status]
    context = {"status": status, "title": title, "sentence": sentence or usual, "request_id": request_id.get()}
    if request.path.startswith(INTERFACES) or not request.accepts("text/html"):
        told = {name: str(value) for name, value in context.items()}
        return JsonResponse({"detail": told["sentence"], **told}, status=status)
    desk = resolve_url(settings.LOGIN_REDIRECT_URL) if request.path.startswith(DESK) else ""
    return HttpResponse(render_to_string("kernel/errors/error.html", {**context, "desk": desk}), status=status)
