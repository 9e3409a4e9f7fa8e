"""Versions of what a county may set in trust: limits, terms and rules, by the code of what they are."""

from django.db.models import QuerySet

from linli.trust.models import PolicyVersion


def versions_of(code: str) -> QuerySet[PolicyVersion]:
    """Return every version, the newest first, with who made it. The newest is in force."""
    return PolicyVersion.objects.filter(code=code).select_related("made_by").order_by("-number")
