"""The door of reading: any file of a table becomes a book of grids, within limits."""

from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.archives import Archive, broken, locked, open_archive, too_large
from linli.sheets.rules.from_docx import read_docx
from linli.sheets.rules.from_ods import read_ods
from linli.sheets.rules.from_text import read_text
from linli.sheets.rules.from_workbook import read_xls, read_xlsx
from linli.sheets.rules.grids import Book
from linli.sheets.rules.refusals import SheetRefusedError

LARGEST = 30 << 20  # bytes of a file
MOST_COLUMNS = 500  # of a form; a sheet has 16,384
MACROS = ("vbaproject.bin", "script-lc.xml")  # the part that holds them: of Office, of LibreOffice
ZIPPED, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
TEXTS = (".csv", ".tsv", ".txt")


def read_book(content: bytes, name: str) -> Book:
    """Return what a file holds. `name` is the file's name; what it is, its content says.

    Raises SheetRefusedError for what is no table, too large, damaged, locked by a password, or holds macros.
    """
    if not content.strip():
        raise SheetRefusedError(_("This file is empty."))
    if len(content) > LARGEST:
        raise too_large()
    try:
        book = _read(content, name)
    except (ValueError, LookupError, TypeError, OverflowError):  # numbers that are none, parts that lead nowhere
        raise broken() from None
    if not any(grid.rows for grid in book.grids):
        raise SheetRefusedError(_("This file is empty."))
    if any(len(grid.rows[0]) > MOST_COLUMNS for grid in book.grids if grid.rows):
        raise SheetRefusedError(
            _("This file has more columns than a form can have. Delete the empty ones on the right and try again.")
        )
    return book


def _read(content: bytes, name: str) -> Book:
    if content.startswith(ZIPPED):
        return _unzipped(content, open_archive(content))
    if content.startswith(COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked()
        return read_xls(content)
    if content.startswith(PICTURES) or b"<html" in content[:1024].lower():
        raise _no_table()
    if not name.lower().endswith(TEXTS) and b"\x00" in content[:1024]:
        raise _no_table()
    return read_text(content, name)


def _unzipped(content: bytes, archive: Archive) -> Book:
    may_hold = b"macroEnabled" in archive.read("[Content_Types].xml")
    if may_hold or any(part.lower().endswith(MACROS) for part in archive.parts):
        raise SheetRefusedError(
            _("This file holds macros. Save it as a file without macros (.xlsx, .ods, .docx) and try again.")
        )
    if "xl/workbook.xml" in archive.parts:
        return read_xlsx(content, archive)
    if "word/document.xml" in archive.parts:
        return read_docx(content)
    if archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return read_ods(archive)
    raise _no_table()


def _no_table() -> SheetRefusedError:
    return SheetRefusedError(_("This file is no table. XLSX, XLS, ODS, DOCX and CSV can be read."))


__all__ = ["read_book"]
