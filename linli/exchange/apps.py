"""Django's entry into the domain."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the domain."""

    name = "linli.exchange"
    label = "exchange"
