"""What regions keeps."""

from linli.regions.models.address import Address, AddressName, DoorPlate
from linli.regions.models.alias import PlaceAlias
from linli.regions.models.calendar import CalendarDay, WorkingHours
from linli.regions.models.division import Division, FormerName, Succession
from linli.regions.models.grid import Grid, GridVersion

__all__ = [
    "Address",
    "AddressName",
    "CalendarDay",
    "Division",
    "DoorPlate",
    "FormerName",
    "Grid",
    "GridVersion",
    "PlaceAlias",
    "Succession",
    "WorkingHours",
]
