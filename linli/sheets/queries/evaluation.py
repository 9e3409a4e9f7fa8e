"""How well forms are read and bound: header paths with their cells, first proposals, and what was sure and wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linli.kernel import slots
from linli.sheets.queries.inspecting import inspected
from linli.sheets.rules.refusals import SheetRefusedError

GOLD = "gold.json"
SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "forms.zip"  # the thirty forms of the demo county
NOTHING: dict[str, Any] = {"columns": [], "kind": "", "body": None}


@dataclass
class Tally:
    """Counts over the columns of some forms; `wrong` says which column went wrong and how."""

    files: int = 0
    columns: int = 0
    headers: int = 0
    surplus: int = 0
    proposals: int = 0
    sure: int = 0
    sure_wrong: int = 0
    kinds: int = 0
    bodies: int = 0
    tables: int = 0
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return the figures as they are printed."""
        return {
            "files": self.files,
            "tables": self.tables,
            "columns": self.columns,
            "header paths right": _share(self.headers, self.columns + self.surplus),
            "first proposal right": _share(self.proposals, self.columns),
            "sure": _share(self.sure, self.columns),
            "sure and wrong": _share(self.sure_wrong, self.sure),
            "kind of table right": _share(self.kinds, self.tables),
            "rows to fill right": _share(self.bodies, self.tables),
        }


def evaluate_forms(folder: Path) -> Tally:
    """Return the tally over the forms of a folder that has a gold.json. Raises NotJudgeableError."""
    try:
        gold = json.loads((folder / GOLD).read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise slots.NotJudgeableError(f"{folder / GOLD}: {problem}") from problem
    tally = Tally()
    for form in gold:
        tally.files += 1
        _judge_file(tally, form, folder / form["file"])
    return tally


def _judge_file(tally: Tally, form: Mapping[str, Any], path: Path) -> None:
    try:
        found = inspected(path.read_bytes(), path.name)["tables"]
    except SheetRefusedError as problem:
        found = []
        tally.wrong.append(f"{path.name}: {problem}")
    for table in form["tables"]:
        tally.tables += 1
        best = max(found, key=lambda one: _common(one, table), default=NOTHING)
        _judge_table(tally, path.name, table, best)
        tally.surplus += sum(not _named(one, table["columns"]) for one in best["columns"])
    strange = (one for one in found if not any(_common(one, table) for table in form["tables"]))
    tally.surplus += sum(len(one["columns"]) for one in strange)


def _common(found: Mapping[str, Any], table: Mapping[str, Any]) -> int:
    return sum(_named(one, table["columns"]) for one in found["columns"])


def _named(one: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> bool:
    return any(one["path"] == other["path"] and one["ranges"] == other["spans"] for other in columns)


def _judge_table(tally: Tally, name: str, table: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    rows = table["body"] if table["body"][1] >= table["body"][0] else None
    tally.kinds += found["kind"] == table["kind"]
    tally.bodies += _rows(found["body"]) == rows
    if found["kind"] != table["kind"]:
        tally.wrong.append(f"{name}: is read as {found['kind']}")
    if _rows(found["body"]) != rows:
        tally.wrong.append(f"{name}: rows {found['body']}, gold {table['body']}")
    for column in table["columns"]:
        tally.columns += 1
        one = _of(found["columns"], column)
        if one and _named(one, [column]):
            tally.headers += 1
        else:
            tally.wrong.append(f"{_called(name, column)} {column['spans']} is not read as such")
        _judge_column(tally, name, column, one)


def _of(found: Sequence[Mapping[str, Any]], column: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what was read of a column of the gold. Names on a card stand below each other in one column."""
    exact = (one for one in found if _named(one, [column]))
    return next(exact, None) or next((one for one in found if one["column"] == column["column"]), None)


def _judge_column(tally: Tally, name: str, column: Mapping[str, Any], one: Mapping[str, Any] | None) -> None:
    if one is None:
        return
    is_right = one["element"] == column["element"] and _agrees(one["transform"]["kind"], column["transform"])
    tally.proposals += is_right
    tally.sure += one["sure"]
    tally.sure_wrong += one["sure"] and not is_right
    if not is_right:
        said = f"{one['element'] or '-'} {one['transform']['kind']} {one['confidence']}"
        gold = f"{column['element'] or '-'} {column['transform']}"
        tally.wrong.append(f"{_called(name, column)} is {gold}, not {said}")


def _called(name: str, column: Mapping[str, Any]) -> str:
    return f"{name}: {'/'.join(column['path'])}"


def _agrees(found: str, gold: str) -> bool:
    """Plain words, plain numbers and amounts of money are written alike."""
    plain = {"text", "number", "amount"}
    return found == gold or (found in plain and gold in plain)


def _rows(body: str | None) -> list[int] | None:
    if body is None:
        return None
    first, _colon, last = body.partition(":")
    return [int("".join(filter(str.isdigit, part))) for part in (first, last or first)]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


__all__ = ["Tally", "evaluate_forms"]
