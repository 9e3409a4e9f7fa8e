"""CSV as a grid: any usual encoding, commas, tabs, semicolons."""

import csv
import io
from itertools import islice

from linli.sheets.rules.archives import broken, too_large
from linli.sheets.rules.cells import even_rows
from linli.sheets.rules.grids import Book, Grid

MOST_ROWS, LONGEST_CELL, LOOKED_AT = 100_000, 1 << 16, 1 << 16
DELIMITERS = ",\t;|"
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
SHARE_OF_CONTROLS, MARK = 0.002, b"\xef\xbb\xbf"


def read_text(content: bytes, name: str) -> Book:
    """Return the table of a text file. Raises SheetRefusedError where it is no text or too long."""
    text, _encoding = decoded(content, strict=False)
    delimiter = delimiter_of(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        lines = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MOST_ROWS + 1))
    except csv.Error:
        raise broken() from None
    if len(lines) > MOST_ROWS:
        raise too_large()
    rows = even_rows(lines)
    title = name.rsplit(".", 1)[0] if "." in name else name
    return Book("csv", (Grid(title, rows, last_row=len(rows) - 1),))


def decoded(content: bytes, *, strict: bool = True) -> tuple[str, str]:
    """Return a text and how it was encoded. Raises UnicodeError where it is `strict` and nothing usual fits."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "strict" if strict else "replace"), "utf-16"
    start = content[:LOOKED_AT]
    if sum(byte in CONTROLS for byte in start) > SHARE_OF_CONTROLS * len(start):
        raise broken()
    if content.startswith(MARK):
        return content.decode("utf-8-sig", "strict" if strict else "replace"), "utf-8-sig"
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030", "strict" if strict else "replace"), "gb18030"


def delimiter_of(text: str) -> str:
    """Return what stands most evenly in the lines: a sentence with commas does not make a table."""
    lines = [line for line in text[:LOOKED_AT].splitlines() if line.strip()][:50]
    return max(DELIMITERS, key=lambda one: (sum(one in line for line in lines), sum(line.count(one) for line in lines)))


__all__ = ["decoded", "delimiter_of", "read_text"]
