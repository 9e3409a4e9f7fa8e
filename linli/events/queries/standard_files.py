"""A manual as a workbook: read with every bad cell named, written so that reading it again loses nothing."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import python_calamine
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events.models import AreaDuty, DispatchRule, DutyList, MatterItem
from linli.events.queries.standards import items_of
from linli.events.queries.ticket_rows import FileRefusedError
from linli.events.rules import standard_cells as cells
from linli.events.rules import standard_sheets as sheets
from linli.events.rules.standard_sheets import CellProblem, Header
from linli.regions import api as regions

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDE = {"opening_words", "closing_words", "note", "description", "templates", "keywords", "legal_basis"}
Row = dict[str, Any]


@dataclass
class Manual:
    """What a workbook says: matters, area duties and rules (None where it has no such sheet), and what it could not.

    `unread` are the rows that were not taken: {sheet, row, cells, problems}.
    """

    items: list[Row] = field(default_factory=list)
    areas: list[Row] | None = None
    rules: list[Row] | None = None
    columns: list[str] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def read_manual(content: bytes) -> Manual:
    """Return what a workbook says. Raises FileRefusedError for what is no workbook, or has no header that we know."""
    manual, known = Manual(), False
    for name, rows in _sheets(content):
        header = sheets.find_header(rows)
        if header is None:
            if any(any(row) for row in rows) and name != sheets.UNREAD:
                words = _("This sheet has no header that we know, so it was left out.")
                manual.problems.append(CellProblem(name, 1, "A", "", rows[0][0] if rows[0] else "", words))
            continue
        known = True
        {sheets.MATTERS: _read_matters, sheets.AREAS: _read_areas, sheets.RULES: _read_rules}[header.kind](
            manual, name, header, rows
        )
    if not known:
        raise FileRefusedError(_("The header needs the responsible unit, the limit and a class or name for each row."))
    return manual


def write_manual(duty_list: DutyList) -> "Workbook":
    """Return a version as a workbook: its matters, area duties and rules, and the rows that were not taken."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files

    book = Workbook()
    own, name_of = list(duty_list.columns), _names().get
    rows = [sheets.write_matter(item, name_of, own) for item in items_of(duty_list).values()]
    _write(book.active, sheets.MATTERS, [*sheets.COLUMNS.values(), *own], rows, [*sheets.COLUMNS])
    _write(book.create_sheet(), sheets.AREAS, sheets.AREA_COLUMNS.values(), _area_rows(duty_list, name_of))
    _write(book.create_sheet(), sheets.RULES, sheets.RULE_COLUMNS.values(), _rule_rows(duty_list, name_of))
    if duty_list.unread:
        columns = list(dict.fromkeys(name for row in duty_list.unread for name in row["cells"]))
        said = [[*(row["cells"].get(name, "") for name in columns), _sentences(row)] for row in duty_list.unread]
        _write(book.create_sheet(), sheets.UNREAD, [*columns, _("What could not be read")], said)
    return book


def matter_cells_of(item: MatterItem | None) -> dict[str, str]:
    """Return a matter as cells by field, as its manual has them; empty ones for none."""
    if item is None:
        return dict.fromkeys(sheets.COLUMNS, "")
    said = {column.attname: getattr(item, column.attname) for column in item._meta.concrete_fields}  # noqa: SLF001  Django's public _meta
    return sheets.matter_cells(said, _names().get)


def rule_cells(rule: DispatchRule, name_of: Callable[[str], str | None] | None = None) -> dict[str, str]:
    """Return a dispatch rule as cells by field."""
    asks = rule.conditions
    return {
        "name": rule.name,
        "matters": cells.write_list(asks.get("matters", ())),
        "classes": cells.write_list([" > ".join(path) for path in asks.get("classes", ())]),
        "areas": cells.write_list([regions.division(area).code for area in asks.get("areas", ())]),
        "channels": cells.write_words(asks.get("channels", ()), cells.CHANNEL_WORDS),
        "words": cells.write_list(asks.get("words", ())),
        "hours": "{}-{}".format(*asks["hours"]) if asks.get("hours") else "",
        "grades": cells.write_list(asks.get("grades", ())),
        "target": cells.write_role(rule.target, name_of or _names().get),
        "note": rule.note,
    }


