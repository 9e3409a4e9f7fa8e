"""The rules that an office keeps when it issues forms 报表下发规则, as data that a county decides in versions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.sheets.rules.refusals import FormRefusedError

ONCE, WEEKLY, MONTHLY, QUARTERLY, YEARLY, NEEDED = "once", "weekly", "monthly", "quarterly", "yearly", "needed"
FREQUENCIES: Mapping[str, str | Promise] = {
    ONCE: gettext_lazy("one time"),
    WEEKLY: gettext_lazy("every week"),
    MONTHLY: gettext_lazy("every month"),
    QUARTERLY: gettext_lazy("every quarter"),
    YEARLY: gettext_lazy("every year"),
    NEEDED: gettext_lazy("when needed"),
}
COUNTY, STREET, COMMUNITY = "county", "street", "community"
LEVELS: Mapping[str, str | Promise] = {
    COUNTY: gettext_lazy("county departments"),
    STREET: gettext_lazy("streets and towns"),
    COMMUNITY: gettext_lazy("communities and villages"),
}
LIMITS: Mapping[str, tuple[str | Promise, int, int]] = {
    # what it is called, the least, the most
    "answer_share": (pgettext_lazy("rule", "From this share in the base on, query instead of asking (%)"), 50, 100),
    "merge_share": (pgettext_lazy("rule", "From this share of equal columns on, merge (%)"), 20, 100),
    "similar_share": (pgettext_lazy("rule", "From this share of equal columns on, show as similar (%)"), 5, 100),
    "once_days": (pgettext_lazy("rule", "Days for which a one-off form is valid"), 1, 92),
    "longest_days": (pgettext_lazy("rule", "Days for which any form is valid at most"), 28, 731),
    "seconds_per_cell": (pgettext_lazy("rule", "Seconds that a cell takes by hand"), 1, 600),
    "report_days": (pgettext_lazy("rule", "Working days to follow up a report"), 1, 30),
}
MOST_LEAST_DAYS = 60


@dataclass(frozen=True, slots=True)
class IssuingRules:
    """What holds for issuing. Shares are per cent; `least_days` are working days to answer, by frequency.

    `answer_share`: from this share of values in the base on, a query is proposed instead of a form. `merge_share` and
    `similar_share` are shares of equal columns. `seconds_per_cell` is what a cell costs by hand: minutes saved are
    cells filled by machine times this, nothing else. `report_days` are working days.
    """

    least_days: Mapping[str, int]
    answer_share: int
    merge_share: int
    similar_share: int
    once_days: int
    longest_days: int
    seconds_per_cell: int
    report_days: int

    def as_data(self) -> dict[str, Any]:
        """Return them as they are kept."""
        return asdict(self)

    def minutes(self, cells: int) -> int:
        """Return how many minutes so many cells take by hand."""
        return round(cells * self.seconds_per_cell / 60)


def check_rules(rules: IssuingRules) -> None:
    """Raise FormRefusedError where a number lies outside of what makes sense."""
    for name, (label, least, most) in LIMITS.items():
        if not least <= getattr(rules, name) <= most:
            told = {"label": label, "least": least, "most": most}
            raise FormRefusedError(_("%(label)s: between %(least)d and %(most)d.") % told)
    if set(rules.least_days) != set(FREQUENCIES):
        raise FormRefusedError(_("Say for every frequency how many working days are left to answer."))
    if any(not 1 <= days <= MOST_LEAST_DAYS for days in rules.least_days.values()):
        raise FormRefusedError(_("Leave at least 1 and at most 60 working days to answer."))
    if rules.similar_share > rules.merge_share:
        raise FormRefusedError(_("Forms look similar before they are to be merged: the first share is the smaller."))


__all__ = ["FREQUENCIES", "LEVELS", "LIMITS", "ONCE", "IssuingRules", "check_rules"]
