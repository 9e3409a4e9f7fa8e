"""What regions keeps."""

from linli.regions.models.address import Address, DoorPlate
from linli.regions.models.alias import PlaceAlias
from linli.regions.models.calendar import CalendarDay, WorkingHours
from linli.regions.models.division import Division, FormerName, Succession
from linli.regions.models.grid import Grid, GridVersion
from linli.regions.models.place_name import PlaceName

__all__ = [
    "Address",
    "CalendarDay",
    "Division",
    "DoorPlate",
    "FormerName",
    "Grid",
    "GridVersion",
    "PlaceAlias",
    "PlaceName",
    "Succession",
    "WorkingHours",
]
