"""The values of many records along paths, as they are kept: a query for each kind and relation, never one a row."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.registry.models import Relation, SourceRecord
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.homes import holding
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.filling import Found, Origin
from linli.registry.rules.masks import Clearance, freshness, ledger_word
from linli.registry.rules.ways import HOME_WORDS, WAYS, Way, along
from linli.trust import api as trust

_IDS = "SELECT unnest(%s::uuid[])"
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One path that may be read: where it stands, the words between, its kind and element."""

    index: int
    words: tuple[str, ...]
    kind: str
    element: ElementInfo


@dataclass(slots=True)
class _Read:
    """What was read so far, by ids as texts: thousands of them are compared far quicker than UUIDs.

    `ends` says by words between which record each row leads to, `kinds` of which kind that is. `elements` are those
    asked for of a kind; `values` and `records` (which source is believed) stand in their order.
    """

    top: str
    ends: dict[tuple[str, ...], Mapping[str, str]]
    kinds: dict[tuple[str, ...], str]
    elements: dict[str, list[ElementInfo]] = field(default_factory=dict)
    values: dict[str, dict[str, _Row]] = field(default_factory=dict)
    records: dict[str, dict[str, tuple[str | None, ...]]] = field(default_factory=dict)
    subjects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)


def found_of(
    *, kind: str, ids: Sequence[UUID], paths: Sequence[str], viewer: accounts.Actor,
    clearances: Mapping[str, Clearance], now: datetime, with_origins: bool = False, with_visits: bool = False,
) -> Found:  # fmt: skip
    """Return what a viewer may read of records of a kind along paths. Who is out of sight is left out.

    `clearances` say for each kind what may be read; what is not read whole is closed, for a mask is no answer.
    """
    wanted, closed = _sorted_out(paths, clearances)
    on = timezone.localdate(now)
    keys = {str(key): key for key in ids}
    read = _Read(kind, {(): {key: key for key in keys}}, {(): kind})
    with trust.sight(viewer, SEE):
        for words in sorted({one.words[: n + 1] for one in wanted for n in range(len(one.words))}, key=len):
            way = WAYS[read.kinds[words[:-1]], words[-1]]
            read.kinds[words] = way.kind
            read.ends[words] = followed(read.ends[words[:-1]], way, on)
        for each in dict.fromkeys(read.kinds.values()):
            read.elements[each] = list({one.element.code: one.element for one in wanted if one.kind == each}.values())
            _open(each, read, viewer, with_origins=with_origins)
    seen = [key for key in keys if key in read.places]
    pick, width = _order(wanted, read), len(paths)
    made = {keys[key]: row for key, row in zip(seen, _rows(seen, read, read.values, pick, width), strict=True)}
    beside = _rows(seen, read, _origins(read, now), pick, width) if with_origins else []
    return Found(
        paths=tuple(paths), closed=closed, rows=made, origins=dict(zip(made, beside, strict=False)),
        places={keys[key]: read.places[key] for key in seen},
        visits=_visits(kind, seen, keys, on) if with_visits else {},
        subjects=dict(zip(made, _subjects(seen, read), strict=True)),
        read=tuple(ledger_word(one.kind, one.element.code, "plain") for one in wanted),
        grades=tuple(one.element.grade for one in wanted),
    )  # fmt: skip


def _sorted_out(paths: Sequence[str], clearances: Mapping[str, Clearance]) -> tuple[list[_Wanted], dict[str, str]]:
    wanted: list[_Wanted] = []
    closed: dict[str, str] = {}
    for index, path in enumerate(paths):
        led = along(path)
        element = elements_of(led[1]).get(led[2]) if led else None
        if led is None or element is None:
            closed[path] = _("The base does not keep this.")
        elif clearances[led[1]].of(element) != "plain":
            words = {"grade": trust.GRADE_WORDS[trust.Grade(element.grade)], "name": element.label}
            closed[path] = _("“%(name)s” (%(grade)s) goes beyond what your post reads for this purpose.") % words
        else:
            wanted.append(_Wanted(index, led[0], led[1], element))
    return wanted, closed


def followed(starts: Mapping[str, str], way: Way, on: date) -> dict[str, str]:
    """Return where one relation leads from each record; the latest of several. One query."""
    near, far = ("end", "start") if way.back else ("start", "end")
    own = set(starts.values())
    rows = Relation.objects.filter(holding(on), bond=way.bond, **{f"{near}_id__in": _array(own)})
    if way.kin:
        rows = rows.annotate(kin=KeyTextTransform("kinship", f"{far}__attributes")).filter(kin__in=way.kin)
    ends = rows.annotate(here=_text(f"{near}_id"), there=_text(f"{far}_id")).order_by("valid_from", "id")
    led = dict(ends.values_list("here", "there"))
    return {key: led[start] for key, start in starts.items() if start in led}


