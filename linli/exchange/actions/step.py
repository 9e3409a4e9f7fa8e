"""One step in the life of an application, a grant or a correction: state, history and ledger together."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from linli.accounts import api as accounts
from linli.exchange import states
from linli.exchange.models import Application, Correction, Grant, History
from linli.trust import api as trust

Row = TypeVar("Row", Application, Grant, Correction)
PURPOSE = "exchange.sharing"


def locked(rows: type[Row], key: UUID) -> Row:
    """Return the row, held until the transaction ends. Raises Hidden."""
    found = rows._default_manager.select_for_update().filter(pk=key).first()  # noqa: SLF001  Django's documented manager
    if found is None:
        raise trust.Hidden(PURPOSE)
    return found


def step_on(
    row: Row, step: str, *, by: accounts.Actor, now: datetime, unit_id: int | None = None, words: str = ""
) -> None:
    """Set the state that a step leads to, keep the step, and enter it into the ledger; the caller saves the row."""
    before = row.state
    row.state = states.after(step, before)
    keep(row.pk, step, before, row.state, by=by, now=now, unit_id=unit_id, words=words)
    kind = type(row)._meta.model_name or ""  # noqa: SLF001  Django's public _meta
    trust.record(
        by=by, action=f"exchange.{step}", purpose=PURPOSE, subjects=[], object_kind=kind, object_id=row.pk,
        case=row.number, elements=["exchange.state"], now=now,
    )  # fmt: skip


def keep(
    subject_id: UUID, step: str, before: str, after: str, *, by: accounts.Actor, now: datetime, unit_id: int | None,
    words: str = "",
) -> None:  # fmt: skip
    """Append one row to the history."""
    History.objects.create(
        subject_id=subject_id, at=now, step=step, before=before, after=after, by_name=by.name, person_id=by.person_id,
        unit_id=unit_id, words=words,
    )  # fmt: skip
