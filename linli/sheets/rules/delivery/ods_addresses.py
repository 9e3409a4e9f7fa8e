"""Addresses in open document spreadsheets (ODS): moved where rows are inserted, copied relatively in copied rows.

OpenDocument 1.3, part 4, 5.8: in formulas a reference stands in brackets, `[.C5:.C8]`; elsewhere it is bare.
"""

import re
from collections.abc import Callable

from linli.sheets.rules.delivery.places import Growth

_SHEET = r"(?:\$?(?:'(?:[^']|'')*'|[^\s.'\"\[\]:;()$]+))?"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_ADDRESS = re.compile(rf"(?P<sheet>{_SHEET})\.(?P<one>{_CELL})(?::(?P<other>{_SHEET})\.(?P<two>{_CELL}))?(?![\w(])")
_REFERENCE = re.compile(r'"(?:[^"]|"")*"|\[[^\[\]]*\]')
_PARTS = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)")
_ALONE = r"((?:SUM|COUNTA?|AVERAGE|MAX|MIN)\()\[\.(\$?[A-Z]{1,3}\$?%d)\](?=\))"
_Change = Callable[[str, str, str], tuple[str, str]]


def moved_addresses(text: str, growth: Growth, *, sheet: str, within: bool = False) -> str:
    """Return bare addresses as they are after the growth; those without a sheet are of `sheet`.

    `within` as for formulas of workbooks: in the list itself only absolute stretches grow.
    """

    def change(of: str, one: str, two: str) -> tuple[str, str]:
        if (_name(of) or sheet) != growth.sheet:
            return one, two
        begin = _row(one)
        if not two:
            return _with_row(one, growth.row(begin)), ""
        fixed = all("$" in _parts(each)[1] for each in (one, two))
        if within and _row(two) == growth.last and not fixed:
            return one, two
        began, ended = growth.stretch(begin, _row(two))
        return _with_row(one, began), _with_row(two, ended)

    return _each(text, change)


def moved_formula(formula: str, growth: Growth, *, sheet: str, within: bool = False) -> str:
    """Return a formula of a cell in `sheet` as it reads after the growth."""
    if sheet == growth.sheet and growth.first == growth.last and not within:
        formula = re.sub(_ALONE % growth.last, r"\1[.\2:.\2]", formula)
    return _in_references(formula, lambda text: moved_addresses(text, growth, sheet=sheet, within=within))


def copied_formula(formula: str, *, rows: int) -> str:
    """Return a formula as it reads in a cell so many rows below."""

    def change(_of: str, one: str, two: str) -> tuple[str, str]:
        return _shifted(one, rows), _shifted(two, rows) if two else ""

    return _in_references(formula, lambda text: _each(text, change))


def as_plain(formula: str) -> str:
    """Return a formula as workbooks write it, without its sign: `of:=SUM([.C5:.C8])` is SUM(C5:C8)."""
    bare = re.sub(r"^[a-z]+:=|^=", "", formula)
    plain = _REFERENCE.sub(lambda found: found[0] if found[0][0] == '"' else found[0][1:-1].replace(".", ""), bare)
    return plain.replace(";", ",")


def _in_references(formula: str, change: Callable[[str], str]) -> str:
    return _REFERENCE.sub(lambda found: found[0] if found[0][0] == '"' else change(found[0]), formula)


def _each(text: str, change: _Change) -> str:
    def said(found: "re.Match[str]") -> str:
        one, two = change(found["sheet"], found["one"], found["two"] or "")
        return f"{found['sheet']}.{one}" + (f":{found['other']}.{two}" if two else "")

    return _ADDRESS.sub(said, text)


def _name(said: str) -> str:
    bare = said.removeprefix("$")
    return bare[1:-1].replace("''", "'") if bare.startswith("'") else bare


def _parts(cell: str) -> tuple[str, str, int]:
    found = _PARTS.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    return found[1], found[2], int(found[3])


def _row(cell: str) -> int:
    return _parts(cell)[2]


def _with_row(cell: str, row: int) -> str:
    column, fixed, _old = _parts(cell)
    return f"{column}{fixed}{row}"


def _shifted(cell: str, rows: int) -> str:
    column, fixed, row = _parts(cell)
    return cell if fixed else f"{column}{max(1, row + rows)}"


__all__ = ["as_plain", "copied_formula", "moved_addresses", "moved_formula"]
