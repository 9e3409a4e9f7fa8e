"""Django's entry into the domain."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Registers the domain."""

    name = "linli.trust"
    label = "trust"

    def ready(self) -> None:
        """Bring the plug-ins of trust to their slots."""
        from linli.kernel import slots as kernel  # noqa: PLC0415  slots hold plug-ins made of models, loaded by now
        from linli.trust import plugins  # noqa: PLC0415  the same

        kernel.pulses.register(plugins.SealLedger())
