"""One step in the life of an application: locked, by the table of states, appended to its history, in the ledger."""

from datetime import datetime
from uuid import UUID

from linli.accounts import api as accounts
from linli.sheets.models import Admission, AdmissionStep
from linli.sheets.rules import admission_states as states
from linli.trust import api as trust

PURPOSE = "sheets.issuing"


def locked_admission(admission_id: UUID, by: accounts.Actor, capability: str) -> Admission:
    """Return the application, locked until the transaction ends. Raises NotAllowed, Hidden."""
    row = Admission.objects.select_for_update(of=("self",)).filter(pk=admission_id).first()
    if row is None:
        raise trust.Hidden(capability)
    trust.require(by, capability, row)
    return row


def step_on(
    row: Admission, step: str, *, by: accounts.Actor, now: datetime, unit_id: int | None = None, words: str = "",
    keep_columns: bool = False,
) -> None:  # fmt: skip
    """Take a step, save the application, keep the step. Raises FormRefusedError where its state does not open it."""
    before, row.state = row.state, states.after(step, row.state)
    row.save()
    keep_step(row, step, before, by=by, now=now, unit_id=unit_id, words=words, keep_columns=keep_columns)


def keep_step(
    row: Admission, step: str, before: str, *, by: accounts.Actor, now: datetime, unit_id: int | None = None,
    words: str = "", keep_columns: bool = False,
) -> None:  # fmt: skip
    """Append a step to the history and to the ledger."""
    AdmissionStep.objects.create(
        admission=row, step=step, before=before, after=row.state, words=words[:1000], unit_id=unit_id, at=now,
        columns=row.columns if keep_columns else None, by_id=by.person_id,
    )  # fmt: skip
    trust.record(
        by=by, action=f"sheets.admission.{step}", purpose=PURPOSE, subjects=[], object_kind="admission",
        object_id=row.pk, case=row.number, elements=["sheets.state"], now=now,
    )  # fmt: skip
