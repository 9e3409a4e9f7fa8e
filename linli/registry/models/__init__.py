"""What the registry keeps: the dictionary, sources and their records, entities, relations."""

from linli.registry.models.element import Element
from linli.registry.models.entity import Entity, Identifier
from linli.registry.models.record import Identity, Source, SourceRecord
from linli.registry.models.register import Listing, ListingStep
from linli.registry.models.relation import Relation
from linli.registry.models.tag import SavedList, Tag, TagMark

__all__ = [
    "Element",
    "Entity",
    "Identifier",
    "Identity",
    "Listing",
    "ListingStep",
    "Relation",
    "SavedList",
    "Source",
    "SourceRecord",
    "Tag",
    "TagMark",
]
