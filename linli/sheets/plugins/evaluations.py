"""`linli evaluate sheets`: how well forms are read and their columns bound, on forms whose answers are known."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel import slots
from linli.sheets.queries.evaluation import GOLD, evaluate_forms


class SheetsEvaluation(slots.Evaluation):
    """Judges each part of the test material separately."""

    code = "sheets"
    label = _("Sheets: header paths and bindings of forms")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the folder with the forms."""
        parser.add_argument(
            "--forms", type=Path, required=True, nargs="+",
            help="folders with forms and a gold.json, or a folder of such folders",
        )  # fmt: skip
        parser.add_argument("--wrong", action="store_true", help="name each column that went wrong")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Sequence[Mapping[str, Any]]:
        """Evaluate each part."""
        found = []
        for folder in options["forms"]:
            if not folder.is_dir():
                report(f"{folder} is missing: skipped")
                continue
            parts = [folder] if (folder / GOLD).exists() else sorted(one.parent for one in folder.glob(f"*/{GOLD}"))
            for part in parts:
                tally = evaluate_forms(part)
                for line in tally.wrong if options.get("wrong") else ():
                    report(line)
                found.append({"part": part.name, **tally.figures()})
        if not found:
            raise slots.NotJudgeableError(str(_("No folder holds forms with their gold.")))
        return found


__all__ = ["SheetsEvaluation"]
