"""`linli sbom`: the bill of materials of this version, as CycloneDX."""

import json
from importlib import metadata
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

import linli
from linli.site.rules.sbom import bill_of, locked_parts, plain_name, vendored_parts

ROOT = Path(linli.__file__).resolve().parents[1]
LOCK, VENDORED = ROOT / "requirements/base.txt", ROOT / "linli/kernel/static/vendor/vendor.json"
LONGEST = 100  # some packages print their whole licence where its name belongs


class Command(BaseCommand):
    """Prints it; nothing is asked of the network."""

    help = "Print what Linli is made of, with versions, licences and hashes, as CycloneDX 1.6 (JSON)."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read the lock and the list of the front end."""
        if not LOCK.exists():
            raise CommandError(_("The lock file %(path)s is not here: run it in a checkout.") % {"path": LOCK.name})
        parts = locked_parts(LOCK.read_text("utf-8"), _licences())
        parts += vendored_parts(json.loads(VENDORED.read_text("utf-8")))
        bill = bill_of(parts, name="linli", version=linli.__version__)
        self.stdout.write(json.dumps(bill, ensure_ascii=False, indent=1))


def _licences() -> dict[str, str]:
    """Return what installed packages say about their licence: the expression, the classifiers, else the short text."""
    found = {}
    for package in metadata.distributions():
        about = package.metadata.json
        classifiers = [one.rpartition(" :: ")[2] for one in about.get("classifier", ()) if "License ::" in one]
        said = str(about.get("license_expression") or ", ".join(classifiers) or about.get("license") or "")
        found[plain_name(str(about["name"]))] = said.splitlines()[0][:LONGEST] if said else ""
    return found
