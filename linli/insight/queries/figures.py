"""Figures 指标值: shares by measure, raw and adjusted, told apart by unit, kind of unit, matter or month."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.expressions import Value

from linli.accounts import api as accounts
from linli.events import api as events
from linli.insight.models import Exclusion, Mark, Tally
from linli.insight.queries.measures import Definition
from linli.insight.rules.counting import GROUPS, Share, UnknownGroupError
from linli.regions import api as regions
from linli.trust import api as trust

SEE = "insight.see"
COLUMNS = {"unit": "lead_unit_id", "matter": "matter_code", "month": "month"}
FIELD_OF_LEVEL = {3: "county_id", 4: "street_id", 5: "community_id"}
LISTS = ("sample", "hits", "misses", "excluded")


@dataclass(frozen=True)
class Wanted:
    """Which events are counted: reported in these local months (first days, both included), where, and by whom."""

    first: date
    last: date
    division_id: int | None = None
    unit_id: int | None = None
    kind: str = ""
    matter: str = ""


@dataclass(frozen=True)
class Figure:
    """One measure: the raw share, the share without what was left out, and how many that is."""

    raw: Share
    left_out: Share

    @property
    def adjusted(self) -> Share:
        """The share without the events that are left out."""
        return self.raw - self.left_out


Row = dict[str, Figure]


def totals(*, actor: accounts.Actor, wanted: Wanted, measures: Sequence[Definition]) -> Row:
    """Return the figure of each measure over everything this person may measure."""
    return figures(actor=actor, wanted=wanted, measures=measures).get("", _none(measures))


def figures(
    *, actor: accounts.Actor, wanted: Wanted, measures: Sequence[Definition], group: str = ""
) -> dict[Any, Row]:
    """Return the figures of each measure by unit id, kind of unit, matter code or month; by "" where not told apart.

    Raises UnknownGroupError: figures can't be told apart by anything else, least of all by person.
    """
    if group and group not in GROUPS:
        raise UnknownGroupError(group)
    counts = _counted(actor, wanted, group)
    left_out = _left_out(actor, wanted, group)
    rows: dict[Any, Row] = {}
    for key, marks in counts.items():
        rows[key] = {
            one.code: Figure(one.masks.share(marks), one.masks.share(left_out[key, one.code])) for one in measures
        }
    return rows


def listed(*, actor: accounts.Actor, wanted: Wanted, measure: Definition, which: str) -> "QuerySet[Mark]":
    """Return the events behind a figure: the sample, the hits, the misses, or what was left out; the newest first."""
    rows: QuerySet[Mark] = _narrowed(trust.visible(actor, SEE, Mark.objects.all()), wanted)
    rows = rows.alias(sampled=F("marks").bitand(measure.masks.sample), hit=F("marks").bitand(measure.masks.hits))
    rows = rows.filter(sampled=measure.masks.sample, event__in=events.events_seen_by(actor))
    if which == "hits":
        rows = rows.filter(hit=measure.masks.hits)
    elif which == "misses":
        rows = rows.exclude(hit=measure.masks.hits)
    elif which == "excluded":
        approved = Exclusion.objects.filter(measure=measure.code, approved=True)
        rows = rows.filter(event__in=approved.values("event_id"))
    return rows.select_related("event", "event__matter", "lead_unit").order_by("-event_id")


def exclusions_seen_by(actor: accounts.Actor) -> "QuerySet[Exclusion]":
    """Return the requests about events that this person may see, with event and units."""
    rows = Exclusion.objects.filter(event__in=events.events_seen_by(actor))
    return rows.select_related("event", "asked_unit", "decided_unit").order_by("-id")


def _counted(actor: accounts.Actor, wanted: Wanted, group: str) -> dict[Any, Counter[int]]:
    rows = _narrowed(trust.visible(actor, SEE, Tally.objects.all()), wanted)
    counts: dict[Any, Counter[int]] = defaultdict(Counter)
    for key, marks, n in rows.order_by().values_list(_key(group), "marks").annotate(n=Sum("n")):
        counts[_named(group, key)][marks] += n
    return counts


def _left_out(actor: accounts.Actor, wanted: Wanted, group: str) -> Mapping[tuple[Any, str], Counter[int]]:
    """Return the marks of what was left out by (key, measure). There are few: they are read each time."""
    marked = _narrowed(trust.visible(actor, SEE, Mark.objects.all()), wanted)
    approved = Exclusion.objects.filter(approved=True)
    counts: dict[tuple[Any, str], Counter[int]] = defaultdict(Counter)
    by_event: dict[Any, list[str]] = defaultdict(list)
    for event_id, measure in approved.values_list("event_id", "measure"):
        by_event[event_id].append(measure)
    if not by_event:
        return counts
    for event_id, key, marks in marked.filter(event__in=approved.values("event_id")).values_list(
        "event_id", _key(group), "marks"
    ):
        for measure in by_event[event_id]:
            counts[_named(group, key), measure][marks] += 1
    return counts


def _key(group: str) -> Any:
    if group == "kind":
        return "lead_unit_id"
    return COLUMNS.get(group) or Value("")


def _named(group: str, key: Any) -> Any:
    return accounts.unit(key).kind if group == "kind" else key


def _narrowed(rows: Any, wanted: Wanted) -> Any:
    rows = rows.filter(month__gte=wanted.first, month__lte=wanted.last)
    if wanted.division_id:
        level = regions.division(wanted.division_id).level
        rows = rows.filter(**{FIELD_OF_LEVEL[level]: wanted.division_id}) if level in FIELD_OF_LEVEL else rows
    if wanted.unit_id:
        rows = rows.filter(lead_unit_id=wanted.unit_id)
    if wanted.kind:
        rows = rows.filter(lead_unit_id__in=[unit.id for unit in accounts.units(kind=wanted.kind)])
    return rows.filter(matter_code=wanted.matter) if wanted.matter else rows


def _none(measures: Sequence[Definition]) -> Row:
    return {one.code: Figure(Share(), Share()) for one in measures}
