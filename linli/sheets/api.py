"""The door of sheets: forms are admitted, brought, bound, filled, asked for at the doors, checked, delivered."""

from linli.sheets.actions.admission import Terms, apply_for_admission, draft_admission
from linli.sheets.actions.admit import admit_form
from linli.sheets.actions.ask import answer_gap, ask_gaps, leave_gap
from linli.sheets.actions.bring import Issued, bring_form
from linli.sheets.actions.check import accept_form, check_form, drop_form, hand_in, return_form, send_back
from linli.sheets.actions.choose import Choice, choose_rows, count_rows, leave_out
from linli.sheets.actions.confirm import Chosen, confirm_columns
from linli.sheets.actions.deliver import Sending, deliver_form
from linli.sheets.actions.demand import Reported, demand_by_receipt, report_demand
from linli.sheets.actions.type_in import type_in
from linli.sheets.models import Delivery, Form
from linli.sheets.queries.evaluation import GOLD, SHIPPED, evaluate_forms
from linli.sheets.queries.gaps import gaps_seen_by
from linli.sheets.queries.judging import judge_form
from linli.sheets.queries.listed import Listed, admission_of
from linli.sheets.queries.missing import missing_of
from linli.sheets.queries.scoping import proposed_scope
from linli.sheets.queries.sight import forms_seen_by
from linli.sheets.rules.delivery.places import Filled, Place, Target
from linli.sheets.rules.delivery.workbook import fill_workbook
from linli.sheets.rules.deriving import derived_rows
from linli.sheets.rules.designs import Design, DesignColumn
from linli.sheets.rules.gaps import Missing
from linli.sheets.rules.refusals import (
    AnswerRefusedError,
    DeliveryRefusedError,
    FormRefusedError,
    RowsRefusedError,
    SheetRefusedError,
)
from linli.sheets.rules.scopes import Scope
from linli.sheets.rules.transforms import Transform, transform_of
from linli.sheets.rules.wording import usual_transform

__all__ = [
    "GOLD",
    "SHIPPED",
    "AnswerRefusedError",
    "Choice",
    "Chosen",
    "Delivery",
    "DeliveryRefusedError",
    "Design",
    "DesignColumn",
    "Filled",
    "Form",
    "FormRefusedError",
    "Issued",
    "Listed",
    "Missing",
    "Place",
    "Reported",
    "RowsRefusedError",
    "Scope",
    "Sending",
    "SheetRefusedError",
    "Target",
    "Terms",
    "Transform",
    "accept_form",
    "admission_of",
    "admit_form",
    "answer_gap",
    "apply_for_admission",
    "ask_gaps",
    "bring_form",
    "check_form",
    "choose_rows",
    "confirm_columns",
    "count_rows",
    "deliver_form",
    "demand_by_receipt",
    "derived_rows",
    "draft_admission",
    "drop_form",
    "evaluate_forms",
    "fill_workbook",
    "forms_seen_by",
    "gaps_seen_by",
    "hand_in",
    "judge_form",
    "leave_gap",
    "leave_out",
    "missing_of",
    "proposed_scope",
    "report_demand",
    "return_form",
    "send_back",
    "transform_of",
    "type_in",
    "usual_transform",
]
