"""What may be linked: no circles, no event with itself, nothing that has ended."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from linli.events.rules.refusals import RefusedError

Key = TypeVar("Key", bound=Hashable)


class ItselfError(RefusedError):
    """An event and itself."""

    sentence = _("That is this event itself; give the number of the other one.")


class UnknownNumberError(RefusedError):
    """No event with this number, or none that the person may see: they are not told which."""

    sentence = _("There is no event with this number that you may see; compare it once more.")


class LinkedAlreadyError(RefusedError):
    """The link stands already."""

    sentence = _("These two are linked like this already.")


class HasParentError(RefusedError):
    """A child has one parent."""

    sentence = _("That event is part of another one already; end that link first.")


class CircleError(RefusedError):
    """Parents in a circle."""

    sentence = _("That event stands above this one; an event can't be part of its own part.")


class MergeEndedError(RefusedError):
    """Only what is open can be merged, into what is open."""

    sentence = _("Only open events can be merged; one of the two has ended.")


class MergedHeldError(RefusedError):
    """What has parts or tasks of its own can't be merged away."""

    sentence = _("That event has open tasks or parts of its own; finish or withdraw them, then merge.")


class LinkOverError(RefusedError):
    """The link has ended already."""

    sentence = _("This link has ended already.")


class MergedLinkError(RefusedError):
    """A merge is taken back by splitting."""

    sentence = _("These two are merged; take the event out of the group instead.")


def makes_a_circle(parent: Key, child: Key, parents: Mapping[Key, Key]) -> bool:
    """Tell whether `child` stands above `parent`, or is it, where `parents` leads from each child to its parent."""
    met: set[Key] = set()
    above: Key | None = parent
    while above is not None and above not in met:
        if above == child:
            return True
        met.add(above)
        above = parents.get(above)
    return False
