"""The door of regions: divisions, grids, places, working time. Coordinates are WGS-84 degrees, longitude first."""

from linli.regions.actions.addresses import name_address, rename_address, standardise
from linli.regions.actions.aliases import forget_place, name_place
from linli.regions.actions.calendar import mark_day, set_working_hours, unmark_day
from linli.regions.actions.demo import Planted, plant_demo_county
from linli.regions.actions.divisions import abolish_division, add_division, draw_division, rename_division
from linli.regions.actions.grids import DrawnGrid, change_grid, draw_grid, rehome_grid, retire_grid
from linli.regions.actions.place_names import NameDraft, add_place_name, end_place_name, withdraw_place_name
from linli.regions.actions.plates import issue_plates, reissue_plate, revoke_plate
from linli.regions.actions.reorganise import Part, merge_divisions, move_division, split_division
from linli.regions.models import Address, CalendarDay, Division, DoorPlate, Grid, PlaceAlias, PlaceName, WorkingHours
from linli.regions.queries.addresses import parse_address, parse_addresses
from linli.regions.queries.calendar import add_working, calendar, is_working_day, working_seconds
from linli.regions.queries.maps import divisions_geojson, grids_geojson
from linli.regions.queries.names import place_from_text
from linli.regions.queries.place_names import (
    Borne,
    former_names,
    history_of,
    names_below,
    other_spellings,
    place_names_in,
)
from linli.regions.queries.places import Place, locate, place_of_grid, places_of_codes
from linli.regions.queries.standard_addresses import (
    PlateFace,
    address_by_code,
    addresses_below,
    plate_face,
    plates_below,
    tops_in,
)
from linli.regions.queries.tree import (
    DivisionInfo,
    UnknownDivisionError,
    ancestors,
    children,
    descendants,
    division,
    division_by_code,
)
from linli.regions.rules.address_model import Segment
from linli.regions.rules.calendar import CalendarDefinition, CalendarRangeError, WorkingCalendar
from linli.regions.rules.coordinates import System, UnknownSystemError, from_wgs84, to_wgs84
from linli.regions.rules.gazetteer import TextPlace
from linli.regions.rules.refusals import RegionRefusedError

Level = Division.Level

__all__ = [
    "Address",
    "Borne",
    "CalendarDay",
    "CalendarDefinition",
    "CalendarRangeError",
    "Division",
    "DivisionInfo",
    "DoorPlate",
    "DrawnGrid",
    "Grid",
    "Level",
    "NameDraft",
    "Part",
    "Place",
    "PlaceAlias",
    "PlaceName",
    "Planted",
    "PlateFace",
    "RegionRefusedError",
    "Segment",
    "System",
    "TextPlace",
    "UnknownDivisionError",
    "UnknownSystemError",
    "WorkingCalendar",
    "WorkingHours",
    "abolish_division",
    "add_division",
    "add_place_name",
    "add_working",
    "address_by_code",
    "addresses_below",
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
    "end_place_name",
    "forget_place",
    "former_names",
    "from_wgs84",
    "grids_geojson",
    "history_of",
    "is_working_day",
    "issue_plates",
    "locate",
    "mark_day",
    "merge_divisions",
    "move_division",
    "name_address",
    "name_place",
    "names_below",
    "other_spellings",
    "parse_address",
    "parse_addresses",
    "place_from_text",
    "place_names_in",
    "place_of_grid",
    "places_of_codes",
    "plant_demo_county",
    "plate_face",
    "plates_below",
    "rehome_grid",
    "reissue_plate",
    "rename_address",
    "rename_division",
    "retire_grid",
    "revoke_plate",
    "set_working_hours",
    "split_division",
    "standardise",
    "to_wgs84",
    "tops_in",
    "unmark_day",
    "withdraw_place_name",
    "working_seconds",
]
