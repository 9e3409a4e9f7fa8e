"""A large file loaded into the base by several processes 首次装载; interrupted, the same call goes on with it."""

import json
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange.actions.collect import check_values, finish_run, open_run
from linli.exchange.actions.interrupted import add_up, held
from linli.exchange.actions.link_loaded import FILLED, alike, index_loaded
from linli.exchange.actions.rerun import rerun_linkage
from linli.exchange.actions.taking import Read, Reader, Taking
from linli.exchange.actions.workers import workers
from linli.exchange.models import Dataset, Rejected, Run, Stretch
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules import stretches
from linli.exchange.rules.catalogue import within_cycle
from linli.exchange.rules.linkage_kinds import KINDS
from linli.exchange.rules.mapping import changed_columns, from_data, known_names
from linli.exchange.rules.refusals import ColumnsChangedError
from linli.exchange.rules.run_states import RUNNING
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

PROCESSES, TOGETHER = 2, 500
Tell = Callable[[Run, int], None]


@dataclass(frozen=True)
class Part:
    """What one process needs to load a stretch."""

    run: str
    path: str
    stretch: stretches.Stretch
    header: Sequence[str]
    encoding: str
    delimiter: str
    by: accounts.Actor
    now: datetime


def load_file(
    *, dataset: Dataset, path: Path, by: accounts.Actor, now: datetime, processes: int = PROCESSES,
    tell: Tell = lambda _run, _rows: None,
) -> Run:  # fmt: skip
    """Load a CSV file of a mapped data set and return the run with its report.

    Things that nobody has spoken of are loaded at once; rows whose key comes twice, or about what the base knows,
    follow one by one. At the end all are compared, and pairs in doubt wait for a person to judge. A stretch is one
    transaction that also notes that it is done: after a kill the same call goes on behind it. `processes=0` works in
    this process. `tell` hears the run and how many rows are done.

    Raises NotAllowed, TableRefusedError, ColumnsChangedError.
    """
    trust.require(by, SOURCES, dataset)
    with kernel.undisturbed(), workers(processes) as spread:
        found = _scanned(dataset, path, now)
        run = _run_for(dataset, found, path, by, now)
        with held(run):
            parts = _parts(run, found, path, by=by, now=now)
            rows = found.rows - sum(part.stretch.rows for part in parts)
            for count in spread(load_part, parts):
                rows += count
                tell(run, rows)
            with registry.closing_load(run=str(run.pk), by=by, sessions=processes, also=FILLED):
                _load_left(run, path, found, by, now)
                if dataset.kind in KINDS:
                    rerun_linkage(kind=dataset.kind, now=now)
            return _reported(run, now)


def _scanned(dataset: Dataset, path: Path, now: datetime) -> stretches.Scanned:
    """Read the file through for its stretches and for what comes twice."""
    elements = registry.elements_of(dataset.kind)
    known = sorted({one["column"] for one in dataset.mapping} | known_names(elements, dataset.kind))
    found = stretches.scan(path, known=known, columns=lambda header: groups_of(dataset, header))
    _check(dataset, found, path, now)
    return found


def _parts(run: Run, found: stretches.Scanned, path: Path, *, by: accounts.Actor, now: datetime) -> list[Part]:
    """Return what is left to load; where the base holds something, rows about one thing are not loaded together."""
    done = set(run.stretches.values_list("line", flat=True))
    every = [*found.stretches, *found.bundles] if run.is_first else [one.one_by_one() for one in found.stretches]
    return [
        Part(str(run.pk), str(path), one, found.header, found.encoding, found.delimiter, by, now)
        for one in every if one.line not in done
    ]  # fmt: skip


def groups_of(dataset: Dataset, header: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the places of a header that name a row: its key (none where a number is it), each identifying number."""
    elements = registry.elements_of(dataset.kind)
    places = {name: place for place, name in enumerate(header)}
    own = tuple(sorted(places[name] for name in dataset.keys if name in places))
    mapped = [one for one in from_data(dataset.mapping) if one.column in places and one.element in elements]
    numbers = [(places[one.column],) for one in mapped if elements[one.element].identifies]
    return (own, *numbers)


@kernel.undisturbed()
def load_part(part: Part) -> int:
    """Load one stretch in one transaction; return how many rows it has. Done already, it is left alone."""
    run = Run.objects.select_related("dataset__source").get(pk=part.run)
    reader, loader = _tools(run, part)
    read = _read(part, reader)
    ready = [one for one, _row in read if not one.is_whole]
    known = (
        set()
        if run.is_first
        else {ready[place].line for place in alike(run.dataset.kind, [one.values for one in ready])}
    )
    ready = [one for one in ready if one.line not in known]
    with transaction.atomic():
        _commit_without_waiting()
        if Stretch.objects.filter(run=run, line=part.stretch.line).exists():
            return part.stretch.rows
        loaded = loader.load([_ready(one) for one in ready], together=bool(part.stretch.picked))
        known |= {ready[place].line for place in loaded.left}
        fresh = [one for one in ready if one.line not in known]
        index_loaded(run.dataset.kind, loaded.identities, [one.values for one in fresh])
        taken = [(one, row) for one, row in read if one.line not in known]
        counts = _counted([one for one, _row in taken], reader, run, part.now) | {"new": loaded.new}
        _keep_aside(run, taken)
        Stretch.objects.create(
            run=run, line=part.stretch.line, left=sorted({*part.stretch.single, *known}), counts=counts
        )
    return part.stretch.rows


def _commit_without_waiting() -> None:
    """Let the disk take this transaction a moment later: what a power cut undoes is a whole stretch with its note."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _read(part: Part, reader: Reader) -> list[tuple[Read, list[str]]]:
    """Return what the rows say that are loaded with this stretch."""
    apart = part.stretch.single | part.stretch.bundled
    rows = [(line, row) for line, row in _rows_of(part) if line not in apart]
    return [(one, row) for one, (_line, row) in zip(reader.read(rows), rows, strict=True)]


def most_memory() -> int:
    """Return the most memory in MiB that this process and the largest of its children each had, together."""
    own, below = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + PROCESSES * below) // 1024


