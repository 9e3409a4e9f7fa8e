"""Open events as what a look may belong to: somebody reported something that the unit has in hand."""

from collections.abc import Collection, Sequence

from linli.events.models import Event
from linli.events.models.event import OPEN
from linli.trust import slots as trust


class OpenEvents(trust.OpenCases):
    """Finds open events by the telephone of who reported them."""

    code = "events"

    def with_case(self, sights: Sequence[trust.Sight]) -> Collection[trust.Sight]:
        """Answer with one query."""
        tokens = {token for sight in sights for token in sight.subjects}
        rows = Event.objects.filter(OPEN, reporter_token__in=tokens).exclude(lead_unit=None)
        held = set(rows.values_list("reporter_token", "lead_unit_id"))
        return [sight for sight in sights if any((token, sight.unit_id) in held for token in sight.subjects)]
