# ruff: noqa: E501  a line of a form is a line
"""A small ODS writer: cells, merged ranges, drop-down lists, hidden columns."""

import zipfile
from xml.sax.saxutils import escape, quoteattr

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def write_ods(sheets, path):
    """Write sheets as an ODS file."""
    checks, tables = [], []
    for sheet in sheets:
        for column, words in sheet.lists.items():
            said = ";".join(f'"{word}"' for word in words)
            condition = quoteattr(f"cell-content-is-in-list({said})")
            checks.append(f'<table:content-validation table:name="v{column}" table:condition={condition}/>')
        tables.append(_table(sheet))
    validations = f"<table:content-validations>{''.join(checks)}</table:content-validations>" if checks else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{validations}{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", "<manifest/>")


def _table(sheet):
    spans = {(row, column): (low - row + 1, last - column + 1) for row, column, low, last in sheet.merges}
    covered = {(row, column) for top, left, low, last in sheet.merges
               for row in range(top, low + 1) for column in range(left, last + 1)} - set(spans)  # fmt: skip
    height = max([sheet.height, *(low + 1 for _t, _l, low, _r in sheet.merges)])
    columns = "".join(f"<table:table-column{hidden(sheet, column)}/>" for column in range(sheet.width))
    rows = "".join(
        "<table:table-row>"
        + "".join(_cell(sheet, row, column, spans, covered) for column in range(sheet.width))
        + "</table:table-row>"
        for row in range(height)
    )
    return f"<table:table table:name={quoteattr(sheet.name)}>{columns}{rows}</table:table>"


def hidden(sheet, column):
    """Return the attribute of a hidden column."""
    return ' table:visibility="collapse"' if column in sheet.hidden else ""


def _cell(sheet, row, column, spans, covered):
    value, attributes = sheet.cells.get((row, column)), ""
    if (row, column) in covered:
        return "<table:covered-table-cell/>"
    if (row, column) in spans:
        high, wide = spans[(row, column)]
        attributes = f' table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"'
    if column in sheet.lists:
        attributes += f' table:content-validation-name="v{column}"'
    if value is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{attributes}><text:p>{value}</text:p></table:table-cell>'
    if hasattr(value, "isoformat"):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"{attributes}/>'
    return (
        f'<table:table-cell office:value-type="string"{attributes}><text:p>{escape(value)}</text:p></table:table-cell>'
    )
