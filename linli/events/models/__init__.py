"""What events keeps."""

from linli.events.models.answer import PublicAnswer
from linli.events.models.callback import Callback, CallbackRound
from linli.events.models.clock import ClockSpan
from linli.events.models.duty import AreaDuty, DutyList, Enforcement, MatterItem
from linli.events.models.escalation import Escalation
from linli.events.models.event import Event
from linli.events.models.hot import HotIssue, HotMember
from linli.events.models.learning import Correction
from linli.events.models.link import Follower, GroupPolicy, Link
from linli.events.models.objection import Objection, Precedent
from linli.events.models.open_matter import OpenMatter
from linli.events.models.opinion import Rating
from linli.events.models.part import LimitUnit, Part, Task
from linli.events.models.photo import Photo
from linli.events.models.playbook import Playbook, PlaybookRun
from linli.events.models.policy import Policy
from linli.events.models.reporter import IntakeKey, Reporter
from linli.events.models.routing import DispatchRule, RuleAlarm
from linli.events.models.stage import EventStage
from linli.events.models.supervision import Supervised, SupervisionNote
from linli.events.models.terms import Terms
from linli.events.models.tickets import Mapping, RejectedRow, Ticket, TicketFile
from linli.events.models.track import Track
from linli.events.models.use_question import UseQuestion
from linli.events.models.volunteer import Volunteer, VolunteerCheck
from linli.events.models.webhook import Delivery, Webhook
from linli.events.models.whistle import Response, Whistle

__all__ = [
    "AreaDuty",
    "Callback",
    "CallbackRound",
    "ClockSpan",
    "Correction",
    "Delivery",
    "DispatchRule",
    "DutyList",
    "Enforcement",
    "Escalation",
    "Event",
    "EventStage",
    "Follower",
    "GroupPolicy",
    "HotIssue",
    "HotMember",
    "IntakeKey",
    "LimitUnit",
    "Link",
    "Mapping",
    "MatterItem",
    "Objection",
    "OpenMatter",
    "Part",
    "Photo",
    "Playbook",
    "PlaybookRun",
    "Policy",
    "Precedent",
    "PublicAnswer",
    "Rating",
    "RejectedRow",
    "Reporter",
    "Response",
    "RuleAlarm",
    "Supervised",
    "SupervisionNote",
    "Task",
    "Terms",
    "Ticket",
    "TicketFile",
    "Track",
    "UseQuestion",
    "Volunteer",
    "VolunteerCheck",
    "Webhook",
    "Whistle",
]
