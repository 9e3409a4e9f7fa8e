"""The links of an event as a page shows them, and who follows it; only what the reader may see by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.accounts import api as accounts
from linli.events.models import Event, Follower, Link
from linli.events.models.link import STANDING
from linli.events.queries.sight import events_seen_by


@dataclass(frozen=True)
class LinkSeen:
    """One link from where one stands: `above` tells whether the other is the parent, main or source event.

    `event` is None where the reader may not see the other one.
    """

    link_id: UUID
    kind: str
    policy: str
    above: bool
    made_at: datetime
    by_name: str
    words: str
    event: Event | None


@dataclass(frozen=True)
class Group:
    """What belongs to an event: its links, and how many follow it with the words of the newest."""

    links: Sequence[LinkSeen]
    followers: int
    newest: Sequence[Follower]

    @property
    def merged_into(self) -> LinkSeen | None:
        """Return the link to the event that this one was merged into."""
        return next((one for one in self.links if one.kind == Link.Kind.MERGED and one.above), None)


def group_of(*, event: Event, actor: accounts.Actor) -> Group:
    """Return the links and followers of an event, for somebody who may see the event."""
    rows = list(Link.objects.filter(STANDING & (Q(one=event) | Q(other=event))).order_by("id"))
    others = {row.other_id if row.one_id == event.id else row.one_id for row in rows}
    seen = {}
    if others:
        seen = {one.id: one for one in events_seen_by(actor).filter(pk__in=others).select_related("lead_unit")}
    followers = Follower.objects.filter(event=event).order_by("-id")
    newest = list(followers.exclude(words="")[:5])
    return Group([_seen(row, event, seen) for row in rows], followers.count(), newest)


def main_of(event: Event) -> Event | None:
    """Return the event that this one was merged into, with what a resident's page needs."""
    links = Link.objects.filter(STANDING, other=event, kind=Link.Kind.MERGED)
    link = links.select_related("one__lead_unit", "one__street", "one__community").first()
    return link.one if link else None


def followed_by(*, actor: accounts.Actor) -> "QuerySet[Follower]":
    """Return what a resident follows, the newest first: by the keyed hash of their phone."""
    rows = Follower.objects.filter(token=actor.phone_token) if actor.phone_token else Follower.objects.none()
    return rows.select_related("event__lead_unit").order_by("-id")


def _seen(row: Link, event: Event, seen: dict[Any, Event]) -> LinkSeen:
    above = row.other_id == event.id
    other = row.one_id if above else row.other_id
    return LinkSeen(row.id, row.kind, row.policy, above, row.made_at, row.by_name, row.words, seen.get(other))
