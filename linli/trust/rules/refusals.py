"""What is raised where somebody may not. Django turns the first into a 403 page, the second into a 404 page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class NotAllowed(PermissionDenied):
    """The actor lacks the capability, or has it over other rows."""

    def __init__(self, capability: str) -> None:
        """Remember what was asked for."""
        super().__init__(capability)
        self.capability = capability


class Hidden(NotAllowed, Http404):
    """The actor may not even know that this row is there: the answer is the same as for a row that is not."""


class HandlingRefusedError(ValueError):
    """A line of what a grade does contradicts itself or opens what the law closes; the words are for people."""
