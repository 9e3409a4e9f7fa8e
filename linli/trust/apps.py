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
        from linli.trust.actions.handling import GRADES  # noqa: PLC0415  the same

        for code, label in plugins.WORDS.items():
            slots.words.register(slots.Word(code, label))
        kernel.pulses.register(plugins.SealLedger())
        accounts.capabilities.register(accounts.Capability(code=plugins.AUDIT, label=_("Audit the use ledger")))
        accounts.capabilities.register(accounts.Capability(code=GRADES, label=_("Decide grades and what they do")))
        accounts.desks.register(
            accounts.Desk(
                "handling", _("What grades do"), "trust_handling", (GRADES,), place=325, manages=True,
                hint=_("For each data grade: mask, encryption, who sees it, approval of exports, time kept."),
            )
        )  # fmt: skip
        accounts.desks.register(accounts.Desk("ledger", _("Use ledger"), "trust_ledger", (plugins.AUDIT,), place=70))
        slots.row_filters.register(slots.RowFilter(models.LedgerEntry, plugins.AUDIT, where=plugins.entries_to_audit))
