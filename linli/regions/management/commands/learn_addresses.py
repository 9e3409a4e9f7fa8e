"""`linli learn_addresses`: train the address model that ships, from addresses that the project writes itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from linli.regions.rules.address_training import train
from linli.regions.sample.addresses import MODEL, generated_addresses, invented_names

ADDRESSES, ROUNDS = 60_000, 4


class Command(BaseCommand):
    """Writes the model that ships: a few minutes; the same on every machine."""

    help = "Train the address model that ships, from generated addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how many addresses are written."""
        parser.add_argument("--count", type=int, default=ADDRESSES, help="how many addresses are written to learn from")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Train and save."""
        rows = list(generated_addresses(options["count"]))
        model = train(
            rows, names=invented_names(), version="sample", rounds=ROUNDS, unknown=0.5, veiled=0.25,
            report=self.stdout.write,
        )  # fmt: skip
        model.save(MODEL)
        self.stdout.write(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.1f} MB")
