"""The values of many records along paths, as they are kept: a query for each kind and relation, never one a row."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One path that may be read: where it stands, the words between, its kind and element."""

    index: int
    words: tuple[str, ...]
    kind: str
    element: ElementInfo


@dataclass(slots=True)
class _Read:
    """What was read so far: by words between the record that each row leads to and its kind, and those records."""

    top: str
    ends: dict[tuple[str, ...], Mapping[UUID, UUID]]
    kinds: dict[tuple[str, ...], str]
    values: dict[str, dict[UUID, dict[str, Any]]] = field(default_factory=dict)
    records: dict[UUID, dict[str, UUID]] = field(default_factory=dict)
    subjects: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    places: dict[UUID, tuple[int | None, int | None]] = field(default_factory=dict)


def found_of(
    *, kind: str, ids: Sequence[UUID], paths: Sequence[str], viewer: accounts.Actor,
    clearances: Mapping[str, Clearance], now: datetime, with_origins: bool = False,
) -> Found:  # fmt: skip
    """Return what a viewer may read of records of a kind along paths. Who is out of sight is left out.

    `clearances` say for each kind what may be read; what is not read whole is closed, for a mask is no answer.
    """
    wanted, closed = _sorted_out(paths, clearances)
    on = timezone.localdate(now)
    read = _Read(kind, {(): {key: key for key in ids}}, {(): kind})
    with trust.sight(viewer, SEE):
        for words in sorted({one.words[: n + 1] for one in wanted for n in range(len(one.words))}, key=len):
            way = WAYS[read.kinds[words[:-1]], words[-1]]
            read.kinds[words] = way.kind
            read.ends[words] = _followed(read.ends[words[:-1]], way, on)
        for each in set(read.kinds.values()):
            _open(each, read, [one for one in wanted if one.kind == each], viewer, with_origins=with_origins)
    seen = [key for key in ids if key in read.places]
    return Found(
        paths=tuple(paths), closed=closed, rows={key: _row(key, len(paths), wanted, read) for key in seen},
        origins=_origins(seen, len(paths), wanted, read, now) if with_origins else {},
        places={key: read.places[key] for key in seen}, visits=_visits(kind, seen, on) if with_origins else {},
        subjects={key: _subjects(key, read) for key in seen},
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


def _followed(starts: Mapping[UUID, UUID], way: Way, on: date) -> dict[UUID, UUID]:
    """Return where one relation leads from each record; the latest of several. One query."""
    near, far = ("end_id", "start_id") if way.back else ("start_id", "end_id")
    own = set(starts.values())
    rows = Relation.objects.filter(holding(on), bond=way.bond, **{f"{near}__in": _array(own)})
    if way.kin:
        rows = rows.annotate(kin=KeyTextTransform("kinship", f"{far[:-3]}__attributes")).filter(kin__in=way.kin)
    led = dict(rows.order_by("valid_from", "id").values_list(near, far))
    return {key: led[start] for key, start in starts.items() if start in led}


def _open(
    kind: str, read: _Read, asked: Sequence[_Wanted], viewer: accounts.Actor, *, with_origins: bool
) -> None:  # fmt: skip
    """Read every record of a kind that some path ends at; one query."""
    ids = {end for words, of in read.kinds.items() if of == kind for end in read.ends[words].values()}
    if not ids or not (asked or kind == read.top):
        return
    columns = ["id", "attributes", "subjects", "community_id", "grid_id"]
    is_sealed = any(one.element.is_sealed for one in asked)
    extra = ["sealed"] * is_sealed + ["origins"] * with_origins
    rows = entities_seen_by(viewer, kind).filter(pk__in=_array(ids), merged_into=None)
    kept = read.values.setdefault(kind, {})
    for key, attributes, subjects, community, grid, *more in rows.values_list(*columns, *extra):
        sealed = more[0] if is_sealed else None
        kept[key] = {**attributes, **json.loads(sealed.reveal())} if sealed else attributes
        read.subjects[key] = tuple(subjects)
        read.places[key] = (community, grid)
        if with_origins:
            read.records[key] = {code: UUID(record) for record, codes in more[-1].items() for code in codes}


def _row(key: UUID, width: int, wanted: Sequence[_Wanted], read: _Read) -> tuple[Any, ...]:
    row: list[Any] = [None] * width
    for one in wanted:
        end = read.ends[one.words].get(key)
        known = read.values[one.kind].get(end) if end and one.kind in read.values else None
        row[one.index] = known.get(one.element.code) if known else None
    return tuple(row)


def _subjects(key: UUID, read: _Read) -> tuple[str, ...]:
    """Return the tokens of everybody in a row: whom it is about, and whom its paths lead to."""
    ends = {ends[key] for ends in read.ends.values() if key in ends}
    return tuple(dict.fromkeys(token for end in ends for token in read.subjects.get(end, ())))


def _origins(
    keys: Sequence[UUID], width: int, wanted: Sequence[_Wanted], read: _Read, now: datetime
) -> dict[UUID, tuple[Origin | None, ...]]:
    """Return beside each value the source that is believed; one query."""
    ids = {record for codes in read.records.values() for record in codes.values()}
    columns = ("id", "source__name", "source__department", "confirmed_at")
    rows = SourceRecord.objects.filter(pk__in=_array(ids)).values_list(*columns)
    said = {record: (name, department, at) for record, name, department, at in rows}
    found = {}
    for key in keys:
        row: list[Origin | None] = [None] * width
        for one in wanted:
            end = read.ends[one.words].get(key)
            record = read.records.get(end, {}).get(one.element.code) if end else None
            row[one.index] = _origin(one.element, said.get(record) if record else None, now)
        found[key] = tuple(row)
    return found


def _origin(element: ElementInfo, said: tuple[str, str, datetime] | None, now: datetime) -> Origin | None:
    if said is None:
        return None
    name, department, at = said
    return Origin(name, at, freshness(element, at, now), bool(element.owner) and element.owner == department)


def _visits(kind: str, keys: Sequence[UUID], on: date) -> dict[UUID, UUID]:
    """Return what one visit to each answers: the home of a person, else the record itself."""
    starts = {key: key for key in keys}
    homes = [_followed(starts, WAYS[kind, word], on) for word in HOME_WORDS if (kind, word) in WAYS]
    return {key: next((one[key] for one in homes if key in one), key) for key in keys}


def _array(ids: Collection[UUID]) -> RawSQL:
    """Return ids as one array: thousands of parameters cost more than the query."""
    return RawSQL(_IDS, [list(ids)])  # noqa: S611  our own words; the ids are a parameter
