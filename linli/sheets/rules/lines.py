"""What a row of a sheet is: title, what the form says of itself, hints, sums, signatures, explanations, data."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import pairwise

from linli.sheets.rules.boards import Cell
from linli.sheets.rules.grids import Span, Value
from linli.sheets.rules.labels import shown

LONGEST_LABEL = 60
OLDEST_YEAR, LAST_YEAR = 1949, 2100
SOME, HALF, MOST = 0.34, 0.5, 0.8
FIRST_CELLS = 4  # cells among which the word for a sum stands
LONG_NOTE = 18

_HARD = re.compile(
    r"\d{6,}|^1[3-9]\d{9}$|^\d{4}[-./年]\d{1,2}([-./月]\d{1,2}日?)?$|^-?\d+(\.\d+)?%?$|^[√✓×☑☒]$|^是$|^否$|^男$|^女$|^无$|^有$"
)
_TICKS = re.compile(r"[□☐○■☑].*[□☐○■☑]|[(（]\s*[)）].*[(（]\s*[)）]")
_FACT = re.compile(r"([\u3400-\u9fffA-Za-z（）()/、·]{1,20})\s*[:：]")
_OF_DAY = re.compile(r"^\D{0,6}(20\d\d|\s|_)*年(\d|\s|_)*月((\d|\s|_)*日)?$")
_BRACKET = re.compile(r"[(（][^)）]*[)）]")
_ABOUT = re.compile(
    r"填[报表写制]|制表|报送|上报|单位|日期|时间|联系|电话|负责|审核|审批|经办|统计|签[字章名]|盖章|公章|主管|领导|村|社区|街道|乡|镇|组|年度|月份|期间|编号|校对"
)
_HINT = re.compile(
    r"必填|选填|可选|不填|下拉|请(填|选|输)|填写|格式|示例|样例|例如|^[(（]?如[:：]|如[“\"].*[”\"]|例[:：]|^例$|yyyy|YYYY|mm-dd|MM-DD|"
    r"^\d=[^0-9]|=是|=否|自动|用[,;，；、].*分隔|位(身份证|数字|号码)|^[^/\d]{1,6}(/[^/\d]{1,8})+$|^限|不超过|保留.*小数|精确到|统一填"
)
_ORDINAL = re.compile(r"^[(（]?(\d{1,3})[)）]?(?:\s*[=＝].*)?$")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_TOTAL = re.compile(r"^[^\d]{0,8}(合计|总计|小计|共计|累计|汇总数|总数|合计数|总和)(数|金额|人数)?[:：]?$")
_NOTE = re.compile(
    r"^[（(]?(注|备注|说明|附注|填表说明|填报说明|填写说明|填表要求|填报要求|填写要求|要求|注意事项|指标解释|审核关系|温馨提示|提示)"
    r"(\d{0,2})[)）]?\s*[:：\d一1]"
)
_ITEM = re.compile(r"^\d{1,2}[、.．]\S{6,}")
_SECTION = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|^第.{1,3}[组网片部]")
_TITLE = re.compile(r"(表|册|台账|清单|名单|汇总|统计|情况|一览|登记|信息|台帐|记录|档案|公示)")
_ATTACHED = re.compile(r"^附[件表]?\s*[\d一二三四五六七八九十]*[:：]?$|^密级|^样表")
_FORMAL = re.compile(r"^(单位|计量单位)[:：]")


def is_label(cell: Cell) -> bool:
    """Tell whether a cell may be the name of a column: words, or a year, but no value."""
    value = cell.value
    if isinstance(value, int) and not isinstance(value, bool):
        return OLDEST_YEAR <= value <= LAST_YEAR
    return (
        isinstance(value, str)
        and len(cell.text) <= LONGEST_LABEL
        and not _HARD.search(cell.text)
        and not is_ticks(cell)
    )


def is_ticks(cell: Cell) -> bool:
    """Tell whether a cell holds boxes to tick: 是□ 否□."""
    return bool(_TICKS.search(cell.text))


def is_hard(value: Value) -> bool:
    """Tell whether a value is certainly no name of a column: a number, a day, an id, a tick."""
    if isinstance(value, bool | float | date | datetime | time):
        return True
    if isinstance(value, int):
        return not OLDEST_YEAR <= value <= LAST_YEAR
    return isinstance(value, str) and bool(_HARD.search(shown(value)))


def facts_in(cells: Sequence[Cell]) -> dict[str, Span]:
    """Return what a row says or asks about the form itself: the words before each colon, and where they stand."""
    found: dict[str, Span] = {}
    for cell in cells:
        for words in _FACT.findall(_BRACKET.sub("", cell.text)) if isinstance(cell.value, str) else ():
            if _ABOUT.search(words):
                found.setdefault(words.strip("、/"), cell.span)
    return found


def is_facts(cells: Sequence[Cell]) -> bool:
    """Tell whether a row speaks of the form itself: 填表单位、填表时间、负责人."""
    words = [cell for cell in cells if isinstance(cell.value, str)]
    spoken = [cell for cell in words if facts_in([cell]) or cell.text.endswith((":", "：")) or _OF_DAY.match(cell.text)]
    asks = any(not _OF_DAY.match(cell.text) for cell in spoken)
    return asks and len(spoken) >= HALF * len(words)


def is_wide(cells: Sequence[Cell]) -> bool:
    """Tell whether a row says one thing only."""
    return len({cell.text for cell in cells}) == 1


def is_note(cells: Sequence[Cell]) -> bool:
    """Tell whether a row explains the form."""
    if not cells or len(cells) > 2:  # noqa: PLR2004  "注：" may stand in a cell of its own
        return False
    text = cells[0].text
    marked = bool(_NOTE.search(text) or (text.rstrip("：: ") in {"注", "备注", "说明", "填表说明"} and len(cells) > 1))
    return marked or (len(cells) == 1 and (bool(_ITEM.search(text)) or (len(text) > LONG_NOTE and "。" in text)))


def is_title(cells: Sequence[Cell]) -> bool:
    """Tell whether a row names a form."""
    return is_wide(cells) and bool(_TITLE.search(cells[0].text)) and not is_note(cells)


def is_attachment(text: str) -> bool:
    """Tell whether words only say which attachment it is."""
    return bool(_ATTACHED.search(text)) or bool(_FORMAL.search(text))


def is_section(cells: Sequence[Cell], width: int) -> bool:
    """Tell whether a row within the rows to fill is the heading of a part."""
    if len(cells) != 1 or not isinstance(cells[0].value, str):
        return False
    return bool(_SECTION.search(cells[0].text)) or cells[0].span.width >= max(2, HALF * width)


def is_total(cells: Sequence[Cell]) -> bool:
    """Tell whether a row holds sums."""
    return any(isinstance(cell.value, str) and _TOTAL.search(cell.text) for cell in cells[:FIRST_CELLS])


def is_hints(cells: Sequence[Cell]) -> bool:
    """Tell whether a row tells how to fill the columns above it, numbers them, or shows an example."""
    if not cells:
        return False
    if is_numbering(cells) or cells[0].text.strip("（()）:：") in {"例", "示例", "样例", "填写示例", "举例", "范例"}:
        return True
    words = [cell for cell in cells if isinstance(cell.value, str)]
    told = sum(bool(_HINT.search(cell.text)) for cell in words)
    return told >= 1 and told >= (HALF if len(words) < 4 else SOME) * len(cells)  # noqa: PLR2004


def is_hint(text: str) -> bool:
    """Tell whether the words of one cell tell how to fill it."""
    whole = text.strip()
    return bool(_HINT.search(whole)) or (whole[:1] in "(（" and whole[-1:] in ")）" and len(whole) > 2)  # noqa: PLR2004


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Tell whether a row numbers the columns: 甲 乙 1 2 3, (1) (2) (3)."""
    places = [place for place in map(_ordinal, cells) if place is not None]
    numbers = [place for place in places if place]
    enough = len(places) == len(cells) >= 3  # noqa: PLR2004
    rising = all(after - before == 1 for before, after in pairwise(numbers))
    return enough and rising and ((len(numbers) >= 3 and numbers[0] in {0, 1, 2}) or len(numbers) < len(places))  # noqa: PLR2004


def _ordinal(cell: Cell) -> int | None:
    """Return which number a cell gives its column; 0 for 甲, 乙 and the like; None where it gives none."""
    text = cell.text.strip()
    if text in {"栏次", "栏目", "序号", "—", "-"} or (len(text) == 1 and text in _STEMS):
        return 0
    if len(text) == 1 and text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    match = _ORDINAL.match(text)
    return int(match.group(1)) if match else None


def joined(cells: Iterable[Cell]) -> str:
    """Return the words of a row."""
    return " ".join(cell.text for cell in cells)


__all__ = ["facts_in", "is_attachment", "is_facts", "is_hard", "is_hint", "is_hints", "is_label", "is_note",
           "is_numbering", "is_section", "is_ticks", "is_title", "is_total", "is_wide",
           "joined"]  # fmt: skip
