"""What is raised where somebody may not. Django turns the first into a 403 page, the second into a 404 page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotAllowed(PermissionDenied):
    """The actor lacks the capability, or has it over other rows."""

    def __init__(self, capability: str) -> None:
        """Remember what was asked for."""
        super().__init__(capability)
        self.capability = capability


class Hidden(NotAllowed, Http404):
    """The actor may not even know that this row is there: the answer is the same as for a row that is not."""


class SealingStopsError(Exception):
    """Nothing is sealed until somebody has looked into it; entries are still written and wait. `sentence` says why."""

    sentence: Promise | str = ""

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


class WrongKeysError(SealingStopsError):
    """The key ring is missing, or is not that of this ledger."""

    sentence = _(
        "The key ring is missing or is not that of this ledger. Nothing is sealed until the right one is back."
    )


class ClockSetBackError(SealingStopsError):
    """The clock of the machine stands before the newest seal."""

    sentence = _("The clock was set back behind the newest seal. Nothing is sealed until it is right again.")


class TreeLostError(SealingStopsError):
    """The newest seal has no tree head, or its tiles are gone."""

    sentence = _("The newest seal has no tree head, or parts of the tree are gone. Verify the ledger and restore it.")
