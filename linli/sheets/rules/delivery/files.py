"""A form filled in a file of the issuer's own sort: what it is says who writes it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.sheets.rules.delivery.documents import fill_document
from linli.sheets.rules.delivery.foreign import as_new_workbook
from linli.sheets.rules.delivery.marks import marked_file
from linli.sheets.rules.delivery.places import Section
from linli.sheets.rules.delivery.spreadsheets import fill_spreadsheet
from linli.sheets.rules.delivery.text_files import fill_csv
from linli.sheets.rules.delivery.workbook import fill_workbook

_NEW = _(
    "It came as %s, the closed format of spreadsheets before 2007, and goes back as .xlsx: words, merged cells, "
    "drop-downs and sums are kept, fonts and lines are not. Saved as .xlsx before it is brought, it keeps them, too."
)
COMES_BACK_AS: dict[str, str] = {"xlsx": "xlsx", "xls": "xlsx", "ods": "ods", "docx": "docx", "csv": "csv"}
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "json": "application/json",
}
LIST_WRITERS = {"xlsx": fill_workbook, "xls": fill_workbook, "ods": fill_spreadsheet, "docx": fill_document,
            "csv": fill_csv}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issue:
    """The issuer's own file: its content, its name, and of which sort it is."""

    content: bytes
    name: str
    layout: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who takes a file out, in words, and the id of the entry of the ledger."""

    words: str
    entry: str


def fill_file(issue: Issue, lists: Sequence[Section], bearer: Bearer | None = None) -> bytes:
    """Return the issuer's file with every list filled, the lowest first, so that none moves another away.

    It says inside who takes it out, where such a file can. Raises DeliveryRefusedError.
    """
    content, write = own_file(issue, lists, {one.place.sheet for one in lists}, bearer), LIST_WRITERS[issue.layout]
    if issue.layout == "csv":
        lists = [replace(one, place=replace(one.place, sheet=0)) for one in lists]
    for one in sorted(lists, key=lambda each: -each.place.first_row):
        content = write(content, place=one.place, targets=one.targets, rows=one.rows).content
    return content


def own_file(
    issue: Issue, lists: Sequence[Section], sheets: Collection[str | int], bearer: Bearer | None
) -> bytes:  # fmt: skip
    """Return the issuer's file as it is to be filled: of a sort that we write, marked while it is small.

    Raises DeliveryRefusedError.
    """
    content = issue.content
    if COMES_BACK_AS[issue.layout] != issue.layout:
        content = as_new_workbook(content, issue.name, lists)
    if bearer and issue.layout != "csv":
        content = marked_file(content, words=bearer.words, entry=bearer.entry, sheets=sheets)
    return content


def words_of(layout: str) -> str | Promise:
    """Return what is to be said of a form that does not come back in its own sort of file; empty for the others."""
    return str(_NEW) % f".{layout}" if COMES_BACK_AS[layout] != layout else ""
