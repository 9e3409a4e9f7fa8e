"""Explains to a resident whether their report is the same as another: a machine proposes, people merge 并件说明."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.accounts import api as accounts
from linli.events.models import Event, Link
from linli.events.queries.near import group_rules, near_events, rules_number
from linli.events.queries.sight import OWN
from linli.events.rules.drafts import ReportDraft
from linli.events.rules.near import rules_for
from linli.trust import api as trust
from linli.trust import slots

MOST = 20
TOLD = (Link.Kind.MERGED, Link.Kind.SAME)


class DuplicateExplainer(slots.Explainer):
    """Knows which reports were shown to officers as like a report, and what people made of it."""

    code, label = "duplicates", gettext_lazy("reports of the same thing")

    def explain(
        self, ref: str, *, by: accounts.Actor, now: datetime, ward: UUID | None = None
    ) -> slots.Explanation | None:
        """Return it for the event of this number, if the resident reported it and something like it is known."""
        seen = trust.visible(by, OWN, Event.objects.filter(number=ref)) if ward is None else Event.objects.none()
        event = seen.select_related("matter", "lead_unit").first()
        if event is None:
            return None
        links = list(Link.objects.filter(other=event, kind__in=TOLD).order_by("made_at", "id"))
        alike = _alike(event, now) if event.is_open else 0
        if not links and not alike:
            return None
        title = _("Report %(number)s: whether it is the same as another") % {"number": event.number}
        lines = (*_of_machine(event, alike, now), *_of_people(links))
        token = trust.oneself(by, now=now).token or event.reporter_token
        people = frozenset(one for link in links for one in (link.by_id, link.ended_by_id) if one is not None)
        return slots.Explanation(title, lines, decides(event), token, people)

    def decided(self, *, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> list[tuple[str, str]]:  # noqa: ARG002  what was decided stays
        """Return the own reports that were merged or linked as the same."""
        if ward is not None:
            return []
        same = Link.objects.filter(kind__in=TOLD).values("other_id")
        rows = trust.visible(by, OWN, Event.objects.filter(pk__in=same)).order_by("-reported_at", "-id")[:MOST]
        return [(row.number, row.title) for row in rows]


def decides(event: Event) -> int:
    """Return the unit that decides anew: the centre, whose dispatchers do; where there is none, who has the event."""
    centre = accounts.unit_for(kind="centre", division_id=event.county_id) if event.county_id else None
    return centre.id if centre else event.lead_unit_id


def _alike(event: Event, now: datetime) -> int:
    """Return how many other open reports are shown to officers as like this one; nothing else of them is told."""
    place = event.community_id or event.street_id
    draft = ReportDraft(title=event.title, text=event.text, lng=event.lng, lat=event.lat, division_id=place,
                        matter_code=event.matter.code if event.matter else None)  # fmt: skip
    found = near_events(draft=draft, now=now, actor=accounts.SYSTEM)
    return len([one for one in found if one.event_id != event.pk])


def _of_machine(event: Event, alike: int, now: datetime) -> Iterator[str]:
    rules = rules_for(group_rules(now), event.matter.code if event.matter else None)
    said = {"metres": rules.radius_m, "days": rules.window_days, "number": rules_number(now)}
    words = _(
        "A machine looks for reports of the same thing: within %(metres)s metres and %(days)s days, of the same class "
        "or in like words (version %(number)s of the rule)."
    )
    yield words % said
    yield _("Of your report it uses the place, the time, the class and the words without names and numbers.")
    if alike:
        seen = ngettext("Officers see %(n)s report like yours.", "Officers see %(n)s reports like yours.", alike)
        yield seen % {"n": alike}
    yield _("It merges nothing: that is decided by a person. What others reported is not told here.")


def _of_people(links: Sequence[Link]) -> Iterator[str]:
    for link in links:
        yield _LINKED[Link.Kind(link.kind)] % {"day": f"{timezone.localtime(link.made_at):%Y-%m-%d}"}
        if link.ended_at is not None:
            yield _("On %(day)s a person took that back.") % {"day": f"{timezone.localtime(link.ended_at):%Y-%m-%d}"}
    if not links:
        yield _("No person has merged your report with another.")


_LINKED = {
    Link.Kind.MERGED: gettext_lazy("On %(day)s a person merged your report with another; you get the same answer."),
    Link.Kind.SAME: gettext_lazy("On %(day)s a person noted that another report is about the same thing."),
}


def register() -> None:
    """Register it once, at start."""
    slots.explainers.register(DuplicateExplainer())
