"""What the links between nodes plug in: their capability, words of the ledger, kinds of messages and desk."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.exchange.plugins import messages, witness
from linli.exchange.slots import peer_messages
from linli.trust import slots as trust

CAPABILITIES = {"exchange.peers": _("link this node with others and say what they are told")}
WORDS = {
    "exchange.peers": _("linking nodes"),
    "exchange.feed": _("telling another node what changed"),
    "peer": _("linked node"),
    "node_key": _("key of this node"),
    "subscription": _("slice told to another node"),
}


def register() -> None:
    """Register it once, at start."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    for kind in (
        messages.NewKey(), messages.Elements(), messages.Offer(), messages.End(), messages.Correction(),
        messages.CorrectionState(), messages.Catalogue(), messages.Application(), messages.ApplicationState(),
        witness.HeadTold(), witness.HeadCountersigned(), witness.HeadRefused(),
    ):  # fmt: skip
        peer_messages.register(kind)
    hint = _("Other nodes, superior and subordinate: their links, keys, what they are told and what comes from them.")
    accounts.desks.register(
        accounts.Desk(
            "peers", _("Linked nodes"), "exchange:peers", ("exchange.peers",), place=350, manages=True, hint=hint
        )
    )
