"""Open data 开放数据: a set is described, an edition counted and protected, looked at, published; firms give back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.models import Edition, FirmSource, OpenSet
from linli.exchange.queries.rising import ground, risen_of
from linli.exchange.rules import wording
from linli.exchange.rules.sharing_refusals import RefusedError, TermsRefusedError
from linli.exchange.rules.suppression import OTHER, Protected, TooSmallError, protect
from linli.kernel import facts as journal
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust

PUBLISH, PURPOSE = "exchange.publish", "exchange.opening"
LEAST_OF_ALL = 5  # a county may ask for more people in a cell, never for fewer


@dataclass(frozen=True, slots=True)
class Described:
    """What a data set is: its title, what it says, what is counted, by which areas, from how many people on."""

    title: str
    about: str
    kind: str
    element: str
    by: str
    division_id: int
    least: int = 10
    cycle: str = "year"


@dataclass(frozen=True, slots=True)
class Contract:
    """Under which contract, for which purpose and how long a firm gives data back."""

    firm: str
    number: str
    purpose: str
    starts_on: date
    ends_on: date


@transaction.atomic
def describe_set(*, described: Described, by: accounts.Actor, now: datetime) -> OpenSet:
    """Describe a data set; nothing is public before an edition is published. Raises NotAllowed, TermsRefusedError."""
    held = _held(by, described.division_id)
    element = registry.elements_of(described.kind).get(described.element)
    if element is None or not registry.can_be_counted(element):
        raise TermsRefusedError("element", _("Only codes, yes or no, and ages are counted, and nothing sensitive."))
    if described.least < LEAST_OF_ALL:
        raise TermsRefusedError("least", _("Fewer than five people in a cell are never published."))
    code = slugify(f"{described.kind}-{described.element}-{described.by}".replace("_", "-"))
    version = OpenSet.objects.filter(code__startswith=code).count()
    row = OpenSet(
        code=f"{code}-{version + 1}" if version else code, title=described.title, about=described.about,
        kind=described.kind, element=described.element, by=described.by, division_id=described.division_id,
        least=described.least, cycle=described.cycle, unit_id=held.unit_id, made_at=now,
    )  # fmt: skip
    row.stands_on = ground(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise TermsRefusedError("element", _("This element is published already; one table for each.")) from error
    note_set("describe", row, by, now)
    return row


@transaction.atomic
def count_edition(*, set_id: UUID, by: accounts.Actor, now: datetime) -> Edition:
    """Count the next edition and keep back its small cells; somebody looks at it before it is public.

    Raises NotAllowed, Hidden, RefusedError.
    """
    row = _as_graded(locked_set(set_id, by))
    element = registry.elements_of(row.kind)[row.element]
    local = timezone.localtime(now)
    counts = registry.counted(element=element, division_id=row.division_id, by=row.by, today=local)
    named = {(str(area), value): n for (area, value), n in counts.items()}
    try:
        table = _table(protect(named, least=row.least), element)
    except TooSmallError as small:
        raise RefusedError(_("There are too few people to publish anything of it.")) from small
    last = row.editions.order_by("-version").first()
    if last is not None and last.published_at is None:
        last.delete()  # it was never public
    version = Edition.objects.filter(of=row).count() + 1
    edition = Edition.objects.create(
        of=row, version=version, table=table, kept_back=sum(cell is None for line in table["cells"] for cell in line),
        made_at=now, made_by_id=by.person_id,
    )  # fmt: skip
    note_set("count", row, by, now)
    return edition


@transaction.atomic
def publish_edition(*, edition_id: UUID, by: accounts.Actor, now: datetime) -> Edition:
    """Publish an edition that was looked at; it stays as it is. Raises NotAllowed, Hidden, RefusedError."""
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise trust.Hidden(PUBLISH)
    row = _as_graded(locked_set(edition.of_id, by))
    if edition.published_at is not None:
        raise RefusedError(_("This edition is public already."))
    edition.published_at, edition.published_by_id = now, by.person_id
    edition.save(update_fields=["published_at", "published_by"])
    note_set("publish", row, by, now)
    journal.publish(facts.EditionPublished(row.pk, row.code, edition.version), now=now)
    return edition


@transaction.atomic
def end_set(*, set_id: UUID, by: accounts.Actor, now: datetime) -> None:
    """Take a data set off the public list; its editions are kept. Raises NotAllowed, Hidden."""
    row = locked_set(set_id, by)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    note_set("end", row, by, now)


@transaction.atomic
def register_firm(*, contract: Contract, unit_id: int, by: accounts.Actor, now: datetime) -> FirmSource:
    """Let a firm be a source like the others, under its contract. Raises NotAllowed, TermsRefusedError."""
    trust.require(by, PUBLISH)
    if contract.ends_on < contract.starts_on:
        raise TermsRefusedError("ends_on", _("The period ends before it begins."))
    if FirmSource.objects.filter(contract=contract.number).exists():
        raise TermsRefusedError("number", _("There is a source under this contract already."))
    row = FirmSource(
        firm=contract.firm, contract=contract.number, purpose=contract.purpose, starts_on=contract.starts_on,
        ends_on=contract.ends_on, unit_id=unit_id, made_at=now,
    )  # fmt: skip
    source = registry.register_source(code=f"firm:{row.pk.hex[-20:]}", name=contract.firm, department="", now=now)
    row.source_id = source.pk
    row.save(force_insert=True)
    trust.record(
        by=by, action="exchange.firm", purpose=PURPOSE, subjects=[], object_kind="firm_source", object_id=row.pk,
        case=contract.number, elements=["exchange.state"], now=now,
    )  # fmt: skip
    return row


def _held(by: accounts.Actor, division_id: int) -> accounts.ActorHolding:
    """Return the post in which somebody publishes about an area."""
    for held in by.holdings_with(PUBLISH):
        if division_id in regions.descendants(held.division_id):
            return held
    raise trust.NotAllowed(PUBLISH)


def locked_set(set_id: UUID, by: accounts.Actor) -> OpenSet:
    """Return a data set, locked, to somebody who publishes it. Raises Hidden, NotAllowed."""
    row = OpenSet.objects.select_for_update().filter(pk=set_id).first()
    if row is None:
        raise trust.Hidden(PUBLISH)
    trust.require(by, PUBLISH, row)
    return row


def _as_graded(row: OpenSet) -> OpenSet:
    """Return the data set where its element still has the grade it was described on. Raises RefusedError."""
    if risen_of(row).stops:
        raise RefusedError(_("The grade of its element has risen: it is public no more and can't be counted."))
    return row


def _table(protected: Protected, element: registry.ElementInfo) -> dict[str, Any]:
    """Return the table as it is kept and handed out: areas with code and name, values with code and words."""
    return {
        "areas": [_area(one) for one in protected.rows],
        "values": [{"code": one, "label": _words(element, one)} for one in protected.columns],
        "cells": [list(line) for line in protected.cells],
        "row_totals": list(protected.row_totals),
        "column_totals": list(protected.column_totals),
    }


def _area(key: str) -> dict[str, str]:
    if key == OTHER:
        return {"code": "", "name": str(wording.OTHER)}
    division = regions.division(int(key))
    return {"code": division.code, "name": division.name}


def _words(element: registry.ElementInfo, value: str) -> str:
    if value == "":
        return str(wording.UNKNOWN)
    if value == OTHER:
        return str(wording.OTHERS)
    if element.type == "flag":
        return registry.in_words(kind=element.kind, code=element.code, value=value == "true")
    if element.code == "birth_date":
        return str(_("%(band)s years") % {"band": value})
    return registry.in_words(kind=element.kind, code=element.code, value=value)


def note_set(step: str, row: OpenSet, by: accounts.Actor, now: datetime) -> None:
    """Enter a step in the life of a data set into the ledger."""
    trust.record(
        by=by, action=f"exchange.{step}", purpose=PURPOSE, subjects=[], object_kind="openset", object_id=row.pk,
        case=row.code, elements=[f"{row.kind}.{row.element}"], now=now,
    )  # fmt: skip
