"""Handing a filled form in, its check by somebody else of the unit 送审、审核, and who asked for it taking it in 验收.

Both checks send back for reasons of one list. One that is not wanted any more is dropped.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.actions.step import locked, step_on
from linli.sheets.models import Delivery, Form
from linli.sheets.queries.listed import admitted_as
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import ACCEPT, CHECK, FILL, REASONS

OTHER = "other"


@transaction.atomic
def hand_in(*, form_id: UUID, by: accounts.Actor, now: datetime) -> Form:
    """Hand a filled form to somebody else of the unit to check. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, FILL)
    form.handed_in_by_id, form.checked_by = by.person_id, None
    form.admission = admitted_as(form, now=now)
    form.office_id = _office(form)
    step_on(form, "hand_in", by=by, now=now)
    return form


@transaction.atomic
def check_form(*, form_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Form:
    """Find a form right, by another of the unit than who handed it in. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, CHECK)
    if form.handed_in_by_id in by.persons:
        raise FormRefusedError(_("Who handed a form in can't check it; somebody else of the unit does."))
    form.checked_by_id = by.person_id
    step_on(form, "check", by=by, now=now, words=words)
    return form


@transaction.atomic
def send_back(*, form_id: UUID, reasons: Sequence[str], words: str, by: accounts.Actor, now: datetime) -> Form:
    """Send a form back with what is wrong. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, CHECK)
    step_on(form, "send_back", by=by, now=now, reasons=_known(reasons, words), words=words.strip())
    return form


@transaction.atomic
def accept_form(*, form_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Form:
    """Take a delivered form in, by the county or the office that issued it.

    Raises NotAllowed, Hidden, FormRefusedError.
    """
    form = locked(form_id, by, ACCEPT)
    if {form.handed_in_by_id, form.checked_by_id} & set(by.persons):
        raise FormRefusedError(_("Who filled or checked a form can't take it in; somebody else does."))
    form.accepted_by_id = by.person_id
    step_on(form, "accept", by=by, now=now, words=words.strip(), delivery=_newest(form))
    return form


@transaction.atomic
def return_form(*, form_id: UUID, reasons: Sequence[str], words: str, by: accounts.Actor, now: datetime) -> Form:
    """Return a delivered form with what is wrong; it is filled, checked and delivered again.

    Raises NotAllowed, Hidden, FormRefusedError.
    """
    form, said = locked(form_id, by, ACCEPT), _known(reasons, words)
    step_on(form, "return", by=by, now=now, reasons=said, words=words.strip(), delivery=_newest(form))
    return form


@transaction.atomic
def drop_form(*, form_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Form:
    """Drop a form that is not wanted any more; it stays in the list. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, FILL)
    step_on(form, "drop", by=by, now=now, words=words.strip())
    return form


def _known(reasons: Sequence[str], words: str) -> list[str]:
    """Return the reasons that are on the list. Raises FormRefusedError for none, or for another without words."""
    said = [code for code in REASONS if code in reasons]
    if not said or (OTHER in said and not words.strip()):
        raise FormRefusedError(_("Say what is wrong, so that it can be mended: choose a reason, and name any other."))
    return said


def _newest(form: Form) -> Delivery | None:
    return form.deliveries.order_by("-at", "-id").first()


def _office(form: Form) -> int | None:
    """Return the unit that issued a form: by the list of admitted forms, else by its name."""
    if form.admission:
        return int(form.admission.unit_id)
    return next((unit.id for unit in accounts.units() if form.issuer and unit.name == form.issuer), None)
