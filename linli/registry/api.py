"""The door of the registry: the dictionary, what sources say, relations, and masked cards of what is known."""

from linli.registry.actions.crowd import CrowdGrid, crowd_registry
from linli.registry.actions.decide import end_rule, forbid, pin
from linli.registry.actions.demo import plant_demo_base
from linli.registry.actions.dictionary import add_element, load_shipped_elements, retire_element
from linli.registry.actions.export import export_entities
from linli.registry.actions.look import AsOf, around, look_at, look_at_some, look_through, open_card
from linli.registry.actions.merge import merge_entities, split_identity, undo_merge
from linli.registry.actions.project import project_due
from linli.registry.actions.relate import Tie, end_relation, relate, settle_day
from linli.registry.actions.take_in import Statement, Taken, register_source, take_in
from linli.registry.models import Element, IdentityDeed, IdentityRule
from linli.registry.queries.dictionary import all_elements, elements_of
from linli.registry.queries.identities import IdentityOf, decided_pairs, identities_by_key, identities_of, survivor_of
from linli.registry.queries.listing import COUNTED, Wanted, count_of
from linli.registry.queries.sight import in_area
from linli.registry.rules.cards import PURPOSES, Bonded, Brief, Card, Line
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.graphs import Edge, Graph, Node, Spot, laid_out
from linli.registry.rules.kinds import BONDS, KINDS, RESIDENCE, Bond, Kind
from linli.registry.rules.refusals import (
    BondRefusedError,
    ElementRefusedError,
    MergeRefusedError,
    PurposeMissingError,
    RegistryRefusedError,
    UnknownSourceError,
)

__all__ = [
    "BONDS",
    "COUNTED",
    "KINDS",
    "PURPOSES",
    "RESIDENCE",
    "AsOf",
    "Bond",
    "BondRefusedError",
    "Bonded",
    "Brief",
    "Card",
    "CrowdGrid",
    "Edge",
    "Element",
    "ElementInfo",
    "ElementRefusedError",
    "Graph",
    "IdentityDeed",
    "IdentityOf",
    "IdentityRule",
    "Kind",
    "Line",
    "MergeRefusedError",
    "Node",
    "PurposeMissingError",
    "RegistryRefusedError",
    "Spot",
    "Statement",
    "Taken",
    "Tie",
    "UnknownSourceError",
    "Wanted",
    "add_element",
    "all_elements",
    "around",
    "count_of",
    "crowd_registry",
    "decided_pairs",
    "elements_of",
    "end_relation",
    "end_rule",
    "export_entities",
    "forbid",
    "identities_by_key",
    "identities_of",
    "in_area",
    "laid_out",
    "load_shipped_elements",
    "look_at",
    "look_at_some",
    "look_through",
    "merge_entities",
    "open_card",
    "pin",
    "plant_demo_base",
    "project_due",
    "register_source",
    "relate",
    "retire_element",
    "settle_day",
    "split_identity",
    "survivor_of",
    "take_in",
    "undo_merge",
]
