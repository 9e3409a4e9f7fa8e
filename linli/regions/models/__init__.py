"""What regions keeps."""

from linli.regions.models.calendar import CalendarDay, WorkingHours
from linli.regions.models.division import Division
from linli.regions.models.grid import Grid

__all__ = ["CalendarDay", "Division", "Grid", "WorkingHours"]
