"""Django's entry into the domain."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers the domain and what it brings to the kernel's slots."""

    name = "linli.regions"
    label = "regions"

    def ready(self) -> None:
        """Register the importer, the bench and the evaluations."""
        from linli.kernel import slots  # noqa: PLC0415  models are not ready before this moment
        from linli.regions import facts  # noqa: F401, PLC0415  the kinds of fact register themselves
        from linli.regions.plugins.addresses import AddressesEvaluation  # noqa: PLC0415  as above
        from linli.regions.plugins.divisions import DivisionsImporter  # noqa: PLC0415  as above
        from linli.regions.plugins.evaluation import PlacesEvaluation  # noqa: PLC0415  as above
        from linli.regions.plugins.locate import LocateBench  # noqa: PLC0415  as above

        slots.importers.register(DivisionsImporter())
        slots.benches.register(LocateBench())
        slots.evaluations.register(AddressesEvaluation())
        slots.evaluations.register(PlacesEvaluation())
