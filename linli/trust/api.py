"""The door of trust: who may see what, the ledger of every use, masks and the redactor."""

from linli.trust.actions.guard import needs, require, staff
from linli.trust.actions.record import compose, record, record_all
from linli.trust.actions.seal import keep_era, seal_once
from linli.trust.queries.ledger import LedgerCheck, LedgerProblem, verify_ledger, verify_newest
from linli.trust.queries.rights import may, may_know, visible, visible_parts
from linli.trust.queries.wall import sight
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
    "NotAllowed",
    "Outtake",
    "compose",
    "find_for_public",
    "find_personal",
    "keep_era",
    "mask_citizen_id",
    "mask_name",
    "mask_phone",
    "may",
    "may_know",
    "may_remain",
    "needs",
    "record",
    "record_all",
    "redact",
    "redact_public",
    "require",
    "seal_once",
    "sight",
    "staff",
    "verify_ledger",
    "verify_newest",
    "visible",
    "visible_parts",
]
