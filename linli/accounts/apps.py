"""Django's entry into the domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the domain."""

    name = "linli.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Bring what accounts plugs into its own slots, and its deployment checks."""
        from allauth.account.signals import password_changed  # noqa: PLC0415  models are loaded only now
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415  models are loaded only now

        from linli.accounts import adapters, checks, receivers, slots  # noqa: F401, PLC0415  models are loaded only now
        from linli.accounts.plugins.channels import EmailChannel, SmsChannel, WebhookChannel  # noqa: PLC0415  the same
        from linli.accounts.plugins.console import ConsoleChannel  # noqa: PLC0415  models are loaded only now

        slots.capabilities.register(
            slots.Capability(code="accounts.manage", label=_("Manage people, units and posts of the area"))
        )
        slots.desks.register(
            slots.Desk(
                "people",
                _("People and posts"),
                "accounts_people",
                ("accounts.manage",),
                place=900,
                hint=_("Open and close accounts, give posts, open units, say what a post may do."),
                manages=True,
            )
        )
        slots.capabilities.register(
            slots.Capability(code="accounts.messages", label=_("Look after messages that could not be delivered"))
        )
        slots.desks.register(
            slots.Desk(
                "messages",
                _("Messages"),
                "accounts_messages",
                ("accounts.messages",),
                place=850,
                hint=_("See what could not be delivered and send it again; say where units are told of new work."),
                manages=True,
            )
        )
        for channel in (ConsoleChannel(), SmsChannel(), EmailChannel(), WebhookChannel()):
            slots.channels.register(channel)
        password_changed.connect(adapters.on_password_changed, dispatch_uid="accounts.duties")
        authenticator_added.connect(adapters.on_authenticator_added, dispatch_uid="accounts.duties")
