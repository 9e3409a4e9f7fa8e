"""Golden records of a first load, nearly all from one statement; what is the same for many is worked out once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from linli.kernel import api as kernel
from linli.registry.models import Source
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.queries.homes import Home, settled
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.heads import Head, Part, head_of, origins_of, part_of
from linli.registry.rules.survivorship import Said, project

copying = kernel.copying
NAMED_AREAS = ("area_code", "registered_area_code")
REMEMBERED = 50_000  # values of an element, and pairs of areas


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


class Told(NamedTuple):
    """One statement to be kept: whom it is about (also as a field), its record, what each value adds, when observed."""

    owner: UUID
    entity: bytes
    record: UUID
    said: Ready
    parts: Mapping[str, Part]
    seen: Seen


class Made(NamedTuple):
    """One thing to be written: its id as a field, its golden record and where it is."""

    entity: bytes
    head: Head
    place: Place


class HeadMaker:
    """Makes golden records of one kind from what one source says.

    `areas` are those of the codes that are named, filled in by the caller.
    """

    def __init__(
        self, *, source: Source, kind: str, elements: Mapping[str, ElementInfo], areas: Mapping[str, Home | None],
        now: datetime,
    ) -> None:  # fmt: skip
        """Remember nothing yet."""
        self.source, self.kind, self.areas, self.now = source, kind, areas, now
        self.owners = {code: one.owner for code, one in elements.items()}
        self.today, self.zone = timezone.localdate(now), timezone.get_current_timezone()
        self.parts = {
            code: kernel.Remembered(partial(part_of, one), most=0 if one.search == "exact" else REMEMBERED)
            for code, one in elements.items()
        }
        self.places = kernel.Remembered(self._place, most=REMEMBERED)
        self.days = kernel.Remembered(self._seen, most=REMEMBERED)

    def told(self, owner: UUID, record: UUID, said: Ready) -> Told:
        """Return what is kept of one statement."""
        parts = {code: self.parts[code][value] for code, value in said.values.items()}
        return Told(owner, copying.uuid(owner), record, said, parts, self.days[said.observed_at])

    def made(self, told: Told) -> Made:
        """Return what is written about one thing; what holds from a later day on is not believed yet."""
        is_believed = told.seen.on <= self.today
        values = told.said.values if is_believed else {}
        origins = {str(told.record): list(values)} if values else {}
        return self._made(told, values, told.parts if is_believed else {}, origins)

    def made_of_all(self, told: Sequence[Told]) -> list[Made]:
        """Return what is written about each thing; of several statements the projection believes, as everywhere."""
        owned: dict[UUID, list[Told]] = {}
        for one in told:
            owned.setdefault(one.owner, []).append(one)
        return [self.made(*own) if len(own) == 1 else self._projected(own) for own in owned.values()]

    def _projected(self, told: Sequence[Told]) -> Made:
        believed = project(map(self._said, told), self.owners, on=self.today, known_at=self.now)
        values = {code: one.value for code, one in believed.items()}
        parts = {code: self.parts[code][value] for code, value in values.items()}
        return self._made(told[0], values, parts, origins_of(believed))

    def _said(self, told: Told) -> Said:
        return Said(
            id=told.record, source=self.source.code, key=told.said.key, department=self.source.department,
            is_verified=False, observed_at=told.said.observed_at, recorded_at=self.now, valid_from=told.seen.on,
            valid_to=None, values=told.said.values,
        )  # fmt: skip

    def _made(
        self, told: Told, values: Mapping[str, Any], parts: Mapping[str, Part], origins: dict[str, list[str]]
    ) -> Made:
        place = self.places[tuple(str(values.get(name, "")) for name in NAMED_AREAS)]
        head = head_of(told.owner, self.kind, values, parts, origins, area=place.area, address=place.address)
        return Made(told.entity, head, place)

    def _seen(self, at: datetime) -> Seen:
        on = at.astimezone(self.zone).date()
        return Seen(copying.moment(at), on, copying.day(on))

    def _place(self, codes: tuple[str, ...]) -> Place:
        lives, registered = (self.areas.get(code) for code in codes)
        area, address = settled({}, lives, registered, is_far=registered is None and bool(codes[1]))
        fields = (*(copying.big(area[name]) for name in AREA_COLUMNS), copying.flag(bool(area["is_apart"])))
        return Place(area, fields, address)
