"""The door of exchange: applications and grants, reading by them, corrections, open data."""

from linli.exchange.actions.answer import approve_application, decline_application, end_grant, terms_of
from linli.exchange.actions.apply import (
    change_draft,
    draft_application,
    submit_application,
    withdraw_application,
)
from linli.exchange.actions.batch import hand_in, lines_of, work_off
from linli.exchange.actions.correct import (
    Finding,
    confirm_correction,
    let_silent_stand,
    propose_correction,
    refuse_correction,
    take_back_correction,
)
from linli.exchange.actions.demo import plant_demo_sharing
from linli.exchange.actions.open_data import (
    Contract,
    Described,
    count_edition,
    describe_set,
    end_set,
    publish_edition,
    register_firm,
)
from linli.exchange.actions.sweep import expire_grants, forget_answers, tell_late_applications
from linli.exchange.actions.use import Call, charge, pseudonym, query_one, verify_one
from linli.exchange.queries.owners import owner_unit
from linli.exchange.queries.sight import applications_seen_by, corrections_seen_by, grants_seen_by
from linli.exchange.rules.refusals import (
    AlreadyProposedError,
    GrantClosedError,
    KeyUsedError,
    NoSuchGrantError,
    NotGrantedError,
    OwnApplicationError,
    QuotaSpentError,
    RefusedError,
    TermsRefusedError,
    WordsMissingError,
)
from linli.exchange.rules.terms import WAYS, Asked

__all__ = [
    "WAYS",
    "AlreadyProposedError",
    "Asked",
    "Call",
    "Contract",
    "Described",
    "Finding",
    "GrantClosedError",
    "KeyUsedError",
    "NoSuchGrantError",
    "NotGrantedError",
    "OwnApplicationError",
    "QuotaSpentError",
    "RefusedError",
    "TermsRefusedError",
    "WordsMissingError",
    "applications_seen_by",
    "approve_application",
    "change_draft",
    "charge",
    "confirm_correction",
    "corrections_seen_by",
    "count_edition",
    "decline_application",
    "describe_set",
    "draft_application",
    "end_grant",
    "end_set",
    "expire_grants",
    "forget_answers",
    "grants_seen_by",
    "hand_in",
    "let_silent_stand",
    "lines_of",
    "owner_unit",
    "plant_demo_sharing",
    "propose_correction",
    "pseudonym",
    "publish_edition",
    "query_one",
    "refuse_correction",
    "register_firm",
    "submit_application",
    "take_back_correction",
    "tell_late_applications",
    "terms_of",
    "verify_one",
    "withdraw_application",
    "work_off",
]
