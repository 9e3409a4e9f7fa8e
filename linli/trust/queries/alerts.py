"""Alerts as somebody may see them, the limits in force, and what is remembered between two looks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.trust import slots
from linli.trust.models import Incident, SecurityAlert, WatchMark, WatchSettings
from linli.trust.queries.rights import visible
from linli.trust.rules.alerts import NODE, AlertKind
from linli.trust.rules.watch_limits import Limits, limits_from, shipped_limits

WATCH, AUDIT = "trust.watch", "trust.audit"
LIMITS = "limits"


def whole_node(held: accounts.ActorHolding) -> Q | None:
    """Open everything to posts of the county centre: the watch is over the whole node, so others see nothing."""
    return Q() if held.unit_kind == "centre" else None


def alerts_seen_by(actor: accounts.Actor) -> "QuerySet[SecurityAlert]":
    """Return the alerts that this person may see."""
    rows = SecurityAlert.objects.all()
    return visible(actor, WATCH if actor.can(WATCH) else AUDIT, rows)


def incidents_seen_by(actor: accounts.Actor) -> "QuerySet[Incident]":
    """Return the incidents that this person may see."""
    rows = Incident.objects.all()
    return visible(actor, WATCH if actor.can(WATCH) else AUDIT, rows)


def limits_in_force(*, now: datetime) -> Limits:
    """Return the limits of the newest version of then, else those that ship. One query.

    A limit that came with a later version of Linli than the county's counts as it ships.
    """
    newest = WatchSettings.objects.filter(part=LIMITS, made_at__lte=now).order_by("-number").first()
    return limits_from({**shipped_limits(), **newest.content}) if newest else shipped_limits()


def mark(code: str) -> WatchMark | None:
    """Return what was remembered under this name. One query."""
    return WatchMark.objects.filter(pk=code).first()


def marks(prefix: str) -> list[WatchMark]:
    """Return what was remembered under names that begin so, in their order. One query."""
    return list(WatchMark.objects.filter(pk__startswith=prefix).order_by("pk"))


def kind_of(alert: SecurityAlert) -> AlertKind:
    """Return the kind of an alert. Raises UnknownPluginError where the domain that brought it is gone."""
    return slots.alert_kinds.get(alert.kind)


def subjects_in_words(subjects: Iterable[str]) -> Mapping[str, str]:
    """Return what alerts are about, in words: accounts and units by name, addresses as they are. Three queries."""
    wanted = set(subjects)
    ids = [UUID(one.partition(":")[2]) for one in wanted if one.startswith("person:")]
    names = accounts.staff_names(ids)
    units, posts = {str(unit.id): unit.name for unit in accounts.units()}, accounts.post_names()
    return {one: _in_words(one, names, units, posts) for one in wanted}


def _in_words(subject: str, names: Mapping[UUID, str], units: Mapping[str, str], posts: Mapping[str, str]) -> str:
    sort, _colon, key = subject.partition(":")
    if sort == "person":
        return _("account of %(name)s") % {"name": names.get(UUID(key), key[-8:])}
    if sort == "name":
        return _("a name that nobody has (%(key)s)") % {"key": key}
    if sort == "post":
        return _("post “%(name)s”") % {"name": posts.get(key, key)}
    return {
        NODE: _("this node"), "address": _("address %(key)s") % {"key": key}, "unit": units.get(key, key),
        "peer": _("linked node %(key)s") % {"key": key},
    }.get(sort, key)  # fmt: skip
