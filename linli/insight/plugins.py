"""What insight plugs into the floors below: capabilities, desks, row filters and words of the ledger."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.insight.models import Exclusion, Mark, Tally
from linli.insight.queries.sight import in_reach, of_event
from linli.trust import slots as trust

CAPABILITIES = {
    "insight.see": _("see the measures of the area or the unit"),
    "insight.export": _("export measures"),
    "insight.exclude": _("ask to leave an event out of a measure"),
    "insight.approve": _("decide whether an event is left out of a measure"),
    "insight.define": _("define measures and put them in force"),
}
WORDS = {"insight.measuring": _("measuring"), "exclusion": _("leaving out of a measure")}


def register() -> None:
    """Register everything once, at start."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    for model in (Tally, Mark):
        trust.row_filters.register(trust.RowFilter(model, "insight.see", where=in_reach))
    trust.row_filters.register(trust.RowFilter(Exclusion, "insight.approve", where=of_event))
    accounts.desks.register(accounts.Desk("measures", _("Measures"), "insight:measures", ("insight.see",), place=46))
    hint = _("What each measure counts, out of what; drafts are tried before they are put in force.")
    accounts.desks.register(
        accounts.Desk(
            "definitions", _("Definitions of measures"), "insight:definitions", ("insight.define",), place=840,
            hint=hint, manages=True,
        )
    )  # fmt: skip
