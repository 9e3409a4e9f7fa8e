"""What regions keeps."""

from linli.regions.models.alias import PlaceAlias
from linli.regions.models.calendar import CalendarDay, WorkingHours
from linli.regions.models.division import Division, DivisionName, Succession
from linli.regions.models.grid import Grid, GridVersion

__all__ = [
    "CalendarDay",
    "Division",
    "DivisionName",
    "Grid",
    "GridVersion",
    "PlaceAlias",
    "Succession",
    "WorkingHours",
]
