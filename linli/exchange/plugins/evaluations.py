"""`linli evaluate link`: the linkage engine on files whose truth is in their ids."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.exchange.queries.linkage_measure import evaluate_febrl
from linli.kernel import slots


class LinkEvaluation(slots.Evaluation):
    """Links files of the Febrl layout without having seen their truth, then compares with it."""

    code = "link"
    label = _("Linkage: which records are of one person")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files."""
        parser.add_argument("--a", type=Path, required=True, help="csv whose rec_id is rec-12-org or rec-12-dup-0")
        parser.add_argument("--b", type=Path, help="a second file: link its records with those of the first")

    def run(self, *, options: Mapping[str, Any], report: Callable[[str], None]) -> Mapping[str, Any]:  # noqa: ARG002  quick
        """Evaluate."""
        paths = [path for path in (options["a"], options["b"]) if path]
        try:
            return evaluate_febrl(paths)
        except (OSError, ValueError) as problem:
            raise slots.NotJudgeableError(str(problem)) from problem
