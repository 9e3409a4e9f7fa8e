"""What would leave in files of exchange 导出: rows that were set aside, and the lines of a list of a grant."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange.models import Batch, BatchPart, Dataset, Run
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.mapping import from_data
from linli.exchange.rules.sharing_refusals import NoSuchGrantError
from linli.exchange.rules.words import all_said
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust
from linli.trust import slots as trust_slots

REJECTED, BATCH, USE = "exchange.rejected", "exchange.batch", "exchange.use"
MOST = 5000
COLUMNS = ("line", "found", "subject", "problem")


def grades_of(kind: str, codes: Iterable[str]) -> list[int]:
    """Return the grades of elements; one that is not known counts as the highest of what people say of themselves."""
    known = registry.elements_of(kind)
    return [known[code].grade if code in known else int(trust.Grade.GENERAL_4) for code in codes]


def grade_of_dataset(row: Dataset) -> int:
    """Return the grade of a data set: that of the highest element among its columns 就高从严.

    While nobody has said what the columns mean it is the highest of what people say of themselves.
    """
    return trust.highest_grade(grades_of(row.kind, [one.element for one in from_data(row.mapping)] or [""]))


def rejected_leaving(*, run_id: UUID, by: accounts.Actor) -> trust_slots.Leaving:
    """Return the rows that were kept aside as they came, with line and reasons behind; at most 5,000.

    Raises NotAllowed.
    """
    run = Run.objects.select_related("dataset").get(pk=run_id)
    trust.require(by, SOURCES, run.dataset)
    rows = run.rejected_rows.filter(settled_at=None).order_by("line", "id")[:MOST]
    cells = [[*json.loads(row.content.reveal()), str(row.line), all_said(row.reasons)] for row in rows]
    return trust_slots.Leaving(
        name="rejected", heading=[*run.header, _("Line"), _("What is wrong with it")],
        lines=[[kernel.safe_cell(text) for text in line] for line in cells], subjects=[], elements=["source.row"],
        grades=grades_of(run.dataset.kind, [one.element for one in from_data(run.dataset.mapping)] or [""]),
        purpose=SOURCES, object_kind="rejected_rows", object_id=str(run.pk),
    )  # fmt: skip


def batch_leaving(*, batch_id: UUID, by: accounts.Actor) -> trust_slots.Leaving:
    """Return the lines of a list that is done; its grant allowed them, element by element. Raises NoSuchGrantError."""
    units = [held.unit_id for held in by.holdings_with(USE)]
    batch = Batch.objects.filter(pk=batch_id, grant__unit_id__in=units).select_related("grant").first()
    if batch is None:
        raise NoSuchGrantError(_("There is no list with this number for your unit."))
    lines = [_line(number, one, batch.elements) for number, one in enumerate(lines_kept(batch), start=1)]
    return trust_slots.Leaving(
        name=str(batch.pk), heading=[*COLUMNS, *batch.elements], lines=lines, subjects=[],
        elements=[f"{batch.grant.kind}.{code}" for code in batch.elements],
        grades=grades_of(batch.grant.kind, batch.elements), purpose=f"registry.{batch.grant.purpose}",
        object_kind="exchange.batch", object_id=str(batch.pk), label="taken_by",
        approved_by=f"grant:{batch.grant.number}",
    )  # fmt: skip


def lines_kept(batch: Batch) -> list[dict[str, Any]]:
    """Return the lines of a list in the order in which it was handed in."""
    parts = BatchPart.objects.filter(batch=batch).order_by("first")
    return [line for part in parts for line in json.loads(part.lines.reveal())]


def _line(number: int, line: Mapping[str, Any], elements: Iterable[str]) -> list[Any]:
    values = [kernel.safe_cell(str(line["values"].get(code, ""))) for code in elements]
    return [number, int(line["found"]), line["subject"] or "", line["problem"], *values]
