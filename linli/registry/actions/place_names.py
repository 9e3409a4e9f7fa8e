"""Former and other names of the places of one's own area 地名沿革: write down, end, withdraw, take in from a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.registry.queries.sight import KEEP
from linli.registry.rules.name_rows import OFFICIAL, NameRow, WrongRow
from linli.trust import api as trust

PURPOSE, ADD, END, WITHDRAW = "registry.place_names", "place_name_add", "place_name_end", "place_name_withdraw"
ROAD = "road"
Place = regions.Address | regions.Division


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a table: how many names were written down, and the rows that were left out."""

    made: int
    wrong: tuple[WrongRow, ...]


def place_names_kept_by(actor: accounts.Actor) -> "QuerySet[regions.PlaceName]":
    """Return the other names of the places in whose area somebody keeps lists and plates."""
    return trust.visible(actor, KEEP, regions.PlaceName.objects.all())


def divisions_kept_by(actor: accounts.Actor) -> list[regions.DivisionInfo]:
    """Return the streets and communities of today in whose area somebody keeps lists, by code."""
    held = {one for holding in actor.holdings_with(KEEP) for one in regions.descendants(holding.division_id)}
    found = [regions.division(one) for one in held]
    return sorted((one for one in found if one.is_current and one.level >= regions.Level.STREET), key=lambda x: x.code)


def place_kept_by(actor: accounts.Actor, *, address_id: int | None = None, division_id: int | None = None) -> Place:
    """Return an address or division of the actor's area. Raises NotAllowed and Hidden."""
    trust.require(actor, KEEP)
    found: Place | None
    if address_id is not None:
        found = trust.visible(actor, KEEP, regions.Address.objects.filter(pk=address_id)).first()
    else:
        known = {one.id for one in divisions_kept_by(actor)}
        found = regions.Division.objects.filter(pk__in=known & {division_id or 0}).first()
    if found is None:
        raise trust.Hidden(KEEP)
    return found


@transaction.atomic
def note_place_name(
    *, place: Place, draft: regions.NameDraft, everywhere: bool, by: accounts.Actor, now: datetime
) -> int:
    """Write down a name of a place of one's area; return of how many places it is known now.

    A kind of `OFFICIAL` gives the place that name from `valid_from` on, and makes today's a former one. With
    `everywhere` a road has it in every community of the area through which it runs. Raises NotAllowed, Hidden,
    RegionRefusedError.
    """
    trust.require(by, KEEP)
    places = _along(place, by) if everywhere else [place]
    for one in places:
        _write(one, draft, by, now)
    _note(by, ADD, place, now)
    return len(places)


@transaction.atomic
def finish_place_name(*, name_id: int, day: date, by: accounts.Actor, now: datetime) -> regions.PlaceName:
    """Say until when a name was borne. Raises NotAllowed, Hidden, RegionRefusedError."""
    name = _kept(name_id, by)
    _note(by, END, name.address or name.division, now)
    return regions.end_place_name(name=name, day=day, by=by.name, now=now)


@transaction.atomic
def revoke_place_name(*, name_id: int, reason: str, by: accounts.Actor, now: datetime) -> regions.PlaceName:
    """Withdraw a name that was a mistake. Raises NotAllowed, Hidden, RegionRefusedError."""
    name = _kept(name_id, by)
    _note(by, WITHDRAW, name.address or name.division, now)
    return regions.withdraw_place_name(name=name, reason=reason, by=by.name, now=now)


def take_place_names(*, rows: Iterable[NameRow | WrongRow], by: accounts.Actor, now: datetime) -> Taken:
    """Take the good rows of a table in; each by itself, so that one that is refused keeps no other out.

    Raises NotAllowed.
    """
    trust.require(by, KEEP)
    divisions = divisions_kept_by(by)
    made, wrong = 0, []
    for row in rows:
        problem = row.problem if isinstance(row, WrongRow) else _taken(row, divisions, by, now)
        made += not problem
        if problem:
            wrong.append(WrongRow(row.line, row.cells, problem))
    return Taken(made, tuple(wrong))


def _taken(row: NameRow, divisions: Sequence[regions.DivisionInfo], by: accounts.Actor, now: datetime) -> str:
    """Write one row down; return what is wrong with it, or nothing."""
    try:
        place, everywhere = _meant(row, divisions, by)
        draft = regions.NameDraft(row.kind, row.name, row.since, row.until, row.source)
        note_place_name(place=place, draft=draft, everywhere=everywhere, by=by, now=now)
    except regions.RegionRefusedError as refused:
        return str(refused)
    return ""


def _meant(row: NameRow, divisions: Sequence[regions.DivisionInfo], by: accounts.Actor) -> tuple[Place, bool]:
    """Return the place that a row names, and whether it means a road in every community."""
    within = [one for one in divisions if row.area in {one.name, one.code}] if row.area else list(divisions)
    if not within:
        raise regions.RegionRefusedError(_("“%(name)s” is no street or community of your area.") % {"name": row.area})
    named = [one for one in divisions if one.name == row.place]
    if len(named) == 1 and (not row.area or row.area == row.place):
        return regions.Division.objects.get(pk=named[0].id), False
    ids = {below for one in within for below in regions.descendants(one.id)}
    tops = trust.visible(by, KEEP, regions.Address.objects.filter(parent=None, name=row.place, division_id__in=ids))
    found = list(tops.order_by("id")[:100])
    if not found:
        raise regions.RegionRefusedError(
            _("“%(name)s” is no place of your area; write the name it bears today.") % {"name": row.place}
        )
    if len(found) > 1 and any(one.kind != ROAD for one in found):
        raise regions.RegionRefusedError(
            _("There are several places called “%(name)s”; name the community as well.") % {"name": row.place}
        )
    return found[0], not row.area


def _along(place: Place, by: accounts.Actor) -> list[Place]:
    """Return a road in every community of the area, under its name of today; anything else by itself."""
    if not isinstance(place, regions.Address) or place.kind != ROAD or place.parent_id:
        return [place]
    same = regions.Address.objects.filter(parent=None, kind=ROAD, key=place.key)
    return list(trust.visible(by, KEEP, same).select_for_update(of=("self",)).order_by("id"))


def _write(place: Place, draft: regions.NameDraft, by: accounts.Actor, now: datetime) -> None:
    if draft.kind != OFFICIAL:
        regions.add_place_name(of=place, draft=draft, by=by.name, now=now)
    elif isinstance(place, regions.Address):
        day = draft.valid_from or now.date()
        regions.rename_address(address=place, name=draft.name, day=day, by=by.name, source=draft.source)
    else:
        raise regions.RegionRefusedError(_("The name of a street or community changes with the official table."))


def _kept(name_id: int, by: accounts.Actor) -> regions.PlaceName:
    trust.require(by, KEEP)
    name = place_names_kept_by(by).select_related("address", "division").filter(pk=name_id).first()
    if name is None:
        raise trust.Hidden(KEEP)
    return name


def _note(by: accounts.Actor, action: str, place: "Place | None", now: datetime) -> None:
    code = place.code if place else ""
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=[], object_kind="address", object_id=code,
        elements=["address"], now=now,
    )  # fmt: skip
