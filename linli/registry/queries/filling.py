"""The values of many records along paths, as they are kept: a query for each kind and step, never one a row."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any
from uuid import UUID

import orjson
from django.db.models import F, Func, Lookup, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry.models import Relation, SourceRecord
from linli.registry.queries.dictionary import elements_of
from linli.registry.queries.homes import holding
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.filling import Found, Origin
from linli.registry.rules.masks import Clearance, freshness, ledger_word
from linli.registry.rules.ways import HOME_WORDS, WAYS, Way, along
from linli.trust import api as trust

_Row = tuple[Any, ...]
MANY = 500  # records from which on a second thread opens them
FEW = 7  # values of a record that are sent one by one
_Said = tuple[str, str, datetime]  # of a source: its name, its department, when it said so


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
    asked for of a kind; `values` stand in their order. `records` says which source record is believed for which
    codes, as JSON. Of what was `asked` for some is still `opening`.
    """

    top: str
    ends: dict[tuple[str, ...], Mapping[str, str]]
    kinds: dict[tuple[str, ...], str]
    elements: dict[str, list[ElementInfo]] = field(default_factory=dict)
    values: dict[str, dict[str, _Row]] = field(default_factory=dict)
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    subjects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    opening: "list[Future[None]]" = field(default_factory=list)


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
        _open(kind, read, viewer, wanted, with_origins=with_origins)
        _follow(wanted, read, on)
        for each in dict.fromkeys(read.kinds.values()):
            _open(each, read, viewer, wanted, with_origins=with_origins)
    for one in read.opening:
        one.result()
    seen = [key for key in keys if key in read.places]
    ways, places = _ways(wanted, read, len(paths))
    found, rows = [keys[key] for key in seen], _picked(_ends(seen, read, read.values, ways), places, len(seen))
    origins = _shared(_ends(seen, read, _origins(read, now), ways), places) if with_origins else []
    return Found(
        paths=tuple(paths), closed=closed,
        rows=dict(zip(found, rows, strict=True)),
        origins=dict(zip(found, origins, strict=False)),
        places=dict(zip(found, [read.places[key] for key in seen], strict=True)),
        visits=_visits(kind, seen, keys, on) if with_visits else {},
        subjects=dict(zip(found, _subjects(seen, read), strict=True)),
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


def _follow(wanted: Sequence[_Wanted], read: _Read, on: date) -> None:
    """Go along the relations between, step by step."""
    steps = {one.words[: n + 1] for one in wanted for n in range(len(one.words))}
    for before in sorted({words[:-1] for words in steps}, key=len):
        ways = {words[-1]: WAYS[read.kinds[before], words[-1]] for words in sorted(steps) if words[:-1] == before}
        for word, ends in _followed_each(read.ends[before], ways, on).items():
            read.kinds[*before, word], read.ends[*before, word] = ways[word].kind, ends


def followed(starts: Mapping[str, str], way: Way, on: date) -> dict[str, str]:
    """Return where one relation leads from each record; the latest of several. One query."""
    near, far = ("end", "start") if way.back else ("start", "end")
    rows = _holding(starts, near, [way.bond], on)
    if way.kin:
        rows = rows.annotate(kin=KeyTextTransform("kinship", f"{far}__attributes")).filter(kin__in=way.kin)
    return _led(starts, dict(rows.values_list(f"{near}_key", f"{far}_key")))


def _followed_each(starts: Mapping[str, str], ways: Mapping[str, Way], on: date) -> dict[str, dict[str, str]]:
    """Return the same for relations by word: one query for all that lead straight ahead, one for each other."""
    ahead = {word: way.bond for word, way in ways.items() if not (way.back or way.kin)}
    ends = {word: followed(starts, way, on) for word, way in ways.items() if word not in ahead}
    led: dict[str, dict[str, str]] = {bond: {} for bond in ahead.values()}
    rows = _holding(starts, "start", list(led), on)
    for bond, start, end in rows.values_list("bond", "start_key", "end_key"):
        led[bond][start] = end
    return ends | {word: _led(starts, led[bond]) for word, bond in ahead.items()}


def _led(starts: Mapping[str, str], ends: Mapping[str, str]) -> dict[str, str]:
    return {key: ends[start] for key, start in starts.items() if start in ends}


def _holding(starts: Mapping[str, str], near: str, bonds: Sequence[str], on: date) -> "QuerySet[Any]":
    """Return the relations that begin (`near`: at their start or end) at these records, the latest last."""
    rows = Relation.objects.filter(holding(on), among(f"{near}_id", set(starts.values())), bond__in=bonds)
    return rows.annotate(start_key=_text("start_id"), end_key=_text("end_id")).order_by("valid_from", "id")


def _open(kind: str, read: _Read, viewer: accounts.Actor, wanted: Sequence[_Wanted], *, with_origins: bool) -> None:
    """Read every record of a kind that some path ends at, and that was not read; one query.

    Thousands are opened beside, while the server finds what is asked for next.
    """
    ids = {end for words, of in read.kinds.items() if of == kind for end in read.ends[words].values()} - read.asked
    asked = list({one.element.code: one.element for one in wanted if one.kind == kind}.values())
    read.elements[kind] = asked
    if not ids or not (asked or kind == read.top):
        return
    read.asked |= ids
    plain, read_out = _plain([one.code for one in asked])
    extra = ["sealed"] * any(one.is_sealed for one in asked) + ["stems_from"] * with_origins
    rows = entities_seen_by(viewer, kind).filter(among("id", ids), merged_into=None)
    rows = rows.annotate(key=_text("id"), said=plain, stems_from=_text("origins"))
    found = list(trust.streamed(rows.values_list("key", "said", "subjects", "community_id", "grid_id", *extra)))
    work = partial(_opened, kind, read, found, read_out)
    if len(found) < MANY:
        work()
    else:
        read.opening.append(kernel.beside(work))


def _opened(kind: str, read: _Read, found: Sequence[_Row], read_out: Callable[[Any], list[Any]]) -> None:
    """Keep what came of records of a kind, its values as they are read out of JSON, and what is sealed of them."""
    if not found:
        return
    keys, said, subjects, communities, grids, *more = zip(*found, strict=True)
    values = [read_out(orjson.loads(one)) for one in said]
    if sealed_at := [(place, one.code) for place, one in enumerate(read.elements[kind]) if one.is_sealed]:
        _unseal(values, kernel.reveal_all(more.pop(0)), sealed_at)
    read.values.setdefault(kind, {}).update(zip(keys, map(tuple, values), strict=True))
    read.subjects.update((key, tuple(dict.fromkeys(one))) for key, one in zip(keys, subjects, strict=True) if one)
    read.places.update(zip(keys, zip(communities, grids, strict=True), strict=True))
    if more:
        read.records.setdefault(kind, {}).update(zip(keys, more[0], strict=True))


def _unseal(values: Sequence[list[Any]], texts: Sequence[str], places: Sequence[tuple[int, str]]) -> None:
    """Put what is kept sealed at its place in each row."""
    for row, text in zip(values, texts, strict=True):
        opened = orjson.loads(text) if text else {}
        for place, code in places:
            row[place] = opened.get(code, row[place])


def _ways(wanted: Sequence[_Wanted], read: _Read, width: int) -> tuple[list[tuple[str, ...]], list[int]]:
    """Return the ways from a row to records, and for each path its place among the values at all their ends.

    What is not given out has the place behind them.
    """
    ways = list(dict.fromkeys(one.words for one in wanted))
    starts, total = dict[tuple[str, ...], int](), 0
    for words in ways:
        starts[words], total = total, total + len(read.elements[read.kinds[words]])
    places = [total] * width
    for one in wanted:
        places[one.index] = starts[one.words] + read.elements[one.kind].index(one.element)
    return ways, places


def _ends(
    keys: Sequence[str], read: _Read, kept: Mapping[str, Mapping[str, _Row]], ways: Sequence[tuple[str, ...]]
) -> list[list[_Row]]:
    """Return for each way what stands at its end, row by row; as much of nothing where it ends nowhere."""
    columns = []
    for words in ways:
        ends, known = read.ends[words], kept.get(read.kinds[words], {})
        nothing = (None,) * len(read.elements[read.kinds[words]])
        columns.append([known.get(ends.get(key, ""), nothing) for key in keys])
    return columns


def _picked(ends: Sequence[Sequence[_Row]], places: Sequence[int], count: int) -> list[_Row]:
    """Return so many rows: of what stands at the ends of their ways what each path asks for. Made column by column."""
    columns = [column for way in ends for column in zip(*way, strict=True)]
    nothing = (None,) * count
    asked = [columns[place] if place < len(columns) else nothing for place in places]
    return list(zip(*asked, strict=True)) if asked else [()] * count


def _shared(ends: Sequence[Sequence[_Row]], places: Sequence[int]) -> list[_Row]:
    """Return such rows where few things are told many times: those that are made of the same are one."""
    rows = list(zip(*ends, strict=True))
    same = [tuple(map(id, row)) for row in rows]
    known = dict(zip(same, rows, strict=True))
    made = dict(zip(known, _picked(list(zip(*known.values(), strict=True)), places, len(known)), strict=True))
    return [made[one] for one in same]


def _subjects(keys: Sequence[str], read: _Read) -> list[tuple[str, ...]]:
    """Return for each row the tokens of everybody in it: whom it is about, and whom its paths lead to."""
    said = read.subjects
    ways = [ends for ends in read.ends.values() if not said.keys().isdisjoint(ends.values())]
    told = [[said.get(ends.get(key, ""), ()) for key in keys] for ends in ways]
    if len(told) == 1:  # as where the others are houses
        return told[0]
    return [tuple(dict.fromkeys(chain.from_iterable(each))) for each in zip(*told, strict=True)] or [()] * len(keys)


def _origins(read: _Read, now: datetime) -> dict[str, dict[str, tuple[Origin | None, ...]]]:
    """Return beside each value the source that is believed; one query. Records that say the same share one answer."""
    stems = {text: orjson.loads(text) for text in {text for kept in read.records.values() for text in kept.values()}}
    ids = {record for one in stems.values() for record in one}
    columns = ("known_by", "source__name", "source__department", "confirmed_at")
    rows = SourceRecord.objects.filter(among("id", ids)).annotate(known_by=_text("id")).values_list(*columns)
    said = {record: (name, department, at) for record, name, department, at in rows}
    told = {text: tuple([(said.get(record), tuple(codes)) for record, codes in one.items()])
            for text, one in stems.items()}  # fmt: skip
    origins: dict[Any, Origin | None] = {}
    made: dict[str, dict[str, tuple[Origin | None, ...]]] = {}
    for kind, kept in read.records.items():
        known: dict[Any, tuple[Origin | None, ...]] = {}
        for text in set(kept.values()):
            if (each := told[text]) not in known:
                known[each] = _told(each, read.elements[kind], origins, now)
        by_text = {text: known[told[text]] for text in set(kept.values())}
        made[kind] = {key: by_text[text] for key, text in kept.items()}
    return made


def _told(
    told: Sequence[tuple[_Said | None, Sequence[str]]], elements: Sequence[ElementInfo],
    known: dict[Any, Origin | None], now: datetime,
) -> tuple[Origin | None, ...]:  # fmt: skip
    """Return for each element the source that says it; those that are fresh as long and have one owner share it."""
    by_code, origins = {code: said for said, codes in told for code in codes}, []
    for one in elements:
        same = by_code.get(one.code), one.fresh_days, one.owner
        if same not in known:
            known[same] = _origin(one, same[0], now)
        origins.append(known[same])
    return tuple(origins)


def _origin(element: ElementInfo, said: _Said | None, now: datetime) -> Origin | None:
    if said is None:
        return None
    name, department, at = said
    return Origin(name, at, freshness(element, at, now), bool(element.owner) and element.owner == department)


def _visits(kind: str, seen: Sequence[str], keys: Mapping[str, UUID], on: date) -> dict[UUID, UUID]:
    """Return what one visit to each answers: the home of a person, else the record itself."""
    starts = {key: key for key in seen}
    ways = {word: WAYS[kind, word] for word in HOME_WORDS if (kind, word) in WAYS}
    led = _followed_each(starts, ways, on)
    homes = [led[word] for word in ways]
    return {
        keys[key]: next((UUID(one[key]) for one in homes if key in one), keys[key]) for key in seen
    }  # fmt: skip


def visits_to(kind: str, ids: Sequence[UUID], on: date) -> dict[UUID, UUID]:
    """Return the same for records that somebody may see already."""
    keys = {str(one): one for one in ids}
    return _visits(kind, list(keys), keys, on)


def _plain(codes: Sequence[str]) -> tuple[Cast, Callable[[Any], list[Any]]]:
    """Return what sends the values that stand unsealed under these codes as JSON, and what reads them out.

    A few are sent as one array. Each costs the server a seventh of what the whole record does: of many it is sent
    whole, and what was not asked for is dropped here.
    """
    if len(codes) > FEW:
        return Cast("attributes", TextField()), lambda said: list(map(said.get, codes))
    each = [KeyTransform(code, "attributes") for code in codes]
    array = Func(*each, template="array_to_json(ARRAY[%(expressions)s]::jsonb[])")
    return Cast(array, TextField()), list


def _text(column: str) -> Cast:
    return Cast(column, TextField())


def among(column: str, ids: Collection[str]) -> "Lookup[bool]":
    """Return the condition that a column is any of these, as one array: it is looked for in the order of the index."""
    array = RawSQL("%s::uuid[]", ["{" + ",".join(ids) + "}"])
    return kernel.IsAnyOf(F(column), array)
