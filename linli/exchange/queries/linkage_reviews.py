"""The queue of doubtful pairs as one viewer may see it, and why a pair looks like one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.exchange.models import LinkageEntry, LinkageReview
from linli.exchange.queries.linkage_index import model_in_force, old_names
from linli.exchange.rules.linkage_compare import FIELDS, levels_of
from linli.exchange.rules.linkage_kinds import PERSON, unpacked
from linli.exchange.rules.linkage_review import BANDS, CAUSES, HOME, OPEN, cause_of
from linli.exchange.rules.linkage_rows import named_today
from linli.exchange.rules.linkage_weights import reasons_of
from linli.exchange.rules.linkage_words import AGREEMENT, WEIGHT, weight_of
from linli.registry import api as registry
from linli.trust import api as trust

LINK, SHOWN, COUNTED = "exchange.link", 30, 1000
ORDER = ("raised_at", "id")
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


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How the queue is narrowed: by how likely, why, where, and for how many days a pair waits."""

    state: str = OPEN
    band: str = ""
    cause: str = ""
    division_id: int | None = None
    days: int = 0


def reviews_seen_by(
    viewer: accounts.Actor, state: str = OPEN, *, by: Narrowed | None = None, now: datetime | None = None
) -> "QuerySet[LinkageReview]":
    """Return the pairs that somebody may judge; `ORDER` puts first what has waited longest."""
    wanted = by or Narrowed(state)
    rows = LinkageReview.objects.filter(state=wanted.state)
    if wanted.band in BANDS:
        least, below = BANDS[wanted.band]
        rows = rows.filter(
            **({} if least is None else {"odds__gte": least}), **({} if below is None else {"odds__lt": below})
        )
    if wanted.cause in CAUSES:
        rows = rows.filter(cause=wanted.cause)
    if wanted.division_id:
        rows = rows.filter(registry.inside(wanted.division_id, of="left__entity__"))
    if wanted.days and now:
        rows = rows.filter(raised_at__lte=now - timedelta(days=wanted.days))
    return trust.visible(viewer, LINK, rows).select_related("left__source", "right__source").order_by(*ORDER)


def waiting_count(rows: "QuerySet[LinkageReview]") -> int:
    """Return how many there are, at most a thousand: the index of the queue is read no further."""
    return rows.order_by().values("pk")[:COUNTED].count()


def following(rows: "QuerySet[LinkageReview]", review: LinkageReview) -> LinkageReview | None:
    """Return the pair after this one in the queue, else the first."""
    after = Q(raised_at__gt=review.raised_at) | Q(raised_at=review.raised_at, pk__gt=review.pk)
    others = rows.exclude(pk=review.pk)
    return others.filter(after).first() or others.first()


def causes_of(kind: str, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return why a machine can't decide each of these pairs, as far as both sides are in the index. One query."""
    if kind != PERSON:
        return dict.fromkeys(pairs, HOME)
    numbers = {one for pair in pairs for one in pair}
    entries = {row.identity_id: row.row for row in LinkageEntry.objects.filter(pk__in=numbers)} if pairs else {}
    known = [pair for pair in pairs if pair[0] in entries and pair[1] in entries]
    if not known:
        return {}
    left, right = (named_today(unpacked([entries[pair[at]].reveal() for pair in known]), old_names()) for at in (0, 1))
    return {
        pair: cause_of(dict(zip(FIELDS, levels, strict=True)))
        for pair, levels in zip(known, levels_of(left, right).tolist(), strict=True)
    }


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
