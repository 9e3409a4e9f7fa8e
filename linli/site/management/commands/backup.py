"""`linli backup`: the whole node in one file, while it runs."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.site.runtime import archive, backup, noted, passphrases, postgres


class Command(BaseCommand):
    """Writes a backup."""

    help = "Write database, photos and keys of this node into one file. The node may keep running."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and how to seal the keys."""
        parser.add_argument("file", type=Path, help="the file to write, for example linli-2026-11-22.tar")
        parser.add_argument("--passphrase-file", type=Path, help="seal the keys with the first line of this file")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object, last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it, read it again, note that it is whole, and say what it holds."""
        target: Path = options["file"].absolute()
        passphrase = passphrases.read(options["passphrase_file"])
        began = time.monotonic()
        manifest = backup.write(target, url=postgres.provide(), passphrase=passphrase, now=kernel.now())
        noted.note(archive.verify(target), bytes_written=target.stat().st_size, folder=target.parent)
        if passphrase is None:
            warning = _("The keys lie open in this file: whoever has it can read everything. Use --passphrase-file.")
            self.stderr.write(self.style.WARNING(warning))
        figures = {
            "file": str(target),
            "bytes": target.stat().st_size,
            "parts": len(manifest.parts),
            "seconds": round(time.monotonic() - began, 3),
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            self.stdout.write(_("%(file)s: %(parts)d parts, %(bytes)d bytes, %(seconds)s s") % figures)
