"""`linli keys`: the versions of the key ring, what needs them, and their rotation while the node runs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.kernel.actions import keys
from linli.kernel.models.keys import Resealing
from linli.kernel.queries.sealed import keys_in_use
from linli.kernel.rules import keyring
from linli.kernel.rules.clock import now


class Command(BaseCommand):
    """Adds a key, seals anew, takes old keys off the ring, or says how it stands."""

    help = "Rotate the keys of what is kept sealed: status, rotate, reseal, retire."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what is to be done."""
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT", help="what is to be done")
        status = what.add_parser("status", help="the versions on the ring, and how many values need which of them")
        status.add_argument("--json", action="store_true", help="print one JSON object")
        rotate = what.add_parser("rotate", help="add a key; from now on it seals. Then seal everything anew")
        rotate.add_argument("--later", action="store_true", help="let the worker seal anew, in the next five minutes")
        what.add_parser("reseal", help="go on sealing anew where that was cut off")
        what.add_parser("retire", help="take off the ring what nothing needs any more (back the ring up before)")

    def handle(self, *, what: str, **options: Any) -> None:
        """Do it; a ring that is missing or wrong ends the command with one sentence."""
        try:
            getattr(self, f"_{what}")(options)
        except (keyring.BrokenRingError, keys.KeysInUseError) as refused:
            raise CommandError(str(refused)) from None

    def _status(self, options: dict[str, Any]) -> None:
        keys.keep_ring()
        ring, used = keyring.load(), keys_in_use()
        if options["json"]:
            progress = list(Resealing.objects.filter(version=ring.current).values("column", "done", "finished_at"))
            told = {"current": ring.current, "on_ring": sorted(ring.seal_keys), "in_use": used, "progress": progress}
            self.stdout.write(json.dumps(told, default=str))
            return
        self.stdout.write(f"Key {ring.current} seals; on the ring: {', '.join(map(str, sorted(ring.seal_keys)))}.")
        for name, counts in used.items():
            said = ", ".join(f"key {version}: {count}" for version, count in sorted(counts.items()))
            self.stdout.write(f"{name:<44}{said}")

    def _rotate(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Key {keys.rotate()} seals from now on. Back the key ring up.")
        if not options["later"]:
            self._reseal(options)

    def _reseal(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{keys.reseal(now=now())} values were sealed anew.")

    def _retire(self, _options: dict[str, Any]) -> None:
        gone = keys.retire()
        self.stdout.write(f"Taken off the ring: {', '.join(map(str, gone))}." if gone else "No key can be spared.")
