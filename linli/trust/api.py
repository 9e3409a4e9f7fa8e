"""The door of trust: who may see what, the ledger of every use, masks and the redactor."""

from linli.trust.actions.activities import save_activity
from linli.trust.actions.break_glass import break_glass, end_break_glass, review_break_glass, save_glass_rules
from linli.trust.actions.guard import needs, require, staff
from linli.trust.actions.record import compose, record, record_all
from linli.trust.actions.seal import keep_era, seal_once
from linli.trust.queries.activities import activity, register_on
from linli.trust.queries.activities import newest_of as newest_activity
from linli.trust.queries.break_glass import glass_rules
from linli.trust.queries.ledger import LedgerCheck, LedgerProblem, verify_ledger, verify_newest
from linli.trust.queries.purposes import cases_for, purpose_for, purposes_of
from linli.trust.queries.rights import may, may_know, visible, visible_parts
from linli.trust.rules.activities import Activity, activity_from, check_activity, content_of
from linli.trust.rules.break_glass import GlassRefusedError
from linli.trust.rules.cases import About, Case, Warrant
from linli.trust.rules.leaf import Leaf
from linli.trust.rules.masking import mask_citizen_id, mask_name, mask_phone
from linli.trust.rules.publishing import Outtake, find_for_public, may_remain, redact_public
from linli.trust.rules.redaction import Finding, find_personal, redact
from linli.trust.rules.refusals import (
    ActivityRefusedError,
    CaseMissingError,
    CaseRefusedError,
    Hidden,
    NotAllowed,
    NotYourPurposeError,
    PurposeRefusedError,
    TrustRefusedError,
)

__all__ = [
    "About",
    "Activity",
    "ActivityRefusedError",
    "Case",
    "CaseMissingError",
    "CaseRefusedError",
    "Finding",
    "GlassRefusedError",
    "Hidden",
    "Leaf",
    "LedgerCheck",
    "LedgerProblem",
    "NotAllowed",
    "NotYourPurposeError",
    "Outtake",
    "PurposeRefusedError",
    "TrustRefusedError",
    "Warrant",
    "activity",
    "activity_from",
    "break_glass",
    "cases_for",
    "check_activity",
    "compose",
    "content_of",
    "end_break_glass",
    "find_for_public",
    "find_personal",
    "glass_rules",
    "keep_era",
    "mask_citizen_id",
    "mask_name",
    "mask_phone",
    "may",
    "may_know",
    "may_remain",
    "needs",
    "newest_activity",
    "purpose_for",
    "purposes_of",
    "record",
    "record_all",
    "redact",
    "redact_public",
    "register_on",
    "require",
    "review_break_glass",
    "save_activity",
    "save_glass_rules",
    "seal_once",
    "staff",
    "verify_ledger",
    "verify_newest",
    "visible",
    "visible_parts",
]
