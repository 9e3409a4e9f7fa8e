"""One step in the life of a form: locked, by the table of states, appended to its history, in the ledger."""

from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.sheets import states
from linli.sheets.models import Form, FormStep
from linli.trust import api as trust

PURPOSE = "sheets.forms"


def locked(form_id: UUID, by: accounts.Actor, capability: str) -> Form:
    """Return the form, locked until the transaction ends. Raises NotAllowed, Hidden."""
    row = Form.objects.select_for_update(of=("self",)).filter(pk=form_id).first()
    if row is None:
        raise trust.Hidden(capability)
    trust.require(by, capability, row)
    return row


def step_on(form: Form, step: str, *, by: accounts.Actor, now: datetime, words: str = "") -> None:
    """Take a step, keep it, save the form. Raises FormRefusedError where its state does not open it."""
    before, form.state = form.state, states.after(step, form.state)
    form.save()
    keep(form, step, before, by=by, now=now, words=words)


def keep(form: Form, step: str, before: str, *, by: accounts.Actor, now: datetime, words: str = "") -> None:
    """Append a step to the history and to the ledger."""
    FormStep.objects.create(
        form=form, step=step, before=before, after=form.state, words=words[:500], by_id=by.person_id, at=now
    )
    trust.record(
        by=by, action=f"sheets.{step}", purpose=PURPOSE, subjects=[], object_kind="form", object_id=form.pk,
        case=form.number, elements=["sheets.state"], now=now,
    )  # fmt: skip
