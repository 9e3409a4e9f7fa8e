"""What the departments of the demo county hand over: files with the dirt of real ones, and what is true of each row.

Made from the fictional base of the registry; the same base and seed give the same files. Nobody real is meant.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from linli.exchange.rules.demo_doubts import ADULT, Doubt, doubts

READER = "_demo"  # how the name of the database user ends who reads the live table of the demo county, and nothing else
MOST = 140  # rows of a department: the demo must start within seconds
Said = Mapping[tuple[str, str], Sequence[tuple[str, dict[str, Any]]]]
Dirt = Callable[[str, Random], str]


@dataclass(frozen=True)
class Department:
    """One data set: catalogue words, header, elements by column, and how it comes."""

    code: str
    source: str
    department: str
    provider: str
    name: str
    abstract: str
    kind: str
    cycle: str
    sharing: str
    condition: str
    columns: Mapping[str, str]
    key: str
    observed: str = ""
    late: bool = False
    live: bool = False

    @property
    def live_name(self) -> str:
        """What its live database is called."""
        return f"{self.provider}（示例库）"


@dataclass
class Delivery:
    """The rows of one file, and what is true of each: row key to the base's own key.

    `wrong` names rows not to take, `doubts` those that a person has to judge.
    """

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    doubts: dict[str, Doubt] = field(default_factory=dict)


PERSON = {"姓名": "name", "身份证号码": "citizen_id"}
DEPARTMENTS = (
    Department(
        "police-population",
        "police",
        "公安",
        "县公安局",
        "户籍人口基本信息",
        "户籍人口的姓名、性别、民族、出生日期。",
        "person",
        "daily",
        "conditional",
        "按职责共享，用于核实身份",
        {
            "xm": "name",
            "gmsfhm": "citizen_id",
            "xb": "sex",
            "mz": "ethnic",
            "csrq": "birth_date",
            "hjdz": "registered_address",
        },
        "rybh",
        live=True,
    ),
    Department(
        "civil-benefits",
        "civil",
        "民政",
        "县民政局",
        "最低生活保障对象",
        "每月在册的低保对象及婚姻状况。",
        "person",
        "monthly",
        "conditional",
        "按职责共享，用于救助帮扶",
        {**PERSON, "婚姻": "marital", "是否低保": "low_income"},
        "救助编号",
        "数据日期",
    ),
    Department(
        "health-chronic",
        "health",
        "卫健",
        "县卫生健康局",
        "慢性病随访名册",
        "家庭医生随访的高血压、糖尿病患者。",
        "person",
        "quarterly",
        "none",
        "个人信息保护法第二十八条：医疗健康信息属于敏感个人信息",
        {
            **PERSON,
            "出生日期": "birth_date",
            "联系方式": "phone",
            "家庭住址": "address",
            "网格编码": "area_code",
            "慢病种类": "chronic_disease",
        },
        "随访号",
        "随访日期",
    ),
    Department(
        "housing-registry",
        "housing",
        "公安",
        "县住房和城乡建设局",
        "房屋基本信息",
        "房屋坐落、面积、建成年份和是否出租。",
        "house",
        "quarterly",
        "unconditional",
        "",
        {"房屋坐落": "address", "建筑面积(㎡)": "area", "建成年份": "built_year", "是否出租": "rented"},
        "房屋编码",
    ),
    Department(
        "market-entities",
        "market",
        "市场监管",
        "县市场监督管理局",
        "个体工商户登记信息",
        "主体名称、信用代码、经营者和经营场所。",
        "organisation",
        "weekly",
        "unconditional",
        "",
        {
            "主体名称": "name",
            "统一社会信用代码": "credit_code",
            "经营者": "legal_person",
            "经营场所": "address",
            "联系电话": "phone",
        },
        "注册号",
        late=True,
    ),
    Department(
        "disabled-cards",
        "disabled",
        "残联",
        "县残疾人联合会",
        "持证残疾人名册",
        "持证人、残疾等级和残疾人证号。",
        "person",
        "monthly",
        "conditional",
        "按职责共享，用于两项补贴核对",
        {"持证人姓名": "name", "证件号码": "citizen_id", "残疾等级": "disability_level", "残疾证号": "disability_card"},
        "证序号",
    ),
)


def delivery(one: Department, said: Said, *, seed: int, today: date) -> Delivery:
    """Return what a department hands over now."""
    dice = Random(f"{seed} {one.code}")  # noqa: S311  fictional people, nothing secret
    header = [one.key, *one.columns, *([one.observed] if one.observed else [])]
    found = Delivery(header)
    for key, values in _subjects(one, said, dice)[:MOST]:
        cells = {code: _written(code, values.get(code, ""), dice) for code in one.columns.values()}
        seen = [f"{today - timedelta(days=dice.randrange(1, 20)):%Y.%m.%d}"] if one.observed else []
        found.rows.append([key, *cells.values(), *seen])
        found.truth[key] = values.get("base_key", key)
    _spoil(one, found, dice)
    if one.source == "health":
        _add_doubts(one, found, said, seed)
    return found


def _add_doubts(one: Department, found: Delivery, said: Said, seed: int) -> None:
    """Let patients who came without their card stand first, so that the first file brings them."""
    dice = Random(f"{seed} doubts")  # noqa: S311  fictional people, nothing secret
    heard = {values["citizen_id"]: values for _key, values in said.get(("visits", "person"), ())}
    adults = [
        {**values, **{code: heard[values["citizen_id"]][code] for code in ("address", "area_code")}, "base_key": key}
        for key, values in said.get(("police", "person"), ())
        if values["birth_date"] < ADULT and values["citizen_id"] in heard
    ]
    seen = [found.rows[0][-1]] if one.observed and found.rows else []
    for doubt in doubts(adults, dice):
        cells = [str(doubt.values.get(code, "")) for code in one.columns.values()]
        found.rows.insert(0, [doubt.key, *cells, *seen])
        found.truth[doubt.key] = doubt.like if doubt.is_one else doubt.key
        found.doubts[doubt.key] = doubt


def _subjects(one: Department, said: Said, dice: Random) -> list[tuple[str, dict[str, Any]]]:
    """Return who or what a department speaks of: (its own key, values)."""
    if one.kind != "person":
        return list(said.get((one.source, one.kind), ()))
    people = {values["citizen_id"]: (key, values) for key, values in said.get(("police", "person"), ())}
    if one.source == "police":
        return [(key, values) for key, values in people.values()]
    if one.source == "health":
        return list(_patients(people, said, dice))
    extra = {"marital": "", "disability_card": ""}
    return [
        (key, {**extra, **values, "base_key": people[values["citizen_id"]][0],
               "disability_card": f"{values['citizen_id']}43" if one.source == "disabled" else ""})
        for key, values in said.get((one.source, "person"), ()) if values["citizen_id"] in people
    ]  # fmt: skip


def _patients(
    people: Mapping[str, tuple[str, dict[str, Any]]], said: Said, dice: Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    heard = {values["citizen_id"]: values for _key, values in said.get(("visits", "person"), ())}
    for number, (key, values) in people.items():
        if values["birth_date"] < "1966" and dice.random() < 0.4:  # noqa: PLR2004  a share
            told = {
                **{code: heard.get(number, {}).get(code, "") for code in ("phone", "address", "area_code")},
                "chronic_disease": dice.choice(("高血压", "糖尿病", "高血压、糖尿病")),
            }
            yield f"S{key[1:]}", {**values, **told, "base_key": key}


def _written(code: str, value: Any, dice: Random) -> str:
    """Return a value as an office writes it: other layouts of days, names instead of codes, full width, spaces."""
    text = str(value)
    if code == "birth_date" and text:
        day = date.fromisoformat(text)
        layouts = (f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", text)
        return dice.choice(layouts)
    if code in _CODES:
        return _CODES[code].get(text, text)
    if code == "name" and dice.random() < 0.05:  # noqa: PLR2004  a share
        return f" {text[0]} {text[1:]}" if len(text) == 2 else f"{text}　"  # noqa: PLR2004  two characters
    if code == "citizen_id" and dice.random() < 0.05:  # noqa: PLR2004  a share
        return _old(text) if text[6:8] == "19" and dice.random() < 0.5 else text.lower()  # noqa: PLR2004  half of them
    if code in {"phone", "area"} and text and dice.random() < 0.05:  # noqa: PLR2004  a share
        return "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in text)
    return text


def _old(number: str) -> str:
    """Return an id number in its old form of 15 places."""
    return number[:6] + number[8:17]


def _spoil(one: Department, found: Delivery, dice: Random) -> None:
    """Make a few rows wrong in ways that must be noticed."""
    places = {code: place for place, code in enumerate(one.columns.values(), start=1)}
    for row in dice.sample(found.rows, min(3, len(found.rows) // 10)):
        if "citizen_id" in places and len(number := row[places["citizen_id"]]) == 18:  # noqa: PLR2004  the present form
            row[places["citizen_id"]] = number[:-1] + ("1" if number[-1] != "1" else "2")
            found.wrong.add(row[0])
        elif "credit_code" in places:
            code = row[places["credit_code"]]
            row[places["credit_code"]] = code[:-1] + ("1" if code[-1] != "1" else "2")
            found.wrong.add(row[0])


_CODES: Mapping[str, Mapping[str, str]] = {
    "sex": {"1": "男", "2": "女"},
    "ethnic": {"01": "汉", "15": "土家族"},
    "marital": {"10": "未婚", "20": "已婚"},
}
