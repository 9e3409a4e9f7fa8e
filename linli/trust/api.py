"""The door of trust: who may see what, the ledger of every use, masks and the redactor."""

from linli.trust.actions.activities import save_activity
from linli.trust.actions.alerts import forget_marks, raise_alerts, remember, save_watch_limits
from linli.trust.actions.asking import ExcessRefusedError, decide_excess, save_ask_less
from linli.trust.actions.assess import write_assessment
from linli.trust.actions.break_glass import break_glass, end_break_glass, review_break_glass, save_glass_rules
from linli.trust.actions.consents import (
    give_own_consent,
    note_consent,
    note_withdrawal,
    withdraw_own_consent,
)
from linli.trust.actions.copy import read_copy
from linli.trust.actions.defer import decide_deferral, load_disclosure_classes, propose_deferral
from linli.trust.actions.demo import plant_demo_devices
from linli.trust.actions.device_tables import TakenDevices, take_devices
from linli.trust.actions.devices import (
    Connected,
    apply_device,
    connect_device,
    decide_device,
    remove_device,
    review_device,
    save_device,
    take_back_device,
    watch_reviews,
)
from linli.trust.actions.export import check_folder, export_tree
from linli.trust.actions.export_requests import ask_export, decide_export, lapse_exports, take_back_export
from linli.trust.actions.guard import needs, require, staff
from linli.trust.actions.hand_out import handed_out
from linli.trust.actions.handling import decide_handling
from linli.trust.actions.incidents import save_notice_terms
from linli.trust.actions.look_settings import announce_campaign, learn_habits, save_look_settings
from linli.trust.actions.mark import mark_oneself, mark_person, unmark_oneself, unmark_person
from linli.trust.actions.record import UseContent, compose, record, record_all
from linli.trust.actions.retain import forget_retained
from linli.trust.actions.right_terms import save_right_terms
from linli.trust.actions.rights import answer_right, ask_right, pass_right_up, take_back_right
from linli.trust.actions.seal import keep_era, seal_once, seal_waiting
from linli.trust.actions.sign import change_ledger_key
from linli.trust.actions.take_out import take_out, take_requested
from linli.trust.actions.watch import watch_looks
from linli.trust.actions.witness import (
    head_to_tell,
    settle_head_problem,
    take_countersignature,
    take_refusal,
    witness_head,
)
from linli.trust.models import (
    Device,
    ExcessDecision,
    ExportFile,
    ExportRequest,
    HandlingVersion,
    ImpactAssessment,
    SecurityAlert,
)
from linli.trust.models.right import Kind as RightKind
from linli.trust.models.right import RightRequest
from linli.trust.queries.activities import activity, register_on
from linli.trust.queries.activities import newest_of as newest_activity
from linli.trust.queries.alerts import limits_in_force, mark, marks
from linli.trust.queries.ask_less import policy_in_force as ask_less_in_force
from linli.trust.queries.asking import Asker, Judged, asked_of_people, findings_of
from linli.trust.queries.assessments import missing_assessments
from linli.trust.queries.break_glass import glass_rules
from linli.trust.queries.consents import Asked as AskedConsent
from linli.trust.queries.consents import asked_of, consenting, consents_of
from linli.trust.queries.devices import (
    asking_of,
    askings_of_devices,
    assessed_devices,
    device_by_number,
    devices_around,
    devices_seen_by,
    is_connected,
    may_connect,
    missing_of,
    steps_of,
)
from linli.trust.queries.explaining import decisions_on, explanation_of, objection_to
from linli.trust.queries.found import LedgerCheck, LedgerProblem
from linli.trust.queries.handling import handling_at, handling_versions, keep_handling_fresh
from linli.trust.queries.incidents import terms_in_force
from linli.trust.queries.leaves import entry_ids
from linli.trust.queries.ledger import verify_ledger, verify_newest
from linli.trust.queries.look_memory import settings_in_force
from linli.trust.queries.look_world import tie_to
from linli.trust.queries.looks import Look, Looks, Oneself, entry_in_words, listed, look_of, looks_at, oneself, wards_of
from linli.trust.queries.marked import asks_for_reviews
from linli.trust.queries.proofs import NotSealedError, canonical_of, prove_entry, prove_growth
from linli.trust.queries.purposes import cases_for, purpose_for, purposes_of
from linli.trust.queries.right_terms import days_for, read_right_terms, right_terms
from linli.trust.queries.rights import may, may_know, visible, visible_parts
from linli.trust.queries.rights_of import has_decided, open_copy, rights_asked_by, rights_waiting
from linli.trust.queries.tiles import head_text, newest_note
from linli.trust.queries.wall import sight, streamed
from linli.trust.queries.witnesses import countersignatures, head_problems
from linli.trust.rules.activities import Activity, activity_from, check_activity, content_of
from linli.trust.rules.ask_less import Policy as AskLess
from linli.trust.rules.ask_less import PolicyRefusedError, as_plain
from linli.trust.rules.ask_less import policy_from as ask_less_from
from linli.trust.rules.asking import Asked, Asking, Excess
from linli.trust.rules.assessments import AssessmentRefusedError
from linli.trust.rules.break_glass import GlassRefusedError, GlassRules
from linli.trust.rules.break_glass import content_of as glass_content
from linli.trust.rules.break_glass import rules_from as glass_rules_from
from linli.trust.rules.cases import About, Case, CaseQuestion, Warrant
from linli.trust.rules.device_rows import DeviceRow, device_columns, read_device_rows
from linli.trust.rules.devices import DeviceDraft, DeviceRefusedError
from linli.trust.rules.explaining import Explanation
from linli.trust.rules.exports import Taken
from linli.trust.rules.files import as_csv, as_workbook
from linli.trust.rules.grades import GRADE_WORDS, Grade, highest_grade
from linli.trust.rules.handling import (
    SIGHT,
    SIGHT_WORDS,
    Handling,
    check_handling,
    grade_of_set,
    handling,
    highest_seen,
)
from linli.trust.rules.handling import hold as hold_handling
from linli.trust.rules.handling import read_shipped as shipped_handling
from linli.trust.rules.heads import BadHeadError, Head, PublicKey, countersign, is_countersigned, read_note
from linli.trust.rules.leaf import NO_TRACE, Leaf, Trace, is_trace
from linli.trust.rules.look_settings import SettingsRefusedError, as_content, settings_from
from linli.trust.rules.masking import STAR as MASK_STAR
from linli.trust.rules.masking import mask_citizen_id, mask_name, mask_phone
from linli.trust.rules.notice_terms import TermsRefusedError, as_terms_content, terms_from
from linli.trust.rules.playbooks import PARTS as PLAYBOOK_PARTS
from linli.trust.rules.playbooks import playbook
from linli.trust.rules.proofs import BadProofError, check_growth, check_inclusion
from linli.trust.rules.proposals import Proposal, propose, rule_version
from linli.trust.rules.publishing import Outtake, find_for_public, may_remain, redact_public
from linli.trust.rules.redaction import Finding, find_personal, redact
from linli.trust.rules.refusals import (
    ActivityRefusedError,
    ApprovalNeededError,
    CaseMissingError,
    CaseRefusedError,
    ClockSetBackError,
    ConsentMissingError,
    ConsentRefusedError,
    DeferralRefusedError,
    ExportRefusedError,
    HandlingRefusedError,
    Hidden,
    MarkRefusedError,
    NotAllowed,
    NotYourPurposeError,
    PurposeRefusedError,
    RightRefusedError,
    SealingStopsError,
    TrustRefusedError,
    WrongKeysError,
)
from linli.trust.rules.right_terms import right_terms_content
from linli.trust.rules.watch_limits import LimitsRefusedError, limits_from, shipped_limits
from linli.trust.states.devices import WORDS as DEVICE_STEP_WORDS
from linli.trust.states.devices import possible as device_steps

