"""Django's entry into the domain."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers what exchange brings."""

    name = "linli.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register what exchange brings."""
        from linli.exchange import plugins  # noqa: PLC0415  registration needs loaded models

        plugins.register()
