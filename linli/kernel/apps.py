"""Django's entry into the domain."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Registers the domain, and finds the facts and receivers of all the others."""

    name = "linli.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Fill the kernel's own slots, and import every facts.py and receivers.py, so that the registries are full."""
        from linli.kernel import receivers, slots  # noqa: PLC0415  models are ready only now
        from linli.kernel.plugins.codes import CodeImporter  # noqa: PLC0415  models are ready only now
        from linli.kernel.queries.sealed import is_sealed_already  # noqa: PLC0415  the same
        from linli.kernel.rules import keyring  # noqa: PLC0415  the same

        keyring.before_making(is_sealed_already)
        slots.importers.register(CodeImporter())
        post_migrate.connect(receivers.settle_journal, sender=self, dispatch_uid="kernel.settle")
        autodiscover_modules("facts", "receivers")
