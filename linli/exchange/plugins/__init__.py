"""What exchange plugs in: its connectors, capabilities, desks, row filters, benches and words of the ledger."""

from linli.exchange.plugins import rights
from linli.exchange.plugins.drop import DropFolder
from linli.exchange.plugins.rest import Rest
from linli.exchange.plugins.sftp import Sftp
from linli.exchange.plugins.sql import Sql
from linli.exchange.slots import connectors


def register() -> None:
    """Register everything once, at start."""
    rights.register()
    for connector in (DropFolder(), Sql(), Rest(), Sftp()):
        connectors.register(connector)
