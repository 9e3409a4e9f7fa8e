"""What exchange holds of entities goes with them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.exchange.actions.forget import note_leaving
from linli.exchange.actions.forget_element import note_element
from linli.registry import slots as registry


class KeptRows(registry.Copies):
    """Rows set aside, pages, lists, answers, corrections."""

    code = "exchange.copies"
    label = _("Data exchange")

    def before_erasing(self, leaving: Sequence[registry.Leaving], *, now: datetime) -> None:
        """Note them."""
        note_leaving(leaving, now=now)

    def before_erasing_element(self, leaving: registry.Leaving, code: str, *, now: datetime) -> None:
        """Note it."""
        note_element(leaving, code, now=now)
