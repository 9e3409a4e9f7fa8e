"""What sheets keeps."""

from linli.sheets.models.filling import Answer, Delivery, FormStep, Gap, Line, SentRow, Waiting
from linli.sheets.models.form import Column, Form, Meaning, Part

__all__ = ["Answer", "Column", "Delivery", "Form", "FormStep", "Gap", "Line", "Meaning", "Part", "SentRow", "Waiting"]
