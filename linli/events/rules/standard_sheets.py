"""The sheets of a manual: which column holds what, where the header stands, and a row as the fields of a matter."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linli.events.rules import standard_cells as cells

MATTERS, AREAS, RULES, UNREAD = "事项", "属地例外", "分拨规则", "未读入的行"
CLASSES = ("大类", "小类", "三级分类", "四级分类", "五级分类")
LEVELS = {"county": "县级责任单位", "street": "街道责任单位", "community": "社区责任单位"}
COLUMNS = {
    "code": "事项编码",
    **{f"class{depth}": word for depth, word in enumerate(CLASSES, start=1)},
    "name": "事项名称",
    "lead": "责任单位",
    "opening_words": "立案条件",
    "limit": "处置时限",
    "closing_words": "结案条件",
    "note": "备注",
    "grade": "等级",
    "nature": "性质",
    "keywords": "关键词",
    "description": "说明",
    **{f"lead_{level}": word for level, word in LEVELS.items()},
    "co_units": "协办单位",
    "fallback": "兜底单位",
    "legal_basis": "法律依据",
    "duty_kind": "履职类型",
    "accept_hours": "接单时限（工作时）",
    "contact_hours": "首次联系时限（工作时）",
    "check_hours": "核查时限（工作时）",
    "closing_conditions": "结案核对项",
    "evidence": "佐证材料",
    "templates": "答复模板",
}
SYNONYMS = {
    "code": ("编码", "编号", "小类代码", "事项代码"), "class1": ("一级分类", "类别", "主类"), "class2": ("二级分类",),
    "class3": ("细类",), "name": ("事项", "问题名称", "案件名称"),
    "lead": ("主办单位", "责任部门", "处置部门", "牵头单位"), "opening_words": ("立案标准", "立案规范"),
    "limit": ("处置时间", "办理时限", "时限"), "closing_words": ("结案标准", "结案规范"),
    "grade": ("级别", "分级"), "legal_basis": ("法规依据", "依据"), "co_units": ("协办部门", "配合单位"),
    "accept_hours": ("接单时限",), "contact_hours": ("首次联系时限", "联系时限"), "check_hours": ("核查时限",),
}  # fmt: skip
AREA_COLUMNS = {"code": "事项编码", "area": "区划代码", "area_name": "区划名称", "lead": "例外单位"}
RULE_COLUMNS = {
    "place": "次序", "name": "规则名称", "matters": "适用事项", "classes": "适用分类",
    "areas": "适用区划", "channels": "渠道",
    "words": "含词", "hours": "时段", "grades": "等级", "target": "交给", "note": "备注",
}  # fmt: skip
TEXTS = ("opening_words", "closing_words", "note", "nature", "description", "legal_basis")
HOURS = ("accept_hours", "contact_hours", "check_hours")
LONGEST = {"nature": 40, "legal_basis": 300, "name": 100, "code": 40}
GRADES = {"A": "A", "B": "B", "C": "C"}
NEEDED = {"limit", "lead"}

UnitNamed = Callable[[str], str | None]


@dataclass(frozen=True)
class CellProblem:
    """A cell that can't be read: sheet, row and column as the program shows them, what stands there, and why."""

    sheet: str
    row: int
    column: str
    header: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Header:
    """A recognised header: the kind of sheet, its row, and the columns by field; `own` are the county's own."""

    kind: str
    row: int
    fields: Mapping[str, int]
    own: Mapping[str, int]
    names: Sequence[str]


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header among the first rows of a sheet; titles may stand above it. None: not a sheet of ours."""
    for number, row in enumerate(rows[:20], start=1):
        plain = [_plain(cell) for cell in row]
        for kind, columns in ((RULES, RULE_COLUMNS), (AREAS, AREA_COLUMNS), (MATTERS, COLUMNS)):
            fields = _fields(plain, columns, SYNONYMS if kind == MATTERS else {})
            if _enough(kind, fields):
                taken = set(fields.values())
                own = {name.strip(): at for at, name in enumerate(row) if at not in taken and name.strip()}
                return Header(kind, number, fields, own if kind == MATTERS else {}, list(row))
    return None


def column_letter(index: int) -> str:
    """Return the letter of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_matter(said: Mapping[str, str], unit_named: UnitNamed) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the fields of a matter that a row says, and for each cell that can't be read its sentence."""
    item: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, read in _readers(unit_named).items():
        cell = said.get(field)
        if cell is None:
            continue
        try:
            if cell:
                item |= read(cell)
            elif field in NEEDED:
                wrong[field] = _("This cell is empty; a matter needs it.")
        except cells.CellError as problem:
            wrong[field] = str(problem)
    return item | _path_and_name(said, wrong), wrong


def write_matter(item: Mapping[str, Any], name_of: Callable[[str], str | None], own: Iterable[str]) -> list[str]:
    """Return a matter as the cells of `COLUMNS`, then the county's own."""
    said = matter_cells(item, name_of)
    return [*(said[field] for field in COLUMNS), *(item["more"].get(name, "") for name in own)]


