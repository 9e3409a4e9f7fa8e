"""Django's entry into the domain."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Registers the domain, and finds the facts and receivers of all the others."""

    name = "linli.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Import every facts.py and receivers.py, so that the registries are complete."""
        autodiscover_modules("facts", "receivers")
