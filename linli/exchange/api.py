"""The door of exchange: sources, linkage, linked nodes, applications and grants, corrections, open data."""

from linli.exchange.actions.answer import approve_application, decline_application, end_grant, terms_of
from linli.exchange.actions.answering import set_answer_limit, set_owner_unit
from linli.exchange.actions.apply import change_draft, draft_application, submit_application, withdraw_application
from linli.exchange.actions.ask import answer_peer, ask_there, elsewhere
from linli.exchange.actions.batch import hand_in, lines_of, work_off
from linli.exchange.actions.carry import carry, serve_once
from linli.exchange.actions.catalogue_wire import tell_catalogue
from linli.exchange.actions.collect import collect, open_run, preview, read_file, take_run
from linli.exchange.actions.correct import (
    Finding,
    confirm_correction,
    let_silent_stand,
    propose_correction,
    refuse_correction,
    take_back_correction,
)
from linli.exchange.actions.deidentify import Deidentifying, decide_deidentified
from linli.exchange.actions.demo import plant_demo_sources, plant_people_dataset
from linli.exchange.actions.demo_sharing import plant_demo_sharing
from linli.exchange.actions.feed import Slice, end_subscription, has_news, page_of_feed, subscribe
from linli.exchange.actions.keys import change_keys, ensure_keys
from linli.exchange.actions.link import answer_messages, answer_page, asked_for
from linli.exchange.actions.measure_online import measure_online
from linli.exchange.actions.messages import send, take_again
from linli.exchange.actions.open_data import (
    Contract,
    Described,
    count_edition,
    describe_set,
    end_set,
    publish_edition,
    register_firm,
)
from linli.exchange.actions.papers import add_papers, open_paper
from linli.exchange.actions.peers import add_peer, change_state
from linli.exchange.actions.push import begin_push, make_ready, send_again
from linli.exchange.actions.push_send import send_waiting
from linli.exchange.actions.quarantine import correct_row, let_go, try_again
from linli.exchange.actions.rising import decide_anew, tell_risen
from linli.exchange.actions.sources import (
    DatasetDraft,
    check_connection,
    confirm_mapping,
    save_connection,
    save_dataset,
)
from linli.exchange.actions.sweep import expire_grants, forget_answers, tell_late_applications
from linli.exchange.actions.use import Call, charge, query_one, unit_pseudonym, verify_one
from linli.exchange.actions.witness import tell_heads
from linli.exchange.models import Connection, Dataset, InMessage, Intake, Peer, Run, Subscription
from linli.exchange.queries.datasets import catalogue, late_since
from linli.exchange.queries.linkage_measure import measure_batch
from linli.exchange.queries.owners import LimitLine, OwnerLine, limit_lines, owner_lines, owner_unit, owners_set
from linli.exchange.queries.peers import own_anchor, peers, set_aside
from linli.exchange.queries.rising import Risen, all_risen, risen_of
from linli.exchange.queries.sharing import remote_datasets
from linli.exchange.queries.sight import applications_seen_by, corrections_seen_by, grants_seen_by
from linli.exchange.rules.anchors import Anchor, read_anchor
from linli.exchange.rules.mapping import Mapped
from linli.exchange.rules.papers import clean_paper
from linli.exchange.rules.people import HEADER as MADE_UP_HEADER
from linli.exchange.rules.people import people as made_up_people
from linli.exchange.rules.refusals import (
    AnchorRefusedError,
    ExchangeRefusedError,
    KnownPeerError,
    OwnAnchorError,
    PeerRefusedError,
    SliceRefusedError,
    TableRefusedError,
)
from linli.exchange.rules.sharing_refusals import (
    AlreadyProposedError,
    GradeRisenError,
    GrantClosedError,
    KeyUsedError,
    NoSuchGrantError,
    NotGrantedError,
    OwnApplicationError,
    QuotaSpentError,
    RefusedError,
    TermsRefusedError,
    UnreachableError,
    WordsMissingError,
)
from linli.exchange.rules.signatures import fingerprint, shown
from linli.exchange.rules.tables import Table, read_table
from linli.exchange.rules.terms import WAYS, Asked

__all__ = [
    "MADE_UP_HEADER",
    "WAYS",
    "AlreadyProposedError",
    "Anchor",
    "AnchorRefusedError",
    "Asked",
    "Call",
    "Connection",
    "Contract",
    "Dataset",
    "DatasetDraft",
    "Deidentifying",
    "Described",
    "ExchangeRefusedError",
    "Finding",
    "GradeRisenError",
    "GrantClosedError",
    "InMessage",
    "Intake",
    "KeyUsedError",
    "KnownPeerError",
    "LimitLine",
    "Mapped",
    "NoSuchGrantError",
    "NotGrantedError",
    "OwnAnchorError",
    "OwnApplicationError",
    "OwnerLine",
    "Peer",
    "PeerRefusedError",
    "QuotaSpentError",
    "RefusedError",
    "Risen",
    "Run",
    "Slice",
    "SliceRefusedError",
    "Subscription",
    "Table",
    "TableRefusedError",
    "TermsRefusedError",
    "UnreachableError",
    "WordsMissingError",
    "add_papers",
    "add_peer",
    "all_risen",
    "answer_messages",
    "answer_page",
    "answer_peer",
    "applications_seen_by",
    "approve_application",
    "ask_there",
    "asked_for",
    "begin_push",
    "carry",
    "catalogue",
    "change_draft",
    "change_keys",
    "change_state",
    "charge",
    "check_connection",
    "clean_paper",
    "collect",
    "confirm_correction",
    "confirm_mapping",
    "correct_row",
    "corrections_seen_by",
    "count_edition",
    "decide_anew",
    "decide_deidentified",
    "decline_application",
    "describe_set",
    "draft_application",
    "elsewhere",
    "end_grant",
    "end_set",
    "end_subscription",
    "ensure_keys",
    "expire_grants",
    "fingerprint",
    "forget_answers",
    "grants_seen_by",
    "hand_in",
    "has_news",
    "late_since",
    "let_go",
    "let_silent_stand",
    "limit_lines",
    "lines_of",
    "made_up_people",
    "make_ready",
    "measure_batch",
    "measure_online",
    "open_paper",
    "open_run",
    "own_anchor",
    "owner_lines",
    "owner_unit",
    "owners_set",
    "page_of_feed",
    "peers",
    "plant_demo_sharing",
    "plant_demo_sources",
    "plant_people_dataset",
    "preview",
    "propose_correction",
    "publish_edition",
    "query_one",
    "read_anchor",
    "read_file",
    "read_table",
    "refuse_correction",
    "register_firm",
    "remote_datasets",
    "risen_of",
    "save_connection",
    "save_dataset",
    "send",
    "send_again",
    "send_waiting",
    "serve_once",
    "set_answer_limit",
    "set_aside",
    "set_owner_unit",
    "shown",
    "submit_application",
    "subscribe",
    "take_again",
    "take_back_correction",
    "take_run",
    "tell_catalogue",
    "tell_heads",
    "tell_late_applications",
    "tell_risen",
    "terms_of",
    "try_again",
    "unit_pseudonym",
    "verify_one",
    "withdraw_application",
    "work_off",
]
