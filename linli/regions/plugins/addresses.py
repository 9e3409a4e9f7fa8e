"""`linli evaluate addresses`: how well free text is read into typed segments."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel import slots
from linli.regions.queries.address_files import evaluate_addresses


class AddressesEvaluation(slots.Evaluation):
    """Reads the addresses of a file and compares."""

    code = "addresses"
    label = _("Addresses: the segments of each, and their kinds")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files."""
        parser.add_argument("--test", type=Path, help="address<TAB>text/tag text/tag …, also gzipped")
        parser.add_argument("--train", type=Path, help="learn from this file; without --test: cross-validation")
        parser.add_argument(
            "--divisions", type=Path, nargs="+", action="extend", default=[],
            help="tables of counties and streets, or a folder; left out: the divisions that this node holds",
        )  # fmt: skip

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, float]:
        """Evaluate."""
        return evaluate_addresses(
            test=options["test"], learn_from=options["train"], divisions=options["divisions"], report=report
        )
