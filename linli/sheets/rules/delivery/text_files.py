"""CSV as the issuer wrote it: its encoding, its delimiter, its ends of lines; and rows as plain data."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.sheets.rules.delivery.places import Filled, Place, Target, Value
from linli.sheets.rules.from_text import decoded, delimiter_of
from linli.sheets.rules.refusals import DeliveryRefusedError

_MARK = b"\xef\xbb\xbf"


def fill_csv(
    template: bytes, *, place: Place, targets: Sequence[Target], rows: Iterable[Sequence[Value]]
) -> Filled:  # fmt: skip
    """Return a CSV file with a list filled, in the issuer's encoding, with its delimiter and its ends of lines.

    What a spreadsheet program would take for a formula is written as text. Raises DeliveryRefusedError.
    """
    try:
        text, encoding = decoded(template)
    except UnicodeError as error:
        raise DeliveryRefusedError(_("The encoding of this file is not known. Save it as UTF-8 or GB18030.")) from error
    delimiter = delimiter_of(text)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if place.first_row > len(lines) + 1:
        raise DeliveryRefusedError(_("The file has no such list."))
    width = max([*(len(line) for line in lines), *(one.at for one in targets)], default=0)
    made = [_line(width, targets, row) for row in rows]
    end = min(place.end, len(lines))
    before, after = lines[: place.first_row - 1], lines[end:]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerows([*before, *made, *after])
    inserted = max(0, len(made) - (place.end - place.first_row + 1))
    return Filled(out.getvalue().encode(encoding, "xmlcharrefreplace"), len(made), inserted)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as CSV in UTF-8 with its mark, safe from formulas."""
    out = io.StringIO()
    csv.writer(out).writerows([columns, *([_safe(value) for value in row] for row in rows)])
    return _MARK + out.getvalue().encode()


def _line(width: int, targets: Sequence[Target], row: Sequence[Value]) -> list[str]:
    line = [""] * width
    for target, value in zip(targets, row, strict=True):
        line[target.at - 1] = _safe(value)
    return line


def _safe(value: Value) -> str:
    return "" if value is None else str(kernel.safe_cell(value)) if isinstance(value, str) else str(value)
