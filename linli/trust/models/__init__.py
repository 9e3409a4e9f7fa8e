"""What trust keeps."""

from linli.trust.models.activity import ActivityVersion
from linli.trust.models.alert import AlertStep, SecurityAlert, WatchMark, WatchSettings
from linli.trust.models.asking import ExcessDecision
from linli.trust.models.assessment import ImpactAssessment
from linli.trust.models.break_glass import BreakGlass, PolicyVersion
from linli.trust.models.consent import Consent
from linli.trust.models.deferral import Deferral, DisclosureClass
from linli.trust.models.device import Device, DeviceStep
from linli.trust.models.entry import LedgerEntry
from linli.trust.models.handling import HandlingVersion
from linli.trust.models.incident import Incident, IncidentStep, NoticeDuty
from linli.trust.models.leaving import ExportFile, ExportRequest, ExportStep
from linli.trust.models.look import (
    Campaign,
    Finding,
    HabitModel,
    LookCursor,
    LookReview,
    LookSettings,
    ReviewStep,
    WatchedDay,
)
from linli.trust.models.marked import MarkedPerson
from linli.trust.models.right import RightRequest, RightStep
from linli.trust.models.seal import Era, Seal
from linli.trust.models.tree import HeadSignature, LedgerKey, LedgerTree, Tile, TreeHead
from linli.trust.models.witness import CounterSignature, HeadProblem, Witness

__all__ = [
    "ActivityVersion",
    "AlertStep",
    "BreakGlass",
    "Campaign",
    "Consent",
    "CounterSignature",
    "Deferral",
    "Device",
    "DeviceStep",
    "DisclosureClass",
    "Era",
    "ExcessDecision",
    "ExportFile",
    "ExportRequest",
    "ExportStep",
    "Finding",
    "HabitModel",
    "HandlingVersion",
    "HeadProblem",
    "HeadSignature",
    "ImpactAssessment",
    "Incident",
    "IncidentStep",
    "LedgerEntry",
    "LedgerKey",
    "LedgerTree",
    "LookCursor",
    "LookReview",
    "LookSettings",
    "MarkedPerson",
    "NoticeDuty",
    "PolicyVersion",
    "ReviewStep",
    "RightRequest",
    "RightStep",
    "Seal",
    "SecurityAlert",
    "Tile",
    "TreeHead",
    "WatchMark",
    "WatchSettings",
    "WatchedDay",
    "Witness",
]
