"""The catalogue as it is: data sets with state, lateness and quality, and its DCAT."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from linli.accounts import api as accounts
from linli.exchange.models import Dataset, Run
from linli.exchange.queries.owners import handlers_of
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.catalogue import Entry, dcat, due_by
from linli.exchange.rules.run_states import DONE, STOPPED
from linli.registry import api as registry
from linli.trust import api as trust

BY_HAND = ("hand", "load")  # a file that somebody brought
KEPT_QUALITY, MOST_LATE = 12, 50
WORST_FIRST = ("complete", "valid", "unique", "timely")


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A data set in the list: since when it is late, how its last run ended, how many rows wait aside."""

    dataset: Dataset
    late_since: datetime | None
    state: str
    ended_at: datetime | None
    quality: dict[str, float]
    waiting: int


def datasets_for(actor: accounts.Actor) -> "QuerySet[Dataset]":
    """Return the data sets that somebody looks after."""
    return trust.visible(actor, SOURCES, Dataset.objects.all())


def dataset_lines(actor: accounts.Actor, now: datetime) -> list[DatasetLine]:
    """Return the data sets of somebody, late ones first. Two queries."""
    last = Run.objects.filter(dataset=OuterRef("pk")).order_by("-number")
    rows = (
        datasets_for(actor)
        .select_related("source", "connection")
        .annotate(
            last_state=Subquery(last.values("state")[:1]),
            last_ended=Subquery(last.values("ended_at")[:1]),
            last_quality=Subquery(last.filter(state=DONE).values("quality")[:1]),
            waiting=Count("rejected_rows", filter=Q(rejected_rows__settled_at=None)),
        )
    )
    lines = [
        DatasetLine(
            row, late_since(row, now), row.last_state or "", row.last_ended, row.last_quality or {}, row.waiting
        )
        for row in rows
    ]
    return sorted(lines, key=lambda one: (one.late_since is None, one.dataset.code))


def late_since(dataset: Dataset, now: datetime) -> datetime | None:
    """Return since when a data set is late; None where it is not."""
    due = due_by(dataset.cycle, dataset.good_at or dataset.added_at)
    return due if due and now > due else None


def stopped_run(dataset: Dataset) -> Run | None:
    """Return the run of a source that waits for somebody to look at its columns; until then the source is not asked."""
    return stopped_runs().filter(dataset=dataset).order_by("number").first()


def stopped_runs() -> "QuerySet[Run]":
    """Return the runs that stopped before anything was taken of what a source said when it was asked."""
    return Run.objects.filter(state=STOPPED).exclude(how__in=BY_HAND)


def late_at_desk(actor: accounts.Actor, now: datetime) -> list[tuple[Dataset, datetime]]:
    """Return the late data sets that the units of somebody see to, with since when. One query where none is late."""
    told = Dataset.objects.filter(late_told_at__isnull=False).select_related("source").order_by("code")[:MOST_LATE]
    return [
        (one, since) for one in told
        if (since := late_since(one, now)) and not actor.unit_ids.isdisjoint(handlers_of(one, now=now))
    ]  # fmt: skip


def quality_history(dataset: Dataset) -> list[Run]:
    """Return the last good runs, oldest first, for the chart of quality."""
    rows = dataset.runs.filter(state=DONE, done__gt=0).exclude(how="correction").order_by("-number")[:KEPT_QUALITY]
    return list(reversed(rows))


def catalogue(actor: accounts.Actor, *, title: str, home: str) -> dict[str, Any]:
    """Return the catalogue of somebody's area as DCAT in JSON-LD."""
    return dcat([_entry(one) for one in datasets_for(actor).order_by("code")], title=title, home=home)


def run_for(actor: accounts.Actor, run_id: object) -> Run | None:
    """Return a run of a data set that somebody looks after; None where there is none for them."""
    return Run.objects.filter(dataset__in=datasets_for(actor), pk=run_id).select_related("dataset__source").first()


def _entry(one: Dataset) -> Entry:
    return Entry(
        one.code, one.name, one.abstract, one.category, one.provider, one.sharing, one.condition, one.openness,
        one.cycle, "text/csv", one.good_at, _fields(one),
        grade_of(one),
    )  # fmt: skip


def grade_of(one: Dataset) -> int:
    """Return the grade of a data set: that of the highest element that its columns are mapped to."""
    elements = registry.elements_of(one.kind)
    return trust.highest_grade(elements[line["element"]].grade for line in one.mapping if line["element"] in elements)


def _fields(one: Dataset) -> Sequence[tuple[str, str]]:
    elements = registry.elements_of(one.kind)
    return [
        (elements[line["element"]].label, elements[line["element"]].type)
        for line in one.mapping if line["element"] in elements
    ]  # fmt: skip
