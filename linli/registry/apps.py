"""Django's entry into the domain."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers capabilities, row filters and words of the ledger."""

    name = "linli.registry"
    label = "registry"

    def ready(self) -> None:
        """Register what the registry brings."""
        from linli.registry import plugins  # noqa: PLC0415  registration needs loaded models

        plugins.register()
