"""Django's entry into the domain."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Registers the domain."""

    name = "linli.trust"
    label = "trust"
