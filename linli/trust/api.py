"""The door of trust: who may see what, the ledger of every use, masks and the redactor."""

from linli.trust.actions.guard import needs, require, staff
from linli.trust.actions.record import compose, record, record_all
from linli.trust.actions.seal import keep_era, seal_once
from linli.trust.queries.ledger import LedgerCheck, LedgerProblem, verify_ledger, verify_newest
from linli.trust.queries.looks import Look, Looks, Oneself, entry_in_words, listed, look_of, looks_at, oneself
from linli.trust.queries.rights import may, may_know, visible, visible_parts
from linli.trust.rules.leaf import Leaf
from linli.trust.rules.masking import mask_citizen_id, mask_name, mask_phone
from linli.trust.rules.publishing import Outtake, find_for_public, may_remain, redact_public
from linli.trust.rules.redaction import Finding, find_personal, redact
from linli.trust.rules.refusals import Hidden, NotAllowed

__all__ = [
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
    "compose",
    "entry_in_words",
    "find_for_public",
    "find_personal",
    "keep_era",
    "listed",
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
    "record",
    "record_all",
    "redact",
    "redact_public",
    "require",
    "seal_once",
    "staff",
    "verify_ledger",
    "verify_newest",
    "visible",
    "visible_parts",
]
