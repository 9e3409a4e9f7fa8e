"""Golden records of a first load, made from one statement each; what is the same for many is worked out once."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from linli.kernel import api as kernel
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.homes import Home, settled
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.heads import Head, Part, head_of, part_of

copying = kernel.copying
NAMED_AREAS = ("area_code", "registered_area_code")
REMEMBERED = 10_000  # values of an element, and pairs of areas


class Ready(NamedTuple):
    """One statement whose values were cleaned by `cleaners_of`; `problems` are sentences by element."""

    key: str
    values: Mapping[str, Any]
    problems: Mapping[str, str]
    observed_at: datetime


class Seen(NamedTuple):
    """When something was observed: the moment as a field, the day, the day as a field."""

    moment: bytes
    on: date
    day: bytes


class Place(NamedTuple):
    """Where somebody is: the area columns, their fields, and the address of the home."""

    area: Mapping[str, int | None]
    fields: tuple[bytes, ...]
    address: str


class Made(NamedTuple):
    """One thing to be written: its ids as fields, what was said, its golden record and where it is."""

    entity: bytes
    record: bytes
    said: Ready
    parts: Mapping[str, Part]
    seen: Seen
    head: Head
    place: Place


class HeadMaker:
    """Makes golden records of one kind. `areas` are those of the codes that are named, filled in by the caller."""

    def __init__(
        self, *, kind: str, elements: Mapping[str, ElementInfo], areas: Mapping[str, Home | None], now: datetime
    ) -> None:
        """Remember nothing yet."""
        self.kind, self.areas = kind, areas
        self.today, self.zone = timezone.localdate(now), timezone.get_current_timezone()
        self.parts = {
            code: kernel.Remembered(partial(part_of, one), most=0 if one.search == "exact" else REMEMBERED)
            for code, one in elements.items()
        }
        self.places = kernel.Remembered(self._place, most=REMEMBERED)
        self.days = kernel.Remembered(self._seen, most=REMEMBERED)

    def made(self, entity: UUID, record: UUID, said: Ready) -> Made:
        """Return what is written about one thing; what holds from a later day on is not believed yet."""
        seen = self.days[said.observed_at]
        values = said.values if seen.on <= self.today else {}
        parts = {code: self.parts[code][value] for code, value in said.values.items()}
        place = self.places[tuple(str(values.get(name, "")) for name in NAMED_AREAS)]
        head = head_of(
            entity, self.kind, values, parts if values else {}, {str(record): list(values)} if values else {},
            area=place.area, address=place.address,
        )  # fmt: skip
        return Made(copying.uuid(entity), copying.uuid(record), said, parts, seen, head, place)

    def _seen(self, at: datetime) -> Seen:
        on = at.astimezone(self.zone).date()
        return Seen(copying.moment(at), on, copying.day(on))

    def _place(self, codes: tuple[str, ...]) -> Place:
        lives, registered = (self.areas.get(code) for code in codes)
        area, address = settled({}, lives, registered, is_far=registered is None and bool(codes[1]))
        fields = (*(copying.big(area[name]) for name in AREA_COLUMNS), copying.flag(bool(area["is_apart"])))
        return Place(area, fields, address)
