"""Draw, change and retire grids 网格. Every state is kept as a version; overlaps are reported, not refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import facts
from linli.regions.actions.divisions import checked_boundary, checked_name, locked_current
from linli.regions.models import Division, Grid, GridVersion
from linli.regions.rules import codes
from linli.regions.rules.geometry import Overlap, overlaps, read_boundary
from linli.regions.rules.refusals import RegionRefusedError

Kind = GridVersion.Kind


@dataclass(frozen=True, slots=True)
class DrawnGrid:
    """A grid and the other grids it overlaps by more than 1 m2 (`key` is their code), the largest overlap first."""

    grid: Grid
    overlaps: list[Overlap]


@transaction.atomic
def draw_grid(*, community: Division, name: str, boundary: object = None, by: str, now: datetime) -> DrawnGrid:
    """Draw a new grid in a community. Its code is the community's and the next serial that was never used there."""
    held = locked_current(community)
    if held.level != Division.Level.COMMUNITY:
        raise RegionRefusedError(_("%(name)s is not a community; draw the grid in one.") % {"name": held.name})
    clean = checked_boundary(boundary) if boundary else None
    grid = Grid(community=held, code=_next_code(held), name=checked_name(name), boundary=clean)
    grid.save(force_insert=True)
    _keep(grid, Kind.DRAWN, by=by, now=now)
    journal.publish(facts.GridDrawn(grid.pk, held.pk, grid.code, by), now=now)
    return DrawnGrid(grid, overlapping_grids(grid))


@transaction.atomic
def change_grid(*, grid: Grid, name: str | None = None, boundary: object = None, by: str, now: datetime) -> DrawnGrid:
    """Give the grid a new name or boundary; what is None stays."""
    held = _locked(grid)
    held.name = held.name if name is None else checked_name(name)
    held.boundary = held.boundary if boundary is None else checked_boundary(boundary)
    held.save(update_fields=["name", "boundary"])
    _keep(held, Kind.CHANGED, by=by, now=now)
    journal.publish(facts.GridChanged(held.pk, held.community_id, held.code, by), now=now)
    return DrawnGrid(held, overlapping_grids(held))


@transaction.atomic
def retire_grid(*, grid: Grid, by: str, now: datetime) -> Grid:
    """Take the grid out of use; its code is never given again."""
    held = _locked(grid)
    held.retired_at = now
    held.save(update_fields=["retired_at"])
    _keep(held, Kind.RETIRED, by=by, now=now)
    journal.publish(facts.GridRetired(held.pk, held.community_id, held.code, by), now=now)
    return held


@transaction.atomic
def rehome_grid(*, grid: Grid, community: Division, by: str, now: datetime) -> Grid:
    """Put the grid into another community, with a code of that community; its id, name and boundary stay."""
    held = _locked(grid)
    held.community = locked_current(community)
    held.code = _code_like(held.code, held.community)
    held.save(update_fields=["community", "code"])
    _keep(held, Kind.REHOMED, by=by, now=now)
    journal.publish(facts.GridChanged(held.pk, community.pk, held.code, by), now=now)
    return held


def overlapping_grids(grid: Grid) -> list[Overlap]:
    """Return which grids in use the grid overlaps."""
    if not grid.boundary:
        return []
    others = Grid.objects.filter(retired_at=None).exclude(boundary=None).exclude(pk=grid.pk)
    shapes = [(code, read_boundary(boundary)) for code, boundary in others.values_list("code", "boundary")]
    return overlaps(read_boundary(grid.boundary), shapes)


def version_of(grid: Grid, kind: str, *, by: str, now: datetime) -> GridVersion:
    """Return the (unsaved) version that keeps the grid as it is now."""
    kept: dict[str, Any] = {name: getattr(grid, name) for name in ("community_id", "code", "name", "boundary")}
    return GridVersion(grid=grid, kind=kind, changed_by=by, changed_at=now, **kept)


def _keep(grid: Grid, kind: str, *, by: str, now: datetime) -> None:
    version_of(grid, kind, by=by, now=now).save(force_insert=True)
    kernel.bump("grids")


def _locked(grid: Grid) -> Grid:
    held = Grid.objects.select_for_update().get(pk=grid.pk)
    if held.retired_at is not None:
        raise RegionRefusedError(_("The grid %(name)s is no longer in use; choose another.") % {"name": held.name})
    return held


def _next_code(community: Division) -> str:
    used = GridVersion.objects.filter(code__startswith=community.code).values_list("code", flat=True)
    serial = max((codes.grid_serial(code) for code in used), default=0) + 1
    if serial > codes.MAX_SERIAL:
        raise RegionRefusedError(
            _("%(name)s has used all 999 grid numbers; divide the community first.") % {"name": community.name}
        )
    return codes.grid_code(community.code, serial)


def _code_like(code: str, community: Division) -> str:
    """Return the grid's serial under the community's code if it was never used there, else the next one."""
    wanted = codes.grid_code(community.code, codes.grid_serial(code))
    taken = GridVersion.objects.filter(code=wanted).exists() and wanted != code
    return _next_code(community) if taken else wanted