def matter_cells(item: Mapping[str, Any], name_of: Callable[[str], str | None]) -> dict[str, str]:
    """Return a matter as cells by field."""
    path = [*item["class_path"], *[""] * len(CLASSES)]
    return {
        **{field: item[field] for field in ("code", "name", "grade", *TEXTS)},
        **{f"class{depth}": path[depth - 1] for depth in range(1, len(CLASSES) + 1)},
        **{f"lead_{level}": _role(item["leads"].get(level, ""), name_of) for level in LEVELS},
        **{field: str(item[field]) for field in HOURS},
        "lead": _role(item["lead"], name_of),
        "fallback": _role(item["fallback"], name_of),
        "co_units": cells.write_list([_role(role, name_of) for role in item["co_units"]]),
        "limit": cells.write_limit(item),
        "keywords": cells.write_list(item["keywords"]),
        "duty_kind": cells.DUTY_WORDS[item["duty_kind"]],
        "closing_conditions": cells.write_words(item["closing_conditions"], cells.CONDITION_WORDS),
        "evidence": cells.write_evidence(item["evidence"]),
        "templates": cells.write_templates(item["templates"]),
    }


def _readers(unit_named: UnitNamed) -> dict[str, Callable[[str], dict[str, Any]]]:
    def role(cell: str) -> str:
        return cells.read_role(cell, unit_named)

    return {
        "limit": cells.read_limit,
        "lead": lambda cell: {"lead": role(cell)},
        "fallback": lambda cell: {"fallback": role(cell)},
        "co_units": lambda cell: {"co_units": [role(part) for part in cells.read_list(cell)]},
        "grade": lambda cell: {"grade": cells.read_word(cell, GRADES)},
        "keywords": lambda cell: {"keywords": cells.read_list(cell)},
        "duty_kind": lambda cell: {"duty_kind": cells.read_word(cell, cells.DUTY_WORDS)},
        "closing_conditions": lambda cell: {"closing_conditions": cells.read_words(cell, cells.CONDITION_WORDS)},
        "evidence": lambda cell: {"evidence": cells.read_evidence(cell)},
        "templates": lambda cell: {"templates": cells.read_templates(cell)},
        **{field: _text_reader(field) for field in (*TEXTS, "code")},
        **{field: _hours_reader(field) for field in HOURS},
        **{f"lead_{level}": _level_reader(level, role) for level in LEVELS},
    }


def _text_reader(field: str) -> Callable[[str], dict[str, Any]]:
    return lambda cell: {field: _short(field, cell)}


def _hours_reader(field: str) -> Callable[[str], dict[str, Any]]:
    return lambda cell: {field: cells.read_number(cell)}


def _level_reader(level: str, role: Callable[[str], str]) -> Callable[[str], dict[str, Any]]:
    return lambda cell: {f"lead_{level}": role(cell)}


def _short(field: str, cell: str) -> str:
    if len(cell) > LONGEST.get(field, len(cell)):
        raise cells.CellError(_("This is too long; at most %(most)s characters fit.") % {"most": LONGEST[field]})
    return cell


def _path_and_name(said: Mapping[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    path = [said.get(f"class{depth}", "") for depth in range(1, len(CLASSES) + 1)]
    while path and not path[-1]:
        path.pop()
    if not path:
        wrong["class1"] = _("The class is missing; write at least the first.")
    for depth, name in enumerate(path, start=1):
        if not name:
            wrong[f"class{depth}"] = _("A class is missing between two others.")
        elif path.index(name) < depth - 1:
            wrong[f"class{depth}"] = _("A class can't lie in itself; rename one of them.")
        elif len(name) > 60:  # noqa: PLR2004  the length of the column
            wrong[f"class{depth}"] = _("This is too long; at most %(most)s characters fit.") % {"most": 60}
    name = said.get("name") or (path[-1] if path else "")
    if len(name) > LONGEST["name"]:
        wrong["name"] = _("This is too long; at most %(most)s characters fit.") % {"most": LONGEST["name"]}
    return {"class_path": path, "name": name}


def _role(role: str, name_of: Callable[[str], str | None]) -> str:
    return cells.write_role(role, name_of) if role else ""


def _fields(plain: Sequence[str], columns: Mapping[str, str], synonyms: Mapping[str, Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, word in columns.items():
        for one in (word, *synonyms.get(field, ())):
            if _plain(one) in plain and plain.index(_plain(one)) not in found.values():
                found[field] = plain.index(_plain(one))
                break
    return found


def _enough(kind: str, fields: Mapping[str, int]) -> bool:
    needed = {RULES: {"name", "target"}, AREAS: {"code", "area", "lead"}, MATTERS: {"lead", "limit"}}[kind]
    named = kind != MATTERS or bool({"class1", "class2", "name"} & set(fields))
    return needed <= set(fields) and named


def _plain(name: str) -> str:
    return re.sub(r"[\s*＊:：]+", "", name).replace("(", "（").replace(")", "）")
