"""Rows and cells of an open document spreadsheet: written after the issuer's own, what repeats is taken apart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from linli.sheets.rules.delivery.cells import LONGEST_NUMBER
from linli.sheets.rules.delivery.nodes import Node, escaped, with_attributes
from linli.sheets.rules.delivery.ods_addresses import copied_formula, moved_formula
from linli.sheets.rules.delivery.places import Growth, Value

GROUPS = frozenset({"table-row-group", "table-header-rows", "table-rows"})
CELL = "table-cell"
CELLS = frozenset({CELL, "covered-table-cell"})
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"  +|^ | $|\t")
_SAID = frozenset({
    "value", "value-type", "date-value", "time-value", "boolean-value", "string-value", "currency",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """One element of rows: which row it begins with, counted from 1, and how often it repeats."""

    node: Node
    first: int
    times: int

    @property
    def last(self) -> int:
        """The last of its rows."""
        return self.first + self.times - 1


@dataclass(frozen=True, slots=True)
class Names:
    """By which prefixes, with their colons, a document calls its elements."""

    office: str
    table: str
    text: str


def rows_in(table: Node) -> list[Rows]:
    """Return the rows of a table from top to bottom, groups opened."""
    found: list[Rows] = []
    for node in _row_nodes(table):
        times = int(_own(node, "number-rows-repeated") or "1")
        found.append(Rows(node, found[-1].last + 1 if found else 1, times))
    return found


def cells_in(row: Node) -> Iterator[tuple[Node, int, int]]:
    """Yield the cells of a row, each with its first column, counted from 1, and how often it repeats."""
    column = 1
    for one in row.parts:
        if one.name in CELLS:
            times = int(_own(one, "number-columns-repeated") or "1")
            yield one, column, times
            column += times


def formula_of(cell: Node) -> str:
    """Return the formula of a cell; nothing for one without."""
    return _own(cell, "formula")


def repeated(xml: bytes, rows: Rows, times: int) -> bytes:
    """Return rows as they are, repeated so often."""
    name = f"{rows.node.prefix}number-rows-repeated"
    head = with_attributes(xml[rows.node.begin : rows.node.head], {name: str(times) if times > 1 else None})
    return head + xml[rows.node.head : rows.node.end]


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes rows of one sheet after others; formulas read as they do when it has grown."""

    xml: bytes
    names: Names
    growth: Growth

    def row(self, row: Node, values: Mapping[int, Value], *, below: int = 0, is_copy: bool = False) -> bytes:
        """Return a row with values in its cells, by column; a copy, so many rows below, leaves out what was typed."""
        head = with_attributes(self.xml[row.begin : row.head], {f"{row.prefix}number-rows-repeated": None})
        out, behind, reach = [head.removesuffix(b"/>").removesuffix(b">") + b">"], 1, 0
        for cell, first, times in cells_in(row):
            pieces, at, behind = list[bytes](), first, first + times
            for column in sorted(one for one in values if first <= one < behind):
                pieces += [self._kept(cell, column - at, below, is_copy=is_copy)] if column > at else []
                pieces.append(self._filled(cell, values[column], below, is_copy=is_copy))
                at = column + 1
            pieces += [self._kept(cell, behind - at, below, is_copy=is_copy)] if behind > at else []
            reach = max(reach, first + int(_own(cell, "number-columns-spanned") or "1") - 1)
            is_below = cell.name != CELL and first > reach and self.growth.last < self.growth.first
            out += [_uncovered(one) for one in pieces] if is_copy and is_below else pieces
        for column in sorted(one for one in values if one >= behind):
            gap, behind = column - behind, column + 1
            name = self.names.table
            out += [f'<{name}table-cell {name}number-columns-repeated="{gap}"/>'.encode()] if gap else []
            out.append(self._cell(f"<{name}table-cell>".encode(), values[column], b""))
        return b"".join([*out, f"</{row.raw}>".encode()])

    def _kept(self, cell: Node, times: int, below: int, *, is_copy: bool) -> bytes:
        """Return a cell with its looks and its formula, so often; what a formula gave before is left out."""
        changes = {f"{cell.prefix}number-columns-repeated": str(times) if times > 1 else None}
        formula = formula_of(cell)
        if formula:
            changes |= {f"{cell.prefix}formula": self._formula(formula, below, is_copy=is_copy), **without_result(cell)}
        elif is_copy:
            changes |= {**without_result(cell), f"{cell.prefix}number-rows-spanned": None}
        head = with_attributes(self.xml[cell.begin : cell.head], changes)
        if formula or is_copy:
            return _closed(head)
        return head + self.xml[cell.head : cell.end]

    def _formula(self, formula: str, below: int, *, is_copy: bool) -> str:
        """Return a formula as it reads when the sheet has grown, so many rows below."""
        own = moved_formula(formula, self.growth, sheet=self.growth.sheet, within=True)
        return copied_formula(own, rows=below) if is_copy else own

    def _filled(self, cell: Node, value: Value, below: int, *, is_copy: bool) -> bytes:
        if value in (None, "") and formula_of(cell):  # it is the issuer's, not a sample
            return self._kept(cell, 1, below, is_copy=is_copy)
        ends = (":number-columns-repeated", *((":number-rows-spanned",) if is_copy else ()))
        changes: dict[str, str | None] = {name: None for name in cell.attributes if name.endswith(ends)}
        if formula := formula_of(cell):  # what we know stands as its result
            changes[f"{cell.prefix}formula"] = self._formula(formula, below, is_copy=is_copy)
        head = with_attributes(self.xml[cell.begin : cell.head], {**changes, **without_result(cell)})
        beside = [one for one in cell.parts if one.name != "p"]  # notes and drawings
        return self._cell(head, value, b"" if is_copy else b"".join(self.xml[one.begin : one.end] for one in beside))

    def _cell(self, head: bytes, value: Value, beside: bytes) -> bytes:
        office = self.names.office
        kind, said = _told(value)
        if not kind and not beside:
            return _closed(head)
        told = {f"{office}value-type": kind or None, **{f"{office}{name}": one for name, one in said.items()}}
        begin = with_attributes(head.removesuffix(b"/>").removesuffix(b">") + b">", told)
        name = re.match(rb"<([^\s/>]+)", head)
        words = self._paragraphs(value) if kind == "string" else b""
        return begin + beside + words + b"</" + (name[1] if name else b"") + b">"

    def _paragraphs(self, value: Value) -> bytes:
        text = self.names.text
        lines = _FORBIDDEN.sub("", str(value)).replace("\r\n", "\n").split("\n")
        said = [_SPACES.sub(lambda found: self._space(found[0]), escaped(line)) for line in lines]
        return "".join(f"<{text}p>{line}</{text}p>" for line in said).encode()

    def _space(self, found: str) -> str:
        text = self.names.text
        return f"<{text}tab/>" if found == "\t" else f'<{text}s {text}c="{len(found)}"/>'


