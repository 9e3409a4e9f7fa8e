"""What Open311 shows: the services are the matters in force, the requests those events that the asker may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import states
from linli.events.models import DutyList, Event, MatterItem, OpenMatter, Track
from linli.events.queries.rulebook import matters_in_force
from linli.events.queries.sight import events_seen_by
from linli.events.rules import open311
from linli.events.rules.open311_wire import moment
from linli.trust import api as trust

FUZZY = 3  # decimals of a degree: about 100 m
SHOWN_WITH = ("matter", "lead_unit", "street", "community")
Row = dict[str, Any]


def services() -> list[Row]:
    """Return the services: every matter of the duty list in force."""
    return [_service(matter) for matter in _matters().order_by("code")]


def attributes_of(service_code: str) -> list[open311.Attribute]:
    """Return the questions of a service. Raises RefusedError (404) where there is no such service."""
    return _attributes(_matter(service_code))


def definition(service_code: str) -> Row:
    """Return the definition of a service. Raises RefusedError (404) where there is no such service."""
    asked = [_asked(one, order) for order, one in enumerate(attributes_of(service_code), start=1)]
    return {"service_code": service_code, "attributes": asked}


def service_name(service_code: str) -> str:
    """Return what a service is called. Raises RefusedError (404) where there is no such service."""
    return _matter(service_code).name


def changed_at() -> datetime | None:
    """Return since when the services are as they are now."""
    in_force = DutyList.objects.filter(pk__in={duty.duty_list_id for duty in matters_in_force()})
    return in_force.values_list("in_force_from", flat=True).first()


def requests(actor: accounts.Actor, wanted: open311.Wanted) -> list[Row]:
    """Return the requests that are asked for and that the asker may see, the newest first."""
    rows = _narrowed(_readable(actor), wanted).select_related(*SHOWN_WITH).order_by("-reported_at", "-id")
    start = (wanted.page - 1) * wanted.page_size
    return [_request(event) for event in rows[start : start + wanted.page_size]]


def request(actor: accounts.Actor, number: str) -> list[Row]:
    """Return one request. Raises RefusedError (404) where the asker may not know of it."""
    found = requests(actor, open311.Wanted(numbers=(number,)))
    if not found:
        raise open311.RefusedError(open311.Problem(open311.NOT_FOUND, _("There is no such service_request_id.")))
    return found


def number_of_token(token: str) -> str:
    """Return the number behind a token, the id of an event that came by Open311. Raises RefusedError (404)."""
    rows = Event.objects.filter(channel=open311.CHANNEL)
    event_id = _uuid(token)
    number = rows.filter(pk=event_id).values_list("number", flat=True).first() if event_id else None
    if number is None:
        raise open311.RefusedError(open311.Problem(open311.NOT_FOUND, _("There is no such token.")))
    return number


def open_matters(codes: Sequence[str] = ()) -> "QuerySet[OpenMatter]":
    """Return the matters that are open to the public now, all or those with these codes."""
    rows = OpenMatter.objects.filter(until=None).order_by("matter_code")
    return rows.filter(matter_code__in=codes) if codes else rows


def _uuid(token: str) -> UUID | None:
    try:
        return UUID(token)
    except ValueError:
        return None


def _readable(actor: accounts.Actor) -> "QuerySet[Event]":
    """Return what may be read, annotated: `whole` with its redacted text, `exact` with its exact place.

    Everybody may read the events of open matters, and of every event that came by Open311 how far it is. A key sees as
    well what its holder sees, and whole what it reported itself.
    """
    opened = OpenMatter.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("reported_at")),
        matter_code=OuterRef("matter__code"), since__lte=OuterRef("reported_at"),
    )  # fmt: skip
    known: Combinable | Q = Q(pk=None)
    if actor.is_known:
        own = Track.objects.filter(event_id=OuterRef("pk"), step="report", by_id=actor.person_id)
        known = Q(pk__in=events_seen_by(actor).values("pk")) | (Q(channel=open311.CHANNEL) & Exists(own))
    whole, exact = known | Exists(opened), known | Exists(opened.filter(exact_place=True))
    rows = Event.objects.filter(whole | Q(channel=open311.CHANNEL))
    return rows.annotate(whole=_flag(whole), exact=_flag(exact), moved_at=_moved_at())


def _flag(condition: Combinable | Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _moved_at() -> Subquery:
    return Subquery(Track.objects.filter(event_id=OuterRef("pk")).order_by("-id").values("at")[:1])


def _narrowed(rows: "QuerySet[Event]", wanted: open311.Wanted) -> "QuerySet[Event]":
    if wanted.numbers:
        return rows.filter(number__in=wanted.numbers)
    rows = rows.filter(reported_at__range=(wanted.since, wanted.until), matter__isnull=False)
    if wanted.service_codes:
        rows = rows.filter(matter__code__in=wanted.service_codes)
    if wanted.statuses == {"closed"}:
        return rows.filter(state__in=states.FINAL)
    return rows.exclude(state__in=states.FINAL) if wanted.statuses == {"open"} else rows


def _request(event: Any) -> Row:
    """Return one request as the standard has it; `event` carries the marks of `_readable`."""
    ended = open311.status_of(event.state) == "closed"
    whole, exact = event.whole, event.whole and event.exact
    return {
        "service_request_id": event.number,
        "status": open311.status_of(event.state),
        "status_notes": _notes(event, whole=whole),
        "service_name": event.matter.name if event.matter else None,
        "service_code": event.matter.code if event.matter else None,
        "description": event.text if whole else None,
        "agency_responsible": event.lead_unit.name,
        "service_notice": None,
        "requested_datetime": moment(event.reported_at),
        "updated_datetime": moment(event.closed_at if ended and event.closed_at else event.moved_at),
        "expected_datetime": None if ended else moment(event.handle_due),
        "address": trust.redact(event.address) if exact and event.address else _area(event),
        "address_id": event.community.code if event.community else None,
        "zipcode": None,
        "lat": _degrees(event.lat, whole=whole, exact=exact),
        "long": _degrees(event.lng, whole=whole, exact=exact),
        "media_url": None,
    }


def _notes(event: Event, *, whole: bool) -> str:
    """Return the state in words; of what has ended the reason, and the answer where the text may be read too."""
    state = str(states.LABELS[event.state])
    if not event.close_reason:
        return state
    said = f"{state}: {Event.CloseReason(event.close_reason).label}"
    return f"{said}\n{trust.redact_public(event.public_answer)}" if whole and event.public_answer else said


def _area(event: Event) -> str | None:
    return " ".join(part.name for part in (event.street, event.community) if part) or None


def _degrees(value: float | None, *, whole: bool, exact: bool) -> float | None:
    if value is None or not whole:
        return None
    return round(value, 6) if exact else round(value, FUZZY)


def _matters() -> "QuerySet[MatterItem]":
    return MatterItem.objects.filter(pk__in=[duty.id for duty in matters_in_force()])


def _matter(service_code: str) -> MatterItem:
    matter = _matters().filter(code=service_code).first()
    if matter is None:
        raise open311.RefusedError(open311.Problem(open311.NOT_FOUND, _("There is no such service_code.")))
    return matter


def _service(matter: MatterItem) -> Row:
    return {
        "service_code": matter.code,
        "service_name": matter.name,
        "description": matter.description or " / ".join(matter.class_path),
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(matter.keywords),
        "group": matter.class_path[0] if matter.class_path else "",
    }


def _attributes(matter: MatterItem) -> list[open311.Attribute]:
    unit = MatterItem.TimeUnit(matter.handle_unit).label
    limit = _("Accepted within %(accept)s working hours, handled within %(limit)s %(unit)s.") % {
        "accept": matter.accept_hours, "limit": matter.handle_limit, "unit": unit,
    }  # fmt: skip
    natures = {code: str(label) for code, label in open311.NATURES.items()}
    return [
        open311.Attribute("limits", "string", limit, asks=False),
        open311.Attribute("nature", "singlevaluelist", _("What do you wish?"), values=natures),
        open311.Attribute("seen_at", "datetime", _("When did it happen?"), hint="2026-06-03T14:20:00+08:00"),
    ]


def _asked(one: open311.Attribute, order: int) -> Row:
    asked: Row = {
        "variable": one.asks,
        "code": one.code,
        "datatype": one.datatype,
        "required": one.required,
        "datatype_description": one.hint or None,
        "order": order,
        "description": one.description,
    }
    if one.values is not None:
        asked["values"] = [{"key": key, "name": name} for key, name in one.values.items()]
    return asked
