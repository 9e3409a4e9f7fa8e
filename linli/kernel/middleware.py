"""Give every request an id and a line in the log, tell browsers what pages may do, answer what is too much."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_resolver, get_urlconf

from linli.kernel.queries.pages import CursorError
from linli.kernel.rules import headers
from linli.kernel.rules.ids import uuid7
from linli.kernel.rules.limits import TooManyRequestsError
from linli.kernel.rules.logs import request_id

_NUL, _ESCAPED_NUL = "\x00", "%00"  # no text in the database can hold it
_GOOD_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = logging.getLogger("linli.requests")


class RequestMiddleware:
    """Stands first. The log line names the route and never the path, which may carry somebody's mark."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request under its id; one that a proxy gave is kept when it is well formed."""
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if _GOOD_ID.fullmatch(given) else uuid7().hex)
        started, queries = time.perf_counter(), _Queries()
        try:
            if _NUL in request.path_info or _ESCAPED_NUL in request.META.get("QUERY_STRING", ""):
                raise SuspiciousOperation("A null character stands in the address.")
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            _note(request, response.status_code, started, queries.count)
            return response
        finally:
            request_id.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the page for too many requests (`handler429`); begin a list anew where its mark means nothing."""
        if isinstance(exception, TooManyRequestsError):
            show: Callable[..., HttpResponse] = get_resolver(get_urlconf()).resolve_error_handler(429)
            return show(request, exception=exception)
        return _from_the_first_page(request, exception) if isinstance(exception, CursorError) else None


def _from_the_first_page(request: HttpRequest, error: CursorError) -> HttpResponse:
    """Lead to the same list with the same filters, from its beginning."""
    asked = request.GET.copy()
    asked.pop("cursor", None)
    messages.warning(request, str(error), fail_silently=True)
    return HttpResponseRedirect("?" + asked.urlencode())


class HeadersMiddleware:
    """Tells the browser what it may load, run and ask for; an answer that says more of itself keeps its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request and set the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", headers.policy(headers.styles_of(request)))
        for name, value in headers.OTHERS.items():
            response.headers.setdefault(name, value)
        return response


class _Queries:
    """Counts the queries of one request that go through Django."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        self.count += 1
        return execute(*call)


def _note(request: HttpRequest, status: int, started: float, queries: int) -> None:
    route = request.resolver_match.route if request.resolver_match else ""
    milliseconds = round((time.perf_counter() - started) * 1000, 1)
    extra = {"method": request.method, "route": route, "status": status, "milliseconds": milliseconds}
    extra["queries"] = queries
    log.info("%s %s", request.method, route, extra=extra)