def without_result(cell: Node) -> dict[str, str | None]:
    """Return the changes that take away what a cell says."""
    return {name: None for name in cell.attributes if name.rpartition(":")[2] in _SAID}


def _uncovered(cell: bytes) -> bytes:
    """Return a cell as one of its own, which in the model, a row of names, lies below another."""
    return cell.replace(b"covered-table-cell", CELL.encode())


def _told(value: Value) -> tuple[str, dict[str, str | None]]:
    """Return of which type a value is, and its attribute."""
    if value is None or value == "":
        return "", {}
    if isinstance(value, date):
        said = value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
        return "date", {"date-value": said}
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool | time)
    if is_number and -LONGEST_NUMBER < value < LONGEST_NUMBER:  # type: ignore[operator]  # a number it is
        return "float", {"value": str(value)}
    return "string", {}


def _closed(head: bytes) -> bytes:
    return head if head.endswith(b"/>") else head[:-1].rstrip() + b"/>"


def _row_nodes(table: Node) -> Iterator[Node]:
    for one in table.parts:
        if one.name == "table-row":
            yield one
        elif one.name in GROUPS:
            yield from _row_nodes(one)


def _own(node: Node, name: str) -> str:
    """Return an attribute of the element's own space of names."""
    return node.attributes.get(node.prefix + name, "")


__all__ = ["Names", "RowWriter", "Rows", "cells_in", "formula_of", "repeated", "rows_in", "without_result"]
