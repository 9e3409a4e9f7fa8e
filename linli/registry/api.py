"""The door of the registry: dictionary, sources, relations, identities, lists, tags, deletion, masked cards."""

from linli.registry.actions.attest import Attested, attest
from linli.registry.actions.bind import confirm_identity, end_binding
from linli.registry.actions.consent import (
    agree_at_counter,
    consents_at_counter,
    guardians_at_counter,
    withdraw_at_counter,
)
from linli.registry.actions.crowd import CrowdGrid, crowd_registry
from linli.registry.actions.decide import end_rule, forbid, pin
from linli.registry.actions.demo import demo_sayings, plant_demo_base
from linli.registry.actions.dictionary import add_element, inherit_element, load_shipped_elements, retire_element
from linli.registry.actions.erase import withdraw
from linli.registry.actions.export import export_entities
from linli.registry.actions.fill import choose_rows, ends_of, fill, look_for_form, members_of
from linli.registry.actions.grading import Graded, grade_element
from linli.registry.actions.guardians import (
    end_guardianship,
    guardians_sheet,
    settle_guardianships,
    start_guardianship,
)
from linli.registry.actions.lifecycle import (
    change_retention,
    decide_deletion,
    load_retention_rules,
    propose_deletion,
    sweep_retention,
)
from linli.registry.actions.lists import look_through_list, take_step
from linli.registry.actions.load import Loader, Ready, close_load, closing_load, open_load
from linli.registry.actions.look import (
    AsOf,
    around,
    look_at,
    look_at_some,
    look_through,
    offered,
    open_card,
    open_card_and_around,
)
from linli.registry.actions.measure_wall import measure_wall
from linli.registry.actions.merge import merge_entities, split_identity, undo_merge
from linli.registry.actions.occasions import end_occasions, resume_occasions
from linli.registry.actions.place_names import (
    divisions_kept_by,
    finish_place_name,
    note_place_name,
    place_kept_by,
    place_names_kept_by,
    revoke_place_name,
    take_place_names,
)
from linli.registry.actions.plates import addresses_kept_by, issue_plates, plate_sheet, replace_plate
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
    release_changed,
    release_known,
    verify,
)
from linli.registry.actions.release_values import ReleasedState, release_values
from linli.registry.actions.return_flow import (
    ChangeLine,
    WeekOfChanges,
    look_at_changes,
    mark_seen,
    slices,
    week_of_changes,
)
from linli.registry.actions.separate import Halves, Made, look_into, preview_split, separate, take_deed_back
from linli.registry.actions.sides import differing, look_at_sides
from linli.registry.actions.slices import recount_slices
from linli.registry.actions.stand import stand_houses
from linli.registry.actions.tag_lists import (
    MOST_AT_ONCE,
    Bearer,
    give_tag_to,
    give_tag_to_found,
    look_through_tagged,
    tick,
)
from linli.registry.actions.tags import (
    TagDraft,
    define_tag,
    exempt_from_tag,
    forget_list,
    give_tag,
    retire_tag,
    save_list,
    sweep,
    take_tag,
)
from linli.registry.actions.take_in import Statement, Taken, register_source, take_in
from linli.registry.actions.tally import tally
from linli.registry.models import (
    Binding,
    Deletion,
    Element,
    Guardianship,
    GuardianshipEnd,
    IdentityDeed,
    IdentityRule,
    RetentionRule,
    Source,
    Tag,
)
from linli.registry.queries.bindings import CONFIRM, account_entities, binding_at, binding_of, person_for, person_of
from linli.registry.queries.cards import in_words, words_of
from linli.registry.queries.changes import monday_of
from linli.registry.queries.cleaning import cleaner_of, cleaners_of
from linli.registry.queries.counting import BANDS, DataAge, ages_of, can_be_counted, counted
from linli.registry.queries.departments import SaidSince, said_since
from linli.registry.queries.dictionary import all_elements, elements_of, open_elements
from linli.registry.queries.grading import ToGrade, elements_to_grade, to_write_anew, waiting_by_kind
from linli.registry.queries.guardians import needs_guardian, wards_under
from linli.registry.queries.identities import IdentityOf, decided_pairs, identities_by_key, identities_of, survivor_of
from linli.registry.queries.known import known_before, known_shares
from linli.registry.queries.lifecycle import deletions_seen_by, tombstones_at
from linli.registry.queries.listing import COUNTED, Wanted, count_of, grades_of_lists
from linli.registry.queries.lists import DUES, ListLine, counts_of
from linli.registry.queries.log import LogRow, below, changes_after, heard_within, ids_within, last_change, touches
from linli.registry.queries.proposed import proposed_since
from linli.registry.queries.purposes import Offer, purpose_words, purposes_in_force, purposes_of
from linli.registry.queries.saying import said_by
from linli.registry.queries.separating import Deed, SourceOf
from linli.registry.queries.sight import in_area, inside
from linli.registry.queries.tags import happening_of, passing_tags, saved_lists, tags_on, tags_seen_by, tags_to_choose
from linli.registry.queries.touched import touched_since
from linli.registry.rules.cards import Bonded, Brief, Card, Line, Unconfirmed
from linli.registry.rules.conditions import AGE, OPERATORS, Condition
from linli.registry.rules.dates import birthday_after, months_after
from linli.registry.rules.dictionary import read_dictionary as shipped_elements
from linli.registry.rules.elements import OWN_PERMISSION, ElementInfo
from linli.registry.rules.filling import End, Figure, Found, Origin, Tally, Wish
from linli.registry.rules.graphs import Edge, Graph, Node, Spot, laid_out
from linli.registry.rules.heads import subject_of
from linli.registry.rules.kinds import BONDS, KINDS, RESIDENCE, Bond, Kind
from linli.registry.rules.name_rows import COLUMNS as NAME_COLUMNS
from linli.registry.rules.name_rows import KIND_WORDS as NAME_KINDS
from linli.registry.rules.name_rows import read_name_rows
from linli.registry.rules.refusals import (
    BindingRefusedError,
    BondRefusedError,
    DeletionRefusedError,
    ElementRefusedError,
    GuardianRefusedError,
    ListingRefusedError,
    MergeRefusedError,
    NameTableRefusedError,
    NotFindableError,
    PurposeMissingError,
    RegistryRefusedError,
    TagRefusedError,
    UnknownSourceError,
    WishRefusedError,
)
from linli.registry.rules.retention import REASONS
from linli.registry.rules.sides import Side, Sides
from linli.registry.rules.tagging import OPERATORS as TAG_OPERATORS
from linli.registry.rules.values import BadValueError
from linli.registry.rules.ways import WAYS, along, kind_at
from linli.registry.states import REGISTERS

