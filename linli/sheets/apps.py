"""Django's entry into the domain."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Registers capabilities, desks, row filters and words of the ledger."""

    name = "linli.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Register what sheets brings."""
        from linli.sheets import plugins  # noqa: PLC0415  registration needs loaded models

        plugins.register()
