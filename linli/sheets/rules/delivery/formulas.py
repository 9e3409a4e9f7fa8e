"""References in formulas: moved where rows are inserted, copied relatively where a row is a copy of another."""

import re
from collections.abc import Callable, Sequence

from linli.sheets.rules.delivery.places import Growth, letters_of, number_of

_COLUMN, _ROW = r"\$?[A-Z]{1,3}", r"\$?[0-9]{1,7}"
_SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*|\[\d+\][\w.]+)"
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<table>\[(?!\d+\])[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])"
    rf"|(?P<sheet>{_SHEET}(?::{_SHEET})?!)?(?:"
    rf"(?P<one>(?<![\w.$]){_COLUMN}{_ROW}|(?<=!){_COLUMN}{_ROW})(?::(?P<two>{_COLUMN}{_ROW}))?(?![\w.(!])"
    rf"|(?P<from>(?<![\w.$:]){_ROW}|(?<=!){_ROW}):(?P<to>{_ROW})(?![\w.(!])"
    r")"
)
_PARTS = re.compile(r"(\$?)([A-Z]{0,3})(\$?)(\d+)")
_ALONE = r"((?:SUM|COUNTA?|AVERAGE|MAX|MIN)\(|SUBTOTAL\(\d+,)(\$?[A-Z]{1,3}\$?)(%d)(?=\))"
Change = Callable[[str, str, str], tuple[str, str]]


def moved(formula: str, growth: Growth, *, sheet: str, within: bool = False) -> str:
    """Return a formula of a cell in `sheet` as it reads after the growth.

    `within` says that the cell itself is one of the list: there only an absolute stretch grows with it, a relative one
    ends where it ended (a running sum up to its own row).
    """

    def change(prefix: str, one: str, two: str) -> tuple[str, str]:
        if _sheet_of(prefix, sheet) != growth.sheet:
            return one, two
        begin, end = _row(one), _row(two or one)
        if not two:
            return _with_row(one, growth.row(begin)), ""
        fixed = "$" in _parts(two)[2] and "$" in _parts(one)[2]
        if within and end == growth.last and not fixed:
            return one, two
        began, ended = growth.stretch(begin, end)
        return _with_row(one, began), _with_row(two, ended)

    if sheet == growth.sheet and growth.first == growth.last and not within:
        formula = re.sub(_ALONE % growth.last, r"\1\2\3:\2\3", formula, flags=re.IGNORECASE)
    return _each(formula, change)


def copied(formula: str, *, rows: int, columns: int = 0) -> str:
    """Return a formula as it reads in a cell so many rows below and columns to the right."""

    def change(_prefix: str, one: str, two: str) -> tuple[str, str]:
        return _shifted(one, rows, columns), _shifted(two, rows, columns) if two else ""

    return _each(formula, change)


def by_row(formula: str) -> list[str | int]:
    """Return a formula in pieces: a number is a relative row, to be moved with the copy, everything else stays."""
    pieces: list[str | int] = []
    at = 0
    for found in _TOKEN.finditer(formula):
        for name in ("one", "two", "from", "to"):
            word = found[name]
            if word is None or "$" in _parts(word)[2] or (not _parts(word)[1] and "$" in word):
                continue
            end = found.end(name)
            digits = len(_parts(word)[3])
            pieces += [formula[at : end - digits], _row(word)]
            at = end
    return [*pieces, formula[at:]]


def names_sheet(formula: str, sheet: str) -> bool:
    """Tell whether a formula may speak of a sheet by its name."""
    return sheet in formula or sheet.replace("'", "''") in formula


def rows_of(formula: str, sheet: str, *, of: str) -> list[tuple[int, int]]:
    """Return the stretches of rows of the sheet `of` that a formula in `sheet` reads."""
    found = [one for one in _TOKEN.finditer(formula) if one["one"] or one["from"]]
    return [
        (_row(one["one"] or one["from"]), _row(one["two"] or one["to"] or one["one"]))
        for one in found
        if _sheet_of(one["sheet"] or "", sheet) == of
    ]


def _each(formula: str, change: Change) -> str:
    def changed(found: "re.Match[str]") -> str:
        one, two = found["one"] or found["from"], found["two"] or found["to"] or ""
        if one is None:
            return found[0]
        first, second = change(found["sheet"] or "", one, two)
        return f"{found['sheet'] or ''}{first}{':' if second else ''}{second}"

    return _TOKEN.sub(changed, formula)


def _sheet_of(prefix: str, here: str) -> str:
    """Return the sheet that is meant; "" for another workbook and for several sheets at once."""
    if not prefix:
        return here
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return "" if "[" in name else name


def _parts(word: str) -> Sequence[str]:
    """Return the sign before the column, the column, the sign before the row, the row."""
    found = _PARTS.fullmatch(word)
    if found is None:
        raise ValueError(word)
    fixed, column, row_fixed, row = found.groups()
    return (fixed, column, row_fixed, row) if column else ("", "", fixed or row_fixed, row)


def _row(word: str) -> int:
    return int(_parts(word)[3])


def _with_row(word: str, row: int) -> str:
    fixed, column, row_fixed, _old = _parts(word)
    return f"{fixed}{column}{row_fixed}{row}"


def _shifted(word: str, rows: int, columns: int) -> str:
    fixed, column, row_fixed, row = _parts(word)
    if column and not fixed:
        column = letters_of(max(1, number_of(column) + columns))
    return f"{fixed}{column}{row_fixed}{row if row_fixed else max(1, int(row) + rows)}"
