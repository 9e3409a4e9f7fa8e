"""Django's entry into the domain."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the domain and what it brings to the kernel's slots."""

    name = "linli.site"
    label = "site"

    def ready(self) -> None:
        """Register the benches."""
        from linli.site import checks, plugins  # noqa: F401, PLC0415  registration needs loaded models

        plugins.register()
