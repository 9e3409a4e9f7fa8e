"""The words of the week's changes: what each sort is called, in the order in which a community wants to hear them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class What:
    """One sort of change: its name and its icon."""

    label: str | Promise
    icon: str


WHAT = {
    "born": What(_("Born"), "user"),
    "died": What(_("Died"), "user"),
    "moved_in": What(_("Moved in"), "home"),
    "moved_out": What(_("Moved out"), "home"),
    "new_person": What(_("Newly registered person"), "user"),
    "new_rental": What(_("New rental"), "home"),
    "tenancy_ended": What(_("Tenancy ended"), "home"),
    "benefit_started": What(_("Benefit started"), "users"),
    "benefit_stopped": What(_("Benefit stopped"), "users"),
    "disability_card": What(_("Disability card issued or changed"), "users"),
    "new_organisation": What(_("New organisation"), "building"),
    "new_thing": What(_("New thing, such as a dog or a lift"), "flag"),
    "new_record": What(_("New house, household or place"), "home"),
    "changed": What(_("Other data changed"), "history"),
    "deleted": What(_("Deleted from the base"), "trash"),
}


def ordered(sorts: Iterable[str]) -> list[str]:
    """Return the sorts in the order in which they are shown; what has no name here is left out."""
    there = set(sorts)
    return [what for what in WHAT if what in there]
