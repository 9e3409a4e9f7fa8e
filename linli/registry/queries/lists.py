"""The lists that a community keeps: a page with what is due first, and how many are late or due soon."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Entity, Listing
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.rules.cards import Brief
from linli.registry.states import CLOSED, KEPT, REGISTERS
from linli.trust import api as trust

SIZE, COUNTED = 30, 1000
DUES = ("late", "soon", "kept", "closed")
Due = Literal["late", "soon", "", "closed"]


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list: whom or what it is about (masked), since when, until when, and its steps so far."""

    id: UUID
    brief: Brief
    register: str
    state: str
    since: date
    due_on: date
    due: Due
    steps: tuple[tuple[str, date, str, str], ...]


def lines_of(
    *, register: str, due: str, viewer: accounts.Actor, today: date, cursor: str | None = None
) -> "kernel.Page[Listing]":
    """Return a page of a list in the viewer's sight, what is due first; two queries. Raises CursorError."""
    rows = _rows(register, due, viewer, today).select_related("entity").prefetch_related("steps")
    heads = rows.defer("entity__terms", "entity__sealed", "entity__origins")
    with trust.sight(viewer, SEE):
        return kernel.keyset_page(heads, order=("due_on", "id"), cursor=cursor, size=SIZE)


def counts_of(*, register: str, viewer: accounts.Actor, today: date) -> dict[str, int]:
    """Return how many are late and due soon in the viewer's sight, each at most 1,000; a query for each."""
    with trust.sight(viewer, SEE):
        return {due: _rows(register, due, viewer, today)[:COUNTED].count() for due in ("late", "soon")}


def due_state(row: Listing, today: date) -> Due:
    """Tell whether a line is late, due soon, or neither."""
    if row.state == CLOSED:
        return "closed"
    if row.due_on < today:
        return "late"
    return "soon" if row.due_on <= today + timedelta(days=REGISTERS[row.register].soon_days) else ""


def listed(register: str) -> Exists:
    """Return the condition "is kept in this list", for entities."""
    return Exists(Listing.objects.filter(entity=OuterRef("pk"), register=register, state=KEPT))


def _rows(register: str, due: str, viewer: accounts.Actor, today: date) -> "QuerySet[Listing]":
    soon = today + timedelta(days=REGISTERS[register].soon_days)
    narrowed = {
        "late": Q(state=KEPT, due_on__lt=today),
        "soon": Q(state=KEPT, due_on__gte=today, due_on__lte=soon),
        "closed": Q(state=CLOSED),
    }.get(due, Q(state=KEPT))
    seen: QuerySet[Entity] = entities_seen_by(viewer, REGISTERS[register].kind)
    return Listing.objects.filter(narrowed, register=register, entity__in=seen.values("pk"))
