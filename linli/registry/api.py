"""The door of the registry: the dictionary, what sources say, relations, and masked cards of what is known."""

from linli.registry.actions.attest import Attested, attest
from linli.registry.actions.crowd import CrowdGrid, crowd_registry
from linli.registry.actions.demo import plant_demo_base
from linli.registry.actions.dictionary import add_element, load_shipped_elements, retire_element
from linli.registry.actions.export import export_entities
from linli.registry.actions.look import AsOf, around, look_at, look_through, open_card
from linli.registry.actions.project import project_due
from linli.registry.actions.relate import Tie, end_relation, relate, settle_day
from linli.registry.actions.release import (
    Errand,
    Reach,
    Released,
    Whom,
    check_value,
    problem_of,
    release,
    release_known,
    verify,
)
from linli.registry.actions.take_in import Statement, Taken, register_source, take_in
from linli.registry.models import Element
from linli.registry.queries.cards import in_words
from linli.registry.queries.counting import BANDS, DataAge, ages_of, can_be_counted, counted
from linli.registry.queries.dictionary import all_elements, elements_of
from linli.registry.queries.listing import COUNTED, Wanted, count_of
from linli.registry.queries.proposed import proposed_since
from linli.registry.queries.sight import inside
from linli.registry.rules.cards import PURPOSES, Bonded, Brief, Card, Line, Unconfirmed
from linli.registry.rules.conditions import AGE, OPERATORS, Condition
from linli.registry.rules.elements import ElementInfo
from linli.registry.rules.graphs import Edge, Graph, Node, Spot, laid_out
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import BONDS, KINDS, RESIDENCE, Bond, Kind
from linli.registry.rules.refusals import (
    BondRefusedError,
    ElementRefusedError,
    NotFindableError,
    PurposeMissingError,
    RegistryRefusedError,
    UnknownSourceError,
)
from linli.registry.rules.values import BadValueError

__all__ = [
    "AGE",
    "BANDS",
    "BONDS",
    "COUNTED",
    "KINDS",
    "OPERATORS",
    "PURPOSES",
    "RESIDENCE",
    "AsOf",
    "Attested",
    "BadValueError",
    "Bond",
    "BondRefusedError",
    "Bonded",
    "Brief",
    "Card",
    "Condition",
    "CrowdGrid",
    "DataAge",
    "Edge",
    "Element",
    "ElementInfo",
    "ElementRefusedError",
    "Errand",
    "Graph",
    "Kind",
    "Line",
    "Node",
    "NotFindableError",
    "PurposeMissingError",
    "Reach",
    "RegistryRefusedError",
    "Released",
    "Spot",
    "Statement",
    "Taken",
    "Tie",
    "Unconfirmed",
    "UnknownSourceError",
    "Wanted",
    "Whom",
    "add_element",
    "ages_of",
    "all_elements",
    "around",
    "attest",
    "can_be_counted",
    "check_value",
    "count_of",
    "counted",
    "crowd_registry",
    "elements_of",
    "end_relation",
    "export_entities",
    "in_words",
    "inside",
    "laid_out",
    "load_shipped_elements",
    "look_at",
    "look_through",
    "open_card",
    "plant_demo_base",
    "problem_of",
    "project_due",
    "proposed_since",
    "register_source",
    "relate",
    "release",
    "release_known",
    "retire_element",
    "settle_day",
    "subject_of",
    "take_in",
    "verify",
]
