"""What a row of a table stands for: person, household, house, organisation, place, thing, event, or an area."""

import re
from collections.abc import Sequence
from typing import Literal

from linli.sheets.rules.groups import SOMEBODY, is_plain
from linli.sheets.rules.labels import compared
from linli.sheets.rules.lexicon import counts, own_names, role_names
from linli.sheets.rules.patterns import named

Kind = Literal[
    "persons", "households", "houses", "organisations", "places", "things", "events", "statistics", "unknown"
]  # fmt: skip
SUBJECTS: dict[Kind, str] = {
    "persons": "person", "households": "household", "houses": "house", "organisations": "organisation",
    "places": "place", "things": "thing", "events": "person", "statistics": "", "unknown": "person",
}  # fmt: skip
PROVEN = 2  # one word alone is no proof
CLEAR = 0.3  # by so much of its own score the best kind must lead, so that columns may be bound without a question
UNSAID = 0.6  # the same, where the title names another kind
_THINGS = re.compile(
    r"电梯|消[火防]栓|井盖|路灯|摄像头|探头|充电[桩棚]|车棚|健身器材|体育器材|古树|名木|变压器|化粪池|垃圾[桶箱]|宣传栏|水井|机井|桥梁"
    r"|(?:公共|基础|消防|环卫|市政|便民|特种|应急|文体|健身)(?:服务)?(?:设施|设备|部件)|(?:设施|设备|器材)(?:台账|清单|清册|登记|明细|一览|名录)"
)
_TITLES: tuple[tuple[Kind, float, re.Pattern[str]], ...] = (
    ("statistics", 3, re.compile(r"统计|汇总表?$|月报|季报|年报|数据表|总表|分析表|进度表")),
    (
        "events",
        3,
        re.compile(r"检查|排查|巡查|走访|矛盾|纠纷|隐患|事件|调解|信访|诉求|受理|整改|问题|工单|办件|记录|慰问活动"),
    ),
    (
        "organisations",
        3,
        re.compile(r"企业|单位|商户|商铺|门店|店铺|经营|市场主体|社会组织|个体|沿街|九小|餐饮|厂|场所|机构"),
    ),
    ("things", 4, _THINGS),
    ("things", 3, re.compile(r"犬|车辆|机动车|电动车|灭火器|监控|物资|广告牌|公物|固定资产")),
    (
        "places",
        4,
        re.compile(r"避难|公园|广场|停车场|活动中心|活动室|公厕|文化站|服务驿站|宗教场所|公共场所|景区|水域|河道"),
    ),
    ("houses", 3, re.compile(r"出租[屋房]|房屋|危房|自建房|住房|楼栋|房源|租赁|小区台账|空置|业主")),
    ("households", 2, re.compile(r"户(?!籍|口|外)(?:$|.{0,6}[表册单账])|家庭|农户|低保户|贫困户|监测户|户主|帮扶户")),
    (
        "persons",
        2,
        re.compile(
            r"花名册|名册|人员|党员|老人|老年人|对象|儿童|人口|名单|志愿者|残疾人|军人|学生|妇女|组长|干部|居民|人群|骨干|青年"
        ),
    ),
)
_EVENT = re.compile(
    r"检查|隐患|整改|巡查|走访|处理结果|办理|纠纷|调解|诉求|反映|事件|发生|化解|处置|受理|复查|安检|销号|督办"
)
_NUMBER = re.compile(
    r"数$|人数|户数|总数|岁以上|岁以下|岁$|合计|小计|总计|占比|比例|率$|金额|面积|人口|其中|新增|减少|本月|累计|同比"
)
_OF_ONE = re.compile(r"户主|身份证|证件号|账号|签[字名]|与.{1,4}关系")  # asked of one of them, not of an area
_MEMBERS = re.compile(r"成员(信息|情况|基本.*)?$|^共同生活|^家庭人员")
_BARE = {"志愿者", "参保人", "服务对象", "保障对象", "发放对象", "救助对象", "低保对象"}  # counted as often as named
_APPLICANT = ("申请人", "申请对象", "申请户")  # of a household, where the title says so
_PLAIN_NAMES = {"姓名", "名字", "成员姓名", "家庭成员姓名"}
_HEAD = re.compile(r"[(（]户主[)）]|户主[(（]")
_OF_OTHERS = re.compile(r"(父亲|母亲|父母|配偶|监护人|家长|子女|紧急联系人|联系人|家属|负责人|干部|责任人|网格[员长])")
_OF_HOUSES = ("房东", "承租", "出租人", "租客", "房主", "产权人", "租户", "租住人", "业主")
_OF_HOUSEHOLDS = (
    "size", "assured", "income_each", "income_each_month", "income", "poverty_reason", "number", "kind", "land",
    "homestead", "workers", "low_income_card", "low_income_kind", "assistance",
)  # fmt: skip


def subject_of(kind: Kind, paths: Sequence[Sequence[str]]) -> str:
    """Return the kind of record that a row is about; "" for an area.

    An event is about a person, an organisation, a house or a household: what its columns name most of.
    """
    if kind != "events":
        return SUBJECTS[kind]
    found = _named(paths)
    about: tuple[Kind, ...] = ("persons", "organisations", "houses", "households")
    best = max(about, key=lambda one: found[one])
    return SUBJECTS[best if found[best] >= PROVEN else kind]


def kind_of(title: str, paths: Sequence[Sequence[str]]) -> Kind:
    """Return what a row of a table stands for, by its title and the names of its columns."""
    scores = _scores(title, paths)
    best = max(scores, key=lambda one: scores[one])
    return best if scores[best] >= PROVEN else "unknown"


