"""What exchange brings to the register of processing activities, and grants as cases to which a look is bound."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.exchange import states
from linli.exchange.models import Correction, Grant
from linli.regions import api as regions
from linli.trust import slots as trust

MOST = 20
ACTIVITIES = (
    trust.Activity(
        code="exchange.sharing", name=_("sharing of data"), is_sample=True,
        what_for=_("To give another department what a grant opens, and no more."),
    ),
    trust.Activity(
        code="exchange.feed", name=_("telling another node"), is_sample=True,
        what_for=_("To tell another level what a contract names."),
    ),
    trust.Activity(
        code="exchange.sources", name=_("taking in what departments send"), is_sample=True,
        what_for=_("To take records of departments into the base and to mend what is wrong in them."),
    ),
    trust.Activity(
        code="exchange.opening", name=_("open data"), is_sample=True,
        what_for=_("To publish counts by area in which nobody can be known."),
    ),
)  # fmt: skip


class OpenGrants(trust.CaseKind):
    """A grant 授权 that the actor's unit holds today over the area of the record, for this kind of record."""

    code, label = "grant", _("grant")

    def open_for(self, asked: trust.CaseQuestion) -> Sequence[trust.Case]:
        """Return them by number, the newest first. One query."""
        here = {
            near for one in asked.about.division_ids for near in (one, *(above.id for above in regions.ancestors(one)))
        }
        rows = Grant.objects.filter(
            unit_id__in=asked.actor.unit_ids, kind=asked.about.kind, division_id__in=here, state=states.ACTIVE,
            opens_at__lte=asked.now, closes_at__gt=asked.now,
        )  # fmt: skip
        if asked.ref:
            rows = rows.filter(number=asked.ref)
        found = rows.select_related("owner_unit").order_by("-id")[:MOST]
        return [trust.Case(self.code, row.number, str(row.owner_unit)) for row in found]


class OpenCorrections(trust.CaseKind):
    """A correction 纠错 of this very record that waits, made or to be answered by the actor's unit."""

    code, label = "correction", _("correction")

    def open_for(self, asked: trust.CaseQuestion) -> Sequence[trust.Case]:
        """Return them by id, the newest first. One query."""
        ours = Q(unit_id__in=asked.actor.unit_ids) | Q(owner_unit_id__in=asked.actor.unit_ids)
        rows = Correction.objects.filter(ours, entity_id=asked.about.id, state=states.PROPOSED).order_by("-id")
        found = [trust.Case(self.code, str(row.pk), row.element) for row in rows[:MOST]]
        return [one for one in found if asked.ref in {"", one.ref}]


def register() -> None:
    """Register everything once, at start."""
    trust.case_kinds.register(OpenGrants())
    trust.case_kinds.register(OpenCorrections())
    for one in ACTIVITIES:
        trust.activities.register(one)
