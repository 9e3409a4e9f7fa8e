"""The REST interface of grants: verify one thing of one person, query one person, hand in a list and fetch its file."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Header, NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from linli.accounts import api as accounts
from linli.exchange.actions.ask import ask_there, elsewhere
from linli.exchange.actions.batch import hand_in, take_file
from linli.exchange.actions.use import Call, query_one, verify_one
from linli.exchange.models import Batch
from linli.exchange.rules.sharing_refusals import NoSuchGrantError, RefusedError
from linli.exchange.rules.terms import QUERY, VERIFY
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

Whom = Annotated[
    dict[str, str],
    Field(description="Values by element code, e.g. citizen_id and name; one of them is found whole", max_length=10),
]
Key = Annotated[str | None, Header(max_length=100, alias="Idempotency-Key")]
LONGEST_BODY = 2_000_000

api = NinjaAPI(
    title="Linli data",
    version="1",
    description=(
        "Read by a grant with a key: `Authorization: Bearer …`. A person is named in the body, never in an address. "
        "`subject` is the pseudonym by which your unit knows somebody; no other unit has the same."
    ),
    urls_namespace="exchange-rest",
    auth=accounts.TokenAuth(),
    docs_url="/docs",
)


class Problem(Schema):
    """What is wrong, in a sentence, and field by field."""

    detail: str
    fields: dict[str, str] = {}


class Asked(Schema):
    """Which grant is used (the number of the application, where another node granted it), and for which purpose."""

    grant: str = Field(max_length=40)
    purpose: str = Field(max_length=20)
    whom: Whom


class VerifyIn(Asked):
    """A question about one person: `element` `is` `value`, such as age >= 60."""

    element: str = Field(max_length=40)
    operator: str = Field("=", alias="is", max_length=2)
    value: str | int | float | bool


class VerifyOut(Schema):
    """yes, no, or unknown: also for who is not there or out of the reach of the grant."""

    answer: str
    subject: str | None


class QueryIn(Asked):
    """One person; `elements` may name fewer than are granted."""

    elements: list[str] = Field([], max_length=100)


class QueryOut(Schema):
    """What is granted about one person, in words; what is masked stays so."""

    found: bool
    subject: str | None
    values: dict[str, str]


class BatchIn(Schema):
    """A list of at most 5,000 people."""

    grant: str = Field(max_length=40)
    purpose: str = Field(max_length=20)
    people: list[Whom]
    elements: list[str] = Field([], max_length=100)


class BatchOut(Schema):
    """How far a list is."""

    id: UUID
    state: str
    total: int
    done: int
    made_at: datetime
    ended_at: datetime | None


REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429, 503), Problem)


def only_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 415 to a body that is not JSON, 413 to one beyond two megabytes."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.content_type != "application/json":
            return _problem(request, _("Send it as JSON, with Content-Type: application/json."), 415)
        if len(request.body) > LONGEST_BODY:
            return _problem(request, _("This is longer than two megabytes; divide it."), 413)
        return view(request, *args, **kwargs)

    return checked


@api.post("/verify", response={200: VerifyOut, **REFUSALS}, by_alias=True)
@decorate_view(only_json)
def verify(request: HttpRequest, asked: VerifyIn, idempotency_key: Key = None) -> HttpResponse:
    """Answer yes, no or unknown without giving the value. Sent again with its key it is not counted again."""
    condition = registry.Condition(asked.element, asked.operator, asked.value)
    call = _call(request, asked, idempotency_key)
    if (at := elsewhere(call)) is not None:
        more = {"element": asked.element, "operator": asked.operator, "value": asked.value}
        said = ask_there(call=call, at=at, way=VERIFY, whom=asked.whom, asked=more)
    else:
        said = verify_one(call=call, whom=asked.whom, asked=condition)
    return api.create_response(request, said, status=200)


@api.post("/query", response={200: QueryOut, **REFUSALS})
@decorate_view(only_json)
def query(request: HttpRequest, asked: QueryIn, idempotency_key: Key = None) -> HttpResponse:
    """Return the granted elements of one person. Sent again with its key it is not counted again."""
    call = _call(request, asked, idempotency_key)
    if (at := elsewhere(call)) is not None:
        said = ask_there(call=call, at=at, way=QUERY, whom=asked.whom, asked={"elements": asked.elements})
    else:
        said = query_one(call=call, whom=asked.whom, elements=asked.elements)
    return api.create_response(request, said, status=200)


@api.post("/batches", response={202: BatchOut, **REFUSALS})
@decorate_view(only_json)
def post_batch(request: HttpRequest, asked: BatchIn, idempotency_key: Key = None) -> HttpResponse:
    """Hand in a list; a job works it off. Sent again with its key it is the list of then."""
    call = _call(request, asked, idempotency_key)
    return api.create_response(
        request, _out(hand_in(call=call, whom=asked.people, elements=asked.elements)), status=202
    )


@api.get("/batches/{batch_id}", response={200: BatchOut, **REFUSALS})
def get_batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Tell how far a list is."""
    return api.create_response(request, _out(_own(request, batch_id)), status=200)


