"""The door of the registry: the dictionary, what sources say, relations, and masked cards of what is known."""

from linli.registry.actions.crowd import CrowdGrid, crowd_registry
from linli.registry.actions.demo import plant_demo_base
from linli.registry.actions.dictionary import add_element, inherit_element, load_shipped_elements, retire_element
from linli.registry.actions.erase import withdraw
from linli.registry.actions.export import export_entities
from linli.registry.actions.lifecycle import (
    change_retention,
    decide_deletion,
    load_retention_rules,
    propose_deletion,
    sweep_retention,
)
from linli.registry.actions.look import AsOf, around, look_at, look_through, open_card
from linli.registry.actions.project import project_due
from linli.registry.actions.relate import Tie, end_relation, relate, settle_day
from linli.registry.actions.release import Released, release_values
from linli.registry.actions.return_flow import (
    ChangeLine,
    WeekOfChanges,
    look_at_changes,
    mark_seen,
    slices,
    week_of_changes,
)
from linli.registry.actions.slices import recount_slices
from linli.registry.actions.take_in import Statement, Taken, register_source, take_in
from linli.registry.models import Deletion, Element, RetentionRule
from linli.registry.queries.changes import monday_of
from linli.registry.queries.dictionary import all_elements, elements_of
from linli.registry.queries.lifecycle import deletions_seen_by, tombstones_at
from linli.registry.queries.listing import COUNTED, Wanted, count_of
from linli.registry.queries.log import LogRow, below, changes_after, heard_within, ids_within, last_change
from linli.registry.rules.cards import PURPOSES, Bonded, Brief, Card, Line
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.graphs import Edge, Graph, Node, Spot, laid_out
from linli.registry.rules.kinds import BONDS, KINDS, RESIDENCE, Bond, Kind
from linli.registry.rules.refusals import (
    BondRefusedError,
    DeletionRefusedError,
    ElementRefusedError,
    PurposeMissingError,
    RegistryRefusedError,
    UnknownSourceError,
)
from linli.registry.rules.retention import REASONS

__all__ = [
    "BONDS",
    "COUNTED",
    "KINDS",
    "PURPOSES",
    "REASONS",
    "RESIDENCE",
    "AsOf",
    "Bond",
    "BondRefusedError",
    "Bonded",
    "Brief",
    "Card",
    "ChangeLine",
    "CrowdGrid",
    "Deletion",
    "DeletionRefusedError",
    "Edge",
    "Element",
    "ElementInfo",
    "ElementRefusedError",
    "Graph",
    "Kind",
    "Line",
    "LogRow",
    "Node",
    "PurposeMissingError",
    "RegistryRefusedError",
    "Released",
    "RetentionRule",
    "Spot",
    "Statement",
    "Taken",
    "Tie",
    "UnknownSourceError",
    "Wanted",
    "WeekOfChanges",
    "add_element",
    "all_elements",
    "around",
    "below",
    "change_retention",
    "changes_after",
    "count_of",
    "crowd_registry",
    "decide_deletion",
    "deletions_seen_by",
    "elements_of",
    "end_relation",
    "export_entities",
    "heard_within",
    "ids_within",
    "inherit_element",
    "laid_out",
    "last_change",
    "load_retention_rules",
    "load_shipped_elements",
    "look_at",
    "look_at_changes",
    "look_through",
    "mark_seen",
    "monday_of",
    "open_card",
    "plant_demo_base",
    "project_due",
    "propose_deletion",
    "recount_slices",
    "register_source",
    "relate",
    "release_values",
    "retire_element",
    "settle_day",
    "slices",
    "sweep_retention",
    "take_in",
    "tombstones_at",
    "week_of_changes",
    "withdraw",
]
