"""Django's entry into the domain."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers capabilities, desks, row filters and receivers."""

    name = "linli.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register what exchange brings."""
        from linli.exchange import plugins, receivers  # noqa: F401, PLC0415  registration needs loaded models

        plugins.register()
