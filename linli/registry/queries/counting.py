"""Counts by area and value, and how old what is known is: numbers only, nobody in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count
from django.db.models.fields.json import KT

from linli.regions import api as regions
from linli.registry.models import Entity
from linli.registry.rules.conditions import BIRTH
from linli.registry.rules.dates import age_on
from linli.registry.rules.elements import OWN_PERMISSION, ElementInfo

AREAS = {"street": "street_id", "community": "community_id"}
BANDS = ((0, 14), (15, 59), (60, 69), (70, 79), (80, 150))  # children, of working age, and the old by tens of years
SAMPLE = 2000

_AGES = """
WITH few AS (SELECT id, origins FROM registry_entity WHERE kind = %(kind)s AND county_id = ANY(%(areas)s) LIMIT %(n)s),
said AS (SELECT (origin.key)::uuid AS record, code.value AS element FROM few, jsonb_each(few.origins) AS origin,
         jsonb_array_elements_text(origin.value) AS code)
SELECT said.element, source.name, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM %(now)s - record.confirmed_at)) / 86400
FROM said JOIN registry_sourcerecord record ON record.id = said.record
JOIN registry_source source ON source.code = record.source_id
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class DataAge:
    """How old one element is where one source is believed: how many values, and the median of their age in days."""

    element: str
    source: str
    count: int
    median_days: float


def can_be_counted(element: ElementInfo) -> bool:
    """Tell whether counts of an element may be asked for: a code, yes or no, the age; nothing of grade 4."""
    countable = element.type in {"code", "flag"} or element.code == BIRTH
    return countable and element.grade < OWN_PERMISSION and not element.is_sealed


def counted(*, element: ElementInfo, division_id: int, by: str, today: datetime) -> dict[tuple[int, str], int]:
    """Return how many entities each area of a division has with each value ("" for not known); ages are in bands.

    `by` is street or community. One query. Raises ValueError where the element cannot be counted.
    """
    if not can_be_counted(element):
        raise ValueError(f"{element.code} cannot be counted.")
    field = AREAS[by]
    here = {f"{field}__in": regions.descendants(division_id)}  # where they live, not where they are registered
    rows = Entity.objects.filter(kind=element.kind, **here).order_by()
    values = rows.annotate(said=KT(f"attributes__{element.code}")).values_list(field, "said").annotate(n=Count("id"))
    found: dict[tuple[int, str], int] = {}
    for area, said, n in values:
        key = (area, band_of(said, today) if element.code == BIRTH else said or "")
        found[key] = found.get(key, 0) + n
    return found


def band_of(born: str | None, today: datetime) -> str:
    """Return the band of ages somebody is in, such as 60-69; "" where the birth date is not known."""
    if not born:
        return ""
    age = age_on(datetime.fromisoformat(born).date(), today.date())
    return next((f"{low}-{high}" for low, high in BANDS if low <= age <= high), "")


def ages_of(*, kind: str, county_ids: Iterable[int], now: datetime) -> list[DataAge]:
    """Return the age of each element by the source it is believed from, of at most 2,000 entities of these counties."""
    with connection.cursor() as cursor:
        cursor.execute(_AGES, {"kind": kind, "areas": list(county_ids), "n": SAMPLE, "now": now})
        return [DataAge(element, source, n, float(days)) for element, source, n, days in cursor.fetchall()]
