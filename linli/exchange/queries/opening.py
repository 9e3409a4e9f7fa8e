"""What is public: the open list, its editions, and their description as DCAT."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from linli.accounts import api as accounts
from linli.exchange.models import Deidentified, Edition, OpenSet
from linli.exchange.queries.rising import risen_of
from linli.exchange.rules.rising import KNOWN_NO_MORE
from linli.regions import api as regions
from linli.registry import api as registry

DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "linli": "urn:linli:",  # DCAT has no word for a grade of GB/T 43697-2024: 1 to 4 general, 5 important, 6 core
}
PERIODS = {"month": "MONTHLY", "quarter": "QUARTERLY", "year": "ANNUAL"}
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"


def public_sets() -> "QuerySet[OpenSet]":
    """Return the data sets of the open list that have a published edition, with its version and time.

    One whose element has risen to a grade that may not be counted is public no more.
    """
    closed = [row.pk for row in OpenSet.objects.filter(ended_at=None) if risen_of(row).stops]
    last = Edition.objects.filter(of=OuterRef("pk"), published_at__isnull=False).order_by("-version")
    rows = OpenSet.objects.filter(ended_at=None).annotate(
        version=Subquery(last.values("version")[:1]), published_at=Subquery(last.values("published_at")[:1])
    )
    return rows.exclude(version=None).exclude(pk__in=closed).order_by("title", "id")


def public_editions(row: OpenSet) -> "QuerySet[Edition]":
    """Return the published editions of a data set, the newest first."""
    return Edition.objects.filter(of=row, published_at__isnull=False).order_by("-version")


def decisions_on(rows: Iterable[OpenSet], day: date) -> dict[UUID, Deidentified]:
    """Return the decisions that lower the grades of tables on a day, by table: the newest, while it lasts. One query.

    One whose element has risen since lowers nothing any more.
    """
    grades = {row.pk: _grade_of_element(row) for row in rows}
    last = {one.of_id: one for one in Deidentified.objects.filter(of__in=grades).order_by("decided_at")}
    return {key: one for key, one in last.items() if one.until >= day and grades[key] <= one.stood_on}


def grade_of_table(row: OpenSet, decision: Deidentified | None) -> int:
    """Return the grade of a public table: that of its element, unless a decision on de-identification lowers it."""
    return decision.grade if decision else _grade_of_element(row)


def _grade_of_element(row: OpenSet) -> int:
    element = registry.elements_of(row.kind).get(row.element)
    return element.grade if element else KNOWN_NO_MORE


def lines_of(edition: Edition, *, kept_back: str = "") -> list[list[Any]]:
    """Return an edition as a heading and lines; what is kept back is an empty cell, or what is given for it."""
    table = edition.table
    heads = ["area_code", "area", *(one["label"] for one in table["values"]), "total"]
    lines: list[list[Any]] = [heads]
    for area, cells, total in zip(table["areas"], table["cells"], table["row_totals"], strict=True):
        lines.append([area["code"], area["name"], *(kept_back if one is None else one for one in cells), total])
    lines.append(["", "", *table["column_totals"], sum(table["column_totals"])])
    return lines


def dcat_of(row: OpenSet, edition: Edition, *, address: str, grade: int) -> dict[str, Any]:
    """Return a data set as DCAT describes it (W3C DCAT 3). `address` is that of its page."""
    element = registry.elements_of(row.kind).get(row.element)
    published = edition.published_at
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": row.code,
        "dct:title": row.title,
        "dct:description": row.about,
        "dct:publisher": accounts.unit(row.unit_id).name,
        "dct:spatial": regions.division(row.division_id).name,
        "dct:accrualPeriodicity": {"@id": FREQUENCY + PERIODS[row.cycle]},
        "dct:issued": published.isoformat() if published else None,
        "dct:conformsTo": (element.standard if element else "") or None,
        "linli:grade": grade,
        "dcat:version": str(edition.version),
        "dcat:keyword": [element.label] if element else [],
        "dcat:distribution": [
            {"@type": "dcat:Distribution", "dcat:downloadURL": f"{address}.{form}?version={edition.version}",
             "dcat:mediaType": media}
            for form, media in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }  # fmt: skip
