"""The door of trust: who may see what, the ledger of every use, masks and the redactor."""

from linli.trust.actions.copy import read_copy
from linli.trust.actions.defer import decide_deferral, load_disclosure_classes, propose_deferral
from linli.trust.actions.guard import needs, require, staff
from linli.trust.actions.record import compose, record, record_all
from linli.trust.actions.rights import answer_right, ask_right, days_for, load_right_terms, take_back_right
from linli.trust.actions.seal import keep_era, seal_once
from linli.trust.models.right import Kind as RightKind
from linli.trust.models.right import RightRequest
from linli.trust.queries.ledger import LedgerCheck, LedgerProblem, verify_ledger, verify_newest
from linli.trust.queries.looks import Look, Looks, Oneself, entry_in_words, listed, look_of, looks_at, oneself
from linli.trust.queries.rights import may, may_know, visible, visible_parts
from linli.trust.queries.rights_of import open_copy, rights_asked_by, rights_waiting
from linli.trust.rules.leaf import Leaf
from linli.trust.rules.masking import mask_citizen_id, mask_name, mask_phone
from linli.trust.rules.publishing import Outtake, find_for_public, may_remain, redact_public
from linli.trust.rules.redaction import Finding, find_personal, redact
from linli.trust.rules.refusals import DeferralRefusedError, Hidden, NotAllowed, RightRefusedError

__all__ = [
    "DeferralRefusedError",
    "Finding",
    "Hidden",
    "Leaf",
    "LedgerCheck",
    "LedgerProblem",
    "Look",
    "Looks",
    "NotAllowed",
    "Oneself",
    "Outtake",
    "RightKind",
    "RightRefusedError",
    "RightRequest",
    "answer_right",
    "ask_right",
    "compose",
    "days_for",
    "decide_deferral",
    "entry_in_words",
    "find_for_public",
    "find_personal",
    "keep_era",
    "listed",
    "load_disclosure_classes",
    "load_right_terms",
    "look_of",
    "looks_at",
    "mask_citizen_id",
    "mask_name",
    "mask_phone",
    "may",
    "may_know",
    "may_remain",
    "needs",
    "oneself",
    "open_copy",
    "propose_deferral",
    "read_copy",
    "record",
    "record_all",
    "redact",
    "redact_public",
    "require",
    "rights_asked_by",
    "rights_waiting",
    "seal_once",
    "staff",
    "take_back_right",
    "verify_ledger",
    "verify_newest",
    "visible",
    "visible_parts",
]
