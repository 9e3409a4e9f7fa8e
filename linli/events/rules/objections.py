"""The terms of objecting 异议规则: within which time, who decides in which round, and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.events.rules.refusals import RefusedError


@dataclass(frozen=True)
class Terms:
    """Working hours to object and to decide, the offices in order, rounds for each, and whether the clock pauses."""

    within_hours: float
    decide_hours: float
    rounds_per_office: int
    offices: tuple[str, ...]
    pauses: bool


def terms_of(content: Mapping[str, Any]) -> Terms:
    """Return the terms that a checked policy describes."""
    return Terms(
        content["within_hours"], content["decide_hours"], content["rounds_per_office"], tuple(content["offices"]),
        content["meanwhile"] == "pauses",
    )  # fmt: skip


def office_role(terms: Terms, round_: int) -> str:
    """Return the role that decides in this round (from 1): after so many objections the next office."""
    return terms.offices[min((round_ - 1) // terms.rounds_per_office, len(terms.offices) - 1)]


class ObjectedError(RefusedError):
    """This unit has objected to this event before, or somebody has now."""

    sentence = _("Your unit has objected to this event once, or an objection waits for its decision.")


class WindowClosedError(RefusedError):
    """The time in which a unit may object is over."""

    sentence = _("The time in which a unit may object is over. Handle the event, or ask others to help.")


class NoObjectionError(RefusedError):
    """There is no objection to decide, or it belongs to another office."""

    sentence = _("No objection waits here; perhaps somebody has decided it already.")


class FirstUnitLeadsError(RefusedError):
    """Where several units are concerned, the one that was asked first leads."""

    def __init__(self, unit: str) -> None:
        """Name the unit."""
        super().__init__(unit)
        self.sentence = _("Several units are concerned, so %(unit)s leads: it was asked first.") % {"unit": unit}
