"""Words of the catalogue 政务信息资源目录, how late a data set is, and its entry as DCAT.

Sharing kinds, openness and update cycles are those of the guide to compiling the catalogue (core metadata after
GB/T 21063.3). The days within which each cycle must bring something are the project's: the cycle and a half of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

SHARING = {
    "unconditional": _("shared without condition"),
    "conditional": _("shared on condition"),
    "none": _("not shared"),
}
OPEN = {"yes": _("open to the public"), "condition": _("open on condition"), "no": _("not open")}
CYCLES = {
    "realtime": _("at once"),
    "daily": _("daily"),
    "weekly": _("weekly"),
    "monthly": _("monthly"),
    "quarterly": _("quarterly"),
    "yearly": _("yearly"),
    "other": _("irregularly"),
}
CYCLE_DAYS = {"realtime": 1, "daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
GRACE = 1.5
_FREQUENCY = {
    "realtime": "CONT", "daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "quarterly": "QUARTERLY",
    "yearly": "ANNUAL", "other": "IRREG",
}  # fmt: skip
_EU = "http://publications.europa.eu/resource/authority/frequency/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One data set as the catalogue tells of it. `fields` are (name, type) pairs, `grade` is that of the highest."""

    code: str
    name: str
    abstract: str
    category: str
    provider: str
    sharing: str
    condition: str
    openness: str
    cycle: str
    media_type: str
    modified: datetime | None
    fields: Sequence[tuple[str, str]]
    grade: int


def due_by(cycle: str, good_at: datetime) -> datetime | None:
    """Return until when the next good run is expected; None for what comes irregularly."""
    days = CYCLE_DAYS.get(cycle)
    return good_at + timedelta(days=days * GRACE) if days else None


def within_cycle(cycle: str, observed_at: datetime, now: datetime) -> bool:
    """Return whether something observed then is still of the present cycle."""
    due = due_by(cycle, observed_at)
    return due is None or now <= due


def dcat(entries: Sequence[Entry], *, title: str, home: str) -> dict[str, Any]:
    """Return the catalogue as JSON-LD after W3C DCAT 3. `home` is the address of the node."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "csvw": "http://www.w3.org/ns/csvw#",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "linli": "urn:linli:",
        },
        "@type": "dcat:Catalog",
        "@id": f"{home}/catalogue",
        "dct:title": title,
        "dcat:dataset": [_dataset(one, home) for one in entries],
    }


def _dataset(one: Entry, home: str) -> Mapping[str, Any]:
    told = {
        "@type": "dcat:Dataset",
        "@id": f"{home}/catalogue/{one.code}",
        "dct:identifier": one.code,
        "dct:title": one.name,
        "dct:description": one.abstract,
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": one.provider},
        "dct:accrualPeriodicity": {"@id": _EU + _FREQUENCY[one.cycle]},
        "dct:accessRights": str(SHARING[one.sharing]),
        "linli:grade": one.grade,
        "dct:conditionsOfAccess": one.condition,
        "dcat:theme": one.category,
        "dcat:distribution": {
            "@type": "dcat:Distribution",
            "dcat:mediaType": one.media_type,
            "csvw:tableSchema": {
                "csvw:column": [{"csvw:name": name, "csvw:datatype": kind} for name, kind in one.fields]
            },
        },
    }
    if one.modified:
        told["dct:modified"] = one.modified.isoformat()
    return told
