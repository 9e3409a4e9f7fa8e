"""What a file asks for, as plain data: tables and cards, header trees with their ranges, proposals."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from linli.registry import api as registry
from linli.sheets.queries.meanings import code_tables, dictionary
from linli.sheets.rules.binding import SURE, Learnt, Proposal, propose
from linli.sheets.rules.grids import Span
from linli.sheets.rules.layouts import Column, Table, tables_of
from linli.sheets.rules.reading import read_book


def inspected(content: bytes, name: str, *, learnt: Mapping[str, Learnt] | None = None) -> dict[str, Any]:
    """Return what a file asks for. Raises SheetRefusedError for what is no table."""
    book, elements = read_book(content, name), dictionary() or registry.shipped_elements()
    codes = code_tables(elements)
    labels = {f"{one.kind}.{one.code}": one.label for one in elements}
    tables = [
        _table(table, propose(table, elements, learnt, codes), labels)
        for grid in book.grids
        for table in tables_of(grid)
    ]
    return {"file": name, "layout": book.layout, "sheets": [_sheet(table) for table in tables], "tables": tables}


def _sheet(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the short form of a table: its sheet, its kind, the rows of its header, and what is asked for."""
    told = ("path", "range", "ranges", "cell", "element", "confidence", "transform", "reason")
    return {
        "name": table["sheet"],
        "kind": table["kind"],
        "shape": table["shape"],
        "header_rows": table["header_rows"],
        "columns": [{name: column[name] for name in told if name in column} for column in table["columns"]],
    }


def _table(table: Table, proposals: Iterable[Proposal], labels: Mapping[str, str]) -> dict[str, Any]:
    columns = zip(table.columns, proposals, strict=True)
    return {
        "sheet": table.grid.name,
        "title": table.title,
        "kind": table.kind,
        "shape": "card" if table.is_card else "list",
        "header": table.header.a1,
        "header_rows": [row + 1 for row in table.header.rows],
        "hint": _range(table.hint),
        "body": None if table.body.is_empty else table.body.a1,
        "first_row": table.body.row + 1,
        "totals": _range(table.totals),
        "subtotal_rows": [row + 1 for row in table.subtotals],
        "signature": _range(table.signature),
        "facts": {name: span.a1 for name, span in table.facts.items()},
        "notes": list(table.notes),
        "columns": [_column(column, proposal, labels) for column, proposal in columns],
    }


def _column(column: Column, proposal: Proposal, labels: Mapping[str, str]) -> dict[str, Any]:
    reason = proposal.reason
    return ({"cell": column.place.a1} if column.place else {}) | {
        "column": column.index,
        "path": list(column.path),
        "ranges": [span.a1 for span in column.spans],
        "range": column.span.a1,
        "choices": list(column.choices),
        "hidden": column.is_hidden,
        "formula": column.formula,
        "hint": column.hint,
        "element": proposal.element,
        "label": label_of(proposal.element, labels),
        "transform": proposal.transform.as_data(),
        "confidence": round(proposal.confidence, 3),
        "sure": proposal.confidence >= SURE,
        "reason": gettext(reason.message) % reason.parameters,
        "alternatives": [
            {"element": one.element, "label": label_of(one.element, labels), "confidence": round(one.confidence, 3)}
            for one in proposal.alternatives
        ],
    }


def label_of(element: str, labels: Mapping[str, str]) -> str:
    """Return the official name of the data element at the end of a path."""
    return labels.get(f"{registry.kind_at(element)}.{element.rsplit('.', 1)[-1]}", "") if element else ""


def _range(span: Span | None) -> str | None:
    return span.a1 if span else None


__all__ = ["inspected", "label_of"]
