"""Django's entry into the domain: what events registers with the floors below."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registers capabilities, row filters, the classifier, importers and receivers."""

    name = "linli.events"
    label = "events"

    def ready(self) -> None:
        """Register what events brings."""
        from linli.events import plugins, receivers  # noqa: F401, PLC0415  registration needs loaded models

        plugins.register()