def _open(kind: str, read: _Read, viewer: accounts.Actor, *, with_origins: bool) -> None:
    """Read every record of a kind that some path ends at; one query."""
    ids = {end for words, of in read.kinds.items() if of == kind for end in read.ends[words].values()}
    asked = read.elements[kind]
    if not ids or not (asked or kind == read.top):
        return
    codes = [one.code for one in asked]
    is_sealed = any(one.is_sealed for one in asked)
    extra = ["sealed"] * is_sealed + ["stems_from"] * with_origins
    rows = entities_seen_by(viewer, kind).filter(pk__in=_array(ids), merged_into=None)
    rows = rows.annotate(key=_text("id"), said=_text("attributes"), stems_from=_text("origins"))
    kept, records = read.values.setdefault(kind, {}), read.records.setdefault(kind, {})
    columns = ("key", "said", "subjects", "community_id", "grid_id", *extra)
    for key, said, subjects, community, grid, *more in rows.values_list(*columns):
        known = orjson.loads(said)
        if is_sealed and (sealed := more[0]):
            known |= orjson.loads(sealed.reveal())
        kept[key] = tuple([known.get(code) for code in codes])
        read.subjects[key], read.places[key] = tuple(subjects), (community, grid)
        if with_origins:
            believed = {code: record for record, its in orjson.loads(more[-1]).items() for code in its}
            records[key] = tuple([believed.get(code) for code in codes])


def _order(wanted: Sequence[_Wanted], read: _Read) -> list[tuple[tuple[str, ...], list[tuple[int, int]]]]:
    """Return for each way from a row which of the values at its end stand at which place of the row."""
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for one in wanted:
        found.setdefault(one.words, []).append((read.elements[one.kind].index(one.element), one.index))
    return list(found.items())


def _rows(
    keys: Sequence[str], read: _Read, values: Mapping[str, Mapping[str, tuple[Any, ...]]],
    order: Sequence[tuple[tuple[str, ...], Sequence[tuple[int, int]]]], width: int,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return for each row one thing for each path, from what stands at the ends of its ways."""
    ways = [(read.ends[words], values.get(read.kinds[words], {}), pairs) for words, pairs in order]
    made = []
    for key in keys:
        row: list[Any] = [None] * width
        for ends, kept, pairs in ways:
            known = kept.get(ends.get(key, ""))
            if known:
                for at, place in pairs:
                    row[place] = known[at]
        made.append(tuple(row))
    return made


def _subjects(keys: Sequence[str], read: _Read) -> list[tuple[str, ...]]:
    """Return for each row the tokens of everybody in it: whom it is about, and whom its paths lead to."""
    ways, said = list(read.ends.values()), read.subjects
    return [
        tuple(dict.fromkeys([token for ends in ways if (end := ends.get(key)) for token in said.get(end, ())]))
        for key in keys
    ]  # fmt: skip


def _origins(read: _Read, now: datetime) -> dict[str, dict[str, tuple[Origin | None, ...]]]:
    """Return beside each value the source that is believed; one query, and one for the names of the sources."""
    ids = {record for kept in read.records.values() for row in kept.values() for record in row if record}
    columns = ("known_by", "source__name", "source__department", "confirmed_at")
    rows = SourceRecord.objects.filter(pk__in=_array(ids)).annotate(known_by=_text("id")).values_list(*columns)
    said = {record: (name, department, at) for record, name, department, at in rows}
    made = {}
    for kind, kept in read.records.items():
        tell = [_teller(one, said, now) for one in read.elements[kind]]
        made[kind] = {
            key: tuple([of(record) if record else None for of, record in zip(tell, row, strict=True)])
            for key, row in kept.items()
        }
    return made


def _teller(
    element: ElementInfo, said: Mapping[str, tuple[str, str, datetime]], now: datetime
) -> Callable[[str], Origin | None]:
    """Return what says where a value of an element comes from; most values come from few deliveries of few sources."""
    known: dict[tuple[str, str, datetime], Origin] = {}

    def tell(record: str) -> Origin | None:
        found = said.get(record)
        if found is None:
            return None
        if found not in known:
            name, department, at = found
            is_owner = bool(element.owner) and element.owner == department
            known[found] = Origin(name, at, freshness(element, at, now), is_owner)
        return known[found]

    return tell


def _visits(kind: str, seen: Sequence[str], keys: Mapping[str, UUID], on: date) -> dict[UUID, UUID]:
    """Return what one visit to each answers: the home of a person, else the record itself."""
    starts = {key: key for key in seen}
    homes = [followed(starts, WAYS[kind, word], on) for word in HOME_WORDS if (kind, word) in WAYS]
    return {
        keys[key]: next((UUID(one[key]) for one in homes if key in one), keys[key]) for key in seen
    }  # fmt: skip


def _text(column: str) -> Cast:
    return Cast(column, TextField())


def _array(ids: Collection[str]) -> RawSQL:
    """Return ids as one array: thousands of parameters cost more than the query."""
    return RawSQL(_IDS, ["{" + ",".join(ids) + "}"])  # noqa: S611  our own words; the ids are a parameter
