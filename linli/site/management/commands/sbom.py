"""`linli sbom`: the bill of materials of this version, as CycloneDX."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

import linli
from linli.site.queries.parts import LOCK, parts_here
from linli.site.rules.sbom import bill_of


class Command(BaseCommand):
    """Prints it; nothing is asked of the network."""

    help = "Print what Linli is made of, with versions, licences and hashes, as CycloneDX 1.6 (JSON)."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read the lock and the list of the front end."""
        if not LOCK.exists():
            raise CommandError(_("The lock file %(path)s is not here: run it in a checkout.") % {"path": LOCK.name})
        bill = bill_of(parts_here(), name="linli", version=linli.__version__)
        self.stdout.write(json.dumps(bill, ensure_ascii=False, indent=1))
