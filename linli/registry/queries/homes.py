"""Where entities are: in the house they live in or are registered at, else in the area that sources name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.regions import api as regions
from linli.registry.models import Relation
from linli.registry.rules.kinds import HOMES, REGISTERED_AT

AREAS = ("county", "street", "community", "grid")


@dataclass(frozen=True, slots=True)
class Home:
    """A house by what a resident's record needs of it: its address and its area, the ids by level."""

    label: str = ""
    area: Mapping[str, int | None] = field(default_factory=dict)


def holding(on: date) -> Q:
    """Return the condition "holds on this day, as the base knows it now"."""
    return Q(retracted_at=None, valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def homes_of(ids: Iterable[UUID], *, on: date) -> dict[UUID, dict[str, Home]]:
    """Return for each entity the house by the kind of relation that ties it there; the latest of several."""
    found: dict[UUID, dict[str, Home]] = {}
    rows = Relation.objects.filter(holding(on), start_id__in=list(ids), bond__in=HOMES)
    columns = ["start_id", "bond", "end__label", *(f"end__{level}_id" for level in AREAS)]
    for row in rows.order_by("valid_from", "recorded_at").values_list(*columns):
        found.setdefault(row[0], {})[row[1]] = Home(row[2], dict(zip(AREAS, row[3:], strict=True)))
    return found


def residents_of(house_ids: Iterable[UUID], *, on: date) -> "QuerySet[Relation, Any]":
    """Return who is found through these houses, as rows of start_id and start__kind."""
    rows = Relation.objects.filter(holding(on), end_id__in=list(house_ids), bond__in=HOMES)
    return rows.values("start_id", "start__kind").distinct()


def areas_of(codes: Iterable[str]) -> dict[str, Home]:
    """Return the areas of division and grid codes; unknown ones are left out."""
    return {
        code: Home(area={level: getattr(place, f"{level}_id") for level in AREAS})
        for code, place in regions.places_of_codes(codes).items()
    }


def settled(
    homes: Mapping[str, Home], lives: Home | None, registered: Home | None, *, is_far: bool = False
) -> tuple[dict[str, int | None], str]:
    """Return the area columns of an entity and the address of its home.

    `homes` are its houses by relation, `lives` and `registered` the areas that sources name; `is_far` says that the
    area of registration is none that is known here.
    """
    home = next((homes[bond] for bond in HOMES if bond in homes and bond != REGISTERED_AT), None) or lives
    paper = homes.get(REGISTERED_AT) or registered
    main = home or paper or Home()
    columns = {f"{level}_id": main.area.get(level) for level in AREAS}
    elsewhere = paper if paper and paper.area.get("community") != main.area.get("community") else Home()
    columns |= {f"registered_{level}_id": elsewhere.area.get(level) for level in ("street", "community")}
    columns["is_apart"] = bool(elsewhere.area) or (home is not None and paper is None and is_far)
    return columns, main.label