__all__ = [
    "DEVICE_STEP_WORDS", "GRADE_WORDS", "MASK_STAR", "NO_TRACE", "PLAYBOOK_PARTS", "SIGHT", "SIGHT_WORDS", "About",
    "Activity", "ActivityRefusedError", "ApprovalNeededError", "AskLess", "Asked", "AskedConsent", "Asker",
    "Asking", "AssessmentRefusedError", "BadHeadError", "BadProofError", "Case", "CaseMissingError", "CaseQuestion",
    "CaseRefusedError", "ClockSetBackError", "Connected", "ConsentMissingError", "ConsentRefusedError",
    "DeferralRefusedError", "Device", "DeviceDraft", "DeviceRefusedError", "DeviceRow", "Excess", "ExcessDecision",
    "ExcessRefusedError", "Explanation", "ExportFile", "ExportRefusedError", "ExportRequest", "Finding",
    "GlassRefusedError", "GlassRules", "Grade", "Handling", "HandlingRefusedError", "HandlingVersion", "Head",
    "Hidden", "ImpactAssessment", "Judged", "Leaf", "LedgerCheck", "LedgerProblem", "LimitsRefusedError", "Look",
    "Looks", "MarkRefusedError", "NotAllowed", "NotSealedError", "NotYourPurposeError", "Oneself", "Outtake",
    "PolicyRefusedError", "Proposal", "PublicKey", "PurposeRefusedError", "RightKind", "RightRefusedError",
    "RightRequest", "SealingStopsError", "SecurityAlert", "SettingsRefusedError", "Taken", "TakenDevices",
    "TermsRefusedError", "Trace", "TrustRefusedError", "UseContent", "Warrant", "WrongKeysError", "activity",
    "activity_from", "announce_campaign", "answer_right", "apply_device", "as_content", "as_csv", "as_plain",
    "as_terms_content", "as_workbook", "ask_export", "ask_less_from", "ask_less_in_force", "ask_right", "asked_of",
    "asked_of_people", "asking_of", "askings_of_devices", "asks_for_reviews", "assessed_devices", "break_glass",
    "canonical_of", "cases_for", "change_ledger_key", "check_activity", "check_folder", "check_growth",
    "check_handling", "check_inclusion", "compose", "connect_device", "consenting", "consents_of", "content_of",
    "countersign", "countersignatures", "days_for", "decide_deferral", "decide_device", "decide_excess",
    "decide_export", "decide_handling", "decisions_on", "device_by_number", "device_columns", "device_steps",
    "devices_around", "devices_seen_by", "end_break_glass", "entry_ids", "entry_in_words", "explanation_of",
    "export_tree", "find_for_public", "find_personal", "findings_of", "forget_marks", "forget_retained",
    "give_own_consent", "glass_content", "glass_rules", "glass_rules_from", "grade_of_set", "handed_out",
    "handling", "handling_at", "handling_versions", "has_decided", "head_problems", "head_text", "head_to_tell",
    "highest_grade", "highest_seen", "hold_handling", "is_connected", "is_countersigned", "is_trace", "keep_era",
    "keep_handling_fresh", "lapse_exports", "learn_habits", "limits_from", "limits_in_force", "listed",
    "load_disclosure_classes", "look_of", "looks_at", "mark", "mark_oneself", "mark_person", "marks",
    "mask_citizen_id", "mask_name", "mask_phone", "may", "may_connect", "may_know", "may_remain",
    "missing_assessments", "missing_of", "needs", "newest_activity", "newest_note", "note_consent",
    "note_withdrawal", "objection_to", "oneself", "open_copy", "pass_right_up", "plant_demo_devices", "playbook",
    "propose", "propose_deferral", "prove_entry", "prove_growth", "purpose_for", "purposes_of", "raise_alerts",
    "read_copy", "read_device_rows", "read_note", "read_right_terms", "record", "record_all", "redact",
    "redact_public", "register_on", "remember", "remove_device", "require", "review_break_glass", "review_device",
    "right_terms", "right_terms_content", "rights_asked_by", "rights_waiting", "rule_version", "save_activity",
    "save_ask_less", "save_device", "save_glass_rules", "save_look_settings", "save_notice_terms",
    "save_right_terms", "save_watch_limits", "seal_once", "seal_waiting", "settings_from", "settings_in_force",
    "settle_head_problem", "shipped_handling", "shipped_limits", "sight", "staff", "steps_of", "streamed",
    "take_back_device", "take_back_export", "take_back_right", "take_countersignature", "take_devices", "take_out",
    "take_refusal",
    "take_requested", "terms_from", "terms_in_force", "tie_to", "unmark_oneself", "unmark_person", "verify_ledger",
    "verify_newest", "visible", "visible_parts", "wards_of", "watch_looks", "watch_reviews", "withdraw_own_consent",
    "witness_head", "write_assessment",
]  # fmt: skip
