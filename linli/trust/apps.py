"""Django's entry into the domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    """Registers the domain."""

    name = "linli.trust"
    label = "trust"

    def ready(self) -> None:
        """Bring the plug-ins of trust to their slots."""
        from linli.accounts import slots as accounts  # noqa: PLC0415  slots and plug-ins need the models, loaded by now
        from linli.kernel import slots as kernel  # noqa: PLC0415  the same
        from linli.trust import models, plugins, slots  # noqa: PLC0415  the same

        for code, label in plugins.WORDS.items():
            slots.words.register(slots.Word(code, label))
        kernel.pulses.register(plugins.SealLedger())
        accounts.capabilities.register(accounts.Capability(code=plugins.AUDIT, label=_("Audit the use ledger")))
        accounts.capabilities.register(
            accounts.Capability(code="trust.defer", label=_("Propose and decide that a look is told later by law"))
        )
        accounts.capabilities.register(
            accounts.Capability(code="trust.rights", label=_("Answer what people want done with their data"))
        )
        slots.row_filters.register(slots.RowFilter(models.RightRequest, "trust.rights", where=plugins.of_own_unit))
        accounts.desks.register(plugins.deferral_desk())
        accounts.desks.register(accounts.Desk("ledger", _("Use ledger"), "trust_ledger", (plugins.AUDIT,), place=70))
        slots.row_filters.register(slots.RowFilter(models.LedgerEntry, plugins.AUDIT, where=plugins.entries_to_audit))
