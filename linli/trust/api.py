"""The door of trust: who may see what, the ledger of every use, masks and the redactor."""

from linli.trust.actions.guard import needs, require, staff
from linli.trust.actions.handling import decide_handling
from linli.trust.actions.record import compose, record, record_all
from linli.trust.actions.seal import keep_era, seal_once
from linli.trust.models import ExportRequest, HandlingVersion
from linli.trust.queries.handling import handling_at, handling_versions, keep_handling_fresh
from linli.trust.queries.ledger import LedgerCheck, LedgerProblem, verify_ledger, verify_newest
from linli.trust.queries.rights import may, may_know, visible, visible_parts
from linli.trust.rules.grades import GRADE_WORDS, Grade, highest_grade
from linli.trust.rules.handling import SIGHT, SIGHT_WORDS, Handling, check_handling, grade_of_set, handling
from linli.trust.rules.handling import hold as hold_handling
from linli.trust.rules.handling import read_shipped as shipped_handling
from linli.trust.rules.leaf import Leaf
from linli.trust.rules.masking import mask_citizen_id, mask_name, mask_phone
from linli.trust.rules.proposals import Proposal, propose, rule_version
from linli.trust.rules.publishing import Outtake, find_for_public, may_remain, redact_public
from linli.trust.rules.redaction import Finding, find_personal, redact
from linli.trust.rules.refusals import HandlingRefusedError, Hidden, NotAllowed

__all__ = [
    "GRADE_WORDS",
    "SIGHT",
    "SIGHT_WORDS",
    "ExportRequest",
    "Finding",
    "Grade",
    "Handling",
    "HandlingRefusedError",
    "HandlingVersion",
    "Hidden",
    "Leaf",
    "LedgerCheck",
    "LedgerProblem",
    "NotAllowed",
    "Outtake",
    "Proposal",
    "check_handling",
    "compose",
    "decide_handling",
    "find_for_public",
    "find_personal",
    "grade_of_set",
    "handling",
    "handling_at",
    "handling_versions",
    "highest_grade",
    "hold_handling",
    "keep_era",
    "keep_handling_fresh",
    "mask_citizen_id",
    "mask_name",
    "mask_phone",
    "may",
    "may_know",
    "may_remain",
    "needs",
    "propose",
    "record",
    "record_all",
    "redact",
    "redact_public",
    "require",
    "rule_version",
    "seal_once",
    "shipped_handling",
    "staff",
    "verify_ledger",
    "verify_newest",
    "visible",
    "visible_parts",
]
