"""The versions of the standards: where each stands, the cells that nobody owns, and what differs from another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from linli.events.models import AreaDuty, DispatchRule, DutyList, Enforcement, MatterItem
from linli.events.queries.placing import where_of
from linli.events.queries.rulebook import book_of, find_unit, home_centre
from linli.events.rules.dispatch import CENTRE, Where, exception
from linli.regions import api as regions

COMMUNITY = 5
BY_PLACE = {"street", "community", CENTRE}
NOT_COMPARED = {"id", "duty_list_id", "place"}


@dataclass(frozen=True)
class Version:
    """One version and where it stands: draft, planned, in_force or past; `begins_at` is its last or next begin."""

    duty_list: DutyList
    standing: str
    begins_at: datetime | None
    enforcement: Enforcement | None


@dataclass(frozen=True)
class Hole:
    """A matter that nobody leads in some areas. `falls_to` takes it there; `areas` are the names of all of them."""

    code: str
    matter: str
    role: str
    areas: Sequence[str]
    falls_to: str


@dataclass(frozen=True)
class Change:
    """What differs between two versions: a matter, an area duty or a rule was added, removed or changed.

    `fields` are (field, before, after).
    """

    kind: str
    what: str
    key: str
    name: str
    fields: Sequence[tuple[str, Any, Any]] = ()


def versions(*, now: datetime) -> list[Version]:
    """Return all versions, the newest first, each with where it stands at `now`."""
    rows = list(DutyList.objects.select_related("made_by", "base").annotate(matters=Count("items")).order_by("-number"))
    kept: dict[int, list[Enforcement]] = {}
    for one in Enforcement.objects.filter(cancelled_at=None).order_by("begins_at", "id"):
        kept.setdefault(one.duty_list_id, []).append(one)
    begun = [one for some in kept.values() for one in some if one.begins_at <= now]
    holding = max(begun, key=lambda one: (one.begins_at, one.pk), default=None)
    return [_version(row, kept.get(row.pk, []), holding, now) for row in rows]


def items_of(duty_list: DutyList) -> "QuerySet[MatterItem]":
    """Return the matters of a version in the order of its manual."""
    return MatterItem.objects.filter(duty_list=duty_list).order_by("place", "id")


def holes(duty_list: DutyList) -> list[Hole]:
    """Return the matter and area cells that nobody owns: the lead is missing, so the fallback or the centre has it.

    Areas are the communities that belong to the county of this node.
    """
    book, areas = book_of(duty_list), _communities()
    known: dict[tuple[str, Where], tuple[int, str] | None] = {}

    def find(role: str, where: Where) -> tuple[int, str] | None:
        place = where if role in BY_PLACE else Where()
        if (role, place) not in known:
            known[role, place] = find_unit(role, where)
        return known[role, place]

    found = []
    for duty in book.duties.values():
        empty: dict[tuple[str, str], list[str]] = {}
        for name, where in areas:
            role = exception(duty, where, book.exceptions) or duty.lead
            if find(role, where) is None:
                owner = find(duty.fallback, where) or find(CENTRE, where)
                empty.setdefault((role, owner[1] if owner else ""), []).append(name)
        found += [Hole(duty.code, duty.name, role, names, owner) for (role, owner), names in empty.items()]
    return found


def area_count() -> int:
    """Return how many communities the county of this node has."""
    return len(_communities())


def differences(before: DutyList | None, after: DutyList) -> list[Change]:
    """Return what `after` says otherwise than `before`."""
    return [
        *_compared("matter", _matters(before), _matters(after)),
        *_compared("area", _areas(before), _areas(after)),
        *_compared("rule", _rules(before), _rules(after)),
    ]


def _version(row: DutyList, own: Sequence[Enforcement], holding: Enforcement | None, now: datetime) -> Version:
    planned = next((one for one in own if one.begins_at > now), None)
    if holding and holding.duty_list_id == row.pk:
        return Version(row, "in_force", holding.begins_at, holding)
    if planned:
        return Version(row, "planned", planned.begins_at, planned)
    return Version(row, "past" if own else "draft", own[-1].begins_at if own else None, own[-1] if own else None)


def _communities() -> list[tuple[str, Where]]:
    centre = home_centre()
    if centre is None:
        return []
    places = (regions.division(one) for one in regions.descendants(centre.division_id))
    leaves = sorted((one for one in places if one.level == COMMUNITY and one.is_current), key=lambda one: one.code)
    return [(one.name, where_of(one.id)) for one in leaves]


def _matters(duty_list: DutyList | None) -> dict[str, tuple[str, dict[str, Any]]]:
    rows = items_of(duty_list).values() if duty_list else ()
    return {row["code"]: (row["name"], {k: v for k, v in row.items() if k not in NOT_COMPARED}) for row in rows}


def _areas(duty_list: DutyList | None) -> dict[str, tuple[str, dict[str, Any]]]:
    rows = AreaDuty.objects.filter(duty_list=duty_list).order_by("matter_code", "division_id") if duty_list else ()
    return {
        f"{row.matter_code} {row.division_id}": (
            f"{row.matter_code} {regions.division(row.division_id).name}",
            {"lead": row.lead},
        )
        for row in rows
    }


def _rules(duty_list: DutyList | None) -> dict[str, tuple[str, dict[str, Any]]]:
    rows = DispatchRule.objects.filter(duty_list=duty_list) if duty_list else ()
    return {
        row.name: (row.name, {"target": row.target, "note": row.note, "place": row.place, **row.conditions})
        for row in rows
    }


def _compared(
    what: str, before: Mapping[str, tuple[str, dict[str, Any]]], after: Mapping[str, tuple[str, dict[str, Any]]]
) -> Iterator[Change]:
    for key, (name, says) in after.items():
        said = before[key][1] if key in before else None
        if said is None:
            yield Change("added", what, key, name)
        elif fields := [(f, said.get(f), says.get(f)) for f in {**said, **says} if said.get(f) != says.get(f)]:
            yield Change("changed", what, key, name, fields)
    for key, (name, _says) in before.items():
        if key not in after:
            yield Change("removed", what, key, name)
