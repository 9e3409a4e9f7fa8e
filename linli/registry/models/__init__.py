"""What the registry keeps: the dictionary, sources and their records, entities, relations."""

from linli.registry.models.change import Change, ChangeCount, ChangeSeen, SourceSlice
from linli.registry.models.element import Element
from linli.registry.models.entity import Entity, Identifier
from linli.registry.models.lifecycle import Deletion, RetentionRule
from linli.registry.models.record import Identity, Source, SourceRecord
from linli.registry.models.relation import Relation

__all__ = [
    "Change",
    "ChangeCount",
    "ChangeSeen",
    "Deletion",
    "Element",
    "Entity",
    "Identifier",
    "Identity",
    "Relation",
    "RetentionRule",
    "Source",
    "SourceRecord",
    "SourceSlice",
]
