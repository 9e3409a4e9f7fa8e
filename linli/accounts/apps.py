"""Django's entry into the domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the domain."""

    name = "linli.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Bring what accounts plugs into its own slots, and its deployment checks."""
        from linli.accounts import checks, slots  # noqa: F401, PLC0415  models are loaded only now
        from linli.accounts.plugins.console import ConsoleChannel  # noqa: PLC0415  models are loaded only now

        slots.capabilities.register(
            slots.Capability(code="accounts.manage", label=_("Manage people, units and posts of the area"))
        )
        slots.channels.register(ConsoleChannel())