def role_namer() -> Callable[[str], str]:
    """Return what names a role as manuals do: by its unit, or by the kind of place."""
    names = _names()
    return lambda role: cells.write_role(role, names.get)


def unit_names() -> list[str]:
    """Return the names by which units may be called in a manual."""
    return [*cells.PLACE_WORDS.values(), *_names().values()]


def read_rule_cells(said: Mapping[str, str]) -> tuple[Row, dict[str, str]]:
    """Return the rule that these cells say, and for each that can't be read its sentence."""
    wrong: dict[str, str] = {}
    conditions = _conditions(said, wrong)
    target = _role_or_wrong(said["target"], "target", wrong)
    return {"name": said["name"], "target": target, "conditions": conditions, "note": said.get("note", "")}, wrong


def unit_role(name: str) -> str | None:
    """Return the role of the open unit with this name, code or role; None where there is none, or several."""
    kind, _colon, code = name.partition(":")
    if code and kind in {"department", "unit"}:
        found = accounts.unit_by_code(code)
        return name if found and found.is_open else None
    named = [unit for unit in accounts.units() if name in {unit.name, unit.code}]
    return f"department:{named[0].code}" if len(named) == 1 else None


def _names() -> dict[str, str]:
    """Return the name by role, for names that only one open unit bears and that mean nothing else."""
    units = accounts.units()
    once = {unit.name: unit for unit in units if sum(other.name == unit.name for other in units) == 1}
    taken = {*cells.PLACES_READ, *(unit.code for unit in units)}
    return {f"department:{unit.code}": name for name, unit in once.items() if name not in taken}


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            yield (
                name,
                [
                    [_text(cell) for cell in row]
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            )
    except python_calamine.CalamineError as problem:
        raise FileRefusedError(
            _("This is not a workbook that we can read; save it as XLSX and send it again.")
        ) from problem


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def _data(header: Header, rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
    """Yield (row, cells by field, the county's own cells) for each row below the header that is not empty."""
    for number, row in enumerate(rows, start=1):
        if number > header.row and any(cell.strip() for cell in row):
            wide = [*row, *[""] * (max([*header.fields.values(), *header.own.values()]) + 1 - len(row))]
            said = {name: _trimmed(name, wide[at]) for name, at in header.fields.items()}
            yield number, said, {name: wide[at] for name, at in header.own.items()}


def _trimmed(name: str, cell: str) -> str:
    kept = cell.strip()
    return kept + "\n" if kept and cell.endswith("\n") and name in {"keywords", "co_units"} else kept


def _read_matters(manual: Manual, sheet: str, header: Header, rows: Sequence[Sequence[str]]) -> None:
    manual.columns += [name for name in header.own if name not in manual.columns]
    upper = ""
    codes = {item["code"] for item in manual.items if item.get("code")}
    for number, said, own in _data(header, rows):
        upper = said["class1"] = said.get("class1") or upper  # merged cells hold their words in the first row only
        item, wrong = sheets.read_matter(said, unit_role)
        code = item.get("code", "")
        if code and code in codes:
            wrong["code"] = _("The code %(code)s stands there twice.") % {"code": code}
        if wrong:
            _set_aside(manual, sheet, number, header, said, own, wrong)
            continue
        codes.add(code)
        manual.items.append({**item, "more": {name: cell for name, cell in own.items() if cell}, "said": set(said)})


def _read_areas(manual: Manual, sheet: str, header: Header, rows: Sequence[Sequence[str]]) -> None:
    manual.areas = manual.areas or []
    for number, said, own in _data(header, rows):
        wrong = {}
        area = regions.division_by_code(said["area"])
        if area is None:
            wrong["area"] = _("There is no area with this code; look it up in the list of areas.")
        role = _role_or_wrong(said["lead"], "lead", wrong)
        if wrong or area is None:
            _set_aside(manual, sheet, number, header, said, own, wrong)
            continue
        manual.areas.append({"matter_code": said["code"], "division_id": area.id, "lead": role})


def _read_rules(manual: Manual, sheet: str, header: Header, rows: Sequence[Sequence[str]]) -> None:
    manual.rules = manual.rules or []
    for number, said, own in _data(header, rows):
        rule, wrong = read_rule_cells(said)
        if wrong:
            _set_aside(manual, sheet, number, header, said, own, wrong)
            continue
        manual.rules.append(rule)


def _conditions(said: Mapping[str, str], wrong: dict[str, str]) -> Row:
    found: Row = {name: cells.read_list(said.get(name, "")) for name in ("matters", "words")}
    found["classes"] = [[part.strip() for part in one.split(">")] for one in cells.read_list(said.get("classes", ""))]
    codes = cells.read_list(said.get("areas", ""))
    areas = [regions.division_by_code(code) for code in codes]
    if None in areas:
        wrong["areas"] = _("There is no area with this code; look it up in the list of areas.")
    found["areas"] = [area.id for area in areas if area]
    for name, words in (("channels", cells.CHANNEL_WORDS), ("grades", sheets.GRADES)):
        try:
            found[name] = cells.read_words(said.get(name, ""), words)
        except cells.CellError as problem:
            wrong[name] = str(problem)
    try:
        found["hours"] = cells.read_hours(said["hours"]) if said.get("hours") else []
    except cells.CellError as problem:
        wrong["hours"] = str(problem)
    return {name: value for name, value in found.items() if value}


def _role_or_wrong(cell: str, name: str, wrong: dict[str, str]) -> str:
    try:
        return cells.read_role(cell, unit_role)
    except cells.CellError as problem:
        wrong[name] = str(problem)
        return ""


def _set_aside(  # noqa: PLR0917  private: one row with all that is known of it
    manual: Manual,
    sheet: str,
    number: int,
    header: Header,
    said: Mapping[str, str],
    own: Mapping[str, str],
    wrong: Mapping[str, str],
) -> None:
    problems = []
    for name, sentence in wrong.items():
        at = header.fields.get(name)
        title = header.names[at] if at is not None else sheets.COLUMNS.get(name, name)
        letter = sheets.column_letter(at) if at is not None else ""
        problems.append(CellProblem(sheet, number, letter, title.strip(), said.get(name, ""), sentence))
    manual.problems += problems
    kept = {header.names[at].strip(): said[name] for name, at in header.fields.items()} | dict(own)
    manual.unread.append({"sheet": sheet, "row": number, "cells": kept, "problems": [vars(one) for one in problems]})


def _sentences(row: Row) -> str:
    return "\n".join(f"{one['column']}{one['row']} {one['header']}: {one['sentence']}" for one in row["problems"])


def _area_rows(duty_list: DutyList, name_of: Any) -> Iterator[list[str]]:
    for row in AreaDuty.objects.filter(duty_list=duty_list).order_by("matter_code", "division_id"):
        area = regions.division(row.division_id)
        yield [row.matter_code, area.code, area.name, cells.write_role(row.lead, name_of)]


def _rule_rows(duty_list: DutyList, name_of: Any) -> Iterator[list[str]]:
    for place, rule in enumerate(duty_list.rules.all(), start=1):
        yield [str(place), *rule_cells(rule, name_of).values()]


def _write(
    sheet: "Worksheet", title: str, head: Iterable[str], rows: Iterable[Sequence[str]], fields: Sequence[str] = ()
) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  slow to import, and few make files

    sheet.title = title
    sheet.append(list(head))
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        wide = cell.column <= len(fields) and fields[cell.column - 1] in WIDE
        sheet.column_dimensions[cell.column_letter].width = 36 if wide else 16
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            if value:
                cell = sheet.cell(number, at, value)
                cell.data_type = "s"  # what begins with = is words here, never a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
