"""What further departments of the demo county say of its people, homes and shops: what forms about them ask for.

Nobody real is meant. Who a department knows follows from a running number, so the same county says the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SOURCES = (
    ("party", "党员管理信息系统", "组织"),
    ("pension", "社会保险信息系统", "人社"),
    ("treasury", "惠民补贴发放系统", "财政"),
    ("veterans", "退役军人信息系统", "退役军人"),
    ("schools", "学籍信息系统", "教育"),
    ("health", "居民健康信息系统", "卫健"),
    ("aid", "救助与防返贫监测系统", "民政"),
    ("leases", "房屋租赁备案系统", "住建"),
    ("fire", "消防安全信息系统", "消防"),
    ("grids", "网格入户采集", "社区"),
)
Values = Mapping[str, Any]
Said = tuple[str, str, str, dict[str, Any]]  # source, kind, its key, what it says
KINDS = ("视力残疾", "听力残疾", "肢体残疾")
TIERS = ("200元", "500元", "1000元")
REASONS = ("因病", "因残", "缺劳力")
COMMUNITIES, PUPILS, GROWN, RETIRED, OLD, OLDEST = 30, range(6, 16), 18, 60, 65, 80


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as the police know them: a running number, the key there, name and id number, age in years, birthday."""

    number: int
    key: str
    values: Values
    age: int
    born: date

    def every(self, share: int, beginning: int = 0) -> bool:
        """Tell whether this is one of so many."""
        return (self.number + beginning) % share == 0

    @property
    def own(self) -> dict[str, Any]:
        """By what another source's words are known to be about the same person."""
        return {"name": self.values["name"], "citizen_id": self.values["citizen_id"]}


