"""What exchange keeps."""

from linli.exchange.models.run import Page, Rejected, Run, Stretch
from linli.exchange.models.source import Connection, Dataset

__all__ = ["Connection", "Dataset", "Page", "Rejected", "Run", "Stretch"]
