"""One cell as XML: numbers as numbers, days as the cell is formatted, everything long or typed as text as text.

Texts stand in the cell itself (inlineStr): what begins with = + - @ stays text, and the table of shared texts of the
issuer's file is copied as it is.
"""

import re
from datetime import date, time
from decimal import Decimal
from math import isfinite

from linli.sheets.rules.delivery.formats import Format, Formats
from linli.sheets.rules.delivery.nodes import escaped
from linli.sheets.rules.delivery.places import Value

LONGEST_NUMBER = 10**15  # a spreadsheet keeps 15 digits: what is longer is written as text, or the end would be lost
LONGEST_TEXT = 32767
# What a text cannot simply hold: markup, signs that XML forbids, what programs read as an escape, spaces at the ends.
SPECIAL = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def kept(value: Value, form: Format, formats: Formats, *, as_text: bool = False) -> str | int | float | Decimal | None:
    """Return what stands in a cell of this format: a text, a number, or None for an empty one."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | time):
        return _moment(value, form, formats, as_text=as_text)
    if as_text or form == "text" or not -LONGEST_NUMBER < value < LONGEST_NUMBER:
        return str(value)
    return value if isfinite(value) else None


def _moment(value: date | time, form: Format, formats: Formats, *, as_text: bool) -> str | float:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return formats.serial(value) if form == "day" and not as_text else str(value)


def is_plain(text: str) -> bool:
    """Tell whether a text stands in XML as it is."""
    return (text.isalnum() or not SPECIAL.search(text)) and len(text) <= LONGEST_TEXT


def text_xml(text: str) -> str:
    """Return a text as the element of an inline text; ordinary ones are quicker written in place."""
    shown = _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text[:LONGEST_TEXT]))
    shown = escaped(shown.replace("\r\n", "\n"))
    return f'<t xml:space="preserve">{shown}</t>'


def cell_xml(address: str, style: str, content: str | float | Decimal | None) -> str:
    """Return a whole cell; `style` is its attribute as ` s="3"` or nothing."""
    return f'<c r="{address}"{cell_end(style, content)}'


def cell_end(style: str, content: str | float | Decimal | None) -> str:
    """Return what of a cell stands behind its address."""
    if content is None:
        return f"{style}/>"
    if isinstance(content, str):
        text = f"<t>{content}</t>" if is_plain(content) else text_xml(content)
        return f'{style} t="inlineStr"><is>{text}</is></c>'
    return f"{style}><v>{content}</v></c>"


def formula_end(style: str, formula: str, result: str | float | Decimal | None) -> str:
    """Return what stands behind the address of a cell with a formula, as XML, whose result we know, or not (None)."""
    if result is None:
        return f"{style}><f>{formula}</f></c>"
    kind, said = (' t="str"', escaped(_FORBIDDEN.sub("", result))) if isinstance(result, str) else ("", result)
    return f"{style}{kind}><f>{formula}</f><v>{said}</v></c>"
