"""What is refused of grants and corrections, each with a sentence and a status for interfaces."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.exchange.rules.refusals import ExchangeRefusedError


class RefusedError(ExchangeRefusedError):
    """Something was refused; `str()` says why and what to do."""

    status = 409


class TermsRefusedError(RefusedError):
    """An application or an answer that can't be made as it stands. `field` is where the fault lies."""

    status = 422

    def __init__(self, field: str, sentence: str | Promise) -> None:
        """Keep the field beside the sentence."""
        super().__init__(sentence)
        self.field = field


class OwnApplicationError(RefusedError):
    """Who applies never answers: four eyes."""

    sentence = _("Who applied for it can't answer it; somebody else of the owner department decides.")
    status = 403


class WordsMissingError(RefusedError):
    """A refusal or a trimming is said in writing."""

    sentence = _("Write why: the other side reads it.")
    status = 422


class NoSuchGrantError(RefusedError):
    """There is no grant of this number for who asks. The answer is the same as for somebody else's."""

    sentence = _("There is no grant with this number for your unit.")
    status = 404


class GrantClosedError(RefusedError):
    """The grant has expired, is suspended or revoked, or has not begun."""

    sentence = _("This grant is not open: it has not begun, has expired, is suspended or was revoked.")
    status = 403


class GradeRisenError(RefusedError):
    """An element has risen since the grant was decided, to a grade that may not be given so."""

    sentence = _("The grade of a data element has risen; the grant stands still until its owner decides anew.")
    status = 403


class NotGrantedError(RefusedError):
    """An element, a way of asking or a purpose that the grant does not hold."""

    sentence = _("The grant does not cover this: look at its elements, its purpose and how they may be asked.")
    status = 403


class QuotaSpentError(RefusedError):
    """The quota is used up."""

    sentence = _("The quota of this grant is used up; apply for more.")
    status = 429


class KeyUsedError(RefusedError):
    """An Idempotency-Key came before with another request."""

    sentence = _("This Idempotency-Key came before with another request; use a new key.")


class AlreadyProposedError(RefusedError):
    """Somebody was first to correct the same element of the same entity."""


class AnsweredElsewhereError(RefusedError):
    """The value came by the feed of another node, which answers."""

    sentence = _("The other node told this value and answers the correction; its answer comes here by itself.")
    status = 403


class UnreachableError(RefusedError):
    """The node that granted can't be asked now."""

    sentence = _("The other node can't be reached now; ask again later. Nothing was counted here.")
    status = 503
