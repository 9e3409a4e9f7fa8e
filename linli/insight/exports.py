"""Measures as a spreadsheet: the figures, by kind and unit, by matter, and how each is counted."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from linli.insight.queries.figures import Row, Wanted
from linli.insight.queries.measures import Definition
from linli.kernel import api as kernel

TITLE = 31  # letters that a spreadsheet allows


def workbook(
    *, wanted: Wanted, measures: Sequence[Definition], totals: Row, sheets: Sequence[tuple[str, list[str], list[Any]]]
) -> bytes:
    """Return a workbook: the total of each measure with its sentence, then the further sheets (title, heads, rows)."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Measures"))
    sheet.append([_("Reported from %(first)s to %(last)s") % {"first": wanted.first, "last": wanted.last}])
    heads = (_("Measure"), _("Raw"), _("Adjusted"), _("Hits"), _("Sample"), _("Left out"), _("How it is counted"))
    sheet.append([*heads, _("Version")])
    for one in measures:
        figure = totals[one.code]
        values = [figure.raw.value, figure.adjusted.value, figure.raw.hits, figure.raw.sample, figure.left_out.sample]
        sheet.append([kernel.safe_cell(one.name), *values, one.sentence, one.number])
    for title, names, rows in sheets:
        further = book.create_sheet(title[:TITLE])
        further.append(names)
        for row in rows:
            further.append([kernel.safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def lines_of(rows: Sequence[tuple[str, Row]], measures: Sequence[Definition]) -> list[list[Any]]:
    """Return for each name and measure: name, measure, raw, adjusted, hits, sample, left out."""
    return [
        [
            name, one.name, row[one.code].raw.value, row[one.code].adjusted.value, row[one.code].raw.hits,
            row[one.code].raw.sample, row[one.code].left_out.sample,
        ]
        for name, row in rows
        for one in measures
        if row[one.code].raw.sample
    ]  # fmt: skip
