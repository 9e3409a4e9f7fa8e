"""Which looks are told later, and the list of it for those who audit."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.trust.models import Deferral, LedgerEntry


def told_by(rows: QuerySet[LedgerEntry], now: datetime) -> QuerySet[LedgerEntry]:
    """Leave out the entries that are told later by law; nothing else may leave one out."""
    later = Deferral.objects.filter(
        case_ref=OuterRef("case_ref"), unit_id=OuterRef("unit_id"), state=Deferral.State.APPROVED, until__gt=now
    )
    return rows.filter(Q(case_ref="") | ~Exists(later))


def kept_deferrals() -> QuerySet[Deferral]:
    """Return all of them, newest first."""
    return Deferral.objects.select_related("kind", "unit", "proposed_by", "decided_by").order_by("-proposed_at", "-id")
