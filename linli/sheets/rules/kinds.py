"""What a row of a table stands for: person, household, house, organisation, event, or an area with figures."""

import re
from collections.abc import Sequence
from typing import Literal

from linli.sheets.rules.labels import compared
from linli.sheets.rules.lexicon import counts, role_names, words

Kind = Literal["persons", "households", "houses", "organisations", "events", "statistics", "unknown"]
SUBJECTS: dict[Kind, str] = {
    "persons": "person", "households": "household", "houses": "house", "organisations": "organisation",
    "events": "person", "statistics": "", "unknown": "person",
}  # fmt: skip
_TITLES: tuple[tuple[Kind, float, re.Pattern[str]], ...] = (
    ("statistics", 3, re.compile(r"统计|汇总|报表|月报|季报|年报|数据表|总表|一览表|分析表|进度表|情况表")),
    (
        "events",
        3,
        re.compile(r"检查|排查|巡查|走访|矛盾|纠纷|隐患|事件|调解|信访|诉求|受理|整改|问题|工单|办件|记录|慰问活动"),
    ),
    ("organisations", 3, re.compile(r"企业|单位|商户|商铺|门店|店铺|经营|市场主体|社会组织|个体|沿街|九小|餐饮|厂")),
    ("houses", 3, re.compile(r"出租[屋房]|房屋|危房|自建房|住房|楼栋|房源|租赁|小区台账|空置")),
    ("households", 2, re.compile(r"户(?!籍|口|外)(?:$|.{0,6}[表册单账])|家庭|农户|低保户|贫困户|监测户|户主|帮扶户")),
    (
        "persons",
        2,
        re.compile(r"花名册|名册|人员|党员|老人|对象|儿童|人口|名单|志愿者|残疾人|军人|学生|妇女|组长|干部|居民"),
    ),
)
_EVENT = re.compile(r"检查|隐患|整改|巡查|走访|处理结果|办理|纠纷|调解|诉求|反映|事件|发生|化解|处置|受理|复查")
_NUMBER = re.compile(
    r"数$|人数|户数|总数|岁以上|岁以下|岁$|合计|小计|总计|占比|比例|率$|金额|面积|人口|其中|新增|减少|本月|累计|同比"
)


def subject_of(kind: Kind, paths: Sequence[Sequence[str]]) -> str:
    """Return the kind of record that a row is about; "" for an area. An event is about a person or an organisation."""
    names = [_own_name(path) for path in paths]
    if kind == "events" and not _has(names, "person", "name") and _has(names, "organisation", "name"):
        return "organisation"
    return SUBJECTS[kind]


def kind_of(title: str, paths: Sequence[Sequence[str]]) -> Kind:
    """Return what a row of a table stands for, by its title and the names of its columns."""
    scores: dict[Kind, float] = dict.fromkeys(SUBJECTS, 0.0)
    for kind, weight, pattern in _TITLES:
        scores[kind] += weight * bool(pattern.search(title))
    names = [_own_name(path) for path in paths]
    whole = [compared("".join(path)) for path in paths]
    for kind, score in _named(names, whole).items():
        scores[kind] += score
    best = max(scores, key=lambda one: scores[one])
    return best if scores[best] >= 2 else "unknown"  # noqa: PLR2004  one word alone is no proof


def _named(names: Sequence[str], whole: Sequence[str]) -> dict[Kind, float]:
    """Return how strongly the names of the columns speak for each kind."""
    has_person, has_head = _has(names, "person", "name"), _has(names, "household", "head_name")
    figures = sum(bool(_NUMBER.search(name)) or name in counts() for name in whole)
    ids = any(_is_of(name, "person", "citizen_id") for name in names)
    events = sum(bool(_EVENT.search(name)) for name in whole)
    named = has_person or has_head or ids
    rented = sum(
        _begins(name, ("房东", "承租", "出租人", "租客", "房主", "产权人", "租户", "租住人")) for name in whole
    )
    return {
        "persons": 5.0 * has_person + 2.0 * ids * (not has_head),
        "households": 5.0 * has_head * (not has_person) + 1.0 * has_head
        + sum(_has(names, "household", one) for one in ("size", "assured", "income_each", "poverty_reason", "number")),
        "houses": sum(_is_of(name, "house", "") and not _is_of(name, "person", "") for name in whole)
        + 1.5 * (rented > 0),
        "organisations": 5.0 * (_has(names, "organisation", "name") and not ids)
        + 1.0 * sum(_has(names, "organisation", one) for one in ("credit_code", "legal_person", "scope", "staff")),
        "events": 1.7 * events,
        "statistics": 0.0 if named else 1.2 * figures + 2.0 * (figures >= 0.5 * max(len(names) - 2, 1)),
        "unknown": 0.0,
    }  # fmt: skip


def _own_name(path: Sequence[str]) -> str:
    """Return the name of a column; below the name of somebody else, that one's together with it."""
    name, above = compared(path[-1]), compared("".join(path[:-1]))
    return f"{above}{name}" if above and any(above.startswith(role) for role in role_names()) else name


def _has(names: Sequence[str], kind: str, element: str) -> bool:
    return any(_is_of(name, kind, element) for name in names)


def _is_of(name: str, kind: str, element: str) -> bool:
    return any(word.kind == kind and element in {"", word.element} for word in words().get(name, ()))


def _begins(name: str, roles: Sequence[str]) -> bool:
    return name.startswith(tuple(roles)) and bool(role_names())


__all__ = ["Kind", "kind_of", "subject_of"]
