"""The cells of a manual 立案结案标准: limits with stages, units by name, lists, templates; no loss."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

UNIT_WORDS = {"work_hour": "工作时", "work_day": "工作日", "calendar_day": "自然日"}
UNITS_READ = {
    **{word: unit for unit, word in UNIT_WORDS.items()},
    "工作小时": "work_hour", "小时": "work_hour", "工作天": "work_day", "天": "calendar_day", "日": "calendar_day",
}  # fmt: skip
LIMIT = re.compile(r"^(.*?)[：:\s]*(\d+)\s*个?(工作小时|工作时|小时|工作日|工作天|自然日|天|日)内?$", re.DOTALL)
PLACE_WORDS = {"street": "街道", "community": "社区", "centre": "中心"}
PLACES_READ = {
    **{word: role for role, word in PLACE_WORDS.items()},
    "街道办": "street", "街道办事处": "street", "属地街道": "street", "乡镇": "street", "镇街": "street",
    "乡镇（街道）": "street", "乡镇街道": "street", "村（社区）": "community", "村社区": "community",
    "居委会": "community", "县中心": "centre", "社会治理中心": "centre",
}  # fmt: skip
DUTY_WORDS = {"basic": "基本履职", "supporting": "配合履职", "reserved": "上级收回"}
CONDITION_WORDS = {
    "reply_text": "答复反映人", "photo_after": "处置后照片", "reporter_contacted": "联系反映人",
    "reinspection": "现场复查", "registry_updated": "更新台账",
}  # fmt: skip
EVIDENCE_WORDS = {"photo": "照片", "document": "文书", "record": "记录"}
CHANNEL_WORDS = {"web": "居民端", "desk": "窗口", "hotline": "热线", "rest": "外部系统", "open311": "开放接口"}
SEPARATORS = re.compile(r"[、，,；;]")


class CellError(ValueError):
    """A cell can't be read; the message is a sentence that says why and what to write."""


def read_list(cell: str) -> list[str]:
    """Return the parts of a cell: its lines, else what stands between commas."""
    parts = cell.split("\n") if "\n" in cell else SEPARATORS.split(cell)
    return [part.strip() for part in parts if part.strip()]


def write_list(parts: Sequence[str]) -> str:
    """Return the parts as a cell that `read_list` reads again."""
    if any(SEPARATORS.search(part) for part in parts):
        return "\n".join(parts) + "\n"
    return "、".join(parts)


def read_limit(cell: str) -> dict[str, Any]:
    """Return handle_limit, handle_unit and stages of `4工作时` or `停工：4工作时；处罚：7工作日；拆除：20工作日`."""
    stages = [_stage(part) for part in re.split(r"[；;\n]", cell) if part.strip()]
    if not stages:
        raise CellError(_("Write the limit with its unit, such as 3 working days."))
    last = stages[-1]
    named = len(stages) > 1 or bool(last["name"])
    return {"handle_limit": last["limit"], "handle_unit": last["unit"], "stages": stages if named else []}


def write_limit(item: Mapping[str, Any]) -> str:
    """Return the limit as a cell."""
    if not item["stages"]:
        return f"{item['handle_limit']}{UNIT_WORDS[item['handle_unit']]}"
    return "；".join(f"{one['name']}：{one['limit']}{UNIT_WORDS[one['unit']]}" for one in item["stages"])


def read_number(cell: str) -> int:
    """Return a limit in whole hours, at least 1."""
    found = re.fullmatch(r"(\d+)\s*个?(?:工作小时|工作时|小时)?", cell)
    if not found:
        raise CellError(_("Write a whole number of working hours."))
    if not int(found[1]):
        raise CellError(_("The limit is zero; give it at least one hour or day."))
    return int(found[1])


def read_role(cell: str, unit_named: Callable[[str], str | None]) -> str:
    """Return the role of a unit: a kind of place, a role as it is kept, or the name or code of a unit."""
    if role := PLACES_READ.get(cell):
        return role
    if role := unit_named(cell):
        return role
    raise CellError(
        _("No open unit is called “%(name)s”; open it in the console or correct the name.") % {"name": cell}
    )


def write_role(role: str, name_of: Callable[[str], str | None]) -> str:
    """Return the unit's name, or the role itself where no single open unit has that name."""
    return PLACE_WORDS.get(role) or name_of(role) or role


def read_word(cell: str, words: Mapping[str, str]) -> str:
    """Return the code of one word, or the code itself."""
    for code, word in words.items():
        if cell in {code, word} or cell.lower() == code.lower() or cell.startswith(word):
            return code
    known = "、".join(words.values())
    raise CellError(_("“%(word)s” is not known here; write one of %(known)s.") % {"word": cell, "known": known})


def read_words(cell: str, words: Mapping[str, str]) -> list[str]:
    """Return the codes of several words."""
    return [read_word(part, words) for part in read_list(cell)]


def write_words(codes: Sequence[str], words: Mapping[str, str]) -> str:
    """Return the words of several codes."""
    return write_list([words.get(code, code) for code in codes])


def read_evidence(cell: str) -> dict[str, list[str]]:
    """Return which evidence each closing condition needs, of lines such as `处置后照片：照片`."""
    found = {}
    for line in (part for part in cell.split("\n") if part.strip()):
        condition, _colon, kinds = re.sub("[：:]", "：", line, count=1).partition("：")
        found[read_word(condition.strip(), CONDITION_WORDS)] = read_words(kinds, EVIDENCE_WORDS)
    return found


def write_evidence(evidence: Mapping[str, Sequence[str]]) -> str:
    """Return the evidence as lines."""
    lines = (
        f"{CONDITION_WORDS.get(one, one)}：{write_words(kinds, EVIDENCE_WORDS)}" for one, kinds in evidence.items()
    )
    return "\n".join(lines)


def read_templates(cell: str) -> list[dict[str, str]]:
    """Return the templates of a cell, each after its name: `【已解决】…`; without a name it is a single text."""
    if not cell.startswith("【"):
        return [{"name": "", "text": cell}]
    found = re.findall(r"^【(.*?)】(.*?)(?=\n【|\Z)", cell, re.DOTALL | re.MULTILINE)
    return [{"name": name, "text": re.sub(r"^\\【", "【", text, flags=re.MULTILINE)} for name, text in found]


def write_templates(templates: Sequence[Mapping[str, str]]) -> str:
    """Return the templates as one cell."""
    texts = ((one["name"], re.sub(r"^【", r"\\【", one["text"], flags=re.MULTILINE)) for one in templates)
    return "\n".join(f"【{name}】{text}" for name, text in texts)


def read_hours(cell: str) -> list[int]:
    """Return the hours of `22-6`."""
    found = re.fullmatch(r"(\d{1,2})\s*(?:[:：]00)?\s*[-–—~～至到]\s*(\d{1,2})\s*(?:[:：]00)?", cell)
    if not found:
        raise CellError(_("Write the hours as 22-6."))
    return [int(found[1]), int(found[2])]


def _stage(part: str) -> dict[str, Any]:
    found = LIMIT.match(part.strip())
    if not found:
        raise CellError(
            _("“%(words)s” is no limit; write a number and its unit, such as 3 working days.") % {"words": part}
        )
    if not int(found[2]):
        raise CellError(_("The limit is zero; give it at least one hour or day."))
    return {"name": found[1].strip(" ：:"), "limit": int(found[2]), "unit": UNITS_READ[found[3]]}
