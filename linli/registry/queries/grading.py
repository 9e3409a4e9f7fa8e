"""Elements and the decisions on their grade: what waits for one, what is proposed, how far the rewriting is."""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.registry.models import Element, Entity, GradeDecision
from linli.registry.queries.dictionary import FIELDS
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.kinds import KINDS
from linli.trust import api as trust

SAMPLE = 100


@dataclass(frozen=True, slots=True)
class ToGrade:
    """One element, what is proposed for it, and the newest decision (None: it waits for one)."""

    element: ElementInfo
    proposal: trust.Proposal
    decision: GradeDecision | None


def elements_to_grade(kind: str, *, waiting: bool = True) -> list[ToGrade]:
    """Return the elements of a kind that wait for a decision, or all of them, each with what is proposed."""
    rows = Element.objects.filter(kind=kind, retired_at=None).prefetch_related("decisions__decided_by")
    rows = rows.filter(decisions=None) if waiting else rows
    values = sample_of(kind)
    return [_to_grade(row, values) for row in rows.order_by("position", "id")]


def waiting_by_kind() -> dict[str, int]:
    """Return how many elements of each kind wait for a decision."""
    kinds = Element.objects.filter(retired_at=None, decisions=None).values_list("kind", flat=True)
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return found


def proposal_for(element: ElementInfo) -> trust.Proposal:
    """Return what is proposed for one element."""
    return _proposed(element, sample_of(element.kind))


def sample_of(kind: str) -> Mapping[str, list[str]]:
    """Return some values of each element of a kind, from the newest records; they are looked at and not kept."""
    found: dict[str, list[str]] = {}
    if kind in KINDS:
        for row in Entity.objects.filter(kind=kind, merged_into=None).order_by("-id")[:SAMPLE]:
            for code, value in row.whole().items():
                found.setdefault(code, []).append(str(value))
    return found


def to_write_anew() -> int:
    """Return how many records wait to be written anew."""
    return Entity.objects.filter(is_due=True).count()


def _to_grade(row: Element, values: Mapping[str, list[str]]) -> ToGrade:
    info = ElementInfo(**{name: getattr(row, name) for name in FIELDS})
    return ToGrade(info, _proposed(info, values), next(iter(row.decisions.all()), None))


def _proposed(info: ElementInfo, values: Mapping[str, list[str]]) -> trust.Proposal:
    return trust.propose(name=info.label, kind=info.kind, sort=info.type, values=values.get(info.code, ()))