def known_people(said: Sequence[tuple[str, Values]], today: date) -> list[Known]:
    """Return the people of whom the police of the demo county speak."""
    born = [date.fromisoformat(values["birth_date"]) for _key, values in said]
    return [
        Known(number, key, values, (today - day).days // 365, day)
        for number, ((key, values), day) in enumerate(zip(said, born, strict=True))
    ]  # fmt: skip


def of_people(people: Sequence[Known], disabled: frozenset[str], today: date) -> Iterator[Said]:
    """Yield what is said of people; `disabled` are the keys of those whom the federation knows."""
    for one in people:
        is_disabled = one.key[1:] in disabled
        said = {
            "grids": _at_the_door(one), "party": _party(one), "pension": _pension(one, today),
            "treasury": _treasury(one, is_disabled), "veterans": _veteran(one), "schools": _school(one),
            "health": _health(one, is_disabled), "disabled": _disabled(one) if is_disabled else {},
        }  # fmt: skip
        yield from (
            (source, "person", f"{source}-{one.key}", {**one.own, **values})
            for source, values in said.items() if values
        )  # fmt: skip


def of_households(said: Sequence[tuple[str, Values]]) -> Iterator[Said]:
    """Yield what is said of households in need: one in eight is watched, one in sixteen gets a dole as well."""
    for number, (key, values) in enumerate(said):
        if not _one_in(8, number):
            continue
        told = {
            "number": values["number"], "head_name": values["head_name"], "workers": min(2, values["size"]),
            "income_each": 6000 + number % 7 * 500, "poverty_reason": REASONS[number % 3],
            "helper": "帮扶干部甲", "helper_phone": f"1380000{number % 10_000:04d}",
        }  # fmt: skip
        if _one_in(16, number):
            told |= {"low_income_card": f"DB{number:06d}", "assured": values["size"]}
        yield "aid", "household", f"aid-{key}", told


def of_houses(said: Sequence[tuple[str, Values]], today: date) -> Iterator[Said]:
    """Yield what the register of leases says of houses: of each how it is built, of those let for how long."""
    for key, values in said:
        told = {"address_code": values["address_code"], "address": values["address"], "storeys": 6, "rooms": 3,
                "nature": "商品房", "fire_equipment": "灭火器"}  # fmt: skip
        if values["rented"] == "是":
            told |= {"rented_from": (today - timedelta(days=200)).isoformat(),
                     "rented_until": (today + timedelta(days=165)).isoformat()}  # fmt: skip
        yield "leases", "house", f"leases-{key}", told


def of_shops(said: Sequence[tuple[str, Values]]) -> Iterator[Said]:
    """Yield what those who look after fires say of shops."""
    for number, (key, values) in enumerate(said):
        yield "fire", "organisation", f"fire-{key}", {
            "credit_code": values["credit_code"], "name": values["name"], "scope": "日用百货零售",
            "fire_key": "是" if number % 9 == 0 else "", "safety_manager": values["legal_person"],
            "safety_phone": values["phone"],
        }  # fmt: skip


def _one_in(share: int, number: int) -> bool:
    """Tell whether a home is one of so many; homes are numbered community by community in turns."""
    return (number + number // COMMUNITIES) % share == 0


def _at_the_door(one: Known) -> dict[str, Any]:
    """Return what a grid worker writes down: work, and whom to call for the old."""
    told: dict[str, Any] = {"hukou_kind": "城镇", "person_class": "常住人口"}
    if one.age >= GROWN:
        told |= {"political": "13", "occupation": "退休人员" if one.age >= RETIRED else "职员"}
    if one.age >= OLD:
        told |= {"emergency_contact": "亲属甲", "emergency_phone": f"1380001{one.number % 10_000:04d}"}
    if one.age in PUPILS and one.every(5):
        told["left_behind"] = "留守儿童"
    if one.age >= GROWN and one.every(15):
        told["post"] = "楼栋长"
    return told


def _party(one: Known) -> dict[str, Any]:
    if one.age < GROWN + 5 or not one.every(9):
        return {}
    year = one.born.year + 22
    told = {"political": "01", "joined_party_on": f"{year}-07-01", "full_member_on": f"{year + 1}-07-01",
            "party_branch": "第一党支部"}  # fmt: skip
    return told | ({"party_post": "支部书记"} if one.every(45) else {})


def _pension(one: Known, today: date) -> dict[str, Any]:
    if one.age < GROWN or not one.every(3):
        return {}
    since = max(date(2012, 1, 1), date(one.born.year + GROWN, 1, 1))
    return {"insured_pension": "是", "pension_number": f"YL{one.number:08d}", "insured_tier": TIERS[one.number % 3],
            "insured_from": min(since, today).isoformat()}  # fmt: skip


def _treasury(one: Known, is_disabled: bool) -> dict[str, Any]:
    if one.age < OLDEST and not is_disabled:
        return {}
    return {"bank_name": "示例农村商业银行", "bank_account": f"6200{one.number:012d}", "bank_holder": one.own["name"],
            "allowance_kind": "高龄津贴", "allowance_amount": 100 if one.age < OLDEST + 10 else 200}  # fmt: skip


def _veteran(one: Known) -> dict[str, Any]:
    if one.age < GROWN + 10 or one.values["sex"] != "1" or not one.every(11):
        return {}
    year = one.born.year + GROWN
    return {"veteran": "是", "enlisted_on": f"{year}-12-01", "discharged_on": f"{year + 2}-12-01",
            "service_unit": "某部"}  # fmt: skip


def _school(one: Known) -> dict[str, Any]:
    if one.age not in PUPILS:
        return {}
    return {"school": "示例第一学校", "school_grade": f"{min(one.age - 5, 9)}年级"}


def _health(one: Known, is_disabled: bool) -> dict[str, Any]:
    return {"health": "残疾" if is_disabled else "健康"} | (
        {"care_ability": "半自理" if one.age >= OLDEST else "能自理"} if one.age >= RETIRED or is_disabled else {}
    )


def _disabled(one: Known) -> dict[str, Any]:
    return {"disability_card": f"{one.values['citizen_id']}43", "disability_kind": KINDS[one.number % 3],
            "disability_level": "三级"}  # fmt: skip
