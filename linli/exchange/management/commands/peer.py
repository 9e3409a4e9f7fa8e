"""`linli peer`: link this node with another at the terminal, and say what it is told."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.kernel import api as kernel
from linli.regions import api as regions


class Command(BaseCommand):
    """Shows our anchor, links a node by its own, lists the links, tells a node of a slice."""

    help = "Link this node with others: anchor, add, list, tell."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is to be done."""
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT", help="what is to be done")
        anchor = what.add_parser("anchor", help="print the anchor of this node, to be handed over")
        anchor.add_argument(
            "--address", required=True, help="where others reach this node, such as https://linli.example"
        )
        add = what.add_parser("add", help="link the node whose anchor comes on standard input")
        add.add_argument("--place", choices=exchange.Peer.Place.values, required=True, help="where it stands")
        add.add_argument("--fingerprint", required=True, help="its fingerprint, as the other side read it out")
        what.add_parser("list", help="print the linked nodes")
        tell = what.add_parser("tell", help="tell a node of a slice")
        tell.add_argument("--peer", required=True, help="the name of the node")
        tell.add_argument("--division", required=True, help="the code of the area, 12 digits")
        tell.add_argument("--elements", required=True, nargs="+", metavar="KIND.CODE", help="what it may know")
        tell.add_argument("--purpose", required=True, help="for what")
        tell.add_argument("--basis", required=True, help="on which legal basis")
        tell.add_argument("--days", type=int, default=365, help="for how many days (default: 365)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        try:
            self.stdout.write(getattr(self, options["what"])(**options))
        except exchange.ExchangeRefusedError as refused:
            raise CommandError(str(refused)) from refused

    def anchor(self, *, address: str, **_options: Any) -> str:
        """Return the anchor, with the fingerprint on the error output."""
        exchange.ensure_keys(now=kernel.now())
        own = exchange.own_anchor(address=address)
        if own is None:
            raise CommandError("no key")
        self.stderr.write(exchange.shown(own.fingerprint))
        return own.text()

    def add(self, *, place: str, fingerprint: str, **_options: Any) -> str:
        """Link, where the fingerprint is the one that was read out."""
        anchor = exchange.read_anchor(sys.stdin.read())
        if exchange.shown(anchor.fingerprint).replace(" ", "") != fingerprint.replace(" ", "").upper():
            raise CommandError("The fingerprint is another one; do not link.")
        return str(exchange.add_peer(anchor=anchor, place=place, by=accounts.SYSTEM, now=kernel.now()).id)

    def list(self, **_options: Any) -> str:
        """Return a line for each node."""
        return "\n".join(
            f"{one.name}  {one.place}  {one.state}  {one.address}  {one.backlog}" for one in exchange.peers()
        )

    def tell(
        self, *, peer: str, division: str, elements: Sequence[str], purpose: str, basis: str, days: int, **_options: Any
    ) -> str:
        """Open a slice and return its id."""
        found, area = exchange.peers().filter(name=peer).first(), regions.division_by_code(division)
        if found is None or area is None:
            raise CommandError("There is no such node, or no such area.")
        now = kernel.now()
        wanted = exchange.Slice(area.name, area.id, tuple(elements), purpose, basis, now + timedelta(days=days))
        return str(exchange.subscribe(peer=found, wanted=wanted, by=accounts.SYSTEM, now=now).id)
