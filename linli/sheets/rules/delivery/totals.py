"""What formulas gave before is no longer so when rows come in: plain sums are reckoned anew, the others are left open.

Who opens the file reckons everything anew; a reader that does not shows the sums all the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from linli.sheets.rules.delivery.cells import kept
from linli.sheets.rules.delivery.formats import Format, Formats
from linli.sheets.rules.delivery.formulas import rows_of
from linli.sheets.rules.delivery.places import Target, Value, number_of

Cell = tuple[str, int, int]  # sheet, row, column
_PLAIN = re.compile(
    r"(?:(SUM|COUNT|COUNTA)\(|SUBTOTAL\((\d+),)\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)", re.IGNORECASE
)
_SUBTOTALS = {"9": "SUM", "109": "SUM", "2": "COUNT", "102": "COUNT", "3": "COUNTA", "103": "COUNTA"}
Number = int | float | Decimal


def total_of(
    formula: str,
    *,
    first: int,
    last: int,
    targets: Sequence[Target],
    rows: Sequence[Sequence[Value]],
    form: Callable[[int], Format],
    formats: Formats,
) -> Number | None:
    """Return what a plain sum or count of one filled column gives; None for any other formula.

    `first` and `last` are the rows of the list as they are now; the formula must hold just the rows that were filled.
    """
    found = _PLAIN.fullmatch(formula.strip())
    if found is None or found[3].upper() != found[5].upper():
        return None
    name, column = _SUBTOTALS.get(found[2] or "", (found[1] or "").upper()), number_of(found[3].upper())
    place = next((n for n, one in enumerate(targets) if one.at == column), None)
    begin, end = int(found[4]), int(found[6])
    if place is None or not name or begin != first or not first + len(rows) - 1 <= end <= last:
        return None
    look, as_text = form(column), targets[place].as_text
    shown = [kept(row[place], look, formats, as_text=as_text) for row in rows]
    return _reckoned(name, [one for one in shown if one is not None])


def stale(formulas: Mapping[Cell, str], changed: Iterable[tuple[str, int, int]]) -> set[Cell]:
    """Return the cells whose formulas read rows that changed (sheet, first, last), directly or through each other."""
    waiting, found = list(changed), set[Cell]()
    sheets = {sheet for sheet, _row, _column in formulas} | {sheet for sheet, *_rows in waiting}
    reads = {cell: [(of, *rows) for of in sheets for rows in rows_of(text, cell[0], of=of)]
             for cell, text in formulas.items()}  # fmt: skip
    while waiting:
        sheet, begin, end = waiting.pop()
        for cell, stretches in reads.items():
            if cell not in found and any(of == sheet and one <= end and two >= begin for of, one, two in stretches):
                found.add(cell)
                waiting.append((cell[0], cell[1], cell[1]))
    return found


def _reckoned(name: str, shown: Sequence[str | Number]) -> Number:
    numbers = [one for one in shown if not isinstance(one, str)]
    if name == "SUM":
        whole = sum((Decimal(str(one)) for one in numbers), Decimal(0))
        return int(whole) if whole == whole.to_integral_value() else float(whole)
    return len(shown if name == "COUNTA" else numbers)
