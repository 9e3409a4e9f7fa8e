"""What exchange plugs in: its connectors, capabilities, desks, row filters, benches and words of the ledger."""

from linli.exchange.actions import retain
from linli.exchange.plugins import activities, asked, askers, exports, linkage, links, rights, sharing, watch
from linli.exchange.plugins.copies import KeptRows
from linli.exchange.plugins.drop import DropFolder
from linli.exchange.plugins.proposals import Corrections
from linli.exchange.plugins.rest import Rest
from linli.exchange.plugins.sealed import OldPapers
from linli.exchange.plugins.sftp import Sftp
from linli.exchange.plugins.sql import Sql
from linli.exchange.slots import connectors
from linli.kernel import slots as kernel
from linli.registry import slots as registry
from linli.trust import slots as trust


def register() -> None:
    """Register everything once, at start."""
    activities.register()
    asked.register()
    askers.register()
    rights.register()
    linkage.register()
    links.register()
    sharing.register()
    watch.register()
    for export in exports.ALL:
        trust.exports.register(export)
    for copy in retain.ALL:
        trust.retained.register(copy)
    registry.proposals.register(Corrections())
    registry.copies.register(KeptRows())
    kernel.sealed_places.register(OldPapers())
    for connector in (DropFolder(), Sql(), Rest(), Sftp()):
        connectors.register(connector)
