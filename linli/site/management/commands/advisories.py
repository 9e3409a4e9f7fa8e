"""`linli advisories import FILE`: what is known of vulnerabilities, carried in as OSV files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.site.actions.advisories import kept_advisories, take_advisories
from linli.site.queries.parts import parts_here
from linli.site.rules.advisories import affected
from linli.trust import api as trust


class Command(BaseCommand):
    """Takes advisories in, and says which parts are affected."""

    help = "Take in advisories of vulnerabilities (OSV, JSON: a file, a folder, a zip) and compare them with the lock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and the file."""
        what = parser.add_subparsers(dest="what", required=True, help="what to do")
        taking = what.add_parser("import", help="take in a file, a folder or a zip of OSV documents")
        taking.add_argument("file", type=Path, help="for example the all.zip that osv.dev offers for PyPI")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take them in."""
        try:
            told = take_advisories(path=options["file"], now=kernel.now())
        except (OSError, ValueError) as error:
            words = _("%(path)s holds no advisories in the OSV format that can be read.")
            raise CommandError(words % {"path": options["file"]}) from error
        self.stdout.write(
            _("%(read)d advisories read, %(unreadable)d unreadable, %(concerning)d about packages of Linli.") % told
        )
        kept = trust.mark("advisories")
        for one, part in affected(kept_advisories(kept.content), parts_here()) if kept else ():
            self.stdout.write(f"{one.id}  {part.name} {part.version}  {one.summary}")
