"""Who may work with sources, where their desk is, and what the ledger calls things."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.exchange.models import Connection, Dataset
from linli.exchange.queries.sources_sight import SOURCES, in_area
from linli.trust import slots as trust

WORDS = {
    "exchange.sources": _("looking after data sources"),
    "dataset": _("data set"),
    "connection": _("connection to a source"),
    "run": _("a run of a data set"),
    "rejected_row": _("a row that was not taken"),
    "rejected_rows": _("rows that were not taken"),
    "collect": _("taking in"),
    "map": _("the mapping of columns"),
    "settle": _("the settling of a row"),
    "preview": _("a look at what would change"),
    "source.row": _("a row as the source gave it"),
}


def register() -> None:
    """Register them."""
    accounts.capabilities.register(accounts.Capability(SOURCES, _("look after data sources and what they bring")))
    accounts.desks.register(accounts.Desk("sources", _("Data sources"), "exchange:datasets", (SOURCES,), place=48))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    for model in (Dataset, Connection):
        trust.row_filters.register(trust.RowFilter(model, SOURCES, where=in_area))
