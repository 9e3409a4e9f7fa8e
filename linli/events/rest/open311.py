"""Open311 GeoReport v2 开放 311: apps of others report events and follow them, in XML and JSON."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema

from linli.accounts import api as accounts
from linli.events.actions.open311 import Open311Report, report_by_open311
from linli.events.queries import open311 as shown
from linli.events.rest import open311_schema as described
from linli.events.rules import open311 as rules
from linli.events.rules.drafts import DraftRefusedError
from linli.events.rules.open311_wire import MEDIA, moment, written
from linli.events.rules.photos import MOST_PHOTOS, PhotoRefusedError, clean_photo
from linli.kernel import api as kernel

MOST_READS, MOST_REPORTS = 3600, 3600
ATTRIBUTE = re.compile(r"attribute\[([^\[\]]+)\](?:\[\])?")
Endpoint = Callable[..., HttpResponse]

api = NinjaAPI(
    title="Linli Open311",
    version="2",
    description=described.ABOUT,
    urls_namespace="open311",
    docs_url="/docs",
    openapi_extra=described.EXTRA,
)


class RequestsQuery(Schema):
    """The filters of GET /requests. Lists are separated by commas, times carry their zone."""

    service_request_id: str | None = None
    service_code: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    status: str | None = None
    page: str | None = None
    page_size: str | None = None


def endpoint(view: Endpoint) -> Endpoint:
    """Answer in the form of the path, count the use, and write errors as the standard wants them."""

    @wraps(view)
    def answered(request: HttpRequest, fmt: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if fmt not in MEDIA:
            return _errors("json", 404, [rules.Problem(404, _("The address ends in .json or .xml."))])
        try:
            answer = _asked_by(request, fmt, view, args, kwargs)
        except rules.RefusedError as refused:
            answer = _errors(fmt, refused.status, refused.problems)
        except kernel.TooManyRequestsError as too_many:
            answer = _errors(fmt, 429, [rules.Problem(429, _("Too many requests; try again later."))])
            answer["Retry-After"] = str(too_many.retry_after)
        if request.method == "GET":
            answer["Access-Control-Allow-Origin"] = "*"
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


@api.get("/discovery.{fmt}", openapi_extra=described.DISCOVERY)
@endpoint
def get_discovery(request: HttpRequest, fmt: str) -> HttpResponse:
    """Tell where the interface stands, in which forms it answers, and who gives out keys."""
    return _answer(fmt, "discovery", _discovery(request))


@api.get("/v2/services.{fmt}", openapi_extra=described.SERVICES)
@endpoint
def get_services(request: HttpRequest, fmt: str) -> HttpResponse:  # noqa: ARG001  one signature
    """List what can be reported: the matters of the duty list in force."""
    return _answer(fmt, "services", shown.services(), "service")


@api.get("/v2/services/{service_code}.{fmt}", openapi_extra=described.DEFINITION)
@endpoint
def get_definition(request: HttpRequest, fmt: str, service_code: str) -> HttpResponse:  # noqa: ARG001  one signature
    """Tell what is asked of who reports this."""
    return _answer(fmt, "service_definition", shown.definition(service_code))


@api.post("/v2/requests.{fmt}", openapi_extra=described.REPORT)
@endpoint
def post_request(request: HttpRequest, fmt: str) -> HttpResponse:
    """Report an event. Needs an `api_key`; sent again with the same `Idempotency-Key` it is the same event."""
    actor = accounts.actor_of(request)
    if not actor.can("events.report"):
        raise rules.RefusedError(rules.Problem(rules.FORBIDDEN, _("api_key is missing, wrong, or may not report.")))
    report = Open311Report(
        {name: str(value) for name, value in request.POST.items()}, _answers(request), _photos(request)
    )
    key = request.headers.get("Idempotency-Key", "")[:100] or None
    try:
        receipt = report_by_open311(report=report, by=actor, now=kernel.now(), key=key)
    except DraftRefusedError as refused:
        problems = [rules.Problem(rules.BAD, f"{name}: {words}") for name, words in refused.fields.items()]
        raise rules.RefusedError(*problems) from refused
    notice = _("%(unit)s has it.") % {"unit": receipt.unit_name}
    taken = {"service_request_id": receipt.number, "service_notice": notice, "account_id": None}
    return _answer(fmt, "service_requests", [taken], "request")


@api.get("/v2/requests.{fmt}", openapi_extra=described.REQUESTS)
@endpoint
def get_requests(request: HttpRequest, fmt: str, wanted: Query[RequestsQuery]) -> HttpResponse:
    """List requests, the newest first: at most 1,000 of at most 90 days; `page` and `page_size` lead on."""
    asked = rules.wanted_of(wanted.dict(), kernel.now())
    return _answer(fmt, "service_requests", shown.requests(accounts.actor_of(request), asked), "request")


@api.get("/v2/requests/{service_request_id}.{fmt}", openapi_extra=described.REQUESTS)
@endpoint
def get_request(request: HttpRequest, fmt: str, service_request_id: str) -> HttpResponse:
    """Tell how far one request is."""
    found = shown.request(accounts.actor_of(request), service_request_id)
    return _answer(fmt, "service_requests", found, "request")


@api.get("/v2/tokens/{request_token}.{fmt}", openapi_extra=described.TOKEN)
@endpoint
def get_token(request: HttpRequest, fmt: str, request_token: str) -> HttpResponse:  # noqa: ARG001  one signature
    """Tell the number behind a token. Reports here are given their number at once, so an app seldom needs it."""
    told = {"service_request_id": shown.number_of_token(request_token), "token": request_token}
    return _answer(fmt, "service_requests", [told], "request")


def _asked_by(request: HttpRequest, fmt: str, view: Endpoint, args: Any, kwargs: Any) -> HttpResponse:
    """Find out whose key it is, count, and answer. A key that is given must be good, also where none is needed."""
    raw = _key(request)
    actor = accounts.actor_by_token(raw, now=kernel.now()) if raw else accounts.GUEST
    if actor is None:
        raise rules.RefusedError(rules.Problem(rules.FORBIDDEN, _("api_key is wrong or was revoked.")))
    accounts.remember_actor(request, actor)
    source = raw or get_adapter().get_client_ip(request) or ""
    most = MOST_READS if request.method == "GET" else MOST_REPORTS
    kernel.count_use(kind=f"open311.{request.method}", source=source, most=most, now=kernel.now())
    _need_our_jurisdiction(request)
    return view(request, fmt, *args, **kwargs)


def _key(request: HttpRequest) -> str:
    bearer = request.headers.get("Authorization", "")
    given = request.POST.get("api_key") or request.GET.get("api_key") or bearer.removeprefix("Bearer ")
    return str(given).strip()


def _need_our_jurisdiction(request: HttpRequest) -> None:
    """Refuse another jurisdiction. One endpoint serves one, so it may be left out."""
    asked = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id")
    ours = settings.LINLI_JURISDICTION
    if asked and ours and asked != ours:
        raise rules.RefusedError(rules.Problem(rules.NOT_FOUND, _("This jurisdiction_id is not served here.")))


def _answers(request: HttpRequest) -> dict[str, list[str]]:
    """Return what came under `attribute[CODE]` and `attribute[CODE][]`."""
    given: dict[str, list[str]] = {}
    for name, values in request.POST.lists():
        if found := ATTRIBUTE.fullmatch(name):
            given.setdefault(found[1], []).extend(str(value) for value in values)
    return given


def _photos(request: HttpRequest) -> list[Any]:
    """Return the photos that came along in a multipart body, checked."""
    try:
        files = [file for name in request.FILES for file in request.FILES.getlist(name)]
        return [clean_photo(file.read()) for file in files[:MOST_PHOTOS]]
    except PhotoRefusedError as refused:
        raise rules.RefusedError(rules.Problem(rules.BAD, str(refused.sentence))) from refused


def _discovery(request: HttpRequest) -> dict[str, Any]:
    base = request.build_absolute_uri(reverse("open311:api-root"))
    facts = settings.SITE_FACTS
    changed = moment(shown.changed_at() or kernel.now())
    return {
        "changeset": changed,
        "contact": f"{facts['host'] or facts['place']} {facts['phone']}",
        "key_service": _("Ask %(whom)s for an api_key.") % {"whom": facts["host"] or facts["place"]},
        "endpoints": [
            {
                "specification": rules.SPECIFICATION,
                "url": f"{base}v2",
                "changeset": changed,
                "type": "test" if settings.DEBUG else "production",
                "formats": [media.partition(";")[0] for media in MEDIA.values()],
            }
        ],
    }


def _answer(fmt: str, root: str, content: Any, child: str = "", status: int = 200) -> HttpResponse:
    return HttpResponse(written(fmt, root, content, child), content_type=MEDIA[fmt], status=status)


def _errors(fmt: str, status: int, problems: Any) -> HttpResponse:
    errors = [{"code": problem.code, "description": str(problem.description)} for problem in problems]
    return _answer(fmt, "errors", errors, "error", status)
