"""`linli config`: the whole configuration as one readable file, out and in."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.actions.config import PartChanges, config_changes, config_text, take_config
from linli.site.slots import ConfigRefusedError


class Command(BaseCommand):
    """Writes, compares or takes in a configuration file."""

    help = "Write what is set up on this node into one readable file, or take such a file in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is to be done, and with which file."""
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT", help="what is to be done")
        out = what.add_parser("export", help="write the file (without FILE: to the screen)")
        out.add_argument("file", type=Path, nargs="?", help="the file to write, for example linli.yaml")
        for name, said in (("diff", "show what the file would change"), ("import", "take in what differs")):
            into = what.add_parser(name, help=said)
            into.add_argument("file", type=Path, help="the file to read")
            into.add_argument("--json", action="store_true", help="print the changes as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        if options["what"] == "export":
            self._write(options["file"])
            return
        now, by = kernel.now(), accounts.SYSTEM
        try:
            text = options["file"].read_text("utf-8-sig")
            told = config_changes(text=text, by=by, now=now)
            done = told if options["what"] == "diff" else take_config(text=text, by=by, now=now)
        except (ConfigRefusedError, accounts.AccountRefusedError, events.RefusedError, UnicodeDecodeError) as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps({one.code: list(one.changes) for one in done}, ensure_ascii=False))
            return
        self._say(told)

    def _say(self, told: Sequence[PartChanges]) -> None:
        for one in told:
            for sentence in one.changes:
                self.stdout.write(f"{one.label}: {sentence}")
            if one.changes and one.left_out:
                self.stdout.write(f"{one.label}: {one.left_out}")
        if not any(one.changes for one in told):
            self.stdout.write(_("Nothing differs from what is set up."))

    def _write(self, target: Path | None) -> None:
        text = config_text(now=kernel.now())
        if target is None:
            self.stdout.write(text)
        else:
            target.write_text(text, "utf-8")
