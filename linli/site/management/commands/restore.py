"""`linli restore`: a backup back into a node."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.site.runtime import passphrases, postgres, restore


class Command(BaseCommand):
    """Restores a backup."""

    help = "Put a backup back into this node, which must be stopped, and bring it up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the passphrase, and the word to replace what is there."""
        parser.add_argument("file", type=Path, help="a file that `linli backup` wrote")
        parser.add_argument("--passphrase-file", type=Path, help="open the keys with the first line of this file")
        parser.add_argument("--force", action="store_true", help="replace what this node holds; files are set aside")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore it and say what was put back."""
        began = time.monotonic()
        done = restore.read(
            options["file"],
            url=postgres.provide(),
            passphrase=passphrases.read(options["passphrase_file"]),
            force=options["force"],
            known={f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations},
            now=kernel.now(),
        )
        figures = {
            "made": done.manifest.made,
            "parts": len(done.manifest.parts),
            "aside": str(done.aside) if done.aside else "",
            "seconds": round(time.monotonic() - began, 3),
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        self.stdout.write(_("Put back what was there at %(made)s (%(parts)d parts, %(seconds)s s).") % figures)
        if done.aside:
            self.stdout.write(_("What it replaced lies in %(aside)s.") % figures)
