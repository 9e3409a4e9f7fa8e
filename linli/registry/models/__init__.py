"""What the registry keeps: the dictionary, sources and their records, entities, relations."""

from linli.registry.models.deed import IdentityDeed, IdentityRule
from linli.registry.models.element import Element
from linli.registry.models.entity import Entity, Identifier
from linli.registry.models.record import Identity, Source, SourceRecord
from linli.registry.models.relation import Relation

__all__ = [
    "Element",
    "Entity",
    "Identifier",
    "Identity",
    "IdentityDeed",
    "IdentityRule",
    "Relation",
    "Source",
    "SourceRecord",
]
