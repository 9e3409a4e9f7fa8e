"""Whether the process lives (/healthz) and whether the node can serve (/readyz). Counts only, nobody's data."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.kernel.queries.health import health
from linli.kernel.rules.clock import now


@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """Answer, and ask nobody."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when requests can be served, else 503. `alarms` names what an operator should look at."""
    found = health(now=now())
    answer = {"ready": found.ready, "alarms": found.alarms, **asdict(found)}
    return JsonResponse(answer, status=200 if found.ready else 503)
