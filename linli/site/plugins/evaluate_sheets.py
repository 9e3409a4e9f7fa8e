"""`linli evaluate sheets`: how well forms are read and their columns bound, and how much of them the base fills."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from linli.kernel import slots
from linli.sheets import api as sheets
from linli.site.plugins.bench_stage import stage

DATABASE = "linli_evaluate_sheets"


class SheetsEvaluation(slots.Evaluation):
    """Judges each part of the test material separately; filled, all of it together."""

    code = "sheets"
    label = _("Sheets: header paths and bindings of forms, and how much of them is filled")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the folder with the forms."""
        parser.add_argument(
            "--forms", type=Path, nargs="+",
            help="folders with forms and a gold.json, or a folder of such folders; "
            "left out: the thirty of the demo county are filled",
        )  # fmt: skip
        parser.add_argument("--wrong", action="store_true", help="name each column, or cell, that went wrong")
        parser.add_argument(
            "--fill", action="store_true", help="fill them from the demo county, in a database made for that"
        )

    def run(
        self, *, options: Mapping[str, Any], report: Callable[[str], None]
    ) -> Mapping[str, Any] | Sequence[Mapping[str, Any]]:
        """Evaluate each part."""
        if not options.get("forms"):
            return _shipped(options, report)
        parts = [part for folder in options["forms"] for part in _parts(folder, report)]
        if not parts:
            raise slots.NotJudgeableError(str(_("No folder holds forms with their gold.")))
        if options.get("fill"):
            return _filled(parts, options, report)
        found = []
        for part in parts:
            tally = sheets.evaluate_forms(part)
            for line in tally.wrong if options.get("wrong") else ():
                report(line)
            found.append({"part": part.name, **tally.figures()})
        return found


def _shipped(options: Mapping[str, Any], report: Callable[[str], None]) -> dict[str, Any]:
    """Fill the forms that ship with the demo county."""
    with TemporaryDirectory() as room, ZipFile(sheets.SHIPPED) as packed:
        packed.extractall(room)
        return _filled(_parts(Path(room), report), options, report)


def _parts(folder: Path, report: Callable[[str], None]) -> list[Path]:
    if not folder.is_dir():
        report(f"{folder} is missing: skipped")
        return []
    below = sorted(one.parent for one in folder.glob(f"*/{sheets.GOLD}"))
    return [folder] if (folder / sheets.GOLD).exists() else below


def _filled(parts: Sequence[Path], options: Mapping[str, Any], report: Callable[[str], None]) -> dict[str, Any]:
    """Fill the forms of some folders on a stage of the demo county."""
    with stage(DATABASE, report=report) as here:
        here.linli("demo", "--events", "0")
        found: dict[str, Any] = here.ask("fill", *(str(one.resolve()) for one in parts))
    wrong, each = found.pop("wrong"), found.pop("each")
    for line in wrong if options.get("wrong") else ():
        report(line)
    for name, one in each.items():
        empty = ", ".join(f"{label} {count}" for label, count in one["empty"].items())
        report(f"{name}: {one['rows']} rows, {one['filled']} of {one['cells']} cells, {one['closed']} closed; {empty}")
    return found
