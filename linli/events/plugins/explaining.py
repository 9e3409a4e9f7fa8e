"""Explains to a resident how a machine classed and dispatched their own event 自动化决策说明."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events.models import Event
from linli.events.plugins import explaining_duplicates
from linli.events.plugins.explaining_duplicates import decides
from linli.events.queries.rulebook import rule_book
from linli.events.queries.sight import OWN
from linli.events.rules.dispatch import Duty
from linli.events.rules.explaining import BY_RULE, by_machine
from linli.events.rules.reasons import MOST_CERTAIN, sentence
from linli.trust import api as trust
from linli.trust import slots

MOST = 20


class EventExplainer(slots.Explainer):
    """Knows which model or rule had which part in an event, how sure it was, and what a person did with it."""

    code, label = "events", gettext_lazy("class and unit of a report")

    def explain(
        self, ref: str, *, by: accounts.Actor, now: datetime, ward: UUID | None = None
    ) -> slots.Explanation | None:
        """Return it for the event of this number, if the resident reported it. A ward's reports are their own."""
        seen = trust.visible(by, OWN, Event.objects.filter(number=ref)) if ward is None else Event.objects.none()
        event = seen.select_related("matter", "lead_unit").first()
        if event is None or not by_machine(event.model_version, event.why):
            return None
        duties = rule_book(now).duties
        lines = (*_of_model(event, duties), *_of_rules(event), *_of_people(event, duties))
        title = _("Report %(number)s: how its class and unit were found") % {"number": event.number}
        token = trust.oneself(by, now=now).token or event.reporter_token
        people = event.corrections.exclude(by=None).values_list("by_id", flat=True)
        return slots.Explanation(title, lines, decides(event), token, frozenset(people))

    def decided(self, *, by: accounts.Actor, now: datetime, ward: UUID | None = None) -> list[tuple[str, str]]:  # noqa: ARG002  what was decided stays
        """Return the own reports in whose class or unit a machine had a part."""
        if ward is not None:
            return []
        rows = trust.visible(by, OWN, Event.objects.order_by("-reported_at", "-id"))[:MOST]
        return [(row.number, row.title) for row in rows if by_machine(row.model_version, row.why)]


def _of_model(event: Event, duties: Mapping[str, Duty]) -> Iterator[str]:
    if not event.model_version:
        return
    yield _("A machine read the words of the report (model %(version)s).") % {"version": event.model_version}
    for one in event.candidates[:3]:
        percent = min(MOST_CERTAIN, round(one["probability"] * 100))
        yield _("It thought of “%(matter)s”, %(percent)s%% sure.") % {
            "matter": _name(one["code"], duties), "percent": percent}  # fmt: skip
    if not event.candidates:
        yield _("It found no class that fits.")


def _of_rules(event: Event) -> Iterator[str]:
    yield from (sentence(one) for one in event.why if one["kind"] in BY_RULE)


def _of_people(event: Event, duties: Mapping[str, Duty]) -> Iterator[str]:
    chosen = event.corrections.order_by("-made_at").first()
    if chosen is not None:
        said = {"day": f"{timezone.localtime(chosen.made_at):%Y-%m-%d}", "matter": _name(chosen.chosen, duties)}
        kept = chosen.chosen == chosen.proposed
        yield (_("On %(day)s a person looked and agreed: “%(matter)s”.") if kept
               else _("On %(day)s a person looked and chose otherwise: “%(matter)s”.")) % said  # fmt: skip
    elif event.matter is None:
        yield _("It was not certain enough, so a person decides.")
    else:
        yield _("No person has changed it since; it has the class “%(matter)s”.") % {"matter": event.matter.name}
    yield _("%(unit)s has the report now.") % {"unit": event.lead_unit.name}


def _name(code: str, duties: Mapping[str, Duty]) -> str:
    return duties[code].name if code in duties else code


def register() -> None:
    """Register it once, at start."""
    slots.explainers.register(EventExplainer())
    explaining_duplicates.register()