@api.get("/batches/{batch_id}/file", response={200: None, **REFUSALS})
def get_file(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Return the file of a list as CSV, in the order in which it was handed in, as long as the grant is open.

    The last column of each row says who took it and bears the mark by which the ledger knows the file.
    """
    batch = _own(request, batch_id)
    if batch.state == Batch.State.WAITING:
        return _problem(request, _("The list is not done yet; ask how far it is, then fetch the file."), 409)
    return trust.handed_out(take_file(batch=batch, by=accounts.actor_of(request), now=kernel.now()), "csv")


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Answer 422 with what is wrong in each field."""
    told = {"detail": _("Some fields are not as described."), "fields": kernel.faults_by_field(wrong.errors)}
    return api.create_response(request, told, status=422)


@api.exception_handler(RefusedError)
def refused(request: HttpRequest, why: RefusedError) -> HttpResponse:
    """Answer with the status and the sentence of the refusal."""
    return _problem(request, str(why), why.status)


@api.exception_handler(registry.RegistryRefusedError)
def not_asked_well(request: HttpRequest, why: registry.RegistryRefusedError) -> HttpResponse:
    """Answer 422: nobody can be found by what was said."""
    return _problem(request, str(why), 422)


@api.exception_handler(registry.BadValueError)
def bad_value(request: HttpRequest, why: registry.BadValueError) -> HttpResponse:
    """Answer 422 with what is wrong with a value."""
    return _problem(request, str(why.sentence), 422)


@api.exception_handler(kernel.TooManyRequestsError)
def too_many(request: HttpRequest, why: kernel.TooManyRequestsError) -> HttpResponse:
    """Answer 429: one person was asked about too often."""
    answer = _problem(request, _("This person was asked about too often within an hour; try again later."), 429)
    answer["Retry-After"] = str(why.retry_after)
    return answer


@api.exception_handler(trust.NotAllowed)
def not_allowed(request: HttpRequest, _refused: trust.NotAllowed) -> HttpResponse:
    """Answer 403."""
    return _problem(request, _("This key may not do that."), 403)


def _call(request: HttpRequest, asked: Asked | BatchIn, key: str | None) -> Call:
    return Call(asked.grant, asked.purpose, accounts.actor_of(request), kernel.now(), key)


def _own(request: HttpRequest, batch_id: UUID) -> Batch:
    """Return a list of the caller's unit. Raises NotAllowed, NoSuchGrantError."""
    by = accounts.actor_of(request)
    trust.require(by, "exchange.use")
    units = [held.unit_id for held in by.holdings_with("exchange.use")]
    found = Batch.objects.filter(pk=batch_id, grant__unit_id__in=units).select_related("grant").first()
    if found is None:
        raise NoSuchGrantError(_("There is no list with this number for your unit."))
    return found


def _out(batch: Batch) -> dict[str, Any]:
    return {name: getattr(batch, name) for name in BatchOut.model_fields}


def _problem(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return api.create_response(request, {"detail": sentence}, status=status)
