"""What exchange watches over 安全监测: keys between linked nodes that grow old, and data grants of unusual width."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.exchange import states
from linli.exchange.models import Grant, NodeKey, Peer
from linli.regions import api as regions
from linli.registry import api as registry
from linli.trust import api as trust
from linli.trust import slots

FOLDER = Path(__file__).resolve().parents[1] / "playbooks"
KINDS = (
    slots.AlertKind("peers.key", _("A key between linked nodes is old"),
              _("It has been in use for %(days)s days."), FOLDER, _("linked nodes")),
    slots.AlertKind("grants.wide", _("A data grant of unusual width"),
              _("Grant %(number)s opens data of grade %(grade)s over %(area)s."), FOLDER, _("data")),
)  # fmt: skip
LOOKED_BACK = timedelta(days=2)


def watch_peer_keys(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """See whether the own key, or the newest of a linked node, has been in use for too long. Two queries."""
    peers = Peer.objects.filter(state=Peer.State.ACTIVE).annotate(newest=Max("keys__trusted_at"))
    found = [(f"peer:{one.name}", one.newest) for one in peers.order_by("name") if one.newest]
    if not found:
        return  # nobody is linked: no key is in use
    own = NodeKey.objects.aggregate(newest=Max("made_at"))["newest"]
    for subject, since in [(slots.NODE, own), *found]:
        days = (now - since).days if since else 0
        if days > limits["peer_key_days"]:
            yield slots.Sighting("peers.key", f"{now:%Y-%m}", subject, slots.WARNING, {"days": days})


def watch_grants(*, now: datetime, limits: slots.Limits) -> Iterator[slots.Sighting]:
    """See which grants of the last two days open high grades, or a whole county and more. One query."""
    rows = Grant.objects.filter(state=states.ACTIVE, made_at__gt=now - LOOKED_BACK).order_by("made_at", "number")
    for row in rows:
        grade, division = grade_of(row), regions.division(row.division_id)
        if grade >= limits["grant_grade"] or division.level <= regions.Level.COUNTY:
            subject = f"unit:{row.unit_id}" if row.unit_id else f"peer:{row.holder}"
            seen = {"number": row.number, "grade": grade, "area": division.name}
            yield slots.Sighting("grants.wide", f"{row.made_at:%Y-%m-%dT%H:%M:%S}:{row.number}", subject,
                                 slots.WARNING, seen)  # fmt: skip


def grade_of(row: Grant) -> int:
    """Return the grade of what a grant opens: that of its highest element, also where it is given masked."""
    elements = registry.elements_of(row.kind)
    return trust.highest_grade(elements[code].grade for code in row.elements if code in elements)


WATCHERS = (
    slots.Watcher("peer-keys", _("Keys between linked nodes"), watch_peer_keys, every=timedelta(hours=1)),
    slots.Watcher("grants", _("Data grants"), watch_grants, every=timedelta(minutes=5)),
)


def register() -> None:
    """Bring kinds of alerts and watchers."""
    for kind in KINDS:
        slots.alert_kinds.register(kind)
    for watcher in WATCHERS:
        slots.watchers.register(watcher)
