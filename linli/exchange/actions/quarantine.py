"""Rows that were kept aside 隔离数据: shown, corrected, tried again, or let go; handed back with their reasons."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange.actions.collect import open_run
from linli.exchange.actions.taking import Reader, Taking
from linli.exchange.models import Rejected, Run
from linli.exchange.queries.exporting import REJECTED
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.mapping import from_data
from linli.exchange.rules.quality import quality
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.exchange.rules.run_states import DONE, RUNNING
from linli.trust import api as trust

MOST = 5000


class StillWrongError(ExchangeRefusedError):
    """A corrected row is wrong still; `reasons` are (column, sentence)."""

    def __init__(self, reasons: list[tuple[str, str]]) -> None:
        """Keep what is wrong."""
        super().__init__(" ".join(sentence for _column, sentence in reasons))
        self.reasons = reasons


def open_row(*, row: Rejected, by: accounts.Actor, now: datetime) -> dict[str, str]:
    """Return a row whole, by column, for somebody who corrects it; the look stands in the ledger. Raises NotAllowed."""
    trust.require(by, SOURCES, row.dataset)
    _note(by, "reveal", "rejected_row", row.id, now)
    return _cells(row)


@transaction.atomic
def correct_row(*, row: Rejected, cells: Mapping[str, str], by: accounts.Actor, now: datetime) -> None:
    """Take a corrected row in, as a run of its own. Raises NotAllowed, StillWrongError, ExchangeRefusedError."""
    trust.require(by, SOURCES, row.dataset)
    kept = _waiting(row)
    header = kept.run.header
    texts = [cells.get(name, old) for name, old in _cells(kept).items()]
    dataset = kept.dataset
    reader = Reader(
        kind=dataset.kind, mapping=from_data(dataset.mapping), keys=dataset.keys, observed=dataset.observed_column,
        header=header, now=now,
    )  # fmt: skip
    if wrong := reader.read([(kept.line, texts)])[0].reasons:
        raise StillWrongError([(one["column"], one["sentence"]) for one in wrong])
    name = _("Line %(line)d of run %(number)d, corrected") % {"line": kept.line, "number": kept.run.number}
    run = open_run(dataset=dataset, how="correction", name=name, state=RUNNING, by=by, now=now)
    run.header, run.rows = header, 1
    Taking(run, now).take_rows([(kept.line, texts)], by=by)
    run.state, run.ended_at = DONE, now
    run.quality = quality(rows=run.done, columns=run.columns, repeated=run.repeated, timely=run.timely)
    run.save()
    _settle(kept, "corrected", by, now)


@transaction.atomic
def let_go(*, row: Rejected, by: accounts.Actor, now: datetime) -> None:
    """Settle a row without taking it. Raises NotAllowed, ExchangeRefusedError."""
    trust.require(by, SOURCES, row.dataset)
    _settle(_waiting(row), "dropped", by, now)


def try_again(*, run: Run, by: accounts.Actor, now: datetime) -> int:
    """Take those rows of a run in that are right by now, such as after a code was added. Returns how many.

    Raises NotAllowed.
    """
    trust.require(by, SOURCES, run.dataset)
    done = 0
    for row in run.rejected_rows.filter(settled_at=None).order_by("line")[:MOST]:
        try:
            correct_row(row=row, cells={}, by=by, now=now)
        except StillWrongError:
            continue
        done += 1
    return done


def hand_out_rejected(*, run: Run, by: accounts.Actor, now: datetime) -> trust.Taken:
    """Take out the rows that were kept aside as they came, with line and reasons behind.

    Raises NotAllowed, ApprovalNeededError.
    """
    trust.require(by, SOURCES, run.dataset)
    return trust.take_out(kind=REJECTED, wanted={"run": str(run.pk)}, by=by, now=now)


def _waiting(row: Rejected) -> Rejected:
    kept = Rejected.objects.select_for_update(of=("self",)).select_related("run", "dataset").get(pk=row.pk)
    if kept.settled_at:
        raise ExchangeRefusedError(_("Somebody has settled this row already."))
    return kept


def _cells(row: Rejected) -> dict[str, str]:
    return dict(zip(row.run.header, json.loads(row.content.reveal()), strict=False))


def _settle(row: Rejected, outcome: str, by: accounts.Actor, now: datetime) -> None:
    row.outcome, row.settled_at, row.settled_by = outcome, now, by.name
    row.save(update_fields=["outcome", "settled_at", "settled_by"])
    _note(by, "settle", "rejected_row", row.id, now)


def _note(by: accounts.Actor, action: str, kind: str, object_id: object, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose=SOURCES, subjects=[], object_kind=kind, object_id=object_id,
        elements=["source.row"], now=now,
    )  # fmt: skip
