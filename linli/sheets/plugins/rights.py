"""Capabilities, row filters, the desk and words of the ledger for forms."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts import slots as accounts
from linli.sheets.actions.copy import CopyIn, CopyOut
from linli.sheets.actions.deliver import FormOut
from linli.sheets.actions.ledger_changes import LedgerChangesOut
from linli.sheets.actions.retain import DeliveredForms, LedgerIssues
from linli.sheets.models import Form, Gap, StandingLedger
from linli.sheets.queries import gaps, sight
from linli.sheets.states import ACCEPT, CHECK, FILL
from linli.trust import slots as trust

CAPABILITIES = {
    FILL: _("fill forms that superiors send down"),
    CHECK: _("check filled forms of the unit"),
    ACCEPT: _("take delivered forms in, or return them"),
    gaps.ANSWER: _("answer what forms ask for in the area"),
}
WORDS = {
    "sheets.forms": _("filling forms of superiors"),
    "form": _("form of a superior"),
    "sheets.state": _("state"),
    "sheets.bring": _("bringing a form"),
    "sheets.say_kind": _("saying what a row of a form is"),
    "sheets.count_by": _("changing what a column counts"),
    "sheets.confirm": _("confirming the columns"),
    "sheets.choose": _("choosing the rows"),
    "sheets.leave_out": _("leaving a row out"),
    "sheets.take_in": _("taking a row back in"),
    "sheets.choose_source": _("choosing among sources"),
    "sheets.late": _("noting that an answer came too late"),
    "sheets.hand_in": _("handing in for the check"),
    "sheets.check": _("the check of a form"),
    "sheets.send_back": _("sending a form back"),
    "sheets.deliver": _("delivering a form"),
    "sheets.accept": _("taking a form in"),
    "sheets.return": _("returning a form"),
    "sheets.drop": _("dropping a form"),
    "standing_ledger": _("standing ledger"),
    "sheets.ledgers": _("keeping standing ledgers"),
    "sheets.ledger.make": _("beginning a standing ledger"),
    "sheets.ledger.change": _("changing a standing ledger"),
    "sheets.ledger.note": _("noting a standing ledger as it stands"),
    "sheets.ledger.close": _("closing a standing ledger"),
    "sheets.ledger.resume": _("keeping a standing ledger again"),
}
ACTIVITY = trust.Activity(
    code="registry.report", name=pgettext_lazy("purpose", "fill a form of a superior"), chosen=True, is_sample=True,
    what_for=_("To answer a form that a superior issues by the law it names, from what is known already."),
)  # fmt: skip


def register() -> None:
    """Register them."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    trust.activities.register(ACTIVITY)
    for export in (FormOut(), CopyOut(), CopyIn(), LedgerChangesOut()):
        trust.exports.register(export)
    trust.retained.register(DeliveredForms())
    trust.retained.register(LedgerIssues())
    trust.row_filters.register(trust.RowFilter(Form, FILL, where=sight.of_own_unit))
    trust.row_filters.register(trust.RowFilter(Form, CHECK, where=sight.of_own_unit))
    trust.row_filters.register(trust.RowFilter(Form, ACCEPT, where=sight.to_take_in))
    trust.row_filters.register(trust.RowFilter(StandingLedger, FILL, where=sight.of_own_unit))
    trust.row_filters.register(trust.RowFilter(Gap, gaps.ANSWER, where=gaps.in_area))
    accounts.desks.register(accounts.Desk("sheets", _("Forms"), "sheets:forms", sight.SEE, place=45))
    accounts.desks.register(accounts.Desk("ledgers", _("Standing ledgers"), "sheets:ledgers", (FILL,), place=48))
    accounts.desks.register(accounts.Desk("gaps", _("To ask"), "sheets:gaps", (gaps.ANSWER,), place=46))
