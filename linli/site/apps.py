"""Django's entry into the domain."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the domain."""

    name = "linli.site"
    label = "site"
