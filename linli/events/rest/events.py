"""The REST interface 接口: other systems report events and read what their key may see."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Header, NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic import BaseModel

from linli.accounts import api as accounts
from linli.events.actions.intake import KeyUsedError, Receipt, report_event
from linli.events.queries.case import case
from linli.events.queries.inbox import InboxFilter, inbox_page
from linli.events.rest import described
from linli.events.rules.drafts import CoordinateSystem, DraftRefusedError, ReportDraft
from linli.kernel import api as kernel
from linli.trust import api as trust


class FastParser(Parser):
    """Reads JSON by orjson; what is not JSON is refused by django-ninja with 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body says."""
        return orjson.loads(request.body)


class FastRenderer(BaseRenderer):
    """Writes JSON by orjson: times in ISO 8601, lazy words as text."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002  ninja's signature
        """Return the answer."""
        return orjson.dumps(data, default=str)


api = NinjaAPI(
    title="Linli",
    version="1",
    description=described.ABOUT,
    openapi_extra=described.webhooks(),
    urls_namespace="events-rest",
    auth=accounts.TokenAuth(),
    docs_url="/docs",
    parser=FastParser(),
    renderer=FastRenderer(),
)


class ReportIn(BaseModel):  # not ninja's Schema, which looks up each field as an attribute first
    """A report. Coordinates are degrees in `coordinate_system`."""

    text: str = Field(description="What happened, 4 to 8,000 characters")
    title: str = Field("", max_length=120)
    lng: float | None = None
    lat: float | None = None
    coordinate_system: CoordinateSystem = "wgs84"
    address: str = Field("", max_length=200)
    matter_code: str | None = None
    nature: str = Field("", max_length=40)
    reporter_name: str = Field("", max_length=60)
    reporter_phone: str = Field("", max_length=30)
    source_number: str | None = Field(None, max_length=60)


class ReceiptOut(Schema):
    """What the reporter is told."""

    number: str
    event_id: UUID
    state: str
    unit_name: str
    accept_due: datetime
    handle_due: datetime
    why: list[dict[str, Any]]


class Problem(Schema):
    """What is wrong, in a sentence, and field by field."""

    detail: str
    fields: dict[str, str] = {}


REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429), Problem)


def only_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 415 to a body that is not JSON."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.content_type != "application/json":
            words = _("Send the report as JSON, with Content-Type: application/json.")
            return api.create_response(request, {"detail": words}, status=415)
        return view(request, *args, **kwargs)

    return checked


@api.post("/events", response={201: ReceiptOut, 200: ReceiptOut, **REFUSALS})
@decorate_view(only_json)
def post_event(
    request: HttpRequest, report: ReportIn, idempotency_key: Annotated[str | None, Header(max_length=100)] = None
) -> HttpResponse:
    """Report an event. Sent again with the same `Idempotency-Key` it answers 200 with the first receipt."""
    actor = accounts.actor_of(request)
    trust.require(actor, "events.report")
    draft = ReportDraft(**dict(report), channel="rest")
    receipt = report_event(draft=draft, by=actor, now=kernel.now(), key=idempotency_key)
    return api.create_response(request, _receipt_out(receipt), status=200 if receipt.again else 201)


@api.get("/events/{number}", response={200: described.EventOut, **REFUSALS})
def get_event(request: HttpRequest, number: str) -> HttpResponse:
    """Return one event that the key may see."""
    found = case(number=number, actor=accounts.actor_of(request))
    if found is None:
        return api.create_response(
            request, {"detail": _("There is no event with this number that you may see.")}, status=404
        )
    return api.create_response(request, _event_out(found.event), status=200)


@api.get("/events", response={200: described.EventsOut, **REFUSALS})
def list_events(request: HttpRequest, tab: str = "open", q: str = "", cursor: str | None = None) -> HttpResponse:
    """Return a page of the events that the key may see; `next` marks the page after it."""
    wanted = InboxFilter(tab=tab, scope="area", words=q)
    page = inbox_page(actor=accounts.actor_of(request), wanted=wanted, now=kernel.now(), cursor=cursor)
    return api.create_response(request, {"items": page.items, "next": page.next_cursor}, status=200)


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Answer 422 with what is wrong in each field."""
    told = {"detail": _("Some fields are not as described."), "fields": kernel.faults_by_field(wrong.errors)}
    return api.create_response(request, told, status=422)


@api.exception_handler(kernel.CursorError)
def lost_place(request: HttpRequest, wrong: kernel.CursorError) -> HttpResponse:
    """Answer 422: the page after a mark that is none, or no more, is not known."""
    return api.create_response(request, {"detail": str(wrong), "fields": {"cursor": str(wrong)}}, status=422)


@api.exception_handler(DraftRefusedError)
def draft_refused(request: HttpRequest, refused: DraftRefusedError) -> HttpResponse:
    """Answer 422 with a sentence per field."""
    fields = {name: str(words) for name, words in refused.fields.items()}
    return api.create_response(request, {"detail": " ".join(fields.values()), "fields": fields}, status=422)


@api.exception_handler(KeyUsedError)
def key_used(request: HttpRequest, _refused: KeyUsedError) -> HttpResponse:
    """Answer 409."""
    words = _("This Idempotency-Key came before with another report; use a new key.")
    return api.create_response(request, {"detail": words}, status=409)


@api.exception_handler(trust.NotAllowed)
def not_allowed(request: HttpRequest, _refused: trust.NotAllowed) -> HttpResponse:
    """Answer 403."""
    return api.create_response(request, {"detail": _("This key may not do that.")}, status=403)


def _receipt_out(receipt: Receipt) -> dict[str, Any]:
    """Return the fields of ReceiptOut: a whole answer goes past django-ninja's validation, as costly again."""
    return {name: getattr(receipt, name) for name in ReceiptOut.model_fields}


def _event_out(event: Any) -> dict[str, Any]:
    return {
        "number": event.number,
        "title": event.title,
        "text": event.text,
        "state": event.state,
        "matter": event.matter and event.matter.name,
        "unit": event.lead_unit.name,
        "address": event.address,
        "reported_at": event.reported_at,
        "handle_due": event.handle_due,
        "closed_at": event.closed_at,
        "close_reason": event.close_reason,
        "public_answer": event.public_answer,
    }
