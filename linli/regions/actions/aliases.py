"""Keep the names that people use for places: estates 小区, roads 道路, landmarks 地标."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.regions.actions.divisions import checked_name, locked_current
from linli.regions.models import Division, PlaceAlias
from linli.regions.rules.coordinates import is_position
from linli.regions.rules.refusals import RegionRefusedError


@transaction.atomic
def name_place(
    *,
    name: str,
    kind: str,
    division: Division,
    lng: float | None = None,
    lat: float | None = None,
    by: str,  # noqa: ARG001  like every action
    now: datetime,  # noqa: ARG001  like every action
) -> PlaceAlias:
    """Record that a place in a street or community bears a name; a second time moves its position."""
    if (lng is None) != (lat is None) or (lng is not None and lat is not None and not is_position(lng, lat)):
        raise RegionRefusedError(
            _("The position is incomplete or off the globe; give longitude and latitude, or neither.")
        )
    held = locked_current(division)
    if held.level < Division.Level.STREET:
        raise RegionRefusedError(_("A place name belongs to a street or community; choose one."))
    alias, _made = PlaceAlias.objects.update_or_create(
        name=checked_name(name), division=held, defaults={"kind": PlaceAlias.Kind(kind), "lng": lng, "lat": lat}
    )
    kernel.bump("aliases")
    return alias


@transaction.atomic
def forget_place(*, alias: PlaceAlias, by: str, now: datetime) -> None:  # noqa: ARG001  like every action
    """Remove a name that is not used any more."""
    alias.delete()
    kernel.bump("aliases")