def is_clear(title: str, paths: Sequence[Sequence[str]], *, is_titled: bool = True) -> bool:
    """Tell whether no other kind of record comes near to what a row stands for.

    A title that names another kind asks for more; the name of a sheet, where there is no title, does not.
    """
    scores = _scores(title, paths)
    if max(scores, key=lambda one: scores[one]) == "events":
        scores = _named(paths)
    scores["events"] = 0.0
    best, next_best = sorted(scores.values(), reverse=True)[:2]
    said = {kind for kind, _weight, pattern in _TITLES if pattern.search(title)} - {"events"}
    is_said = not is_titled or not said or max(scores, key=lambda one: scores[one]) in said
    return best >= PROVEN and best - next_best >= (CLEAR if is_said else UNSAID) * best


def _scores(title: str, paths: Sequence[Sequence[str]]) -> dict[Kind, float]:
    scores = _named(paths, title)
    for kind, weight, pattern in _TITLES:
        scores[kind] += weight * bool(pattern.search(title))
    return scores


def _named(paths: Sequence[Sequence[str]], title: str = "") -> dict[Kind, float]:
    """Return how strongly the names of the columns speak for each kind."""
    names = [_own_name(path) for path in paths]
    whole = [compared("".join(path)) for path in paths]
    of_household = sum(_has(names, "household", one) for one in _OF_HOUSEHOLDS)
    applied = of_household > 1 and "家庭" in title and any(name.startswith(_APPLICANT) for name in names)
    applied = applied and not any(compared(path[-1]) in _PLAIN_NAMES for path in paths)
    has_head = applied or _has(names, "household", "head_name") or any(_HEAD.search(path[-1]) for path in paths)
    members = has_head and any(_MEMBERS.search(compared(part)) for path in paths for part in path[:-1])
    own = [name for path, name in zip(paths, names, strict=True) if not (has_head and _is_of_others(path))]
    own = [name for name in own if not (SOMEBODY.search(name) and name.removesuffix("姓名") not in title)]
    kin = has_head and any(len(path) == 1 and _is_of(compared(path[-1]), "person", "kinship") for path in paths)
    has_person = kin or (not applied and not _headed(paths) and _has(own, "person", "name"))
    somebody = not has_head and any(_is_somebody(path) for path in paths)
    ids = any(_is_of(name, "person", "citizen_id") for name in own)
    things = sum(_is_of(name, "thing", "") for name in names)
    figures = sum(bool(_NUMBER.search(name)) or name in counts() for name in whole)
    of_house = sum(_is_of_house(name) or _is_of_house(joined) for name, joined in zip(names, whole, strict=True))
    return {
        "persons": 5.0 * has_person + 3.0 * (somebody and not has_person) + 2.0 * ids * (not has_head),
        "households": 5.0 * has_head * (not has_person) + 1.0 * has_head + 4.0 * members
        + of_household,
        "houses": of_house + 1.5 * any(name.startswith(_OF_HOUSES) for name in whole),
        "organisations": 5.0 * (_has(names, "organisation", "name") and not ids)
        + 1.0 * sum(_has(names, "organisation", one) for one in ("credit_code", "legal_person", "scope", "staff")),
        "places": 1.5 * _has(names, "place", "name") + 1.5 * _has(names, "place", "capacity"),
        "things": 0.0 if has_person or has_head or ids
        else max(
            (2.0 + things) * any(_THINGS.search(name) for name in names),
            1.4 * sum(_is_of(name, "thing", "") and not _is_of_anybody(name) for name in whole),
        ),
        "events": 1.7 * sum(bool(_EVENT.search(name)) for name in whole),
        "statistics": 0.0 if has_person or has_head or ids or any(_OF_ONE.search(path[-1]) for path in paths)
        else 1.2 * figures + 2.0 * (figures >= 0.5 * max(len(names) - 2, 1)),
        "unknown": 0.0,
    }  # fmt: skip


def _headed(paths: Sequence[Sequence[str]]) -> bool:
    """Tell whether the only name that is asked for is called that of the head, as in 申请人(户主)."""
    named = [path for path in paths if _is_of(compared(path[-1]), "person", "name")]
    return bool(named) and all(_HEAD.search(path[-1]) for path in named)


def _is_somebody(path: Sequence[str]) -> bool:
    """Tell whether a column asks for the name of somebody who is not there on account of another."""
    name = compared(path[-1])
    return len(path) == 1 and name.endswith("姓名") and not _OF_OTHERS.search(name) and not _begins(name)


def _is_of_others(path: Sequence[str]) -> bool:
    """Tell whether a column is about each member of the household, or about somebody beside the one of the row."""
    return any(_MEMBERS.search(compared(part)) for part in path[:-1])


def _own_name(path: Sequence[str]) -> str:
    """Return the name of a column; below the name of somebody else, that one's together with it."""
    name, above = compared(path[-1]), compared("".join(path[:-1]))
    is_own = is_plain(above) or above.removesuffix("基本信息").removesuffix("基本情况") in own_names()
    return f"{above}{name}" if above and not is_own and _begins(above) else name


def _begins(name: str) -> bool:
    return any(name.startswith(role) for role in role_names())


def _has(names: Sequence[str], kind: str, element: str) -> bool:
    return any(_is_of(name, kind, element) for name in names)


def _is_of_anybody(name: str) -> bool:
    return any(_is_of(name, kind, "") for kind in ("person", "household", "house", "organisation"))


def _is_of_house(name: str) -> bool:
    return _is_of(name, "house", "") and not _is_of(name, "person", "")


def _is_of(name: str, kind: str, element: str) -> bool:
    return name not in _BARE and any(word.kind == kind and element in {"", word.element} for word in named(name))


__all__ = ["Kind", "is_clear", "kind_of", "subject_of"]
