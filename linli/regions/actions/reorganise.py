"""Move, merge and split divisions 区划调整: old rows are closed, new rows take over, grids and aliases follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import facts as journal
from linli.regions import facts
from linli.regions.actions import divisions as acts
from linli.regions.actions.grids import rehome_grid
from linli.regions.models import Division, Grid, PlaceAlias, Succession
from linli.regions.rules import codes
from linli.regions.rules.refusals import RegionRefusedError


@dataclass(frozen=True, slots=True)
class Part:
    """One successor of a split: its code and name, and the grids that go to it."""

    code: str
    name: str
    grid_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Change:
    kind: Succession.Kind
    day: date
    by: str
    now: datetime


@transaction.atomic
def move_division(*, division: Division, parent: Division, code: str, day: date, by: str, now: datetime) -> Division:
    """Put a community under another street, or a street under another county, with a new code; return the successor.

    What lies below moves along, with codes that start with the new one.
    """
    held = acts.locked_current(division)
    change = _Change(Succession.Kind.MOVE, day, by, now)
    acts.close_row(held, day=day)
    new = _successor(held, change, code=code, name=held.name, parent=parent)
    _take_over([held], [new], change)
    digits = codes.LENGTHS[held.level - 1]
    for child in held.children.filter(valid_to=None).order_by("code"):
        below = new.code[:digits] + child.code[digits:]
        move_division(division=child, parent=new, code=below, day=day, by=by, now=now)
    _contents_follow(held, new, change)
    return new


@transaction.atomic
def merge_divisions(
    *, divisions: Sequence[Division], code: str, name: str, day: date, by: str, now: datetime
) -> Division:
    """Merge divisions with the same parent and nothing below but grids; return the successor, which gets the grids.

    The code may be new or that of one of them.
    """
    held = [acts.locked_current(division) for division in sorted(divisions, key=lambda division: division.code)]
    _refuse_parts(held)
    if len({division.pk for division in held}) < 2 or len({division.parent_id for division in held}) > 1:  # noqa: PLR2004  a merger needs two
        raise RegionRefusedError(_("Choose at least two divisions with the same parent to merge; move others first."))
    change = _Change(Succession.Kind.MERGE, day, by, now)
    for old in held:
        acts.close_row(old, day=day)
    new = _successor(held[0], change, code=code, name=name, parent=held[0].parent)
    _take_over(held, [new], change)
    for old in held:
        _contents_follow(old, new, change)
    return new


@transaction.atomic
def split_division(*, division: Division, parts: Sequence[Part], day: date, by: str, now: datetime) -> list[Division]:
    """Split a division into new ones; return them. Every grid in use must be given to exactly one part.

    Aliases stay with the closed division until somebody says which part they lie in.
    """
    held = acts.locked_current(division)
    _refuse_parts([held])
    grids = {grid.pk: grid for grid in Grid.objects.filter(community=held, retired_at=None)}
    given = sorted(pk for part in parts for pk in part.grid_ids)
    if len(parts) < 2 or given != sorted(grids):  # noqa: PLR2004  a split needs two
        raise RegionRefusedError(_("Give at least two parts and give each grid in use to exactly one of them."))
    change = _Change(Succession.Kind.SPLIT, day, by, now)
    acts.close_row(held, day=day)
    made = [_successor(held, change, code=part.code, name=part.name, parent=held.parent) for part in parts]
    _take_over([held], made, change)
    for part, new in zip(parts, made, strict=True):
        for pk in sorted(part.grid_ids):
            rehome_grid(grid=grids[pk], community=new, by=by, now=now)
    return made


def _successor(held: Division, change: _Change, *, code: str, name: str, parent: Division | None) -> Division:
    alone = change.kind == Succession.Kind.MOVE
    new = acts.add_division(
        code=code,
        name=name,
        parent=parent,
        valid_from=change.day,
        source=held.source,
        boundary=held.boundary if alone else None,
        by=change.by,
        now=change.now,
    )
    if new.level != held.level:
        raise RegionRefusedError(
            _("The code %(code)s is not of the level of %(name)s; give one with as many digits.")
            % {"code": new.code, "name": held.name}
        )
    return new


def _take_over(held: Sequence[Division], made: Sequence[Division], change: _Change) -> None:
    Succession.objects.bulk_create(
        Succession(predecessor=old, successor=new, kind=change.kind, day=change.day, changed_by=change.by)
        for old in held
        for new in made
    )
    successors = tuple(new.pk for new in made)
    for old in held:
        journal.publish(
            facts.DivisionClosed(old.pk, successors, str(change.kind.value), change.day, change.by), now=change.now
        )


def _contents_follow(old: Division, new: Division, change: _Change) -> None:
    for grid in Grid.objects.filter(community=old, retired_at=None).order_by("code"):
        rehome_grid(grid=grid, community=new, by=change.by, now=change.now)
    known = PlaceAlias.objects.filter(division=new).values("name")
    PlaceAlias.objects.filter(division=old).exclude(name__in=known).update(division=new)
    acts.announce("aliases", "divisions")


def _refuse_parts(held: Sequence[Division]) -> None:
    for division in held:
        if division.children.filter(valid_to=None).exists():
            raise RegionRefusedError(
                _("%(name)s still has divisions below it; move those first.") % {"name": division.name}
            )
