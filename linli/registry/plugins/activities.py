"""What the registry brings to the register of processing activities. Samples: a county writes its own versions."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.registry.models import Tag, TagMark
from linli.trust import slots as trust

MOST = 20
CHOSEN = (
    trust.Activity(
        code="registry.visit", name=pgettext_lazy("purpose", "visit at home"), chosen=True,
        what_for=_("To find, call and visit somebody at home, as the duties of the community say."), is_sample=True,
    ),
    trust.Activity(
        code="registry.verify", name=pgettext_lazy("purpose", "verify what is known"), chosen=True,
        what_for=_("To compare what the base says with what is found on site, and to correct it."), is_sample=True,
    ),
    trust.Activity(
        code="registry.serve", name=pgettext_lazy("purpose", "help with a service"), chosen=True,
        what_for=_("To help somebody apply for or receive a public service."), is_sample=True,
    ),
    trust.Activity(
        code="registry.safety", name=pgettext_lazy("purpose", "safety check"), chosen=True,
        what_for=_("To check dangers to people in a house, such as gas, fire and rented rooms."), is_sample=True,
    ),
    trust.Activity(
        code="registry.emergency", name=pgettext_lazy("purpose", "emergency"), chosen=True, basis="4",
        what_for=_("To protect life, health and property in an emergency."), is_sample=True,
    ),
    trust.Activity(
        code="registry.link", name=pgettext_lazy("purpose", "decide whether two records are one"), chosen=True,
        what_for=_("To decide whether two records of different sources are about one person."), is_sample=True,
    ),
)  # fmt: skip
BOUND = (
    ("registry.find", _("finding somebody in the base"), _("To find the right record; names stand behind a mask.")),
    ("registry.lists", _("keeping the lists of a community"), _("To keep the lists of people to look after.")),
    ("registry.tags", _("working with tags"), _("To mark who needs attention, with a purpose and an end.")),
    ("registry.linking", _("deciding whether two records are one"), _("To merge and split records of sources.")),
    ("registry.lifecycle", _("keeping data no longer than needed"), _("To delete what may be kept no longer.")),
    ("registry.plates", _("keeping door plates"), _("To issue the codes on doors.")),
)
ACTIVITIES = (
    *CHOSEN,
    *(trust.Activity(code=code, name=name, what_for=why, is_sample=True) for code, name, why in BOUND),
)


class OpenTagTasks(trust.CaseKind):
    """A task 专项任务 of the actor's unit for which this very record is marked and that is not done here yet."""

    code, label = "tag_task", _("task for marked records")

    def open_for(self, asked: trust.CaseQuestion) -> Sequence[trust.Case]:
        """Return them by id, the newest first. One query."""
        marks = TagMark.objects.filter(entity_id=asked.about.id, ended_at=None, done_at=None, tag_id=OuterRef("pk"))
        rows = Tag.objects.filter(
            about=Tag.About.TASK, retired_at=None, ended_at=None, owner_id__in=asked.actor.unit_ids
        )
        found = rows.filter(Exists(marks)).order_by("-id").values_list("pk", "name")[:MOST]
        return [trust.Case(self.code, str(pk), name) for pk, name in found if asked.ref in {"", str(pk)}]


def register() -> None:
    """Register everything once, at start."""
    trust.case_kinds.register(OpenTagTasks())
    for one in ACTIVITIES:
        trust.activities.register(one)
