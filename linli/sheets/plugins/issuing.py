"""Capabilities, row filters, the desk and words of the ledger for forms that are issued: admission, reports, burden."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.sheets.models import Admission, Demand, Form
from linli.sheets.queries import admissions, demands
from linli.sheets.rules.admission_states import ADMIT, ISSUE
from linli.trust import slots as trust

CAPABILITIES = {
    ISSUE: _("apply to issue forms, and answer for them"),
    ADMIT: _("decide which forms may be issued in the area, and follow up reports"),
}
WORDS = {
    "sheets.issuing": _("issuing of forms"),
    "admission": _("application to issue a form"),
    "demand": _("report about a form that is not on the list"),
    "issuing_rules": _("rules for issuing forms"),
    "sheets.rules": _("deciding rules for issuing forms"),
    "sheets.admission.draft": _("writing an application to issue a form"),
    "sheets.admission.change": _("changing an application to issue a form"),
    "sheets.admission.apply": _("applying to issue a form"),
    "sheets.admission.admit": _("admitting a form to the list"),
    "sheets.admission.shrink": _("offering fewer columns"),
    "sheets.admission.accept": _("accepting fewer columns"),
    "sheets.admission.refuse": _("refusing a form"),
    "sheets.admission.withdraw": _("withdrawing a form"),
    "sheets.admission.stop": _("taking a form off the list"),
    "sheets.admission.expire": _("the expiry of a form"),
    "sheets.demand.ask": _("asking the office about a form"),
    "sheets.demand.answer": _("answering for a form that was reported"),
    "sheets.demand.stop": _("closing a report: stopped"),
    "sheets.demand.list": _("closing a report: on the list"),
    "sheets.demand.find_unfounded": _("closing a report: not confirmed"),
}


def register() -> None:
    """Register them."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    trust.row_filters.register(trust.RowFilter(Admission, ISSUE, where=admissions.of_own_unit))
    trust.row_filters.register(trust.RowFilter(Admission, ADMIT, where=admissions.handed_in_over_area))
    trust.row_filters.register(trust.RowFilter(Demand, ADMIT, where=admissions.over_area))
    trust.row_filters.register(trust.RowFilter(Demand, ISSUE, where=demands.asked_of_unit))
    trust.row_filters.register(trust.RowFilter(Form, ADMIT, where=admissions.over_area))
    accounts.desks.register(
        accounts.Desk("admissions", _("Forms to issue"), "sheets:admissions", admissions.SEE, place=47)
    )
