"""Take an official division table into the tree: new codes are added, new names recorded, nothing is closed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.kernel import facts as journal
from linli.regions import facts
from linli.regions.actions.divisions import announce, next_division_ids
from linli.regions.models import Division, FormerName
from linli.regions.rules import codes
from linli.regions.rules.tables import BadRow, TableRow

_BATCH = 2000


@dataclass(slots=True)
class TableResult:
    """What became of the rows of one table. `problems` are sentences with file and line."""

    read: int = 0
    added: int = 0
    renamed: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def import_divisions(
    *, rows: Iterable[TableRow | BadRow], source: str, day: date, by: str, now: datetime
) -> TableResult:
    """Add what is new and rename what is called otherwise; a row above which nothing is known is left out.

    Rows come highest first. Twice the same table changes nothing the second time. A division that the table lacks stays
    as it is: a table may cover only part of the country, and closing is a decision (see reorganise).
    """
    result = TableResult()
    wanted = _collect(rows, result)
    current = {row.code: row for row in Division.objects.filter(valid_to=None).only("code", "name", "path")}
    renamed = [row for code, row in current.items() if code in wanted and wanted[code].name != row.name]
    added = _added(wanted, current, result, source=source, day=day)
    _rename(renamed, wanted, day=day, by=by)
    _copy(added)
    result.added, result.renamed = len(added), len(renamed)
    result.unchanged = sum(code in current for code in wanted) - len(renamed)
    if added or renamed:
        announce("divisions")
        journal.publish(facts.DivisionsImported(source, len(added), len(renamed), day, by), now=now)
    return result


def _collect(rows: Iterable[TableRow | BadRow], result: TableResult) -> dict[str, TableRow]:
    wanted: dict[str, TableRow] = {}
    last = ("", 0)
    for row in rows:
        result.read += (row.file, row.line) != last
        last = (row.file, row.line)
        if isinstance(row, BadRow):
            result.problems.append(_sentence(row))
        elif wanted.setdefault(row.code, row).name != row.name:
            result.problems.append(
                _("%(file)s, line %(line)s: the code %(code)s also stands for %(other)s; the first name is kept.")
                % {"file": row.file, "line": row.line, "code": row.code, "other": wanted[row.code].name}
            )
    return wanted


def _added(
    wanted: dict[str, TableRow], current: dict[str, Division], result: TableResult, *, source: str, day: date
) -> list[Division]:
    fresh = sorted(
        (row for code, row in wanted.items() if code not in current), key=lambda row: codes.level_of(row.code)
    )
    paths = {code: row.path for code, row in current.items()}
    added = []
    for row, pk in zip(fresh, next_division_ids(len(fresh)), strict=True):
        above = codes.parent_codes(row.code)
        parent = next((paths[code] for code in above if code in paths), None)
        if above and parent is None:
            result.problems.append(
                _("%(file)s, line %(line)s: no division above %(code)s is known; import its county first.")
                % {"file": row.file, "line": row.line, "code": row.code}
            )
            continue
        paths[row.code] = [*(parent or []), pk]
        added.append(_division(row, paths[row.code], source=source, day=day))
    return added


def _division(row: TableRow, path: list[int], *, source: str, day: date) -> Division:
    return Division(
        id=path[-1],
        code=row.code,
        name=row.name,
        level=codes.level_of(row.code),
        parent_id=path[-2] if len(path) > 1 else None,
        path=path,
        source=source,
        valid_from=day,
    )


def _copy(rows: list[Division]) -> None:
    """Write new rows with COPY: half a second for the whole country, where bulk_create takes fifteen."""
    columns = ("id", "code", "name", "level", "parent_id", "path", "source", "valid_from")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY regions_division ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([getattr(row, column) for column in columns])


def _rename(rows: list[Division], wanted: dict[str, TableRow], *, day: date, by: str) -> None:
    FormerName.objects.bulk_create(
        (FormerName(division_id=row.pk, name=row.name, until=day, changed_by=by) for row in rows), batch_size=_BATCH
    )
    for row in rows:
        row.name = wanted[row.code].name
    Division.objects.bulk_update(rows, ["name"], batch_size=_BATCH)


def _sentence(row: BadRow) -> str:
    text = {
        "columns": _("the columns code and name are missing; use the official table"),
        "encoding": _("the file cannot be read; save it as CSV in UTF-8"),
        "format": _("the line is not CSV; check quotes and line breaks"),
        "code": _("“%(text)s” is not a code of this table; give 6, 9 or 12 digits"),
        "name": _("the name is empty, too long or has control characters"),
    }[row.reason]
    return _("%(file)s, line %(line)s: %(what)s.") % {
        "file": row.file,
        "line": row.line,
        "what": text % {"text": row.text},
    }
