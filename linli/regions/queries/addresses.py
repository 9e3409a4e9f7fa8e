"""Addresses in free text, read into typed segments by the model that ships and the divisions that the node holds."""

from collections.abc import Iterator, Sequence
from functools import cache

from linli.regions.models import Division
from linli.regions.queries import tree as trees
from linli.regions.queries.snapshot import Snapshot
from linli.regions.rules.address_model import AddressModel, Segment
from linli.regions.rules.address_names import AddressNames
from linli.regions.rules.codes import LENGTHS
from linli.regions.sample.addresses import MODEL

__all__ = ["known_names", "parse_address", "parse_addresses", "shipped_model"]


def parse_address(text: str) -> list[Segment]:
    """Return the segments of an address as it was written; see `rules.address_model.TAGS` for their kinds."""
    return parse_addresses([text])[0]


def parse_addresses(texts: Sequence[str]) -> list[list[Segment]]:
    """Return the segments of each address; many at once are read several times faster than one by one."""
    return shipped_model().read(texts, known_names())


@cache
def shipped_model() -> AddressModel:
    """Return the model that ships. It is read once and never changed."""
    return AddressModel.load(MODEL)


def known_names() -> AddressNames:
    """Return the names of the divisions that this node holds."""
    return _names.get()


def _load() -> AddressNames:
    return AddressNames(_rows())


def _rows() -> Iterator[tuple[str, str]]:
    for code, info in trees.tree().by_code.items():
        if info.level <= Division.Level.STREET:
            yield code[: LENGTHS[info.level - 1]], info.name


_names = Snapshot(_load, names=("divisions",))
