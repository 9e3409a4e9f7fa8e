"""The queue of doubtful pairs as one viewer may see it, and why a pair looks like one."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.exchange.models import LinkageEntry, LinkageReview
from linli.exchange.queries.linkage_index import model_in_force, old_names
from linli.exchange.rules.linkage_compare import levels_of
from linli.exchange.rules.linkage_kinds import unpacked
from linli.exchange.rules.linkage_review import OPEN
from linli.exchange.rules.linkage_rows import named_today
from linli.exchange.rules.linkage_weights import reasons_of
from linli.exchange.rules.linkage_words import AGREEMENT, WEIGHT, weight_of
from linli.registry import api as registry
from linli.trust import api as trust

LINK, SHOWN = "exchange.link", 30
BOTH = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """How one field of a pair agrees, and what that is worth, in words; `tone` colours it."""

    field: str
    agreement: str
    weight: str
    tone: str


def in_reach(holding: accounts.ActorHolding) -> Q:
    """Return the condition "both records lie in the area of this holding"."""
    return registry.in_area(holding, of="left__entity__") & registry.in_area(holding, of="right__entity__")


def reviews_seen_by(viewer: accounts.Actor, state: str = OPEN) -> "QuerySet[LinkageReview]":
    """Return the pairs of a state that somebody may judge, the likeliest first."""
    rows = trust.visible(viewer, LINK, LinkageReview.objects.filter(state=state))
    return rows.select_related("left__source", "right__source").order_by("-odds", "id")


def review_seen_by(viewer: accounts.Actor, review_id: UUID) -> LinkageReview | None:
    """Return one pair that somebody may judge."""
    rows = trust.visible(viewer, LINK, LinkageReview.objects.filter(pk=review_id))
    return rows.select_related("left__source", "right__source").first()


def reasons_for(review: LinkageReview) -> list[Reason]:
    """Return how each field agrees that both sides know, the weightiest first. One query."""
    entries = {row.identity_id: row for row in LinkageEntry.objects.filter(pk__in=[review.left_id, review.right_id])}
    if len(entries) < BOTH:
        return []
    sealed = [entries[one].row.reveal() for one in (review.left_id, review.right_id)]
    rows = named_today(unpacked(sealed), old_names())
    model, _among = model_in_force()
    found = reasons_of(levels_of(rows[:1], rows[1:])[0], rows[0], model)
    elements = registry.elements_of("person")
    return [
        Reason(elements[code].label if code in elements else code, str(AGREEMENT[code, level]),
               *map(str, WEIGHT[weight_of(odds)]))
        for code, level, odds in found
    ]  # fmt: skip
