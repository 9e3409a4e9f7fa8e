"""What sheets registers with the kernel."""

from linli.kernel import slots
from linli.sheets.plugins.evaluations import SheetsEvaluation


def register() -> None:
    """Register the evaluation."""
    slots.evaluations.register(SheetsEvaluation())
