"""What the registry keeps: the dictionary, sources and their records, entities, relations, what changed."""

from linli.registry.models.binding import Binding
from linli.registry.models.change import Change, ChangeCount, ChangeSeen, SourceSlice
from linli.registry.models.deed import IdentityDeed, IdentityRule
from linli.registry.models.element import Element
from linli.registry.models.entity import Entity, Identifier
from linli.registry.models.grading import GradeDecision
from linli.registry.models.guardianship import Guardianship, GuardianshipEnd
from linli.registry.models.lifecycle import Deletion, RetentionRule
from linli.registry.models.load import Load
from linli.registry.models.record import Identity, Source, SourceRecord
from linli.registry.models.register import Listing, ListingStep
from linli.registry.models.relation import Relation
from linli.registry.models.tag import SavedList, Tag, TagMark

__all__ = [
    "Binding",
    "Change",
    "ChangeCount",
    "ChangeSeen",
    "Deletion",
    "Element",
    "Entity",
    "GradeDecision",
    "Guardianship",
    "GuardianshipEnd",
    "Identifier",
    "Identity",
    "IdentityDeed",
    "IdentityRule",
    "Listing",
    "ListingStep",
    "Load",
    "Relation",
    "RetentionRule",
    "SavedList",
    "Source",
    "SourceRecord",
    "SourceSlice",
    "Tag",
    "TagMark",
]
