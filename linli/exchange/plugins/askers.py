"""What applications and grants ask of people: the over-collection check sees them before an owner decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.exchange.queries.asking import open_applications, open_grants_on
from linli.trust import slots as trust


class SharingAsker(trust.Asker):
    """Applications that wait for an answer, and grants in force."""

    code, label = "sharing", _("sharing of data")

    def askings(self, *, day: date) -> Sequence[trust.Asking]:
        """Return both. Two queries, and those of the catalogue of elements."""
        asked = [(one, reverse("exchange:application", args=[key])) for key, one in open_applications()]
        granted = [(one, reverse("exchange:grant", args=[key])) for key, one in open_grants_on(day)]
        return [replace(one, url=url) for one, url in (*asked, *granted)]


def register() -> None:
    """Register it once, at start."""
    trust.askers.register(SharingAsker())
