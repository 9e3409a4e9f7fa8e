"""Django's entry into the domain."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers capabilities, desks, row filters and receivers."""

    name = "linli.insight"
    label = "insight"

    def ready(self) -> None:
        """Register what insight brings."""
        from linli.insight import plugins, receivers  # noqa: F401, PLC0415  registration needs loaded models

        plugins.register()
