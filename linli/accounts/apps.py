"""Django's entry into the domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

CAPABILITIES = {
    "accounts.manage": _("Manage accounts and units of the area"),
    "accounts.grant": _("Give posts and rights in the area"),
    "accounts.messages": _("Look after messages that could not be delivered"),
    "accounts.roster": _("Keep the duty roster of the unit"),
}
# code: label, page, capabilities, place, what it is for
DESKS = {
    "people": (
        _("People and posts"),
        "accounts_people",
        ("accounts.manage", "accounts.grant"),
        900,
        _("Open and close accounts, give posts, open units, say what a post may do."),
    ),
    "messages": (
        _("Messages"),
        "accounts_messages",
        ("accounts.messages",),
        850,
        _("See what could not be delivered and send it again; say where units are told of new work."),
    ),
    "roster": (
        _("Duty roster"),
        "accounts_roster",
        ("accounts.roster", "accounts.manage"),
        840,
        _("Who is on duty for a unit and when; new work is told to them too."),
    ),
    "covers": (
        _("Leave cover"),
        "accounts_covers",
        ("accounts.roster", "accounts.grant"),
        842,
        _("Who acts in place of whom and until when; set cover for somebody who is ill."),
    ),
}


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
        from linli.accounts.plugins.second_factors import SecondFactors  # noqa: PLC0415  the same
        from linli.kernel import slots as kernel  # noqa: PLC0415  the same

        self._open()
        kernel.sealed_places.register(SecondFactors())
        for channel in (ConsoleChannel(), SmsChannel(), EmailChannel(), WebhookChannel()):
            slots.channels.register(channel)
        password_changed.connect(adapters.on_password_changed, dispatch_uid="accounts.duties")
        authenticator_added.connect(adapters.on_authenticator_added, dispatch_uid="accounts.duties")

    def _open(self) -> None:
        """Register what posts may allow here, and the pages of the console that this opens."""
        from linli.accounts import slots  # noqa: PLC0415  models are loaded only now

        for code, label in CAPABILITIES.items():
            slots.capabilities.register(slots.Capability(code=code, label=label))
        for code, (label, url_name, capabilities, place, hint) in DESKS.items():
            slots.desks.register(slots.Desk(code, label, url_name, capabilities, place, hint, manages=True))
