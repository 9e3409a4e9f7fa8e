"""Django's entry into the domain."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers the domain."""

    name = "linli.regions"
    label = "regions"
