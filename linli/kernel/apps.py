"""Django's entry into the domain."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the domain."""

    name = "linli.kernel"
    label = "kernel"
