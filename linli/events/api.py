"""The door of events: what the floors above may ask and do."""

from linli.events.actions.alarm import check_begun_versions, check_standing_rules
from linli.events.actions.appoint import appoint_volunteer, end_volunteer, pause_volunteer, resume_volunteer
from linli.events.actions.ask_use import ask_about_use
from linli.events.actions.callback import (
    AnswersMissingError,
    CalledAlreadyError,
    NothingToDrawError,
    draw_callbacks,
    note_callback,
)
from linli.events.actions.clock import ask_for_time, decide_time, pause_event, resume_event, review_hang_up, tend_clocks
from linli.events.actions.close import OwnWorkError, WindowOverError, check_result, close_event, reopen_event
from linli.events.actions.correct import correct_matter, correct_place
from linli.events.actions.crowd import CrowdArea, CrowdPlan, crowd_events
from linli.events.actions.deliver import replay_delivery, replay_since, send_test
from linli.events.actions.demo import plant_demo_events, plant_sample_duties
from linli.events.actions.demo_desks import plant_demo_desks
from linli.events.actions.demo_supervision import plant_demo_supervision
from linli.events.actions.dispatch import DutyStaysError, UnknownMatterError, dispatch_event, reject_event
from linli.events.actions.duty import (
    NotADraftError,
    StandardsRefusedError,
    TooLateError,
    add_duty_list,
    cancel_enforcement,
    enforce_standards,
    put_in_force,
    roll_back_standards,
)
from linli.events.actions.escalate import sweep_overdue
from linli.events.actions.export import export_events, hand_back, hand_out_rejected
from linli.events.actions.follow import FollowReceipt, NothingToFollowError, follow_event
from linli.events.actions.group_policy import (
    add_group_policy,
    decide_version,
    draft_group_rules,
    draft_plan,
    plant_sample_group_policy,
    put_group_policy_in_force,
    restore_group_policy,
)
from linli.events.actions.handle import (
    WordsMissingError,
    accept_event,
    add_note,
    end_stage,
    note_contact,
    return_event,
    start_event,
    submit_result,
)
from linli.events.actions.hot import find_hot
from linli.events.actions.intake import KeyUsedError, Receipt, composed_report, report_event
from linli.events.actions.joint import answer_task, give_task, on_task, send_task_back, sign_off_task, withdraw_task
from linli.events.actions.lateness import tell_late_stages
from linli.events.actions.link import add_child, link_events, unlink
from linli.events.actions.look import look_at_case
from linli.events.actions.merge import merge_event, split_event
from linli.events.actions.object import decide_objection, object_to_event
from linli.events.actions.object_device import object_to_device
from linli.events.actions.open_matter import set_open_matters
from linli.events.actions.opinion import NotYetError, add_information, rate_event
from linli.events.actions.photos import add_photos
from linli.events.actions.playbook import (
    add_playbook,
    finish_stage,
    plant_sample_playbooks,
    put_playbook_in_force,
    restore_playbook,
    start_playbook,
    stop_playbook,
)
from linli.events.actions.policy import draft_policy, plant_sample_policies, put_policy_in_force, roll_back_policy
from linli.events.actions.publish import publish_answer, publish_common_answer, withdraw_answer
from linli.events.actions.recur import cure_sources
from linli.events.actions.reveal import PurposeMissingError, Revealed, reveal_purposes, reveal_reporter
from linli.events.actions.stages import keep_stages_of
from linli.events.actions.standard_entries import CellsRefusedError, enter_matter, enter_rule
from linli.events.actions.standard_files import import_standards, mend_from_file
from linli.events.actions.standards import (
    begin_draft,
    drop_draft,
    remove_matter,
    remove_rule,
    save_area_duty,
    save_matter,
    save_rule,
)
from linli.events.actions.standards_data import draft_from_data
from linli.events.actions.supervise import (
    AnsweredAlreadyError,
    LimitMissingError,
    NothingOpenError,
    answer_supervision,
    supervise_events,
)
from linli.events.actions.tell import tell_number
from linli.events.actions.ticket_round import UnknownReasonError, accept_tickets, reply_ticket, return_ticket
from linli.events.actions.tickets import MappingMissingError, import_tickets, remembered_mapping
from linli.events.actions.volunteer import (
    NothingToLookAtError,
    NotPublicError,
    ask_volunteers,
    check_as_volunteer,
    look_as_volunteer,
)
from linli.events.actions.webhook import (
    NothingSeenError,
    change_webhook,
    end_webhook,
    open_webhook,
    pause_webhook,
    renew_secret,
)
from linli.events.actions.whistle import blow_whistle, respond_to_whistle
from linli.events.models import (
    Callback,
    CallbackRound,
    ClockSpan,
    Delivery,
    DispatchRule,
    DutyList,
    Event,
    EventStage,
    HotIssue,
    LimitUnit,
    Link,
    MatterItem,
    Objection,
    Photo,
    Playbook,
    Policy,
    Precedent,
    RuleAlarm,
    SupervisionNote,
    Task,
    Ticket,
    TicketFile,
    Track,
    UseQuestion,
    Volunteer,
    Webhook,
)
from linli.events.queries.alarms import Alarm, open_alarms
from linli.events.queries.answers import answer_drafts, public_answers, reply_doubts
from linli.events.queries.callbacks import (
    CallbackFigures,
    callback_counts,
    callback_figures,
    callbacks_seen_by,
    open_callback,
    rounds_seen_by,
)
from linli.events.queries.case import (
    Case,
    ResidentCase,
    case,
    follow_key,
    holds_receipt,
    resident_events,
    similar_events,
)
from linli.events.queries.clocks import asked_of, handle_due_of, hung_up, remind_from
from linli.events.queries.hot import hot_case, hot_issues_seen_by
from linli.events.queries.inbox import CLOCKS, COUNTED, TABS, InboxFilter, inbox_counts, inbox_page
from linli.events.queries.joint import (
    TASK_TABS,
    JointWork,
    calls_waiting,
    joint_work,
    playbook_versions,
    playbooks_for,
    playbooks_in_force,
    unit_task_counts,
    unit_tasks,
)
from linli.events.queries.links import Group, followed_by, group_of
from linli.events.queries.mapping import counts_by_grid, map_points
from linli.events.queries.measured import MARKS, measured_events
from linli.events.queries.near import NearEvent, group_policies, group_rules, near_events
from linli.events.queries.objections import first_unit_of, objections_before
from linli.events.queries.open311 import open_matters
from linli.events.queries.overview import Overview, overview
from linli.events.queries.overview import Row as OverviewRow
from linli.events.queries.policies import level_name, policies_at, policy_versions, try_ladder
from linli.events.queries.precedents import precedents_seen_by
from linli.events.queries.riding import photo_seen_by, resident_case
from linli.events.queries.rule_problems import version_problems
from linli.events.queries.rulebook import home_county, matters_in_force
from linli.events.queries.sight import events_seen_by, in_area
from linli.events.queries.stages import late_stages
from linli.events.queries.standard_files import matter_cells_of, role_namer, rule_cells, unit_names, write_manual
from linli.events.queries.standards import Change, Hole, Version, differences, holes, items_of, versions
from linli.events.queries.standards_data import standards_data
from linli.events.queries.suggesting import Suggestion, suggestions
from linli.events.queries.supervision import (
    NOTE_TABS,
    NoteFigures,
    note_counts,
    notes_on,
    notes_page,
    notes_seen_by,
    supervised_units,
    supervisors,
)
from linli.events.queries.ticket_rows import FileRefusedError
from linli.events.queries.tickets import own_file, own_ticket, reply_of, tickets_page
from linli.events.queries.tickets import state_of as ticket_state
from linli.events.queries.trials import Trial, dry_run
from linli.events.queries.use_questions import AskedUse, asked_about, numbers_of_own, use_question_of
from linli.events.queries.volunteering import (
    VolunteerTask,
    checks_on,
    volunteer_sees,
    volunteer_tasks,
    volunteers_seen_by,
)
from linli.events.queries.webhooks import deliveries_page, webhooks_open, webhooks_seen_by, with_counts
from linli.events.rules.drafts import DraftRefusedError, ReportDraft, check_draft
from linli.events.rules.joint import HeldError
from linli.events.rules.message_texts import as_it_reads, problems_of_text
from linli.events.rules.message_texts import labels as text_labels
from linli.events.rules.message_texts import places_of as text_places
from linli.events.rules.near import check_rules as check_group_rules
from linli.events.rules.near import metres_between
from linli.events.rules.photos import CleanPhoto, PhotoRefusedError, clean_photo
from linli.events.rules.playbook import stages_of as check_stages
from linli.events.rules.policies import PolicyRefusedError
from linli.events.rules.refusals import RefusedError
from linli.events.rules.reply_check import Doubt
from linli.events.rules.standard_sheets import COLUMNS as MATTER_COLUMNS
from linli.events.rules.standards import Problem
from linli.events.rules.ticket_results import REASONS as RETURN_REASONS
from linli.events.rules.ticket_results import STATES as TICKET_STATES
from linli.events.rules.webhooks import KINDS as WEBHOOK_KINDS
from linli.events.sample.matters import generated_texts as sample_texts
from linli.events.sample.playbooks import playbooks as sample_playbooks
from linli.events.states import LABELS as STATE_LABELS
from linli.events.states import StepNotPossibleError

