"""`linli ledger`: verify the use ledger, prove an entry, hand the tree out, change the key that signs."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust


class Command(BaseCommand):
    """Does one of these with the ledger."""

    help = "Verify the use ledger, prove an entry of it, hand its tree out, change the key that signs its heads."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what can be asked."""
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT", help="what to do")
        verify = what.add_parser("verify", help="make the ledger again from its content and say what does not agree")
        add_verify_arguments(verify)
        verify.add_argument("--tiles", type=Path, metavar="DIR", help="a folder that was handed out, checked as well")
        prove = what.add_parser("prove", help="write the proof of one entry, or of growth, as JSON")
        prove.add_argument("entry", nargs="?", type=UUID, help="the id of the entry")
        prove.add_argument("--since", type=int, metavar="SEAL", help="prove that the newest head goes on from this one")
        export = what.add_parser("export", help="write tiles, leaves and the signed head into a folder")
        export.add_argument("folder", type=Path, metavar="DIR", help="where to")
        change = what.add_parser("new-key", help="sign with a new key from the next seal on")
        change.add_argument("--algorithm", choices=kernel.ALGORITHMS, default=kernel.ED25519, help="what signs")
        what.add_parser("head", help="print the newest signed head, to be kept elsewhere")

    def handle(self, *, what: str, **options: Any) -> None:
        """Do it."""
        try:
            getattr(self, "_" + what.replace("-", "_"))(**options)
        except trust.NotSealedError as error:
            raise CommandError(_("There is no such sealed entry or head.")) from error
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error

    def _verify(self, *, head: str | None, json: bool, tiles: Path | None, **_options: Any) -> None:
        said = [verify(self, head=head, as_json=json)]
        if tiles is not None:
            said.append(self._check_folder(tiles))
        if not all(said):
            raise CommandError(_("The ledger does not recompute; what does not fit is named above."))

    def _check_folder(self, folder: Path) -> bool:
        head, wrong, signed = trust.check_folder(folder=folder)
        for one in wrong:
            place = _(", leaf %(leaf)d") % {"leaf": one.leaf} if one.leaf is not None else ""
            self.stderr.write(_("%(file)s%(place)s does not agree.") % {"file": one.file, "place": place})
        if not signed:
            self.stderr.write(_("The head in the folder is not signed by its keys."))
        follows = trust.verify_ledger(noted=head).ok
        if not follows:
            self.stderr.write(_("The ledger does not go on from the head in the folder."))
        return not wrong and signed and follows

    def _prove(self, *, entry: UUID | None, since: int | None, **_options: Any) -> None:
        if (entry is None) == (since is None):
            raise CommandError(_("Name an entry, or a seal with --since."))
        proof = trust.prove_entry(entry_id=entry) if entry else trust.prove_growth(old=since or 0)
        self.stdout.write(json.dumps(proof, ensure_ascii=False, indent=1))

    def _export(self, *, folder: Path, **_options: Any) -> None:
        head = trust.export_tree(folder=folder, by=accounts.SYSTEM, now=kernel.now())
        told = {"size": head.size, "number": head.number, "folder": folder}
        self.stdout.write(_("%(size)d leaves up to seal %(number)d are in %(folder)s.") % told)

    def _new_key(self, *, algorithm: str, **_options: Any) -> None:
        key = trust.change_ledger_key(algorithm=algorithm, by=accounts.SYSTEM, now=kernel.now())
        self.stdout.write(key.line())

    def _head(self, **_options: Any) -> None:
        self.stdout.write(trust.newest_note(), ending="")


def add_verify_arguments(parser: CommandParser) -> None:
    """Add what `verify` takes, which `linli check ledger` takes, too."""
    parser.add_argument("--json", action="store_true", help="print the ledger's figures as one JSON object, last")
    parser.add_argument("--head", help="a head kept elsewhere: a file, or NUMBER:HASH; tells what was cut off")


def verify(command: BaseCommand, *, head: str | None, as_json: bool) -> bool:
    """Verify and print; return whether everything agrees. Raises CommandError for a head that is none."""
    outcome = trust.verify_ledger(**_noted(head))
    said = json.dumps(asdict(outcome), ensure_ascii=False, default=str) if as_json else str(outcome)
    command.stdout.write(said)
    return outcome.ok


def _noted(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    number, _colon, digest = text.partition(":")
    if number.isascii() and number.isdigit() and digest:
        return {"head": (int(number), digest)}
    try:
        return {"noted": trust.read_note(Path(text).read_text())[0]}
    except (OSError, UnicodeDecodeError, trust.BadHeadError) as error:
        raise CommandError(
            _("--head must be a file with a head, or a number and a hash, such as 120:9f3c…, as a check printed them.")
        ) from error
