"""Events as occasions of tags 标签: the people and houses that an event concerns."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events.actions.occasions import OCCASION
from linli.events.queries.sight import events_seen_by
from linli.registry import slots as registry


class EventOccasions(registry.Occasions):
    """Events that the viewer may see, by their id."""

    code, label = OCCASION, _("event")

    def known(self, keys: Collection[str], *, viewer: accounts.Actor) -> Mapping[str, registry.Happening]:
        """Return number and title of those of these events that the viewer may see. One query."""
        rows = events_seen_by(viewer).filter(pk__in=list(keys)).only("id", "number", "title", "closed_at", "state")
        return {str(row.id): registry.Happening(str(row.id), row.number, row.title, row.is_open) for row in rows}
