"""CSV as the issuer wrote it: its encoding, its delimiter, its ends of lines."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.sheets.rules.delivery.places import Address, Filled, Place, Target, Value
from linli.sheets.rules.from_text import decoded, delimiter_of
from linli.sheets.rules.refusals import DeliveryRefusedError


@dataclass(frozen=True, slots=True)
class _Issued:
    """The issuer's file: its lines, its encoding, its delimiter, its ends of lines."""

    lines: list[list[str]]
    encoding: str
    delimiter: str
    end: str

    def written(self, lines: Iterable[Sequence[str]]) -> bytes:
        """Return lines as the issuer writes them."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.end).writerows(lines)
        return out.getvalue().encode(self.encoding, "xmlcharrefreplace")


def fill_csv(
    template: bytes, *, place: Place, targets: Sequence[Target], rows: Iterable[Sequence[Value]]
) -> Filled:  # fmt: skip
    """Return a CSV file with a list filled, in the issuer's encoding, with its delimiter and its ends of lines.

    What a spreadsheet program would take for a formula is written as text. Raises DeliveryRefusedError.
    """
    issued = _read(template)
    lines = issued.lines
    if place.first_row > len(lines) + 1:
        raise DeliveryRefusedError(_("The file has no such list."))
    width = max([*(len(line) for line in lines), *(one.at for one in targets)], default=0)
    made = [_line(width, targets, row) for row in rows]
    end = min(place.end, len(lines))
    before, after = lines[: place.first_row - 1], lines[end:]
    inserted = max(0, len(made) - (place.end - place.first_row + 1))
    return Filled(issued.written([*before, *made, *after]), len(made), inserted)


def fill_csv_cells(template: bytes, *, sheet: str | int, cells: Mapping[Address, Value]) -> bytes:  # noqa: ARG001  as other files
    """Return a CSV file with single cells filled, written as the issuer writes. Raises DeliveryRefusedError."""
    issued = _read(template)
    for (row, column), value in cells.items():
        issued.lines.extend([] for _ in range(row - len(issued.lines)))
        line = issued.lines[row - 1]
        line += [""] * (column - len(line))
        line[column - 1] = _safe(value)
    return issued.written(issued.lines)


def _read(template: bytes) -> _Issued:
    try:
        text, encoding = decoded(template)
    except UnicodeError as error:
        raise DeliveryRefusedError(_("The encoding of this file is not known. Save it as UTF-8 or GB18030.")) from error
    delimiter = delimiter_of(text)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return _Issued(lines, encoding, delimiter, "\r\n" if "\r\n" in text else "\n")


def _line(width: int, targets: Sequence[Target], row: Sequence[Value]) -> list[str]:
    line = [""] * width
    for target, value in zip(targets, row, strict=True):
        line[target.at - 1] = _safe(value)
    return line


def _safe(value: Value) -> str:
    return "" if value is None else str(kernel.safe_cell(value)) if isinstance(value, str) else str(value)
