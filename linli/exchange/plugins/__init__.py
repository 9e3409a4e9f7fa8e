"""What exchange plugs into the slots of the floors below."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.exchange.models import LinkageReview
from linli.exchange.plugins.evaluations import LinkEvaluation
from linli.exchange.plugins.matcher import LinkageMatcher
from linli.exchange.queries.linkage_reviews import in_reach
from linli.kernel import slots as kernel
from linli.registry import slots as registry
from linli.trust import slots as trust

CAPABILITIES = {
    "exchange.link": _("judge whether two records are one"),
}


def register() -> None:
    """Register everything once, at start."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    trust.row_filters.register(trust.RowFilter(LinkageReview, "exchange.link", where=in_reach))
    accounts.desks.register(accounts.Desk("linkage", _("One or two"), "exchange:linkage", ("exchange.link",), place=47))
    registry.matchers.register(LinkageMatcher())
    kernel.evaluations.register(LinkEvaluation())
