"""The door of regions: divisions, grids, places, working time. Coordinates are WGS-84 degrees, longitude first."""

from linli.regions.actions.aliases import forget_place, name_place
from linli.regions.actions.calendar import mark_day, set_working_hours, unmark_day
from linli.regions.actions.demo import Planted, plant_demo_county
from linli.regions.actions.divisions import abolish_division, add_division, draw_division, rename_division
from linli.regions.actions.grids import DrawnGrid, change_grid, draw_grid, rehome_grid, retire_grid
from linli.regions.actions.reorganise import Part, merge_divisions, move_division, split_division
from linli.regions.models import CalendarDay, Division, Grid, PlaceAlias, WorkingHours
from linli.regions.queries.calendar import add_working, calendar, is_working_day, working_seconds
from linli.regions.queries.maps import divisions_geojson, grids_geojson
from linli.regions.queries.names import place_from_text
from linli.regions.queries.places import Place, locate, place_of_grid, places_of_codes
from linli.regions.queries.tree import (
    DivisionInfo,
    UnknownDivisionError,
    ancestors,
    children,
    descendants,
    division,
    division_by_code,
)
from linli.regions.rules.calendar import CalendarDefinition, CalendarRangeError, WorkingCalendar
from linli.regions.rules.coordinates import System, UnknownSystemError, from_wgs84, to_wgs84
from linli.regions.rules.gazetteer import TextPlace
from linli.regions.rules.refusals import RegionRefusedError

Level = Division.Level

__all__ = [
    "CalendarDay",
    "CalendarDefinition",
    "CalendarRangeError",
    "Division",
    "DivisionInfo",
    "DrawnGrid",
    "Grid",
    "Level",
    "Part",
    "Place",
    "PlaceAlias",
    "Planted",
    "RegionRefusedError",
    "System",
    "TextPlace",
    "UnknownDivisionError",
    "UnknownSystemError",
    "WorkingCalendar",
    "WorkingHours",
    "abolish_division",
    "add_division",
    "add_working",
    "ancestors",
    "calendar",
    "change_grid",
    "children",
    "descendants",
    "division",
    "division_by_code",
    "divisions_geojson",
    "draw_division",
    "draw_grid",
    "forget_place",
    "from_wgs84",
    "grids_geojson",
    "is_working_day",
    "locate",
    "mark_day",
    "merge_divisions",
    "move_division",
    "name_place",
    "place_from_text",
    "place_of_grid",
    "places_of_codes",
    "plant_demo_county",
    "rehome_grid",
    "rename_division",
    "retire_grid",
    "set_working_hours",
    "split_division",
    "to_wgs84",
    "unmark_day",
    "working_seconds",
]
