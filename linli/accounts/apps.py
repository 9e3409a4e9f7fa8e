"""Django's entry into the domain."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the domain."""

    name = "linli.accounts"
    label = "accounts"
