"""How a value is to be written in a column: layouts of days, words for codes, digits, units, levels of areas."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from linli.sheets.rules.amounts import amount, differs
from linli.sheets.rules.grids import Value
from linli.sheets.rules.labels import taken_apart
from linli.sheets.rules.layouts import Column
from linli.sheets.rules.ranges import ranges_of
from linli.sheets.rules.transforms import Transform, made

DEFAULT_DAY = "%Y-%m-%d"
USUAL = {"男性": "男", "女性": "女"}  # what forms write for labels of code tables
YES, NO = "是", "否"
YES_NO = ((YES, NO), ("有", "无"), ("√", ""), ("1", "0"), ("Y", "N"))
_YES = re.compile(r"(\d|[YyTt])\s*[=＝:：是代]\s*(?:是|有|yes)|是\s*[=＝]\s*(\d|[YyTt])")
_MASKS = (
    (re.compile(r"y{4}([-/.年])m{1,2}\1?d{1,2}", re.IGNORECASE), None),
    (re.compile(r"yyyymmdd|8位", re.IGNORECASE), "%Y%m%d"),
    (re.compile(r"yyyymm(?!d)|6位", re.IGNORECASE), "%Y%m"),
    (re.compile(r"y{4}[-]m{1,2}(?!.?d)", re.IGNORECASE), "%Y-%m"),
    (re.compile(r"y{4}[.]m{1,2}(?!.?d)", re.IGNORECASE), "%Y.%m"),
    (re.compile(r"y{4}[/]m{1,2}(?!.?d)", re.IGNORECASE), "%Y/%m"),
)
_EXAMPLES = (
    (re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"), "%Y年%m月%d日"),
    (re.compile(r"(?:19|20)\d{2}年\d{1,2}月"), "%Y年%m月"),
    (re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}"), "%Y-%m-%d"),
    (re.compile(r"(?:19|20)\d{2}/\d{1,2}/\d{1,2}"), "%Y/%m/%d"),
    (re.compile(r"(?:19|20)\d{2}\.\d{1,2}\.\d{1,2}"), "%Y.%m.%d"),
    (re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)"), "%Y%m%d"),
    (re.compile(r"(?:19|20)\d{2}-\d{1,2}(?!\d)"), "%Y-%m"),
    (re.compile(r"(?:19|20)\d{2}\.\d{1,2}(?!\d)"), "%Y.%m"),
    (re.compile(r"(?:19|20)\d{2}/\d{1,2}(?!\d)"), "%Y/%m"),
    (re.compile(r"(?<!\d)(?:19|20)\d{4}(?!\d)"), "%Y%m"),
)
_TAIL = re.compile(r"[后末]([一二三四五六七八九\d])位")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ON = re.compile(r"(?:截[至止到]|计算[至到])?(20\d{2})[年.\-/](\d{1,2})[月.\-/](\d{1,2})")


def conversion(column: Column, kind: str, written: str, codes: Mapping[str, str], *, kept_as: str = "") -> Transform:
    """Return how a value of a type (`kind`) is written in a column. `written` is what its name already says.

    `kept_as` is the name of the element, which says for which time and in which unit an amount is kept.
    """
    said, _colon, setting = written.partition(":")
    if said == "date" or (not said and kind == "date"):
        return made("date", layout=day_layout(column, setting or DEFAULT_DAY))
    if said:
        return made(said, level=setting) if said == "area" else made(said)
    whole = " ".join((*column.path, column.hint))
    if kind in {"citizen_id", "phone"}:
        return _digits(whole, kind)
    return _worded(column, kind, codes) if kind != "number" else _figure(column, kept_as)


def day_layout(column: Column, otherwise: str) -> str:
    """Return how a day is written: by what the form says, by its number format, by what stands there already."""
    said = " ".join((column.path[-1], column.hint))
    for pattern, layout in _MASKS:
        if match := pattern.search(said):
            return layout or _marked(match.group(1))
    for text in (said, *map(str, (value for value in column.samples[:5] if not isinstance(value, date | datetime)))):
        for pattern, layout in _EXAMPLES:
            if pattern.search(text):
                return layout
    return _formatted(column.number_format) or otherwise


def of_day(column: Column) -> str:
    """Return the day by which an age is counted, as an ISO day; empty: the day of filling."""
    match = _ON.search(" ".join((*column.path, column.hint)))
    return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}" if match else ""


def flag_words(column: Column) -> tuple[str, str]:
    """Return the words for yes and no that a column uses."""
    return words_of_flag(column.path, column.choices or column.samples, column.hint)


def words_of_flag(path: Sequence[str], values: Sequence[Value], hint: str = "") -> tuple[str, str]:
    """Return the same by the names of a column, what it lists or shows, and the hint below it."""
    words = {str(value).strip() for value in values}
    for yes, no in YES_NO:
        if yes in words or (no and no in words):
            return yes, no
    told = " ".join((*path, hint))
    if match := _YES.search(told):
        yes = match.group(1) or match.group(2)
        return yes, "0" if yes == "1" else "2" if yes == "0" else ""
    if "√" in told or "打勾" in told:
        return "√", ""
    return ("有", "无") if "有无" in path[-1] else (YES, NO)


def _worded(column: Column, kind: str, codes: Mapping[str, str]) -> Transform:
    if kind not in {"flag", "code"} and column.path[-1].startswith(("是否", "有无")):
        yes, no = flag_words(column)
        return made("flag", yes=yes, no=no, when=["known", ""])
    if kind == "flag":
        yes, no = flag_words(column)
        return made("flag", yes=yes, no=no)
    if kind == "code":
        return _coded(column, codes)
    return made("area", level="") if kind == "area" else made("text")


def _figure(column: Column, kept_as: str) -> Transform:
    """Return how a number is written: in ranges, as money, in a unit."""
    unit = taken_apart(column.path[-1]).unit
    if column.path[-1].startswith(("是否", "有无")):
        return _worded(column, "", {})
    if table := ranges_of(column.choices, column.hint):
        return made("range", table=[list(one) for one in table])
    if unit in {"yuan", "ten_thousand"} or (not unit and differs(column.path, kept_as)):
        return amount(column.path, column.hint, unit or "yuan", kept_as)
    return made("number", unit=unit) if unit else made("text")


def _coded(column: Column, codes: Mapping[str, str]) -> Transform:
    """Return whether codes or labels are written, and in which words of the form."""
    values = [str(value).strip() for value in (column.choices or column.samples)]
    if "代码" in column.path[-1] or (values and all(value in codes for value in values) and codes):
        return made("code", write="code")
    words = {label: near for label in codes.values() if (near := nearest(label, column.choices)) and near != label}
    words = words or {label: USUAL[label] for label in codes.values() if label in USUAL}
    return made("code", write="label", words=words) if words else made("code", write="label")


def nearest(label: str, choices: Sequence[str]) -> str:
    """Return the word of a drop-down list that stands for a label of a code table; empty where none does."""
    short = label.removesuffix("性").removesuffix("教育").removesuffix("族")
    for choice in choices:
        if choice in {label, short} or (len(choice) > 1 and (choice in label or short in choice)):
            return choice
    return ""


def _digits(text: str, kind: str) -> Transform:
    if match := _TAIL.search(text):
        return made("tail", digits=_number(match.group(1)))
    is_old = kind == "citizen_id" and "15位" in text and "18" not in text
    return made("id15", digits=15) if is_old else made("text")


def _number(text: str) -> int:
    return _DIGITS.get(text) or int(text)


def _marked(mark: str) -> str:
    return "%Y年%m月%d日" if mark == "年" else f"%Y{mark}%m{mark}%d"


def _formatted(number_format: str) -> str:
    plain = number_format.lower().replace('"', "").replace("\\", "").split(";")[0]
    if "yy" not in plain:
        return ""
    layout = re.sub(r"yyyy|yy", "%Y", plain)
    layout = re.sub(r"(?<!%)m{1,2}", "%m", layout)
    layout = re.sub(r"(?<!%)d{1,2}", "%d", layout)
    return re.sub(r"[^%Ymd年月日./\-]", "", layout)


__all__ = ["NO", "YES", "conversion", "day_layout", "flag_words", "nearest", "of_day", "words_of_flag"]