_held: dict[str, tuple[Reader, registry.Loader]] = {}


def _tools(run: Run, part: Part) -> tuple[Reader, registry.Loader]:
    """Return the reader and loader of a run, kept by the process that works on it."""
    if part.run not in _held:
        dataset = run.dataset
        reader = Reader(
            kind=dataset.kind, mapping=from_data(dataset.mapping), keys=dataset.keys,
            observed=dataset.observed_column, header=part.header, now=part.now,
        )  # fmt: skip
        loader = registry.Loader(
            source=dataset.source_id, kind=dataset.kind, run=part.run, is_first=run.is_first, by=part.by, now=part.now
        )
        _held.clear()
        _held[part.run] = (reader, loader)
    return _held[part.run]


def _check(dataset: Dataset, found: stretches.Scanned, path: Path, now: datetime) -> None:
    """Raise ColumnsChangedError where the mapping does not fit the file, as a run would stop."""
    mapping = from_data(dataset.mapping)
    if not mapping:
        raise ColumnsChangedError([_("Nobody has confirmed yet what the columns mean.")])
    labels = {code: element.label for code, element in registry.elements_of(dataset.kind).items()}
    if missing := changed_columns(found.header, mapping, dataset.keys, dataset.observed_column, labels):
        raise ColumnsChangedError(missing)
    for first in found.stretches[:1]:
        rows = stretches.read_stretch(
            path, first, encoding=found.encoding, delimiter=found.delimiter, width=len(found.header)
        )
        check_values(dataset, found.header, list(islice(rows, TOGETHER)), now)


def _run_for(dataset: Dataset, found: stretches.Scanned, path: Path, by: accounts.Actor, now: datetime) -> Run:
    """Return the run that loads this file: the one that was interrupted, else a new one."""
    run = dataset.runs.filter(mark=found.mark, ended_at=None, how="load").first()
    if run is not None:
        return run
    with transaction.atomic():
        run = open_run(dataset=dataset, how="load", name=path.name, state=RUNNING, by=by, now=now)
        run.header, run.rows, run.mark = found.header, found.rows, found.mark
        run.is_first = registry.open_load(run=str(run.pk), by=by, now=now, also=FILLED)
        run.save()
    return run


def _rows_of(part: Part) -> Iterator[tuple[int, list[str]]]:
    return stretches.read_stretch(
        Path(part.path), part.stretch, encoding=part.encoding, delimiter=part.delimiter, width=len(part.header)
    )


def _ready(one: Read) -> registry.Ready:
    problems = {code: bad.sentence for code, bad in one.bad.items()}
    return registry.Ready(one.key, one.values, problems, one.observed_at)


def _counted(read: Sequence[Read], reader: Reader, run: Run, now: datetime) -> dict[str, Any]:
    """Return what a stretch adds to the counts of its run."""
    bad = Counter(chain.from_iterable(one.bad for one in read))
    filled = Counter(chain.from_iterable(one.values for one in read)) + bad
    return {
        "done": len(read),
        "rejected": sum(one.is_whole for one in read),
        "partly": sum(bool(one.reasons) and not one.is_whole for one in read),
        "timely": sum(within_cycle(run.dataset.cycle, one.observed_at, now) for one in read),
        "columns": {column: [filled[code], bad[code]] for code, column in reader.names.items()},
    }


def _keep_aside(run: Run, read: Iterable[tuple[Read, Sequence[str]]]) -> None:
    """Keep the rows that are wrong."""
    Rejected.objects.bulk_create(
        Rejected(
            run=run, dataset=run.dataset, line=one.line, reasons=one.reasons, is_whole=one.is_whole,
            content=json.dumps(row, ensure_ascii=False),
        )
        for one, row in read if one.reasons
    )  # fmt: skip


def _load_left(run: Run, path: Path, found: stretches.Scanned, by: accounts.Actor, now: datetime) -> None:
    """Take what was left in one by one, the rows of some stretches in each transaction."""
    by_line = {one.line: one for one in found.stretches}
    held: list[Stretch] = []
    lines: list[tuple[int, list[str]]] = []
    for stretch in run.stretches.exclude(left=[]).order_by("line"):
        lines += stretches.read_lines(
            path, by_line[stretch.line], stretch.left, encoding=found.encoding, delimiter=found.delimiter,
            width=len(found.header),
        )  # fmt: skip
        held.append(stretch)
        if len(lines) >= TOGETHER:
            _take_left(run, held, lines, by, now)
            held, lines = [], []
    _take_left(run, held, lines, by, now)


@transaction.atomic
def _take_left(
    run: Run, held: Sequence[Stretch], lines: Sequence[tuple[int, list[str]]], by: accounts.Actor, now: datetime
) -> None:
    """Take the rows that some stretches left, and note that they left none."""
    kept = Run.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=run.pk)
    Taking(kept, now).take_rows(lines, by=by)
    kept.save()
    Stretch.objects.filter(pk__in=[one.pk for one in held]).update(left=[])


def _reported(run: Run, now: datetime) -> Run:
    """Add up what the stretches counted, and end the run."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run.pk)
        add_up(run)
        run.save()
    return finish_run(run, now)


__all__ = ["Part", "groups_of", "load_file", "load_part", "most_memory"]
