"""Handing a filled form in, and its check by somebody else 送审、审核; dropping one that is not wanted any more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.actions.step import locked, step_on
from linli.sheets.models import Form
from linli.sheets.rules.refusals import FormRefusedError
from linli.sheets.states import CHECK, FILL


@transaction.atomic
def hand_in(*, form_id: UUID, by: accounts.Actor, now: datetime) -> Form:
    """Hand a filled form to somebody else of the unit to check. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, FILL)
    form.handed_in_by_id, form.checked_by = by.person_id, None
    step_on(form, "hand_in", by=by, now=now)
    return form


@transaction.atomic
def check_form(*, form_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Form:
    """Find a form right, by somebody who did not hand it in. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, CHECK)
    if form.handed_in_by_id in by.persons:
        raise FormRefusedError(_("Who handed a form in can't check it; somebody else of the unit does."))
    form.checked_by_id = by.person_id
    step_on(form, "check", by=by, now=now, words=words)
    return form


@transaction.atomic
def send_back(*, form_id: UUID, words: str, by: accounts.Actor, now: datetime) -> Form:
    """Send a form back with what is wrong. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, CHECK)
    if not words.strip():
        raise FormRefusedError(_("Say what is wrong, so that it can be mended."))
    step_on(form, "send_back", by=by, now=now, words=words.strip())
    return form


@transaction.atomic
def drop_form(*, form_id: UUID, by: accounts.Actor, now: datetime, words: str = "") -> Form:
    """Drop a form that is not wanted any more; it stays in the list. Raises NotAllowed, Hidden, FormRefusedError."""
    form = locked(form_id, by, FILL)
    step_on(form, "drop", by=by, now=now, words=words.strip())
    return form
