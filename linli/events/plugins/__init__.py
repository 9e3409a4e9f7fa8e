"""What events plugs into the slots of the floors below."""

from linli.events.models import Event
from linli.events.queries import sight
from linli.trust import slots as trust


def register() -> None:
    """Register everything once, at start."""
    for capability in sight.BY_AREA:
        trust.row_filters.register(trust.RowFilter(model=Event, capability=capability, where=sight.in_area))
    trust.row_filters.register(trust.RowFilter(model=Event, capability="events.see_unit", where=sight.of_unit))
    trust.row_filters.register(trust.RowFilter(model=Event, capability="events.handle", where=sight.led_by_unit))
    for capability in sight.BY_REACH:
        trust.row_filters.register(trust.RowFilter(model=Event, capability=capability, where=sight.in_reach))
