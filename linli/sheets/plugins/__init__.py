"""What sheets plugs into the slots of the floors below."""

from linli.sheets.plugins import issuing, rights


def register() -> None:
    """Register everything once, at start."""
    rights.register()
    issuing.register()
