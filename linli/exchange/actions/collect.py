"""A run 归集批次: reading a data set into pages, then taking them in one by one, so that nothing is lost or doubled."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.actions.reading import SILENCE, read_connector
from linli.exchange.actions.sources import secrets_of
from linli.exchange.actions.taking import Row, Taking
from linli.exchange.models import Dataset, Page, Run
from linli.exchange.queries.datasets import stopped_run
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.mapping import changed_columns, from_data, known_names, shifted_columns
from linli.exchange.rules.quality import quality
from linli.exchange.rules.refusals import ColumnsChangedError, ExchangeRefusedError, StepRefusedError
from linli.exchange.rules.run_states import DONE, READ, RUNNING, STEPS, STOPPED, WAITING
from linli.exchange.rules.tables import read_table
from linli.exchange.rules.wording import listed
from linli.exchange.slots import Ask, Chunk
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.trust import api as trust

PAGE_ROWS = 500
PREVIEW = 5000
Progress = Callable[[Run], None]


@dataclass(frozen=True)
class Preview:
    """What a run would change: counted over `rows` of its rows, in a transaction that was taken back."""

    rows: int
    new: int
    changed: int
    confirmed: int
    rejected: int
    partly: int
    problems: list[tuple[str, str, int]]


@transaction.atomic
def open_run(
    *, dataset: Dataset, how: str, name: str = "", state: str = WAITING, by: accounts.Actor, now: datetime
) -> Run:
    """Begin a run of a data set. Raises NotAllowed."""
    trust.require(by, SOURCES, dataset)
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    last = row.runs.aggregate(last=Max("number"))["last"] or 0
    _note(by, "collect", row, now)
    return Run.objects.create(
        dataset=row, number=last + 1, how=how, name=name[:200], state=state, started_at=now, by=by.name
    )


def read_file(*, dataset: Dataset, content: bytes, name: str, by: accounts.Actor, now: datetime) -> Run:
    """Keep the rows of a file as a run that waits to be looked at; nothing is taken yet.

    Raises NotAllowed, TableRefusedError.
    """
    trust.require(by, SOURCES, dataset)
    table = read_table(content, known=_known(dataset))
    chunks = _chunks(table.header, table.rows, name)
    with transaction.atomic():
        run = open_run(dataset=dataset, how="hand", name=name, state=READ, by=by, now=now)
        for chunk in chunks:
            keep_chunk(run, chunk)
        run.header = list(table.header)
        run.save(update_fields=["rows", "header"])
    return run


def collect(
    *, dataset: Dataset, how: str = "schedule", by: accounts.Actor, now: datetime, silence: float = SILENCE
) -> Run | None:
    """Ask the source of a data set for what is new and take it in; None where nothing is new.

    Where a run waits for somebody to look at its columns, that run is returned and nobody is asked.

    What came before a source hung or failed is taken, and the next run begins behind it; behind a file as well in which
    nothing can be read, and which its run names. Raises NotAllowed.
    """
    trust.require(by, SOURCES, dataset)
    if waiting := stopped_run(dataset):
        return waiting
    Dataset.objects.filter(pk=dataset.pk).update(read_at=now)
    run, failure = _read_in(dataset, how, silence, by, now)
    if run is None:
        if dataset.cursor_column:  # asked for what is new, none is an answer; an empty folder or table says nothing
            _came(dataset, now)
        return None
    if failure:
        run.notes = [failure]
        run.save(update_fields=["notes"])
        if not run.rows:
            return finish_run(_step(run, "begin"), now)
    return take_run(run=run, by=by, now=now)


def _read_in(dataset: Dataset, how: str, silence: float, by: accounts.Actor, now: datetime) -> tuple[Run | None, str]:
    """Keep what a source says as the pages of a run; return it, none where nothing came, and what went wrong."""
    run, failure = None, ""
    try:
        for chunk in _asked(dataset, silence):
            if run is None:
                run = open_run(dataset=dataset, how=how, name=chunk.name, by=by, now=now)
                run.header = list(chunk.header)
            failure = chunk.problem
            with transaction.atomic():
                keep_chunk(run, chunk)
                run.save(update_fields=["rows", "header", "cursor"])
    except ExchangeRefusedError as refused:
        failure = str(refused)
    if run is None and failure:
        run = open_run(dataset=dataset, how=how, by=by, now=now)
    return run, failure


def keep_chunk(run: Run, chunk: Chunk) -> None:
    """Keep what was read as the next page of a run. The cursor of the run moves with it."""
    place = Page.objects.filter(run=run).aggregate(last=Max("place"))["last"]
    if chunk.rows:
        lines = list(chunk.lines) or list(range(run.rows + 1, run.rows + 1 + len(chunk.rows)))
        content = json.dumps([list(pair) for pair in zip(lines, chunk.rows, strict=True)], ensure_ascii=False)
        Page.objects.create(
            run=run, place=0 if place is None else place + 1, first_line=lines[0], rows=len(chunk.rows), content=content
        )
    run.rows += len(chunk.rows)
    run.cursor = chunk.cursor or run.cursor


def preview(*, run: Run, by: accounts.Actor, now: datetime, most: int = PREVIEW) -> Preview:
    """Count what a run would change, writing nothing. Raises NotAllowed, ColumnsChangedError."""
    trust.require(by, SOURCES, run.dataset)
    _check_columns(run)
    with transaction.atomic():
        trial, seen = Run.objects.get(pk=run.pk), 0
        taking = Taking(trial, now)
        for page in run.pages.order_by("place"):
            taking.take(page, by=by)
            seen += page.rows
            if seen >= most:
                break
        transaction.set_rollback(True)
    return Preview(
        seen, trial.new, trial.changed, trial.confirmed, trial.rejected, trial.partly, taking.most_frequent()
    )


def take_run(*, run: Run, by: accounts.Actor, now: datetime, progress: Progress | None = None) -> Run:
    """Take the pages of a run in, one transaction each, and end it with its report. Interrupted, it goes on.

    A run whose columns changed is stopped before anything is taken. Raises NotAllowed, StepRefusedError.
    """
    trust.require(by, SOURCES, run.dataset)
    if run.how == "load":
        raise StepRefusedError
    Run.objects.filter(pk=run.pk, state=STOPPED).update(notes=[])  # why it stopped; it is looked at anew
    run = _step(run, "begin")
    try:
        _check_columns(run)
    except ColumnsChangedError as changed:
        return _ended(_step(run, "stop"), changed.notes, now)
    for page_id in list(run.pages.order_by("place").values_list("id", flat=True)):
        with transaction.atomic():
            run = Run.objects.select_for_update().get(pk=run.pk)
            page = Page.objects.select_for_update().filter(pk=page_id).first()
            if page is None:
                continue
            Taking(run, now).take(page, by=by)
            page.delete()
            run.save()
        if progress:
            progress(run)
    return finish_run(run, now)


@transaction.atomic
def drop_run(*, run: Run, by: accounts.Actor, now: datetime) -> None:
    """Throw away what was read and not taken; a file is passed over. Raises NotAllowed, StepRefusedError."""
    trust.require(by, SOURCES, run.dataset)
    row = _step(run, "drop")
    row.pages.all().delete()
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    if not row.dataset.cursor_column:
        _came(row.dataset, now, row.cursor, good=False)
    _note(by, "drop", row.dataset, now)


def open_runs() -> list[Run]:
    """Return the runs that wait or were interrupted, oldest first. A load has no pages: its own command goes on."""
    return list(Run.objects.filter(ended_at=None, state__in=[WAITING, RUNNING]).exclude(how="load").order_by("id"))


def _check_columns(run: Run) -> None:
    """Raise ColumnsChangedError where the mapping does not fit what was read."""
    dataset = run.dataset
    mapping = from_data(dataset.mapping)
    if not mapping:
        raise ColumnsChangedError([_("Nobody has confirmed yet what the columns mean.")])
    labels = {code: element.label for code, element in registry.elements_of(dataset.kind).items()}
    missing = changed_columns(run.header, mapping, dataset.keys, dataset.observed_column, labels) if run.rows else []
    if missing:
        raise ColumnsChangedError(missing)
    first = run.pages.order_by("place").first()
    check_values(dataset, run.header, json.loads(first.content.reveal()) if first else [], run.started_at)


def check_values(dataset: Dataset, header: Sequence[str], rows: Sequence[Row], now: datetime) -> None:
    """Raise ColumnsChangedError where the values of a column no longer look like its element."""
    before = dataset.runs.filter(state=DONE).order_by("-number").values_list("columns", flat=True).first() or {}
    tried = Taking(Run(dataset=dataset, header=header), now).tried(rows)
    if shifted := shifted_columns(tried, before):
        raise ColumnsChangedError(shifted)


def finish_run(run: Run, now: datetime) -> Run:
    """End a run whose rows were all taken: its quality, its notes, how far its source was read."""
    failed = bool(run.notes)
    run.quality = quality(rows=run.done, columns=run.columns, repeated=run.repeated, timely=run.timely)
    dataset = run.dataset
    used = {one["column"] for one in dataset.mapping} | {*dataset.keys, dataset.observed_column}
    unused = [name for name in run.header if name not in used]
    notes = [_("Columns that are not used: %(names)s.") % {"names": listed(unused)}] if unused else []
    run.save(update_fields=["quality"])
    run = _ended(_step(run, "fail" if failed else "end"), [*run.notes, *notes], now)
    _came(run.dataset, now, run.cursor, good=run.state == DONE)
    return run


def _came(dataset: Dataset, now: datetime, cursor: str = "", *, good: bool = True) -> None:
    """Note that a source answered, and how far it was read."""
    row = Dataset.objects.filter(pk=dataset.pk)
    if good:
        row.update(good_at=now, late_told_at=None)
    if cursor:
        row.update(cursor=cursor)


def _step(run: Run, name: str) -> Run:
    """Lead a run to its next state. Raises StepRefusedError where it is not in a state for that."""
    step = STEPS[name]
    if not Run.objects.filter(pk=run.pk, state__in=step.before).update(state=step.after, ended_at=None):
        raise StepRefusedError
    return Run.objects.select_related("dataset").get(pk=run.pk)


@transaction.atomic
def _ended(run: Run, notes: Sequence[str], now: datetime) -> Run:
    run.notes, run.ended_at = list(notes), now
    run.save(update_fields=["notes", "ended_at"])
    journal.publish(facts.RunEnded(run.dataset_id, run.id, run.state, run.new, run.changed, run.rejected), now=now)
    return run


def _asked(dataset: Dataset, silence: float) -> Iterator[Chunk]:
    connection = dataset.connection
    if connection is None:
        return iter(())
    ask = Ask(dataset.resource, dataset.cursor_column, dataset.cursor, dataset.overlap, sorted(_known(dataset)))
    values = {**connection.settings, **secrets_of(connection)}
    return read_connector(connection.connector, values, ask, silence=silence)


def _known(dataset: Dataset) -> set[str]:
    mapped = {one["column"] for one in dataset.mapping}
    return mapped | set(dataset.keys) | known_names(registry.elements_of(dataset.kind), dataset.kind)


def _chunks(header: Sequence[str], rows: Iterable[tuple[int, list[str]]], name: str) -> Iterator[Chunk]:
    left = iter(rows)
    while part := list(islice(left, PAGE_ROWS)):
        yield Chunk(header, [row for _line, row in part], "", name, [line for line, _row in part])


def _note(by: accounts.Actor, action: str, dataset: Dataset, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose=SOURCES, subjects=[], object_kind="dataset", object_id=dataset.pk, elements=[],
        now=now,
    )  # fmt: skip


__all__ = [
    "Preview",
    "collect",
    "drop_run",
    "finish_run",
    "open_run",
    "open_runs",
    "preview",
    "read_file",
    "take_run",
]
