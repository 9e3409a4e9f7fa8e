"""XLSForm out and in, for those who ask with ODK or Kobo: survey, choices, settings (https://xlsform.org)."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.sheets.rules.binding import ElementLike
from linli.sheets.rules.designs import BY_ITSELF, COUNTED, KINDS, Design, DesignColumn
from linli.sheets.rules.grids import Book, Grid
from linli.sheets.rules.overlap import plain
from linli.sheets.rules.transforms import made
from linli.sheets.rules.wording import KIND_OF_TABLE, path_words, usual_transform

SURVEY = ("type", "name", "label::中文 (zh)", "constraint", "constraint_message::中文 (zh)", "appearance")
CHOICES = ("list_name", "name", "label::中文 (zh)")
SETTINGS = ("form_title", "form_id", "version", "default_language")
LANGUAGE = "中文 (zh)"
TYPES = {"date": "date", "number": "decimal", "flag": "select_one yes_no"}
CITIZEN_ID = "regex(., '^[1-9][0-9]{16}[0-9X]$')"  # GB 11643: 17 digits and a check character
CREDIT_CODE = "regex(., '^[0-9A-HJ-NPQRTUWXY]{18}$')"  # GB 32100: 18 characters without I, O, S, V, Z
MOBILE = "regex(., '^1[3-9][0-9]{9}$')"
AGAIN = re.compile(r"___\d+$")
Row = tuple[str, ...]


def workbook_of(
    design: Design, elements: Iterable[ElementLike], codes: Mapping[str, Mapping[str, str]], *, version: str
) -> bytes:
    """Return the XLSForm of a design. What follows from other columns is left out: nobody answers it.

    `elements` is the dictionary, `codes` the code tables as {table: {code: label}}, `version` says which edition it is.
    """
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and few make files

    known = {(one.kind, one.code): one for one in elements}
    questions = list(_questions(design, known))
    tables = sorted({row[0].partition(" ")[2] for row in questions if row[0].startswith("select_one ")})
    digest = hashlib.sha256(repr(design).encode()).hexdigest()[:10]
    sheets: dict[str, list[Row]] = {
        "survey": [SURVEY, *questions],
        "choices": [CHOICES, *(row for name in tables for row in _choices(name, codes))],
        "settings": [SETTINGS, (design.title, f"{design.kind}_{digest}", version, LANGUAGE)],
    }
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([kernel.safe_cell(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def design_of(book: Book, elements: Iterable[ElementLike]) -> Design | None:
    """Return what an XLSForm asks for, bound by the names or labels of its questions; None where the book is none."""
    survey = next((grid for grid in book.grids if grid.name.strip().lower() == "survey"), None)
    lines = _lines(survey) if survey else []
    if not lines or not {"type", "name"} <= set(lines[0]):
        return None
    settings = next((_lines(grid) for grid in book.grids if grid.name.strip().lower() == "settings"), [])
    about = settings[0] if settings else {}
    known = {(one.kind, one.code): one for one in elements}
    kind = about.get("form_id", "").partition("_")[0]
    kind = kind if kind in KINDS else _kind_by_names(lines)
    return Design(about.get("form_title", ""), kind, tuple(_columns(lines, kind, known)))


def name_of(element: str, place: int) -> str:
    """Return what a question is called: its element with __ for dots, else its place."""
    return element.replace(".", "__") if element else f"q_{place + 1}"


def _questions(design: Design, known: Mapping[tuple[str, str], ElementLike]) -> Iterable[Row]:
    group, used, opened = "", dict[str, int](), 0
    for place, one in enumerate(design.columns):
        if one.transform.kind in BY_ITSELF | COUNTED:
            continue
        if one.group != group:
            if group:
                yield _row("end_group")
            group = one.group
            if group:
                opened += 1
                yield _row("begin_group", f"group_{opened}", group)
        name = name_of(one.element, place)
        used[name] = used.get(name, 0) + 1
        name = name if used[name] == 1 else f"{name}___{used[name]}"
        yield _question(one, name, known)
    if group:
        yield _row("end_group")


def _question(one: DesignColumn, name: str, known: Mapping[tuple[str, str], ElementLike]) -> Row:
    element = known.get((registry.kind_at(one.element), one.element.rpartition(".")[2])) if one.element else None
    label = one.path[-1]
    if element is None:
        return _row("text", name, label)
    if element.table:
        return _row(f"select_one {element.table}", name, label)
    if element.type == "citizen_id":
        return _row("text", name, label, CITIZEN_ID, _("18 digits, the last may be X."))
    if element.type == "credit_code":
        return _row("text", name, label, CREDIT_CODE, _("18 digits and capital letters."))
    if element.type == "phone":
        return _row("text", name, label, MOBILE, _("11 digits, beginning with 1."), "numbers")
    return _row(TYPES.get(element.type, "text"), name, label)


def _choices(name: str, codes: Mapping[str, Mapping[str, str]]) -> list[Row]:
    if name == "yes_no":
        return [(name, "1", _("yes")), (name, "0", _("no"))]
    return [(name, code, label) for code, label in codes.get(name, {}).items()]


def _row(*cells: str) -> Row:
    return (*cells, *[""] * (len(SURVEY) - len(cells)))


def _lines(grid: Grid) -> list[dict[str, str]]:
    """Return the rows of a sheet by the names of its columns; of labels in several languages the first."""
    if not grid.rows:
        return []
    heads = [str(cell or "").strip().lower().partition("::")[0] for cell in grid.rows[0]]
    found = []
    for row in grid.rows[1:]:
        line: dict[str, str] = {}
        for head, cell in zip(heads, row, strict=False):
            if head and head not in line:
                line[head] = kernel.true_cell(_text(cell)).strip()
        if any(line.values()):
            found.append(line)
    return found


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _columns(
    lines: Sequence[Mapping[str, str]], kind: str, known: Mapping[tuple[str, str], ElementLike]
) -> Iterable[DesignColumn]:
    groups: list[str] = []
    by_label = {plain(one.label): one for (of, _code), one in known.items() if of == KIND_OF_TABLE.get(kind, "person")}
    for line in lines:
        sort = line["type"].replace(" ", "_")
        if sort in {"begin_group", "begin_repeat"}:
            groups.append(line.get("label") or line["name"])
        elif sort in {"end_group", "end_repeat"}:
            groups = groups[:-1]
        elif line["name"] and sort not in {"note", "calculate", "start", "end", "today", "deviceid", "username"}:
            yield _column(line, tuple(groups), known, by_label)


def _column(
    line: Mapping[str, str], groups: tuple[str, ...], known: Mapping[tuple[str, str], ElementLike],
    by_label: Mapping[str, ElementLike],
) -> DesignColumn:  # fmt: skip
    path = AGAIN.sub("", line["name"]).replace("__", ".")
    element = known.get((registry.kind_at(path), path.rpartition(".")[2])) if "." in path else None
    label = line.get("label") or (path_words(path, element.label) if element else line["name"])
    if element is None and (element := by_label.get(plain(label))):
        path = f"{element.kind}.{element.code}"
    if element is None:
        return DesignColumn((*groups, label), "", made("blank"))
    return DesignColumn((*groups, label), path, usual_transform(element))


def _kind_by_names(lines: Sequence[Mapping[str, str]]) -> str:
    kinds = {kind: table for table, kind in KIND_OF_TABLE.items()}
    first = (line["name"].partition("__")[0] for line in lines)
    return next((kinds[one] for one in first if one in kinds), "persons")


__all__ = ["design_of", "name_of", "workbook_of"]
