"""The door of the registry: the dictionary, what sources say, relations, and masked cards of what is known."""

from linli.registry.actions.crowd import CrowdGrid, crowd_registry
from linli.registry.actions.demo import plant_demo_base
from linli.registry.actions.dictionary import add_element, load_shipped_elements, retire_element
from linli.registry.actions.export import export_entities
from linli.registry.actions.lists import look_through_list, take_step
from linli.registry.actions.look import AsOf, around, look_at, look_through, open_card
from linli.registry.actions.plates import addresses_kept_by, issue_plates, plate_sheet, replace_plate
from linli.registry.actions.project import project_due
from linli.registry.actions.relate import Tie, end_relation, relate, settle_day
from linli.registry.actions.stand import stand_houses
from linli.registry.actions.tags import (
    TagDraft,
    define_tag,
    forget_list,
    give_tag,
    retire_tag,
    save_list,
    sweep,
    take_tag,
)
from linli.registry.actions.take_in import Statement, Taken, register_source, take_in
from linli.registry.models import Element, Tag
from linli.registry.queries.dictionary import all_elements, elements_of, open_elements
from linli.registry.queries.listing import COUNTED, Wanted, count_of
from linli.registry.queries.lists import DUES, ListLine, counts_of
from linli.registry.queries.tags import saved_lists, tags_seen_by
from linli.registry.rules.cards import PURPOSES, Bonded, Brief, Card, Line
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.graphs import Edge, Graph, Node, Spot, laid_out
from linli.registry.rules.kinds import BONDS, KINDS, RESIDENCE, Bond, Kind
from linli.registry.rules.refusals import (
    BondRefusedError,
    ElementRefusedError,
    ListingRefusedError,
    PurposeMissingError,
    RegistryRefusedError,
    TagRefusedError,
    UnknownSourceError,
)
from linli.registry.rules.tagging import OPERATORS
from linli.registry.states import REGISTERS

__all__ = [
    "BONDS",
    "COUNTED",
    "DUES",
    "KINDS",
    "OPERATORS",
    "PURPOSES",
    "REGISTERS",
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
    "Kind",
    "Line",
    "ListLine",
    "ListingRefusedError",
    "Node",
    "PurposeMissingError",
    "RegistryRefusedError",
    "Spot",
    "Statement",
    "Tag",
    "TagDraft",
    "TagRefusedError",
    "Taken",
    "Tie",
    "UnknownSourceError",
    "Wanted",
    "add_element",
    "addresses_kept_by",
    "all_elements",
    "around",
    "count_of",
    "counts_of",
    "crowd_registry",
    "define_tag",
    "elements_of",
    "end_relation",
    "export_entities",
    "forget_list",
    "give_tag",
    "issue_plates",
    "laid_out",
    "load_shipped_elements",
    "look_at",
    "look_through",
    "look_through_list",
    "open_card",
    "open_elements",
    "plant_demo_base",
    "plate_sheet",
    "project_due",
    "register_source",
    "relate",
    "replace_plate",
    "retire_element",
    "retire_tag",
    "save_list",
    "saved_lists",
    "settle_day",
    "stand_houses",
    "sweep",
    "tags_seen_by",
    "take_in",
    "take_step",
    "take_tag",
]
