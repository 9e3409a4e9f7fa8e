"""Django's entry into the domain."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registers the domain."""

    name = "linli.events"
    label = "events"
