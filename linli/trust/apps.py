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
        from linli.trust import (  # noqa: PLC0415  the same; checks and receivers register themselves
            checks,  # noqa: F401  the same
            models,
            plugins,
            receivers,  # noqa: F401  the same
            slots,
        )
        from linli.trust.actions import wall, work  # noqa: PLC0415  the same
        from linli.trust.actions.retain import TracesOfExports  # noqa: PLC0415  the same
        from linli.trust.queries import devices  # noqa: PLC0415  the same

        for one in plugins.ACTIVITIES:
            slots.activities.register(one)
        for table in plugins.OPEN_TABLES:
            slots.readables.register(slots.Readable(table, guarded=False))
        post_migrate.connect(wall.build_wall, sender=self, dispatch_uid="trust.wall")
        post_migrate.connect(work.build_role_of_work, sender=self, dispatch_uid="trust.work")  # after that of the wall
        for code, label in plugins.WORDS.items():
            slots.words.register(slots.Word(code, label))
        kernel.pulses.register(plugins.SealLedger())
        for code, label in plugins.CAPABILITIES.items():
            lent = {"never_lent": code in plugins.NEVER_LENT}
            accounts.capabilities.register(accounts.Capability(code=code, label=label, **lent))
        accounts.logs.register(plugins.AccountsLog())
        slots.case_kinds.register(plugins.OpenRights())
        slots.row_filters.register(slots.RowFilter(models.RightRequest, "trust.rights", where=plugins.of_own_unit))
        slots.retained.register(TracesOfExports())
        for model in (models.ExportRequest, models.ExportFile):
            slots.row_filters.register(slots.RowFilter(model, plugins.EXPORTING[-1], where=plugins.of_units_below))
        self._break_glass()
        for capability in (plugins.KEEP, plugins.DECIDE):
            slots.row_filters.register(slots.RowFilter(models.Device, capability, where=devices.devices_of_holding))
        self._watch()
        kernel.evaluations.register(plugins.LooksEvaluation())
        for desk in plugins.DESKS:
            accounts.desks.register(desk)
        slots.row_filters.register(slots.RowFilter(models.LookReview, plugins.AUDIT, where=plugins.entries_to_audit))
        slots.row_filters.register(slots.RowFilter(models.LedgerEntry, plugins.AUDIT, where=plugins.entries_to_audit))

    def _watch(self) -> None:
        """Register kinds of alerts, watchers, and who sees alerts and incidents."""
        from linli.trust import models, plugins, slots  # noqa: PLC0415  slots and plug-ins need the models, loaded by now
        from linli.trust.queries.alerts import whole_node  # noqa: PLC0415  the same
        from linli.trust.queries.marked import MARKED  # noqa: PLC0415  the same
        from linli.trust.rules.alert_kinds import KINDS  # noqa: PLC0415  the same

        for kind in KINDS:
            slots.alert_kinds.register(kind)
        for watcher in plugins.WATCHERS:
            slots.watchers.register(watcher)
        for model in (models.SecurityAlert, models.Incident):
            for capability in (plugins.WATCH, plugins.AUDIT):
                slots.row_filters.register(slots.RowFilter(model, capability, where=whole_node))
        for capability in (MARKED, plugins.AUDIT):
            slots.row_filters.register(slots.RowFilter(models.MarkedPerson, capability, where=plugins.of_units_below))

    def _break_glass(self) -> None:
        """Register what posts may allow around break-glass, its two pages, and who sees what was opened."""
        from linli.accounts import slots as accounts  # noqa: PLC0415  slots and plug-ins need the models, loaded by now
        from linli.trust import models, slots  # noqa: PLC0415  the same
        from linli.trust.queries import break_glass as glass  # noqa: PLC0415  the same

        for code, label in (
            (glass.OPEN_GLASS, _("Open records outside the area in an emergency")),
            (glass.REVIEW, _("Review what was opened in an emergency")),
        ):
            accounts.capabilities.register(accounts.Capability(code=code, label=label, never_lent=True))
        accounts.desks.register(
            accounts.Desk("break-glass", _("Emergency access"), "trust_break_glass", (glass.OPEN_GLASS,), place=49)
        )
        hint = _("Who opened what in an emergency, why, and whether it was justified.")
        accounts.desks.register(
            accounts.Desk(
                "glass-reviews", _("Review of emergency access"), "trust_glass_reviews", (glass.REVIEW,), place=73,
                hint=hint, manages=True,
            )
        )  # fmt: skip
        limits = _("How long emergency access lasts, how often and by which posts it is opened, over which area.")
        accounts.desks.register(
            accounts.Desk(
                "glass-limits", _("Limits of emergency access"), "trust_glass_limits", ("trust.purposes",), place=74,
                hint=limits, manages=True,
            )
        )  # fmt: skip
        terms = _("Within how many working days rights of the person are answered.")
        accounts.desks.register(
            accounts.Desk(
                "right-terms", _("Terms of the rights of the person"), "trust_right_terms", ("trust.purposes",),
                place=75, hint=terms, manages=True,
            )
        )  # fmt: skip
        slots.row_filters.register(slots.RowFilter(models.BreakGlass, glass.REVIEW, where=glass.to_review_by))
