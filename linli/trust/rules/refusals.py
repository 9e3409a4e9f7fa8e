"""What is raised where somebody may not. Django turns the first into a 403 page, the second into a 404 page."""

from uuid import UUID

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


class TrustRefusedError(Exception):
    """The ground of what trust refuses with a sentence; `str()` is the sentence in the language of the reader."""

    sentence: str | Promise = _("This can't be done.")

    def __init__(self, sentence: str | Promise = "") -> None:
        """Say it in other words where they are given."""
        super().__init__(sentence)
        if sentence:
            self.sentence = sentence

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


class SealingStopsError(TrustRefusedError):
    """Nothing is sealed until somebody has looked into it; entries are still written and wait."""


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


class ActivityRefusedError(TrustRefusedError):
    """An entry that can't stand in the register of processing activities."""


class PurposeRefusedError(TrustRefusedError):
    """No purpose was chosen, or none that stands in the register and is in force."""

    sentence = _("Choose what you need the record for, then open it.")


class NotYourPurposeError(PurposeRefusedError):
    """The purpose belongs to other posts or units, or to another area."""

    sentence = _("This purpose is not among those of your post here. Choose one from the list.")


class CaseMissingError(PurposeRefusedError):
    """The activity is bound to an open case and none was named."""

    sentence = _("This purpose is bound to an open case. Choose the case that you are working on.")


class CaseRefusedError(PurposeRefusedError):
    """The case is not there, has ended, or is not the business of who asks."""

    sentence = _("This case is not open, not yours, or about somebody else. Choose one from the list.")


class ConsentMissingError(PurposeRefusedError):
    """The activity rests on consent, and the person has not agreed, or has withdrawn."""

    sentence = _("The person has not agreed to this use, or has withdrawn. Ask them first; nothing is shown.")


class ConsentRefusedError(TrustRefusedError):
    """A consent that can't be given or withdrawn like this."""


class MarkRefusedError(TrustRefusedError):
    """Somebody who can't be marked, or is marked already."""


class ReviewRefusedError(TrustRefusedError):
    """A step about looks that can't be taken."""


class DeferralRefusedError(TrustRefusedError):
    """A look that can't be told later like this."""


class RightRefusedError(TrustRefusedError):
    """A request of a person that can't be made, or answered, like this."""


class HandlingRefusedError(TrustRefusedError):
    """A line of what a grade does that contradicts itself or opens what the law closes."""


class ExportRefusedError(TrustRefusedError):
    """A list can't leave as a file, or a request for one can't take this step."""


class ApprovalNeededError(ExportRefusedError):
    """So many rows leave with a second person only; `request_id` is the request that is open for them."""

    sentence = _("So many rows need a second person. Say what for, and somebody else decides.")

    def __init__(self, request_id: UUID) -> None:
        """Name the request."""
        super().__init__()
        self.request_id = request_id
