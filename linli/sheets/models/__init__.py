"""What sheets keeps."""

from linli.sheets.models.admission import Admission, AdmissionStep, IssuingVersion
from linli.sheets.models.demand import Demand, DemandStep
from linli.sheets.models.filling import Answer, Delivery, FormStep, Gap, Line, SentRow, Waiting
from linli.sheets.models.form import Column, Form, Meaning, Part

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
    "IssuingVersion",
    "Line",
    "Meaning",
    "Part",
    "SentRow",
    "Waiting",
]
