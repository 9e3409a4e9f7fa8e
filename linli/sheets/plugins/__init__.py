"""What sheets plugs into the slots of the floors below."""

from linli.kernel import slots as kernel
from linli.sheets.plugins import issuing, rights
from linli.sheets.plugins.evaluations import SheetsEvaluation


def register() -> None:
    """Register everything once, at start."""
    rights.register()
    issuing.register()
    kernel.evaluations.register(SheetsEvaluation())
