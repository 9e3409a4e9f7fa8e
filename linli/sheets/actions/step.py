"""One step in the life of a form: locked, by the table of states, appended to its history, in the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from linli.accounts import api as accounts
from linli.sheets import states
from linli.sheets.models import Delivery, Form, FormStep
from linli.trust import api as trust

PURPOSE = "sheets.forms"


class Said(TypedDict):
    """What is said with a step: in words, by reasons of the list, of which receipt."""

    words: NotRequired[str]
    reasons: NotRequired[Sequence[str]]
    delivery: NotRequired[Delivery | None]


def locked(form_id: UUID, by: accounts.Actor, capability: str) -> Form:
    """Return the form, locked until the transaction ends. Raises NotAllowed, Hidden."""
    row = Form.objects.select_for_update(of=("self",)).filter(pk=form_id).first()
    if row is None:
        raise trust.Hidden(capability)
    trust.require(by, capability, row)
    return row


def step_on(form: Form, step: str, *, by: accounts.Actor, now: datetime, **said: Unpack[Said]) -> None:
    """Take a step, keep it, save the form. Raises FormRefusedError where its state does not open it."""
    before, form.state = form.state, states.after(step, form.state)
    form.save()
    keep(form, step, before, by=by, now=now, **said)


def keep(form: Form, step: str, before: str, *, by: accounts.Actor, now: datetime, **said: Unpack[Said]) -> None:
    """Append a step to the history and to the ledger."""
    FormStep.objects.create(
        form=form, step=step, before=before, after=form.state, words=said.get("words", "")[:500],
        reasons=list(said.get("reasons", ())), delivery=said.get("delivery"), by_id=by.person_id, at=now,
    )  # fmt: skip
    trust.record(
        by=by, action=f"sheets.{step}", purpose=PURPOSE, subjects=[], object_kind="form", object_id=form.pk,
        case=form.number, elements=["sheets.state"], now=now,
    )  # fmt: skip
