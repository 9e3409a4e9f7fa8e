"""What exchange plugs into the slots of the floors below."""

from linli.exchange.plugins import sharing


def register() -> None:
    """Register everything once, at start."""
    sharing.register()