__all__ = [
    "CLOCKS", "COUNTED",
    "MARKS", "MATTER_COLUMNS",
    "NOTE_TABS",
    "RETURN_REASONS",
    "STATE_LABELS",
    "TABS", "TASK_TABS", "TICKET_STATES",
    "WEBHOOK_KINDS",
    "Alarm", "AnsweredAlreadyError", "AnswersMissingError", "AskedUse",
    "Callback", "CallbackFigures", "CallbackRound", "CalledAlreadyError", "Case", "CellsRefusedError", "Change",
    "CleanPhoto", "ClockSpan", "CrowdArea", "CrowdPlan",
    "Delivery", "DispatchRule", "Doubt", "DraftRefusedError", "DutyList", "DutyStaysError",
    "Event", "EventStage",
    "FileRefusedError", "FollowReceipt",
    "Group",
    "HeldError", "Hole", "HotIssue",
    "InboxFilter",
    "JointWork",
    "KeyUsedError",
    "LimitMissingError", "LimitUnit", "Link",
    "MappingMissingError", "MatterItem",
    "NearEvent", "NotADraftError", "NotPublicError", "NotYetError", "NoteFigures", "NothingOpenError",
    "NothingSeenError", "NothingToDrawError", "NothingToFollowError", "NothingToLookAtError",
    "Objection", "Overview", "OverviewRow", "OwnWorkError",
    "Photo", "PhotoRefusedError", "Playbook", "Policy", "PolicyRefusedError", "Precedent", "Problem",
    "PurposeMissingError",
    "Receipt", "RefusedError", "ReportDraft", "ResidentCase", "Revealed", "RuleAlarm",
    "StandardsRefusedError", "StepNotPossibleError", "Suggestion", "SupervisionNote",
    "Task", "Ticket", "TicketFile", "TooLateError", "Track", "Trial",
    "UnknownMatterError", "UnknownReasonError", "UseQuestion",
    "Version", "Volunteer", "VolunteerTask",
    "Webhook", "WindowOverError", "WordsMissingError",
    "accept_event", "accept_tickets", "add_child", "add_duty_list", "add_group_policy", "add_information", "add_note",
    "add_photos", "add_playbook", "answer_drafts", "answer_supervision", "answer_task", "appoint_volunteer",
    "as_it_reads", "ask_about_use", "ask_for_time", "ask_volunteers", "asked_about", "asked_of",
    "begin_draft", "blow_whistle",
    "callback_counts", "callback_figures", "callbacks_seen_by", "calls_waiting", "cancel_enforcement", "case",
    "change_webhook", "check_as_volunteer", "check_begun_versions", "check_draft", "check_group_rules", "check_result",
    "check_stages",
    "check_standing_rules", "checks_on", "clean_photo", "close_event", "composed_report", "correct_matter",
    "correct_place", "counts_by_grid", "crowd_events", "cure_sources",
    "decide_objection", "decide_time", "decide_version", "deliveries_page", "differences", "dispatch_event",
    "draft_from_data", "draft_group_rules", "draft_plan", "draft_policy", "draw_callbacks", "drop_draft", "dry_run",
    "end_stage", "end_volunteer", "end_webhook", "enforce_standards", "enter_matter", "enter_rule", "events_seen_by",
    "export_events",
    "find_hot", "finish_stage", "first_unit_of", "follow_event", "follow_key", "followed_by",
    "give_task", "group_of", "group_policies", "group_rules",
    "hand_back", "hand_out_rejected", "handle_due_of", "holds_receipt", "holes", "home_county", "hot_case",
    "hot_issues_seen_by",
    "hung_up",
    "import_standards", "import_tickets", "in_area", "inbox_counts", "inbox_page", "items_of",
    "joint_work",
    "keep_stages_of",
    "late_stages", "level_name", "link_events", "look_as_volunteer", "look_at_case",
    "map_points", "matter_cells_of", "matters_in_force", "measured_events", "mend_from_file", "merge_event",
    "metres_between",
    "near_events", "note_callback", "note_contact", "note_counts", "notes_on", "notes_page", "notes_seen_by",
    "numbers_of_own",
    "object_to_device",
    "object_to_event", "objections_before", "on_task", "open_alarms", "open_callback", "open_matters", "open_webhook",
    "overview", "own_file", "own_ticket",
    "pause_event", "pause_volunteer", "pause_webhook", "photo_seen_by", "plant_demo_desks", "plant_demo_events",
    "plant_demo_supervision",
    "plant_sample_duties", "plant_sample_group_policy",
    "plant_sample_playbooks", "plant_sample_policies", "playbook_versions", "playbooks_for", "playbooks_in_force",
    "policies_at", "policy_versions", "precedents_seen_by", "problems_of_text", "public_answers",
    "publish_answer",
    "publish_common_answer",
    "put_group_policy_in_force", "put_in_force", "put_playbook_in_force", "put_policy_in_force",
    "rate_event", "reject_event", "remembered_mapping", "remind_from", "remove_matter",
    "remove_rule", "renew_secret", "reopen_event", "replay_delivery", "replay_since", "reply_doubts", "reply_of",
    "reply_ticket", "report_event", "resident_case", "resident_events", "respond_to_whistle", "restore_group_policy",
    "restore_playbook", "resume_event", "resume_volunteer", "return_event", "return_ticket", "reveal_purposes",
    "reveal_reporter",
    "review_hang_up",
    "role_namer", "roll_back_policy", "roll_back_standards", "rounds_seen_by", "rule_cells",
    "sample_playbooks", "sample_texts", "save_area_duty", "save_matter", "save_rule", "send_task_back", "send_test",
    "set_open_matters", "sign_off_task", "similar_events", "split_event", "standards_data", "start_event",
    "start_playbook", "stop_playbook", "submit_result", "suggestions", "supervise_events", "supervised_units",
    "supervisors", "sweep_overdue",
    "tell_late_stages", "tell_number", "tend_clocks", "text_labels", "text_places", "ticket_state", "tickets_page",
    "try_ladder",
    "unit_names", "unit_task_counts", "unit_tasks", "unlink", "use_question_of",
    "version_problems", "versions", "volunteer_sees", "volunteer_tasks",
    "volunteers_seen_by",
    "webhooks_open", "webhooks_seen_by", "with_counts", "withdraw_answer", "withdraw_task", "write_manual",
]  # fmt: skip
