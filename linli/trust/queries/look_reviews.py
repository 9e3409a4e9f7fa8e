"""Reviews of looks as pages show them: who may review, what is behind one, how many were confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from linli.accounts import api as accounts
from linli.trust.models import Finding, LedgerEntry, LookReview
from linli.trust.queries.rights import visible
from linli.trust.rules.look_proposals import Outcome, Proposal, propose
from linli.trust.rules.look_rules import RULES
from linli.trust.rules.look_settings import Settings
from linli.trust.rules.wording import sentence_of
from linli.trust.states import looks as states

AUDIT = "trust.audit"
MOST_BEHIND = 100


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the decided reviews with a rule, or of a month, were confirmed: not justified, or misuse."""

    code: str
    confirmed: int
    decided: int

    @property
    def share(self) -> float | None:
        """The share of the confirmed, between 0 and 1."""
        return self.confirmed / self.decided if self.decided else None


def reviews_seen_by(actor: accounts.Actor) -> "QuerySet[LookReview]":
    """Return the reviews that an auditor may see."""
    return visible(actor, AUDIT, LookReview.objects.all())


def reviews_asked_of(actor: accounts.Actor) -> "QuerySet[LookReview]":
    """Return the reviews about which an officer was asked, open ones first."""
    if actor.person_id is None:
        return LookReview.objects.none()
    rows = LookReview.objects.filter(person_id=actor.person_id).exclude(steps__isnull=True)
    return rows.filter(steps__step="ask").distinct().order_by("-found_at", "id")


def is_of_chain(actor: accounts.Actor, review: LookReview) -> bool:
    """Tell whether somebody is the officer, or of their unit, or of one above or below it; the node itself is not."""
    if actor.kind == "system":
        return False
    return actor.person_id == review.person_id or bool(actor.unit_ids & _chain(review.unit_id))


def _chain(unit_id: int | None) -> frozenset[int]:
    """Return a unit, those above it and those below it. The centre stands above all and is not counted as above."""
    known = {one.id: one for one in accounts.units()}
    if unit_id is None or unit_id not in known:
        return frozenset()
    chain, at = {unit_id}, known[unit_id].parent_id
    while at is not None and at in known and at not in chain and known[at].kind != "centre":
        chain.add(at)
        at = known[at].parent_id
    below = {unit_id} if known[unit_id].kind != "centre" else set()
    while below:
        below = {one.id for one in known.values() if one.parent_id in below} - chain
        chain |= below
    return frozenset(chain)


def looks_behind(review: LookReview) -> list[LedgerEntry]:
    """Return the entries behind a review, oldest first, at most a hundred. Two queries."""
    ids = {look for row in review.findings.all() for look in row.behind}
    rows = LedgerEntry.objects.filter(pk__in=sorted(ids, reverse=True)[:MOST_BEHIND])
    return list(rows.order_by("at", "id"))


def reasons_of(reviews: Iterable[LookReview]) -> dict[Any, list[dict[str, Any]]]:
    """Return the sentences of each review, the strongest finding of each rule. One query."""
    strongest: dict[Any, dict[str, Finding]] = defaultdict(dict)
    for row in Finding.objects.filter(review__in=list(reviews)).order_by("points", "day", "id"):
        strongest[row.review_id][row.rule] = row
    return {
        key: [sentence_of(row) for row in sorted(rows.values(), key=lambda row: -row.points)]
        for key, rows in strongest.items()
    }


def precision_by_rule() -> list[Precision]:
    """Return how the decided reviews with each rule ended, in the order of the rules. One query."""
    rows: Any = Finding.objects.filter(review__decided_at__isnull=False).values("rule")
    counted = {row["rule"]: row for row in rows.annotate(**_ends("review__", "review_id"))}
    empty: Mapping[str, int] = {"confirmed": 0, "decided": 0}
    return [Precision(code, (row := counted.get(code, empty))["confirmed"], row["decided"]) for code in RULES]


def precision_by_month(last: int = 12) -> list[tuple[date, Precision]]:
    """Return how the reviews decided in each of the last months ended, oldest first. One query."""
    rows: Any = (
        LookReview.objects.filter(decided_at__isnull=False).annotate(month=TruncMonth("decided_at")).values("month")
    )
    counted = rows.annotate(**_ends("", "id")).order_by("-month")[:last]
    return [(row["month"].date(), Precision("", row["confirmed"], row["decided"])) for row in reversed(counted)]


def proposals(settings: Settings) -> list[Proposal]:
    """Return which limits the outcomes speak against; a person decides. One query."""
    rows = Finding.objects.filter(review__decided_at__isnull=False, review__state__in=states.FINAL)
    strongest: dict[tuple[Any, str], Outcome] = {}
    for key, rule, value, state in rows.order_by("value").values_list("review_id", "rule", "value", "review__state"):
        strongest[key, rule] = Outcome(rule, value, confirmed=state in states.CONFIRMED)
    return propose(list(strongest.values()), settings)


def _ends(prefix: str, key: str) -> dict[str, Count]:
    confirmed = Q(**{f"{prefix}state__in": sorted(states.CONFIRMED)})
    return {"confirmed": Count(key, filter=confirmed, distinct=True), "decided": Count(key, distinct=True)}


__all__ = [
    "Precision", "is_of_chain", "looks_behind", "precision_by_month", "precision_by_rule", "proposals", "reasons_of",
    "reviews_asked_of", "reviews_seen_by",
]  # fmt: skip
