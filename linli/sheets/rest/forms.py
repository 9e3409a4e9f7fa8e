"""The REST interface of forms: those of the unit of the key, their receipts, and what was delivered."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets.actions.copy import CSV, FILE, JSON, delivery_of, take_copy
from linli.sheets.models import Delivery, Form
from linli.sheets.queries.receipts import Receipt, receipts_by_form, receipts_of
from linli.sheets.queries.sight import SEE, forms_seen_by
from linli.sheets.rules.delivery.files import MEDIA
from linli.sheets.rules.refusals import SheetRefusedError
from linli.sheets.states import ACCEPT, FILL, LABELS
from linli.trust import api as trust

SIZE = 50

api = NinjaAPI(
    title="Linli forms",
    version="1",
    description=(
        "Forms of the unit of the key, and those delivered to it: `Authorization: Bearer …`. Rows are those that were "
        "delivered, read for the purpose of the form; each fetch is counted and stands in the ledger."
    ),
    urls_namespace="sheets-rest",
    auth=accounts.TokenAuth(),
    docs_url="/docs",
)


class Problem(Schema):
    """What is wrong, in a sentence, and field by field."""

    detail: str
    fields: dict[str, str] = {}


class ReceiptOut(Schema):
    """One delivery: figures, the SHA-256 of its file, and what came of it ("accept", "return", or nothing yet)."""

    id: UUID
    number: str
    at: datetime
    rows: int
    cells: int
    filled: int
    typed: int
    empty: int
    changed: int | None
    name: str
    sha256: str
    result: Literal["", "accept", "return"]
    result_at: datetime | None
    reasons: list[str]
    words: str


class FormOut(Schema):
    """One form: as it says, whose it is, how far it is, and its receipts, the newest first."""

    id: UUID
    number: str
    title: str
    issuer: str
    unit: str
    purpose: str
    state: str
    due: date | None
    receipts: list[ReceiptOut]


class FormsOut(Schema):
    """A page of forms; `next` marks the page after it."""

    items: list[FormOut]
    next: str | None


class Value(Schema):
    """One cell: its value, which source says so, when that saw it, and how far it is believed, from 0 to 1."""

    value: str | int | float | bool | None
    source: str | None
    time: str | None
    confidence: float | None


class TableOut(Schema):
    """One table: its header paths, and one object for each row with a cell by header path."""

    title: str
    columns: list[str]
    rows: list[dict[str, Value]]


class RowsOut(Schema):
    """What was delivered, with the mark by which the ledger knows this fetch."""

    form: str
    title: str
    issuer: str
    purpose: str
    receipt: str
    delivered_at: datetime
    sha256: str
    mark: str
    taken_out_by: str
    tables: list[TableOut]


REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)


@api.get("/forms", response={200: FormsOut, **REFUSALS})
def list_forms(request: HttpRequest, state: str = "", cursor: str | None = None) -> HttpResponse:
    """Return a page of the forms that the key may see, the newest first; `state` narrows to one."""
    rows = _seen(request)
    if state:
        rows = rows.filter(state=state if state in LABELS else "")
    page = kernel.keyset_page(rows.select_related("unit"), order=("-id",), cursor=cursor, size=SIZE)
    receipts = receipts_by_form([one.pk for one in page.items])
    answer = {"items": [_out(one, receipts[one.pk]) for one in page.items], "next": page.next_cursor}
    return api.create_response(request, answer, status=200)


@api.get("/forms/{form_id}", response={200: FormOut, **REFUSALS})
def get_form(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Return one form that the key may see."""
    found = _seen(request).select_related("unit").filter(pk=form_id).first()
    return api.create_response(request, _out(found, receipts_of(found)), status=200) if found else _none(request)


@api.get("/deliveries/{delivery_id}/rows", response={200: RowsOut, **REFUSALS})
def get_rows(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Return the rows that were delivered, each cell with its source."""
    return _copy(request, delivery_id, JSON)


@api.get("/deliveries/{delivery_id}/rows.csv", response={200: None, **REFUSALS})
def get_rows_as_csv(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Return the rows that were delivered as CSV; the last column of each says who took it."""
    return _copy(request, delivery_id, CSV)


@api.get("/deliveries/{delivery_id}/file", response={200: None, **REFUSALS})
def get_file(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Return the file as it was delivered, byte for byte."""
    return _copy(request, delivery_id, FILE)


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Answer 422 with what is wrong in each field."""
    told = {"detail": _("Some fields are not as described."), "fields": kernel.faults_by_field(wrong.errors)}
    return api.create_response(request, told, status=422)


@api.exception_handler(kernel.CursorError)
def no_such_page(request: HttpRequest, _wrong: kernel.CursorError) -> HttpResponse:
    """Answer 422."""
    return _problem(request, _("There is no such page."), 422)


@api.exception_handler(SheetRefusedError)
def refused(request: HttpRequest, why: SheetRefusedError) -> HttpResponse:
    """Answer 409 with the sentence of the refusal."""
    return _problem(request, str(why), 409)


@api.exception_handler(trust.NotAllowed)
def not_allowed(request: HttpRequest, _refused: trust.NotAllowed) -> HttpResponse:
    """Answer 403."""
    return _problem(request, _("This key may not do that."), 403)


def _seen(request: HttpRequest) -> Any:
    actor = accounts.actor_of(request)
    if not any(actor.can(one) for one in SEE):
        raise trust.NotAllowed(FILL)
    return forms_seen_by(actor)


def _copy(request: HttpRequest, delivery_id: UUID, layout: str) -> HttpResponse:
    actor, delivery = accounts.actor_of(request), delivery_of(delivery_id)
    row = _seen(request).filter(pk=delivery.form_id).first() if delivery else None
    if delivery is None or row is None or not any(trust.may(actor, one, row) for one in (FILL, ACCEPT)):
        return _none(request)
    handed = take_copy(delivery=delivery, layout=layout, by=actor, now=kernel.now())
    if layout == CSV:
        return trust.handed_out(handed.taken, "csv")
    headers = {"Cache-Control": "no-store, private"}
    return HttpResponse(handed.content, content_type=MEDIA[handed.layout], headers=headers)


def _out(form: Form, receipts: Sequence[Receipt]) -> dict[str, Any]:
    return {
        **{name: getattr(form, name) for name in ("id", "number", "title", "issuer", "purpose", "state", "due")},
        "unit": form.unit.name, "receipts": [_receipt(one.it, one.result) for one in receipts],
    }  # fmt: skip


def _receipt(row: Delivery, result: Any) -> dict[str, Any]:
    names = ("id", "number", "at", "rows", "cells", "filled", "typed", "empty", "changed", "name")
    return {
        **{name: getattr(row, name) for name in names}, "sha256": row.digest,
        "result": result.step if result else "", "result_at": result.at if result else None,
        "reasons": result.reasons if result else [], "words": result.words if result else "",
    }  # fmt: skip


def _none(request: HttpRequest) -> HttpResponse:
    return _problem(request, _("There is no such form that you may see."), 404)


def _problem(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return api.create_response(request, {"detail": sentence}, status=status)
