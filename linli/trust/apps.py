"""Django's entry into the domain."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    """Registers the domain."""

    name = "linli.trust"
    label = "trust"

    def ready(self) -> None:
        """Bring the plug-ins of trust to their slots."""
        from linli.accounts import slots as accounts  # noqa: PLC0415  slots and plug-ins need the models, loaded by now
        from linli.kernel import slots as kernel  # noqa: PLC0415  the same
        from linli.trust import checks, models, plugins, slots  # noqa: F401, PLC0415  the same; checks register themselves
        from linli.trust.actions import wall  # noqa: PLC0415  the same

        for table in plugins.OPEN_TABLES:
            slots.readables.register(slots.Readable(table, guarded=False))
        post_migrate.connect(wall.build_wall, sender=self, dispatch_uid="trust.wall")
        for code, label in plugins.WORDS.items():
            slots.words.register(slots.Word(code, label))
        kernel.pulses.register(plugins.SealLedger())
        accounts.capabilities.register(accounts.Capability(code=plugins.AUDIT, label=_("Audit the use ledger")))
        accounts.desks.register(accounts.Desk("ledger", _("Use ledger"), "trust_ledger", (plugins.AUDIT,), place=70))
        slots.row_filters.register(slots.RowFilter(models.LedgerEntry, plugins.AUDIT, where=plugins.entries_to_audit))
