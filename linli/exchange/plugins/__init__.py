"""What exchange plugs into the slots of the floors below."""

from linli.exchange.plugins import sharing
from linli.exchange.plugins.proposals import Corrections
from linli.registry import slots as registry


def register() -> None:
    """Register everything once, at start."""
    sharing.register()
    registry.proposals.register(Corrections())
