"""Add, rename and abolish divisions of the tree."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.regions import facts
from linli.regions.models import Division, FormerName, Grid
from linli.regions.rules import codes
from linli.regions.rules.geometry import BadBoundaryError, read_boundary, write_boundary
from linli.regions.rules.names import clean_name
from linli.regions.rules.refusals import RegionRefusedError


@transaction.atomic
def add_division(
    *,
    code: str,
    name: str,
    parent: Division | None = None,
    valid_from: date,
    source: str = "",
    boundary: object = None,
    by: str,
    now: datetime,
) -> Division:
    """Add a division. Its level follows from the code, its parent (unless given) is the nearest one by code."""
    full = _checked_code(code)
    parent = parent or _parent_by_code(full)
    division = Division(
        id=next_division_ids(1)[0],
        code=full,
        name=checked_name(name),
        level=codes.level_of(full),
        parent=parent,
        boundary=checked_boundary(boundary) if boundary else None,
        source=source,
        valid_from=valid_from,
    )
    division.path = [*(parent.path if parent else []), division.pk]
    division.save(force_insert=True)
    kernel.bump("divisions")
    journal.publish(facts.DivisionAdded(division.pk, full, division.name, valid_from, by), now=now)
    return division


@transaction.atomic
def rename_division(*, division: Division, name: str, day: date, by: str, now: datetime) -> Division:
    """Give the division a new name from a day on; the old one stays on record."""
    held = locked_current(division)
    old, new = held.name, checked_name(name)
    if new == old:
        return held
    held.name = new
    held.save(update_fields=["name"])
    FormerName.objects.create(division=held, name=old, until=day, changed_by=by)
    kernel.bump("divisions")
    journal.publish(facts.DivisionRenamed(held.pk, old, new, day, by), now=now)
    return held


@transaction.atomic
def draw_division(*, division: Division, boundary: object, by: str, now: datetime) -> Division:  # noqa: ARG001  like every action
    """Set the boundary of a division: it answers for points where no grid is drawn."""
    held = locked_current(division)
    held.boundary = checked_boundary(boundary)
    held.save(update_fields=["boundary"])
    kernel.bump("divisions")
    return held


@transaction.atomic
def abolish_division(*, division: Division, day: date, reason: str, by: str, now: datetime) -> Division:
    """Close a division that nothing takes over from. Refused while it has current parts or grids."""
    held = locked_current(division)
    if held.children.filter(valid_to=None).exists() or Grid.objects.filter(community=held, retired_at=None).exists():
        raise RegionRefusedError(
            _("%(name)s still has divisions or grids below it; move, merge or retire those first.")
            % {"name": held.name}
        )
    close_row(held, day=day)
    kernel.bump("divisions")
    journal.publish(facts.DivisionClosed(held.pk, (), reason, day, by), now=now)
    return held


def announce(*names: str) -> None:
    """Tell the indexes in memory that their data has changed. Called after the last write."""
    for name in names:
        kernel.bump(name)


def close_row(division: Division, *, day: date) -> None:
    """Set the first day on which the locked division is no more."""
    if day < division.valid_from:
        raise RegionRefusedError(
            _("%(name)s exists only since %(day)s; choose that day or a later one.")
            % {"name": division.name, "day": division.valid_from.isoformat()}
        )
    division.valid_to = day
    division.save(update_fields=["valid_to"])


def locked_current(division: Division) -> Division:
    """Return the row under lock, or refuse when it is closed."""
    held = Division.objects.select_for_update(of=("self",)).get(pk=division.pk)
    if held.valid_to is not None:
        raise RegionRefusedError(
            _("%(name)s was closed on %(day)s; choose the division that took over from it.")
            % {"name": held.name, "day": held.valid_to.isoformat()}
        )
    return held


def checked_name(name: str) -> str:
    """Return the name without outer blanks, or refuse one that is empty, too long or has control characters."""
    clean = clean_name(name)
    if not clean:
        raise RegionRefusedError(_("The name is empty, too long or has control characters; give up to 100 characters."))
    return clean


def checked_boundary(boundary: object) -> dict[str, object]:
    """Return the boundary as clean GeoJSON, or refuse with the reason."""
    try:
        return write_boundary(read_boundary(boundary))
    except BadBoundaryError as error:
        raise RegionRefusedError(_boundary_sentence(error.reason)) from error


def next_division_ids(count: int) -> list[int]:
    """Return so many fresh ids, so that a path can hold its own row's id before the row is saved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('regions_division', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _checked_code(code: str) -> str:
    try:
        full = codes.pad(code.strip())
        codes.level_of(full)
    except codes.BadCodeError as error:
        raise RegionRefusedError(
            _("%(code)s is not a division code; give 2, 4, 6, 9 or 12 digits.") % {"code": code}
        ) from error
    if Division.objects.filter(code=full, valid_to=None).exists():
        raise RegionRefusedError(
            _("The code %(code)s is in use; choose another or close that division first.") % {"code": full}
        )
    return full


def _parent_by_code(code: str) -> Division | None:
    above = codes.parent_codes(code)
    found = Division.objects.filter(code__in=above, valid_to=None).order_by("-level").first()
    if above and not found:
        raise RegionRefusedError(
            _("No division above %(code)s is known; add its county or street first.") % {"code": code}
        )
    return found


def _boundary_sentence(reason: str) -> str:
    return {
        "type": _("The boundary is not a GeoJSON Polygon or MultiPolygon; draw a closed area."),
        "coordinates": _("The boundary's coordinates cannot be read; give pairs of longitude and latitude."),
        "range": _("The boundary leaves the globe; give longitude -180 to 180 first, then latitude -90 to 90."),
        "invalid": _("The boundary crosses or touches itself; draw it again without crossing lines."),
        "empty": _("The boundary encloses no area; draw at least three corners that are not on one line."),
    }[reason]
