"""Incidents with their clocks: the terms in force, which duties stand open, and what a report must say."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from linli.trust.models import Incident, NoticeDuty, WatchSettings
from linli.trust.rules.notice_terms import Circumstances, NoticeTerms, shipped_terms, terms_from

TERMS = "terms"


def terms_in_force(*, now: datetime) -> NoticeTerms:
    """Return the terms of the newest version whose day has come, else those that ship. One query."""
    rows = WatchSettings.objects.filter(part=TERMS, begins_on__lte=timezone.localdate(now), made_at__lte=now)
    newest = rows.order_by("-begins_on", "-number").first()
    return terms_from(newest.content) if newest else shipped_terms()


def notice_term_versions() -> "QuerySet[WatchSettings]":
    """Return the versions of the terms, the newest first."""
    return WatchSettings.objects.filter(part=TERMS).order_by("-number")


def circumstances_of(incident: Incident) -> Circumstances:
    """Return what decides who must be told."""
    return Circumstances(
        incident.category, incident.grade, incident.operator, incident.about_people, incident.public_harm,
        incident.known_at, incident.contained_at,
    )  # fmt: skip


def open_duties() -> "QuerySet[NoticeDuty]":
    """Return the duties that nobody has settled, the soonest first."""
    return NoticeDuty.objects.filter(done_at=None).select_related("incident").order_by("due_at", "id")


def lacking_for_close(incident: Incident) -> list[str]:
    """Return what still stands in the way of closing: `duties`, `notice`; in this order. One query."""
    lacking = ["duties"] if incident.duties.filter(done_at=None).exists() else []
    return [*lacking, "notice"] if incident.about_people and not incident.notice else lacking
