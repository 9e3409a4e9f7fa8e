"""Who is marked: at whom each look is reviewed."""

from collections.abc import Collection

from django.db.models import QuerySet

from linli.accounts import api as accounts
from linli.trust.models import MarkedPerson
from linli.trust.queries.alerts import AUDIT
from linli.trust.queries.looks import Oneself
from linli.trust.queries.rights import visible

MARKED = "trust.marked"
SELF, LIST = MarkedPerson.Way.SELF, MarkedPerson.Way.LIST


def marked_among(subjects: Collection[str]) -> frozenset[str]:
    """Return which of these tokens are those of people at whom each look is reviewed now. One query."""
    rows = MarkedPerson.objects.filter(subject__in=list(subjects), ended_at=None) if subjects else ()
    return frozenset(row.subject for row in rows)


def asks_for_reviews(of: Oneself) -> bool:
    """Tell whether a resident, or a guardian for the ward, asked for each look to be reviewed."""
    return MarkedPerson.objects.filter(subject__in=sorted(of.confirmed), way=SELF, ended_at=None).exists()


def marked_list(actor: accounts.Actor) -> "QuerySet[MarkedPerson]":
    """Return the list kept over the area of the actor, the newest first: who asked themselves is not on it."""
    listed = visible(actor, MARKED if actor.can(MARKED) else AUDIT, MarkedPerson.objects.filter(way=LIST))
    return listed.select_related("by", "ended_by").order_by("-since", "-id")
