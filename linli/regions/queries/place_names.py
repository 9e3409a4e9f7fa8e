"""Other names of places: the history of one, the names of an area, and which name of old means which place today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from linli.regions.models import Address, Division, FormerName, PlaceAlias, PlaceName, Succession
from linli.regions.queries import tree as trees
from linli.regions.queries.snapshot import Snapshot
from linli.regions.rules import place_names as rules
from linli.regions.rules.standard_address import ESTATE, ROAD, VILLAGE

__all__ = ["Borne", "former_names", "heirs_of", "history_of", "names_below", "other_spellings", "place_names_in"]

LEADING = (ROAD, ESTATE, VILLAGE)  # kinds whose names stand first in an address


@dataclass(frozen=True, slots=True)
class Borne:
    """A name that a place bore or bears beside today's. `number` is its row, None for what reorganisations left."""

    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    source: str
    by: str
    number: int | None = None
    withdrawn: str = ""


def history_of(place: Address | Division) -> list[Borne]:
    """Return the names of a place, the latest first; those withdrawn last. One query, for a division three."""
    at = Q(address=place) if isinstance(place, Address) else Q(division=place)
    rows = [_borne(row) for row in PlaceName.objects.filter(at)]
    if isinstance(place, Division):
        rows += _renamed(place)
    return sorted(rows, key=lambda row: (bool(row.withdrawn), -(row.valid_to or date.max).toordinal(), row.name))


def place_names_in(division_ids: "Sequence[int] | frozenset[int]") -> "QuerySet[PlaceName]":
    """Return the names written down for places in these divisions and for the divisions themselves."""
    return PlaceName.objects.filter(Q(address__division_id__in=division_ids) | Q(division_id__in=division_ids))


def names_below(address_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the other names of each of these addresses. One query."""
    found: dict[int, list[str]] = {}
    rows = PlaceName.objects.filter(address_id__in=address_ids, withdrawn_at=None).order_by("name")
    for address_id, name in rows.values_list("address_id", "name").distinct():
        found.setdefault(address_id or 0, []).append(name)
    return found


def former_names() -> Mapping[str, str]:
    """Return what streets, estates and communities were called before, and what they are called today.

    Only names that lead to one place. Kept in memory until a name, an address or a division changes.
    """
    return _former.get()


def other_spellings(text: str) -> list[str]:
    """Return a text and how it reads with the other names of the place it names: 东风路12号, 人民路12号."""
    return rules.spelled(text, _alike.get())


def heirs_of() -> dict[int, list[int]]:
    """Return for each closed division those of today that took over from it, over several steps."""
    tree = trees.tree()
    after: dict[int, list[int]] = {}
    for old, new in Succession.objects.values_list("predecessor_id", "successor_id"):
        after.setdefault(old, []).append(new)
    return {old: sorted(_last(old, after, tree)) for old in after}


def _last(old: int, after: Mapping[int, Sequence[int]], tree: trees.Tree) -> set[int]:
    found, asked, seen = set(), list(after[old]), {old}
    while asked:
        one = asked.pop()
        if one in seen:
            continue
        seen.add(one)
        if tree.by_id[one].is_current:
            found.add(one)
        asked += after.get(one, ())
    return found


def _pairs() -> list[rules.Pair]:
    rows = PlaceName.objects.filter(withdrawn_at=None, address__parent=None, address__kind__in=LEADING)
    spoken = rows.exclude(kind=PlaceName.Kind.ALIAS).values_list("name", "address__name")
    return [*spoken, *_of_divisions()]


def _of_divisions() -> Iterator[rules.Pair]:
    """Yield former names of the communities of today, those that reorganisations left too."""
    now = {info.id: info.name for info in trees.tree().by_code.values() if info.level == Division.Level.COMMUNITY}
    said = PlaceName.objects.filter(withdrawn_at=None, division_id__in=now).values_list("name", "division_id")
    renamed = FormerName.objects.filter(division_id__in=now).values_list("name", "division_id")
    yield from ((name, now[pk]) for rows in (said, renamed) for name, pk in rows if pk)
    for old, heirs in heirs_of().items():
        yield from ((trees.tree().by_id[old].name, now[one]) for one in heirs if one in now)


def _load_former() -> dict[str, str]:
    pairs = _pairs()
    return rules.todays(pairs, _borne_today({former for former, _now in pairs}))


def _borne_today(names: set[str]) -> set[str]:
    """Return those of these names that a place bears today."""
    tops = Address.objects.filter(parent=None, name__in=names).values_list("name", flat=True)
    known = PlaceAlias.objects.filter(name__in=names).values_list("name", flat=True)
    return {*tops, *known, *({info.name for info in trees.tree().by_code.values()} & names)}


def _load_alike() -> dict[str, list[str]]:
    return rules.alike(_pairs())


_former = Snapshot(_load_former, names=("names", "aliases", "divisions"))
_alike = Snapshot(_load_alike, names=("names", "divisions"))


def _renamed(place: Division) -> Iterator[Borne]:
    kind = str(PlaceName.Kind.FORMER.value)
    for row in FormerName.objects.filter(division=place):
        yield Borne(row.name, kind, None, row.until, "", row.changed_by)
    for one in Succession.objects.filter(successor=place).select_related("predecessor"):
        before = one.predecessor
        if before.name != place.name:
            yield Borne(before.name, kind, before.valid_from, one.day, before.source, one.changed_by)


def _borne(row: PlaceName) -> Borne:
    withdrawn = row.withdrawn_why if row.withdrawn_at else ""
    return Borne(row.name, row.kind, row.valid_from, row.valid_to, row.source, row.by, row.pk, withdrawn)
