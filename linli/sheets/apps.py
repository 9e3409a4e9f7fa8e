"""Django's entry into the domain."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Registers the domain."""

    name = "linli.sheets"
    label = "sheets"
