"""Impact assessments: which hold on a day, the versions of one, and what needs one and has none."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.models import Device, ImpactAssessment
from linli.trust.queries.activities import newest_of, register_on
from linli.trust.queries.askers import askings_today
from linli.trust.rules.assessments import STOP, reasons_of
from linli.trust.states import devices as states

Sort = ImpactAssessment.Sort
Subject = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """What needs an assessment and has none that holds: its sort, code, name, and why it needs one."""

    sort: str
    subject: str
    label: str | Promise
    why: tuple[str | Promise, ...]


def holding(day: date, *, sort: str, subjects: Collection[str] | None = None) -> dict[str, ImpactAssessment]:
    """Return the newest assessment of each subject where it holds on the day and does not say no. One query."""
    rows = ImpactAssessment.objects.filter(sort=sort)
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    newest = rows.order_by("subject", "-version").distinct("subject")
    return {row.subject: row for row in newest if row.valid_until >= day and row.conclusion != STOP}


def newest_assessments() -> list[ImpactAssessment]:
    """Return the newest version of each, what ends first on top. One query."""
    rows = ImpactAssessment.objects.order_by("sort", "subject", "-version").distinct("sort", "subject")
    return sorted(rows.select_related("unit", "made_by"), key=lambda row: (row.valid_until, row.subject))


def assessment(assessment_id: UUID) -> ImpactAssessment | None:
    """Return one version."""
    return ImpactAssessment.objects.select_related("unit", "made_by").filter(pk=assessment_id).first()


def versions_of(sort: str, subject: str) -> list[ImpactAssessment]:
    """Return every version of one, the newest first."""
    rows = ImpactAssessment.objects.filter(sort=sort, subject=subject).select_related("made_by")
    return list(rows.order_by("-version"))


def names_of(subjects: Collection[Subject]) -> dict[Subject, str]:
    """Return what is assessed in words, by (sort, subject). One query for all devices."""
    numbers = [subject for sort, subject in subjects if sort == Sort.DEVICE]
    devices = dict(Device.objects.filter(number__in=numbers).values_list("number", "name")) if numbers else {}
    return {(sort, subject): _name(sort, subject, devices) for sort, subject in subjects}


def missing_assessments(day: date) -> list[Missing]:
    """Return what needs an assessment and has none that holds: activities first, then devices. Some fixed queries."""
    return [*_activities(day), *_devices(day)]


def _name(sort: str, subject: str, devices: Mapping[str, str]) -> str:
    if sort == Sort.DEVICE:
        return f"{devices[subject]} {subject}" if subject in devices else subject
    found = newest_of(subject) if sort == Sort.ACTIVITY else None
    return str(found.name) if found else subject


def _activities(day: date) -> Iterable[Missing]:
    there, asked = holding(day, sort=Sort.ACTIVITY), _sensitive_by_activity(day)
    for code, one in register_on(day).items():
        why = reasons_of(one, sensitive=asked.get(code, ()))
        if why and code not in there:
            yield Missing(Sort.ACTIVITY, code, one.name, why)


def _devices(day: date) -> Iterable[Missing]:
    there = holding(day, sort=Sort.DEVICE)
    rows = Device.objects.filter(reads_body=True).exclude(state=states.REMOVED).order_by("number")
    for number, name in rows.values_list("number", "name"):
        if number not in there:
            yield Missing(Sort.DEVICE, number, name, (_("it reads bodies"),))


def _sensitive_by_activity(day: date) -> Mapping[str, list[str]]:
    """Return what sensitive things are asked for each activity. A device has an assessment of its own."""
    found: dict[str, list[str]] = {}
    for asking in askings_today(day):
        words = [str(one.label) for one in asking.elements if one.is_sensitive]
        if asking.activity and words and asking.kind != "device":
            kept = found.setdefault(asking.activity, [])
            kept.extend(word for word in words if word not in kept)
    return found
