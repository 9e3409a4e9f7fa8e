"""What sheets keeps."""

from linli.sheets.models.admission import Admission, AdmissionStep, IssuingVersion
from linli.sheets.models.demand import Demand, DemandStep
from linli.sheets.models.filling import Answer, Delivery, FormStep, Gap, Line, OfflineAnswer, SentRows, Waiting
from linli.sheets.models.form import Column, Form, Meaning, Part
from linli.sheets.models.ledger import Issue, IssueRow, LedgerNote, LedgerStep, StandingLedger
from linli.sheets.models.unread import Unread

__all__ = [
    "Admission",
    "AdmissionStep",
    "Answer",
    "Column",
    "Delivery",
    "Demand",
    "DemandStep",
    "Form",
    "FormStep",
    "Gap",
    "Issue",
    "IssueRow",
    "IssuingVersion",
    "LedgerNote",
    "LedgerStep",
    "Line",
    "Meaning",
    "OfflineAnswer",
    "Part",
    "SentRows",
    "StandingLedger",
    "Unread",
    "Waiting",
]
