"""What exchange plugs into the slots of the floors below."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.exchange.plugins.evaluations import LinkEvaluation
from linli.exchange.plugins.matcher import LinkageMatcher
from linli.kernel import slots as kernel
from linli.registry import slots as registry
from linli.trust import slots as trust

CAPABILITIES = {
    "exchange.link": _("judge whether two records are one"),
}
WORDS = {
    "exchange.linkage": _("judging whether two records are one"),
    "linkage_pair": _("pair of records to judge"),
    "compare": _("a comparison"),
}


def register() -> None:
    """Register everything once, at start."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    registry.matchers.register(LinkageMatcher())
    kernel.evaluations.register(LinkEvaluation())
