"""`linli evaluate places`: which street and county each message of a file speaks of."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel import slots
from linli.regions.queries.evaluation import places_of_messages


class PlacesEvaluation(slots.Evaluation):
    """Tells the places of messages, one row each."""

    code = "places"
    label = _("Places: street and county of each message")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the messages, the tables of divisions and what district codes mean."""
        parser.add_argument("--messages", type=Path, required=True, help="csv or csv.gz with msg_id, title, body")
        parser.add_argument(
            "--divisions", type=Path, required=True, nargs="+", action="extend",
            help="tables of counties, streets and communities, or a folder of them; may be repeated",
        )  # fmt: skip
        parser.add_argument(
            "--aliases", type=Path,
            help="csv with code and county, where messages write districts as codes; left out: learned from them",
        )  # fmt: skip

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Sequence[Mapping[str, Any]]:
        """Read the messages."""
        rows = places_of_messages(
            messages=options["messages"], divisions=options["divisions"], aliases=options["aliases"]
        )
        placed = sum(row["county"] is not None for row in rows)
        report(
            f"{len(rows)} messages, {placed} with a county, {sum(row['street'] is not None for row in rows)} a street"
        )
        return rows
