"""What events brings to the register of processing activities, and open events as cases to which a look is bound."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.events.models import Task
from linli.events.queries.sight import events_seen_by
from linli.trust import slots as trust

MOST = 20
CHOSEN = (
    ("contact_reporter", pgettext_lazy("purpose", "contact the reporter"), _("To ask the reporter about the event.")),
    ("verify_on_site", pgettext_lazy("purpose", "verify on site"), _("To meet the reporter where it happened.")),
    ("answer_reporter", pgettext_lazy("purpose", "answer the reporter"), _("To tell the reporter what was done.")),
    (
        "call_back", pgettext_lazy("purpose", "call back about a closed event"),
        _("To ask the reporter whether it was solved."),
    ),
)  # fmt: skip
BOUND = (
    (
        "events.intake", _("taking a report"), _("To take a report and to find who answers for it."),
        ("event.text", "event.place", "event.photo", "reporter.name", "reporter.phone"),
    ),
    ("events.handling", _("handling the event"), _("To handle an event until it is closed."), ()),
    ("events.export", _("exporting a list"), _("To work with a list of events outside the system."), ()),
    ("events.hotline", _("answering the hotline platform"), _("To answer the hotline that passed the report on."), ()),
    (
        "events.volunteers", _("looking after volunteers"), _("To appoint volunteer checkers and reach them."),
        ("volunteer.phone",),
    ),
    ("events.publishing", _("making answers public"), _("To publish answers without anything personal."), ()),
    ("events.learning", _("learning from closed events"), _("To train the classifier on texts without names."), ()),
)  # fmt: skip
ACTIVITIES = (
    *(
        trust.Activity(code=f"events.{code}", name=name, what_for=why, chosen=True, is_sample=True)
        for code, name, why in CHOSEN
    ),
    *(
        trust.Activity(code=code, name=name, what_for=why, elements=elements, is_sample=True)
        for code, name, why, elements in BOUND
    ),
)


class OpenEvents(trust.CaseKind):
    """An open event 在办事件 in the hands of the actor or of the actor's unit, of this person or in this community."""

    code, label = "event", _("open event")

    def open_for(self, asked: trust.CaseQuestion) -> Sequence[trust.Case]:
        """Return them by number, the newest first. One query."""
        mine = Q(lead_unit_id__in=asked.actor.unit_ids) | Q(handler_id__in=asked.actor.persons)
        here = Q(community_id__in=asked.about.division_ids) | Q(reporter_token__in=asked.about.tokens)
        rows = events_seen_by(asked.actor).filter(mine, here, closed_at=None).order_by("-reported_at", "-id")
        if asked.ref:
            rows = rows.filter(number=asked.ref)
        return [trust.Case(self.code, row.number, row.title) for row in rows.only("id", "number", "title")[:MOST]]


class OpenTasks(trust.CaseKind):
    """An open task 协办任务 of the actor's unit for an event of this person or in this community."""

    code, label = "task", _("task for an event")

    def open_for(self, asked: trust.CaseQuestion) -> Sequence[trust.Case]:
        """Return them by the number of the event, the newest first. One query."""
        here = Q(event__community_id__in=asked.about.division_ids)
        here |= Q(event__reporter_token__in=asked.about.tokens)
        rows = Task.objects.filter(here, unit_id__in=asked.actor.unit_ids, state=Task.State.OPEN, event__closed_at=None)
        if asked.ref:
            rows = rows.filter(event__number=asked.ref)
        found = rows.order_by("-given_at", "-id").values_list("event__number", "what")
        return [trust.Case(self.code, number, what) for number, what in found[:MOST]]


def register() -> None:
    """Register everything once, at start."""
    trust.case_kinds.register(OpenEvents())
    trust.case_kinds.register(OpenTasks())
    for one in ACTIVITIES:
        trust.activities.register(one)
