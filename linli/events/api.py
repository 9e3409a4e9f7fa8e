"""The door of events: what the floors above may ask and do."""

from linli.events.actions.close import OwnWorkError, WindowOverError, check_result, close_event, reopen_event
from linli.events.actions.crowd import CrowdArea, CrowdPlan, crowd_events
from linli.events.actions.demo import plant_demo_events, plant_sample_duties
from linli.events.actions.dispatch import UnknownMatterError, dispatch_event, reject_event
from linli.events.actions.duty import add_duty_list, put_in_force
from linli.events.actions.export import export_events
from linli.events.actions.handle import (
    WordsMissingError,
    accept_event,
    add_note,
    note_contact,
    return_event,
    start_event,
    submit_result,
)
from linli.events.actions.intake import KeyUsedError, Receipt, composed_report, report_event
from linli.events.actions.look import look_at_case
from linli.events.actions.open_matter import set_open_matters
from linli.events.actions.opinion import NotYetError, add_information, rate_event
from linli.events.actions.photos import add_photos
from linli.events.actions.reveal import PURPOSES, PurposeMissingError, Revealed, reveal_reporter
from linli.events.actions.tickets import MappingMissingError, import_tickets, remembered_mapping
from linli.events.models import Event, Photo, TicketFile, Track
from linli.events.queries.case import (
    Case,
    ResidentCase,
    case,
    follow_key,
    holds_receipt,
    named_candidates,
    resident_case,
    resident_events,
    similar_events,
)
from linli.events.queries.inbox import COUNTED, TABS, InboxFilter, inbox_counts, inbox_page
from linli.events.queries.mapping import counts_by_grid, map_points
from linli.events.queries.open311 import open_matters
from linli.events.queries.overview import Overview, overview
from linli.events.queries.overview import Row as OverviewRow
from linli.events.queries.rejected import rejected_rows_xlsx
from linli.events.queries.rulebook import matters_in_force
from linli.events.queries.sight import events_seen_by
from linli.events.queries.ticket_rows import FileRefusedError
from linli.events.rules.drafts import DraftRefusedError, ReportDraft, check_draft
from linli.events.rules.photos import CleanPhoto, PhotoRefusedError, clean_photo
from linli.events.rules.refusals import RefusedError
from linli.events.sample.matters import generated_texts as sample_texts
from linli.events.states import LABELS as STATE_LABELS
from linli.events.states import StepNotPossibleError

__all__ = [
    "COUNTED",
    "PURPOSES",
    "STATE_LABELS",
    "TABS",
    "Case",
    "CleanPhoto",
    "CrowdArea",
    "CrowdPlan",
    "DraftRefusedError",
    "Event",
    "FileRefusedError",
    "InboxFilter",
    "KeyUsedError",
    "MappingMissingError",
    "NotYetError",
    "Overview",
    "OverviewRow",
    "OwnWorkError",
    "Photo",
    "PhotoRefusedError",
    "PurposeMissingError",
    "Receipt",
    "RefusedError",
    "ReportDraft",
    "ResidentCase",
    "Revealed",
    "StepNotPossibleError",
    "TicketFile",
    "Track",
    "UnknownMatterError",
    "WindowOverError",
    "WordsMissingError",
    "accept_event",
    "add_duty_list",
    "add_information",
    "add_note",
    "add_photos",
    "case",
    "check_draft",
    "check_result",
    "clean_photo",
    "close_event",
    "composed_report",
    "counts_by_grid",
    "crowd_events",
    "dispatch_event",
    "events_seen_by",
    "export_events",
    "follow_key",
    "holds_receipt",
    "import_tickets",
    "inbox_counts",
    "inbox_page",
    "look_at_case",
    "map_points",
    "matters_in_force",
    "named_candidates",
    "note_contact",
    "open_matters",
    "overview",
    "plant_demo_events",
    "plant_sample_duties",
    "put_in_force",
    "rate_event",
    "reject_event",
    "rejected_rows_xlsx",
    "remembered_mapping",
    "reopen_event",
    "report_event",
    "resident_case",
    "resident_events",
    "return_event",
    "reveal_reporter",
    "sample_texts",
    "set_open_matters",
    "similar_events",
    "start_event",
    "submit_result",
]