__all__ = [
    "AGE", "BANDS", "BONDS", "CONFIRM", "COUNTED", "DUES", "KINDS", "MOST_AT_ONCE", "NAME_COLUMNS", "NAME_KINDS",
    "OPERATORS", "OWN_PERMISSION", "REASONS", "REGISTERS", "RESIDENCE", "TAG_OPERATORS", "WAYS", "AsOf", "Attested",
    "BadValueError", "Bearer", "Binding", "BindingRefusedError", "Bond", "BondRefusedError", "Bonded", "Brief",
    "Card", "ChangeLine", "Condition", "CrowdGrid", "DataAge", "Deed", "Deletion", "DeletionRefusedError", "Edge",
    "Element", "ElementInfo", "ElementRefusedError", "End", "Errand", "Figure", "Found", "Graded", "Graph",
    "GuardianRefusedError", "Guardianship", "GuardianshipEnd", "Halves", "IdentityDeed", "IdentityOf",
    "IdentityRule", "Kind", "Line", "ListLine", "ListingRefusedError", "Loader", "LogRow", "Made",
    "MergeRefusedError", "NameTableRefusedError", "Node", "NotFindableError", "Offer", "Origin",
    "PurposeMissingError", "Reach", "Ready", "RegistryRefusedError", "Released", "ReleasedState", "RetentionRule",
    "SaidSince", "Side", "Sides", "Source", "SourceOf", "Spot", "Statement", "Tag", "TagDraft", "TagRefusedError",
    "Taken", "Tally", "Tie", "ToGrade", "Unconfirmed", "UnknownSourceError", "Wanted", "WeekOfChanges", "Whom",
    "Wish", "WishRefusedError", "account_entities", "add_element", "addresses_kept_by", "ages_of",
    "agree_at_counter", "all_elements", "along", "around", "attest", "below", "binding_at", "binding_of",
    "birthday_after", "can_be_counted", "change_retention", "changes_after", "check_value", "choose_rows",
    "cleaner_of", "cleaners_of", "close_load", "closing_load", "confirm_identity", "consents_at_counter",
    "count_of", "counted",
    "counts_of", "crowd_registry", "decide_deletion", "decided_pairs", "define_tag", "deletions_seen_by",
    "demo_sayings", "differing", "divisions_kept_by", "elements_of", "elements_to_grade", "end_binding",
    "end_guardianship", "end_occasions", "end_relation", "end_rule", "ends_of", "exempt_from_tag",
    "export_entities", "fill",
    "finish_place_name", "forbid", "forget_list", "give_tag", "give_tag_to", "give_tag_to_found", "grade_element",
    "grades_of_lists", "guardians_at_counter", "guardians_sheet", "happening_of", "heard_within",
    "identities_by_key", "identities_of", "ids_within", "in_area", "in_words", "inherit_element", "inside",
    "issue_plates", "kind_at", "known_before", "known_shares", "laid_out", "last_change", "load_retention_rules",
    "load_shipped_elements", "look_at", "look_at_changes", "look_at_sides", "look_at_some", "look_for_form",
    "look_into", "look_through", "look_through_list", "look_through_tagged", "mark_seen", "measure_wall", "members_of",
    "merge_entities", "monday_of", "months_after", "needs_guardian", "note_place_name", "offered", "open_card",
    "open_card_and_around", "open_elements", "open_load", "passing_tags", "person_for", "person_of", "pin",
    "place_kept_by", "place_names_kept_by", "plant_demo_base", "plate_sheet", "preview_split", "problem_of",
    "project_due", "propose_deletion", "proposed_since", "purpose_words", "purposes_in_force", "purposes_of",
    "read_name_rows", "recount_slices", "register_source", "relate", "release", "release_changed", "release_known",
    "release_values", "replace_plate", "resume_occasions", "retire_element", "retire_tag", "revoke_place_name",
    "said_by", "said_since", "save_list", "saved_lists", "separate", "settle_day", "settle_guardianships",
    "shipped_elements", "slices", "split_identity", "stand_houses", "start_guardianship", "subject_of",
    "survivor_of", "sweep", "sweep_retention", "tags_on", "tags_seen_by", "tags_to_choose", "take_deed_back",
    "take_in", "take_place_names", "take_step", "take_tag", "tally", "tick", "to_write_anew", "tombstones_at",
    "touched_since", "touches", "undo_merge", "verify", "waiting_by_kind", "wards_under", "week_of_changes", "withdraw",
    "withdraw_at_counter", "words_of",
]  # fmt: skip
