"""What is raised where somebody may not. Django turns the first into a 403 page, the second into a 404 page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise


class NotAllowed(PermissionDenied):
    """The actor lacks the capability, or has it over other rows."""

    def __init__(self, capability: str) -> None:
        """Remember what was asked for."""
        super().__init__(capability)
        self.capability = capability


class Hidden(NotAllowed, Http404):
    """The actor may not even know that this row is there: the answer is the same as for a row that is not."""


class SentenceError(Exception):
    """Something can't be done; `str()` is the sentence for the person."""

    def __init__(self, sentence: str | Promise) -> None:
        """Say why."""
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


class DeferralRefusedError(SentenceError):
    """A look that can't be told later like this."""


class RightRefusedError(SentenceError):
    """A request of a person that can't be made, or answered, like this."""
